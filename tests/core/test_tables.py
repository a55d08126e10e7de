"""Tables: the same cells as text, as HTML and as LaTeX."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import re
import sys
import types
from fractions import Fraction

import numpy as np
import pytest

from nnutils.core.errors import NNUtilsError
from nnutils.core.tables import Table
from nnutils.core.worked import Worked

LAYERS = Table(
    ("layer", "weights", "share"),
    [
        ("conv1", (Worked(96) * 363).named("weights"), Fraction(1, 3)),
        ("a<b> & 50%", 0, 0.66),
        ("total", Worked(34848), None),
    ],
    caption="Weights & shares",
    last_is_total=True,
)


class _Cells(html.parser.HTMLParser):
    """Collect the texts of all cells, row by row, and what surrounds them."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.aligned: list[list[str]] = []
        self.titles: list[str] = []
        self.open: list[str] = []
        self.sections: list[str] = []
        self.feed(source)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        found = dict(attrs)
        if tag == "tr":
            self.rows.append([])
            self.aligned.append([])
            self.sections.append(self.open[-2])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.aligned[-1].append(found.get("class") or "")
        if tag == "div" and {"td", "th"} & set(self.open):
            self.aligned[-1][-1] += found["align"] or ""
        if "title" in found:
            self.titles.append(found["title"] or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data


def test_text_is_aligned_with_numbers_to_the_right_and_the_total_set_apart() -> None:
    assert str(LAYERS).splitlines() == [
        "Weights & shares",
        "layer       weights  share",
        "----------  -------  -----",
        "conv1        34,848    1/3",
        "a<b> & 50%        0   0.66",
        "----------  -------  -----",
        "total        34,848",
    ]
    assert repr(LAYERS) == str(LAYERS)


def test_text_without_caption_or_total_has_one_rule() -> None:
    assert str(Table(("n",), [(1,), (20,)])).splitlines() == [" n", "--", " 1", "20"]


def test_html_holds_the_same_cells_and_the_work_of_each_worked_number() -> None:
    page = _Cells(LAYERS._repr_html_())
    assert page.rows == [
        ["layer", "weights", "share"],
        ["conv1", "34,848", "1/3"],
        ["a<b> & 50%", "0", "0.66"],
        ["total", "34,848", ""],
    ]
    assert page.titles == ["weights = 96 · 363 = 34,848", "34,848"]
    assert page.sections == ["thead", "tbody", "tbody", "tfoot"]
    assert page.aligned[1] == ["left", "number", "number"]
    assert page.aligned[0] == ["left", "number", "number"]
    assert LAYERS._repr_html_().startswith('<div class="nn-table">')
    assert not re.search(r"\bstyle=|<style", LAYERS._repr_html_())
    assert "<caption>Weights &amp; shares</caption>" in LAYERS._repr_html_()


def test_latex_holds_the_same_cells_with_special_characters_escaped() -> None:
    assert LAYERS.latex.splitlines() == [
        r"\begin{tabular}{lrr}",
        r"layer & weights & share \\",
        r"\hline",
        r"conv1 & $34{,}848$ & $\frac{1}{3}$ \\",
        r"a<b> \& 50\% & $0$ & 0.66 \\",
        r"\hline",
        r"total & $34{,}848$ &  \\",
        r"\end{tabular}",
    ]


def test_every_character_that_latex_would_take_as_a_command_is_escaped() -> None:
    row = Table(("what",), [("\\ ^ ~ { } _ # $ % &",)]).latex.splitlines()[3]
    commands = r"\\(?:textbackslash|textasciicircum|textasciitilde)\{\}|\\[{}_#$%&]|\\\\$"
    assert not set(re.sub(commands, "", row)) & set("\\^~{}_#$%&")
    assert len(re.findall(commands, row)) == 11


@pytest.mark.parametrize(
    ("column", "right"),
    [
        ([1, 2], True),
        ([1, None], True),
        (["a", 1], False),
        (["", 1], True),
        ([None, None], False),
        ([], False),
    ],
)
def test_a_column_is_set_right_if_it_holds_numbers_only(column: list[str | int | None], right: bool) -> None:
    assert f"{{{'r' if right else 'l'}}}" in Table(("c",), [(cell,) for cell in column]).latex


@pytest.mark.parametrize(
    ("column", "right"),
    [
        (["12 %", "−3.5 %"], True),
        (["12 %", None, ""], True),
        (["1e-09", 2], True),
        (["3/4", Fraction(1, 3)], True),
        (["003", "004"], False),  # labels
        (["2, 3", "4"], False),
        (["3 x 3", "5 x 5"], False),
        (["12 %", "none"], False),
    ],
)
def test_texts_that_are_numbers_align_like_numbers(column: list[str | int | None], right: bool) -> None:
    table = Table(("name", "x"), [(f"row {i}", cell) for i, cell in enumerate(column)])
    aligned = _Cells(table._repr_html_()).aligned
    assert all((cells[1] == "number") == right for cells in aligned if "left" not in cells[1] or right)
    assert (table.latex.splitlines()[0][-2] == "r") == right


def test_a_column_of_different_names_names_the_rows() -> None:
    def heads(*rows: tuple[str | int, ...]) -> list[str]:
        return re.findall(r'<th scope="row">(?:<[^>]*>)?([^<]*)', Table(("a", "b"), rows)._repr_html_())

    assert heads(("x", 1), ("y", 2)) == ["x", "y"]
    assert heads(("x", 1), ("x", 2)) == heads(("", 1), ("y", 2)) == heads((1, 1), (2, 2)) == []


def test_the_head_says_that_it_is_one_and_is_not_announced_without_words() -> None:
    assert re.findall(r"<t[hd]\b[^>]*>", Table(("", "b"), [])._repr_html_()) == ["<td>", '<th scope="col">']


def test_html_has_minus_signs_that_no_line_breaks_at() -> None:
    shown = Table(("name", "at -1"), [("left - right", "-2"), ("v-1", "ReLU(-x), 1e-12")])._repr_html_()
    assert re.findall(r">([^<>]+)<", shown) == [
        *("name", "at −1", "left − right", "−2", "v-1", "ReLU(−x), 1e−12")
    ]


def test_numpy_integers_show_as_integers() -> None:
    assert str(Table(("n",), [(np.int64(1200),)])).splitlines()[-1] == "1,200"  # type: ignore[list-item]


def test_floats_show_six_digits_and_negative_numbers_a_true_minus() -> None:
    lines = str(Table(("x",), [(1234567.891,), (1e-9,), (Worked(-5),)])).splitlines()
    assert [line.strip() for line in lines[2:]] == ["1.23457e+06", "1e-09", "−5"]


def test_a_worked_fraction_is_set_with_its_bar() -> None:
    table = Table(("share",), [(Worked(1) / 3,)])
    assert str(table).splitlines()[-1].strip() == "1/3"
    assert r"$\frac{1}{3}$ \\" in table.latex


@pytest.mark.parametrize("row", [("conv1",), ("conv1", 1, 2)])
def test_a_row_that_does_not_fit_the_header_is_refused(row: tuple[str | int, ...]) -> None:
    with pytest.raises(NNUtilsError, match=f"Row 2 of a table has {len(row)} cells, but its header has 2"):
        Table(("layer", "weights"), [("ok", 1), row])


def test_other_programs_get_plain_numbers() -> None:
    assert LAYERS.to_dict() == {
        "layer": ["conv1", "a<b> & 50%", "total"],
        "weights": [34848, 0, 34848],
        "share": [1 / 3, 0.66, None],
    }
    assert json.loads(json.dumps(LAYERS.to_dict())) == LAYERS.to_dict()
    assert {type(value) for value in LAYERS.to_dict()["weights"]} == {int}


def test_csv_is_read_back_as_it_was() -> None:
    rows = list(csv.reader(io.StringIO(LAYERS.to_csv())))
    assert rows == [
        ["layer", "weights", "share"],
        ["conv1", "34848", repr(1 / 3)],
        ["a<b> & 50%", "0", "0.66"],
        ["total", "34848", ""],
    ]
    comma = Table(("what, exactly", "what, exactly"), [('a "quoted" word', 1)])
    assert list(csv.reader(io.StringIO(comma.to_csv())))[1] == ['a "quoted" word', "1"]


def test_two_columns_of_one_name_have_no_dictionary() -> None:
    with pytest.raises(NNUtilsError, match=r"same name: 'n', 'n'\.\n  Use to_csv"):
        Table(("n", "n"), [(1, 2)]).to_dict()


def test_pandas_gets_the_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    class DataFrame(dict[str, list[object]]):
        pass

    monkeypatch.setitem(sys.modules, "pandas", types.SimpleNamespace(DataFrame=DataFrame))
    frame = LAYERS.to_pandas()
    assert isinstance(frame, DataFrame) and frame == LAYERS.to_dict()
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(NNUtilsError, match=r"needs pandas, which is not installed\.\n  Install it: pip"):
        LAYERS.to_pandas()


@pytest.mark.parametrize("cell", [[1, 2], (3,), 1j, np.array([1, 2]), object()])
def test_a_cell_that_is_neither_text_nor_a_number_is_named(cell: object) -> None:
    with pytest.raises(NNUtilsError, match=f"Row 2 of a table has a {type(cell).__name__} in the column 'n'"):
        Table(("n",), [(1,), (cell,)])  # type: ignore[list-item]
