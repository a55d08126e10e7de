"""Words cut short inside a product, and units of a rate."""

from __future__ import annotations

import pytest

from nnutils.lint import lint


def judged(text: str) -> list[tuple[str, str]]:
    return [(one.verdict, one.computed) for one in lint(text).judged]


@pytest.mark.parametrize(
    "text",
    [
        "6,272 el. x 96 * 3 * 3 = {}",
        "6,272 el. * 96 * 3 * 3 = {}",
        "6,272 el. × 864 par. = {}",
    ],
)
def test_a_stop_inside_a_product_ends_nothing(text: str) -> None:
    assert judged(text.format("5,419,008")) == [("right", "5,419,008")]
    assert judged(text.format("5,491,008")) == [("wrong", "5,419,008")]


@pytest.mark.parametrize(
    "text",
    ["There are 96 filters. 3 * 4 = 12.", "It has 5 rows. x = 4.", "We need 96 kernels. Each has 3 * 3 = 9."],
)
def test_a_stop_behind_a_sentence_ends_it(text: str) -> None:
    assert not [one for one in judged(text) if one[0] == "wrong"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sum: 6.93 + 177.56 = 184.49 MMAC/frame", "right"),
        ("sum: 6.93 + 177.56 = 186.49 MMAC/frame", "wrong"),
        ("sum: 28.93 + 16.07 = 45.01 MMAC/frame", "suspicious"),  # of numbers that were rounded
        ("200 * 0.25 = 50 GMAC/s usable", "right"),
        ("200 * 0.25 = 550 GMAC/s usable", "wrong"),
        ("51.32 MMAC / 250 GMAC/s = 0.21 ms/frame (conv only)", "right"),
        ("51.32 MMAC / 250 GMAC/s = 2.21 ms/frame (conv only)", "wrong"),
    ],
)
def test_rates_are_units(text: str, found: str) -> None:
    assert [one[0] for one in judged(text)] == [found]


def test_what_comes_out_is_never_shown_as_nothing() -> None:
    assert judged("6.93 + 177.56 = 186.49 MMAC") == [("wrong", "184.49")]


def test_hours_are_no_seconds() -> None:
    assert judged("50 km / 2 h = 25 km/h") == []
