"""Columns that are a quotient of two others, in whatever units: 'mult. | t / µs | mult. per ns'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

from nnutils.core.numerals import number_text
from nnutils.lint.checks.tables.cells import NumberCell, clean, number_cell
from nnutils.lint.checks.tables.totals import titles
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.sheets import Table
from nnutils.slips.precision import at_precision, match

__all__ = ["check_quotients"]

_PER = re.compile(
    r"(?P<above>\S.*?)\s+(?:per|pro|je|par|por|each)\s+(?P<below>\S.*)|(?P<rate>\w+)/(?:s|ms|[µμ]s|ns)\b",
    re.IGNORECASE,
)
_POWERS = (0, -3, 3, -6, 6, -9, 9, -12, 12, -2, 2)
_MOST_ROWS, _MOST_COLUMNS = 400, 12
_DIGITS = 2
"""So many digits a quotient needs that is no accident."""


@dataclass(frozen=True)
class _Row:
    stated: NumberCell
    value: Fraction
    verdict: Verdict
    work: str


def check_quotients(context: Context) -> Iterator[Finding]:
    """Judge a column whose header says 'per', where two other columns have its quotients in most rows.

    >>> from nnutils.lint import lint
    >>> rows = ["| n | t (ms) | n per s |", "|--|--|--|", "| 84 | 4 | 21000 |", "| 99 | 9 | 11100 |"]
    >>> [(one.line, one.stated, one.computed) for one in lint("\\n".join(rows)).wrong]
    [(4, '11100', '11,000')]
    """
    for block in context.sheet.blocks:
        if isinstance(block, Table) and block.headers and len(block.rows) <= _MOST_ROWS:
            yield from _of_table(context, block)


def _of_table(context: Context, table: Table) -> Iterator[Finding]:
    headers = [clean(title) for title in titles(table)]
    if len(headers) > _MOST_COLUMNS:
        return
    for column, header in enumerate(headers):
        per = _PER.search(header)
        if per is None:
            continue
        cells = [[number_cell(cell, context.style) for cell in row] for row in table.rows[table.headers :]]
        above = clean(per["above"] or per["rate"] or "").lower()
        best: list[_Row] = []
        for first, second in permutations([place for place in range(len(headers)) if place != column], 2):
            told = bool(above) and headers[first].lower().startswith(above[:4])
            for power in _POWERS:
                rows = list(_judged(cells, (column, first, second), power))
                right = sum(one.verdict == "right" for one in rows)
                enough = right > 1 or (right == 1 and told and len(rows) <= 2)
                if enough and 2 * right >= len(rows) and right > sum(one.verdict == "right" for one in best):
                    best = rows
        for one in best:
            yield context.finding(
                one.stated.piece, one.stated.start, one.stated.end, "column", one.verdict,
                stated=one.stated.text, computed=_shown(one),
                why=f"The column is {header}: {one.work}.",
            )  # fmt: skip


def _judged(
    rows: Sequence[Sequence[NumberCell | None]], columns: tuple[int, int, int], power: int
) -> Iterator[_Row]:
    for row in rows:
        if max(columns) >= len(row):
            continue
        stated, above, below = (row[column] for column in columns)
        if stated is None or above is None or below is None or not below.value:
            continue
        scale = Fraction(10) ** power
        value = above.value / below.value * scale
        yield _Row(
            stated, value, _verdict(stated, value, (above, below), scale), f"{above.text} / {below.text}"
        )


def _verdict(
    stated: NumberCell, value: Fraction, parts: tuple[NumberCell, NumberCell], scale: Fraction
) -> Verdict:
    found = match(stated.written, value if value.denominator > 1 else int(value))
    if found == "equal" or _rounded(stated, value):
        return "right"
    if found == "last digit":
        return "rounded"
    above, below = parts
    if stated.written.unit is not None and abs(below.value) > below.slack:
        ends = [
            (above.value + sign * above.slack) / (below.value - sign * below.slack) * scale
            for sign in (-1, 1)
        ]
        if min(ends) - stated.slack <= stated.value <= max(ends) + stated.slack:
            return "suspicious"
    return "wrong"


def _rounded(stated: NumberCell, value: Fraction) -> bool:
    """Whether a whole number has the digits of a quotient that is not whole."""
    return (
        stated.written.unit is None
        and abs(value - stated.value) <= Fraction(1, 2)
        and abs(value) >= 10**_DIGITS
    )


def _shown(one: _Row) -> str:
    if one.stated.written.unit is not None:
        return at_precision(one.stated.written, one.value)
    return number_text(
        one.value if one.value.denominator == 1 else float(one.value), significant=6, group=True
    )
