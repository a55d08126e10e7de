"""Fractions that plain text sets over three lines, the bar between what is above and what is below."""

from __future__ import annotations

import re

from nnutils.lint.readers.placed import Placed, joined

__all__ = ["with_fractions"]

_BAR = re.compile(r"-{2,}|[─—―–]{2,}|_{2,}")
_BESIDE = re.compile(r"[\w=+*/^()\[\]×·−.,:≈√⌊⌋]")
_RULED = re.compile(r"[-=─+|_\s]*")
_OVERHANG = 1
"""So far may what is above or below a bar stand out on either side."""
_LONGEST = 200


def with_fractions(source: Placed) -> Placed:
    r"""Return a text whose fractions over three lines stand in one line each, in brackets.

    A line has such fractions where it says something beside its bars, and where every bar has something above
    it and below it, with nothing else in those two lines.

    >>> from nnutils.lint.readers.placed import placed
    >>> with_fractions(placed("    71 + 2*5 - 8\no = ------------ + 1 = 37\n         2")).text.strip()
    'o = ((71 + 2*5 - 8)/(2)) + 1 = 37'
    """
    if _BAR.search(source.text) is None:
        return source
    lines = source.lines()
    parts: list[Placed] = []
    row, last = 1, 0
    while row + 1 < len(lines):
        made = _fractions(source, lines[row - 1], lines[row], lines[row + 1])
        if made is None:
            row += 1
            continue
        parts += [source[last : lines[row - 1][0]], made]
        last = lines[row + 1][1]
        row += 3
    return joined([*parts, source[last:]]) if parts else source


def _fractions(
    source: Placed, above: tuple[int, int], middle: tuple[int, int], below: tuple[int, int]
) -> Placed | None:
    """Return the three lines as one with its fractions in brackets; None where they are no fractions."""
    line = source[slice(*middle)]
    if len(line) > _LONGEST or _RULED.fullmatch(line.text):
        return None
    bars = [found for found in _BAR.finditer(line.text) if _is_bar(line.text, found)]
    tops, bottoms = (_over(source[slice(*other)], bars) for other in (above, below))
    if not bars or tops is None or bottoms is None:
        return None
    made, last = list[Placed](), 0
    for bar, top, bottom in zip(bars, tops, bottoms, strict=True):
        place = line.place(bar.start())
        signs = [Placed(text, [place] * len(text)) for text in ("((", ")/(", "))")]
        made += [line[last : bar.start()], signs[0], top, signs[1], bottom, signs[2]]
        last = bar.end()
    return joined([*made, line[last:]])


def _is_bar(line: str, found: re.Match[str]) -> bool:
    """Whether a run of dashes is no part of a word, and has signs of a formula beside it."""
    before, after = line[: found.start()], line[found.end() :]
    if before[-1:].isalnum() or after[:1].isalnum():
        return False
    return bool(_BESIDE.match(before.rstrip()[-1:]) or _BESIDE.match(after.lstrip()[:1]))


def _over(line: Placed, bars: list[re.Match[str]]) -> list[Placed] | None:
    """Return what a line has over, or under, each bar; None where it has something else, or nothing."""
    found = list[Placed]()
    words = list(re.finditer(r"\S+", line.text))
    for bar in bars:
        inside = [
            one
            for one in words
            if one.start() >= bar.start() - _OVERHANG and one.end() <= bar.end() + _OVERHANG
        ]
        if not inside:
            return None
        words = [one for one in words if one not in inside]
        found.append(line[inside[0].start() : inside[-1].end()])
    return None if words else found
