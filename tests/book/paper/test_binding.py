"""Sheets in one file: empty pages behind those with an odd number of pages, and numbers from 1 for each."""

from __future__ import annotations

import re

import pytest

from nnutils.book.paper import bound, bound_length
from nnutils.core.errors import BookError


def page(*seeds: int) -> str:
    sheets = [f'<section class="sheet" style="page: sheet{seed}">Sheet {seed}</section>\n' for seed in seeds]
    return f"<style>\n</style>\n{''.join(sheets)}"


def order(made: str) -> list[str]:
    return re.findall(r'style="page: (\w+)', made)


def numbers(made: str) -> dict[int, int]:
    """What is taken off the number of a page, for each sheet."""
    less = r"(?:counter-increment: page -(\d+); )?"
    rules = re.findall(rf"@page sheet(\d+) \{{ @bottom-right \{{ {less}content: counter\(page\); ", made)
    return {int(seed): int(number or 0) for seed, number in rules}


def test_an_empty_page_follows_an_odd_number_of_pages_but_not_the_last_sheet() -> None:
    made = bound(page(7, 3, 12, 4), {7: 3, 3: 2, 12: 1, 4: 5})
    assert order(made) == ["sheet7", "empty", "sheet3", "sheet12", "empty", "sheet4"]
    assert numbers(made) == {7: 0, 3: 4, 12: 6, 4: 8}
    assert bound_length(page(7, 3, 12, 4), {7: 3, 3: 2, 12: 1, 4: 5}) == 13


def test_one_sheet_stays_as_it_is_and_gets_its_numbers() -> None:
    made = bound(page(1), {1: 3})
    assert order(made) == ["sheet1"] and numbers(made) == {1: 0}
    assert bound_length(page(1), {1: 3}) == 3


def test_sheets_whose_names_begin_alike_are_told_apart() -> None:
    assert numbers(bound(page(1, 11, 111), {1: 2, 11: 2, 111: 2})) == {1: 0, 11: 2, 111: 4}


def test_a_sheet_of_unknown_length_is_named() -> None:
    with pytest.raises(BookError, match="sheet 9"):
        bound(page(7, 9), {7: 1})
