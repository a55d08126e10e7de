"""reStructuredText: blocks, tables, roles, comments, and where everything stands."""

from __future__ import annotations

import pytest

from nnutils.lint import lint
from nnutils.lint.readers import read_sheet
from nnutils.lint.sheets import Piece, Table


def blocks(text: str) -> list[Piece | Table]:
    return list(read_sheet(text, "sheet.rst").blocks)


def texts(text: str) -> list[str]:
    return [block.text for block in blocks(text) if isinstance(block, Piece)]


def rows(text: str) -> list[list[str]]:
    (table,) = (block for block in blocks(text) if isinstance(block, Table))
    return [[cell.text for cell in row] for row in table.rows]


@pytest.mark.parametrize(
    ("source", "made"),
    [
        (r"so :math:`\frac{6}{2} = 3`, **bold**, *slanted*", "so ((6)/(2)) = 3, bold, slanted"),
        ("``2 * 3`` and 5*3*2 and 2 * 3 * 4", "2 * 3 and 5*3*2 and 2 * 3 * 4"),
        ("`the page <https://x.org/1>`_ and `A 2`_ and word_", "the page and A 2 and word"),
        (r"2 \* 3\ :sup:`2` and H\ :sub:`2`", "2 * 3^(2) and H_2"),
        (":ref:`here` is :ref:`that <there>`, see [1]_", "is that, see"),
        ("|n| units and |x| = 3", "n units and x = 3"),
        ("`3 + 4`:math: is 7", "3 + 4 is 7"),
        ("a_1 and x__y and file_name_", "a_1 and x__y and file_name"),
    ],
)
def test_text_is_read(source: str, made: str) -> None:
    assert [" ".join(text.split()) for text in texts(source)] == [made]


def test_blocks_are_told_apart() -> None:
    text = (
        "Title\n=====\n\n----\nOver\n----\n\nText that\ngoes on::\n\n    code = 3 + 3 = 7\n\n"
        "- item 1\n  goes on\n- item 2\n\n1. one\n2. two\n\n:field: 3 + 4 = 7\n\n"
        ".. note:: Careful\n\n   Inside.\n\n"
        ".. code-block:: python\n   :linenos:\n\n   x = 1\n\n.. [1] A footnote\n   of two lines.\n\n"
        ">>> 3 + 4\n7\n\nThe end.\n"
    )
    made = [(block.kind, block.text) for block in blocks(text) if isinstance(block, Piece)]
    assert made == [
        ("heading", "Title"),
        ("heading", "Over"),
        ("text", "Text that\ngoes on:"),
        ("code", "    code = 3 + 3 = 7"),
        ("text", "item 1\ngoes on"),
        ("text", "item 2"),
        ("text", "one"),
        ("text", "two"),
        ("text", "3 + 4 = 7"),
        ("text", "Careful"),
        ("text", "Inside."),
        ("code", "   x = 1"),
        ("text", "A footnote\n   of two lines.".replace("\n   ", "\n")),
        ("code", ">>> 3 + 4\n7"),
        ("text", "The end."),
    ]


def test_displayed_formulas_are_mathematics() -> None:
    text = ".. math::\n   :label: one\n\n   3 \\cdot 4 = 13\n\n   5 + 5 = 10\n\n.. math:: 2^3 = 8\n"
    made = [block for block in blocks(text) if isinstance(block, Piece)]
    assert [block.text for block in made] == ["3 · 4 = 13", "5 + 5 = 10", "2^(3) = 8"]
    assert all(block.formulas == ((0, len(block.text)),) for block in made)
    (found,) = lint(text, "a.rst").wrong
    assert (found.line, found.column, found.computed) == (4, 4, "12")


@pytest.mark.parametrize(
    "text",
    [
        ".. 3 * 4 = 13",
        "..\n   3 * 4 = 13\n",
        ".. a comment\n   3 * 4 = 13\n\n   and 3 * 4 = 13",
        ".. image:: 3*4=13.png",
        ".. raw:: html\n\n   3 * 4 = 13",
        ".. _target: https://x.org/3*4=13",
        ".. |sub| image:: 3.png",
        "So::\n\n   3 * 4 = 13",
        ".. toctree::\n\n   3 * 4 = 13",
    ],
)
def test_comments_code_and_names_of_files_are_not_judged(text: str) -> None:
    assert not lint(text, "a.rst").findings


GRID = """\
+-------+-----------------+---------+
| layer | weights         | biases  |
+=======+=================+=========+
| conv1 | 34,848          | 96      |
+-------+-----------------+---------+
| conv2 | 307,200         | 256     |
|       | (two groups)    |         |
+-------+-----------------+---------+
| total | 342,148         | 352     |
+-------+-----------------+---------+
"""
SIMPLE = """\
=====  =======  ======
layer  weights  biases
=====  =======  ======
conv1  34,848   96

conv2  307,200  256
total  342,148  352
=====  =======  ======

After it.
"""


