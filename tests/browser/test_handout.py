"""Sheets as PDF: Chromium prints them with their fonts, and the pages are counted rightly."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from nnutils.book.paper import drawn_sheets
from tools import handout
from tools.browser import MISSING, find
from tools.pages import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder of this project, because only that is served."""
    place = ROOT / "_build" / tmp_path.name / "seeds"
    place.mkdir(parents=True)
    yield place
    shutil.rmtree(place.parent)


def test_a_solution_sheet_is_printed_with_its_fonts(folder: Path) -> None:
    path = find()
    if path is None:
        pytest.skip(MISSING)
    made = dict(drawn_sheets((1, 2), "foundations/q6", ROOT))
    names = ("seed_1_solutions", "all_solutions")
    for name in names:
        (folder / f"{name}.html").write_text(made[name], encoding="utf-8")
    one, both = handout.print_pages(path, [folder / f"{name}.html" for name in names], foot=False)
    assert (handout.number_of_pages(one), handout.number_of_pages(both)) == (1, 2)
    data = one.read_bytes()
    assert data.startswith(b"%PDF") and len(re.findall(rb"/FontFile", data)) >= 2
    if shutil.which("pdftotext"):
        said = subprocess.run(["pdftotext", both, "-"], capture_output=True, text=True, check=True).stdout
        assert said.count("Solutions, sheet 1") == said.count("Solutions, sheet 2") == 2, "title and foot"
        assert r"\(" not in said, "formulas are set"


def test_pages_are_counted_and_their_lists_are_not(tmp_path: Path) -> None:
    file = tmp_path / "two.pdf"
    file.write_bytes(b"<</Type /Pages /Count 2>> <</Type /Page>> <</Type/Page\n/Parent 1 0 R>>")
    assert handout.number_of_pages(file) == 2
