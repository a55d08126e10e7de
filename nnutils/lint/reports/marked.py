"""The source of a sheet as HTML, line by line, with a mark on each statement that leads to its card."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from nnutils.lint.finding import Finding
from nnutils.lint.report import Report
from nnutils.lint.reports.wording import sentence

__all__ = ["marked_source", "visible"]

_ORDER = ("wrong", "suspicious", "rounded", "unchecked", "right")  # which of two marks on one letter is seen
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_ROW = re.compile(r'\s*"(?:[^"\\]|\\.)*",?\s*')  # one line of a cell, in the file of a notebook
_OPENING = re.compile(r'\s*"')
_CLOSING = re.compile(r'(?:\\n)?",?\s*$')
_NEAR = 3  # lines that stay in sight around a statement
_FEW = 8  # lines that are not worth folding
_LONG = 600  # lines of a sheet that is shown as a whole
_WIDEST = 400  # letters without a statement that are shown in one line


def visible(text: str) -> str:
    """Return a text with a sign for each character that a page cannot show, or that turns its direction.

    >>> visible("a\\x00b\\u202ec")
    'a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c'
    """
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)


def marked_source(report: Report, keys: Mapping[Finding, str]) -> str:
    """Return the lines of a sheet as HTML; ``keys`` name the card of each finding.

    Of a long sheet, and of a notebook's file, lines far from every statement are folded away.

    >>> found = Finding(0, 3, 1, 1, 1, 4, "1<2", "comparison", "right")
    >>> print(marked_source(Report("a.md", "1<2", (found,)), {found: "1-1"}))
    <div class="lines" style="--digits: 1ch">
    <div class="line" data-line="1"><span dir="auto"><a class="mark right" href="#finding-1-1" \
id="statement-1-1">1&lt;2</a></span></div>
    </div>
    """
    lines = _Lines(report, keys)
    made = []
    for first, last, open_ in lines.groups():
        if open_:
            made += [lines.html(row) for row in range(first, last)]
        elif lines.is_notebook:
            if last - first > _FEW:  # else the numbers beside the lines say it
                made.append(
                    f'<p class="quiet">Lines {first + 1:,} to {last:,} of the file hold no statement.</p>'
                )
        else:
            inside = "\n".join(lines.html(row) for row in range(first, last))
            made.append(f"<details><summary>Lines {first + 1:,} to {last:,}</summary>\n{inside}\n</details>")
    digits = len(str(len(lines.starts)))
    return "\n".join([f'<div class="lines" style="--digits: {digits}ch">', *made, "</div>"])


class _Lines:
    """The lines of a source, and which statement each stretch of them belongs to."""

    def __init__(self, report: Report, keys: Mapping[Finding, str]) -> None:
        self.source, self.keys = report.source, keys
        self.is_notebook = report.is_notebook
        breaks = (place + 1 for place, sign in enumerate(self.source) if sign == "\n")
        self.starts = [0, *breaks]
        self.stretches, self.covered = _stretches(keys)
        self.begins = [start for start, _, _ in self.stretches]
        self.marked_rows = {
            row
            for start, end, _ in self.stretches
            for row in range(self.row_of(start), self.row_of(max(end - 1, start)) + 1)
        }
        self.named: set[Finding] = set()

    def row_of(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def groups(self) -> Iterator[tuple[int, int, bool]]:
        """Yield stretches of lines, from the first to before the last, and whether they are in sight."""
        count = len(self.starts)
        if count <= _LONG and not self.is_notebook:
            yield 0, count, True
            return
        near = {row + step for row in self.marked_rows for step in range(-_NEAR, _NEAR + 1)}
        if self.is_notebook:
            near = {row for row in near if row in self.marked_rows or self.is_typed(row)}
        begin = 0
        while begin < count:
            end = begin
            while end < count and (end in near) == (begin in near):
                end += 1
            yield begin, end, begin in near or (end - begin <= _FEW and not self.is_notebook)
            begin = end

    def ends(self, row: int) -> tuple[int, int]:
        """Return where a line begins and ends in the source."""
        last = row + 1 >= len(self.starts)
        return self.starts[row], len(self.source) if last else self.starts[row + 1] - 1

    def is_typed(self, row: int) -> bool:
        """Return whether a line of a notebook's file is one of a cell, and not of what is around it."""
        if not self.is_notebook or not 0 <= row < len(self.starts):
            return False
        return _ROW.fullmatch(self.source, *self.ends(row)) is not None

    def html(self, row: int) -> str:
        """Return one line with its marks."""
        start, end = self.ends(row)
        decode = self.is_typed(row)
        cells = []
        for low, high, finding in self._parts(start, end):
            text = self.source[low:high].replace("\r", "")
            if decode:
                text = _typed(text, opens=low == start, closes=high == end)
            if finding is None:
                cells.append(escape(visible(_shortened(text))))
            else:
                cells.append(self._mark(finding, text))
        return f'<div class="line" data-line="{row + 1}"><span dir="auto">{"".join(cells)}</span></div>'

    def _parts(self, start: int, end: int) -> Iterator[tuple[int, int, Finding | None]]:
        """Yield the stretches of one line, from start to end, each with its statement if it has one."""
        place = start
        for index in range(max(bisect_right(self.begins, start) - 1, 0), len(self.stretches)):
            low, high, finding = self.stretches[index]
            if low >= end:
                break
            low, high = max(low, start), min(high, end)
            if high <= low:
                continue
            if low > place:
                yield place, low, None
            yield low, high, finding
            place = high
        if place < end:
            yield place, end, None

    def _mark(self, finding: Finding, text: str) -> str:
        key = self.keys[finding]
        name = anchors = ""
        if finding not in self.named:
            name = f' id="statement-{key}"'
            below = self.covered.get(finding, ())
            anchors = "".join(f'<span id="statement-{self.keys[one]}"></span>' for one in below)
        self.named.add(finding)
        said = sentence(finding) if finding.verdict != "right" else ""
        title = f' title="{escape(visible(f"{finding.verdict}: {said}"))}"' if said else ""
        inside = escape(visible(text))
        return f'{anchors}<a class="mark {finding.verdict}" href="#finding-{key}"{name}{title}>{inside}</a>'


