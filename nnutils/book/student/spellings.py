"""Answers in the spellings that people use, found in a text.

Sought are numbers of four or more digits (exactly, and rounded or cut to four or more), fractions and rows of
numbers that have as many digits together, and expressions. What a question itself says is no secret.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nnutils.book.student.numerals import Numeral, numerals
from nnutils.core.worked import Worked
from nnutils.practice import Asked

__all__ = ["Finder", "Secret", "secrets_of"]

LEAST = 4
"""Numbers with fewer digits are in every text."""

_CLOSE = 1e-3  # a number of four digits is as near as this to what it was rounded from
_CERTAIN = 12  # digits that every route to a float gives
_BETWEEN = re.compile(r"[\s,;:×x*·()\[\]{}|&\\/+\"'=-]*")
_WORDS = re.compile(r"\b(?:times|cdot|quad|qquad|begin|end|left|right|and|td|tr|[pbv]?matrix|array)\b")
_FURTHEST = 40  # characters between two numbers of a row
_FRACTION = re.compile(r"(?<![\w.,])(\d[\d ,']*)\s*(?:[/\u2044\u2215]|\}\s*\{|\\over\b)\s*(\d[\d ,']*)")
_OPERATOR = re.compile(r"[-+*/^@(]")


@dataclass(frozen=True)
class Secret:
    """What must not be found: a number, a row of numbers or an expression, and what it answers."""

    question: str
    name: str
    value: Fraction | float | tuple[Fraction, ...] | str

    def __str__(self) -> str:
        return f"{self.question}, {self.name}"


def secrets_of(question: str, asked: Iterable[Asked]) -> Iterator[Secret]:
    """Yield what answers the quantities of a question and is long enough to be sought.

    >>> [secret.value for secret in secrets_of("part/q1", [Asked("units", "units", "a", 290_400)])]
    [Fraction(290400, 1)]
    """
    for quantity in asked:
        answer = quantity.answer
        if isinstance(answer, str) and not quantity.choices:
            text = _squeezed(answer)
            if len(text) >= LEAST and _OPERATOR.search(text):
                yield Secret(question, quantity.name, text)
            continue
        leaves = list(_numbers(answer))
        for value in dict.fromkeys(leaf for leaf in leaves if _long(leaf)):
            yield Secret(question, quantity.name, value)
        row = tuple(leaf for leaf in leaves if isinstance(leaf, Fraction) and _ends(leaf))
        for numbers in (row if len(row) == len(leaves) else (), _factors(answer)):
            if len(numbers) > 1 and sum(map(_digits, numbers)) >= LEAST:
                yield Secret(question, quantity.name, numbers)


class Finder:
    """Finds secrets in texts; see ``Finder.find``."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        """Sort the secrets, so that a text is gone through once."""
        self.secrets = tuple(dict.fromkeys(secrets))
        single = [one for one in self.secrets if isinstance(one.value, Fraction | float)]
        self._numbers = sorted(single, key=lambda one: abs(float(one.value)))  # type: ignore[arg-type]
        self._sizes = [abs(float(one.value)) for one in self._numbers]  # type: ignore[arg-type]
        self._fractions: dict[Fraction, list[Secret]] = {}
        self._rows: dict[Fraction, list[Secret]] = {}
        self._expressions = [one for one in self.secrets if isinstance(one.value, str)]
        for one in self.secrets:
            if isinstance(one.value, Fraction) and one.value.denominator > 1:
                self._fractions.setdefault(abs(one.value), []).append(one)
            if isinstance(one.value, tuple):
                self._rows.setdefault(abs(one.value[0]), []).append(one)

    def find(self, text: str) -> Iterator[tuple[Secret, str, int]]:
        """Yield each secret in a text, with its spelling and its place.

        >>> finder = Finder([Secret("part/q1", "units", Fraction(290400))])
        >>> [spelling for _, spelling, _ in finder.find("290 400, 290.400, 2.904e5 and 290,401")]
        ['290 400', '290.400', '2.904e5']
        """
        plain: list[Numeral] = []
        for numeral in numerals(text):
            if numeral.plain:
                plain.append(numeral)
            for secret in self._near(numeral):
                yield secret, numeral.text, numeral.start
        for found in _FRACTION.finditer(text):
            above, below = (int(re.sub(r"\D", "", part)) for part in found.groups())
            for secret in self._fractions.get(Fraction(above, below), ()) if below else ():
                if len(f"{above}{below}") >= LEAST:
                    yield secret, found[0], found.start()
        yield from self._in_rows(text, plain)
        yield from self._as_expressions(text)

    def _near(self, numeral: Numeral) -> Iterator[Secret]:
        """Yield the secrets that a numeral spells."""
        size = abs(float(numeral.value))
        first = bisect.bisect_left(self._sizes, size * (1 - _CLOSE))
        for secret in self._numbers[first : bisect.bisect_right(self._sizes, size * (1 + _CLOSE))]:
            if isinstance(secret.value, Fraction | float) and _spells(numeral, secret.value):
                yield secret

    def _in_rows(self, text: str, plain: list[Numeral]) -> Iterator[tuple[Secret, str, int]]:
        if not self._rows:
            return
        for at, numeral in enumerate(plain):
            for secret in self._rows.get(numeral.value, ()):
                assert isinstance(secret.value, tuple), "only these are in the table"
                row = plain[at : at + len(secret.value)]
                same = [one.value for one in row] == [abs(value) for value in secret.value]
                if same and all(
                    _side_by_side(text, one, two) for one, two in zip(row, row[1:], strict=False)
                ):
                    yield secret, text[numeral.start : row[-1].end], numeral.start

    def _as_expressions(self, text: str) -> Iterator[tuple[Secret, str, int]]:
        if self._expressions:
            squeezed = _squeezed(text)
            for secret in self._expressions:
                at = squeezed.find(str(secret.value))
                if at >= 0:
                    yield secret, str(secret.value), at


def _spells(numeral: Numeral, secret: Fraction | float) -> bool:
    """Whether a numeral is this number: itself, or rounded or cut to at least four digits."""
    value, exact, kept = numeral.value, abs(Fraction(secret)), numeral.significant
    if value == exact and (numeral.digits >= LEAST or numeral.scientific):
        return True
    if kept > _CERTAIN:
        return bool(abs(value - exact) <= exact / 10**_CERTAIN)
    return kept >= LEAST and value in _kept(exact, kept)


def _kept(value: Fraction, digits: int) -> set[Fraction]:
    """Return a number cut and rounded to so many significant digits."""
    if not value:
        return {value}
    scale, size = Fraction(1), value
    while size >= 10**digits:
        size, scale = size / 10, scale * 10
    while size < 10 ** (digits - 1):
        size, scale = size * 10, scale / 10
    below = size // 1
    return {below * scale, (below + (size - below >= Fraction(1, 2))) * scale}


def _numbers(answer: Any) -> Iterator[Fraction | float]:
    """Yield the numbers of an answer: fractions, and floats where they are no whole numbers."""
    if isinstance(answer, tuple):
        for part in answer:
            yield from _numbers(part)
    elif isinstance(answer, float):
        short = Fraction(f"{answer:.12g}")
        yield short if _ends(short) and _digits(short) < LEAST else answer
    elif isinstance(answer, Worked | int | Fraction) and not isinstance(answer, bool):
        yield Fraction(answer.value if isinstance(answer, Worked) else answer)


def _factors(answer: Any) -> tuple[Fraction, ...]:
    """Return the factors of a worked number that is a product, as its work shows them."""
    product = answer.work.partition(" = ")[0] if isinstance(answer, Worked) and answer.arguments else ""
    if not re.fullmatch(r"[\d,]+(?: [·×] [\d,]+)+", product):
        return ()
    return tuple(Fraction(factor.replace(",", "")) for factor in re.split(" [·×] ", product))


def _long(value: Fraction | float) -> bool:
    """Whether a number has at least four digits, or goes on."""
    return isinstance(value, float) or not _ends(value) or _digits(value) >= LEAST


def _ends(value: Fraction) -> bool:
    """Whether a number can be written as a decimal of a dozen places."""
    return (value * 10**12).denominator == 1


def _digits(value: Fraction) -> int:
    """Return how many digits a number has that ends: 4 for 1000, 3 for 0.125, 1 for 0."""
    if value.denominator == 1:
        return len(str(abs(value.numerator)))
    places = next(places for places in range(1, 13) if (value * 10**places).denominator == 1)
    return len(str(abs(int(value * 10**places))))


def _side_by_side(text: str, one: Numeral, two: Numeral) -> bool:
    """Whether nothing but signs stands between two numerals."""
    between = text[one.end : two.start]
    return len(between) <= _FURTHEST and _BETWEEN.fullmatch(_WORDS.sub("", between)) is not None


def _squeezed(text: str) -> str:
    """Return a text without spaces, with one sign for each operation."""
    return re.sub(r"\s+|\\(?=[a-z])", "", text).replace("**", "^").replace("·", "*").replace("×", "*")
