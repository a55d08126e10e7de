"""Curves, sheets and distributions as they are seen: at their values, with their marks, steps and sums."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from support.drawn import Drawn, Shape
from support.every_picture import PULLS, SCORES
from support.seen_pictures import picture

from nnutils.drawing.style import PALETTE
from nnutils.numerics.reference import sigmoid, softmax

BOTH = pytest.mark.parametrize("phone", [False, True])
STEPS: list[tuple[str, str, Callable[[float], float]]] = [
    ("tanh(z)", "where it starts", math.tanh),
    ("tanh(z/2)", "stretch: halve the first layer", lambda z: math.tanh(z / 2)),
    ("tanh(z/2) + 1", "lift: into the output bias", lambda z: math.tanh(z / 2) + 1),
    ("½ (tanh(z/2) + 1)", "halve: the output weights", lambda z: (math.tanh(z / 2) + 1) / 2),
]


def words_of(drawn: Drawn, panel: str) -> str:
    return " ".join(" ".join(word.text.split()) for word in drawn.words if word.within(panel))


def scales(
    drawn: Drawn, panel: str, other: str = ""
) -> tuple[Callable[[float], float], Callable[[float], float]]:
    """The scales of a panel; those of another for an axis that has its numbers only there."""
    return drawn.scale("x", panel), drawn.scale("y", other or panel)


@BOTH
def test_each_step_to_the_sigmoid_shows_its_curve_the_one_before_and_the_goal(phone: bool) -> None:
    drawn = picture("affine steps", phone=phone)
    panels = drawn.parts("axes")
    before: Callable[[float], float] | None = None
    for panel, (formula, caption, function) in zip(panels, STEPS, strict=True):
        across, up = scales(drawn, panel, "" if phone else panels[0])
        lines = {mark: drawn.marked(mark, panel) for mark in ("target", "curve", "before")}
        expected: list[tuple[str, Callable[[Any], Any]]] = [("target", sigmoid), ("curve", function)]
        if before is not None:
            expected.append(("before", before))
        else:
            assert not lines["before"]
        for mark, wanted in expected:
            (line,) = lines[mark]
            gaps = [abs(up(y) - float(wanted(across(x)))) for x, y in line.points]
            assert len(gaps) > 20 and max(gaps) < 0.01
            assert sorted(round(across(x)) for x, _ in line.ends) == [-6, 6]
        assert lines["curve"][0].stroke == PALETTE.positive.lower() and lines["curve"][0].width == 2
        assert lines["target"][0].width == 7 and lines["target"][0].order < lines["curve"][0].order
        assert all(line.dashes and line.width == 1.3 for line in lines["before"])
        written = words_of(drawn, panel)
        assert formula in written and caption in written
        assert [text for text, _ in drawn.ticks("x", panel)] == ["−4", "0", "4"]
        numbers = [text for text, _ in drawn.ticks("y", panel)]
        assert numbers == (["−1", "0", "1", "2"] if phone or panel == panels[0] else [])
        before = function
    assert drawn.texts("legend") == ["σ(z)", "after the step", "before it"]


@BOTH
def test_steepening_shows_the_area_the_distance_at_a_point_and_the_largest(phone: bool) -> None:
    drawn = picture("steepening", phone=phone)
    panels = drawn.parts("axes")
    for panel, slope in zip(panels, (1, 4, 16), strict=True):
        across, up = scales(drawn, panel, "" if phone else panels[0])
        curves = [
            one
            for one in drawn.marked("axes", panel)
            if one.stroke == PALETTE.positive.lower() and len(one.points) > 9
        ]
        assert len(curves) == 2
        for line in curves:
            assert max(abs(up(y) - float(sigmoid(slope * across(x)))) for x, y in line.points) < 0.005
        (at,), (largest,) = drawn.marked("at", panel), drawn.marked("largest", panel)
        ends = sorted((across(x), up(y)) for x, y in at.ends)
        value = float(sigmoid(slope * 0.25))
        assert ends == [pytest.approx((0.25, value), abs=0.005), pytest.approx((0.25, 1), abs=0.005)]
        assert sorted((across(x), up(y)) for x, y in largest.ends) == [
            pytest.approx((0, 0.5), abs=0.005),
            pytest.approx((0, 1), abs=0.005),
        ]
        assert at.stroke == PALETTE.negative.lower() and largest.stroke == PALETTE.accent.lower()
        assert at.width == largest.width == 3.5
        steps = [
            one
            for one in drawn.marked("axes", panel)
            if one.stroke == PALETTE.ink.lower() and one.width == 1.2
        ]
        assert sorted(round(up(one.points[0][1]), 2) for one in steps) == [0, 1]
        areas = [one for one in drawn.marked("axes", panel) if one.fill == PALETTE.blue_tint.lower()]
        assert len(areas) == 2
        written = words_of(drawn, panel)
        error, area = float(sigmoid(-slope * 0.25)), 2 * math.log(2) / slope
        for text in (f"k = {slope}", f"at 0.25: {error:.2g}", f"area: {area:.2g}", "largest: 1/2"):
            assert text in written
    assert sorted(drawn.texts("legend")) == sorted(
        ["σ(k x)", "H(x)", "area between", "distance at 0.25", "largest (supremum)"]
    )


@BOTH
def test_shares_against_the_scale_are_those_of_the_softmax(phone: bool) -> None:
    drawn = picture("temperature", phone=phone)
    panels = drawn.parts("axes")
    vectors = [[1.5, 1, 0.5, -1], [1.5, 1.5, 0.5, -1]]
    for panel, vector, title in zip(panels, vectors, ("unique maximum", "2 equal maxima"), strict=True):
        across, up = scales(drawn, panel)
        curves = [one for one in drawn.marked("axes", panel) if len(one.points) > 9 and not one.fill]
        assert len(curves) == 4
        for number, line in enumerate(curves):
            gaps = [
                abs(up(y) - float(softmax(across(x) * np.array(vector))[number])) for x, y in line.points[::9]
            ]
            assert max(gaps) < 0.01
        styles = {(one.stroke, bool(one.dashes), one.dashes) for one in curves}
        assert len(styles) == 4 and len({one.stroke for one in curves}) == 4
        (thin,) = [one for one in drawn.marked("axes", panel) if one.stroke == "#999999" and one.width == 0.9]
        assert across(thin.points[0][0]) == pytest.approx(1, abs=0.01) and thin.left == pytest.approx(
            thin.right
        )
        names = [f"x{'₁₂₃₄'[k]} = {value:g}".replace("-", "−") for k, value in enumerate(vector)]
        legend = [word.text for word in drawn.words if word.within("legend") and word.within(panel)]
        assert legend == names or {*names} <= set(drawn.texts())
        assert title in words_of(drawn, panel) and "scale c" in words_of(drawn, panel)
        assert max(across(one.right) for one in curves) == pytest.approx(8, abs=0.05)
    assert "shares" in words_of(drawn, panels[0])


@BOTH
def test_a_label_pulls_each_probability_with_an_arrow_and_a_number(phone: bool) -> None:
    drawn = picture("label pull", phone=phone)
    panels, target = drawn.parts("axes"), [0, 1, 0, 0]
    for number, (panel, (title, numbers)) in enumerate(zip(panels, PULLS.items(), strict=True)):
        across = drawn.scale("x", panels[-1] if phone else panel)
        bars = [
            one
            for one in drawn.marked("axes", panel)
            if one.fill in {PALETTE.blue_tint.lower(), PALETTE.green_tint.lower()}
        ]
        assert [across(one.right) for one in bars] == pytest.approx(numbers, abs=1e-3)
        assert [one.fill == PALETTE.green_tint.lower() for one in bars] == [bool(goal) for goal in target]
        assert [one.top for one in bars] == sorted(one.top for one in bars)
        goals = drawn.marked("label", panel)
        assert [across(one.points[0][0]) for one in goals] == pytest.approx(target, abs=1e-3)
        pulls = [word for word in drawn.words if word.within("pull") and word.within(panel)]
        for pull, bar, now, goal, mark in zip(pulls, bars, numbers, target, goals, strict=True):
            difference = goal - now
            text = f"{abs(difference):.2f}".rstrip("0").rstrip(".")
            assert pull.text == ("+" if difference > 0 else "−") + text
            assert pull.centre[1] == pytest.approx(bar.centre[1], abs=2.5)
            assert pull.left > max(one.right for one in goals) and pull.colour == PALETTE.adjoint_text.lower()
            assert mark.width == 2.6 and mark.top < bar.top and mark.bottom > bar.bottom
        heads = [one for one in drawn.marked("axes", panel) if one.fill == PALETTE.negative.lower()]
        assert len(heads) == 4
        for head, now, goal in zip(heads, numbers, target, strict=True):
            tip = head.left if goal < now else head.right
            assert across(tip) == pytest.approx(goal, abs=0.03)
        assert title in words_of(drawn, panel)
        assert [text for text, _ in drawn.ticks("y", panel)] == (
            ["0", "1", "2", "3"] if phone or not number else []
        )
    assert [text for text, _ in drawn.ticks("x", panels[-1])] == ["0", "½", "1"]
    assert "probability; thick line: label; arrow: minus the gradient" in " ".join(drawn.texts())


@BOTH
def test_a_softmax_moves_from_the_centre_to_the_corners_of_its_largest_entries(phone: bool) -> None:
    drawn = picture("simplex", phone=phone)
    left, right = drawn.parts("axes")
    corners = [drawn.word(text, right) for text in ("(1, 0, 0)", "(0, 1, 0)", "(0, 0, 1)")]
    assert corners[0].centre[0] < corners[2].centre[0] < corners[1].centre[0]
    assert corners[2].bottom < min(corners[0].top, corners[1].top)
    for panel in (left, right):
        sectors = [
            one
            for one in drawn.marked("axes", panel)
            if one.fill in {tint.lower() for tint in PALETTE.tints[:3]} and one.closed
        ]
        assert [one.fill for one in sectors] == [tint.lower() for tint in PALETTE.tints[:3]]
        meet = set.intersection(*({(round(x), round(y)) for x, y in one.points} for one in sectors))
        (square,) = [
            one
            for one in drawn.marked("axes", panel)
            if one.fill == PALETTE.ink.lower() and len(one.points) < 6
        ]
        assert len(meet) == 1 and math.dist(meet.pop(), square.centre) < 1.5, "c = 0"
    rays = [one for one in drawn.marked("axes", left) if len(one.points) == 2 and not one.fill]
    starts = [one for one in drawn.marked("axes", left) if one.fill == one.stroke and len(one.points) > 6]
    away = [np.array([math.cos(angle), -math.sin(angle)]) for angle in np.radians([210, 330, 90])]
    lengths = []
    for vector, ray, dot, colour in zip(SCORES, rays, starts, PALETTE.lines, strict=True):
        way = sum(entry * side for entry, side in zip(vector, away, strict=True))
        run, spot = (np.array(end) - ray.points[0] for end in (ray.points[1], dot.centre))
        assert run @ way > 0 and abs(run[0] * way[1] - run[1] * way[0]) < 0.01 * np.linalg.norm(run)
        assert abs(spot[0] * way[1] - spot[1] * way[0]) < 0.5 and spot @ way > 0
        assert ray.stroke == dot.fill == colour.lower()
        lengths.append(float(np.linalg.norm(spot) / np.linalg.norm(way)))
    assert lengths == pytest.approx([lengths[0]] * 4, rel=0.02)
    sectors = [
        one
        for one in drawn.marked("axes", right)
        if one.fill in {tint.lower() for tint in PALETTE.tints[:3]} and one.closed
    ]
    (square,) = [
        one for one in drawn.marked("axes", right) if one.fill == PALETTE.ink.lower() and len(one.points) < 6
    ]
    tips = [np.array(max(one.points, key=lambda spot: math.dist(spot, square.centre))) for one in sectors]
    rings = [
        one
        for one in drawn.marked("axes", right)
        if one.fill == PALETTE.card.lower() and one.stroke and one.right - one.left < 12
    ]
    dots = [
        one
        for one in drawn.marked("axes", right)
        if one.fill == one.stroke and one.right - one.left < 8 and one is not square
    ]
    curves = [one for one in drawn.marked("axes", right) if one.width == 2 and not one.closed]
    assert len(rings) == len(dots) == len(curves) == 4
    for vector, ring, dot, curve, colour in zip(SCORES, rings, dots, curves, PALETTE.lines, strict=True):
        ends = [k for k, entry in enumerate(vector) if entry == max(vector)]
        goal = np.mean([tips[k] for k in ends], axis=0)
        assert math.dist(ring.centre, goal) < 0.6
        middle = softmax(np.array(vector)) @ np.array(tips)
        assert math.dist(dot.centre, middle) < 0.6
        assert dot.fill == ring.stroke == curve.stroke == colour.lower()
        assert math.dist(curve.points[0], square.centre) < 0.6 and math.dist(curve.points[-1], goal) < 0.6
        along = (np.linspace(a, b, 20) for a, b in itertools.pairwise(curve.points))
        assert min(math.dist(spot, middle) for piece in along for spot in piece) < 1.5
    assert len({curve.dashes for curve in curves}) == 4
    key = drawn.texts("legend")
    assert sorted(key) == sorted(
        [
            "x = (2, 1, 0)",
            "x = (0, 2, 1.8)",
            "x = (1, 1, −1), tied",
            "x = (−1, 0.5, 1.5)",
            "c = 0",
            "c = 1",
            "c → ∞ (limit)",
        ]
    )
    for number, digit in enumerate("₁₂₃"):
        word = drawn.word(f"x{digit} largest", left)
        assert (word.centre[1] > drawn.word("x₃ largest", left).centre[1]) == (number < 2)
    assert drawn.word("logits, up to a shift", left).bold and drawn.word("their softmax", right).bold


@BOTH
def test_sheets_have_their_heights_at_their_corners_and_a_fold_where_they_bend(phone: bool) -> None:
    drawn = picture("folds", phone=phone)
    names = [word for word in drawn.words if word.within("name")]
    assert [word.text for word in names] == ["x₁", "min", "max"] and all(word.bold for word in names)
    parts = drawn.marked("part")
    sheets = [parts[k : k + 2] for k in range(0, len(parts), 2)]
    heights = [[-1, 1, 1, -1], [-1, -1, 1, -1], [-1, 1, 1, 1]]
    written = [word for word in drawn.words if word.within("height")]
    for number, (sheet, word, values) in enumerate(zip(sheets, names, heights, strict=True)):
        back, front = sheet
        assert back.fill == PALETTE.green_tint.lower() and front.fill == PALETTE.blue_tint.lower()
        fold = set(back.points) & set(front.points)
        assert len(fold) == 2
        lines = [
            one
            for one in drawn.shapes
            if len(one.points) == 2
            and {(round(x, 2), round(y, 2)) for x, y in one.points}
            == {(round(x, 2), round(y, 2)) for x, y in fold}
        ]
        (line,) = lines
        folded = number > 0
        assert line.stroke == (PALETTE.negative if folded else PALETTE.muted).lower()
        assert line.width == (2.6 if folded else 0.8) and line.order > front.order
        numbers = written[4 * number : 4 * number + 4]
        assert [text.text for text in numbers] == [str(value).replace("-", "−") for value in values]
        corners = [front.points[0], front.points[1], front.points[2], back.points[2]]
        for text, corner in zip(numbers, corners, strict=True):
            assert math.dist(text.centre, corner) < 22
        assert word.top > max(one.bottom for one in sheet)
        assert word.centre[0] == pytest.approx((corners[0][0] + corners[2][0]) / 2, abs=3)
    (sign,) = [one for one in drawn.words if one.within("sign")]
    assert sign.text == "-" and sign.size == 16
    assert sign.right < names[1].left and (phone or names[0].right < sign.left)
    dotted = [one for one in drawn.shapes if one.dashes and one.stroke == PALETTE.muted.lower()]
    assert len(dotted) == 3 * 5
    note = " ".join(drawn.texts())
    assert "x₁ to the right, x₂ to the back; orange: the fold, x₁ = x₂" in note


def test_the_height_of_a_sheet_is_drawn_upwards_and_to_scale() -> None:
    drawn = picture("folds")
    sheets: list[list[Shape]] = [drawn.marked("part")[k : k + 2] for k in (0, 2, 4)]
    first = [sheets[0][1].points[0], sheets[0][1].points[1], sheets[0][1].points[2], sheets[0][0].points[2]]
    third = [sheets[2][1].points[0], sheets[2][1].points[1], sheets[2][1].points[2], sheets[2][0].points[2]]
    rise = [(a[1] - first[0][1]) - (b[1] - third[0][1]) for a, b in zip(first, third, strict=True)]
    assert rise == pytest.approx([0, 0, 0, 30], abs=0.01), "the last corner is two units higher"
    for a, b in itertools.pairwise(sheets[:2]):
        assert a[0].right < b[0].left or a[0].bottom < b[0].top
