"""Verdicts as files: the same values come back, and no spreadsheet takes a text for a formula."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from nnutils.audit.listing import as_csv, as_json, from_lines
from nnutils.audit.listing.data import as_lines

ROWS: list[dict[str, Any]] = [
    {"id": "A-q1-a", "stated": "1,200\n", "computed": [2, "3?"], "right": True, "why": ""},
    {"id": "A-q1-b", "stated": None, "computed": 0.1, "right": False, "why": 'with "quotes", ü and \u2028'},
]


def test_lines_bring_back_what_they_were_made_of() -> None:
    assert from_lines(as_lines(ROWS)) == ROWS
    assert len(as_lines(ROWS).split("\n")) == len(ROWS)
    assert json.loads(as_json(ROWS)) == ROWS
    assert from_lines("") == []


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_table_has_a_column_for_each_field() -> None:
    text = as_csv(ROWS)
    assert text.startswith("\ufeff")
    header, first, second = read(text)
    assert header == list(ROWS[0])
    assert first == ["A-q1-a", "1,200\n", '[2, "3?"]', "true", ""]
    assert second == ["A-q1-b", "", "0.1", "false", 'with "quotes", ü and \u2028']
    assert read(as_csv([])) == []


@pytest.mark.parametrize(
    ("value", "cell"),
    [("=1+1", "'=1+1"), ("-\\frac{1}{2}", "'-\\frac{1}{2}"), ("@a", "'@a"), ("-0.5", "-0.5"), ("+3", "+3")],
)
def test_a_text_is_no_formula(value: str, cell: str) -> None:
    assert read(as_csv([{"stated": value}]))[1] == [cell]
