"""The picture of a gradient on its way back: its numbers are the tape's, and it says where it stops."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from matplotlib.figure import Figure
from support.drawing_samples import marked, overlapping, texts
from support.narrow_pictures import faults, narrow_of

from nnutils import autodiff
from nnutils.core.errors import DrawingError
from nnutils.drawing import draw_gradient_flow
from nnutils.drawing.describing import description
from nnutils.drawing.narrow import narrow_version
from nnutils.drawing.svg import to_svg

POINT = {"x0": 1.5, "w0": 0.5, "b0": 0.1, "w1": -0.25, "b1": 0.15}


def network(x0: Any, w0: Any, b0: Any, w1: Any, b1: Any) -> Any:
    u = autodiff.named("u", x0 * w0 + b0)
    x1 = autodiff.named("x1", autodiff.relu(u))
    y1 = autodiff.named("y1", x1 * w1 + b1)
    return autodiff.named("z", autodiff.relu(autodiff.named("s", y1 + x0)))


def slopes(x0: float, w0: float, b0: float, w1: float, b1: float) -> dict[tuple[str, str], float]:
    u = x0 * w0 + b0
    s = max(u, 0) * w1 + b1 + x0
    return {
        ("x0", "u"): w0,
        ("w0", "u"): x0,
        ("b0", "u"): 1.0,
        ("u", "x1"): float(u > 0),
        ("x1", "y1"): w1,
        ("w1", "y1"): max(u, 0),
        ("b1", "y1"): 1.0,
        ("y1", "s"): 1.0,
        ("x0", "s"): 1.0,
        ("s", "z"): float(s > 0),
    }


def drawn(figure: Figure) -> list[tuple[str, str]]:
    """Names and numbers of the nodes, in the order drawn."""
    names, numbers = ([text.get_text() for text in texts(figure, gid)] for gid in ("name", "adjoint"))
    return list(zip(names, numbers, strict=True))


@pytest.mark.parametrize("change", [{}, {"b0": -2.0}, {"b1": -3.0}, {"x0": -1.0}, {"w1": 0.0}])
def test_the_numbers_are_those_of_the_tape(change: dict[str, float]) -> None:
    point = POINT | change
    tape = autodiff.trace(network, **point)
    adjoints = tape.adjoints(seed=1.0) | tape.gradients()
    for name, number in drawn(draw_gradient_flow({"frame": slopes(**point)})):
        plain = name.translate(str.maketrans("₀₁", "01"))
        assert float(number.replace("−", "-")) == pytest.approx(float(adjoints[plain]), rel=5e-3)


def test_a_bar_stands_where_a_gradient_ends_and_nowhere_else() -> None:
    both_on = draw_gradient_flow({"on": slopes(**POINT)})
    first_off = draw_gradient_flow({"off": slopes(**(POINT | {"b0": -2.0}))})
    second_off = draw_gradient_flow({"off": slopes(**(POINT | {"b1": -3.0}))})
    assert [len(marked(figure, "stop")) for figure in (both_on, first_off, second_off)] == [0, 2, 1]


def test_the_text_says_what_arrives_and_where_it_is_stopped() -> None:
    frames = {"First off": slopes(**(POINT | {"b0": -2.0})), "Second off": slopes(**(POINT | {"b1": -3.0}))}
    text = description(draw_gradient_flow(frames))
    assert text is not None
    assert "along z to s to y1 to x1 to u to x0 and over a skip" in text
    assert "First off: s 1, y1 1, x1 −0.25, x0 1, b1 1; zero for u, w0, b0 and w1; stopped between" in text
    assert "between x1 and u" in text
    assert text.endswith("Second off: no derivative arrives anywhere; stopped between z and s.")


def test_it_can_be_read_and_is_the_same_text_again() -> None:
    frames = {"One": slopes(**POINT), "Two": slopes(**(POINT | {"b0": -2.0}))}
    figure = draw_gradient_flow(frames)
    assert not overlapping(texts(figure))
    assert min(text.get_fontproperties().get_size_in_points() for text in texts(figure)) >= 8
    assert to_svg(figure) == to_svg(draw_gradient_flow(frames))


@pytest.mark.parametrize(
    ("frames", "words"),
    [
        ({}, "there is no frame"),
        ({"a": {("x", "y"): 1.0}, "b": {("x", "z"): 1.0}}, "'b' and the first one differ"),
        ({"a": {("x", "y"): float("nan")}}, "is nan"),
        ({"a": {("x", "y"): 1.0, ("y", "x"): 1.0}}, "in a circle"),
        ({"a": {("x", "y"): 1.0, ("y", "z"): 1.0, ("v", "w"): 1.0}}, "'v' neither stands on the line"),
        ({"a": dict.fromkeys(["xy", "yz", "za", "wz", "wa"], 1.0)}, "'w' neither stands"),
    ],
)
def test_what_is_no_chain_is_refused(frames: Any, words: str) -> None:
    with pytest.raises(DrawingError, match=words):
        draw_gradient_flow(frames)


def said(figure: Figure, gid: str) -> list[str]:
    return [text.get_text() for text in texts(figure, gid)]


LESSON = {
    "Both on: b₀ = 0.1, b₁ = 0.15 (as in the question), and a long title": {
        ("x0", "u"): 0.5,
        ("w0", "u"): 1.0,
        ("b0", "u"): 1.0,
        ("u", "x1"): 1.0,
        ("x1", "y1"): -0.2,
        ("w1", "y1"): 0.6,
        ("b1", "y1"): 1.0,
        ("y1", "s"): 1.0,
        ("x0", "s"): 1.0,
        ("s", "z"): 1.0,
    }
}
LESSON["The first off"] = LESSON[next(iter(LESSON))] | {("u", "x1"): 0.0}
THREE_FEEDS = {"one": {("x", "y"): -123.456, ("a", "y"): 0.00123, ("b", "y"): 2.0, ("c", "y"): 0.0}}
TWO_SKIPS = {
    "two": {
        ("x", "u"): 1.0,
        ("u", "v"): 2.0,
        ("v", "y"): 3.0,
        ("x", "v"): 0.0,
        ("x", "y"): 1.0,
        ("u", "y"): 0.5,
    }
}


@pytest.mark.parametrize("frames", [LESSON, THREE_FEEDS, TWO_SKIPS, {"a": {("x", "y"): 1.0}}])
def test_on_a_phone_the_same_numbers_stand_in_a_column(
    frames: dict[str, dict[tuple[str, str], float]],
) -> None:
    wide = draw_gradient_flow(frames)
    thin = narrow_of(wide)
    for gid in ("name", "adjoint"):
        assert said(thin, gid) == said(wide, gid)
    assert len(marked(thin, "stop")) == len(marked(wide, "stop"))
    assert not overlapping(marked(thin, "node"))


def test_skips_that_meet_have_lanes_of_their_own() -> None:
    thin = narrow_of(draw_gradient_flow(TWO_SKIPS))
    lines = [line.get_xdata() for line in marked(thin, "way") if hasattr(line, "get_xdata")]
    upright = sorted(float(x[0]) for x in lines if x[0] == x[1])
    assert len(upright) == 3
    assert all(right - left > 12 for left, right in pairwise(upright))


def test_long_names_make_the_picture_wider_and_nothing_else() -> None:
    frames = {"one": {("a quantity with a name", "result"): 1.0, ("another long name", "result"): 2.0}}
    thin = narrow_version(draw_gradient_flow(frames))
    assert thin is not None and thin.get_figwidth() > 3.3
    assert faults(thin, width=thin.get_figwidth()) == []
