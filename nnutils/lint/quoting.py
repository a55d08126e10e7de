"""What a sheet does not state: rows of tables that quote statements to judge them, and options not ticked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nnutils.lint.finding import Finding
from nnutils.lint.options import options_in
from nnutils.lint.sheets import Sheet, Table

__all__ = ["leave_quotations_open"]

_JUDGING = re.compile(
    r"(?:verdict|judged?|judge?ment|assessment|(?:is it )?(?:correct|right|true|wrong|false)\s*\?"
    r"|wrong|incorrect|mistaken?|mistakes?|errors?"
    r"|(?:right|true|correct) or (?:wrong|false|incorrect)|true\s*/\s*false|✓\s*/?\s*✗"
    r"|urteil|bewertung|falsch|richtig\s*\?|verdicto|faux|juste\s*\?)",
    re.IGNORECASE,
)
"""The head of a column that judges what the other columns of its table state."""

_REFUSED = re.compile(
    r"(?:[✗✘❌×]\s*)?(?:is |das ist |c'est )?"
    r"(?:wrong|incorrect|not true|not correct|falsch|faux|incorrecto)[.!]?",
    re.IGNORECASE,
)
"""A cell that says that the others of its row state something wrong."""

_QUOTED = "The table quotes the statement to judge it."
_OFFERED = "It is an option that is not ticked."


def leave_quotations_open(sheet: Sheet, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return findings with those in rows that quote somebody's statement, and in open options, unchecked.

    >>> from nnutils.lint import lint
    >>> report = lint("| claim | verdict |\\n|---|---|\\n| 3 · 4 = 13 | ✗ |")
    >>> [(one.verdict, one.cause) for one in report.judged]
    [('unchecked', 'context')]
    >>> [(one.line, one.verdict) for one in lint("- [ ] 3 · 4 = 13\\n- [x] 3 · 4 = 14").judged]
    [(1, 'unchecked'), (2, 'wrong')]
    """
    rows = [(start, end, _QUOTED) for start, end in _quoting_rows(sheet)]
    rows += [(one.start, one.end, _OFFERED) for one in options_in(sheet.source) if not one.ticked]
    return tuple(_left_open(one, rows) for one in found) if rows else found


def _left_open(found: Finding, rows: Sequence[tuple[int, int, str]]) -> Finding:
    why = next((why for start, end, why in rows if start <= found.start < end), "")
    if not why:
        return found
    return replace(found, verdict="unchecked", computed="", why=why, slips=(), cause="context")


def _quoting_rows(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Yield where the rows begin and end in the source that quote what they judge."""
    for block in sheet.blocks:
        if not isinstance(block, Table):
            continue
        heads = [cell.text.strip() for row in block.rows[: block.headers] for cell in row]
        judging = any(_JUDGING.fullmatch(head) for head in heads)
        for row in block.rows:
            if judging or any(_REFUSED.fullmatch(cell.text.strip()) for cell in row):
                places = [place for cell in row for place in cell.places]
                if places:
                    yield min(places), max(places) + 1
