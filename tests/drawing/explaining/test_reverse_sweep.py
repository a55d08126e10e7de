"""The strip of the reverse sweep: a frame for each step, and at its end the gradient."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from support.drawing_samples import marked, overlapping, texts
from support.narrow_pictures import faults, narrow_of

from nnutils import autodiff
from nnutils.core.errors import DrawingError
from nnutils.drawing.describing import description
from nnutils.drawing.explaining import draw_reverse_sweep
from nnutils.drawing.narrow import narrow_version
from nnutils.drawing.style import PALETTE
from nnutils.drawing.svg import to_svg


def question(x1: Any, x2: Any) -> Any:
    v1 = x1 + x2
    v2 = x2 * x2
    v3 = 1 / v1
    v4 = autodiff.cos(x1)
    v5 = v3 + v2
    return v5 + v4


TRACE = autodiff.trace(question, 3, 6)


def headings(figure: Figure) -> list[str]:
    return [text.get_text() for text in texts(figure, "heading")]


def test_there_is_a_frame_for_the_values_and_one_for_each_row_in_the_order_of_the_sweep() -> None:
    assert headings(draw_reverse_sweep(TRACE)) == [
        "Forward: the values",
        "1. y adds 1 to v₅, 1 to v₄",
        "2. v₅ adds 1 to v₃, 1 to v₂",
        "3. v₄ adds −0.1411 to x₁",
        "4. v₃ adds −0.0123 to v₁",
        "5. v₂ adds 6 to x₂, 6 to x₂",
        "6. v₁ adds −0.0123 to x₁, −0.0123 to x₂",
    ]


def test_the_first_frame_has_the_values_and_the_last_the_adjoints() -> None:
    numbers = [text.get_text() for text in texts(draw_reverse_sweep(TRACE), "number")]
    assert numbers[:8] == ["3", "6", "9", "36", "0.1111", "−0.9900", "36.1111", "35.1211"]
    graph = TRACE.graph()
    adjoints = [node.adjoint for node in graph.nodes if node.kind != "constant"]
    assert [float(text.replace("−", "-")) for text in numbers[-8:]] == pytest.approx(adjoints, abs=5e-5)


def test_an_adjoint_stands_below_its_node_only_once_something_was_added() -> None:
    numbers = [text.get_text() for text in texts(draw_reverse_sweep(TRACE), "number")]
    assert numbers[8:11] == ["1", "1", "1"], "after the first step v4, v5 and y have one"


def test_a_value_used_twice_by_one_row_has_two_lines_of_its_own() -> None:
    figure = draw_reverse_sweep(TRACE)
    assert len(marked(figure, "lit edge")) == 10 + 10, "all edges forward, and each once backward"
    (axes,) = figure.axes
    lines = [str(line.get_xydata()) for line in axes.lines]
    assert len(set(lines)) == len(lines) == 7 * 10


def test_only_inputs_with_complete_adjoints_are_green() -> None:
    circles = marked(draw_reverse_sweep(TRACE), "circle")
    green = [
        k for k, circle in enumerate(circles) if to_hex(circle.get_facecolor()) == PALETTE.green_tint.lower()
    ]
    # Frame 6, the last of 7, has the nodes 48 to 55: both inputs stand first. Before it x2 waits for v1.
    assert green == [48, 49]


@pytest.mark.parametrize("point", [(3, 6), (0.5, -0.4), (-2.5, 0)])
def test_no_two_texts_overlap(point: tuple[float, float]) -> None:
    assert overlapping(texts(draw_reverse_sweep(autodiff.trace(question, *point)))) == []


def test_the_text_for_readers_who_cannot_see_it_has_the_values_and_the_steps() -> None:
    text = description(draw_reverse_sweep(TRACE, title="Back")) or ""
    assert text.startswith("Back. One graph in 7 frames. Forward, the values: x1 = 3,")
    assert text.endswith("6. v1 adds −0.0123 to x1, −0.0123 to x2.")
    assert len(text) <= 600


def test_the_same_trace_gives_the_same_bytes() -> None:
    assert to_svg(draw_reverse_sweep(TRACE)) == to_svg(draw_reverse_sweep(autodiff.trace(question, 3, 6)))


def test_arrays_and_long_traces_are_refused() -> None:
    arrays = autodiff.trace(lambda x: autodiff.sum(x * x), x=np.ones(2))
    with pytest.raises(DrawingError, match="has arrays"):
        draw_reverse_sweep(arrays)

    def long(x: Any) -> Any:
        for _ in range(13):
            x = autodiff.sin(x)
        return x

    with pytest.raises(DrawingError, match="13 rows pass"):
        draw_reverse_sweep(autodiff.trace(long, 1))


def three(x: Any, y: Any, z: Any) -> Any:
    return x * y + autodiff.exp(y * z) * x


@pytest.mark.parametrize(
    "trace",
    [
        TRACE,
        autodiff.trace(question, -13.25, -106.5),
        autodiff.trace(three, -1.25, 2.5, 3.125),
        autodiff.trace(lambda x: x * x, 3),
    ],
    ids=["the lesson's", "long numbers", "three inputs", "short"],
)
def test_on_a_phone_one_frame_stands_below_the_other(trace: autodiff.Trace) -> None:
    wide = draw_reverse_sweep(trace)
    thin = narrow_of(wide)
    for gid in ("node", "number"):
        said = [[text.get_text() for text in texts(figure, gid)] for figure in (thin, wide)]
        assert said[0] == said[1]
    assert [text.replace("\n", " ") for text in headings(thin)] == headings(wide)
    assert not overlapping([*marked(thin, "circle"), *texts(thin, "number")])


def test_a_long_chain_has_its_numbers_above_and_below_in_turn() -> None:
    def chain(x: Any) -> Any:
        for _ in range(7):
            x = autodiff.sin(x)
        return x

    thin = narrow_version(draw_reverse_sweep(autodiff.trace(chain, 0.7)))
    assert thin is not None and faults(thin, width=4.0) == []
    first = [text.get_position()[1] for text in texts(thin, "number")[:8]]
    assert first[0] == first[2] < first[1] == first[3]
