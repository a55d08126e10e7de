"""The list of statements on an audit page: a row with an address for each, those about one thing together."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from nnutils.audit.listing.data import as_lines
from nnutils.audit.listing.groups import grouped
from nnutils.audit.table import VerdictTable, stated_html, summary_line
from nnutils.audit.value_text import plain_text
from nnutils.audit.verdict import Verdict
from nnutils.core.html_cells import left
from nnutils.core.numerals import set_signs

__all__ = ["LINES", "StatementList"]

LINES = "text/x-ndjson"
"""The type of the lines of JSON that an output holds beside its HTML, a line for each statement."""

_COLUMNS = ("no.", "claim", "stated", "computed", "verdict", "why")
_MOST_BESIDE = 30  # characters of a stated or computed text that fit into a column


@dataclass(frozen=True, repr=False)
class StatementList:
    """The verdicts of a question as its audit page lists them: a table for each sheet, a row each.

    The address of a row is the id of its claim, which stays when others come in between; its number counts
    the rows. Statements about one thing stand together, as ``grouped`` puts them. In a notebook the output
    holds the verdicts as data, too: lines of JSON in the order of claims.yml.
    """

    verdicts: Sequence[Verdict]

    def __len__(self) -> int:
        return len(self.verdicts)

    def __str__(self) -> str:
        return str(VerdictTable(self.verdicts))

    __repr__ = __str__

    def _repr_html_(self) -> str:
        tables, number = [], 0
        for sheet, of_sheet in groupby(self.verdicts, key=lambda verdict: verdict.sheet):
            judged = list(of_sheet)
            tables.append(_table(sheet, judged, number))
            number += len(judged)
        return f'<div class="statements">{"".join(tables)}</div>'

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return the rows, the same as data, and for a viewer without HTML how many there are."""
        return {
            "text/html": self._repr_html_(),
            LINES: as_lines(verdict.as_dict() for verdict in self.verdicts),
            "text/plain": summary_line(self.verdicts),
        }


def _table(sheet: str, verdicts: Sequence[Verdict], before: int) -> str:
    """Return the table of one sheet; ``before`` rows of the question stand above it."""
    head = "".join(f'<th scope="col" role="columnheader">{left(name)}</th>' for name in _COLUMNS)
    caption = html.escape(f"Sheet {sheet}. {summary_line(verdicts)}")
    groups, number = [], before
    for group in grouped(verdicts, lambda verdict: verdict.id):
        rows = (_row(verdict, number + i) for i, verdict in enumerate(group, 1))
        groups.append(f'<tbody role="rowgroup">{_lines(rows)}</tbody>')
        number += len(group)
    # The site sets the rows as grids, which takes their roles from the elements; so they are said here.
    return (
        f'\n<table role="table" data-sheet="{html.escape(sheet)}"><caption>{left(caption)}</caption>\n'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n{_lines(groups)}</table>\n'
    )


def _lines(parts: Iterable[str]) -> str:
    return "".join(f"{part}\n" for part in parts)


def _row(verdict: Verdict, number: int) -> str:
    name, computed = html.escape(verdict.id), plain_text(verdict.computed)
    own = f'<a href="#{name}" aria-label="{number}: link to this statement">{number}</a>'
    word = f'<span class="verdict verdict-{verdict.verdict}">{verdict.symbol}&nbsp;{verdict.verdict}</span>'
    cells = (
        _cell("no.", own, "no"),
        f'<th scope="row" role="rowheader" data-label="claim">{left(_text(verdict.says))}</th>',
        _cell("stated", stated_html(verdict), "written"),
        _cell("computed", verdict.html or _text(computed), "computed"),
        _cell("verdict", word, "judged"),
        _cell("why", _why(verdict), "why"),
    )
    long = max(len(plain_text(verdict.stated)), len(computed)) > _MOST_BESIDE
    cause = f' data-cause="{html.escape(verdict.cause)}"' if verdict.cause else ""
    wide = ' class="long"' if long else ""
    return f'<tr role="row" id="{name}" data-verdict="{verdict.verdict}"{cause}{wide}>{"".join(cells)}</tr>'


def _cell(label: str, inside: str, name: str) -> str:
    inside = inside if inside.startswith("<div") else left(inside)
    return f'<td role="cell" class="{name}" data-label="{label}">{inside}</td>'


def _text(words: str) -> str:
    return set_signs(html.escape(words))


def _why(verdict: Verdict) -> str:
    """Return the reason, with the cause where the reason does not say it and it is more than damage."""
    why = _text(verdict.reason)
    if not verdict.cause or verdict.cause in verdict.why or verdict.charged == "scan":
        return why
    by = f"; a slip of the {verdict.charged}" if verdict.charged == "assignment" else ""
    return f'{why} <span class="cause">Cause: {_text(verdict.cause + by)}.</span>'.strip()
