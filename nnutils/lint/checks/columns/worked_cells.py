"""Tables with the working in one column and the result in another: '32*16*7*7 | 25088'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nnutils.lint.checks.letters.derivatives import check_derivatives
from nnutils.lint.checks.relations import check_relations
from nnutils.lint.checks.tables.cells import number_cell
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.sheets import Piece, Table

__all__ = ["check_worked_cells"]

_WORKING = re.compile(
    r"[\d)²³]\s*(?:\*\*|[-−+*·×⋅/÷^])\s*[-−]?[\w(√]|\b(?:exp|ln|log\w*|sqrt|tanh)\b|\w['′’]?\(|√|⌊"
)
_HEADING = re.compile(
    r"\b(?:work(?:ing|ed)?|calculations?|computations?|steps?|solutions?|formulas?|expression|rechnung|rechenweg|"
    r"how|calcul|cálculo|calcolo|procedimiento|svolgimento)\b|算式|过程|计算",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\bfloor\b|\bround(?:ed|ing)?\s+down\b|abgerundet|arrondi[es]* (?:à l'entier )?inférieur|\btruncat",
    re.IGNORECASE,
)
_LONGEST, _MOST_ROWS = 300, 1_000
_FURTHEST = 2
_FEWEST = 2


def check_worked_cells(context: Context) -> Iterator[Finding]:
    """Judge the result in each row, where the results of most rows follow from the working beside them.

    >>> from nnutils.lint import lint
    >>> text = "no;working;answer\\n1;32*16*7*7;25088\\n2;25088 + 32;25120\\n3;4*25120;100408"
    >>> [(one.line, one.stated, one.computed) for one in lint(text, "key.csv").wrong]
    [(4, '100408', '100,480')]
    """
    for table in context.sheet.blocks:
        if isinstance(table, Table) and len(table.rows) <= _MOST_ROWS:
            yield from _of_table(context, table)


def _of_table(context: Context, table: Table) -> Iterator[Finding]:
    width = max((len(row) for row in table.rows), default=0)
    rows = table.rows[table.headers :]
    if table.headers and any(_WORKING.search(cell.text) for cell in table.rows[0]):
        rows = table.rows  # a table without names of its columns
    taken: set[int] = set()
    for working in range(width - 1):
        if not any(_is_working(row, working) for row in rows):
            continue
        for result in range(working + 1, min(working + _FURTHEST, width - 1) + 1):
            found = [] if result in taken else list(_judged(context, rows, working, result))
            right = sum(one.verdict in ("right", "rounded") for one in found)
            wrong = sum(one.verdict == "wrong" for one in found)
            named = bool(table.headers) and _HEADING.search(table.rows[0][working].text) is not None
            if right > wrong and (right >= _FEWEST or named):
                taken.add(result)
                yield from found
                break


def _is_working(row: Sequence[Piece], column: int) -> bool:
    text = row[column].text if column < len(row) else ""
    return len(text) <= _LONGEST and not text.startswith("=") and _WORKING.search(text) is not None


def _judged(
    context: Context, rows: Sequence[Sequence[Piece]], working: int, result: int
) -> Iterator[Finding]:
    """Judge what the rows state if the working is set equal to the result, each row as a line of text."""
    blocks: list[Piece | Table] = []
    results: list[tuple[int, int]] = []
    for row in rows:
        others = [cell for column, cell in enumerate(row) if column not in (working, result) and cell.text]
        if not _is_working(row, working) or result >= len(row):
            blocks.append(Table((tuple(row),), 0))  # a cell is none of the numbers that were given
            continue
        blocks.append(Table((tuple(others),), 0))
        if number_cell(row[result], context.style) is None:
            continue
        down = any(_DOWN.search(cell.text) for cell in row)
        blocks.append(_joined(row[working], row[result], down=down))
        results.append(row[result].span(0, len(row[result].text)))
    if not results:
        return
    inner = replace(context, sheet=replace(context.sheet, blocks=tuple(blocks), runs=()))
    seen: set[tuple[int, int]] = set()
    for check in (check_relations, check_derivatives):
        for one in check(inner):
            place = next((span for span in results if span[0] < one.end <= span[1]), None)
            if place is not None and place not in seen and one.verdict != "unchecked":
                seen.add(place)
                yield one


def _joined(working: Piece, result: Piece, *, down: bool) -> Piece:
    """Return 'working = result' as a piece; rounded down where the row says so."""
    before, after = ("⌊", "⌋ = ") if down and "⌊" not in working.text else ("", " = ")
    stated = result.text.lstrip("=≈ ")
    places = result.places[len(result.text) - len(stated) :]
    first, last = working.places[0], working.places[-1]
    return Piece(
        f"{before}{working.text}{after}{stated}",
        (*[first] * len(before), *working.places, *[last] * len(after), *places),
    )
