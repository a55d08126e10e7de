"""Gradients on their way back as they are seen: the numbers at their nodes, arrows from node to node."""

from __future__ import annotations

import itertools
import math

import pytest
from support.drawn import Shape, Spot, Word
from support.every_picture import SLOPES
from support.seen_pictures import picture

from nnutils import autodiff
from nnutils.core.numerals import number_text
from nnutils.drawing.style import PALETTE
from nnutils.drawing.text import drawn_number, subscripted

BOTH = pytest.mark.parametrize("phone", [False, True])


def nearest(shapes: list[Shape], spot: Spot) -> Shape:
    return min(shapes, key=lambda one: math.dist(one.centre, spot))


def frames_of(words: list[Word], size: int) -> list[list[Word]]:
    return [words[start : start + size] for start in range(0, len(words), size)]


@BOTH
def test_a_sweep_shows_the_values_and_then_each_adjoint_as_it_grows(phone: bool) -> None:
    drawn = picture("reverse sweep", phone=phone)
    trace = autodiff.trace(lambda x1, x2: 1 / (x1 + x2) + x2 * x2 + autodiff.cos(x1), 3, 6)
    graph = trace.graph()
    nodes = [node for node in graph.nodes if node.kind != "constant"]
    circles = drawn.marked("circle")
    assert len(circles) % len(nodes) == 0
    frames = len(circles) // len(nodes)
    heads = [word for word in drawn.words if word.within("heading")]
    starts = [word for word in heads if word.text[0].isdigit() or word.text.startswith("Forward")]
    assert starts[0].text.startswith("Forward: the values") and len(starts) == frames
    assert [int(word.text.split(".")[0]) for word in starts[1:]] == list(range(1, frames))
    numbers = [word for word in drawn.words if word.within("number")]
    names = [word for word in drawn.words if word.within("node")]
    assert [word.text for word in names] == [subscripted(node.name) for node in nodes] * frames
    for word, circle in zip(names, circles, strict=True):
        assert circle.holds(word.centre)
    values = [word for word in numbers if word.colour == PALETTE.value_text.lower()]
    assert [word.text for word in values] == [
        drawn_number(trace.tape.values[node.id], digits=4) for node in nodes
    ]
    assert not any(word.bold for word in values)
    final = {}
    shown: dict[int, dict[str, str]] = {}
    for word in numbers:
        circle = nearest(circles, word.centre)
        place = circles.index(circle)
        assert abs(word.centre[0] - circle.centre[0]) < 1.5
        shown.setdefault(place // len(nodes), {})[nodes[place % len(nodes)].name] = word.text
        final[nodes[place % len(nodes)].name] = word.text
    gradient = {f"x{k + 1}": slope for k, slope in enumerate((-1 / 81 - math.sin(3), -1 / 81 + 12))}
    last = {node.name: shown[frames - 1][node.name] for node in nodes[:2]}
    assert list(last.values()) == [drawn_number(slope, digits=4) for slope in gradient.values()]
    sizes = [len(shown[k]) for k in range(1, frames)]
    assert sizes == sorted(sizes) and sizes[0] > 1, "an adjoint that is there stays"
    fills = frames_of_shapes(circles, len(nodes))
    assert {one.fill for one in fills[0]} <= {PALETTE.white.lower(), PALETTE.green_tint.lower()}
    for frame in fills[1:]:
        assert sum(one.fill == PALETTE.orange_tint.lower() for one in frame) == 1
    greys = [sum(one.fill == PALETTE.grey_tint.lower() for one in frame) for frame in fills[1:]]
    assert greys == list(range(frames - 1)), "one more has passed its adjoint on"
    assert [sum(one.fill == PALETTE.green_tint.lower() for one in frame) for frame in fills][-1] == 2


def frames_of_shapes(shapes: list[Shape], size: int) -> list[list[Shape]]:
    return [shapes[start : start + size] for start in range(0, len(shapes), size)]


@BOTH
def test_lit_edges_of_a_sweep_leave_the_orange_node_and_end_in_heads_at_what_they_add_to(phone: bool) -> None:
    drawn = picture("reverse sweep", phone=phone)
    circles = drawn.marked("circle")
    lit = drawn.marked("lit edge")
    heads = drawn.marked("arrow")
    assert len(lit) == len(heads)
    for line, head in zip(lit, heads, strict=True):
        assert line.width == 2 and head.fill == line.stroke
        passing = line.stroke == PALETTE.negative.lower()
        start, end = (nearest(circles, spot) for spot in line.ends)
        for spot, circle in zip(line.ends, (start, end), strict=True):
            assert math.dist(spot, circle.centre) == pytest.approx(12, abs=1.6), "at the outline"
        tip = start if passing else end
        assert nearest(circles, head.centre) is tip
        assert min(math.dist(spot, tip.centre) for spot in head.points) == pytest.approx(12, abs=1.6)
        if passing:
            assert end.fill == PALETTE.orange_tint.lower()
        else:
            assert line.stroke == PALETTE.positive.lower()
    for line in drawn.marked("edge"):
        assert line.width == 1 and line.stroke == PALETTE.muted.lower()
    bold = {word.text for word in drawn.words if word.within("number") and word.bold}
    assert bold and all(
        word.colour == PALETTE.adjoint_text.lower()
        for word in drawn.words
        if word.within("number") and word.bold
    )


@BOTH
def test_a_gradient_passes_stops_and_is_written_into_each_node(phone: bool) -> None:
    drawn = picture("gradient flow", phone=phone)
    nodes = drawn.marked("node")
    names = [word for word in drawn.words if word.within("name")]
    adjoints = [word for word in drawn.words if word.within("adjoint")]
    keys = list(dict.fromkeys(key for pair in SLOPES["off"] for key in pair))
    assert len(nodes) == len(names) == len(adjoints) == 2 * len(keys)
    titles = [word for word in drawn.words if word.within("title")]
    assert [word.text for word in titles] == ["both on", "off"] and all(word.bold for word in titles)
    for frame, slopes in enumerate(SLOPES.values()):
        flow = {"y1": 1.0}
        for pair in [
            ("x1", "y1"),
            ("w1", "y1"),
            ("b1", "y1"),
            ("u", "x1"),
            ("x0", "u"),
            ("w0", "u"),
            ("b0", "u"),
        ]:
            flow[pair[0]] = slopes[pair] * flow[pair[1]]
        part = slice(frame * len(keys), (frame + 1) * len(keys))
        for node, name, adjoint in zip(nodes[part], names[part], adjoints[part], strict=True):
            assert node.holds(name.centre) and node.holds(adjoint.centre) and name.bottom < adjoint.top
            assert name.centre[0] == pytest.approx(node.centre[0], abs=1.5)
            key = next(key for key in keys if subscripted(key) == name.text)
            value = flow[key]
            near = number_text(value, significant=3) if value else "0"
            assert adjoint.text.replace("−", "-") == near.replace("−", "-") or float(
                adjoint.text.replace("−", "-")
            ) == pytest.approx(value, rel=0.02)
            assert adjoint.colour == (PALETTE.adjoint_text if value else PALETTE.muted).lower()
            fill = PALETTE.orange_tint if key[0] in "wb" else PALETTE.white
            fill = {"x0": PALETTE.blue_tint, "y1": PALETTE.green_tint}.get(key, fill)
            assert node.fill == fill.lower() and node.width == 1.2
    assert titles[0].bottom < nodes[0].top < titles[1].top or titles[0].top < titles[1].top
    key = " ".join(word.text for word in drawn.words if word.within("key"))
    for part in ("in a node: derivative of the output", "on an arrow: local factor", "bar: stopped here"):
        assert part in " ".join(key.split())


@BOTH
def test_a_residual_block_has_its_two_chains_skips_and_lengths(phone: bool) -> None:
    drawn = picture("skip gradients", phone=phone)
    sizes = {"y": "2", "r": "1", "Vr": "1.25", "h": "3", "z": "0.5", "Wz": "0.75", "x": "4"}
    shown = [word for word in drawn.words if word.within("size")]
    assert sorted(word.text for word in shown) == sorted(sizes.values())
    assert {word.text for word in shown if word.bold} == {"2", "3", "4"}
    assert {word.colour for word in shown} == {PALETTE.adjoint_text.lower()}
    skips = [word.text for word in drawn.words if word.within("skip")]
    assert sorted(text.split() for text in skips) == [["h\u0304", "3"], ["y\u0304", "2"]]
    forwards, backwards = drawn.word("forwards"), drawn.word("backwards")
    assert forwards.bold and backwards.bold
    assert (forwards.left < backwards.left) if phone else (forwards.top < backwards.top)
    boxes = {word.text: word for word in drawn.words}
    place = 1 if phone else 0
    for names in (
        ("x", "W x + b", "φ(z)", "h", "V h + c", "φ(r)", "y"),
        ("x̄", "Wᵀ z̄", "⊙ φ′(z)", "h̄", "Vᵀ r̄", "⊙ φ′(r)", "ȳ"),
    ):
        chain = [boxes[name] for name in names]
        at = [word.centre[place] for word in chain]
        assert at == sorted(at) and len(set(at)) == 7
        across = [word.centre[1 - place] for word in chain]
        assert max(across) - min(across) < 5
        outlines = [
            min(
                (one for one in drawn.shapes if one.width in (1.0, 1.2) and one.covers(word.centre)),
                key=lambda one: one.right - one.left,
            )
            for word in chain
        ]
        tint = PALETTE.blue_tint if names[0] == "x" else PALETTE.orange_tint
        assert [one.fill for one in outlines] == [
            (PALETTE.white if k in (0, 3, 6) else tint).lower() for k in range(7)
        ]
        gaps = [(b.top - a.bottom) if phone else (b.left - a.right) for a, b in itertools.pairwise(outlines)]
        assert min(gaps) > 8
        arrows = PALETTE.ink if names[0] == "x" else PALETTE.negative
        for a, b in itertools.pairwise(outlines):
            between = [
                one
                for one in drawn.shapes
                if one.stroke == arrows.lower()
                and one not in outlines
                and max(one.right - one.left, one.bottom - one.top) < 40
                and (a.centre[place] < one.centre[place] < b.centre[place])
                and abs(one.centre[1 - place] - a.centre[1 - place]) < 6
            ]
            assert between, f"no arrow between {names}"
            heads = [one for one in between if one.fill]
            assert len(heads) == 1
            forward = heads[0].centre[place] > (a.centre[place] + b.centre[place]) / 2
            near_end = (b.left if not phone else b.top) - heads[0].centre[place] < heads[0].centre[place] - (
                a.right if not phone else a.bottom
            )
            assert near_end == (names[0] == "x") or forward == (names[0] == "x")
    assert drawn.word("+ x").colour == PALETTE.value_text.lower()
    assert "numbers: the lengths of the vectors that flow back" in " ".join(drawn.texts())
    assert drawn.word("Back").bottom < min(forwards.top, backwards.top)
