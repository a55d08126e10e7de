"""Exercises of an open textbook as a page: each solution folds out, formulas in TeX for the browser."""

from __future__ import annotations

import random

from nnutils import Conv2d, MaxPool2d, Network, conv_output_size
from nnutils.networks import receptive_fields

from ..case import Case
from ..fourth.parts import Desk, Number
from ..notation import TEX
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import said_in_html
from .parts import repeated

__all__: list[str] = []

_Made = tuple[str, list[str]]  # the question and the lines of its solution


def _field(w: Writer, chance: random.Random) -> _Made:
    """The receptive field of a few layers, and the distance of neighbouring ones."""
    desk = Desk(w)
    layers: list[Conv2d | MaxPool2d] = []
    for n in range(1, chance.choice([4, 5])):
        if n in (2, 4):
            layers.append(MaxPool2d(2, stride=2, name=str(n)))
        else:
            layers.append(Conv2d(8, chance.choice([3, 5, 7]), stride=chance.choice([1, 1, 2]), name=str(n)))
    known = receptive_fields(Network((3, 400, 400), layers))
    asked = "; ".join(
        f"{'convolution' if isinstance(one, Conv2d) else 'pooling'} "
        f"\\({one.kernel_size} \\times {one.kernel_size}\\), stride {one.stride}"
        for one in layers
    )
    field: Number = 1
    jump: Number = 1
    lines = [
        r"<p>Start with \(r_0 = 1\) and \(j_0 = 1\) and use \(r_l = r_{l-1} + (k_l - 1)\,j_{l-1}\), "
        r"\(j_l = j_{l-1} s_l\):</p>",
        "<ul>",
    ]
    for n, one in enumerate(layers, 1):
        k, s = one.kernel_size, one.stride
        inside = f"{desk.text(field)} + ({k} - 1) \\cdot {desk.text(jump)}"
        field = desk.state(
            f"{{0}} + ({k} - 1)*{{1}}",
            field,
            jump,
            of=int(known[str(n)].size),
            slips=[("one not subtracted", f"{{0}} + {k}*{{1}}"), ("the step left out", f"{{0}} + {k} - 1")],
        )
        stepped = f"{desk.text(jump)} \\cdot {s}"
        jump = desk.state(f"{{0}}*{s}", jump, slips=[("a sum for a product", f"{{0}} + {s}")])
        lines += [f"<li>layer {n}: \\(r_{n} = {inside} = {field}\\), \\(j_{n} = {stepped} = {jump}\\)</li>"]
    assert isinstance(field, Figure)
    seen = repeated(desk, field)
    return (
        f"How many pixels (along one side) does a unit of the last layer see? The layers are: {asked}.",
        [*lines, "</ul>", f"<p>So it sees {seen} pixels in each direction.</p>"],
    )


def _dilated(w: Writer, chance: random.Random) -> _Made:
    """The size after a dilated convolution, and the padding that keeps the size."""
    desk = Desk(w)
    n, k, d = chance.randrange(33, 120), chance.choice([3, 5, 7]), chance.choice([2, 3, 4])
    p, s = chance.choice([0, 1, 2, 3]), chance.choice([1, 2])
    wide = desk.state(
        f"{d}*({k} - 1) + 1",
        slips=[("one left out", f"{d}*({k} - 1)"), ("one not taken away", f"{d}*{k} + 1")],
    )
    size = conv_output_size(n, k, stride=s, padding=p, dilation=d)
    out = desk.state(
        f"floor(({n} + 2*{p} - {{0}})/{s}) + 1",
        wide,
        of=int(size),
        derivation=size,
        slips=[("the last one left out", f"floor(({n} + 2*{p} - {{0}})/{s})")],
    )
    keeps = desk.state(f"{d}*({k} - 1)/2", slips=[("not halved", f"{d}*({k} - 1)")])
    floor = rf"\left\lfloor \frac{{{n} + 2 \cdot {p} - {desk.text(wide)}}}{{{s}}} \right\rfloor + 1"
    return (
        f"A kernel of {k} pixels with dilation {d} runs over {n} pixels with padding {p} and stride {s}. "
        f"How many "
        "outputs are there? Which padding would keep the size at stride 1?",
        [
            f"<p>The kernel spans \\({d} \\cdot ({k} - 1) + 1 = {wide}\\) pixels.",
            f"Hence \\[ {floor} = {out} \\]",
            f"outputs. To keep the size we need \\(p = \\frac{{{d} \\cdot ({k} - 1)}}{{2}} = {keeps}\\).</p>",
        ],
    )


