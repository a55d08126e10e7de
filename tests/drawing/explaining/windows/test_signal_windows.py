"""The strip of a sliding window: a frame for each place, the sums beside, brackets for the modes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from support.drawing_samples import marked, overlapping, texts
from support.narrow_pictures import faults, narrow_of

from nnutils.core.errors import DrawingError
from nnutils.drawing.describing import description
from nnutils.drawing.explaining.windows import draw_signal_windows
from nnutils.drawing.narrow import narrow_version
from nnutils.drawing.svg import to_svg


def modes(n: int, k: int) -> dict[str, range]:
    middle = (k - 1) // 2
    return {"full": range(n + k - 1), "same": range(middle, middle + n), "valid": range(k - 1, n)}


def drawn(signal: list[int], kernel: list[int]) -> Figure:
    return draw_signal_windows(signal, kernel, modes(len(signal), len(kernel)))


PAIRS: list[tuple[list[int], list[int]]] = [
    ([1, 2, 3, 4], [1, 0, 2]),
    ([4, -1, 0, 7, 2, 0, -3, 9], [1, 0, 2]),
    ([1, 2, 3, 4, 5, 6], [1, -2, 0, 3, 1]),
    ([5], [3]),
    ([12, 30, 45], [1, 0, 2]),
]
every_pair = pytest.mark.parametrize(("signal", "kernel"), PAIRS)


@every_pair
def test_the_sums_are_those_of_numpy(signal: list[int], kernel: list[int]) -> None:
    sums = [text.get_text().replace("−", "-") for text in texts(drawn(signal, kernel), "sum")]
    assert [int(total) for total in sums] == np.convolve(signal, kernel).tolist()


@every_pair
def test_each_frame_shows_the_products_whose_sum_stands_beside_it(
    signal: list[int], kernel: list[int]
) -> None:
    """Read what is drawn: the entry above each weight, in frames from top to bottom."""
    figure = drawn(signal, kernel)
    numbers = {
        tuple(round(side) for side in text.get_position()): int(text.get_text().replace("−", "-"))
        for text in texts(figure, "number")
    }
    sums: dict[float, int] = {}
    for weight in marked(figure, "weight"):
        x, y = weight.get_x() + weight.get_width() / 2, weight.get_y() + weight.get_height() / 2
        below, above = (numbers[round(x), round(y + shift)] for shift in (0, weight.get_height()))
        sums[weight.get_y()] = sums.get(weight.get_y(), 0) + below * above
    assert [sums[y] for y in sorted(sums, reverse=True)] == np.convolve(signal, kernel).tolist()


def test_a_bracket_spans_the_frames_of_its_mode() -> None:
    figure = drawn([1, 2, 3, 4], [1, 0, 2])
    weights = sorted({weight.get_y() for weight in marked(figure, "weight")}, reverse=True)
    spans = [np.asarray(line.get_ydata(), dtype=float) for line in marked(figure, "bracket")]
    inside = [sum(span.min() <= y < span.max() for y in weights) for span in spans]
    assert inside == [6, 4, 2]


@every_pair
def test_no_two_texts_overlap(signal: list[int], kernel: list[int]) -> None:
    assert overlapping(texts(drawn(signal, kernel))) == []


def test_the_text_for_readers_who_cannot_see_it() -> None:
    assert description(drawn([1, 2, 3, 4], [1, 0, 2])) == (
        "The flipped kernel 2, 0, 1 slides under the signal 1, 2, 3, 4, which has zeros on both sides: "
        "6 frames, each one place further right. The sums: 1, 2, 5, 8, 6, 8. Brackets mark the frames of "
        "each mode: full 1 to 6; same 2 to 5; valid 3 to 4."
    )


def test_the_same_signals_give_the_same_bytes() -> None:
    assert to_svg(drawn([1, 2], [3])) == to_svg(drawn([1, 2], [3]))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([], [1], {}), "the signal is empty"),
        (([1], ["a"], {}), "the kernel holds 'a'"),
        (([1, 2], [1], {"full": range(3)}), "but the result has 2 entries"),
        (([1, 2], [1], {"none": range(0)}), "'none' keeps"),
        ((list(range(40)), [1], {}), "40 places in a row"),
    ],
)
def test_what_cannot_be_drawn_says_why(arguments: tuple[Any, Any, Any], message: str) -> None:
    with pytest.raises(DrawingError, match=message):
        draw_signal_windows(*arguments)


@pytest.mark.parametrize(("signal", "kernel"), [PAIRS[0], PAIRS[3], PAIRS[4]])
def test_on_a_phone_the_names_of_the_modes_run_upwards(signal: list[int], kernel: list[int]) -> None:
    wide = drawn(signal, kernel)
    thin = narrow_of(wide)
    for gid in ("sum", "number", "heading"):
        said = [[text.get_text() for text in texts(figure, gid)] for figure in (thin, wide)]
        assert said[0] == said[1]
    assert len(marked(thin, "bracket")) == 3
    assert [text.get_rotation() for text in texts(thin, "heading")] == [0, 90, 90, 90]


def test_a_long_signal_makes_the_picture_wider_and_its_numbers_not_smaller() -> None:
    thin = narrow_version(drawn(*PAIRS[1]))
    assert thin is not None and 3.3 < thin.get_figwidth() < 7
    assert faults(thin, width=thin.get_figwidth()) == []
