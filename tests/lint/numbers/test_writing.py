"""The right value, and the reason, in the sheet's own way of writing numbers."""

from __future__ import annotations

import pytest

from nnutils.lint import lint
from nnutils.lint.numbers import (
    CONTINENTAL,
    ENGLISH,
    Hand,
    Style,
    hand_of,
    numbers_in,
    plain_numbers,
    styles_of,
)

IN_THEIR_HAND = [
    # sheet, the right value, the reason
    ("64 * 5 * 5 * 32 = 51.200 Gewichte, plus 64 macht 51.624", "51.264", "51.200 + 64 = 51.264."),
    ("17 von 22 Punkten, das sind 87,5 %, und 3,5 · 2 = 7,0", "77,3 %", "17 / 22 = 77,3 %."),
    ("1000 · 3,5 = 3.700,5 und 2,5 · 2 = 5,0", "3.500,0", "1000 · 3,5 = 3.500,0."),
    ("64 × 5 × 5 × 32 = 51 200 poids, plus 64 biais, soit 51 624", "51 264", "51 200 + 64 = 51 264."),
    ("51'200 + 64 = 51'624", "51'264", "51'200 + 64 = 51'264."),
    ("51,200 + 64 = 51,624", "51,264", "51,200 + 64 = 51,264."),
]


@pytest.mark.parametrize(("text", "computed", "why"), IN_THEIR_HAND)
def test_a_finding_writes_numbers_as_the_sheet_does(text: str, computed: str, why: str) -> None:
    (found,) = lint(text, "a.txt").findings
    assert (found.computed, found.why) == (computed, why)


def test_slips_are_found_for_numbers_written_in_other_ways_and_told_in_them() -> None:
    for stated, right, sheet in (
        ("51.624", "51.264", "64 * 5 * 5 * 32 = 51.200, plus 64 macht 51.624"),
        ("51 624", "51 264", "64 * 5 * 5 * 32 = 51 200, plus 64, soit 51 624"),
    ):
        (found,) = lint(sheet, "a.txt").findings
        assert found.slips == (f"2 and 6 are exchanged: {stated} in place of {right}.",)


def test_numbers_quoted_from_the_sheet_stay_as_they_are() -> None:
    hand = Hand(" ", ",", frozenset({"1.234", "0,5"}))
    assert hand.write("1.234 · 0,5 = 6.17", quoted=True) == "1.234 · 0,5 = 6,17"
    assert hand.write("1.234") == "1,234"


@pytest.mark.parametrize("text", ["conv1.2", "1.2.3", "v2,000x", "a1,024", "3, 4"])
def test_what_is_no_number_of_the_program_is_left_alone(text: str) -> None:
    assert Hand(" ", ".").write(text) == text


def test_a_list_of_decimals_is_parted_by_semicolons() -> None:
    assert Hand(".", ",").write("[0.5, 0.25, −1.5]") == "[0,5; 0,25; −1,5]"


@pytest.mark.parametrize(
    ("text", "style", "group"),
    [
        ("a = 1.000.000, b = 20.000, c = 5 000", CONTINENTAL, "."),
        ("nur 2,5 und 3,5", CONTINENTAL, "."),
        ("1,000 and 2,000; 3'000 once", ENGLISH, ","),
        ("10_000 in code, 5", ENGLISH, ","),
    ],
)
def test_the_mark_between_thousands_is_the_one_that_is_used_most(text: str, style: Style, group: str) -> None:
    assert hand_of(numbers_in(text, style), style).group == group


@pytest.mark.parametrize("text", ["1e5", "2.5e-3", "1234", "x2", "12", ".5", "3.0"])
def test_plain_numbers_are_plain_already(text: str) -> None:
    assert plain_numbers(text, ENGLISH) == text


def test_numbers_with_a_decimal_comma_are_read_so_even_where_nothing_is_right() -> None:
    text = "2,5 · 4 = 12,5 und 1.000 · 3,5 = 3.550,5"
    assert styles_of(text)[0] is CONTINENTAL
    assert [one.computed for one in lint(text, "a.txt").wrong] == ["10,0", "3.500,0"]
    for english in ("f(1,2) = 3 and {1,2}, i = 1,2", "1,5 or 2,5 times 1,234 = 3.25 and 1.75 ms"):
        assert styles_of(english)[0] is ENGLISH
