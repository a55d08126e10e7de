"""Comments in a sheet that silence findings, as in 'nnutils: ignore'."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from nnutils.lint.finding import Finding, Note
from nnutils.lint.sheets import Sheet

__all__ = ["silence"]

# The sign of a comment in each format: % in LaTeX, <!-- in Markdown and HTML, .. in
# reStructuredText, # in code and plain text.
# Behind a backtick it is a page that tells about these comments.
_COMMENT = re.compile(r"(?<![`\\])(?:%|<!--|#|//|\.\.)[ \t]*nnutils:[ \t]*(?P<word>[A-Za-z]+(?:-[A-Za-z]+)*)")
_WORDS = ("ignore", "ignore-next", "ignore-file")
_JSON_BREAK = re.compile(r"\\(?:n|(?s:.))|\n")
_EMPTY = re.compile(
    r'[\s",\[\]{}]*'
)  # in a notebook's file the quotation marks between two lines of a cell, too
# There a directive stands above its text, and a comment has a line of its own.
_EMPTY_IN_RST = re.compile(r"\s*(?:\.\. [\w:.-]+::\s*|:[\w-]+:.*)?\s*", re.DOTALL)
_REPORTED = ("wrong", "rounded", "suspicious")


@dataclass(frozen=True)
class _Comment:
    start: int
    end: int
    word: str
    row: int
    """The row that it silences; -1 for the whole sheet, or for none."""


def silence(
    sheet: Sheet, found: Iterable[Finding]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], tuple[Note, ...]]:
    """Return the findings that stay, those that a comment silences, and notes on comments without effect.

    ``ignore`` silences what is reported of a statement with a part on the comment's own line, ``ignore-next``
    the same on the next line that is not empty, ``ignore-file`` all of the sheet. In a notebook a line is one
    of a cell. Right and unchecked statements stay: nothing is reported of them.

    >>> from nnutils.lint import lint
    >>> report = lint("3 * 4 = 13 <!-- nnutils: ignore -->\\n\\n5 * 5 = 26")
    >>> len(report.silenced), [one.line for one in report.wrong]
    (1, [3])
    """
    source, found = sheet.source, tuple(found)
    if "nnutils:" not in source:
        return found, (), ()
    starts = _rows(sheet)
    empty = _EMPTY_IN_RST if sheet.format == "reStructuredText" else _EMPTY
    comments = [_comment(source, one, starts, empty) for one in _COMMENT.finditer(source)]
    by_row: dict[int, list[_Comment]] = {}
    for one in comments:
        by_row.setdefault(one.row, []).append(one)
    whole = [one for one in comments if one.word == "ignore-file"]
    kept, silenced, used = [], [], set()
    for finding in found:
        first = bisect_right(starts, finding.start) - 1
        last = max(first, bisect_right(starts, finding.end - 1) - 1)
        over = [one for row in range(first, last + 1) for one in by_row.get(row, ())] or whole
        if over and finding.verdict in _REPORTED:
            silenced.append(finding)
            used.update(over)
        else:
            kept.append(finding)
    notes = (_note(sheet, one) for one in comments if one not in used)
    return tuple(kept), tuple(silenced), tuple(notes)


def _rows(sheet: Sheet) -> list[int]:
    """Return where each row of the sheet begins: in a notebook's file the rows of its cells."""
    if sheet.format != "notebook":
        return [0, *(place + 1 for place, sign in enumerate(sheet.source) if sign == "\n")]
    breaks = (found for found in _JSON_BREAK.finditer(sheet.source) if found[0] in ("\\n", "\n"))
    cells = (start for start, _ in sheet.parts)  # which may all stand on one line of the file
    return sorted({0, *cells, *(found.end() for found in breaks)})


def _comment(source: str, found: re.Match[str], starts: list[int], empty: re.Pattern[str]) -> _Comment:
    row = bisect_right(starts, found.start()) - 1
    if found["word"] == "ignore-next":
        row += 1
        while row + 1 < len(starts) and empty.fullmatch(_text(source, starts, row)):
            row += 1
    elif found["word"] != "ignore":
        row = -1
    return _Comment(found.start(), found.end(), found["word"], row)


def _text(source: str, starts: list[int], row: int) -> str:
    text = source[starts[row] : starts[row + 1]]
    return text.removesuffix("\\n")


def _note(sheet: Sheet, comment: _Comment) -> Note:
    where = sheet.where(comment.start)
    if comment.word in _WORDS:
        text = "This comment silences nothing: no finding is where it points."
    else:
        words = f"{', '.join(_WORDS[:-1])} or {_WORDS[-1]}"
        text = f"'{comment.word}' behind 'nnutils:' is not understood. Write {words}."
    return Note(comment.start, comment.end, where.line, where.column, text, where.part)
