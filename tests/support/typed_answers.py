"""What readers may type for an asked quantity: right in many spellings, nearly right, or something else."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from support.typed_texts import typed_texts

from nnutils.practice import Asked
from nnutils.practice.leaves import depth_of, kind_of, leaves, numeric, plain

ALWAYS = (
    "",
    " ",
    "?",
    "0",
    "12 or 13",
    "yes",
    "No",
    "1, 2, 3",
    "(1, 2), (3, 4)",
    "1;2",
    "x",
    "<b>1</b>",
    "(1",
    "1)",
)
FORMULAS = (
    "x",
    "2*x",
    "x + + x",
    "W.T @ x",
    "W @ W @ W",
    "relu(x)",
    "H(0)*x",
    "dphi(r)",
    "f(x)",
    "1/0",
    "x x",
    "e^x",
)


def _number(chance: random.Random, value: Any) -> str:
    """A number in one of its spellings, often with a little less or more than is right."""
    exact = not isinstance(value, float)
    spellings = [
        str(value),
        f"{float(value):.{chance.randrange(1, 9)}g}",
        f"{float(value):.{chance.randrange(6)}f}",
    ]
    spellings.append(f"{float(value) * chance.choice([1.0001, 0.99999, 1.0000001]):.10g}")
    if exact and Fraction(value).denominator == 1:
        spellings += [
            f"{int(value):,}",
            f"{int(value):,}".replace(",", " "),
            str(int(value) * 10),
            f"{int(value) + 1}",
        ]
        spellings += [
            f"{int(value) // 2} * 2",
            f"{float(value):.1e}",
            str(int(value))[:-1] or "-",
            str(int(value)),
        ]
    elif exact:
        spellings += [str(Fraction(value)), f"{Fraction(value).numerator} : {Fraction(value).denominator}"]
    text = chance.choice(spellings)
    if chance.random() < 0.15 and text:
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice("0123456789.,- e") + text[at + chance.randrange(2) :]
    if "," not in text and "." in text and chance.random() < 0.05:
        text = text.replace(".", ",")
    if chance.random() < 0.05:
        text = f"{text} {chance.choice(['÷', '∕', '⋅', '∗', 'x'])} {chance.choice(['1', '-1', '½', '2½'])}"
    return chance.choice(["", "", "", "", "", "~", "- ", "y = ", "about ", "approx. "]) + text


def _leaf(chance: random.Random, leaf: Any, spoilt: float) -> str:
    leaf = plain(leaf)
    if isinstance(leaf, bool):
        return chance.choice(
            ["yes", "no", "y", "N", "True", "maybe"]
            if chance.random() < spoilt
            else ["no", "yes"][leaf : leaf + 1]
        )
    if isinstance(leaf, str):
        return chance.choice([leaf, leaf.upper(), f"'{leaf}'", f" {leaf}  ", leaf[:-1]])
    return (
        _number(chance, leaf)
        if chance.random() < spoilt
        else repr(leaf)
        if isinstance(leaf, float)
        else str(leaf)
    )


def _nested(chance: random.Random, answer: Any, spoilt: float) -> str:
    if not isinstance(answer, tuple):
        return _leaf(chance, answer, spoilt)
    parts = [_nested(chance, part, spoilt) for part in answer]
    if chance.random() < 0.08:
        chance.shuffle(parts)
    if chance.random() < 0.06:
        parts = parts[:-1] or parts
    depth = depth_of(answer)
    if depth_of(answer) == 1 and chance.random() < 0.15:
        return _named(chance, parts)
    between = {1: [", ", ",", "; ", " ", " x ", "\n"], 2: ["; ", "\n", ";"], 3: [" | ", "|"]}[depth]
    text = chance.choice(between[:1] * 6 + between).join(parts)
    return f"({text})" if chance.random() < 0.15 else f"[{text}" if chance.random() < 0.02 else text


def _named(chance: random.Random, parts: list[str]) -> str:
    """The entries of a list with names before them, or as channels @ height x width."""
    if len(parts) == 3 and chance.random() < 0.4:
        return f"{parts[0]}@{parts[1]}x{parts[2]}"
    names = chance.choice(
        [["k", "s", "p", "d"], ["c", "h", "w"], ["channels", "height", "width"], ["y1", "y2"]]
    )
    if chance.random() < 0.2:
        chance.shuffle(names)
    between = chance.choice([", ", ",", "; ", " "])
    signs = chance.choice(["=", " = ", "= "])
    return between.join(f"{name}{signs}{part}" for name, part in zip(names, parts, strict=False))


def typed_answers(quantity: Asked, count: int, seed: int) -> Iterator[str]:
    """Yield so many texts that one might type for a quantity, the same for the same seed."""
    chance = random.Random(f"{quantity.name} {seed}")
    strange = typed_texts(200, seed)
    kind = kind_of(quantity)
    for number in range(count):
        if number == 4:
            yield chance.choice(["?", "(1", "<b>1</b>"])  # which no kind of answer can be
        elif number % 5 == 4:
            yield chance.choice([*ALWAYS, *strange, *FORMULAS])
        elif kind == "expression":
            text = str(quantity.answer)
            changed = text.replace(
                chance.choice("+-*xh"), chance.choice(["+", "-", " * ", "x", "h", ".T@"]), 1
            )
            yield chance.choice(
                [text, f"({text})", f"0 + {text}", f"y = {text}", f"{text} + 0.001", changed, changed]
            )
        elif kind in ("choice", "yesno"):
            yield chance.choice(
                [*quantity.choices, "yes", "no", "Y", f" {str(quantity.answer).upper()} ", "none"]
            )
        else:
            text = _nested(chance, quantity.answer, chance.choice([0.0, 0.1, 0.6]))
            numbers = [leaf for _, leaf in leaves(quantity.answer) if numeric(leaf)]
            yield text + chance.choice(["", "", "", f" {quantity.unit}"] if numbers else [""])
