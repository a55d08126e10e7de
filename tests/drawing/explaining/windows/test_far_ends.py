"""The far ends of a network's layers: what is left over is marked, pixel by pixel, and said."""

from __future__ import annotations

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from support.drawing_samples import marked, overlapping, texts
from support.narrow_pictures import narrow_of

from nnutils import Conv2d, Flatten, Linear, MaxPool2d, Network
from nnutils.core.errors import DrawingError
from nnutils.drawing import PALETTE, draw_far_ends, to_svg
from nnutils.drawing.describing import description
from nnutils.drawing.style import SMALL_FONT_SIZE

LAYERS = [
    Conv2d(8, 4, stride=3, name="first"),
    Conv2d(5, 3, stride=3, padding=1, name="second"),
    MaxPool2d(2, name="pool"),
]


def drawn(*layers: object, sides: tuple[int, int] = (64, 33)) -> Figure:
    return draw_far_ends(Network((3, *sides), layers or LAYERS))  # type: ignore[arg-type]


def colours(figure: Figure) -> list[str]:
    """The colours of the pixels of a picture with one row, from left to right."""
    cells = sorted(marked(figure, "pixel"), key=lambda cell: float(cell.get_x()))
    return [to_hex(cell.get_facecolor()).upper() for cell in cells]


@pytest.mark.parametrize(("pixels", "unread"), [(6, 0), (7, 1), (8, 2), (9, 0)])
def test_the_pixels_behind_the_last_window_are_marked_and_no_others(pixels: int, unread: int) -> None:
    figure = drawn(MaxPool2d(3, name="pool"), sides=(pixels, pixels))
    found = [PALETTE.blue_tint] * (pixels - unread) + [PALETTE.bars[1]] * unread
    assert colours(figure) == found
    (says,) = texts(figure, "left over")
    assert says.get_text() == ["fits exactly", "1 pixel unread", "2 pixels unread"][unread]


def test_the_windows_stand_above_what_they_read() -> None:
    figure = drawn(MaxPool2d(3, stride=2, name="pool"), sides=(8, 8))
    last, before = marked(figure, "window")
    cells = sorted(float(cell.get_x()) for cell in marked(figure, "pixel"))
    side = cells[1] - cells[0]
    for bar, first in ((last, 4), (before, 2)):
        assert cells[first] < bar.get_x() < cells[first] + side / 2
        assert cells[first + 2] + side / 2 < bar.get_x() + bar.get_width() < cells[first + 3]


def test_padding_that_is_left_over_is_told_from_pixels() -> None:
    only_padding = drawn(Conv2d(1, 5, stride=2, padding=2, name="a"), sides=(6, 6))
    assert colours(only_padding)[-2:] == [PALETTE.grey_tint] * 2
    assert [cell.get_hatch() for cell in marked(only_padding, "pixel")][:2] == ["////", None]
    assert texts(only_padding, "left over")[0].get_text() == "1 of padding left"
    both = drawn(Conv2d(1, 3, stride=3, padding=1, name="a"), sides=(6, 6))
    assert texts(both, "left over")[0].get_text() == "1 pixel unread,\n1 of padding left"


def test_the_axis_can_be_chosen_and_layers_without_windows_are_left_out() -> None:
    network = Network((1, 6, 7), [MaxPool2d(2, name="pool"), Flatten(), Linear(2)])
    for axis, says in (("height", "fits exactly"), ("width", "1 pixel unread")):
        found = texts(draw_far_ends(network, axis), "left over")  # type: ignore[arg-type]
        assert [text.get_text() for text in found] == [says]


def test_the_alternative_text_says_what_is_left_over() -> None:
    text = description(drawn(MaxPool2d(2, name="pool"), sides=(61, 61)))
    assert text is not None
    assert "along the height" in text and "pool, 61 pixels, window 2, stride 2: 1 pixel unread" in text


def test_nothing_overlaps_and_the_picture_is_the_same_each_time() -> None:
    assert overlapping([*texts(drawn()), *marked(drawn(), "pixel")]) == []
    assert to_svg(drawn()) == to_svg(drawn())
    assert min(text.get_fontsize() for text in texts(drawn())) >= SMALL_FONT_SIZE


def test_what_cannot_be_drawn_says_why() -> None:
    with pytest.raises(DrawingError, match="(?s)'depth' is not an axis.*height"):
        draw_far_ends(Network((1, 6, 7), [MaxPool2d(2)]), "depth")  # type: ignore[arg-type]
    with pytest.raises(
        DrawingError, match="(?s)no layer of the network has a window.*convolution or a pooling"
    ):
        draw_far_ends(Network((6,), [Linear(2)]))


@pytest.mark.parametrize("sides", [(64, 33), (1_000_007, 9), (9, 9)])
def test_on_a_phone_the_words_stand_above_the_pixels(sides: tuple[int, int]) -> None:
    layers = (Conv2d(1, 3, stride=3, padding=1, name="a"), MaxPool2d(2, name="pool"))
    wide = drawn(*(LAYERS if sides == (64, 33) else layers), sides=sides)
    thin = narrow_of(wide)
    assert colours(thin) and sorted(colours(thin)) == sorted(colours(wide))
    assert len(marked(thin, "window")) == len(marked(wide, "window"))
    assert overlapping([*texts(thin), *marked(thin, "pixel"), *marked(thin, "window")]) == []


def test_on_a_phone_both_kinds_of_what_is_left_over_stand_in_one_line() -> None:
    thin = narrow_of(drawn(Conv2d(1, 3, stride=3, padding=1, name="a"), sides=(6, 6)))
    assert texts(thin, "left over")[0].get_text() == "1 pixel unread, 1 of padding left"
