"""Columns of memory: their numbers are another column times the bytes of a value, in the header's unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from nnutils.core.numerals import grouped
from nnutils.lint.checks.tables.cells import NumberCell, number_cell, scale_in
from nnutils.lint.checks.tables.totals import is_total, label_of, titles
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.sheets import Table
from nnutils.slips.precision import match

__all__ = ["check_memory"]

_UNIT = re.compile(
    r"(?<![^\W\d_])(?:(?P<prefix>[kKMG])(?P<two>i)?(?:B|bytes?)|(?P<long>kilo|mega|giga)bytes?|(?P<bytes>[Bb]ytes?)"
    r"|(?P<bare>B)(?=[\s)\]]*$))(?![^\W\d_])"
)
_EXPONENT = {"k": 1, "K": 1, "M": 2, "G": 3, "kilo": 1, "mega": 2, "giga": 3}
_BYTES = (4, 2, 8, 1)
"""So many bytes a value may have: float32, float16, float64, int8."""

_FEWEST = 2


@dataclass(frozen=True)
class _Rule:
    """How a column follows from another one: so many bytes a value, and so many bytes the unit."""

    column: int
    bytes: int
    unit: int

    def value(self, count: Fraction) -> Fraction:
        return count * self.bytes / self.unit


def check_memory(context: Context) -> Iterator[Finding]:
    """Judge the columns of memory whose other rows follow from another column.

    >>> from nnutils.lint import lint
    >>> rows = "| a | 23104 | 92.42 |\\n| b | 5184 | 20.74 |\\n| c | 1024 | 4.01 |"
    >>> one = lint(f"| layer | values | memory (kB) |\\n|---|---|---|\\n{rows}").findings[0]
    >>> one.stated, one.computed, one.why
    ('4.01', '4.10', '4 bytes · 1,024 / 1,000 = 4.10 (the other rows are made in the same way).')
    """
    for block in context.sheet.blocks:
        if isinstance(block, Table):
            headers = titles(block)
            for column, header in enumerate(headers):
                if units := _units(header):
                    yield from _of_column(context, block, headers, column, units)


def _units(header: str) -> tuple[int, ...]:
    """Return how many bytes the unit of a header may have; none where it names no unit of memory."""
    found = _UNIT.search(header)
    if found is None:
        return ()
    if found["bytes"] or found["bare"]:
        return (1,)
    power = _EXPONENT[found["prefix"] or found["long"].lower()]
    return (1024**power,) if found["two"] else (1000**power, 1024**power)


def _of_column(
    context: Context, table: Table, headers: Sequence[str], column: int, units: Sequence[int]
) -> Iterator[Finding]:
    rows = [row for row in table.rows[table.headers :] if not is_total(label_of(row, context.style))]
    stated = [number_cell(row[column], context.style) if column < len(row) else None for row in rows]
    best: tuple[int, _Rule, list[tuple[NumberCell, NumberCell]]] | None = None
    for other, header in enumerate(headers):
        if other == column or _UNIT.search(header):
            continue
        counts = [
            number_cell(row[other], context.style, scale_in(header)) if other < len(row) else None
            for row in rows
        ]
        pairs = [
            (one, count) for one, count in zip(stated, counts, strict=True) if one and count and count.value
        ]
        for rule in (_Rule(other, size, unit) for size in _BYTES for unit in units):
            right = sum(_verdict(one, rule.value(count.value)) == "right" for one, count in pairs)
            if best is None or right > best[0]:
                best = right, rule, pairs
    # The column means this where half of its rows or more follow it.
    if best is None or best[0] < _FEWEST or 2 * best[0] < len(best[2]):
        return
    for one, count in best[2]:
        yield _finding(context, one, count, best[1])


def _verdict(one: NumberCell, value: Fraction) -> Verdict:
    agreement = match(one.written, value)
    verdict: Verdict = (
        "right" if agreement == "equal" else "rounded" if agreement == "last digit" else "wrong"
    )
    return verdict


def _finding(context: Context, one: NumberCell, count: NumberCell, rule: _Rule) -> Finding:
    value = rule.value(count.value)
    computed = one.like(value)
    over = f" / {grouped(rule.unit)}" if rule.unit > 1 else ""
    made = f"{rule.bytes} byte{'s' if rule.bytes > 1 else ''} · {count.text}{over} = {computed}"
    if count.written.unit is None:
        made = made.replace(count.text, grouped(int(count.value)), 1)
    return context.finding(
        one.piece, one.start, one.end, "memory", _verdict(one, value), stated=one.text, computed=computed,
        why=f"{made} (the other rows are made in the same way).",
    )  # fmt: skip
