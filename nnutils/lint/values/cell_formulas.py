"""Formulas of spreadsheet cells, such as ``=INT((42-5)/2)+1`` and ``=SUM(B2:B4)``, and their values."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from nnutils.lint.values.interval import UndefinedError

__all__ = ["Cell", "cell_value"]

Cell = tuple[int, int]
"""The row and the column of a reference, from 0: B3 is (2, 1)."""

Number = Fraction | float

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:[.,]\d+)?(?:[eE][+-]?\d{1,3})?|[.]\d+)"
    r"|(?P<range>\$?[A-Za-z]{1,2}\$?\d{1,4}(?![\w(.])(?:\s*:\s*\$?[A-Za-z]{1,2}\$?\d{1,4}(?![\w(]))?)"
    r"|(?P<name>[A-Za-z][A-Za-z0-9.]*)\s*(?=\()|(?P<sign>[-+*/^%();,]))"
)
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,2})\$?(\d{1,4})")
_LONGEST, _DEEPEST, _MOST_CELLS, _MOST_BITS = 400, 40, 2_000, 2_000

_OF_ONE: dict[str, Callable[[float], float]] = {
    "EXP": math.exp, "LN": math.log, "LOG10": math.log10, "TANH": math.tanh, "SIN": math.sin,
    "COS": math.cos, "TAN": math.tan, "ATAN": math.atan, "SINH": math.sinh, "COSH": math.cosh,
}  # fmt: skip
_OF_MANY: dict[str, Callable[[Sequence[Number]], Number]] = {
    "SUM": lambda of: sum(of, Fraction(0)), "AVERAGE": lambda of: sum(of, Fraction(0)) / len(of),
    "PRODUCT": math.prod, "MIN": min, "MAX": max, "COUNT": lambda of: Fraction(len(of)),
    "SUMSQ": lambda of: sum((one * one for one in of), Fraction(0)),
}  # fmt: skip


def cell_value(formula: str, at: Callable[[Cell], Number | None] | None = None) -> Number:
    """Return the value of a formula with its sign =; ``at`` gives the numbers of other cells, None for none.

    As spreadsheets do it, -2^2 is 4 and 2^3^2 is 64.

    Raises:
        UndefinedError: for what is no formula of numbers, or has no value.

    >>> cell_value("=INT((42-5+2*2)/2)+1"), cell_value("=AVERAGE(3;4)"), cell_value("=-2^2")
    (Fraction(21, 1), Fraction(7, 2), Fraction(4, 1))
    >>> cell_value("=B2*2", {(1, 1): Fraction(21)}.get)
    Fraction(42, 1)
    """
    text = formula.strip().removeprefix("=")
    if not formula.strip().startswith("=") or not text or len(text) > _LONGEST:
        raise UndefinedError("no formula of a cell")
    try:
        return _Reader(text, at).whole()
    except (ArithmeticError, ValueError, TypeError, IndexError) as error:
        raise UndefinedError(f"{formula} has no value") from error


class _Reader:
    def __init__(self, text: str, at: Callable[[Cell], Number | None] | None) -> None:
        self.given = at
        self.tokens: list[tuple[str, str]] = []
        self.here, self.depth = 0, 0
        place, end = 0, len(text)
        depth = 0
        while place < end:
            found = _TOKEN.match(text, place)
            if found is None or found.lastgroup is None:
                raise UndefinedError(f"{text} is no formula of numbers")
            kind, said = found.lastgroup, found[found.lastgroup]
            if kind == "number" and "," in said:
                if depth and ";" not in text:  # a comma between arguments, no decimal one
                    said = said.partition(",")[0]
                    place = found.start("number") + len(said)
                    self.tokens.append((kind, said))
                    continue
                said = said.replace(",", ".")
            depth += (said == "(") - (said == ")")
            self.tokens.append((kind, said))
            place = found.end()

    def whole(self) -> Number:
        value = self.sum()
        if self.here < len(self.tokens):
            raise UndefinedError("something stands behind the formula")
        return value

    def next(self, *signs: str) -> str:
        """Return the next sign and go on if it is among these; else nothing."""
        kind, said = self.tokens[self.here] if self.here < len(self.tokens) else ("", "")
        if kind == "sign" and said in signs:
            self.here += 1
            return said
        return ""

    def sum(self) -> Number:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise UndefinedError("brackets too deep")
        value = self.product()
        while sign := self.next("+", "-"):
            other = self.product()
            value = value + other if sign == "+" else value - other
        self.depth -= 1
        return value

    def product(self) -> Number:
        value = self.power()
        while sign := self.next("*", "/"):
            other = self.power()
            value = value * other if sign == "*" else value / other
        return value

    def power(self) -> Number:
        value = self.signed()
        while self.next("^"):
            value = _raised(value, self.signed())
        return value

    def signed(self) -> Number:
        factor = 1
        while sign := self.next("+", "-"):
            factor = -factor if sign == "-" else factor
        value = factor * self.single()
        while self.next("%"):
            value = value / 100
        return value

    def single(self) -> Number:
        if self.next("("):
            value = self.sum()
            self.close()
            return value
        kind, said = self.tokens[self.here]
        self.here += 1
        if kind == "number":
            return Fraction(said)
        if kind == "range" and ":" not in said:
            found = self.at(_cell(said))
            if found is None:
                raise UndefinedError(f"{said} is not known")
            return found
        if kind == "name" and self.next("("):
            return _called(said.upper(), self.arguments())
        raise UndefinedError(f"{said} is not known")

    def close(self) -> None:
        if not self.next(")"):
            raise UndefinedError("a bracket is not closed")

    def arguments(self) -> list[list[Number]]:
        """Return the arguments of a function, each as the list of its numbers."""
        if self.next(")"):
            return []
        given: list[list[Number]] = []
        while True:
            kind, said = self.tokens[self.here]
            if kind == "range" and ":" in said:
                self.here += 1
                given.append([one for cell in _cells(said) if (one := self.at(cell)) is not None])
            else:
                given.append([self.sum()])
            if not self.next(";", ","):
                self.close()
                return given

    def at(self, cell: Cell) -> Number | None:
        if self.given is None:
            raise UndefinedError("another cell, which is not known")
        return self.given(cell)


def _cell(text: str) -> Cell:
    found = _REFERENCE.fullmatch(text.strip())
    assert found is not None
    column = 0
    for letter in found[1].upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _cells(text: str) -> list[Cell]:
    first, last = map(_cell, text.split(":"))
    rows, columns = range(first[0], last[0] + 1), range(first[1], last[1] + 1)
    if len(rows) * len(columns) > _MOST_CELLS:
        raise UndefinedError("too many cells")
    return [(row, column) for row in rows for column in columns]


def _raised(base: Number, exponent: Number) -> Number:
    if isinstance(base, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 1:
        bits = max(base.numerator.bit_length(), base.denominator.bit_length())
        if abs(exponent) * bits > _MOST_BITS:
            raise UndefinedError("a number too long")
        return Fraction(base ** int(exponent))
    made = float(base) ** float(exponent)
    if not isinstance(made, float):
        raise UndefinedError("a root of a negative number")
    return made


def _called(name: str, given: Sequence[Sequence[Number]]) -> Number:
    every = [one for part in given for one in part]
    if name in _OF_MANY and every:
        return _OF_MANY[name](every)
    if len(every) != len(given):
        raise UndefinedError(f"{name} of several cells is not known")
    if len(every) == 1 and name in _OF_ONE:
        return _OF_ONE[name](float(every[0]))
    match name, every:
        case "PI", []:
            return math.pi
        case "ABS", [x]:
            return -x if x < 0 else x
        case "SQRT", [x]:
            root = math.isqrt(int(x)) if x >= 0 else -1
            return Fraction(root) if root * root == x else math.sqrt(x)
        case ("INT", [x]) | ("FLOOR", [x]):
            return Fraction(math.floor(x))
        case "CEILING", [x]:
            return Fraction(math.ceil(x))
        case "TRUNC", [x]:
            return Fraction(math.trunc(x))
        case "QUOTIENT", [x, y]:
            return Fraction(math.trunc(x / y))
        case "MOD", [x, y]:
            return x - y * math.floor(x / y)
        case "POWER", [x, y]:
            return _raised(x, y)
        case "LOG", [x]:
            return math.log10(x)
        case "LOG", [x, y]:
            return math.log(x, y)
        case (("ROUND" | "ROUNDUP" | "ROUNDDOWN"), [x, *digits]) if len(digits) < 2:
            return _rounded(name, x, int(digits[0]) if digits else 0)
    raise UndefinedError(f"{name} is not known")


def _rounded(name: str, value: Number, digits: int) -> Fraction:
    """Return a number rounded as spreadsheets do it: halves away from zero."""
    if abs(digits) > 20:
        raise UndefinedError("too many digits")
    unit = Fraction(Fraction(10) ** -digits)
    size = Fraction(-value if value < 0 else value) / unit
    if name == "ROUND":
        size += Fraction(1, 2)
    whole = math.ceil(size) if name == "ROUNDUP" else math.floor(size)
    return -whole * unit if value < 0 else whole * unit