def _bottleneck(w: Writer, chance: random.Random) -> _Made:
    """The weights of a bottleneck beside those of a plain layer."""
    desk = Desk(w, 1, 0)
    wide, narrow = chance.choice([(256, 64), (512, 128), (192, 48), (128, 32), (320, 64)])
    side = chance.choice([7, 14, 28, 56])
    plain = w.product(3, 3, wide, wide)
    down, middle = w.product(wide, narrow), w.product(3, 3, narrow, narrow)
    up = w.product(narrow, wide)
    whole = w.sum(down, middle, up)
    ratio = desk.state(
        "{0}/{1}", plain, whole, how=w.notation.hand.places(1), slips=[("the other way round", "{1}/{0}")]
    )
    work = w.product(side, side, whole)
    return (
        f"Compare the weights of one \\(3 \\times 3\\) convolution from {wide} to {wide} channels with a "
        f"bottleneck "
        f"of width {narrow} (no biases). How many multiplications does the bottleneck take on a map of "
        f"{side} by "
        f"{side}, with stride 1 and the size kept?",
        [
            f"<p>The plain layer has \\({w.times(3, 3, wide, wide)} = {plain}\\) weights.</p>",
            "<table>",
            f"<tr><td>\\(1 \\times 1\\), "
            f"down</td><td>\\({w.times(wide, narrow)}\\)</td><td>\\({down}\\)</td></tr>",
            f"<tr><td>\\(3 \\times 3\\)</td><td>\\({w.times(3, 3, narrow, narrow)}\\)</td>"
            f"<td>\\({middle}\\)</td></tr>",
            f"<tr><td>\\(1 \\times 1\\), "
            f"up</td><td>\\({w.times(narrow, wide)}\\)</td><td>\\({up}\\)</td></tr>",
            f"<tr><td colspan=2>together</td><td>\\({whole}\\)</td></tr>",
            "</table>",
            f"<p>The bottleneck is smaller by a factor of \\({w.whole(plain)} / {w.whole(whole)} \\approx "
            f"{ratio}\\). "
            f"Every weight is used once at each position, hence \\({w.times(side, side, whole)} = {work}\\) "
            "multiplications.</p>",
        ],
    )


@style("fold-out-solutions")
def fold_out_solutions(chance: random.Random, name: str) -> Case:
    w = Writer(chance, TEX.of(hand=Hand(thousands="{,}", sign=r"\%"), times=r" \cdot "))
    notes = said_in_html(chance, 3)
    chapter = chance.randrange(5, 10)
    lines = [
        "<!DOCTYPE html>",
        f"<html><head><title>Chapter {chapter}: exercises</title>",
        '<script src="https://cdn.jsdelivr.net/npm/mathjax@3/es5/tex-chtml.js"></script></head>',
        "<body>",
        f'<section id="sec-{chapter}-7">',
        f"<h2>{chapter}.7 Exercises</h2>",
        f"<p>{notes[0]}</p>",
    ]
    for n, made in enumerate((_field, _dilated, _bottleneck), 1):
        asked, answer = made(w, chance)
        lines += [
            f"<p><b>{chapter}.7.{n}</b> {asked}</p>",
            f'<details class="solution"><summary>Solution to {chapter}.7.{n}</summary>',
            *answer,
            "</details>",
        ]
    lines += [
        f"<aside>{notes[1]}</aside>",
        "</section>",
        f"<footer>{notes[2]}</footer>",
        "</body></html>",
        "",
    ]
    return w.finished(name, ".html", "\n".join(lines))
