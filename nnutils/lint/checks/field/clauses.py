"""Running text cut into clauses: stretches that state one thing each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nnutils.lint.context import Context
from nnutils.lint.sheets import Piece

__all__ = ["clauses", "running_text"]

_END = re.compile(r"(?P<dot>[.!?])(?=\s+[^\sa-z]|\s*$)|\n[ \t]*\n|\n")
_LONGEST = 2000
"""A longer stretch without a full stop is no sentence; what stands in it belongs to nothing."""

_LONG_LINE = 50
"""A line of so many characters that ends in no mark goes on in the next one."""


def running_text(context: Context) -> tuple[Piece, ...]:
    """Return the pieces that hold sentences: everything but code. 51 200 has no plain blank in it there."""
    return context.sentences


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each clause of a text begins and ends, without the blanks around it.

    A full stop ends a clause before a capital or a digit, and so does a line break, unless the line is long
    and its sentence goes on.

    >>> text = "The kernel is 3 × 3. Stride 2; no padding.\\nOutput: 5"
    >>> [text[start:end] for start, end in clauses(text)]
    ['The kernel is 3 × 3', 'Stride 2; no padding', 'Output: 5']
    """
    start = 0
    for found in _END.finditer(text):
        if found[0] == "\n":
            line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
            after = text[found.end() : found.end() + 40].lstrip(" \t")
            if len(line) >= _LONG_LINE and line.rstrip()[-1:] not in ".:;" and not _begins_an_item(after):
                continue
        yield from _stripped(text, start, found.start())
        start = found.end()
    yield from _stripped(text, start, len(text))


def _begins_an_item(text: str) -> bool:
    return bool(re.match(r"[-*•–]\s|\(?\w{1,3}[.)]\s", text))


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    inside = text[start:end]
    if inside.strip() and len(inside) <= _LONGEST:
        yield start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip())
