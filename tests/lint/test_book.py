"""The book's own pages are right: the checker finds nothing wrong, rounded or suspicious in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nnutils.lint import lint

ROOT = Path(__file__).resolve().parents[2]
ALEXNET = ROOT / "chapters/sorting_backprop_alexnet/03_counting_alexnet.ipynb"
EXAMPLES = {"docs/sheet_with_slips.md"}  # holds slips, so that the guide has something to find
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("", "docs/", "chapters/", "chapters/*/")
    for ending in ("md", "ipynb")
    for path in ROOT.glob(f"{folder}*.{ending}")
)


@pytest.mark.parametrize("page", sorted(set(PAGES) - EXAMPLES))
def test_nothing_is_found_in_a_page_of_the_book(page: str) -> None:
    report = lint((ROOT / page).read_bytes(), page)
    assert not report.problems and not report.notes
    assert [f"{one.line}: {one.statement}: {one.verdict}, {one.computed}" for one in report.findings] == []


def test_the_lessons_hold_statements_that_are_checked() -> None:
    assert lint(ALEXNET.read_bytes(), ALEXNET.name).coverage.checked > 20


def test_a_digit_changed_in_a_lesson_is_found() -> None:
    text = ALEXNET.read_text(encoding="utf-8")
    judged = lint(text, ALEXNET.name).judged
    right = next(
        one for one in judged if one.verdict == "right" and re.search(r"=\W*\d[\d,]*\d$", one.statement)
    )
    last = "1" if right.statement[-1] != "1" else "2"
    found = lint(text[: right.end - 1] + last + text[right.end :], ALEXNET.name).wrong
    assert [one.start for one in found] == [right.start]
