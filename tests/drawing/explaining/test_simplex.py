"""The simplex: marks stand where the softmax is, shifts move nothing, tints belong to the largest entry."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon
from support.drawing_samples import overlapping, texts
from support.narrow_pictures import narrow_of

from nnutils.core.errors import DrawingError
from nnutils.drawing import PALETTE, describe, draw_simplex, to_svg
from nnutils.drawing.describing import description
from nnutils.drawing.style import SMALL_FONT_SIZE

VECTORS: list[list[float]] = [[2, 1, 0], [0, 2, 1.8], [1, 1, -1], [-1, 0.5, 1.5]]


def marks(axes: Axes, marker: str) -> list[tuple[float, float]]:
    """The places of the marks of one kind, rings first drawn as larger dots."""
    found = [line.get_data() for line in axes.lines if line.get_marker() == marker]
    return [(float(np.asarray(x).item()), float(np.asarray(y).item())) for x, y in found]


def as_shares(spot: Any) -> Any:
    """Read the shares off a point of the triangle, whose corners are one unit from the centre."""
    angles = np.radians([210, 330, 90])
    corners = np.array([np.cos(angles), np.sin(angles), np.ones(3)])
    return np.linalg.solve(corners, [*spot, 1])


def test_dots_are_the_softmax_and_rings_its_limits() -> None:
    _, right = draw_simplex(VECTORS).axes
    for number, vector in enumerate(VECTORS):
        dot, ring = marks(right, "o")[2 * number : 2 * number + 2]
        powers = np.exp(np.array(vector))
        assert np.allclose(as_shares(dot), powers / powers.sum(), atol=1e-5)
        wins = np.array(vector) == max(vector)
        assert np.allclose(as_shares(ring), wins / wins.sum(), atol=1e-5)
    assert marks(right, "s") == [(0, 0)]


def test_a_curve_runs_from_the_centre_to_its_ring_through_its_dot() -> None:
    _, right = draw_simplex([VECTORS[1]]).axes
    curve = np.column_stack([np.asarray(part, dtype=float) for part in right.lines[0].get_data()])
    dot, ring = (np.array(spot) for spot in marks(right, "o"))
    assert np.allclose(curve[0], 0) and np.allclose(curve[-1], ring, atol=1e-5)
    assert np.linalg.norm(curve - dot, axis=1).min() < 0.05
    assert all(as_shares(point).min() > -1e-5 for point in curve)


def test_a_shift_moves_nothing_and_a_scale_moves_the_dots_along_the_ray() -> None:
    plain, shifted, doubled = (
        marks(draw_simplex([x]).axes[0], "o")[0] for x in ([2, 1, 0], [5, 4, 3], [4, 2, 0])
    )
    assert np.allclose(plain, shifted, atol=1e-5)
    assert np.allclose(np.array(doubled), 2 * np.array(plain), atol=1e-5)


def test_dots_lie_in_the_sector_of_their_largest_entry() -> None:
    figure = draw_simplex([[2, 1, 0], [0, 2, 1.8], [-1, 0.5, 1.5]])
    for axes in figure.axes:
        sectors = [patch for patch in axes.patches if isinstance(patch, Polygon)]
        dots = marks(axes, "o")[:: 1 if axes is figure.axes[0] else 2]
        inside = [[patch.get_path().contains_point(spot) for patch in sectors] for spot in dots]
        assert inside == np.eye(3, dtype=bool).tolist()


def test_equal_logits_stay_in_the_centre() -> None:
    figure = draw_simplex([[4, 4, 4]])
    assert marks(figure.axes[0], "o") == [(0, 0)]
    assert np.allclose(marks(figure.axes[1], "o"), 0)
    assert "(4, 4, 4) stays in the centre" in str(description(figure))


def test_its_words_say_where_each_curve_ends() -> None:
    text = str(description(draw_simplex(VECTORS)))
    assert "(2, 1, 0) runs to the corner of class 1;" in text
    assert "(1, 1, −1), tied, to the middle of the edge between classes 1 and 2;" in text
    assert len(text) < 600
    assert description(draw_simplex(VECTORS, alt="Paths of four vectors.")) == "Paths of four vectors."


@pytest.mark.parametrize(
    "figure", [draw_simplex(VECTORS, title="Temperature"), draw_simplex([[0.1, -700, 0]])]
)
def test_letters_are_large_and_do_not_overlap(figure: Figure) -> None:
    figure.draw_without_rendering()
    inside = [text for axes in figure.axes for text in axes.texts]
    assert not overlapping([*inside, *figure.legends[0].texts])
    assert all(text.get_fontsize() >= SMALL_FONT_SIZE for text in texts(figure))


def test_it_reads_on_a_light_and_on_a_dark_page() -> None:
    assert f"fill: {PALETTE.card.lower()}" in to_svg(describe(draw_simplex(VECTORS), "The paths of vectors."))


@pytest.mark.parametrize(
    ("vectors", "words"),
    [
        ([], "0 vectors"),
        ([[1, 2, 3]] * 5, "5 vectors, but one to 4"),
        ([[1, 2]], r"\[1, 2\] has 2 entries"),
        ([[1, 2, float("nan")]], "nan, which cannot be drawn"),
    ],
)
def test_what_has_no_place_in_a_triangle_is_refused(vectors: Any, words: str) -> None:
    with pytest.raises(DrawingError, match=words):
        draw_simplex(vectors)


@pytest.mark.parametrize("title", [None, "Rays of three logits become curves in a triangle"])
@pytest.mark.parametrize(
    "vectors", [[[2, 1, 0]], [[2, 1, 0], [0, 2, 1.8], [1, 1, -1], [-1, 0.5, 1.5]], [[0, 0, 0]]]
)
def test_on_a_phone_the_triangle_stands_below_the_plane(
    vectors: list[list[float]], title: str | None
) -> None:
    plane, triangle = narrow_of(draw_simplex(vectors, title=title)).axes
    assert plane.get_position().y0 > triangle.get_position().y1
