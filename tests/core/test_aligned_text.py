"""Aligned text: columns line up on the screen, whatever the letters, and long cells wrap."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nnutils.core.aligned_text import aligned, width, wrapped

TEXTS = st.lists(st.sampled_from(["a", "b", "v̄", "ẋ", "₁", "1", ",", "-", " "]), max_size=20).map("".join)


def test_an_accent_takes_no_room() -> None:
    rows, rule = aligned([("v̄₁", "1"), ("v1", "22")])
    assert [width(line) for row in rows for line in row] == [5, 6]
    assert rule == "--  --"


@given(TEXTS, st.integers(1, 12))
def test_wrapping_keeps_every_letter_and_the_width(text: str, most: int) -> None:
    lines = wrapped(text, most)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(0 < width(line) <= most for line in lines)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_the_second_column_starts_at_one_place_and_ends_at_one_where_it_is_flush_right(
    cells: list[tuple[str, str]],
) -> None:
    rows = [(first.strip() or "x", second.strip() or "y") for first, second in cells]
    left = max(width(first) for first, _ in rows)
    whole = left + 2 + max(width(second) for _, second in rows)
    for (first, second), (line,) in zip(rows, aligned(rows)[0], strict=True):
        assert line == first + " " * (left + 2 - width(first)) + second
    for (_, second), (line,) in zip(rows, aligned(rows, right=(False, True))[0], strict=True):
        assert width(line) == whole and line.endswith(second)


def test_a_wrapped_row_is_as_tall_as_its_longest_cell() -> None:
    (short, tall), rule = aligned([("a", "b"), ("one two three", "x")], most=(5, 5))
    assert short == ["a      b"] and tall == ["one    x", "two", "three"]
    assert rule == "-----  -"


def test_without_columns_there_is_nothing_to_align() -> None:
    assert aligned([(), ()]) == ([[], []], "")
