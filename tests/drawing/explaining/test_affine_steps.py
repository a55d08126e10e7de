"""From tanh to the logistic function: each frame begins where the last one ended, the last one arrives."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from support.drawing_samples import overlapping
from support.narrow_pictures import narrow_of

from nnutils.drawing import draw_affine_steps
from nnutils.drawing.describing import description


def heights(frame: Axes, gid: str) -> Any:
    (line,) = (line for line in frame.lines if line.get_gid() == gid)
    return np.asarray(line.get_data()[1], dtype=float)


def test_each_frame_begins_where_the_one_before_ended() -> None:
    frames = draw_affine_steps().axes
    for earlier, later in zip(frames, frames[1:], strict=False):
        assert (heights(earlier, "curve") == heights(later, "before")).all()
        assert np.abs(heights(later, "curve") - heights(later, "before")).max() > 0.25


def test_only_the_last_curve_lies_on_the_logistic_function() -> None:
    z = np.linspace(-6, 6, 121)
    target = 1 / (1 + np.exp(-z))
    apart = [np.abs(heights(frame, "curve") - target).max() for frame in draw_affine_steps().axes]
    assert all(np.allclose(heights(frame, "target"), target, atol=1e-6) for frame in draw_affine_steps().axes)
    assert min(apart[:-1]) > 0.4 and apart[-1] < 1e-5


def test_its_words_hold_the_ranges() -> None:
    text = str(description(draw_affine_steps()))
    assert "tanh(z) runs from −1 to 1; " in text and "tanh(z/2) + 1 runs from 0 to 2; " in text
    assert text.endswith("(tanh(z/2) + 1) runs from 0 to 1. In the last frame the curve lies on it.")


def test_letters_do_not_overlap() -> None:
    figure = draw_affine_steps()
    figure.draw_without_rendering()
    below = [frame.xaxis.label for frame in figure.axes]
    above = [next(t for t in (f._left_title,) if t.get_text()) for f in figure.axes]  # type: ignore[attr-defined]
    assert not overlapping([*below, *above, *figure.legends])


def test_on_a_phone_the_frames_stand_below_each_other() -> None:
    frames = narrow_of(draw_affine_steps()).axes
    assert sorted({round(frame.get_position().y0, 3) for frame in frames}, reverse=True) == [
        round(frame.get_position().y0, 3) for frame in frames
    ]
