"""Totals of lists: lines 'label: number' one below another, of which one is called total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from nnutils.lint.checks.tables.cells import clean, number_cell
from nnutils.lint.checks.tables.labels import layer_label
from nnutils.lint.checks.tables.totals import Entry, is_total, judged_column
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.numbers import numbers_in
from nnutils.lint.sheets import Piece

__all__ = ["check_list_totals"]

_LINE = re.compile(
    r"[ \t]*(?:[-*+•–]\s+|(?:\d{1,2}|\(?[a-z])[.)]\s+)?"
    r"(?P<label>[^\W\d_#][^:=\n]{0,60}?|#[^:=\n]{1,40}?)\s*[:=]\s*"
)
_ADDED = re.compile(r"\d\s*\+\s*\d")
_LONGEST = 300
_FEWEST = 3
_PARTS = re.compile(r"(?:weights?|bias(?:es)?|kernels?|filters?)", re.IGNORECASE)


@dataclass(frozen=True)
class _Line:
    """A line 'label: ...' with the place of what stands behind its label."""

    label: str
    piece: Piece
    start: int
    end: int

    @property
    def is_sum(self) -> bool:
        """Whether the line itself writes a sum out, as in 'Total 3 + 4 = 7'."""
        return _ADDED.search(self.label + "=" + self.piece.text[self.start : self.end]) is not None


def check_list_totals(context: Context) -> Iterator[Finding]:
    """Judge the totals of lists in running text and in output.

    A line that is called total is a sum for certain only below lines with labels of one sort: layers, one
    word with numbers, weights and biases.
    """
    run: list[_Line] = []
    above = ""
    for block in context.sheet.blocks:
        if not isinstance(block, Piece) or block.kind in ("heading", "code"):
            yield from _judged(context, run, above)
            run, above = [], ""
            continue
        place = 0
        for line in block.text.split("\n"):
            entry = _line(block, place, line)
            place += len(line) + 1
            if entry is not None:
                run.append(entry)
            elif line.strip():
                yield from _judged(context, run, above)
                run, above = [], line[:_LONGEST]
    yield from _judged(context, run, above)


def _line(piece: Piece, place: int, line: str) -> _Line | None:
    found = _LINE.match(line) if len(line) <= _LONGEST else None
    if found is None:
        return None
    if not any(sign.isdigit() for sign in line[found.end() :]):
        return None
    return _Line(found["label"], piece, place + found.end(), place + len(line))


def _judged(context: Context, lines: list[_Line], above: str) -> Iterator[Finding]:
    """Judge the totals of one list; ``above`` is the line before it, which may be its first."""
    if len(lines) < _FEWEST or not any(is_total(one.label) for one in lines):
        return
    run: list[Entry] = []
    for line in lines:
        rest = Piece(line.piece.text[line.start : line.end], line.piece.places[line.start : line.end])
        run.append(Entry(line.label, number_cell(rest, context.style), rest, False))
    parts = [one for one in run if not one.total]
    if len(parts) < 2 or any(one.cell is None for one in run):
        return
    before = {number.written.value for number in numbers_in(above, context.style)}
    written_out = [line.piece.span(line.start, line.end) for line in lines if line.is_sum]
    # Labels of one sort and numbers of one unit: otherwise the lines are settings, not parts of a whole.
    for one in judged_column(context, run, sure=_alike([part.label for part in parts])):
        # A total that is written out as a sum says itself what it adds up: that is judged as arithmetic.
        own = any(first <= one.start < last for first, last in written_out)
        if one.verdict in ("wrong", "rounded") and (own or _difference(one, run) in before):
            continue
        if one.verdict != "suspicious":
            yield one


def _difference(finding: Finding, run: list[Entry]) -> Fraction | None:
    """Return by how much a total exceeds the lines above it: a number of the line before them is one part."""
    total = Fraction(0)
    for entry in run:
        if entry.cell is not None and entry.total:
            if entry.cell.piece.span(entry.cell.start, entry.cell.end)[0] == finding.start:
                return entry.cell.value - total
        elif entry.cell is not None:
            total += entry.cell.value
    return None


def _alike(labels: list[str]) -> bool:
    texts = [clean(label) for label in labels]
    if all(layer_label(text) for text in texts) or all(_PARTS.search(text) for text in texts):
        return True
    stems = {re.sub(r"[\d\W_]+|\b[a-z]$", "", text, flags=re.IGNORECASE).lower() for text in texts}
    return len(stems) == 1 and stems != {""}
