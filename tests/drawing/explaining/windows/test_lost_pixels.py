"""Bars of pixels that no window reads: as long as what is lost, and one for each size."""

from __future__ import annotations

from itertools import pairwise

import pytest
from matplotlib.patches import Rectangle
from support.narrow_pictures import narrow_of

from nnutils.core.errors import DrawingError
from nnutils.drawing import draw_lost_pixels
from nnutils.drawing.describing import description

LOST = {9: 0, 10: 1, 11: 2, 12: 0}
OUTPUTS = {9: 3, 10: 3, 11: 3, 12: 4}


def bars(lost: dict[int, int], outputs: dict[int, int]) -> list[Rectangle]:
    (axes,) = draw_lost_pixels(lost, outputs).axes
    return [patch for patch in axes.patches if isinstance(patch, Rectangle)]


def test_a_bar_ends_at_its_size_and_its_orange_end_is_what_is_lost() -> None:
    drawn = bars(LOST, OUTPUTS)
    pairs = list(zip(drawn[::2], drawn[1::2], strict=True))
    assert len(pairs) == len(LOST)
    for size, (read, unread) in zip(LOST, pairs, strict=True):
        assert read.get_x() + read.get_width() == unread.get_x() == size - LOST[size]
        assert unread.get_width() == LOST[size]
        assert read.get_facecolor() != unread.get_facecolor()


def test_the_numbers_are_written_beside_the_bars() -> None:
    (axes,) = draw_lost_pixels(LOST, OUTPUTS).axes
    words = [text.get_text() for text in axes.texts]
    assert words[::2] == [f"{lost} lost" for lost in LOST.values()]
    assert words[1::2] == [f"outputs: {count}" for count in OUTPUTS.values()]


def test_many_sizes_are_thinned_out_evenly() -> None:
    sizes = range(100, 200)
    drawn = bars({size: size % 7 for size in sizes}, dict.fromkeys(sizes, 1))[::2]
    middles = [bar.get_y() + bar.get_height() / 2 for bar in drawn]
    assert len(drawn) <= 24 and {round(b - a) for a, b in pairwise(middles)} == {5}


def test_the_text_tells_the_smallest_and_the_largest_loss() -> None:
    text = description(draw_lost_pixels(LOST, OUTPUTS))
    assert text is not None and "0 pixels long at least and 2 at most" in text


@pytest.mark.parametrize(
    ("lost", "outputs"), [({}, {}), ({3: 1}, {4: 1}), ({3: 4}, {3: 1}), ({3: -1}, {3: 1})]
)
def test_what_does_not_fit_together_is_refused(lost: dict[int, int], outputs: dict[int, int]) -> None:
    with pytest.raises(DrawingError, match="lost pixels"):
        draw_lost_pixels(lost, outputs)


MANY = {size: size % 7 for size in range(1000, 1060)}


@pytest.mark.parametrize(
    ("lost", "outputs"),
    [(LOST, OUTPUTS), (MANY, {size: size // 7 for size in MANY}), ({3: 3, 4: 0}, {3: 0, 4: 1})],
    ids=["few", "many", "all of it lost"],
)
def test_on_a_phone_the_words_stay_within_their_bars(lost: dict[int, int], outputs: dict[int, int]) -> None:
    wide = draw_lost_pixels(lost, outputs)
    (axes,) = narrow_of(wide).axes
    ends = [(float(bar.get_x() + bar.get_width()), float(bar.get_y())) for bar in bars(lost, outputs)]
    found = [bar for bar in axes.patches if isinstance(bar, Rectangle)]
    assert [(bar.get_x() + bar.get_width(), bar.get_y()) for bar in found] == ends
