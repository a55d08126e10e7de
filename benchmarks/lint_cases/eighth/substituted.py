"""Answers to a question bank as plain text: given, formula, the values substituted, and hence the answer."""

from __future__ import annotations

import random
from fractions import Fraction

from ..case import Case
from ..facts import Facts, facts
from ..fourth.parts import Desk, Number, drawn, kernel
from ..notation import TYPED
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import said
from .parts import repeated, side_of, size_of

__all__: list[str] = []


def _sizes(w: Writer, net: Facts) -> list[str]:
    """The first two windows of a network, the formula for each written out again."""
    desk = Desk(w)
    lines = [
        f"Input image is {net.side} x {net.side} x {net.channels}. Find the output size after each of the "
        f"first "
        "layers and the number of parameters of the convolution layers.",
        "",
        "Ans. Formula used:",
        "     O = ((W - F + 2P) / S) + 1        (take the integer part of the division)",
        "     No. of parameters = (F x F x D + 1) x K",
        "",
    ]
    before: Number = net.side
    for n, one in enumerate(net.of_kind("conv", "pool")[:3], 1):
        size, k = size_of(one), kernel(one)
        shown = desk.text(before)
        side = side_of(desk, one, before)
        what = f"Convolution, K = {one.outputs} filters," if one.kind == "conv" else "Max pooling,"
        lines += [
            f"     Layer {n}: {what} F = {k}, S = {size.stride}, P = {size.padding}",
            f"     Given W = {shown}. Substituting the values,",
            f"     O = (({shown} - {k} + 2 x {size.padding}) / {size.stride}) + 1",
            f"       = {side}",
            f"     Hence the output volume is {repeated(desk, side)} x {w.whole(side)} x {one.outputs}.",
        ]
        if one.kind == "conv":
            each = desk.state(
                f"{k}*{k}*{one.inputs} + 1",
                slips=[("no bias", f"{k}*{k}*{one.inputs}"), ("a factor left out", f"{k}*{one.inputs} + 1")],
            )
            number = desk.state(
                f"{{0}}*{one.outputs}", each, of=int(one.counts.parameters), derivation=one.counts.parameters
            )
            lines += [
                f"     No. of parameters = ({k} x {k} x {one.inputs} + 1) x {one.outputs} = "
                f"{each} x {one.outputs} = {number}"
            ]
        lines += [""]
        before = side
    return lines