def _stretches(
    keys: Iterable[Finding],
) -> tuple[list[tuple[int, int, Finding]], dict[Finding, list[Finding]]]:
    """Return stretches that do not overlap, each with its statement, and the statements that others cover.

    Of several statements about one letter the worst is seen, and of two alike the shorter one. What is
    covered as a whole is listed under the statement that is seen where it begins.
    """
    by_start = sorted(keys, key=lambda one: one.start)
    edges = sorted({edge for one in by_start for edge in (one.start, one.end)})
    made: list[tuple[int, int, Finding]] = []
    over: dict[Finding, Finding] = {}
    active: list[Finding] = []
    coming = 0
    for low, high in zip(edges, edges[1:], strict=False):
        begun = coming
        while coming < len(by_start) and by_start[coming].start <= low:
            coming += 1
        active = [one for one in (*active, *by_start[begun:coming]) if one.end > low]
        if not active:
            continue
        seen = min(active, key=lambda one: (_ORDER.index(one.verdict), one.end - one.start))
        over.update(dict.fromkeys(by_start[begun:coming], seen))
        if made and made[-1][2] is seen and made[-1][1] == low:
            made[-1] = (made[-1][0], high, seen)
        else:
            made.append((low, high, seen))
    covered: dict[Finding, list[Finding]] = {}
    for one in set(over) - {finding for _, _, finding in made}:
        covered.setdefault(over[one], []).append(one)
    return made, covered


def _typed(text: str, opens: bool, closes: bool) -> str:
    """Return a part of a line of a notebook's file as it was typed into the cell."""
    text = _OPENING.sub("", text, count=1) if opens else text
    text = _CLOSING.sub("", text) if closes else text
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:  # the part begins or ends inside an escape
        return text


def _shortened(text: str) -> str:
    if len(text) <= _WIDEST:
        return text
    half = _WIDEST // 2
    return f"{text[:half]} … {len(text) - 2 * half:,} more letters … {text[-half:]}"
