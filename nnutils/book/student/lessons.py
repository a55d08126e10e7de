"""A lesson without its solution: title, question and hints, as text and pictures.

What follows the hints is left out, and all code but the cell of givens: a sentence becomes the Markdown that
it showed, a picture stays as it was shown. What only serves the notebook (``screen-only``) goes too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nnutils.book.contents.sections import PARAMETERS, QUESTION, SCREEN_ONLY, SOLUTION, has_tag
from nnutils.core.errors import BookError
from nnutils.drawing.narrow.showing import NARROW_SVG

__all__ = ["reduced_lesson"]

DRAWN = "# A picture of the question, without the code that drew it."  # an empty cell would not be shown
PICTURES = ("image/svg+xml", NARROW_SVG, "image/png")

_TO_RUN = re.compile(r"^\*\*To run it:\*\*.*?(?:\n\s*\n|\Z)", re.DOTALL | re.MULTILINE)
_SHEETS = re.compile(r"\*\*Sheets?:\*\*[^·]*·\s*")


def reduced_lesson(lesson: Any, name: str) -> Any:
    """Return a notebook with what stands above the solution of a lesson, without code that computes.

    ``name`` says in an error which lesson it is.

    Raises:
        BookError: for a lesson without the headings 'Question' and 'Solution', in this order.
    """
    import nbformat

    made: Any = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]
    for key in ("kernelspec", "language_info"):
        if key in lesson.metadata:
            made.metadata[key] = dict(lesson.metadata[key])
    made.cells = [_numbered(cell, number) for number, cell in enumerate(_kept(lesson.cells, name))]
    return made


def _kept(cells: list[Any], name: str) -> Iterator[Any]:
    """Yield the cells of the reduced lesson."""
    remedy = f"It has the headings '{QUESTION}' and '{SOLUTION}', in this order, each at the top of a cell."
    asked = False
    for number, cell in enumerate(cells):
        first = cell.source.partition("\n")[0].strip() if cell.cell_type == "markdown" else ""
        asked = asked or first == QUESTION
        if first == SOLUTION:
            if asked:
                return
            break
        if has_tag(cell, SCREEN_ONLY):
            continue
        if cell.cell_type == "markdown":
            yield _text(_without_sheets(cell.source) if number == 0 else cell.source)
        elif cell.cell_type == "code":
            yield from _of_code(cell)
    raise BookError("It cannot be told what of this lesson is its solution.", where=name, remedy=remedy)


def _of_code(cell: Any) -> Iterator[Any]:
    """Yield what stays of a code cell: the givens, the text of sentences, pictures."""
    import nbformat

    if has_tag(cell, PARAMETERS):
        yield nbformat.v4.new_code_cell(  # type: ignore[no-untyped-call]
            cell.source, metadata={"tags": [PARAMETERS]}
        )
        return
    for output in cell.outputs:
        data = output.get("data", {})
        if "text/markdown" in data:
            yield _text(data["text/markdown"])
        elif pictures := {kind: data[kind] for kind in PICTURES if kind in data}:
            metadata: dict[str, Any] = {"tags": ["remove-input"]}
            if "mystnb" in cell.metadata:  # the alternative text
                metadata["mystnb"] = cell.metadata["mystnb"]
            shown = nbformat.v4.new_output("display_data", data=pictures)  # type: ignore[no-untyped-call]
            yield nbformat.v4.new_code_cell(  # type: ignore[no-untyped-call]
                DRAWN, metadata=metadata, outputs=[shown]
            )


def _without_sheets(title: str) -> str:
    """Return the first cell without how to run the full lesson, and whose solutions that one reads."""
    return _SHEETS.sub("", _TO_RUN.sub("", title)).strip()


def _text(source: str) -> Any:
    import nbformat

    return nbformat.v4.new_markdown_cell(source)  # type: ignore[no-untyped-call]


def _numbered(cell: Any, number: int) -> Any:
    """Give a cell an id that is the same in every build."""
    cell["id"] = f"cell-{number}"
    return cell
