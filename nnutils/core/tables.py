"""One table, three renderings: aligned text, HTML that scrolls in its own box, LaTeX."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from nnutils.core.errors import NNUtilsError
from nnutils.core.worked import Worked
from nnutils.core.worked_text import grouped, latex_number

__all__ = [
    "Cell",
    "Table",
]

Cell = str | int | Fraction | float | Worked | None

_SPECIAL = str.maketrans(
    {c: f"\\{c}" for c in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
)


@dataclass(frozen=True)
class Table:
    """A table of names and numbers; numbers are right-aligned, and a worked number shows its work in HTML.

    ``rows`` are sequences as long as ``header``, ``None`` an empty cell. ``last_is_total`` sets the last row
    apart.

    Raises:
        NNUtilsError: if a row is longer or shorter than the header.

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
        """Refuse a row with more or fewer cells than the header, which no rendering could set."""
        for i, row in enumerate(self.rows, 1):
            if len(row) != len(self.header):
                raise NNUtilsError(
                    f"Row {i} of a table has {len(row)} cells, but its header has {len(self.header)}.",
                    remedy="Use None for an empty cell.",
                )

    def __str__(self) -> str:
        cells = [[str(name) for name in self.header], *([_text(cell) for cell in row] for row in self.rows)]
        widths = [max(len(row[i]) for row in cells) for i in range(len(self.header))]
        right = self._right_aligned()
        lines = [
            "  ".join(
                text.rjust(w) if r else text.ljust(w) for text, w, r in zip(row, widths, right, strict=True)
            ).rstrip()
            for row in cells
        ]
        rule = "  ".join("-" * w for w in widths)
        lines.insert(1, rule)
        if self.last_is_total:
            lines.insert(-1, rule)
        return "\n".join([self.caption, *lines] if self.caption else lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        right = self._right_aligned()

        def row_html(tag: str, texts: Sequence[str]) -> str:
            aligned = (
                f'<{tag} style="text-align:{"right" if r else "left"}">{text}</{tag}>'
                for text, r in zip(texts, right, strict=True)
            )
            return "<tr>" + "".join(aligned) + "</tr>"

        body = [row_html("td", [_html(cell) for cell in row]) for row in self.rows]
        foot = f"<tfoot>{body.pop()}</tfoot>" if self.last_is_total and body else ""
        caption = f"<caption>{html.escape(self.caption)}</caption>" if self.caption else ""
        head = row_html("th", [html.escape(name) for name in self.header])
        return (
            f'<div class="nn-table" style="overflow-x:auto"><table>{caption}<thead>{head}</thead>'
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

    def _right_aligned(self) -> list[bool]:
        """Say for each column whether it holds numbers: then it is set flush right."""
        columns = range(len(self.header))
        return [
            any(row[i] is not None for row in self.rows)
            and not any(isinstance(row[i], str) and row[i] for row in self.rows)
            for i in columns
        ]


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return f"{cell:,.6g}"
    return grouped(cell.value if isinstance(cell, Worked) else cell)


def _html(cell: Cell) -> str:
    return cell._repr_html_() if isinstance(cell, Worked) else html.escape(_text(cell))


def _latex(cell: Cell) -> str:
    if isinstance(cell, Worked | int | Fraction):
        return f"${latex_number(cell.value if isinstance(cell, Worked) else cell)}$"
    return _text(cell).translate(_SPECIAL)
