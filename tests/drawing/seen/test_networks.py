"""Graphs, perceptrons and volumes as they are seen: what is joined to what, by lines that end at outlines."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from typing import Any

import pytest
from support.drawing_samples import BLOCK_EDGES, BLOCK_NODES, DENSE, SIX, TRACE_EDGES, TRACE_NODES
from support.drawn import Drawn, Shape, Spot, Word
from support.seen_pictures import picture

from nnutils.drawing.style import PALETTE
from nnutils.drawing.text import drawn_number, subscripted

BOTH = pytest.mark.parametrize("phone", [False, True])
FILLS = {"input": PALETTE.blue_tint, "parameter": PALETTE.orange_tint, "output": PALETTE.green_tint}
GRAPHS: dict[str, tuple[list[Any], list[Any]]] = {
    "block": (BLOCK_NODES, BLOCK_EDGES),
    "graph straight": (BLOCK_NODES, BLOCK_EDGES),
    "trace": (TRACE_NODES, TRACE_EDGES),
}


def outline_of(drawn: Drawn, spot: Spot, mark: str) -> Shape:
    """The outline around a spot."""
    (found,) = [one for one in drawn.marked(mark) if one.holds(spot)]
    return found


def touching(shapes: dict[str, Shape], spot: Spot, near: float = 1.0) -> list[str]:
    """The names of the outlines that a spot is on, or nearly on."""
    return [
        name
        for name, one in shapes.items()
        if one.left - near <= spot[0] <= one.right + near and one.top - near <= spot[1] <= one.bottom + near
    ]


@BOTH
@pytest.mark.parametrize("name", GRAPHS)
def test_each_edge_leads_from_the_outline_of_its_node_to_that_of_the_other(name: str, phone: bool) -> None:
    drawn = picture(name, phone=phone)
    given, edges = GRAPHS[name]
    words = {node.id: drawn.word(subscripted(node.label), "name") for node in given}
    outlines = {key: outline_of(drawn, word.centre, "node") for key, word in words.items()}
    assert len(set(outlines.values())) == len(drawn.marked("node")) == len(given)
    joined = []
    for line, head in zip(drawn.marked("edge"), drawn.marked("arrow"), strict=True):
        tip, *foot = head.points[:3]
        (start,), (end,) = touching(outlines, line.points[0]), touching(outlines, tip)
        joined.append((start, end))
        others = [one for key, one in outlines.items() if key not in {start, end}]
        assert not any(one.holds(spot) for one in others for spot in line.points), "through a node"
        along = [spot[phone] for spot in line.points]
        assert along == sorted(along) and along[0] < along[-1], "an edge never turns back"
        back = (foot[0][0] + foot[1][0]) / 2, (foot[0][1] + foot[1][1]) / 2
        assert tip[phone] - back[phone] > 4 and tip[not phone] == pytest.approx(back[not phone])
        assert math.dist(line.points[-1], back) < 1.5, "the line leads into its head"
        assert head.fill == line.stroke == PALETTE.muted.lower() and not line.fill
    assert sorted(joined) == sorted(tuple(edge[:2]) for edge in edges)
    starts = [line.points[0] for line in drawn.marked("edge")]
    assert len({(round(x), round(y)) for x, y in starts}) == len(starts), "no two begin at one spot"


@BOTH
@pytest.mark.parametrize("name", GRAPHS)
def test_nodes_have_the_colour_of_their_kind_their_lines_in_order_and_a_legend(
    name: str, phone: bool
) -> None:
    drawn = picture(name, phone=phone)
    given, _ = GRAPHS[name]
    for node in given:
        word = drawn.word(subscripted(node.label), "name")
        outline = outline_of(drawn, word.centre, "node")
        assert outline.fill == FILLS.get(node.kind, PALETTE.white).lower() and outline.width == 1.3
        inside = sorted(
            (one for one in drawn.words if outline.holds(one.centre)), key=lambda one: one.centre[1]
        )
        numbers = [number for number in (node.value, node.adjoint) if number is not None]
        assert [one.text for one in inside] == [
            word.text,
            *(
                drawn_number(number, digits=4) if not isinstance(number, int) else drawn_number(number)
                for number in numbers
            ),
        ]
        assert all(one.centre[0] == pytest.approx(outline.centre[0], abs=1.2) for one in inside)
        middle = (inside[0].top + inside[-1].bottom) / 2
        assert middle == pytest.approx(outline.centre[1], abs=3.5)
        colours = [PALETTE.ink, PALETTE.value_text, PALETTE.adjoint_text][: len(inside)]
        assert [one.colour for one in inside] == [colour.lower() for colour in colours]
    entries = (
        [] if name == "graph straight" else [kind for kind in FILLS if any(n.kind == kind for n in given)]
    )
    if name == "trace":
        entries += ["line 2: value", "line 3: adjoint"]
    assert drawn.texts("legend") == entries
    for kind in set(entries) & set(FILLS):
        word = drawn.word(kind, "legend")
        sample = min((one for one in drawn.marked("legend") if one.fill), key=lambda one: _apart(one, word))
        assert sample.fill == FILLS[kind].lower()
    bottom = max(one.bottom for one in drawn.marked("node"))
    assert all(drawn.word(entry, "legend").top > bottom for entry in entries)


def _apart(sample: Shape, word: Word) -> float:
    return abs(word.left - sample.right) + 3 * abs(word.centre[1] - sample.centre[1])


@BOTH
def test_sizes_stand_on_their_edges(phone: bool) -> None:
    drawn = picture("sizes", phone=phone)
    lines = [one for one in drawn.marked("edge") if not one.fill]
    for text in ("64 × 64", "8 × 64"):
        word = drawn.word(text, "edge label")
        near = min(
            math.dist(word.centre, (a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
            for line in lines
            for a, b in itertools.pairwise(line.points)
            for share in (0, 0.25, 0.5, 0.75, 1)
        )
        assert near < 14
        assert word.colour == PALETTE.ink.lower() and word.size == 10


@pytest.mark.parametrize(("name", "layers"), [("2-6-2", SIX), ("2-6-2 dense", DENSE), ("mlp named", SIX)])
@BOTH
def test_a_perceptron_has_a_line_of_its_sign_for_each_weight_that_is_not_zero(
    name: str, layers: Any, phone: bool
) -> None:
    drawn = picture(name, phone=phone)
    units = drawn.marked("unit")
    sizes = [len(layers[0][0]), *(len(layer) for layer in layers)]
    assert len(units) == sum(sizes)
    across, down = (1, 0) if phone else (0, 1)
    units.sort(key=lambda one: (round(one.centre[across]), one.centre[down]))
    starts = [sum(sizes[:k]) for k in range(len(sizes))]
    rows = [units[start : start + size] for start, size in zip(starts, sizes, strict=True)]
    expected = [
        (rows[k][i], rows[k + 1][j], weight)
        for k, matrix in enumerate(layers)
        for j, row in enumerate(matrix)
        for i, weight in enumerate(row)
        if weight
    ]
    lines = [one for one in drawn.shapes if one.within("axes") and len(one.points) == 2 and not one.fill]
    lines = [one for one in lines if not one.within("legend")]
    assert len(lines) == len(expected)
    found = {}
    for line in lines:
        pair = tuple(
            min(units, key=lambda unit, spot=spot: math.dist(unit.centre, spot))  # type: ignore[misc]
            for spot in line.ends
        )
        found[pair] = line
        for unit in set(units) - set(pair):
            assert not unit.holds(line.centre)
    for before, after, weight in expected:
        line = found.get((before, after)) or found[after, before]
        positive = weight > 0
        assert line.stroke == (PALETTE.positive if positive else PALETTE.negative).lower()
        assert bool(line.dashes) != positive
        for spot, unit in zip(line.ends, (before, after), strict=True):
            assert math.dist(spot, unit.centre) <= (unit.right - unit.left) / 2 + 3
        if name != "mlp named":
            text = drawn_number(weight if isinstance(weight, Fraction | int) else float(weight))
            assert any(
                word.text == text and _aside(word.centre, line) < 3
                for word in drawn.words
                if not word.within("name")
            )
    signs = {weight > 0 for _, _, weight in expected}
    legend = [text for text, sign in (("positive weight", True), ("negative weight", False)) if sign in signs]
    assert drawn.texts("legend") == legend
    samples = [one for one in drawn.marked("legend") if one.stroke]
    assert [bool(one.dashes) for one in samples] == [text.startswith("neg") for text in legend]
    if name == "mlp named":
        assert len(drawn.words) == sum(sizes) + 3 + 2 + 1 + len(layers[0]) * 0


def _aside(spot: Spot, line: Shape) -> float:
    """How far a spot is from a straight line."""
    (ax, ay), (bx, by) = line.ends
    return abs((bx - ax) * (spot[1] - ay) - (by - ay) * (spot[0] - ax)) / math.dist((ax, ay), (bx, by))


@BOTH
def test_names_of_units_stand_in_their_circles_in_order_and_headings_along_the_layers(phone: bool) -> None:
    drawn = picture("mlp named", phone=phone)
    names = ["a", "b", *(f"u{'₁₂₃₄₅₆'[k]}" for k in range(6)), "min", "max"]
    words = [word for word in drawn.words if word.within("name")]
    assert [word.text for word in words] == names
    for word in words:
        unit = outline_of(drawn, word.centre, "unit")
        assert word.centre == (
            pytest.approx(unit.centre[0], abs=1.5),
            pytest.approx(unit.centre[1], abs=3),
        )
        assert unit.left < word.left and word.right < unit.right
    middle = [word.centre for word in words[2:8]]
    place = 0 if phone else 1
    assert [spot[place] for spot in middle] == sorted(spot[place] for spot in middle)
    steps = [b[place] - a[place] for a, b in itertools.pairwise(middle)]
    assert steps == pytest.approx([steps[0]] * 5, abs=1)
    for heading, word in (("input", words[0]), ("six units", words[2]), ("output", words[-1])):
        found = drawn.word(heading)
        assert found.centre[1 - place] == pytest.approx(word.centre[1 - place], abs=4)
        assert found.colour == PALETTE.muted.lower() and found.angle == (90 if phone else 0)
        ends = (
            (found.right, min(w.left for w in words)) if phone else (found.bottom, min(w.top for w in words))
        )
        assert ends[0] < ends[1]


@BOTH
def test_volumes_stand_in_order_in_their_rows_with_arrows_between_and_words_below(phone: bool) -> None:
    drawn = picture("volumes", phone=phone)
    names, labels = ["in", "a", "b", "out"], ["3 × 32 × 32", "16 × 14 × 14", "10 × 8 × 8", "640"]
    fronts, sides, tops = (drawn.marked(mark) for mark in ("channels", "picture", "top"))
    assert len(fronts) == len(sides) == len(tops) == 4
    rows: dict[int, list[int]] = {}
    for number, (name, label) in enumerate(zip(names, labels, strict=True)):
        word, size = drawn.word(name, "name"), drawn.word(label, "shape")
        left, right = fronts[number].left, sides[number].right
        assert word.centre[0] == pytest.approx((left + right) / 2, abs=1.5)
        assert size.centre[0] == pytest.approx(word.centre[0], abs=2.5) and size.top > word.bottom
        assert word.bold and not size.bold and fronts[number].bottom < word.top
        rows.setdefault(round(word.top / 20), []).append(number)
        assert (fronts[number].fill, sides[number].fill, tops[number].fill) == tuple(
            colour.lower() for colour in (PALETTE.orange_tint, PALETTE.blue_tint, PALETTE.white)
        )
        assert fronts[number].right == pytest.approx(sides[number].left)
        assert tops[number].bottom == pytest.approx(fronts[number].top)
        assert (tops[number].top, tops[number].right) == pytest.approx(
            (sides[number].top, sides[number].right)
        )
        assert {fronts[number].width, sides[number].width, tops[number].width} == {0.8}
    flat = [number for row in rows.values() for number in row]
    assert flat == [0, 1, 2, 3] and (len(rows) > 1) == phone
    lines = [one for one in drawn.marked("arrow") if len(one.points) == 2 or not one.fill]
    assert len(lines) == 3
    for row in rows.values():
        middles = [(sides[n].top + fronts[n].bottom) / 2 for n in row]
        assert middles == pytest.approx([middles[0]] * len(row), abs=0.1), "about one middle line"
        lefts = [fronts[n].left for n in row]
        assert lefts == sorted(lefts)
        edges = (min(fronts[row[0]].left, drawn.width), sides[row[-1]].right)
        if row[0] == 0 and len(row) > 2:
            assert edges[0] > 0
    for number, line in enumerate(lines):
        (start, y), (end, _) = line.ends
        assert start < end <= fronts[number + 1].left - 2
        assert y == pytest.approx((sides[number + 1].top + fronts[number + 1].bottom) / 2, abs=0.1)
        if fronts[number].centre[0] < fronts[number + 1].centre[0]:
            assert start >= sides[number].right + 2
    for shapes, sizes, extent in (
        (fronts, (3, 16, 10, 640), "across"),
        (fronts, (32, 14, 8, 1), "up"),
    ):
        drawn_sizes = [one.right - one.left if extent == "across" else one.bottom - one.top for one in shapes]
        most = max(sizes)
        longest = max(drawn_sizes)
        for found, size in zip(drawn_sizes, sizes, strict=True):
            assert found == pytest.approx(max(longest * math.sqrt(size / most), 3.0), abs=0.02)
