"""The product [w b] [x; 1]: every entry in its place, the bias in a colour of its own, sizes beneath."""

from __future__ import annotations

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from support.drawing_samples import marked, overlapping, texts
from support.narrow_pictures import narrow_of
from support.often import some

from nnutils.core.errors import DrawingError
from nnutils.drawing import PALETTE, draw_bias_column, to_svg
from nnutils.drawing.describing import description
from nnutils.drawing.style import SMALL_FONT_SIZE


def entries(figure: Figure) -> list[str]:
    return [text.get_text() for text in texts(figure, "entry")]


def test_each_entry_stands_in_its_place() -> None:
    figure = draw_bias_column(2, 3)
    matrix = ["$w_{11}$", "$w_{12}$", "$w_{13}$", "$b_1$", "$w_{21}$", "$w_{22}$", "$w_{23}$", "$b_2$"]
    assert entries(figure) == [*matrix, "$x_1$", "$x_2$", "$x_3$", "1", "$q_1$", "$q_2$"]
    cells = [*marked(figure, "cell"), *marked(figure, "bias")]
    assert len(cells) == 2 * 4 + 4 + 2 and overlapping(texts(figure)) == []
    assert min(text.get_fontsize() for text in texts(figure)) >= SMALL_FONT_SIZE


def test_the_biases_and_their_one_have_a_colour_of_their_own() -> None:
    figure = draw_bias_column(3, 2)
    assert len(marked(figure, "bias")) == 3 + 1
    for gid, colour in (("bias", PALETTE.orange_tint), ("cell", PALETTE.blue_tint)):
        assert {to_hex(cell.get_facecolor()).upper() for cell in marked(figure, gid)} == {colour}


@pytest.mark.parametrize(("outputs", "inputs"), [(1, 1), (6, 12), (40, 3), (2, 100)])
def test_any_size_stays_on_the_page(outputs: int, inputs: int) -> None:
    figure = draw_bias_column(outputs, inputs)
    sizes = [text.get_text() for text in texts(figure, "size")]
    assert sizes == [f"{outputs} × {inputs + 1}", f"{inputs + 1} × 1", f"{outputs} × 1"]
    assert bool(entries(figure)) == (max(outputs, inputs) < 10)
    for artist in [*texts(figure), *marked(figure, "cell"), *marked(figure, "bias")]:
        extent = artist.get_window_extent()
        assert 0 <= extent.x0 and extent.x1 <= figure.bbox.width
        assert 0 <= extent.y0 and extent.y1 <= figure.bbox.height


def test_it_is_said_and_drawn_the_same_each_time() -> None:
    assert to_svg(draw_bias_column(2, 3)) == to_svg(draw_bias_column(2, 3))
    said = description(draw_bias_column(1, 2))
    assert said is not None and said.startswith("A matrix of 1 row and 3 columns, the weights")


@pytest.mark.parametrize(("outputs", "inputs"), [(0, 1), (1, 0), (True, 2), (2.0, 2)])
def test_what_is_not_a_size_is_refused(outputs: int, inputs: int) -> None:
    with pytest.raises(DrawingError, match=r"(?s)is not a size.*at least 1"):
        draw_bias_column(outputs, inputs)


@pytest.mark.parametrize(
    ("outputs", "inputs"),
    some([(2, 3), (1, 1), (2, 4), (9, 9), (3, 5), (1, 9), (6, 12), (40, 3), (2, 100)]),
)
def test_on_a_phone_the_letters_stay_and_stay_readable(outputs: int, inputs: int) -> None:
    wide = draw_bias_column(outputs, inputs)
    thin = narrow_of(wide)
    for gid in ("entry", "size"):
        assert [text.get_text() for text in texts(thin, gid)] == [
            text.get_text() for text in texts(wide, gid)
        ]
    for artist in [*marked(thin, "cell"), *marked(thin, "bias")]:
        extent = artist.get_window_extent()
        assert 0 <= extent.x0 and extent.x1 <= thin.bbox.width
        assert 0 <= extent.y0 and extent.y1 <= thin.bbox.height
