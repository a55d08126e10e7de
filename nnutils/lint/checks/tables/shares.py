"""Columns of percentages: the share of each row in a column of numbers, and shares that make a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from nnutils.core.errors import NNUtilsError
from nnutils.core.numerals import grouped
from nnutils.core.worked import Worked
from nnutils.lint.checks.tables.cells import NumberCell, number_cell, scale_in
from nnutils.lint.checks.tables.explaining import slips_of
from nnutils.lint.checks.tables.totals import is_total, label_of, titles
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.numbers import numbers_in
from nnutils.lint.sheets import Table
from nnutils.slips.precision import match

__all__ = ["check_shares"]

_SHARE = re.compile(
    r"\bshares?\b|% ?of\b|percent(?:age)? of|proportion|\bfraction of|anteil|^%$", re.IGNORECASE
)
_NOT_ZERO = re.compile("[1-9]")  # 0 % fits any column with a zero
_WHOLE = re.compile(r"\d{1,3}(?:[ .,'’\u00a0\u2009\u202f]\d{3})+(?!\d)")
_MOST_COLUMNS = 60
_Column = list[NumberCell | None]


def check_shares(context: Context) -> Iterator[Finding]:
    """Judge each percentage of a column that holds the shares of another column in its total."""
    for block in context.sheet.blocks:
        if isinstance(block, Table):
            yield from _of_table(context, block)


def _of_table(context: Context, table: Table) -> Iterator[Finding]:
    names, body = titles(table), table.rows[table.headers :]
    shared = [
        column
        for column, name in enumerate(names)
        if "%" in name
        or _SHARE.search(name)
        or any("%" in row[column].text for row in body if column < len(row))
    ]
    if not shared or len(names) > _MOST_COLUMNS:
        return
    labels = [label_of(row, context.style) for row in body]
    columns: list[_Column] = []
    for column, name in enumerate(names):
        scale = scale_in(name)
        columns.append(
            [number_cell(row[column], context.style, scale) if column < len(row) else None for row in body]
        )
    for column in shared:
        name, cells = names[column], columns[column]
        percent = "%" in name or any(cell is not None and cell.suffix.strip() == "%" for cell in cells)
        if not percent and not _SHARE.search(name):
            continue
        best: tuple[int, list[Finding]] = 0, []
        told: list[Finding] = []
        for other, numbers in enumerate(columns):
            if other not in shared:
                found = _against(context, cells, numbers, labels, names[other], 100 if percent else 1)
                right = sum(one.verdict == "right" and bool(_NOT_ZERO.search(one.stated)) for one in found)
                best = max(best, (right, found), key=lambda one: one[0])
                if _names_the_whole(context, name, numbers, labels):
                    told = found
        # A percentage may be anything: that these are shares is told by those that fit.
        fewest = 2 if _SHARE.search(name) else 3
        near = sum(one.verdict in ("right", "rounded") for one in best[1])
        if told:
            yield from told
        elif best[0] >= fewest and 2 * near > len(best[1]):
            yield from best[1]
        elif _SHARE.search(name) and not any(map(is_total, labels)):
            yield from _whole(context, cells, labels, 100 if percent else 1)


def _names_the_whole(context: Context, name: str, numbers: _Column, labels: Sequence[str]) -> bool:
    """Return whether a header says of what number its column holds the shares: 'share of 1,852,619'."""
    said = {one.written.value for one in numbers_in(name, context.style)} if _SHARE.search(name) else set()
    said |= {Fraction(re.sub(r"\D", "", found[0])) for found in _WHOLE.finditer(name)} if said else set()
    stated = {one.value for one, label in zip(numbers, labels, strict=True) if one and is_total(label)}
    parts = [one.value for one, label in zip(numbers, labels, strict=True) if one and not is_total(label)]
    return bool(said & {*stated, sum(parts, Fraction(0))})


def _against(
    context: Context, cells: _Column, numbers: _Column, labels: Sequence[str], name: str, whole: int
) -> list[Finding]:
    """Judge shares against the numbers of one column and its total."""
    parts = [number for number, label in zip(numbers, labels, strict=True) if number and not is_total(label)]
    stated = [number for number, label in zip(numbers, labels, strict=True) if number and is_total(label)]
    sums = {number.value for number in stated} | {sum((one.value for one in parts), Fraction(0))}
    sums = {value for value in sums if value > 0}
    if len(parts) < 2 or not sums or any(one.value < 0 for one in parts):
        return []
    found = []
    for cell, number, label in zip(cells, numbers, labels, strict=True):
        if cell is None or number is None:
            continue
        judged = []
        wholes = [(value, value) for value in sums] if is_total(label) else []
        # the total of a part of the rows has its own share, as every other row has
        for value, part in [*wholes, *((value, number.value) for value in sums)]:
            share = Fraction(part * whole, value)
            # A number that was itself rounded leaves its share as uncertain as it is.
            slack = number.slack * whole / value
            near = cell.written.unit is not None and abs(share - cell.value) <= slack + cell.slack
            agreement = match(cell.written, share)
            verdict: Verdict = (
                "right"
                if near or agreement == "equal"
                else "rounded"
                if agreement == "last digit"
                else "wrong"
            )
            judged.append((("right", "rounded", "wrong").index(verdict), verdict, share, part, value))
        _, verdict, share, part, value = min(judged, key=lambda one: one[0])
        quotient = f"{grouped(_exact(part))} / {grouped(_exact(value))}"
        sign = " %" if whole == 100 and not cell.suffix else ""
        why = f"{quotient} = {cell.like(share)}{sign} of the {name or 'total'}."
        if verdict != "right" and _number_is_off(cell, number, parts, stated, whole):
            found.append(_open(context, cell))
            continue
        slips = () if verdict == "right" else _slips(context, cell, part, value, whole)
        found.append(
            context.finding(
                cell.piece, cell.start, cell.end, "share", verdict,
                stated=cell.text, computed=cell.like(share), why=why, slips=slips,
            )
        )  # fmt: skip
    return found


def _number_is_off(
    cell: NumberCell,
    number: NumberCell,
    parts: Sequence[NumberCell],
    stated: Sequence[NumberCell],
    whole: int,
) -> bool:
    """Return whether a share fits what the other numbers leave of the stated total."""
    for total in stated:
        rest = total.value - sum((one.value for one in parts if one is not number), Fraction(0))
        if rest != number.value and 0 < rest < total.value:
            if match(cell.written, Fraction(rest * whole, total.value)) == "equal":
                return True
    return False


def _open(context: Context, cell: NumberCell) -> Finding:
    return context.finding(
        cell.piece, cell.start, cell.end, "share", "unchecked", stated=cell.text, cause="context",
        why="It fits what the other numbers leave of the total: the number beside it may be wrong.",
    )  # fmt: skip


def _whole(context: Context, cells: _Column, labels: Sequence[str], whole: int) -> Iterator[Finding]:
    """Judge shares without a total: together they should make a whole."""
    given = [cell for cell in cells if cell is not None]
    if len(given) < 3 or len(given) < len(labels) or any(cell.value < 0 for cell in given):
        return
    value = sum((cell.value for cell in given), Fraction(0))
    slack = sum((cell.slack for cell in given), Fraction(0))
    last = given[-1]
    verdict: Verdict = "right" if abs(value - whole) <= slack else "suspicious"
    said = " + ".join(cell.text for cell in given[:8]) + (" + …" if len(given) > 8 else "")
    why = f"The shares add up: {said} = {last.like(value)}."
    if verdict == "suspicious":
        why = f"The shares do not add up to {last.like(Fraction(whole))}: {said} = {last.like(value)}."
    yield context.finding(last.piece, last.start, last.end, "share", verdict, stated=last.text, why=why)


def _slips(
    context: Context, cell: NumberCell, part: Fraction, value: Fraction, whole: int
) -> tuple[str, ...]:
    if part.denominator != 1 or value.denominator != 1:
        return ()
    try:
        share = whole * (Worked(int(part), "part") / Worked(int(value), "total"))
    except NNUtilsError:
        return ()
    return slips_of(context, share, context.plain(cell.written.text), most=1)


def _exact(value: Fraction) -> int | Fraction:
    return int(value) if value.denominator == 1 else value
