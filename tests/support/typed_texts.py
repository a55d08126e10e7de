"""Texts as readers may type them: numbers in many spellings, expressions, and what is neither."""

from __future__ import annotations

import random
from collections.abc import Callable

WORDS = ("k", "K", "M", "G", " million", " thousand", " billion", "%", " %", " units", "x", "e", "kk")
PIECES = (
    *"0123456789",
    *"+-*/^().,;:'@~%",
    *'××··−–≈∞²³πeTxXkM_|[]{}<>&"\\ \t\n',
    *(
        "10",
        "255",
        "1,000",
        ".5",
        "1e",
        "e-3",
        "exp",
        "ln(",
        "sqrt(",
        "pi",
        "tanh",
        "H(",
        "relu(",
        ".T",
        "**",
    ),
    *("ᵀ", "⊤", "÷", "∕", "⁄", "⋅", "∗", "∙", "‐", "—", "½", "⅔", "2½", "about ", "approx. ", " x -"),
    *("１２", "٣٤", "½", "Ⅷ", "é", "א", "\u200f", "\u202e", "\x85", "\u2028", "\ufeff", "\x1c", "😀"),
    *("<script>", "12 or 13", "1;2", "\x00", "NaN", "inf", "0x10", "1_000", "--", "3!", "=", "(1"),
)
GARBAGE = (
    "",
    " ",
    "\u3000",
    "(" * 21 + "1" + ")" * 21,
    "(" * 20 + "1" + ")" * 20,
    "-" * 20 + "1",
    "-" * 21 + "1",
    "9**9**9",
    "9^9^9^9",
    "2^64",
    "2^65",
    "2^-64",
    "10^61",
    "10^60",
    "0^0",
    "0^-1",
    "1/0",
    "1/(1-1)",
    "(-8)^(1/3)",
    "ln(0)",
    "ln(-1)",
    "sqrt(-1)",
    "exp(1000)",
    "exp(-1000)",
    "1e400",
    "1e60",
    "1e61",
    "9" * 60,
    "9" * 61,
    "0." + "3" * 60,
    "0." + "3" * 61,
    "1" * 200,
    "1" * 201,
    "0,38",
    "12,5",
    "1,23,456",
    "1,234,56",
    "0,123",
    "1,2345",
    "1.5.2",
    "1 234",
    "1'234'567",
    "1,234 567",
    "1.",
    ".",
    "-.5",
    "+ 5",
    "- 5",
    "~ 1,200",
    "~~1200",
    "~-5",
    "-~5",
    "50%",
    "12.5%",
    "~50 %",
    "1.2 million",
    "3k%",
    "2 x 3",
    "2x3",
    "2 × 3 · 4",
    "6 : 4",
    "3²",
    "2⁻¹",
    "2^-1^2",
    "-2^2",
    "2e3x4",
    "12 or 13",
    "290,400 units",
    "<img src=x onerror=alert(1)>",
    "١٢٣",
    "\u202e12",
    "1e-3e4",
    "e",
    "pi*e",
    "2e",
    "2pi",
    "exp(1)(2)",
    "exp 1",
    "toString",
    "constructor(1)",
    "__proto__",
    "A.T",
    "2@3",
    "2^T",
    "2.T",
    *(
        "½",
        "2½",
        "-2½",
        "2½*3",
        "3 * 2½",
        "½½",
        "1.5½",
        "1,000½",
        "½^2",
        "1/½",
        "⅟3",
        "1⁄2",
        "1⁄0",
        "2\u20641⁄2",
    ),
    *("6÷2", "6 ∕ 2", "3∗4", "3⋅4", "3 ∙ 4", "‐5", "5 — 2", "Aᵀ", "A^ᵀ", "2ᵀ", "A⊤ @ b", "1⁄" + "3" * 61),
    *("about 46", "About ~46", "around 1,200", "roughly 3", "approximately 2.5", "approx 2", "approx. 1.2M"),
    *("ca. 30", "circa 30", "ca 30", "about", "about forty", "≃3", "≅ 3.0", "∼3", "aboutness", "about1"),
    *("2 x -3", "2x-3", "2 x - 3", "(2) x -(3)", "2 x +3", "2 x -x", "x -3", "3 x 4 x -5", "2 x -.5"),
    *("forty", "twenty-two", "a hundred", "two", "exp e", "sqrt pi", "Ln e", "vier zig", "NaN", "tan-tan"),
    *("300k", "300 k", "310M", "100%", "1,200 thousand", "0.30k", "-500k", "~300k"),
)


def _number(chance: random.Random) -> str:
    """A number: grouped or not, whole or not, with a sign, a power of ten or a word."""
    size = chance.randrange(10 ** chance.randrange(1, 13))
    shape = chance.randrange(6)
    text = f"{size:,}" if shape == 0 else str(size)
    if shape == 1:
        text = f"{size:,}".replace(",", chance.choice(" '"))
    if chance.random() < 0.35:
        text += "." + "".join(chance.choice("0123456789") for _ in range(chance.randrange(0, 7)))
    if chance.random() < 0.15:
        text += f"{chance.choice('eE')}{chance.choice(['', '-', '+'])}{chance.randrange(0, 40)}"
    if chance.random() < 0.15:
        text += chance.choice(WORDS)
    if chance.random() < 0.1:  # full width
        text = "".join(chr(ord(letter) + 0xFEE0) if letter.isdecimal() else letter for letter in text)
    return chance.choice(["", "", "", "-", "−", "+", "~", "≈ "]) + text


def _expression(chance: random.Random, depth: int = 0) -> str:
    """An expression, usually one that is defined."""
    if depth > 3 or chance.random() < 0.3:
        return chance.choice(
            [str(chance.randrange(1, 300)), f"{chance.random():.3f}", "pi", "e", "1,024", "2e-3"]
        )
    a, b = (_expression(chance, depth + 1) for _ in range(2))
    sign = chance.choice(["+", "-", "*", "/", "×", "·", " x ", ":", "*"])
    forms = [
        f"{a}{sign}{b}",
        f"({a} {sign} {b})",
        f"-{a}",
        f"{chance.choice(['exp', 'ln', 'log', 'sqrt', 'sin', 'cos', 'tan', 'tanh'])}({a})",
        f"({a}){chance.choice(['^', '**'])}{chance.choice(['2', '3', '-1', '(1/2)', '0.5', '70'])}",
    ]
    return chance.choice(forms)


def _mixed(chance: random.Random) -> str:
    return "".join(chance.choice(PIECES) for _ in range(chance.randrange(1, 9)))


def _near(chance: random.Random) -> str:
    """A number or an expression with one thing put in, left out or exchanged."""
    text = _number(chance) if chance.random() < 0.5 else _expression(chance)
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(["", *PIECES]) + text[at + chance.randrange(2) :]


def typed_texts(count: int, seed: int = 1) -> list[str]:
    """So many texts, the same for the same seed, after the ones that are always tried."""
    chance = random.Random(seed)
    kinds: list[Callable[[random.Random], str]] = [_number, _number, _expression, _mixed, _near, _near]
    return [*GARBAGE, *(kinds[number % len(kinds)](chance) for number in range(count))]
