"""Whatever a file holds, a reader gives a sheet whose places lie in it, or says what is wrong with it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.fuzzing.sheets import any_text, soup
from support.fuzzing.targets.read import check_places

from nnutils.core.errors import LintError
from nnutils.lint.readers import read_sheet
from nnutils.lint.sheets import Sheet


def read(source: str | bytes, name: str) -> Sheet | None:
    try:
        return read_sheet(source, name)
    except LintError:
        return None


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.tex", "a.html"])
@settings(max_examples=150, deadline=None)
@given(source=any_text)
def test_any_text(name: str, source: str) -> None:
    sheet = read(source, name)
    if sheet is not None:
        check_places(sheet)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["markdown", "code", "raw"]), soup, soup), max_size=3))
def test_any_notebook(cells: list[tuple[str, str, str]]) -> None:
    made = [
        {"cell_type": kind, "source": source, "outputs": [{"text": shown}, {"data": {"text/html": shown}}]}
        for kind, source, shown in cells
    ]
    for ascii_only in (True, False):
        sheet = read(json.dumps({"cells": made}, ensure_ascii=ascii_only), "a.ipynb")
        if sheet is not None:
            check_places(sheet)


@pytest.mark.parametrize("name", ["a.md", "a.ipynb", "a.pdf", "a.tex"])
@settings(max_examples=40, deadline=None)
@given(source=st.binary(max_size=100))
def test_any_bytes(name: str, source: bytes) -> None:
    if sheet := read(source, name):
        check_places(sheet)
