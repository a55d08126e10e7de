"""Numbers in running text: where one stands, its value, and what its last digit promises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from nnutils.lint.numbers.style import ENGLISH, Style
from nnutils.slips.precision import WrittenNumber, parse_written

__all__ = ["Number", "number_at", "numbers_in", "read_number", "scaled"]

MOST_DIGITS = 60
"""Numbers with more digits are left alone."""

_SEPARATORS = re.compile(r"\D")
_BEGINNING = re.compile(r"\d|(?<!\d)\.(?=\d)")
_INSIDE_A_NAME = re.compile(r"[\d.,]*\w*")


@dataclass(frozen=True)
class Number:
    """A number without its sign, from ``start`` to ``end`` of a text."""

    start: int
    end: int
    written: WrittenNumber


@lru_cache(maxsize=16)
def _pattern(style: Style) -> re.Pattern[str]:
    marks = re.escape(style.groups) + (" " if style.spaces else "")
    decimal = re.escape(style.decimal)
    indian = r"\d{1,2}(?:,\d{2})+,\d{3}|" if style.decimal == "." else ""
    return re.compile(
        rf"(?P<whole>(?:{indian}[1-9]\d{{0,2}}(?:(?P<mark>[{marks}])\d{{3}})(?:(?P=mark)\d{{3}})*)(?!\d)|\d+)?"
        rf"(?:{decimal}(?P<part>\d+))?(?:[eE](?P<power>[+-]?\d{{1,3}})(?![\w.]))?",
        re.ASCII,
    )


@lru_cache(maxsize=4096)
def _parsed(plain: str) -> WrittenNumber:
    """Return a number in plain digits; sheets write the same ones again and again."""
    return parse_written(plain)


def number_at(text: str, start: int, style: Style = ENGLISH) -> Number | None:
    """Return the number that begins at a place of a text; None where none does, or where it is too long.

    >>> number_at("is 34,848.50 each", 3).written
    WrittenNumber(text='34,848.50', value=Fraction(69697, 2), unit=Fraction(1, 100), significant=7)
    >>> number_at("1e400", 0) is None
    True
    """
    found = _pattern(style).match(text, start)
    if found is None:
        return None
    whole, part, power = found.group("whole", "part", "power")
    if not whole and not part:
        return None
    digits = whole if whole is None or whole.isdigit() else _SEPARATORS.sub("", whole)
    digits, part, power = digits or "", part or "", power or ""
    if len(digits) + len(part) > MOST_DIGITS or (power and abs(int(power)) > MOST_DIGITS):
        return None
    plain = digits + (f".{part}" if part else "") + (f"e{power}" if power else "")
    written = _parsed(plain)
    if found[0] != plain:
        written = WrittenNumber(found[0], written.value, written.unit, written.significant)
    return Number(start, found.end(), written)


def read_number(text: str, style: Style = ENGLISH) -> WrittenNumber | None:
    """Return a text that is one number, perhaps with a sign; None for any other text.

    >>> read_number("−3.50").value, read_number("3 or 4")
    (Fraction(-7, 2), None)
    """
    bare = text.strip()
    sign = -1 if bare[:1] in "-−–" and bare else 1
    bare = bare[1:].lstrip() if bare[:1] in "-−–+" else bare
    found = number_at(bare, 0, style) if bare else None
    if found is None or found.end != len(bare):
        return None
    written = found.written
    return WrittenNumber(text.strip(), sign * written.value, written.unit, written.significant)


def numbers_in(text: str, style: Style = ENGLISH) -> list[Number]:
    """Return every number of a text, except digits inside names such as conv1 or x2.

    >>> [number.written.text for number in numbers_in("conv1: 55 × 55 = 3,025, v2")]
    ['55', '55', '3,025']
    """
    found, place = [], 0
    while digit := _BEGINNING.search(text, place):
        number = number_at(text, digit.start(), style)
        before = text[digit.start() - 1] if digit.start() else " "
        if number is None or before.isalpha() or before == "_":
            place = _INSIDE_A_NAME.match(text, digit.start()).end() or digit.end()  # type: ignore[union-attr]
            continue
        found.append(number)
        place = number.end
    return found


def scaled(written: WrittenNumber, factor: Fraction, text: str) -> WrittenNumber:
    """Return a number times a scale: 1.2 million promises its second digit, and 60M two."""
    unit = factor * (1 if written.unit is None else written.unit)
    return WrittenNumber(text, written.value * factor, unit, max(written.significant, 1))
