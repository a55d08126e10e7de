"""Places for labels: apart from one another, and clear of lines."""

from __future__ import annotations

from nnutils.drawing.labels import Box, place_labels


def test_two_labels_that_want_one_place_are_moved_apart() -> None:
    ways = [(0.0, 0.0), (30.0, 0.0)]
    places, overlap = place_labels([ways, ways], [(10, 10)] * 2, [[], []], [])
    assert sorted(places) == ways
    assert overlap == 0
    _, overlap = place_labels([ways[:1], ways[:1]], [(10, 10)] * 2, [[], []], [])
    assert overlap == 200  # counted once for each of the two


def test_a_box_knows_the_lines_that_cut_it() -> None:
    box = Box(0, 0, 10, 10)
    assert box.is_cut_by([(-5, 5), (15, 5)])
    assert box.is_cut_by([(-5, -4), (15, 12)])
    assert not box.is_cut_by([(-5, 5), (-1, 5)])
    assert not box.is_cut_by([(-5, 8), (8, 21)])
    assert not box.is_cut_by([])
