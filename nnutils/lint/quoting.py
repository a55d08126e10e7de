"""Rows of tables that quote statements to judge them: the findings there are no statements of the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from nnutils.lint.finding import Finding
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

_WHY = "The table quotes the statement to judge it."


def leave_quotations_open(sheet: Sheet, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return findings with those in rows that quote somebody's statement unchecked.

    >>> from nnutils.lint import lint
    >>> report = lint("| claim | verdict |\\n|---|---|\\n| 3 · 4 = 13 | ✗ |")
    >>> [(one.verdict, one.cause) for one in report.judged]
    [('unchecked', 'context')]
    """
    rows = list(_quoting_rows(sheet))
    if not rows:
        return found
    return tuple(
        replace(one, verdict="unchecked", computed="", why=_WHY, slips=(), cause="context")
        if any(start <= one.start < end for start, end in rows)
        else one
        for one in found
    )


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
