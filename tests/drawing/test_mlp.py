"""Drawn networks: nothing overlaps, and every edge, sign, weight and bias is that of the matrices."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from support.drawing_samples import DENSE, FOUR, SIX, THREE, marked, overlapping, texts
from support.narrow_pictures import faults, narrow_of
from support.often import some
from support.seen_pictures import figure_of

from nnutils.core.errors import DrawingError
from nnutils.drawing import PALETTE, draw_mlp, to_svg
from nnutils.drawing.narrow import narrow_version

NETWORKS = ["2-6-2", "2-4-2", "2-3-2", "2-6-2 dense"]


@pytest.fixture(scope="module")
def pictures() -> dict[str, Figure]:
    return {name: figure_of(name) for name in NETWORKS}


def drawn_for(phone: bool, figure: Figure) -> Figure:
    return narrow_of(figure) if phone else figure


@pytest.mark.parametrize("name", NETWORKS)
def test_units_and_labels_of_a_network_do_not_overlap(pictures: dict[str, Figure], name: str) -> None:
    figure = pictures[name]
    units = marked(figure, "unit")
    assert overlapping(units) == []
    assert overlapping([*units, *texts(figure, "weight", "bias")]) == []
    assert overlapping([text for text in texts(figure) if text.get_gid() != "name"]) == []


def test_the_overlap_check_can_fail() -> None:
    figure = draw_mlp(SIX)
    weights = texts(figure, "weight")
    weights[1].set_position(weights[0].get_position())
    assert overlapping(weights) == [(weights[0], weights[1])]
    unit = marked(figure, "unit")[0]
    weights[2].set_position(unit.get_center())
    assert overlapping([unit, weights[2]]) == [(unit, weights[2])]


@pytest.mark.parametrize("on_a_phone", [False, True])
@pytest.mark.parametrize("layers", [SIX, FOUR, THREE], ids=["six", "four", "three"])
def test_each_weight_that_is_not_zero_is_one_edge_between_its_units(
    layers: list[Any], on_a_phone: bool
) -> None:
    figure = drawn_for(on_a_phone, draw_mlp(layers))
    matrices = [layer[0] if isinstance(layer, tuple) else layer for layer in layers]
    centres = [unit.get_center() for unit in marked(figure, "unit")]
    starts = [0, *itertools.accumulate([len(matrices[0][0]), *(len(matrix) for matrix in matrices)])]
    expected = {
        (centres[starts[k] + j], centres[starts[k + 1] + i]): weight
        for k, matrix in enumerate(matrices)
        for i, row in enumerate(matrix)
        for j, weight in enumerate(row)
        if weight
    }
    drawn = {}
    for edge in marked(figure, "edge"):
        (x0, x1), (y0, y1) = edge.get_data()
        drawn[(x0, y0), (x1, y1)] = edge
    assert drawn.keys() == expected.keys()
    for ends, weight in expected.items():
        assert drawn[ends].get_color() == (PALETTE.positive if weight > 0 else PALETTE.negative)
        assert (drawn[ends].get_linestyle() == "-") == (weight > 0)


@pytest.mark.parametrize("on_a_phone", [False, True])
def test_each_label_stands_on_the_edge_of_its_weight(on_a_phone: bool) -> None:
    figure = drawn_for(on_a_phone, draw_mlp(FOUR))
    for edge, label in zip(marked(figure, "edge"), texts(figure, "weight"), strict=True):
        (x0, x1), (y0, y1) = edge.get_data()
        x, y = label.get_position()
        # 1 point is added to the height of every label, so that its digits look centred.
        assert (y - 1 - y0) * (x1 - x0) == pytest.approx((x - x0) * (y1 - y0), abs=1e-6)
        assert min(y0, y1) < y - 1 < max(y0, y1) or y0 == y1
        assert min(x0, x1) < x < max(x0, x1) or x0 == x1
        assert label.get_text() == ("1" if edge.get_linestyle() == "-" else "−1")


def test_biases_show_only_where_they_are_not_zero() -> None:
    assert [text.get_text() for text in texts(draw_mlp(THREE), "bias")] == ["b = 0.25", "b = −1", "b = −10"]
    assert texts(draw_mlp(FOUR), "bias") == []


def test_arrays_and_tuples_of_rows_are_weights_too() -> None:
    rows_as_tuples = ((1, 0), (0, 1))  # two rows, not weights and biases
    expected = to_svg(draw_mlp([[[1, 0], [0, 1]]]))
    assert to_svg(draw_mlp([rows_as_tuples])) == expected == to_svg(draw_mlp([np.eye(2)]))


def test_names_and_headings_are_those_given() -> None:
    figure = draw_mlp([[[1]], [[2]], [[3]]], ["in"], [["a1"], ["b"]], ["out"], headings=["I", "A", "B", "O"])
    assert [text.get_text() for text in texts(figure, "name")] == ["in", "a₁", "b", "out"]
    assert {"I", "A", "B", "O"} <= {text.get_text() for text in texts(figure)}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([],), "no layer"),
        (([[]],), r"shape \(0,\)"),
        (([[1, 2]],), "needs a matrix"),
        (([[[1, 2]], [[1, 2]]],), r"read 2 values, but layer 1 gives 1.*transpose"),
        (([([[1, 2]], [0, 0])],), "1 outputs but 2 biases"),
        (([[[1, math.nan]]],), "nan"),
        (([([[1, 2]], [math.inf])],), "inf"),
        (([[[1, "two"]]],), "'two'"),
        (([[[1, 2]]], ["x1"]), r"layers of \[1, 1\] units.*\[2, 1\]"),
        (([[[1, 2]]], None, ["h1"]), r"layers of \[2, 1, 1\] units.*\[2, 1\]"),
        (([np.full((40, 30), 0.12345)],), "1200 weight labels.*weight_labels=False"),
    ],
)  # fmt: skip
def test_a_network_that_cannot_be_drawn_says_why(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(DrawingError, match=f"(?s){message}"):
        draw_mlp(*arguments)


def test_circles_are_round(pictures: dict[str, Figure]) -> None:
    circles = [unit for unit in marked(pictures["2-6-2"], "unit") if isinstance(unit, Circle)]
    extents = [unit.get_window_extent() for unit in circles]
    assert len(circles) == 10
    assert all(extent.width == pytest.approx(extent.height) for extent in extents)


DEEP = [DENSE[0], [[0.5] * 6] * 3, [[1, -1, 1]]]


@pytest.mark.parametrize("layers", some([SIX, THREE, DENSE, DEEP]), ids=["six", "three", "dense", "deep"])
def test_on_a_phone_the_layers_stand_below_each_other(layers: list[Any]) -> None:
    thin = narrow_of(draw_mlp(layers, title="A network with a title that is longer than a phone is wide"))
    units = marked(thin, "unit")
    assert overlapping(units) == []
    assert overlapping([*units, *texts(thin, "weight", "bias")]) == []
    rows = [round(unit.get_center()[1], 3) for unit in units]
    assert rows == sorted(rows, reverse=True)
    matrices = [layer[0] if isinstance(layer, tuple) else layer for layer in layers]
    assert [rows.count(row) for row in dict.fromkeys(rows)] == [len(matrices[0][0]), *map(len, matrices)]


def test_on_a_phone_a_long_name_stands_within_its_unit() -> None:
    thin = narrow_of(draw_mlp([[[1, 2]], [[3]]], output_names=["max(x1, x2)"]))
    unit, name = marked(thin, "unit")[-1].get_window_extent(), texts(thin, "name")[-1].get_window_extent()
    assert unit.x0 < name.x0 and name.x1 < unit.x1


def test_biases_of_a_crowded_row_take_two_lines_on_a_phone() -> None:
    crowded = [(DENSE[0], [-0.25] * 6), DENSE[1]]
    assert [text.get_text() for text in texts(narrow_of(draw_mlp(crowded)), "bias")] == ["b =\n−0.25"] * 6
    assert [text.get_text() for text in texts(narrow_of(draw_mlp(THREE)), "bias")] == [
        *("b = 0.25", "b = −1", "b = −10")
    ]


def test_a_layer_that_no_phone_can_hold_makes_the_picture_wider() -> None:
    thin = narrow_version(draw_mlp([[[1, -1]] * 12, [[0.5] * 12]], weight_labels=False))
    assert thin is not None
    assert thin.get_figwidth() < 6
    assert faults(thin, width=thin.get_figwidth()) == []
    assert overlapping(marked(thin, "unit")) == []
