"""A careful beginner, plain text: each multiplication on a line of its own, each number looked up above."""

from __future__ import annotations

import random
from fractions import Fraction

from nnutils import Network

from ..case import Case
from ..facts import Fact, facts
from ..fourth.parts import Desk, kernel
from ..notation import TYPED
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import sidelines

__all__: list[str] = []


def _running(w: Writer, factors: list[int]) -> tuple[list[str], Figure]:
    """Lines that multiply one factor after the other."""
    lines, so_far = [], w.product(*factors[:2])
    lines += [f"  {w.times(*factors[:2])} = {so_far}"]
    for one in factors[2:]:
        made = w.product(so_far, one)
        lines += [f"  {w.times(so_far, one)} = {made}"]
        so_far = made
    return lines, so_far


def _size(w: Writer, one: Fact) -> list[str]:
    """The output size, operation by operation."""
    size = one.size
    assert size is not None
    n, k, s, p = size.side, size.kernel, size.stride, size.padding
    desk, lines = Desk(w, 2, 2), [f"How wide is the output?  n = {n}, k = {k}, s = {s}, p = {p}"]
    room: int | Figure = n
    if p:
        room = w.sum(n, p, p)
        lines += [f"  {w.plus(n, p, p)} = {room}      (padding left and right)"]
    left = desk.state(f"{{0}} - {k}", room, slips=[("a sign lost", f"{{0}} + {k}")])
    lines += [f"  {desk.text(room)} - {k} = {left}"]
    if s == 1:
        quotient = left
    else:
        quotient = desk.state(f"{{0}}/{s}", left)
        lines += [f"  {desk.text(left)} : {s} = {quotient}"]
    down = quotient.right != int(quotient.right)
    value = Fraction(quotient.value)
    source = value.numerator // value.denominator + 1
    side = w.state(int(size.output), w.notation.hand.whole, size.work, uses=[quotient], source=source)
    shown = value.numerator // value.denominator
    lines += [f"  round down: {shown}"] * down + [f"  {shown} + 1 = {side}"]
    again = w.again(side, w.notation.hand.whole)
    return [
        *lines,
        f"So the output is {again} x {again.bare}, and there are {one.outputs} of them.",
        "",
    ]


def _parameters(w: Writer, one: Fact) -> list[str]:
    """The parameters, factor by factor."""
    k = kernel(one)
    lines, weights = _running(w, [k, k, one.inputs, one.outputs])
    assert weights.off or weights.right == int(one.counts.weights)
    both = w.sum(weights, one.outputs, of=one.counts.parameters)
    return [
        f"How many parameters?  {one.outputs} kernels of {k} x {k} x {one.inputs} and {one.outputs} biases",
        *lines,
        f"  {w.plus(weights, one.outputs)} = {both}      (one bias for each kernel)",
        f"So the layer has {w.again(both, w.notation.hand.whole)} parameters.",
        "",
    ]


def _window(w: Writer, chance: random.Random) -> list[str]:
    """One number of a convolution: nine products and their sum."""
    patch = [chance.randrange(0, 10) for _ in range(9)]
    filter_ = chance.choice(
        [[1, 0, -1, 2, 0, -2, 1, 0, -1], [0, -1, 0, -1, 5, -1, 0, -1, 0], [2, 1, 3, 1, 4, 1, 3, 1, 2]]
    )
    desk = Desk(w)
    lines = ["One pixel of a 3 x 3 convolution, piece of the image and kernel, row by row:"]
    for n in (0, 3, 6):
        lines += [
            "  " + " ".join(map(str, patch[n : n + 3])) + "   |  " + " ".join(map(str, filter_[n : n + 3]))
        ]
    products = []
    for a, b in zip(patch, filter_, strict=True):
        if b:
            made = desk.state("{0}*{1}", a, b, slips=[("a sum for a product", "{0} + {1}")])
            products.append(made)
            lines += [f"  {a} x {desk.inner(b)} = {made}"]
    formula = " + ".join(f"{{{n}}}" for n in range(len(products)))
    total = desk.state(formula, *products, slips=[("a term left out", formula.replace("{1}", "0*{1}"))])
    return [
        *lines,
        f"  {' + '.join(desk.inner(one) for one in products)} = {total}",
        "(Where the kernel has a 0 I left the product out.)",
        "",
    ]