def _correlation(w: Writer, chance: random.Random) -> list[str]:
    """A small filter over a small picture, position by position, and the maximum of what comes out."""
    desk = Desk(w)
    picture = [[chance.randrange(0, 8) for _ in range(3)] for _ in range(3)]
    window = [chance.choice([-1, 0, 1, 2]), chance.choice([-2, 1, 3]), chance.choice([-1, 1, 2]), 1]
    lines = [
        "Find the feature map (stride 1, no padding) of",
        "",
        *("            " + "  ".join(map(str, row)) for row in picture),
        "     with the filter",
        f"            {window[0]:2}  {window[1]:2}",
        f"            {window[2]:2}  {window[3]:2}",
        "",
        "Ans. Place the filter at each position, multiply and add:",
    ]
    found = list[Figure]()
    for row, column in ((0, 0), (0, 1), (1, 0), (1, 1)):
        seen = [picture[row + n // 2][column + n % 2] for n in range(4)]
        terms = [f"{a}*({b})" for a, b in zip(seen, window, strict=True)]
        wrong = [
            ("a term left out", " + ".join(terms[:3])),
            ("a sign lost", f"{terms[0]} - {' - '.join(terms[1:])}"),
        ]
        one = desk.state(" + ".join(terms), slips=wrong)
        shown = " + ".join(f"({a} x {desk.inner(b)})" for a, b in zip(seen, window, strict=True))
        lines += [f"     Position ({row + 1},{column + 1}):  {shown}  =  {one}"]
        found.append(one)
    total = w.sum(*found)
    mean = desk.state("{0}/4", total, slips=[("a wrong number of terms", "{0}/2")])
    added = " + ".join(desk.text(one) if n == 0 else desk.inner(one) for n, one in enumerate(found))
    return [
        *lines,
        f"     The sum of the four values is {added} = {total}",
        f"     Therefore average pooling gives {desk.text(total)} / 4 = {mean}",
        "",
    ]


def _perceptron(w: Writer, chance: random.Random) -> list[str]:
    """The delta rule for one example."""
    desk = Desk(w, 3, 4)
    x = [drawn(chance, -4, 4, 2) for _ in range(2)]
    weights = [drawn(chance, -9, 9) for _ in range(2)]
    bias, rate = drawn(chance, -5, 5), Fraction(chance.choice([1, 2, 5]), 10)
    target = chance.choice([0, 1])
    net = desk.state(
        "{0}*{1} + {2}*{3} + {4}",
        weights[0],
        x[0],
        weights[1],
        x[1],
        bias,
        slips=[("a term left out", "{0}*{1} + {2}*{3}"), ("a sign lost", "{0}*{1} - {2}*{3} + {4}")],
    )
    out = desk.state("1/(1 + exp(-({0})))", net, slips=[("a sign lost", "1/(1 + exp({0}))")])
    error = desk.state(f"{target} - {{0}}", out, slips=[("a sign lost", f"{{0}} - {target}")])
    delta = desk.state(
        "{0}*{1}*(1 - {1})",
        error,
        out,
        slips=[("a factor left out", "{0}*{1}"), ("the error left out", "{1}*(1 - {1})")],
    )
    o, e = desk.text(out), desk.inner(error)
    lines = [
        f"A neuron has w1 = {desk.text(weights[0])}, w2 = {desk.text(weights[1])}, b = {desk.text(bias)} "
        f"and a "
        f"sigmoid. For x1 = {desk.text(x[0])}, x2 = {desk.text(x[1])}, target t = {target} and learning rate "
        f"{desk.text(rate)} update the weights once.",
        "",
        f"Ans. net = w1x1 + w2x2 + b = ({desk.text(weights[0])})({desk.text(x[0])}) + "
        f"({desk.text(weights[1])})({desk.text(x[1])}) + ({desk.text(bias)}) = {net}",
        f"     o = 1 / (1 + e^-net) = {out}",
        f"     error = t - o = {target} - {o} = {error}",
        f"     delta = error x o x (1 - o) = {e} x {o} x (1 - {o}) = {delta}",
    ]
    for n, (weight, part) in enumerate(zip(weights, x, strict=True), 1):
        new = desk.state(
            "{0} + {1}*{2}*{3}",
            weight,
            rate,
            delta,
            part,
            slips=[("a sign lost", "{0} - {1}*{2}*{3}"), ("a factor left out", "{0} + {2}*{3}")],
        )
        lines += [
            f"     w{n}(new) = {desk.text(weight)} + {desk.text(rate)} x {desk.inner(delta)} x "
            f"{desk.inner(part)} "
            f"= {new}"
        ]
    return [*lines, ""]


@style("given-formula-hence")
def given_formula_hence(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=2, large=chance.random() < 0.7)
    w = Writer(chance, TYPED.of(hand=Hand(thousands=chance.choice(["", ","])), times=" x "))
    notes = said(chance, 3)
    parts = [_sizes(w, net), _correlation(w, chance), _perceptron(w, chance)]
    lines = [
        f"DEEP LEARNING (1{chance.randrange(7, 9)}CS7{chance.randrange(1, 6)})      MODULE "
        f"{chance.randrange(2, 5)}",
        f"QUESTION BANK WITH ANSWERS      Academic year 20{chance.randrange(17, 24)}",
        "=" * 60,
        notes[0],
        "",
    ]
    for n, made in enumerate(parts, 1):
        lines += [f"Q{n}. [{chance.choice([5, 8, 10])} marks] {made[0]}", *made[1:]]
    lines += [f"Note: {notes[1]}", notes[2], ""]
    return w.finished(name, ".txt", "\n".join(lines))
