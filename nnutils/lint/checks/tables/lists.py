"""Totals of lists: lines 'label: number' one below another, of which one is called total."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nnutils.lint.checks.networks.labels import layer_label
from nnutils.lint.checks.tables.cells import clean, number_cell
from nnutils.lint.checks.tables.totals import Entry, judged_column
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.sheets import Piece

__all__ = ["list_totals"]

_LINE = re.compile(
    r"[ \t]*(?:[-*+•–]\s+|\d{1,2}[.)]\s+)?(?P<label>[^\W\d_#][^:=\n]{0,60}?|#[^:=\n]{1,40}?)\s*[:=]\s*"
)
_LONGEST = 300
_PARTS = re.compile(r"(?:weights?|bias(?:es)?|kernels?|filters?)", re.IGNORECASE)


def list_totals(context: Context) -> Iterator[Finding]:
    """Judge the totals of lists in running text and in output.

    A line that is called total is a sum for certain only below lines with labels of one sort: layers, one
    word with numbers, weights and biases.
    """
    run: list[Entry] = []
    for block in context.sheet.blocks:
        if not isinstance(block, Piece) or block.kind in ("heading", "code"):
            yield from _judged(context, run)
            run = []
            continue
        place = 0
        for line in block.text.split("\n"):
            entry = _entry(context, block, place, line)
            place += len(line) + 1
            if entry is not None:
                run.append(entry)
            elif line.strip():
                yield from _judged(context, run)
                run = []
    yield from _judged(context, run)


def _entry(context: Context, piece: Piece, place: int, line: str) -> Entry | None:
    found = _LINE.match(line) if len(line) <= _LONGEST else None
    if found is None:
        return None
    rest = Piece(line[found.end() :], piece.places[place + found.end() : place + len(line)])
    if not rest.text.strip():
        return None
    cell = number_cell(rest, context.style)
    return None if cell is None else Entry(found["label"], cell, rest, False)


def _judged(context: Context, run: list[Entry]) -> Iterator[Finding]:
    parts = [one for one in run if not one.total]
    if len(parts) < 2 or len(parts) == len(run):
        return
    # Labels of one sort and numbers of one unit: otherwise the lines are settings, not parts of a whole.
    found = list(judged_column(context, run, sure=_alike([one.label for one in parts])))
    yield from (one for one in found if one.verdict != "suspicious")


def _alike(labels: list[str]) -> bool:
    texts = [clean(label) for label in labels]
    if all(layer_label(text) for text in texts) or all(_PARTS.search(text) for text in texts):
        return True
    stems = {re.sub(r"[\d\W_]+|\b[a-z]$", "", text, flags=re.IGNORECASE).lower() for text in texts}
    return len(stems) == 1 and stems != {""}
