"""The book's own pages are right: the checker finds nothing wrong, rounded or suspicious in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnutils.lint import lint

ROOT = Path(__file__).resolve().parents[2]
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
    lesson = "chapters/sorting_backprop_alexnet/03_alexnet_counts.ipynb"
    assert lint((ROOT / lesson).read_bytes(), lesson).coverage.checked > 20


def test_a_digit_changed_in_a_lesson_is_found() -> None:
    path = ROOT / "chapters/sorting_backprop_alexnet/03_alexnet_counts.ipynb"
    text = path.read_text(encoding="utf-8")
    right = next(one for one in lint(text, path.name).judged if one.verdict == "right" and one.kind == "arithmetic")
    changed = right.statement[:-1] + ("1" if right.statement[-1] != "1" else "2")
    found = lint(text[: right.start] + changed + text[right.end :], path.name).wrong
    assert [one.start for one in found] == [right.start]
