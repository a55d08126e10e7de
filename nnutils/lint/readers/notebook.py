"""Jupyter notebooks as sheets: their text, what their code printed, and comments in their code."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from nnutils.core.errors import LintError
from nnutils.lint.readers.comments import comment_pieces
from nnutils.lint.readers.displays import with_results
from nnutils.lint.readers.json_places import JsonError, Text, Value, read_json
from nnutils.lint.readers.latex import formula_strand
from nnutils.lint.readers.markdown import markdown_blocks
from nnutils.lint.readers.placed import Placed, Writer, joined
from nnutils.lint.readers.preparing import prepared
from nnutils.lint.readers.web.html import html_blocks
from nnutils.lint.sheets import Piece, Sheet, Table

__all__ = ["notebook_sheet"]

_MODEL = re.compile(r"\bSequential\s*\(")
_COUNT = re.compile(r'"execution_count"\s*:\s*(\d{1,9})')
_LONGEST_OUTPUT = 200_000


def notebook_sheet(text: str, name: str) -> Sheet:
    r"""Return the Markdown cells and printed outputs of a notebook; of code its comments, and models.

    Each cell is a part, counted from 1. Lines and columns are those of the file. A cell that begins with
    ``%%prose`` is read as what it shows, not as its source.

    Raises:
        LintError: for a file that is not a notebook.

    >>> source = '{"cells": [{"cell_type": "markdown", "source": ["so\\n", "$3 \\\\cdot 4 = 12$"]}]}'
    >>> sheet = notebook_sheet(source, "a.ipynb")
    >>> (piece,) = sheet.blocks
    >>> piece.text, sheet.where(piece.span(3, 4)[0])
    ('so\n3 · 4 = 12', Where(line=1, column=59, part='cell 1'))
    """
    try:
        value, starts = read_json(text)
    except JsonError as error:
        line = text.count("\n", 0, error.offset) + 1
        raise LintError(f"{name} is not a notebook: line {line} is not JSON ({error}).") from None
    cells = value.get("cells") if isinstance(value, Mapping) else None
    if not isinstance(cells, Sequence):
        raise LintError(
            f"{name} is not a notebook: it has no list of cells.",
            remedy="Notebooks of before 2015 can be converted: jupyter nbconvert --to notebook.",
        )
    blocks: list[Piece | Table] = []
    parts = []
    for number, cell in enumerate(cells, 1):
        if isinstance(cell, Mapping):
            parts.append((starts[id(cell)], f"cell {number}"))
            blocks += with_results(_cell_blocks(cell))
    return Sheet(name, text, tuple(blocks), tuple(parts), (), "notebook", runs=_runs(cells, text, starts))


def _runs(cells: Sequence[Value], text: str, starts: Mapping[int, int]) -> tuple[tuple[Piece, Piece], ...]:
    """Return the code cells, each with what it printed; none where they were not run in their order."""
    made, last = [], 0
    whole = [cell for cell in cells if isinstance(cell, Mapping)]
    ends = [starts[id(cell)] for cell in whole][1:]
    for cell, end in zip(whole, [*ends, len(text)], strict=False):
        if str(cell.get("cell_type") or "") != "code":
            continue
        if count := _COUNT.search(text, starts[id(cell)], end):
            if int(count[1]) <= last:
                return ()
            last = int(count[1])
        outputs = cell.get("outputs")
        shown = [
            _text(one.get("text") if one.get("text") is not None else _plain_data(one))
            for one in (outputs if isinstance(outputs, Sequence) else ())
            if isinstance(one, Mapping)
        ]
        source, printed = _text(cell.get("source")), joined(shown)
        if len(printed) <= _LONGEST_OUTPUT:
            code = Piece(source.text, tuple(source.places), (), "code")
            made.append((code, Piece(printed.text, tuple(printed.places), (), "output")))
    return tuple(made)


def _plain_data(output: Mapping[str, Value]) -> Value:
    data = output.get("data")
    return data.get("text/plain") if isinstance(data, Mapping) else None


def _cell_blocks(cell: Mapping[str, Value]) -> list[Piece | Table]:
    kind = str(cell.get("cell_type") or "")
    source = _text(cell.get("source"))
    if kind == "markdown":
        return markdown_blocks(source)
    blocks: list[Piece | Table] = []
    if kind == "code":
        if not source.text.lstrip().startswith("%%"):
            blocks += _code_blocks(source)
        outputs = cell.get("outputs")
        for output in outputs if isinstance(outputs, Sequence) else ():
            if isinstance(output, Mapping):
                blocks += _output_blocks(output)
    return blocks


def _code_blocks(source: Placed) -> list[Piece | Table]:
    made: list[Piece | Table] = []
    if _MODEL.search(source.text):
        made.append(Piece(source.text, tuple(source.places), (), "code"))
    return [*made, *comment_pieces(source)]


def _output_blocks(output: Mapping[str, Value]) -> list[Piece | Table]:
    """Return what one output shows: of several forms of it, the one that a reader sees."""
    if output.get("text") is not None:
        return _printed(_text(output.get("text")))
    data = output.get("data")
    if not isinstance(data, Mapping):
        return []
    if "text/markdown" in data:
        return markdown_blocks(_text(data["text/markdown"]), kind="output")
    if "text/html" in data:
        return html_blocks(_text(data["text/html"]), "output")
    if "text/latex" in data:
        writer = Writer()
        latex = _text(data["text/latex"]).stripped()
        bare = latex[len(latex.text) - len(latex.text.lstrip("$")) : len(latex.text.rstrip("$"))]
        writer.formula(formula_strand(bare)[0])
        return [writer.piece("output")]
    return _printed(_text(data.get("text/plain")))


def _printed(text: Placed) -> list[Piece | Table]:
    if len(text) > _LONGEST_OUTPUT or "<Figure" in text.text[:20]:
        return []
    return markdown_blocks(text, plain=True, kind="output")


def _text(value: Value) -> Placed:
    """Return a string of a notebook, which may be a list of lines."""
    parts = value if isinstance(value, Sequence) else [value]
    return prepared(joined(part.read() for part in parts if isinstance(part, Text)))
