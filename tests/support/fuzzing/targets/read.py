"""Sheets and stored notebooks: findings against sums whose truth is known, places that lie in the file."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from support.fuzzing.notebooks import notebooks
from support.fuzzing.outcome import Target
from support.fuzzing.sheets import any_text, soup, sums

from nnutils.book.contents.reading import read_notebook, stored_cells
from nnutils.book.pages.auditing.statements import statements_in
from nnutils.book.runs.records import outputs_of
from nnutils.core.errors import NNUtilsError
from nnutils.lint import lint
from nnutils.lint.in_browser import check_sheet
from nnutils.lint.readers import read_sheet
from nnutils.lint.reports import as_claims, as_data, as_lines, as_page, as_sarif
from nnutils.lint.sheets import Sheet

__all__ = ["TARGETS", "check_places"]


def check_places(sheet: Sheet) -> None:
    """Every character of a sheet has a place in its source."""
    for piece in sheet.pieces():
        assert all(0 <= place < len(sheet.source) for place in piece.places)
        assert all(0 <= start < end <= len(piece.text) for start, end in piece.formulas)
        if (
            not piece.formulas
            and "_" not in piece.text
            and "^" not in piece.text
            and "\N{COMBINING ACUTE ACCENT}" not in piece.text
            and "\\newcommand" not in sheet.source  # a command may repeat its argument, or turn two round
        ):
            assert list(piece.places) == sorted(piece.places)
        start, end = piece.span(0, len(piece.text))
        assert sheet.where(start).line >= 1 and sheet.where(end).column >= 1


def _check_sum(given: tuple[str, str, bool | None]) -> None:
    text, name, holds = given
    report = lint(text, f"sheet.{name}")
    verdicts = {one.verdict for one in report.judged}
    if holds is not None:
        against = "wrong" if holds else "right"
        assert against not in verdicts, f"{text} is {against}"


_ENDS = ("md", "tex", "txt", "html", "rst", "ipynb", "pdf", "doc", "")


def _check_sheet(given: tuple[Any, str]) -> None:
    source, end = given
    name = f"sheet.{end}" if end else "sheet"
    check_places(read_sheet(source, name))
    report = lint(source, name)
    for one in report.findings:
        assert 0 <= one.start <= one.end <= len(report.source)
    list(as_lines(report, everything=True)), as_claims([report])
    (
        json.dumps(as_data([report], everything=True)),
        json.dumps(as_sarif([report], (), everything=True, version="0")),
    )
    as_page([report], ())


def _check_pasted(given: tuple[str, str, str]) -> None:
    made = check_sheet(*given)
    assert made["format"] and json.dumps(made)


_networks = st.one_of(st.just(""), st.just("3x9x9 conv(4, 3) flatten linear(2)"), soup)


@contextlib.contextmanager
def _stored(content: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.ipynb")
        path.write_bytes(content)
        yield path


def _check_notebook(content: bytes) -> None:
    errors = []
    with _stored(content) as path:
        for reading in (stored_cells, outputs_of, statements_in, read_notebook):
            try:
                reading(path)
            except NNUtilsError as error:
                errors.append(error)
    try:
        check_places(read_sheet(content, "a.ipynb"))
        lint(content, "a.ipynb")
    except NNUtilsError as error:
        errors.append(error)
    if len(errors) == 5:
        raise errors[0]


TARGETS = (
    Target("sums on sheets", sums(), _check_sum, share=5),
    Target(
        "sheets",
        st.tuples(st.one_of(any_text, any_text, st.binary(max_size=100)), st.sampled_from(_ENDS)),
        _check_sheet,
        share=4,
    ),
    Target(
        "sheets that are pasted",
        st.tuples(any_text, st.sampled_from(["", ".md", ".tex", ".doc", "a.ipynb"]), _networks),
        _check_pasted,
        share=3,
    ),
    Target("stored notebooks", notebooks, _check_notebook, share=5),
)
