"""How a trace table is printed: aligned text, HTML that wraps or scrolls on a narrow screen, LaTeX."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any, Protocol

from nnutils.autodiff.formula import Term
from nnutils.core.aligned_text import aligned
from nnutils.core.html_cells import left
from nnutils.core.numerals import latex_of_text

__all__ = [
    "PrintableTable",
    "as_html",
    "as_latex",
    "as_text",
]


class PrintableTable(Protocol):
    """A trace table, as far as printing needs to know it."""

    primal: Any
    derivative: Any
    bottom_up: bool

    @property
    def notes(self) -> Sequence[str]:
        """Sentences to print below the table."""


def as_text(table: PrintableTable) -> str:
    """Return the two traces as text, one after the other, with the notes below.

    >>> from nnutils.autodiff import trace
    >>> print(as_text(trace(lambda x: x * x, 3).reverse(labels="names")))
    Forward evaluation trace
    variable  formula  numbers  value
    --------  -------  -------  -----
    x                           = 3
    y         = x · x  = 3 · 3  = 9
    <BLANKLINE>
    Reverse adjoint trace, ȳ = 1
    variable  chain rule       formula      numbers      value
    --------  ---------------  -----------  -----------  -----
    ȳ                                                    = 1
    x̄         = ȳ · ∂y/∂x      = ȳ · x      = 1 · 3      = 3
    x̄         = x̄ + ȳ · ∂y/∂x  = x̄ + ȳ · x  = 3 + 1 · 3  = 6
    <BLANKLINE>
    y uses x twice: a row for each place, with the derivative there.
    """
    parts = [_section_text(section, table) for section in (table.primal, table.derivative)]
    return "\n\n".join(parts + ["\n".join(table.notes)] if table.notes else parts)


def as_html(table: PrintableTable) -> str:
    """Return the table as HTML that reads without a script and without a style sheet; book.css sets it.

    >>> from nnutils.autodiff import trace
    >>> "<var>v</var><sub>1</sub>" in as_html(trace(lambda x: x * x, 3).reverse())
    True
    """
    parts = []
    for section in (table.primal, table.derivative):
        cells = _cells(section, table, "html")
        head = "".join(f'<th scope="col">{left(html.escape(name))}</th>' for name in _columns(section))
        body = "".join("<tr>" + "".join(f"<td>{left(cell)}</td>" for cell in row) + "</tr>" for row in cells)
        caption = f"<caption>{left(_title(section, table, 'html'))}</caption>"
        rows = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
        parts.append(f'<div tabindex="0"><table>{caption}{rows}</table></div>')
    notes = "".join(f"<p>{html.escape(note)}</p>" for note in table.notes)
    return f'<div class="trace-table">{"".join(parts)}</div>{notes}'


def as_latex(table: PrintableTable) -> str:
    r"""Return the two traces as LaTeX arrays, one after the other, without the notes.

    >>> from nnutils.autodiff import trace
    >>> print(as_latex(trace(lambda x: x * x, 3).reverse(labels="names")).splitlines()[5])
    y & = x \cdot x & = 3 \cdot 3 & = 9
    """
    arrays = []
    for section in (table.primal, table.derivative):
        lines = [" & ".join(row) for row in _cells(section, table, "latex")]
        head = " & ".join(rf"\\text{{{name}}}".replace("\\\\", "\\") for name in _columns(section))
        columns = "l" * (len(_columns(section)) - 1) + "r"
        body = " \\\\\n".join([head + r" \\ \hline", *lines]).replace(r"\hline \\", r"\hline")
        title = _title(section, table, "latex")
        arrays.append(f"{title} \\\\\n\\begin{{array}}{{{columns}}}\n{body}\n\\end{{array}}")
    return "\\begin{array}{l}\n" + " \\\\[2ex]\n".join(arrays) + "\n\\end{array}"


def _columns(section: Any) -> list[str]:
    chain = ["chain rule"] if any(row.chain for row in section.rows) else []
    return ["variable", *chain, "formula", "numbers", "value"]


def _title(section: Any, table: PrintableTable, style: str) -> str:
    upwards = ", read upwards" if table.bottom_up and section is table.derivative else ""
    if style == "latex":
        seed = rf",\ {section.seed[0].latex} = {latex_of_text(section.seed[1])}" if section.seed else ""
        return rf"\text{{{section.title}{upwards}}}{seed}"
    seed = f", {getattr(section.seed[0], style)} = {section.seed[1]}" if section.seed else ""
    return f"{section.title}{seed}{upwards}"


def _cells(section: Any, table: PrintableTable, style: str) -> list[list[str]]:
    """Return the written cells of each row, the formula cells with their '='."""
    equals = "= " if style != "html" else "=&nbsp;"
    rows = reversed(section.rows) if table.bottom_up and section is table.derivative else section.rows
    with_chain = "chain rule" in _columns(section)
    result = []
    for row in rows:
        variable = getattr(row.variable, style)
        if row.alias:
            alias = getattr(Term("symbol", (row.alias, row.variable.args[1])), style)
            variable += rf"\ ({alias})" if style == "latex" else f" ({alias})"
        formulas = [row.chain, row.formula, row.numbers] if with_chain else [row.formula, row.numbers]
        written = [equals + getattr(formula, style) if formula else "" for formula in formulas]
        value = latex_of_text(row.shown) if style == "latex" else row.shown
        result.append([variable, *written, equals + value])
    return result


def _section_text(section: Any, table: PrintableTable) -> str:
    (head, *body), rule = aligned([_columns(section), *_cells(section, table, "text")])
    lines = [line for row in body for line in row]
    return "\n".join([_title(section, table, "text"), *head, rule, *lines])
