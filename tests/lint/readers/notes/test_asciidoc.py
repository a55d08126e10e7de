"""AsciiDoc: formulas in both notations, tables, delimited blocks, and what is no text."""

from __future__ import annotations

import pytest

from nnutils.lint import lint
from nnutils.lint.readers import read_sheet
from nnutils.lint.sheets import Table


def texts(source: str) -> list[str]:
    """Return the pieces of a sheet that are text."""
    return [piece.text for piece in read_sheet(source, "a.adoc").pieces() if piece.kind != "code"]


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("stem:[hat x = (x - mu)/sqrt(sigma^2) ~~ 3]", "x̂ = (x - μ)/√(σ^2) ≈ 3"),
        ("latexmath:[$\\frac{6}{2} \\times 3$]", "((6)/(2)) × 3"),
        (":stem: latexmath\n\nstem:[3 \\cdot 4]", "3 · 4"),
        ("[stem]\n++++\na_(l-1) xx 3 <= 5\n++++", "a_{l-1} × 3 ≤ 5"),
        ('stem:[x = 3 "if" y != 2]', "x = 3  if  y ≠ 2"),
        (
            "*bold* and _soft_, `a*b*c`, <<there,here>>, link:x.html[a link]",
            "bold and soft, a*b*c, here, a link",
        ),
        ("term:: what it is", "term: what it is"),
        (". [x] an item", "an item"),
        ("NOTE: see below", "see below"),
    ],
)
def test_markup_is_read_as_a_reader_sees_it(source: str, read: str) -> None:
    assert texts(source)[-1] == read


@pytest.mark.parametrize(
    "source",
    [
        "// 3 * 4 = 13",
        "////\n3 * 4 = 13\n////",
        ":note: 3 * 4 = 13",
        "----\nx = 3 * 4\n----",
        "image::3*4=13.png[]",
    ],
)
def test_what_no_reader_sees_is_not_judged(source: str) -> None:
    assert not lint(source, "a.adoc").judged


def test_a_table_has_its_cells_on_lines_or_one_below_another() -> None:
    source = '[cols="2*"]\n|===\n|layer |units\n\n|a\n|stem:[3]\n2+|all\n|===\n\nafter'
    table, after = read_sheet(source, "a.adoc").blocks
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["layer", "units"],
        ["a", "3"],
        ["all", ""],
    ]
    assert not isinstance(after, Table)
    assert after.text == "after"


def test_places_are_those_of_the_file() -> None:
    (one,) = lint("= T\n\n* so stem:[3 * 4 = 13]", "a.adoc").wrong
    assert (one.line, one.stated, one.computed) == (3, "13", "12")


@pytest.mark.parametrize("name", ["a.txt", "notes"])
def test_it_is_known_by_its_formulas(name: str) -> None:
    assert lint("so stem:[3 xx 4 = 13]", name).format == "AsciiDoc"
    assert lint("= 12, and so on; the stem: [3]", name).format == "text"


@pytest.mark.parametrize("mark", ["====", "****", "____", "--"])
def test_what_stands_in_an_example_or_a_quotation_is_judged(mark: str) -> None:
    assert [one.stated for one in lint(f"{mark}\n3 · 4 = 13\n{mark}\n", "a.adoc").wrong] == ["13"]


@pytest.mark.parametrize("mark", ["----", "....", "////"])
def test_what_stands_in_a_listing_or_a_comment_is_not(mark: str) -> None:
    assert not lint(f"{mark}\n3 · 4 = 13\n{mark}\n", "a.adoc").wrong
