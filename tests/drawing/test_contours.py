"""Contours: the same levels in every panel, labelled on their lines, with the kink marked."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure
from support.drawing_samples import overlapping
from support.narrow_pictures import narrow_of
from support.seen_pictures import figure_of

from nnutils.core.errors import DrawingError
from nnutils.drawing import draw_contours


@pytest.fixture(scope="module")
def pictures() -> dict[str, Figure]:
    return {"contours": figure_of("contours")}


def test_panels_share_their_levels_and_mark_the_kink(pictures: dict[str, Figure]) -> None:
    figure = pictures["contours"]
    levels = []
    for axes in figure.axes:
        lines = [c for c in axes.collections if hasattr(c, "levels") and not c.filled]
        levels.append(list(lines[0].levels))
        assert lines[0].levels[0] == -2 and lines[0].levels[-1] == 2
        kink = lines[1].get_paths()[0].vertices
        assert kink[:, 0] == pytest.approx(kink[:, 1])
        assert kink.min() == -2 and kink.max() == 2
    assert levels[0] == levels[1]


def test_contour_labels_stand_on_their_level_and_do_not_overlap(pictures: dict[str, Figure]) -> None:
    for axes, function in zip(pictures["contours"].axes, (min, max), strict=True):
        labels = [text for text in axes.texts if text.get_gid() == "level"]
        assert [label.get_text() for label in labels] == ["−1.5", "−1", "−0.5", "0", "0.5", "1", "1.5"]
        assert overlapping(labels) == []
        for label in labels:
            x, y = label.get_position()
            assert abs(x - y) > 0.1, "clear of the kink"
            assert function(label.get_position()) == pytest.approx(
                float(label.get_text().replace("−", "-")), abs=0.05
            )


def test_straight_contours_are_kept_with_few_points() -> None:
    lines = next(c for c in draw_contours({"f": np.add}).axes[0].collections if not c.filled)
    assert max(len(path.vertices) for path in lines.get_paths()) < 12


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: draw_contours({}), "no function to draw"),
        (lambda: draw_contours({"f": np.add}, limits=(1, 1)), r"limits \(1, 1\).*low < high"),
        (lambda: draw_contours({"f": np.add}, limits=(0, math.inf)), "inf"),
        (lambda: draw_contours({"f": lambda x1, x2: 1.0}), "elementwise"),
        (lambda: draw_contours({"f": lambda x1, x2: np.where(x1 > 0, np.nan, x2)}), "'f' is nan at"),
        (
            lambda: draw_contours({"f": np.add}, kink=lambda x1, x2: x1 + 9, kink_label="k"),
            "'k' is not zero anywhere",
        ),
        (lambda: draw_contours({"f": np.add}, ax=[]), "0 axes for 1"),
    ],
)
def test_a_function_that_cannot_be_drawn_says_why(call: Callable[[], Figure], message: str) -> None:
    with pytest.raises(DrawingError, match=f"(?s){message}"):
        call()


def test_on_a_phone_the_panels_stand_below_each_other() -> None:
    figure = draw_contours(
        {"y1 = min(x1, x2)": np.minimum, "y2 = max(x1, x2)": np.maximum},
        kink=lambda x1, x2: x1 - x2,
        kink_label="x1 = x2",
        title="Two functions of two numbers, by their contour lines",
    )
    thin = narrow_of(figure)
    assert len({round(panel.get_position().y0, 3) for panel in thin.axes}) == 2
