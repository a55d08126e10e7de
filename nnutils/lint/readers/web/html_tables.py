"""Tables of HTML, put together cell by cell."""

from __future__ import annotations

from nnutils.lint.readers.tables import table_of
from nnutils.lint.sheets import Piece, Table

__all__ = ["TableBuilder"]

_MOST_SPANNED = 100
_EMPTY = Piece("", ())


class TableBuilder:
    """A table so far; a cell over several columns or rows leaves empty ones."""

    def __init__(self) -> None:
        self.rows: list[list[Piece]] = []
        self.heads: list[bool] = []  # of each row, whether all its cells are headers
        self.caption: Piece | None = None
        self.is_open = False
        self._in_caption = self._in_head = False
        self._below: dict[int, int] = {}  # the columns that cells above go on in, and for how many rows

    def open(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin a row, a cell, the head or the caption."""
        self.is_open, self._in_caption = tag in ("td", "th", "caption"), tag == "caption"
        if tag in ("thead", "tbody"):
            self._in_head = tag == "thead"
        elif tag == "tr":
            self._begin_row()
        elif tag in ("td", "th"):
            if not self.rows:
                self._begin_row()
            self.heads[-1] = self.heads[-1] and (tag == "th" or self._in_head)
            across, down = (_count(attributes.get(name, "")) for name in ("colspan", "rowspan"))
            self._fill()
            column = len(self.rows[-1])
            self.rows[-1] += [_EMPTY] * across
            self._cell = column
            if down > 1:
                self._below.update({column + right: down - 1 for right in range(across)})

    def end_head(self) -> None:
        """End the rows that name the columns."""
        self._in_head = False

    def add(self, piece: Piece) -> None:
        """Put a piece into the cell or the caption that is open."""
        if self._in_caption:
            self.caption = piece if self.caption is None else _joined(self.caption, piece)
        elif self.rows and self.rows[-1]:
            before = self.rows[-1][self._cell]
            self.rows[-1][self._cell] = _joined(before, piece) if before.text else piece

    def table(self) -> Table | None:
        """Return the table; None for one without cells."""
        rows = [
            (row, head)
            for row, head in zip(self.rows, self.heads, strict=True)
            if any(one.text for one in row)
        ]
        if not rows:
            return None
        headers = next((number for number, (_, head) in enumerate(rows) if not head), len(rows))
        return table_of([row for row, _ in rows], headers or None, self.caption)

    def _begin_row(self) -> None:
        self.rows.append([])
        self.heads.append(True)

    def _fill(self) -> None:
        """Leave the columns empty in which a cell of a row above goes on."""
        while (column := len(self.rows[-1])) in self._below:
            self._below[column] -= 1
            if not self._below[column]:
                del self._below[column]
            self.rows[-1].append(_EMPTY)


def _count(text: str) -> int:
    return max(1, min(int(text), _MOST_SPANNED)) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def _joined(first: Piece, second: Piece) -> Piece:
    shift = len(first.text) + 1
    return Piece(
        f"{first.text}\n{second.text}",
        (*first.places, second.places[0], *second.places),
        (*first.formulas, *((start + shift, end + shift) for start, end in second.formulas)),
        first.kind,
    )
