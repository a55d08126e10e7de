"""Tables as files: the sign between cells, quotation marks, and running text that is none."""

from __future__ import annotations

import pytest

from nnutils.lint import lint
from nnutils.lint.readers import read_sheet
from nnutils.lint.sheets import Table


@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_cells_in_quotes_may_hold_the_sign_and_line_breaks(sign: str) -> None:
    source = f'no{sign}task\n1{sign}"a{sign} ""b""\nc"\n'
    (table,) = read_sheet(source, "a.csv").blocks
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [["no", "task"], ["1", f'a{sign} "b"\nc']]


@pytest.mark.parametrize(
    "text",
    [
        "one, two, three\nfour, five, six\nseven, eight, nine",
        "a;b\n1;2\n3;4",
        "We see; it is so; yes.\n3 * 4 = 12\nand so on",
        "1,2,3\n4,5,6\n7,8,9",
        "",
    ],
)
def test_running_text_is_no_table(text: str) -> None:
    assert read_sheet(text, "a.txt").format == "text"


def test_a_table_is_known_whatever_its_name() -> None:
    report = lint("no;work;value\n1;2*3;6\n2;3*4;13\n3;4*5;20", "a.txt")
    assert [(one.line, one.stated, one.computed) for one in report.wrong] == [(3, "13", "12")]
