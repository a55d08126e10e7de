"""The HTML that is put on audit pages when the site is built: filters, links to rows, links to the data."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from nnutils.audit.verdict import RIGHT, SYMBOLS

__all__ = [
    "DISPUTED",
    "as_cards",
    "claims_in",
    "data_links",
    "filters",
    "link_to_all",
    "search_field",
    "with_links",
    "without_blocks",
]

DISPUTED = "disputed"
"""The choice among the verdicts that stands for all but those on what is right."""

_CLAIM = re.compile(r'<a data-claim="([^"]+)">')
_CAUSES = re.compile(r'(<div class="nn-table causes">)(.*?)(?=</table>)', re.DOTALL)
_ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tfoot": "rowgroup", "tr": "row"}
_PLAIN_TAG = re.compile(rf"<({'|'.join(_ROLES)})>")
_HEAD = re.compile(r'<th scope="col"([^>]*)>(.*?)</th>', re.DOTALL)
_CELLS = re.compile(r"(?<=<tr>)(<td.*?</td>)(?=</tr>)", re.DOTALL)
_CELL = re.compile(r"<td([^>]*)>(.*?)</td>", re.DOTALL)
_TITLED = re.compile(r'(<t[dh]\b[^>]*?) title="([^"]+)"([^>]*>)(<div\b[^>]*>)?(.*?)(?=</div>|</t[dh]>)')
_BETWEEN = re.compile(r"(?<=</t[dh]>)(?=<t[dh]\b)")
_BLOCK = re.compile(r'(<(?:t[dh]|caption)\b[^>]*>)<div align="left">(.*?)</div>(?=</(?:t[dh]|caption)>)')


def filters(rows: Sequence[Mapping[str, Any]], titles: Mapping[str, str]) -> str:
    """Return the form that filters the rows of a page; ``titles`` are those of the questions by their names.

    It is there for readers with scripts only; audit.css hides it from the others.
    """
    sheets = _counted(row["sheet"] for row in rows)
    questions = _counted(row["question"] for row in rows)
    verdicts = _counted(row["verdict"] for row in rows)
    causes = _counted(row["cause"] for row in rows if row["cause"])
    disputed = sum(number for name, number in verdicts.items() if name not in RIGHT)
    of_verdicts = [(DISPUTED, f"all that is not right ({disputed})")] if disputed else []
    of_verdicts += [(v, f"{SYMBOLS[v]} {v} ({verdicts[v]})") for v in SYMBOLS if v in verdicts]
    fields = [
        '<label class="find">Number or words <input type="search" name="find" autocomplete="off"></label>',
        _choice("sheet", "Sheet", [(name, f"{name} ({n})") for name, n in sheets.items()]),
        _choice("question", "Question", [(q, f"{titles.get(q, q)} ({n})") for q, n in questions.items()]),
        _choice("verdict", "Verdict", of_verdicts),
        _choice("cause", "Cause", [(name, f"{name} ({n})") for name, n in causes.items()]),
    ]
    return (
        '<form class="statement-filters" role="search" aria-label="Statements on this page">'
        f'{"".join(fields)}<button type="reset">Show all</button>'
        f'<output aria-live="polite">{len(rows)} statements</output></form>'
    )


def search_field(to: str) -> str:
    """Return a field that leads to the search page, ``to``, which finds statements on all pages."""
    return (
        f'<form class="statement-search" role="search" aria-label="Statements on all pages" action="{to}">'
        '<label>Number or words <input type="search" name="q" autocomplete="off" required></label>'
        '<button type="submit">Find</button></form>'
    )


def data_links(csv: str, json: str) -> str:
    """Return the links to the files that hold all statements of the book."""
    return (
        '<p class="statement-data">All statements of the book with their verdicts: '
        f'<a href="{csv}" download>as a table (CSV)</a>, <a href="{json}" download>as JSON</a>.</p>'
    )


def link_to_all(to: str, number: int) -> str:
    """Return the link from what a lesson shows of the sheets to all statements on its question."""
    words = f"All {number} statements on this question" if number > 1 else "The statement on this question"
    return f'<p class="all-statements"><a href="{to}">{words}, judged</a></p>'


def claims_in(text: str) -> list[str]:
    """Return the claims of the rows in a table of verdicts, as their titles name them.

    >>> claims_in('<td title="A-q1-h1"><div>nodes</div></td><span title="3 + 1">4</span>')
    ['A-q1-h1']
    """
    return [match[2] for match in _TITLED.finditer(text)]


def with_links(text: str, address: Callable[[str], str]) -> str:
    """Return an output in which each statement leads to its row; ``address`` is '' for one without a row.

    >>> with_links('<td title="A-q1-h1"><div>nodes</div></td>', lambda name: f"audit.html#{name}")
    '<td><div><a href="audit.html#A-q1-h1">nodes</a></div></td>'
    >>> with_links('<a data-claim="A-q1-h1">nodes</a>', lambda name: "")
    '<a data-claim="A-q1-h1">nodes</a>'
    """

    def link(match: re.Match[str]) -> str:
        return f'<a href="{to}">' if (to := address(match[1])) else match[0]

    def cell(match: re.Match[str]) -> str:
        before, name, after, block, inside = match.groups()
        to = address(name)
        return f'{before}{after}{block or ""}<a href="{to}">{inside}</a>' if to else match[0]

    return _TITLED.sub(cell, _CLAIM.sub(link, text))


def as_cards(text: str) -> str:
    """Return a table of root causes that a style may set as cards: each cell has its role and its label.

    The second column names the rows. Anything else is returned as it is.

    >>> table = '<table><tr><th scope="col">sheet</th></tr><tr><td>A</td></tr></table>'
    >>> as_cards(table) == table
    True
    """
    return _CAUSES.sub(lambda found: found[1] + _with_roles(found[2]), text)


def _with_roles(table: str) -> str:
    names = [re.sub(r"<[^>]*>", "", head[2]) for head in _HEAD.finditer(table)]

    def cells(found: re.Match[str]) -> str:
        made = []
        for place, (name, cell) in enumerate(zip(names, _CELL.finditer(found[1]), strict=True)):
            tag, role = ('th scope="row"', "rowheader") if place == 1 else ("td", "cell")
            made.append(f'<{tag}{cell[1]} role="{role}" data-label="{name}">{cell[2]}</{tag[:2]}>')
        return "".join(made)

    table = _HEAD.sub(r'<th scope="col"\1 role="columnheader">\2</th>', _CELLS.sub(cells, table))
    return _PLAIN_TAG.sub(lambda tag: f'<{tag[1]} role="{_ROLES[tag[1]]}">', table)


def without_blocks(text: str) -> str:
    """Return an output whose cells are flush left by the style of the site, not by a block in each cell.

    Between two cells stands a space: what a search quotes from the page would run together without it.

    >>> without_blocks('<td class="no"><div align="left"><a>1</a></div></td><td>2</td>')
    '<td class="no"><a>1</a></td> <td>2</td>'
    """
    return _BETWEEN.sub(" ", _BLOCK.sub(r"\1\2", text))


def _counted(names: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return counts


def _choice(name: str, label: str, options: Sequence[tuple[str, str]]) -> str:
    """Return a list to choose from; nothing where there is no choice."""
    if len(options) < 2:
        return ""
    listed = "".join(
        f'<option value="{html.escape(value)}">{html.escape(words)}</option>' for value, words in options
    )
    return f'<label>{label} <select name="{name}"><option value="">all</option>{listed}</select></label>'
