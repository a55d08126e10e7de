"""A value as a reader types it: a number at its precision, or a short expression; read with bounds."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nnutils.core.errors import SlipError
from nnutils.core.messages import shown
from nnutils.slips.places import Target
from nnutils.slips.tree import MOST_POWER, Number

__all__ = ["Stated", "read", "read_list"]

LONGEST = 200
"""So many characters are read."""

DEEPEST = 20
"""So many brackets may stand inside one another."""

LARGEST = Fraction(10) ** 60
"""No value on the way may be larger."""

_REMEDY = "Type a number, such as 15,415,200 or 2.3e-4, or a product of numbers."
_SAME = 1e-6  # what a float that was typed without its last zeros may be off, as a share

_NUMBER = re.compile(
    r"(?P<whole>\d{1,3}(?:[, ']\d{3})+(?!\d)|\d*)(?:\.(?P<part>\d*))?(?:[eE](?P<power>[+-]?\d{1,3}))?"
    r"\s*(?P<word>thousand|million|billion|[kKMG](?![A-Za-z])|%)?"
)
_WORDS = {"k": 3, "K": 3, "thousand": 3, "M": 6, "million": 6, "G": 9, "billion": 9, "%": -2}
_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "exp": math.exp,
    "ln": math.log,
    "log": math.log,
    "sqrt": math.sqrt,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "tanh": math.tanh,
}
_CONSTANTS = {"pi": math.pi, "e": math.e}


@dataclass(frozen=True)
class Stated:
    """A typed value, and the values that count as the same at the precision typed."""

    value: Number
    target: Target


def read(text: object, *, exact: bool = True) -> Stated:
    """Return the value of a typed number or expression.

    A whole number is meant exactly, unless ``exact`` is false, as beside a value that was never whole. A
    decimal promises its last digit; '~', a word ('1.2 million') and a power of ten as well.

    Raises:
        SlipError: for what is neither, for more than 200 characters, for more than 20 brackets inside one
            another, and for values that are too large.

    >>> read("15,415,200").value, read("3*11*11*96").value, read("2.3e-4").target
    (15415200, 34848, Target(low=Fraction(9, 40000), high=Fraction(47, 200000)))
    >>> round(float(read("exp(-2)/(1+exp(-2))").value), 6), read("~1.2M").target.low
    (0.119203, Fraction(1150000, 1))
    """
    if isinstance(text, bool) or not isinstance(text, str | int | float | Fraction):
        value = getattr(text, "value", text)
        if isinstance(value, bool) or not isinstance(value, int | float | Fraction):
            raise SlipError(f"{shown(text)} is not a number.", remedy=_REMEDY)
        text = value
    if not isinstance(text, str):
        return Stated(text, _around(text, exact))
    plain = _plain(text)
    about = plain.startswith(("~", "≈"))
    plain = plain.lstrip("~≈ ")
    sign = -1 if plain.startswith("-") else 1
    number = (
        _NUMBER.fullmatch(plain.lstrip("+-"))
        if plain.lstrip("+-") == plain or plain[1:2] not in "+-"
        else None
    )
    if number is None or not (number["whole"] or number["part"]):
        value = _Reader(plain, text).all()
        return Stated(value, _around(value, exact))
    value, unit = _written(number)
    if unit is None and about:  # the zeros at the end of "about 1,200" are no digits
        unit = Fraction(10) ** (len(str(value)) - len(str(value).rstrip("0"))) if value else Fraction(1)
    value *= sign
    if unit is not None:
        return Stated(value, Target(value - unit / 2, value + unit / 2))
    whole = int(value) if value.denominator == 1 else value
    return Stated(whole, _around(whole, exact))


def read_list(text: str) -> tuple[Stated, ...]:
    """Return the values of a typed list or size: '1, 2, 3', '(96, 55, 55)', '96x55x55', '1; 2; 3'.

    Raises:
        SlipError: for an entry that is not a number.

    >>> [entry.value for entry in read_list("96 x 55 x 55")], [entry.value for entry in read_list("1,2,3")]
    ([96, 55, 55], [1, 2, 3])
    """
    plain = _plain(text).strip("()[] ")
    if ";" in plain:
        parts = plain.split(";")
    elif re.fullmatch(r"\d+(?:\s*[x×]\s*\d+)+", plain):
        parts = re.split(r"[x×]", plain)
    else:
        parts = plain.split(",")
    return tuple(read(part, exact=False) for part in parts)


def _plain(text: str) -> str:
    """Return a text with plain digits and signs, or refuse it.

    Raises:
        SlipError: for an empty text, and for one that is too long.
    """
    if len(text) > LONGEST:
        raise SlipError(f"An answer of {len(text):,} characters is too long.", remedy=f"At most {LONGEST}.")
    plain = (
        unicodedata.normalize("NFKC", text).replace("−", "-").replace("–", "-").replace("\u2009", " ").strip()
    )
    if not plain:
        raise SlipError("The answer is empty.", remedy=_REMEDY)
    return plain


def _around(value: Number, exact: bool) -> Target:
    if exact and not isinstance(value, float):
        return Target(value, value)
    slack = abs(float(value)) * _SAME
    return Target(float(value) - slack, float(value) + slack)


def _written(number: re.Match[str]) -> tuple[Fraction, Fraction | None]:
    """Return the value of a number as written, and what its last digit is worth; None for a whole number."""
    whole, part = re.sub(r"[, ']", "", number["whole"]), number["part"] or ""
    power = int(number["power"] or 0) + _WORDS.get(number["word"] or "", 0)
    if abs(power) > 60 or len(whole) > 60:
        raise SlipError("The number is too large or too small.", remedy=_REMEDY)
    step = Fraction(10) ** (power - len(part))
    rounded = bool(part or number["power"] or number["word"])
    return int(whole + part) * step, step if rounded else None


class _Reader:
    """A reader of sums, products, powers and calls, by recursive descent, with a bound on its depth."""

    _TOKEN = re.compile(
        r"\s*(?:(\d[\d,']*(?:\.\d*)?(?:[eE][+-]?\d{1,3})?|\.\d+)|([A-Za-z]+)|(\*\*|[-+*/^()×·x:]))"
    )

    def __init__(self, plain: str, typed: str) -> None:
        self.typed, self.depth, self.at = typed, 0, 0
        self.tokens: list[str] = []
        place = 0
        while plain[place:].strip():
            found = self._TOKEN.match(plain, place)
            if found is None:
                raise self._error()
            self.tokens.append(found[0].strip())
            place = found.end()

    def all(self) -> Number:
        value = self._sum()
        if self.at < len(self.tokens):
            raise self._error()
        return int(value) if isinstance(value, Fraction) and value.denominator == 1 else value

    def _error(self, problem: str = "is neither a number nor a sum or product of numbers") -> SlipError:
        return SlipError(f"{shown(self.typed, 60)} {problem}.", remedy=_REMEDY)

    def _next(self, *wanted: str) -> str:
        if self.at < len(self.tokens) and self.tokens[self.at] in wanted:
            self.at += 1
            return self.tokens[self.at - 1]
        return ""

    def _bounded(self, value: Number) -> Number:
        if isinstance(value, float) and not math.isfinite(value):
            raise self._error("is not a finite number")
        if not -LARGEST <= value <= LARGEST or (isinstance(value, Fraction) and value.denominator > LARGEST):
            raise self._error("has a value that is too large")
        return value

    def _sum(self) -> Number:
        value = self._product()
        while sign := self._next("+", "-"):
            term = self._product()
            value = self._bounded(value + term if sign == "+" else value - term)
        return value

    def _product(self) -> Number:
        value = self._signed()
        while sign := self._next("*", "×", "·", "x", "/", ":"):
            factor = self._signed()
            if sign in "/:" and not factor:
                raise self._error("divides by zero")
            value = self._bounded(value / factor if sign in "/:" else value * factor)
        return value

    def _signed(self) -> Number:
        sign = 1
        while mark := self._next("+", "-"):
            sign = -sign if mark == "-" else sign
        return sign * self._power()

    def _power(self) -> Number:
        base = self._atom()
        if not self._next("^", "**"):
            return base
        exponent = self._signed()
        if not -MOST_POWER <= exponent <= MOST_POWER or (not base and exponent <= 0):
            raise self._error("has a power that is too large")
        try:
            value: Any = base**exponent
        except (ArithmeticError, ValueError):
            value = math.inf
        if isinstance(value, complex):
            raise self._error("is not a real number")
        return self._bounded(value)

    def _atom(self) -> Number:
        self.depth += 1
        if self.depth > DEEPEST or self.at >= len(self.tokens):
            raise self._error("has too many brackets" if self.depth > DEEPEST else "ends too early")
        token = self.tokens[self.at]
        self.at += 1
        if token == "(":
            value = self._sum()
            if not self._next(")"):
                raise self._error("has a bracket that is not closed")
        elif token in _CONSTANTS:
            value = _CONSTANTS[token]
        elif token in _FUNCTIONS and self._next("("):
            self.at -= 1
            argument = self._atom()
            try:
                value = self._bounded(_FUNCTIONS[token](float(argument)))
            except (ArithmeticError, ValueError):
                raise self._error("is not defined") from None
        elif token[0].isdigit() or token[0] == ".":
            number = _NUMBER.fullmatch(token)
            if number is None:
                raise self._error()
            value = _written(number)[0]
        else:
            raise self._error()
        self.depth -= 1
        return value
