"""Windows on windows: what the picture reaches is the receptive field, its ways those of a convolution."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from support.drawing_samples import marked, texts
from support.narrow_pictures import faults, narrow_of

from nnutils import Conv2d, MaxPool2d, Network
from nnutils.core.errors import DrawingError
from nnutils.drawing import draw_stacked_windows
from nnutils.drawing.describing import description
from nnutils.drawing.narrow import narrow_version
from nnutils.drawing.svg import to_svg
from nnutils.networks import receptive_fields

PATHS = [
    [Conv2d(1, 3, name="A"), Conv2d(1, 3, name="B"), MaxPool2d(5, stride=2, name="C")],
    [Conv2d(1, 5, stride=2, name="A"), Conv2d(1, 3, dilation=2, name="B"), MaxPool2d(2, name="C")],
    [Conv2d(1, 1, name="E")],
]


@pytest.mark.parametrize("layers", PATHS)
def test_it_reaches_the_receptive_field(layers: list[Any]) -> None:
    network = Network((1, 60, 60), layers)
    windows = [
        (step.name, w.kernel_size, w.stride, w.dilation)
        for step in network.steps
        for w in [step.layer.windows[1]]  # type: ignore[attr-defined]
    ]
    size = int(receptive_fields(network)[windows[-1][0]].size)
    figure = draw_stacked_windows({"path": windows})
    assert figure.axes[0].get_title(loc="left") == f"path: {size} pixel{'s' * (size > 1)}"
    text = description(figure)
    assert text is not None
    assert text.endswith(f"over {size} pixel{'s' * (size > 1)}.")


def test_the_ways_are_those_of_a_convolution_of_ones() -> None:
    figure = draw_stacked_windows({"path": [("A", 3, 1, 1), ("B", 4, 1, 1), ("C", 2, 1, 1)]})
    ways = np.convolve(np.convolve(np.ones(3), np.ones(4)), np.ones(2))
    assert [int(text.get_text()) for text in texts(figure, "ways")] == ways.astype(int).tolist()


def test_each_value_has_one_fan_and_every_path_one_scale() -> None:
    paths = {"two": [("A", 3, 1, 1), ("B", 3, 1, 1)], "one": [("D", 5, 1, 1)]}
    figure = draw_stacked_windows(paths)
    assert len(marked(figure, "fan")) == (3 + 1) + 1
    assert len(marked(figure, "cell")) == (5 + 3 + 1) + (5 + 1)
    assert len({axes.get_xlim() for axes in figure.axes}) == 1
    assert min(text.get_fontproperties().get_size_in_points() for text in texts(figure)) >= 8
    assert to_svg(figure) == to_svg(draw_stacked_windows(paths))


def test_a_gap_is_not_read() -> None:
    figure = draw_stacked_windows({"path": [("A", 3, 1, 4)]})
    assert len(marked(figure, "cell")) == 3 + 1
    assert figure.axes[0].get_title(loc="left") == "path: 9 pixels"


@pytest.mark.parametrize(
    "paths",
    [
        {},
        dict.fromkeys("abcd", [("A", 3, 1, 1)]),
        {"path": []},
        {"path": [("A", 0, 1, 1)]},
        {"path": [("A", 3, 1.5, 1)]},
        {"path": [("A", 3, 100, 1), ("B", 9, 1, 1)]},
    ],
)
def test_what_cannot_be_drawn_is_refused(paths: Any) -> None:
    with pytest.raises(DrawingError, match="draw_stacked_windows"):
        draw_stacked_windows(paths)


LONG_NAMES = {
    "A path with a title that is too long": [("convolution", 3, 2, 1), ("B", 3, 1, 1)],
    "two": [("A", 5, 1, 2), ("B", 3, 1, 1), ("C", 2, 1, 1)],
}


@pytest.mark.parametrize("paths", [LONG_NAMES, {"many pixels": [("A", 7, 2, 1), ("B", 7, 4, 3)]}])
def test_on_a_phone_the_paths_stand_below_each_other_in_one_scale(paths: dict[str, list[Any]]) -> None:
    wide = draw_stacked_windows(paths)
    thin = narrow_of(wide)
    for gid in ("ways", "name"):
        said = [[text.get_text() for text in texts(figure, gid)] for figure in (thin, wide)]
        assert said[0] == said[1]
    assert len({round(float(np.ptp(axes.get_xlim())), 6) for axes in thin.axes}) == 1
    assert all(axes.get_position().x0 == 0 for axes in thin.axes)
    for one, other in pairwise(thin.axes):
        assert one.get_position().y0 >= other.get_position().y1


def test_numbers_of_several_digits_make_the_picture_wider_and_do_not_meet() -> None:
    paths = {"deep": [(name, 2, 1, 1) for name in "ABCDEFGHIJKL"]}
    thin = narrow_version(draw_stacked_windows(paths))
    assert thin is not None and texts(thin, "ways")[6].get_text() == "924"
    assert faults(thin, width=thin.get_figwidth()) == []
