"""A number that two tables show under one name, in whatever column."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

TABLE = "| layer | {} |\n|---|---|\n| conv1 | 120 |\n| conv2 | 340 |\n| conv3 | 560 |\n"


@pytest.mark.parametrize("column", ["weights", "speed"])
def test_a_column_has_one_value_in_both_tables_whatever_it_is_called(column: str) -> None:
    table = TABLE.format(column)
    found = lint(f"{table}\nAgain\n\n{table.replace('340', '350')}").findings
    assert [(one.stated, one.verdict) for one in found if one.kind == "twin"] == [("350", "suspicious")]
