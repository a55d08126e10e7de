"""One table, three renderings: aligned text, HTML that book.css sets and that reads without it, LaTeX."""

from __future__ import annotations

import html
import io
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from numbers import Real
from typing import Any

from nnutils.core.aligned_text import aligned
from nnutils.core.errors import NNUtilsError
from nnutils.core.html_cells import left
from nnutils.core.numerals import latex_number, number_text, reads_as_number, set_signs
from nnutils.core.worked import Worked

__all__ = [
    "Cell",
    "Table",
]

Cell = str | int | Fraction | float | Worked | None
"""What a cell of a table may hold; None is an empty cell."""

_SPECIAL = str.maketrans(
    {c: f"\\{c}" for c in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
)


@dataclass(frozen=True)
class Table:
    """A table of names and numbers; numbers are right-aligned, and a worked number shows its work in HTML.

    ``rows`` are sequences as long as ``header``, ``None`` an empty cell. ``last_is_total`` sets the last row
    apart.

    ``to_dict``, ``to_csv`` and ``to_pandas`` give the plain numbers, for other programs.

    Raises:
        NNUtilsError: if a row is longer or shorter than the header, or a cell is neither text nor a number.

    >>> table = Table(("layer", "weights"), [("conv1", 34848), ("out", Worked(10) * 84)])
    >>> print(table)
    layer  weights
    -----  -------
    conv1   34,848
    out        840
    >>> print(table.latex.splitlines()[0])
    \\begin{tabular}{lr}
    """

    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    caption: str = ""
    last_is_total: bool = False

    def __post_init__(self) -> None:
        """Refuse what no rendering could set: a row that does not fit the header, a cell without a text."""
        for i, row in enumerate(self.rows, 1):
            if len(row) != len(self.header):
                raise NNUtilsError(
                    f"Row {i} of a table has {len(row)} cells, but its header has {len(self.header)}.",
                    remedy="Use None for an empty cell.",
                )
            for name, cell in zip(self.header, row, strict=True):
                if not isinstance(cell, str | Real | Worked | None):
                    raise NNUtilsError(
                        f"Row {i} of a table has a {type(cell).__name__} in the column {name!r}.",
                        remedy="A cell is text, a real number, a Worked number or None; str(...) makes text.",
                    )

    def __str__(self) -> str:
        cells = [[str(name) for name in self.header], *([_text(cell) for cell in row] for row in self.rows)]
        rows, rule = aligned(cells, right=self._right_aligned())
        lines = [line for row in rows for line in row]
        lines.insert(1, rule)
        if self.last_is_total:
            lines.insert(-1, rule)
        return "\n".join([self.caption, *lines] if self.caption else lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        right, named = self._right_aligned(), self._first_column_names_rows()

        def row_html(row: Sequence[Cell]) -> str:
            cells = [_data_cell(cell, r) for cell, r in zip(row, right, strict=True)]
            if named:
                cells[0] = f'<th scope="row">{left(_html(row[0]))}</th>'
            return f"<tr>{''.join(cells)}</tr>"

        body = [row_html(row) for row in self.rows]
        foot = f"<tfoot>{body.pop()}</tfoot>" if self.last_is_total and body else ""
        caption = f"<caption>{html.escape(self.caption)}</caption>" if self.caption else ""
        head = "".join(map(_head_cell, self.header, right))
        return (
            f'<div class="nn-table"><table>{caption}<thead><tr>{head}</tr></thead>'
            f"<tbody>{''.join(body)}</tbody>{foot}</table></div>"
        )

    @property
    def latex(self) -> str:
        """The table as a LaTeX ``tabular`` that needs no package."""
        spec = "".join("r" if r else "l" for r in self._right_aligned())
        rows = [" & ".join(_latex(cell) for cell in row) + r" \\" for row in self.rows]
        if self.last_is_total and rows:
            rows.insert(-1, r"\hline")
        head = " & ".join(name.translate(_SPECIAL) for name in self.header) + r" \\"
        return "\n".join([f"\\begin{{tabular}}{{{spec}}}", head, r"\hline", *rows, r"\end{tabular}"])

    def to_dict(self) -> dict[str, list[str | int | float | None]]:
        """Return the columns by name, as lists of plain values; a fraction becomes the nearest float.

        Raises:
            NNUtilsError: if two columns have the same name.

        >>> Table(("layer", "weights"), [("conv1", Worked(96) * 363)]).to_dict()
        {'layer': ['conv1'], 'weights': [34848]}
        """
        if len(set(self.header)) < len(self.header):
            raise NNUtilsError(
                f"Two columns of this table have the same name: {', '.join(map(repr, self.header))}.",
                remedy="Use to_csv(), which keeps the columns by their order.",
            )
        return {name: [_plain(row[i]) for row in self.rows] for i, name in enumerate(self.header)}

    def to_csv(self) -> str:
        """Return the table as comma-separated values, numbers without separators, a line for each row.

        >>> print(Table(("layer", "weights"), [("conv1", 34848), ("share", Fraction(1, 4))]).to_csv())
        layer,weights
        conv1,34848
        share,0.25
        <BLANKLINE>
        """
        text = io.StringIO()
        import csv  # only here: most tables are never written so, and it takes long to load

        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows([_plain(cell) for cell in row] for row in self.rows)
        return text.getvalue()

    def to_pandas(self) -> Any:
        """Return the table as a pandas DataFrame; pandas has to be installed.

        Raises:
            NNUtilsError: if pandas is not installed, or two columns have the same name.
        """
        try:
            import pandas
        except ImportError:
            raise NNUtilsError(
                "to_pandas() needs pandas, which is not installed.",
                remedy="Install it: pip install pandas. Or use to_dict() or to_csv(), which need nothing.",
            ) from None
        return pandas.DataFrame(self.to_dict())

    def _right_aligned(self) -> list[bool]:
        """Say for each column whether it holds numbers: then it is set flush right."""
        columns = ([row[i] for row in self.rows if row[i] not in (None, "")] for i in range(len(self.header)))
        return [bool(cells) and all(map(_is_number, cells)) for cells in columns]

    def _first_column_names_rows(self) -> bool:
        """Say whether the first column has a different name for each row, which a screen reader then says."""
        names = [row[0] for row in self.rows if row]
        return (
            bool(names)
            and all(isinstance(name, str) and name for name in names)
            and len({*names}) == len(names)
        )


def _is_number(cell: Cell) -> bool:
    return not isinstance(cell, str) or reads_as_number(cell)


def _head_cell(name: str, right: bool) -> str:
    if not name:
        return "<td></td>"  # a header without words would be announced, and say nothing
    text = set_signs(html.escape(name))
    return f'<th scope="col" class="number">{text}</th>' if right else f'<th scope="col">{left(text)}</th>'


def _data_cell(cell: Cell, right: bool) -> str:
    text = _html(cell)
    return f'<td class="number">{text}</td>' if right else f"<td>{left(text)}</td>"


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    return number_text(cell.value if isinstance(cell, Worked) else cell, significant=6, group=True)


def _plain(cell: Cell) -> str | int | float | None:
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return float(cell)  # of NumPy's, too
    return (cell if isinstance(cell, Worked) else Worked(cell)).as_json()


def _html(cell: Cell) -> str:
    return cell._repr_html_() if isinstance(cell, Worked) else set_signs(html.escape(_text(cell)))


def _latex(cell: Cell) -> str:
    if isinstance(cell, Worked | int | Fraction):
        return f"${latex_number(cell.value if isinstance(cell, Worked) else cell)}$"
    return _text(cell).translate(_SPECIAL)
