"""Several sheets to print in one go: each begins on a right-hand page, and counts its own pages from 1.

A browser does neither by itself: Chromium ignores ``break-before: recto``, and numbers the pages of a
document through. So each sheet is printed alone first. From how many pages it has follows where pages stay
empty, and what is taken off each number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from nnutils.core.errors import BookError

__all__ = ["NUMBERED", "bound", "bound_length"]

NUMBERED = "@bottom-right"
"""The place on a page that has its number."""

_SHEET = re.compile(r'<section class="sheet" style="page: sheet(\d+)">')
_EMPTY = '<div style="page: empty; break-before: page" aria-hidden="true">&nbsp;</div>\n'


def bound(page: str, lengths: Mapping[int, int]) -> str:
    """Return the HTML of several sheets with empty pages between them, and with page numbers.

    ``lengths`` holds of how many pages each sheet is, by its seed.

    Raises:
        BookError: for a sheet of unknown length.

    >>> print(bound('</style><section class="sheet" style="page: sheet7">', {7: 3}))
    @page sheet7 { @bottom-right { content: counter(page); } }
    </style><section class="sheet" style="page: sheet7">
    """
    first = _first_pages(page, lengths)
    rules = "".join(
        f"@page sheet{seed} {{ {NUMBERED} {{ {_taken_off(at)}content: counter(page); }} }}\n"
        for seed, at in first.items()
    )

    def begun(sheet: re.Match[str]) -> str:
        before = [seed for seed, at in first.items() if at < first[int(sheet[1])]]
        return (_EMPTY if before and lengths[before[-1]] % 2 else "") + sheet[0]

    return _SHEET.sub(begun, page.replace("</style>", f"{rules}</style>", 1))


def bound_length(page: str, lengths: Mapping[int, int]) -> int:
    """Return of how many pages the sheets are together, empty ones included; the last sheet has none behind.

    Raises:
        BookError: for a sheet of unknown length.
    """
    seed, at = list(_first_pages(page, lengths).items())[-1]
    return at + lengths[seed] - 1


def _first_pages(page: str, lengths: Mapping[int, int]) -> dict[int, int]:
    """Return by its seed on which page each sheet begins, counted from 1: the next odd one."""
    found: dict[int, int] = {}
    following = 1
    for seed in _seeds(page):
        if seed not in lengths:
            raise BookError(
                f"It is not known of how many pages sheet {seed} is.", remedy="Print each sheet alone first."
            )
        found[seed] = following
        following += lengths[seed] + lengths[seed] % 2
    return found


def _seeds(page: str) -> Iterator[int]:
    return (int(sheet[1]) for sheet in _SHEET.finditer(page))


def _taken_off(first: int) -> str:
    return f"counter-increment: page -{first - 1}; " if first > 1 else ""
