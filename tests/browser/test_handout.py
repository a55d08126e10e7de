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
    for name, page in made.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    printed = {file.stem: file for file in handout.print_sheets(path, folder)}
    assert set(printed) == set(made) == {file.stem for file in folder.glob("*.html")}
    one, both = printed["seed_1_solutions"], printed["all_solutions"]
    assert (handout.number_of_pages(one), handout.number_of_pages(both)) == (1, 3), "one page stays empty"
    data = one.read_bytes()
    assert data.startswith(b"%PDF") and len(re.findall(rb"/FontFile", data)) >= 2
    assert b"/StructTreeRoot" in both.read_bytes() and b"/MarkInfo" in both.read_bytes(), "tagged"
    if shutil.which("pdftotext"):
        said = words(both)
        assert said.count("Solutions, sheet 1") == said.count("Solutions, sheet 2") == 2, "title and foot"
        assert r"\(" not in said, "formulas are set"


def words(pdf: Path) -> str:
    command = ["pdftotext", "-layout", str(pdf), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def feet(pdf: Path) -> list[tuple[str, str]]:
    """The sheet and the number at the foot of each page; of an empty page nothing."""
    pages = words(pdf).split("\f")[:-1]
    found = [re.search(r"(sheet \d+) +(-?\d+)\s*\Z", page) for page in pages]
    assert all(foot or not page.strip() for foot, page in zip(found, pages, strict=True))
    return [(foot[1], foot[2]) if foot else ("", "") for foot in found]


@pytest.mark.variants  # weekly: it takes long
@pytest.mark.variants
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext, of poppler-utils, is not installed")
def test_each_sheet_begins_on_a_right_hand_page_and_counts_its_own_pages(folder: Path) -> None:
    path = find()
    if path is None:
        pytest.skip(MISSING)
    for name, page in drawn_sheets((3, 1, 2), "foundations/q1 foundations/q2 foundations/q3", ROOT):
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    printed = {file.stem: file for file in handout.print_sheets(path, folder)}
    odd = 0
    for kind in ("questions", "solutions"):
        expected: list[tuple[str, str]] = []
        for seed in (3, 1, 2):
            assert len(expected) % 2 == 0
            alone = feet(printed[f"seed_{seed}_{kind}"])
            assert alone == [(f"sheet {seed}", str(number + 1)) for number in range(len(alone))]
            expected += alone
            odd += len(alone) % 2
            expected += [("", "")] * (len(alone) % 2 and seed != 2)
        assert feet(printed[f"all_{kind}"]) == expected
    assert odd, "no page had to stay empty: take other questions"


def test_pages_are_counted_and_their_lists_are_not(tmp_path: Path) -> None:
    file = tmp_path / "two.pdf"
    file.write_bytes(b"<</Type /Pages /Count 2>> <</Type /Page>> <</Type/Page\n/Parent 1 0 R>>")
    assert handout.number_of_pages(file) == 2
