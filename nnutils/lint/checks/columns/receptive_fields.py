"""Tables of what a unit sees: the kernel and the stride of each layer, the jump and the receptive field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from nnutils.lint.checks.tables.cells import NumberCell, clean, is_blank, number_cell
from nnutils.lint.checks.tables.joint_columns import apart
from nnutils.lint.checks.tables.totals import titles
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.sheets import Table

__all__ = ["check_receptive_fields"]

_COLUMNS = {
    "kernel": re.compile(r"k|k_?\w?|kernel(?: size)?|filter(?: size)?|window|f", re.IGNORECASE),
    "stride": re.compile(r"s|s_?\w?|strides?", re.IGNORECASE),
    "dilation": re.compile(r"d|d_?\w?|dilation(?: rate)?", re.IGNORECASE),
    "jump": re.compile(
        r"j|j_?\w?|jumps?(?: j)?|effective stride|total stride|cumulative stride", re.IGNORECASE
    ),
    "field": re.compile(r"r|r_?\w?|rf|receptive fields?(?: \w{1,3})?|field(?: of view)?|sees", re.IGNORECASE),
}
_UNIT = re.compile(r"\s*[(\[](?:px|pixels?)[)\]]$|\s*,?\s*in pixels$")
_MOST_ROWS = 200
_FEWEST = 2


@dataclass(frozen=True)
class _Layer:
    """A row: its settings, and what it states of the jump and the field."""

    kernel: int
    stride: int
    dilation: int
    jump: NumberCell | None
    field: NumberCell | None


@dataclass(frozen=True)
class _Judged:
    cell: NumberCell
    right: int
    holds: bool
    work: str


def check_receptive_fields(context: Context) -> Iterator[Finding]:
    """Judge the jump and the receptive field in each row, where most rows follow from kernels and strides.

    >>> from nnutils.lint import lint
    >>> head = ["| k | s | jump | r |", "|---|---|---|---|"]
    >>> text = "\\n".join([*head, "| 3 | 1 | 1 | 3 |", "| 3 | 2 | 2 | 5 |", "| 5 | 1 | 2 | 14 |"])
    >>> [(one.line, one.stated, one.computed, one.why) for one in lint(text).wrong]
    [(5, '14', '13', '5 + (5 − 1) · 2 = 13.')]
    """
    for block in context.sheet.blocks:
        if isinstance(block, Table) and block.headers and len(block.rows) <= _MOST_ROWS:
            yield from _of_table(context, apart(block))


def _of_table(context: Context, table: Table) -> Iterator[Finding]:
    columns: dict[str, int] = {}
    for place, title in enumerate(titles(table)):
        for name, words in _COLUMNS.items():
            if name not in columns and words.fullmatch(_UNIT.sub("", clean(title))):
                columns[name] = place
                break
    if "kernel" not in columns or not {"field", "jump"} & set(columns):
        return
    first, layers = _layers(context, table, columns)
    if len(layers) < _FEWEST:
        return
    ways = [
        [one for name in ("jump", "field") for one in _judged(first, layers, name, before=before)]
        for before in (False, True)
    ]
    best = max(ways, key=lambda way: sum(one.holds for one in way))
    right = sum(one.holds for one in best)
    if right < _FEWEST or 2 * right < len(best):
        return
    for one in best:
        yield context.finding(
            one.cell.piece, one.cell.start, one.cell.end, "column", "right" if one.holds else "wrong",
            stated=one.cell.text, computed=f"{one.right:,}",
            why="" if one.holds else f"{one.work} = {one.right:,}.",
        )  # fmt: skip


def _layers(context: Context, table: Table, columns: dict[str, int]) -> tuple[tuple[int, int], list[_Layer]]:
    """Return the jump and the field of the input, 1 each if no row says it, and the layers."""
    first, layers = (1, 1), list[_Layer]()
    for row in table.rows[table.headers :]:
        cells = {
            name: number_cell(row[place], context.style) if place < len(row) else None
            for name, place in columns.items()
        }
        kernel, stride = _whole(cells.get("kernel")), _whole(cells.get("stride"))
        empty = is_blank(row[columns["kernel"]].text)
        if kernel is None and empty and not layers:
            first = _whole(cells.get("jump")) or 1, _whole(cells.get("field")) or 1
            continue
        if kernel is None or ("stride" in columns and stride is None):
            break
        dilation = _whole(cells.get("dilation")) or 1
        layers.append(_Layer(kernel, stride or 1, dilation, cells.get("jump"), cells.get("field")))
    return first, layers


def _whole(cell: NumberCell | None) -> int | None:
    return int(cell.value) if cell is not None and cell.value.denominator == 1 and cell.value > 0 else None


def _judged(first: tuple[int, int], layers: Sequence[_Layer], name: str, *, before: bool) -> list[_Judged]:
    """Judge a column; ``before``: the jump in a row is that of what the layer reads, not of what it makes.

    What follows from a wrong number above is right, too.
    """
    made: list[_Judged] = []
    jumps, fields = {first[0]}, {first[1]}
    jump, field = first
    for layer in layers:
        wide = layer.dilation * (layer.kernel - 1)
        if name == "field":
            right, work = field + wide * jump, f"{field} + ({_kernel(layer)}) · {jump}"
            allowed = {one + wide * other for one, other in product(fields, jumps)}
            cell = layer.field
        else:
            right, work = (jump, f"{jump}") if before else (jump * layer.stride, f"{jump} · {layer.stride}")
            allowed = set(jumps) if before else {one * layer.stride for one in jumps}
            cell = layer.jump
        stated = _whole(cell)
        if cell is not None and stated is not None:
            made.append(_Judged(cell, right, stated in allowed, work))
        told_jump, told_field = _whole(layer.jump), _whole(layer.field)
        jump, field = jump * layer.stride, field + wide * jump
        jumps = {jump, *({told_jump * (layer.stride if before else 1)} if told_jump else ())}
        fields = {field, *({told_field} if told_field else ())}
    return made


def _kernel(layer: _Layer) -> str:
    return f"{layer.kernel} − 1" if layer.dilation == 1 else f"{layer.dilation}({layer.kernel} − 1)"