def _network(w: Writer, chance: random.Random) -> list[str]:
    """Two inputs, two hidden units with ReLU, one output."""
    desk = Desk(w, 3, 4)
    x = [chance.choice([1, 2, 3]), chance.choice([-2, 1, 4])]
    lines = [f"A small network.  x1 = {x[0]}, x2 = {x[1]}, ReLU in the hidden layer"]
    hidden = []
    for n in (1, 2):
        weights = [Fraction(chance.choice([-15, -10, -5, 5, 10, 20, 25]), 10) for _ in x]
        bias = chance.choice([-1, 1, 2])
        first, second = (
            desk.state("{0}*{1}", a, b, slips=[("a sign lost", "0 - {0}*{1}")])
            for a, b in zip(weights, x, strict=True)
        )
        z = desk.state(f"{{0}} + {{1}} + {bias}", first, second, slips=[("the bias forgotten", "{0} + {1}")])
        put = [
            f"{desk.inner(a)} x {desk.inner(b)} = {made}"
            for a, b, made in zip(weights, x, (first, second), strict=True)
        ]
        lines += [
            f"hidden unit {n}: w = {desk.text(weights[0])} and {desk.text(weights[1])}, b = {bias}",
            *(f"  {one}" for one in put),
            f"  {desk.text(first)} + {desk.inner(second)} + {desk.inner(bias)} = {z}",
        ]
        above = Fraction(z.right) > 0
        h = w.state(
            max(Fraction(z.right), Fraction(0)),
            desk.how(Fraction(z.right)) if above else w.notation.hand.whole,
            z.work if above else f"0*({z.work})",
            uses=[z],
            source=max(Fraction(z.value), Fraction(0)),
            slips=[("ReLU forgotten", Fraction(z.right))] if not above else [("zero for what is kept", 0)],
            roundable=False,
        )
        hidden.append(h)
        lines += [f"  ReLU({desk.text(z)}) = {h}"]
    u, v, c = chance.choice([2, 3, -1]), chance.choice([-2, 4, 1]), chance.choice([-3, 5])
    first, second = (
        desk.state("{0}*{1}", a, h, slips=[("a sum for a product", "{0} + {1}")])
        for a, h in zip((u, v), hidden, strict=True)
    )
    y = desk.state(f"{{0}} + {{1}} + {c}", first, second, slips=[("the bias forgotten", "{0} + {1}")])
    return [
        *lines,
        f"output: w = {u} and {v}, b = {c}",
        f"  {desk.inner(u)} x {desk.text(hidden[0])} = {first}",
        f"  {desk.inner(v)} x {desk.text(hidden[1])} = {second}",
        f"  {desk.text(first)} + {desk.inner(second)} + {desk.inner(c)} = {y}",
        "",
    ]


@style("every-multiplication")
def every_multiplication(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=1, large=chance.random() < 0.5)
    given: Network | None = net.network if chance.random() < 0.2 else None
    w = Writer(chance, TYPED.of(hand=Hand(thousands="", minus="-"), times=" x "), given)
    one = net.of_kind("conv")[0]
    notes = sidelines(chance, 2)
    lines = [
        f"My solution to sheet {chance.randrange(1, 12)} (I write everything down so that I find my "
        f"mistakes)",
        notes[0],
        "",
        f"The image is {net.side} x {net.side} with {net.channels} channels.",
        "",
        *_size(w, one),
        *_parameters(w, one),
        *chance.choice([_window, _network])(w, chance),
        notes[1],
        "",
    ]
    return w.finished(name, ".txt", "\n".join(lines))
