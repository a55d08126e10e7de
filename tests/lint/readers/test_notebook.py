"""Notebooks: which cells are read, as what, and where they stand in the file."""

from __future__ import annotations

import json

import pytest

from nnutils.core.errors import LintError
from nnutils.lint.readers import read_sheet
from nnutils.lint.readers.json_places import JsonError, read_json
from nnutils.lint.sheets import Table


def notebook(*cells: dict[str, object]) -> str:
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def code(source: str, *outputs: dict[str, object]) -> dict[str, object]:
    return {"cell_type": "code", "source": source.splitlines(keepends=True), "outputs": list(outputs)}


def shown(**data: str) -> dict[str, object]:
    return {
        "output_type": "display_data",
        "data": {name.replace("_", "/", 1): text for name, text in data.items()},
    }


def pieces(source: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in read_sheet(source, "a.ipynb").pieces()]


def test_cells_and_outputs() -> None:
    source = notebook(
        {"cell_type": "markdown", "source": "# Title\n\nso $3 \\cdot 4 = 12$"},
        {"cell_type": "raw", "source": "1 = 2"},
        code("%%prose\n{{ x }} = 3", shown(text_markdown="**4** = 5", text_plain="no")),
        code("x = 3 # 96*11 = 1056\ny = '# 5 = 6'\n# none", {"output_type": "stream", "text": ["7 = 7\n"]}),
        code("nn.Sequential(nn.Linear(3, 4))  # 5", shown(text_html="<b>8</b> = 8", text_plain="no")),
        code("x", shown(text_plain="a\n1  2")),
        code("f", shown(text_plain="<Figure size 640x480>", image_png="xxxx")),
        code("s", shown(text_latex="$\\displaystyle \\frac{1}{2}$", text_plain="1/2")),
    )
    assert pieces(source) == [
        ("heading", "Title"),
        ("text", "so 3 · 4 = 12"),
        ("output", "4 = 5"),
        ("text", "96*11 = 1056"),
        ("output", "7 = 7"),
        ("code", "nn.Sequential(nn.Linear(3, 4))  # 5"),
        ("text", "5"),
        ("output", "8 = 8"),
        ("output", "a\n1  2"),
        ("output", "((1)/(2))"),
    ]


def test_a_printed_table() -> None:
    text = "layer  units\n-----  -----\nH1       500"
    (table,) = read_sheet(notebook(code("t", shown(text_plain=text))), "a.ipynb").blocks
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [["layer", "units"], ["H1", "500"]]


def test_places_are_those_of_the_file() -> None:
    source = notebook(
        {"cell_type": "markdown", "source": ["a\n"]},
        {
            "cell_type": "markdown",
            "source": ['say "b" \N{MULTIPLICATION SIGN}\n', "so 3 \N{MULTIPLICATION SIGN} 4 = 13"],
        },
    )
    assert "\\u00d7" in source
    sheet = read_sheet(source, "a.ipynb")
    piece = list(sheet.pieces())[1]
    assert piece.text == 'say "b" ×\nso 3 × 4 = 13'
    start, end = piece.span(piece.text.index("3"), len(piece.text))
    assert source[start:end] == "3 \\u00d7 4 = 13"
    where = sheet.where(start)
    line = source.splitlines()[where.line - 1]
    assert line[where.column - 1 :].startswith("3 \\u00d7 4") and where.part == "cell 2"


def test_pairs_of_escapes_are_one_character() -> None:
    (piece,) = read_sheet(
        notebook({"cell_type": "markdown", "source": "\N{GRINNING FACE} 3 = 4 \ud800"}), "a.ipynb"
    ).pieces()
    assert piece.text == "\N{GRINNING FACE} 3 = 4 \N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", "line 1 is not JSON"),
        ('{"cells": [\n}', "line 2 is not JSON"),
        ('{"a": 1}', "no list of cells"),
        ("[]", "no list of cells"),
        ('{"cells": "x"}', "no list of cells"),
        ("[" * 100_000, "nested too deeply"),
        ('{"cells": []} x', "something follows"),
    ],
)
def test_what_is_no_notebook(source: str, said: str) -> None:
    with pytest.raises(LintError, match=said):
        read_sheet(source, "a.ipynb")


@pytest.mark.parametrize(
    "cell", ["3", "null", '{"cell_type": 3}', '{"cell_type": "code", "source": 3, "outputs": 4}']
)
def test_odd_cells_are_passed_over(cell: str) -> None:
    assert pieces(f'{{"cells": [{cell}]}}') == []


@pytest.mark.parametrize(
    "source", ['{"a" 1}', '{"a": 1 "b": 2}', "[1 2]", '"a', "{3: 4}", "nul", '{"a": "\\']
)
def test_what_is_no_json(source: str) -> None:
    with pytest.raises(JsonError):
        read_json(source)
