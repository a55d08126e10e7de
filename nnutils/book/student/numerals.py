"""All numerals in a text, in every way to group digits and to write a power of ten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

__all__ = ["Numeral", "numerals"]

MOST_GROUPS = 7
"""So many groups of digits are tried as one number."""

_RUN = re.compile(r"(?<![A-Za-z0-9])(?:\d+(?:[ ,.'_]\d+)*|\.\d+)")
_POWER = re.compile(r"[eE]([+-]?\d{1,2})(?!\d)|\s*(?:×|\*|x)\s*10(?:\^|\*\*)\s*\{?\s*([+-]?\d{1,2})(?!\d)")
_SCALE = re.compile(r"\s*(?:\\?(%)|(thousand|million|billion)\b)")
_SCALES = {"%": -2, "thousand": 3, "million": 6, "billion": 9}
_GROUP = re.compile(r"\d+")
_LETTER = re.compile(r"[A-Za-z]")
_SURE = 6  # so many digits are a number even with a letter behind them


@dataclass(frozen=True)
class Numeral:
    """A number without its sign: its value, how it is written, how many digits it has, where it stands.

    ``plain`` marks one that is a number by itself, and not a part or a joining of others.
    """

    value: Fraction
    text: str
    digits: int
    significant: int
    scientific: bool
    plain: bool
    start: int
    end: int


def numerals(text: str) -> Iterator[Numeral]:
    """Yield every number that a text may mean, in order; '1 234' is 1, 234 and 1234.

    >>> [str(numeral.value) for numeral in numerals("1 234")]
    ['1', '1234', '234']
    >>> [str(numeral.value) for numeral in numerals("1.234")]
    ['1', '1234', '617/500', '234']
    """
    for run in _RUN.finditer(text):
        groups = [found.span() for found in _GROUP.finditer(text, run.start(), run.end())]
        if text[run.start()] == ".":
            yield from _made(text, run.start(), run.end(), "", text[run.start() + 1 : run.end()], True)
            continue
        whole = _plain_spans(text, groups)
        for first in range(len(groups)):
            for last in range(first, min(first + MOST_GROUPS, len(groups))):
                start, end = groups[first][0], groups[last][1]
                for before, behind in _ways(text, groups[first : last + 1]):
                    yield from _made(text, start, end, before, behind, (start, end, bool(behind)) in whole)


def _plain_spans(text: str, groups: list[tuple[int, int]]) -> set[tuple[int, int, bool]]:
    """Return the numbers of a run as most people write them: a point within a number, nothing else."""
    spans, at = set(), 0
    while at < len(groups):
        start, end = groups[at]
        point = at + 1 < len(groups) and text[end] == "."
        if point:
            end = groups[at + 1][1]
        spans.add((start, end, point))
        at += 1 + point
    return spans


def _ways(text: str, groups: list[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """Yield the digits before and behind the point, for each way to read groups of digits as one number."""
    parts = [text[start:end] for start, end in groups]
    signs = [text[end] for _, end in groups[:-1]]
    if _grouped(parts, signs):
        yield "".join(parts), ""
    for point, sign in enumerate(signs):
        if sign not in ",.":
            continue
        before, behind = parts[: point + 1], parts[point + 1 :]
        inside = signs[point + 1 :]
        in_threes = set(inside) <= {" "} and all(len(part) == 3 for part in behind[:-1])
        if _grouped(before, signs[:point]) and sign not in signs[:point] and in_threes:
            yield "".join(before), "".join(behind)


def _grouped(parts: list[str], signs: list[str]) -> bool:
    """Whether groups of digits are one whole number: threes but for the first, the same sign between."""
    return len(parts) == 1 or (
        len(set(signs)) == 1 and len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])
    )


def _made(text: str, start: int, end: int, before: str, behind: str, plain: bool) -> Iterator[Numeral]:
    """Yield a number by itself, and with the power of ten, the word or the percent sign that follows it."""
    digits = before + behind
    bare = digits.lstrip("0")
    significant = len(bare if behind else bare.rstrip("0"))
    value = Fraction(int(digits), 10 ** len(behind))
    power = _POWER.match(text, end)
    if len(digits) >= _SURE or power or not _LETTER.match(text, end):
        yield Numeral(value, text[start:end], len(digits), significant, False, plain, start, end)
    scale = power or _SCALE.match(text, end)
    if scale:
        moved = int(power[1] or power[2]) if power else _SCALES[scale[1] or scale[2]]
        scaled = value * Fraction(10) ** moved
        yield Numeral(
            scaled, text[start : scale.end()], len(digits), len(bare), True, False, start, scale.end()
        )
