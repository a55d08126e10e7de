"""Norms and inner products of vectors that a sheet writes out: 'v = (3, −4), so ‖v‖_2 = 5'."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from nnutils.core.numerals import number_text
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.numbers import number_at
from nnutils.lint.sheets import Piece
from nnutils.slips.precision import WrittenNumber, at_precision, match

__all__ = ["check_norms"]

_Vector = tuple[Fraction, ...]

_NUMBER = r"[-−]?\d+(?:\.\d+)?"
_DEFINED = re.compile(
    rf"(?<![\w^_‖])(?<![)⊤ᵀ]\s)(?<![)⊤ᵀ])(?P<name>[^\W\d_])\s*(?::=|=|←)\s*(?:[(\[]\s*"
    rf"(?P<entries>{_NUMBER}(?:\s*[,;]\s*{_NUMBER})+)\s*[)\]](?!\s*[-+−·*×/@]))?"
)
_OPERATORS = "+-−–·*×/^@√"
_STATED = rf"\s*(?:=|≈)\s*(?P<stated>{_NUMBER})(?!\s*[-+−–·*×/^@√%(!]|\d|[.,]\d)"
_NORM = re.compile(
    rf"(?:(?P<above>\d+(?:\.\d+)?)\s*/\s*)?‖\s*(?P<name>[^\W\d_])\s*‖(?:_\{{?(?P<order>[12∞])\}}?)?{_STATED}"
)
_INNER = re.compile(
    rf"(?:⟨\s*(?P<one>[^\W\d_])\s*,\s*(?P<other>[^\W\d_])\s*⟩"
    rf"|(?P<row>[^\W\d_])(?:\^\(⊤\)|⊤|ᵀ)\s*(?P<column>[^\W\d_])){_STATED}"
)


def check_norms(context: Context) -> Iterator[Finding]:
    """Judge each norm and each inner product of vectors that have one value in their section.

    >>> from nnutils.lint import lint
    >>> one = lint("Let $v = (3, -4)$. Then $\\\\|v\\\\|_2 = 25$.").wrong[0]
    >>> one.stated, one.computed, one.why
    ('25', '5', 'The 2-norm of v = (3, −4) is 5.')
    """
    if context.style.decimal != "." or not any(sign in context.sheet.source for sign in "‖⟨⊤ᵀ|\\"):
        return
    section: list[Piece] = []
    for piece in context.sentences:
        if piece.kind == "heading":
            yield from _of_section(context, section)
            section = []
        section.append(piece)
    yield from _of_section(context, section)


def _of_section(context: Context, pieces: list[Piece]) -> Iterator[Finding]:
    stated = [piece for piece in pieces if "‖" in piece.text or "⟨" in piece.text or "⊤" in piece.text]
    if not stated:
        return
    vectors: dict[str, _Vector | None] = {}
    for piece in pieces:
        for found in _DEFINED.finditer(piece.text):
            if _goes_on(piece.text, found.start()):
                continue
            entries = tuple(map(_fraction, re.findall(_NUMBER, found["entries"] or "")))
            same = vectors.get(found["name"], entries) == entries
            vectors[found["name"]] = entries if entries and same else None
    known = {name: value for name, value in vectors.items() if value}
    for piece in stated if known else ():
        yield from _norms(context, piece, known)
        yield from _products(context, piece, known)


def _norms(context: Context, piece: Piece, known: Mapping[str, _Vector]) -> Iterator[Finding]:
    for found in _NORM.finditer(piece.text):
        vector = known.get(found["name"])
        if vector is None or _goes_on(piece.text, found.start(), behind_a_number=True):
            continue
        sizes = [abs(one) for one in vector]
        norms = {"1": sum(sizes), "2": _root(sum(one * one for one in sizes)), "∞": max(sizes)}
        above, order = _fraction(found["above"] or "1"), found["order"] or "2"
        values = {name: above / norm if found["above"] else norm for name, norm in norms.items() if norm}
        if order not in values:
            continue
        told = f"The {order}-norm of {_text(found['name'], vector)} is {_shown(Fraction(norms[order]))}."
        others = [value for name, value in values.items() if name != order and not found["order"]]
        yield from _judged(context, piece, found, Fraction(values[order]), told, list(map(Fraction, others)))


def _products(context: Context, piece: Piece, known: Mapping[str, _Vector]) -> Iterator[Finding]:
    for found in _INNER.finditer(piece.text):
        one, other = found["one"] or found["row"], found["other"] or found["column"]
        left, right = known.get(one), known.get(other)
        if left is None or right is None or len(left) != len(right):
            continue
        if _goes_on(piece.text, found.start(), behind_a_number=True):
            continue
        value = sum((a * b for a, b in zip(left, right, strict=True)), Fraction(0))
        terms = " + ".join(f"{_factor(a)} · {_factor(b)}" for a, b in zip(left, right, strict=True))
        yield from _judged(context, piece, found, value, f"{terms} = {_shown(value)}.", [])


def _judged(
    context: Context,
    piece: Piece,
    found: re.Match[str],
    value: Fraction,
    told: str,
    others: list[Fraction],
) -> Iterator[Finding]:
    """Yield the verdict on a number; what another norm without its index may be is left alone."""
    start, end = found.span("stated")
    written = _written(context, piece.text, start, end)
    if written is None:
        return
    verdict = _verdict(written, value)
    if verdict == "wrong" and any(_verdict(written, other) != "wrong" for other in others):
        return
    yield context.finding(
        piece, found.start(), end, "norm or inner product", verdict, stated=piece.text[start:end],
        computed=at_precision(written, value) if written.unit is not None else _shown(value),
        why="" if verdict == "right" else told, at=start,
    )  # fmt: skip


def _verdict(written: WrittenNumber, value: Fraction) -> Verdict:
    how = match(written, value)
    near = abs(written.value - value) < 1 and value.denominator != 1 and written.value.denominator == 1
    return "right" if how == "equal" else "rounded" if how == "last digit" or near else "wrong"


def _written(context: Context, text: str, start: int, end: int) -> WrittenNumber | None:
    negative = text[start] in "-−"
    number = number_at(text, start + negative, context.style)
    if number is None or number.end != end:
        return None
    made = number.written
    return replace(made, value=-made.value) if negative else made


def _goes_on(text: str, start: int, *, behind_a_number: bool = False) -> bool:
    """Whether what begins at a place is the rest of a longer expression: 2‖v‖, u + v = (1, 2)."""
    before = text[:start].rstrip()[-1:]
    return before in _OPERATORS and bool(before) or behind_a_number and (before.isdigit() or before in ")‖")


def _fraction(written: str) -> Fraction:
    return Fraction(written.replace("−", "-"))


def _root(square: Fraction | int) -> Fraction:
    """Return a root, exactly where it is rational."""
    exact = Fraction(square)
    above, below = math.isqrt(exact.numerator), math.isqrt(exact.denominator)
    if above * above == exact.numerator and below * below == exact.denominator:
        return Fraction(above, below)
    return Fraction(math.sqrt(exact))


def _shown(value: Fraction) -> str:
    text = str(int(value)) if value.denominator == 1 else number_text(float(value), significant=6)
    return text.replace("-", "−")


def _factor(value: Fraction) -> str:
    return f"({_shown(value)})" if value < 0 else _shown(value)


def _text(name: str, vector: _Vector) -> str:
    return f"{name} = ({', '.join(map(_shown, vector))})"
