"""Weight blocks: rectangles to scale in the order of the equation, each as wide as the next is tall."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from support.drawing_samples import marked, overlapping, texts
from support.narrow_pictures import faults, narrow_of

from nnutils import Linear, Network, count
from nnutils.core.errors import DrawingError
from nnutils.drawing import draw_weight_blocks, to_svg
from nnutils.drawing.describing import description
from nnutils.drawing.narrow import narrow_version
from nnutils.drawing.style import SMALL_FONT_SIZE

QUESTION = {"I": 1200, "H1": 500, "H2": 750, "O": 25}
SAMPLES = [
    QUESTION,
    {"I": 90, "H1": 500, "O": 25},
    {"I": 1200, "H1": 20, "H2": 8, "O": 40},
    {"I": 1, "O": 1},
]


@pytest.mark.parametrize("sizes", SAMPLES[:2])
def test_areas_are_numbers_of_weights(sizes: dict[str, int]) -> None:
    first, *widths = sizes.values()
    network = Network((first,), [Linear(n, bias=False, name=name) for name, n in list(sizes.items())[1:]])
    expected = [int(layer.weights) for layer in count(network).values()]
    matrices = marked(draw_weight_blocks(sizes), "matrix")
    areas = [matrix.get_width() * matrix.get_height() for matrix in reversed(matrices)]
    assert len(matrices) == len(widths)
    assert [area / sum(areas) for area in areas] == pytest.approx([n / sum(expected) for n in expected])


def test_each_matrix_is_as_wide_as_the_next_one_is_tall() -> None:
    figure = draw_weight_blocks(QUESTION)
    blocks: list[Any] = [*marked(figure, "matrix"), *marked(figure, "inputs")]
    assert [block.get_x() for block in blocks] == sorted(block.get_x() for block in blocks)
    for left, right in pairwise(blocks):
        assert left.get_width() == pytest.approx(right.get_height())


def test_the_names_shapes_and_shares_stand_beneath() -> None:
    figure = draw_weight_blocks(QUESTION)
    assert [text.get_text() for text in texts(figure, "name")] == ["O", "H2", "H1", "I"]
    assert [text.get_text() for text in texts(figure, "shape")][:-1] == [
        "25 × 750",
        "750 × 500",
        "500 × 1200",
    ]
    shares = [text.get_text().split()[0] for text in texts(figure, "share")][:-1]
    assert shares == ["2", "38", "60"]


@pytest.mark.parametrize("sizes", SAMPLES)
def test_it_can_be_read_and_is_the_same_every_time(sizes: dict[str, int]) -> None:
    shown = texts(draw_weight_blocks(sizes))
    assert not overlapping(shown)
    assert all(float(text.get_fontsize()) >= SMALL_FONT_SIZE for text in shown)
    assert to_svg(draw_weight_blocks(sizes)) == to_svg(draw_weight_blocks(sizes))


def test_the_text_tells_shapes_and_shares() -> None:
    text = description(draw_weight_blocks(QUESTION))
    assert text is not None and "H1 500 × 1200, 60 % of weights" in text and text.endswith("1200 inputs.")


@pytest.mark.parametrize("sizes", [{}, {"I": 3}, {"I": 3, "O": 0}, {"I": 3, "O": 1.5}, {"I": True, "O": 2}])
def test_what_is_not_a_dense_network_is_refused(sizes: dict[str, Any]) -> None:
    with pytest.raises(DrawingError, match="sizes of an input and at least one layer"):
        draw_weight_blocks(sizes)


def test_too_many_matrices_are_refused() -> None:
    with pytest.raises(DrawingError, match="wider than the picture"):
        draw_weight_blocks({f"H{n}": 10 for n in range(12)})


@pytest.mark.parametrize("sizes", SAMPLES)
def test_on_a_phone_the_matrices_stand_in_rows_of_one_scale(sizes: dict[str, int]) -> None:
    wide = draw_weight_blocks(sizes)
    thin = narrow_of(wide)
    for gid in ("name", "shape", "share"):
        said = [[text.get_text() for text in texts(figure, gid)] for figure in (thin, wide)]
        assert said[0] == said[1]
    # from right to left, a matrix has a column for each node of the layer before
    wide_enough = [
        (block.get_width(), columns)
        for block, columns in zip(reversed(marked(thin, "matrix")), sizes.values(), strict=False)
        if block.get_width() > 1.5
    ]
    scales = [width / columns for width, columns in wide_enough]
    assert scales == pytest.approx([scales[0]] * len(scales))


def test_on_a_phone_no_matrix_is_taller_than_in_the_wide_picture_at_most() -> None:
    """A network whose layers grow from 2 nodes to 400: each matrix alone would fit at a larger scale."""
    sizes = {"I": 2, "H": 2, "O": 400}
    heights = [block.get_height() for block in marked(narrow_of(draw_weight_blocks(sizes)), "matrix")]
    assert 100 < max(heights) < 200


def test_a_name_that_no_phone_holds_makes_the_picture_wider_and_nothing_else() -> None:
    thin = narrow_version(draw_weight_blocks({"I": 30, "a layer with a name of so many words": 20}))
    assert thin is not None and thin.get_figwidth() > 3.3
    assert faults(thin, width=thin.get_figwidth()) == []