@pytest.mark.parametrize(
    "text", [GRID, SIMPLE, f".. table:: Counts\n\n   {SIMPLE.replace(chr(10), chr(10) + '   ')}"]
)
def test_tables_are_read_and_their_totals_judged(text: str) -> None:
    made = rows(text)
    assert (
        made[0] == ["layer", "weights", "biases"] and made[1] == ["conv1", "34,848", "96"] and len(made) == 4
    )
    found = {one.stated: one.verdict for one in lint(text, "a.rst").judged if one.kind == "total"}
    assert found == {"342,148": "wrong", "352": "right"}
    (wrong,) = lint(text, "a.rst").wrong
    line = text.split("\n")[wrong.line - 1]
    assert line[wrong.column - 1 :].startswith("342,148")


def test_cells_over_several_columns_and_rows() -> None:
    text = (
        "+---+---+---+\n| a | b | c |\n+===+===+===+\n| 1 2   | 3 |\n+---+---+---+\n| 4 | 5 | 6 |\n"
        "+   +---+---+\n|   | 7 | 8 |\n+---+---+---+"
    )
    assert rows(text) == [
        ["a", "b", "c"],
        ["1 2", "", "3"],
        ["4", "5", "6"],
        ["", "7", "8"],
    ]
    text = "==  ==  ==\na   b   c\n==  ==  ==\n1   2   3 long\n    4   5\n==  ==  =="
    assert rows(text) == [["a", "b", "c"], ["1", "2\n4", "3 long\n5"]]


def test_tables_in_directives() -> None:
    listed = (
        ".. list-table:: Counts\n   :header-rows: 1\n\n   * - layer\n     - units\n   * - H1\n     - 500\n"
    )
    separated = '.. csv-table:: Counts\n\n   layer, "units"\n   H1, "1,500"\n'
    assert rows(listed) == [["layer", "units"], ["H1", "500"]]
    assert rows(separated) == [["layer", "units"], ["H1", "1,500"]]


@pytest.mark.parametrize(
    ("text", "silenced"),
    [
        (".. nnutils: ignore-next\n\n3 * 4 = 13", 1),
        (
            ".. nnutils: ignore-next: a misprint\n\n.. math::\n   :label: a\n\n   3 * 4 = 13",
            1,
        ),
        ("3 * 4 = 13\n\n.. nnutils: ignore-file", 1),
        (".. nnutils: ignore-next\n\nText.\n\n3 * 4 = 13", 0),
    ],
)
def test_comments_silence(text: str, silenced: int) -> None:
    report = lint(text, "a.rst")
    assert len(report.silenced) == silenced and len(report.wrong) == 1 - silenced
    assert len(report.notes) == 1 - silenced


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(" " * depth + ".. note:: a" for depth in range(400)),
        "==  ==\na\n\n" * 3000,
        "+--+\n" * 5000,
        "*a " * 20000,
        "``a " * 20000,
        ":math:`" * 10000,
        ".. " * 20000,
        "::\n\n a\n\n" * 3000,
        "|a" * 20000,
        ".. csv-table::\n\n   " + '"' * 20000,
    ],
)
def test_odd_text_is_read_to_its_end(text: str) -> None:
    sheet = read_sheet(text + "\n\nThe end: 3 + 4 = 7\n", "a.rst")
    assert sheet.format == "reStructuredText"
    for piece in sheet.pieces():
        assert len(piece.text) == len(piece.places)


def test_every_place_is_in_the_source() -> None:
    text = GRID + "\n" + SIMPLE + "\n:math:`3 + 4 = 7` and **3 * 4 = 13**\n"
    for piece in read_sheet(text, "a.rst").pieces():
        assert all(0 <= place < len(text) for place in piece.places)
    wrong = [one.statement for one in lint(text, "a.rst").wrong]
    assert "3 * 4 = 13" in wrong


@pytest.mark.parametrize("options", [0, 1, 2, 3])
def test_what_stands_right_below_the_options_of_a_directive_is_read(options: int) -> None:
    lines = [f"   :option{number}: value" for number in range(options)]
    assert texts("\n".join([".. note::", *lines, "   1 + 1 = 3", ""])) == ["1 + 1 = 3"]


@pytest.mark.parametrize("names", ["layer units", "2020  2021"])
def test_what_stands_between_the_first_rules_names_the_columns_even_in_numbers(names: str) -> None:
    first, second = names.split()
    rule = "=====  ====="
    text = "\n".join([rule, f"{first:<7}{second}", rule, "1      2", "3      4", rule, ""])
    (table,) = (block for block in blocks(text) if isinstance(block, Table))
    assert table.headers == 1
