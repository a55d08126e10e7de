"""Rows of a trace, from a table or from lines: the name of a value, and the sides that it equals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nnutils.lint.checks.letters.equations import equations_in
from nnutils.lint.checks.letters.evaluating import normal
from nnutils.lint.context import Context
from nnutils.lint.language import Node, Token, UnreadableError, parse
from nnutils.lint.sheets import Piece, Table

__all__ = ["BAR", "DOT", "Partial", "Row", "RowSide", "accent", "base", "traces_in"]

DOT, BAR = "\u0307", "\u0304"
_FEWEST = 3
_VALUE = re.compile(r"[vwuhz][\u0300-\u036f\u20d7]*_-?\d{1,2}")
_LETTER = re.compile(r"(?<![^\W\d_])[vwuhz][\u0300-\u036f\u20d7]*[_\d]")
_NAME = r"[^\W\d_][\u0300-\u036f\u20d7]*(?:_\{[^{}]{1,6}\}|_-?\w{1,3})?"
_PARTIAL = re.compile(
    rf"^(?:(?P<self>{_NAME})\s*\+\s*)?(?P<up>{_NAME})\s*[·×*]?\s*\(*\s*∂\s*(?P<of>{_NAME})\s*\)*\s*/"
    rf"\s*\(*\s*∂\s*(?P<wrt>{_NAME})\s*\)*$"
)


@dataclass(frozen=True)
class Partial:
    """A side of a reverse sweep: an adjoint times a partial derivative, perhaps added to what was there."""

    up: str
    of: str
    wrt: str
    added: bool


@dataclass(frozen=True)
class RowSide:
    """One side of a row, with the piece that it stands in; no tree where it cannot be read."""

    piece: Piece
    node: Node | None
    start: int
    end: int
    partial: Partial | None = None

    @property
    def text(self) -> str:
        """The side as it is written."""
        return self.piece.text[self.start : self.end]


@dataclass
class Row:
    """A value of a trace: its names (one, or several for the same value), and what it equals, in order."""

    names: list[str]
    sides: list[RowSide] = field(default_factory=list)


def accent(name: str) -> str:
    """Return the dot or the bar over a name; an empty text for a value itself."""
    return DOT if DOT in name else BAR if BAR in name else ""


def base(name: str) -> str:
    """Return the name of the value whose tangent or adjoint a name is.

    >>> base("v\\u0307_1")
    'v_1'
    """
    return name.replace(DOT, "").replace(BAR, "")


def traces_in(context: Context) -> Iterator[tuple[int, list[Row]]]:
    """Yield the traces of a sheet, each with the number of the block that holds it."""
    waiting: list[Row] = []
    begun = 0
    for number, block in enumerate(context.sheet.blocks):
        if isinstance(block, Table):
            if not any(_may_hold_a_value(cell) for cells in block.rows for cell in cells):
                continue
            rows = [row for cells in block.rows for row in _of_cells(context, cells)]
            if _is_trace(rows):
                yield number, rows
            continue
        if block.kind == "code":
            continue
        found = list(_of_text(context, block))
        if not found and waiting and (block.kind == "heading" or number - begun > _FEWEST):
            if _is_trace(waiting):
                yield begun, waiting
            waiting = []
        begun = number if found else begun
        for row in found:
            if _begins_again(waiting, row):
                if _is_trace(waiting):
                    yield begun, waiting
                waiting = [
                    one for one in waiting if not any(side.node and side.node.names for side in one.sides)
                ]
            waiting.append(row)
    if _is_trace(waiting):
        yield begun, waiting


def _begins_again(rows: Sequence[Row], row: Row) -> bool:
    """Return whether a value that has an expression gets another one: then another trace begins."""
    if (
        not _VALUE.fullmatch(row.names[0])
        or accent(row.names[0])
        or not any(side.node and side.node.names for side in row.sides)
    ):
        return False
    return any(row.names[0] in one.names and len(one.sides) > 1 for one in rows)


def _is_trace(rows: Sequence[Row]) -> bool:
    return (
        len({name for row in rows for name in row.names if _VALUE.fullmatch(name) and row.sides}) >= _FEWEST
    )


def _may_hold_a_value(piece: Piece) -> bool:
    """Return whether a piece has a letter of a trace with an index: v_1, v1."""
    return _LETTER.search(unicodedata.normalize("NFD", piece.text)) is not None


def _of_text(context: Context, piece: Piece) -> Iterator[Row]:
    if not re.search(r"[vwuhz][\u0300-\u036f\u20d7]*_", piece.text):
        return
    for equation in equations_in(context, piece):
        first = equation.sides[0].node
        if first is not None and first.operation == "name":
            row = Row([_name(first.text)])
            for side in equation.sides[1:]:
                written = piece.text[side.start : side.end]
                row.sides.append(RowSide(piece, side.node, side.start, side.end, _partial(written)))
            yield row


def _of_cells(context: Context, cells: Sequence[Piece]) -> Iterator[Row]:
    """Yield the rows of one row of a table; several traces may stand beside one another."""
    row: Row | None = None
    for cell in cells:
        parts, begins = _parts(context, cell)
        for place, part in enumerate(parts):
            side = _side(cell, part)
            named = side.node is not None and side.node.operation == "name"
            text = _name(side.node.text) if side.node is not None and named else ""
            new = named and (place == 0 and begins or row is not None and _has_a_number(row))
            if new and row is not None and not row.sides:
                row.names.append(text)
            elif new:
                if row is not None:
                    yield row
                row = Row([text])
            elif row is not None:
                row.sides.append(side)
    if row is not None:
        yield row


def _has_a_number(row: Row) -> bool:
    return any(side.node is not None and not side.node.names for side in row.sides)


def _parts(context: Context, cell: Piece) -> tuple[list[list[Token]], bool]:
    """Return the tokens of a cell between its signs of equality, and whether it begins without one."""
    tokens = [token._replace(formula=1) for token in context.tokens(cell) if token.kind != "end"]
    while tokens and (tokens[0].kind == "mark" or tokens[0].text == "→"):
        tokens = tokens[1:]  # arrows at the margin, such as ⇓
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind == "relation" and token.text in ("=", "≈"):
            parts.append([])
        else:
            parts[-1].append(token)
    begins = bool(parts[0])
    return [part for part in parts if part], begins


def _side(piece: Piece, tokens: Sequence[Token]) -> RowSide:
    start, end = tokens[0].start, tokens[-1].end
    partial = _partial(piece.text[start:end])
    try:
        return RowSide(piece, None if partial else parse(list(tokens)), start, end, partial)
    except (UnreadableError, RecursionError):
        return RowSide(piece, None, start, end)


def _partial(text: str) -> Partial | None:
    found = _PARTIAL.match(unicodedata.normalize("NFD", text.replace("−", "-").strip()))
    if found is None:
        return None
    return Partial(normal(found["up"]), normal(found["of"]), normal(found["wrt"]), found["self"] is not None)


def _name(text: str) -> str:
    return normal(text)
