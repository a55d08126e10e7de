"""Probabilities beside their label: each arrow is minus the gradient; what is no distribution is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.drawing_samples import overlapping, texts
from support.narrow_pictures import narrow_of
from support.often import some

from nnutils.core.errors import DrawingError
from nnutils.drawing import draw_label_pull
from nnutils.drawing.describing import description
from nnutils.drawing.svg import to_svg
from nnutils.numerics import cross_entropy, gradcheck, softmax

SCORES = np.array([0.3, -1.2, 2.0, 0.7])
LABEL = np.array([0.0, 1.0, 0.0, 0.0])
FRAMES = {"now": softmax(SCORES), "later": softmax(SCORES + 3 * LABEL)}


def test_each_number_is_minus_the_gradient_of_the_loss() -> None:
    figure = draw_label_pull({"now": softmax(SCORES)}, LABEL)
    numbers = [float(text.get_text().replace("−", "-")) for text in texts(figure, "pull")]
    assert numbers == [round(float(g), 2) for g in LABEL - softmax(SCORES)]
    gradcheck(
        lambda h: cross_entropy(h, LABEL), {"h": softmax(SCORES) - LABEL}, {"h": SCORES}
    ).raise_if_wrong()


def test_an_arrow_too_short_to_see_is_left_out() -> None:
    arrows = [
        len([text for text in draw_label_pull({"x": p}, [1, 0]).axes[0].texts if not text.get_text()])
        for p in ([0.5, 0.5], [0.99, 0.01])
    ]
    assert arrows == [2, 0]


def test_it_says_what_it_shows_and_can_be_read() -> None:
    figure = draw_label_pull(FRAMES, LABEL)
    text = description(figure)
    assert text is not None
    assert "of 4 classes" in text
    assert "class 1, to which the label pulls: now 0.03; later 0.36." in text
    assert not overlapping(texts(figure))
    assert min(text.get_fontproperties().get_size_in_points() for text in texts(figure)) >= 8
    assert to_svg(figure) == to_svg(draw_label_pull(FRAMES, LABEL))


@pytest.mark.parametrize(
    ("frames", "label"),
    [
        ({}, [1, 0]),
        ({"a": [0.5, 0.5]}, [1]),
        ({"a": [0.5, 0.5]}, [1, 1]),
        ({"a": [0.5, 0.4]}, [1, 0]),
        ({"a": [1.5, -0.5]}, [1, 0]),
        ({"a": [0.5, 0.25, 0.25]}, [1, 0]),
        (dict.fromkeys("abcde", [0.5, 0.5]), [1, 0]),
    ],
)
def test_what_is_no_distribution_is_refused(frames: Any, label: Any) -> None:
    with pytest.raises(DrawingError, match="draw_label_pull"):
        draw_label_pull(frames, label)


@pytest.mark.parametrize(("frames", "classes"), some([(4, 5), (1, 2), (2, 2), (4, 30)]))
def test_on_a_phone_the_frames_stand_below_each_other(frames: int, classes: int) -> None:
    shares = [1 / classes] * classes
    label = [1.0] + [0.0] * (classes - 1)
    titles = [f"a step with a name of many words, number {number}" for number in range(frames)]
    thin = narrow_of(draw_label_pull(dict.fromkeys(titles, shares), label))
    assert len({round(panel.get_position().y0, 3) for panel in thin.axes}) == frames
