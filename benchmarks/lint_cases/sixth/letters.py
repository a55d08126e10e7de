"""Somebody who writes a formula with letters, then the values put in, then the result, each on its line."""

from __future__ import annotations

import random
from fractions import Fraction

from ..case import Case
from ..facts import Fact, facts
from ..fourth.parts import Desk, Number, drawn, kernel
from ..notation import TYPED
from ..numerals import Hand
from ..pen import Slips
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import trifles
from .parts import parameters

__all__: list[str] = []


def _lines(left: str, *rights: str) -> list[str]:
    """Return equations below each other, the signs of equality in one column."""
    first, *others = rights
    return [f"    {left} = {first}", *(f"    {' ' * len(left)} = {one}" for one in others), ""]


def _layer(w: Writer, layer: Fact) -> list[str]:
    size = layer.size
    assert size is not None
    side = w.size(size)
    i, p, k, s, a, b = size.side, size.padding, size.kernel, size.stride, layer.inputs, layer.outputs
    lines = [
        f"{layer.name}: i = {i}, k = {k}, s = {s}, p = {p}"
        + (f", c = {a}, d = {b}" if layer.kind == "conv" else ""),
        "",
        *_lines("o", "floor((i + 2p - k) / s) + 1", f"floor(({i} + 2*{p} - {k}) / {s}) + 1", side),
    ]
    if layer.kind == "conv":
        weights = w.product(k, k, a, b, of=layer.counts.weights)
        both = w.sum(weights, b, of=layer.counts.parameters)
        lines += _lines("P", "k^2 * c * d + d", f"{k}^2 * {a} * {b} + {b}", f"{weights} + {b}", both)
    return lines


def _dense(w: Writer, layer: Fact) -> list[str]:
    a, b = layer.inputs, layer.outputs
    return [
        f"{layer.name}: m = {a}, n = {b}",
        "",
        *_lines("P", "(m + 1) * n", f"({a} + 1) * {b}", parameters(w, layer)),
    ]


def _time(w: Writer, layer: Fact) -> list[str]:
    k, a, b, o = kernel(layer), layer.inputs, layer.outputs, layer.side
    all_ = w.product(k, k, a, b, o, o, of=layer.counts.multiplications)
    rate = w.chance.choice([2, 5, 8, 20])
    wrong: Slips = [("a factor used twice", Fraction(int(all_.right), rate * 10**5))]
    milli = w.state(
        Fraction(int(all_.right), rate * 10**6),
        w.notation.hand.places(2),
        f"{all_.work}/({rate}*10**6)",
        uses=[all_],
        source=Fraction(all_.value) / (rate * 10**6),
        slips=wrong,
    )
    return [
        f"Time for {layer.name} at R = {rate}e9 multiply-adds a second:",
        "",
        *_lines("M", "k^2 * c * d * o^2", f"{k}^2 * {a} * {b} * {o}^2", all_),
        *_lines("t", "M / R", f"{w.whole(all_)} / {rate}e9 s", f"{milli} ms"),
    ]


def _momentum(w: Writer) -> list[str]:
    """Two steps with momentum on given gradients."""
    chance, desk = w.chance, Desk(w, 4, 4)
    rate, keep = chance.choice([Fraction(1, 10), Fraction(1, 100)]), Fraction(9, 10)
    at: Number = drawn(chance, -30, 30)
    speed: Number = 0
    grads = [drawn(chance, -40, 40), drawn(chance, -40, 40)]
    lines = [
        f"Momentum m = {desk.text(keep)}, learning rate h = {desk.text(rate)}, w0 = {desk.text(at)}, v0 = 0, "
        f"gradients g1 = {desk.text(grads[0])} and g2 = {desk.text(grads[1])}:",
        "",
    ]
    for n, slope in enumerate(grads, 1):
        put = f"{desk.text(keep)} * {desk.inner(speed)} + {desk.inner(slope)}"
        speed = desk.state(
            "{0}*{1} + {2}", keep, speed, slope, slips=[("a sign lost", "{0}*{1} - {2}")] * (n > 1)
        )
        lines += _lines(f"v{n}", f"m * v{n - 1} + g{n}", put, speed)
        put = f"{desk.text(at)} - {desk.text(rate)} * {desk.inner(speed)}"
        at = desk.state("{0} - {1}*{2}", at, rate, speed, slips=[("a sign lost", "{0} + {1}*{2}")])
        lines += _lines(f"w{n}", f"w{n - 1} - h * v{n}", put, at)
    return lines


def _error(w: Writer) -> list[str]:
    """The mean squared error of three predictions."""
    chance, desk = w.chance, Desk(w, 4, 4)
    said = [drawn(chance, 1, 40) for _ in range(3)]
    want = [one + drawn(chance, -12, 12) for one in said]
    squares: list[Figure] = []
    lines = [
        f"Predictions y = ({', '.join(map(desk.text, said))}), "
        f"targets t = ({', '.join(map(desk.text, want))}):",
        "",
    ]
    for n, (y, t) in enumerate(zip(said, want, strict=True), 1):
        put = f"({desk.text(y)} - {desk.inner(t)})^2"
        squares += [desk.state("({0} - {1})**2", y, t, slips=[("not squared", "{0} - {1}")])]
        lines += _lines(f"e{n}", f"(y{n} - t{n})^2", put, squares[-1])
    put = f"({' + '.join(map(desk.text, squares))}) / 3"
    mean = desk.state("({0} + {1} + {2})/3", *squares, slips=[("not divided", "{0} + {1} + {2}")])
    return [*lines, *_lines("E", "(e1 + e2 + e3) / 3", put, mean)]


@style("letters-then-values")
def letters_then_values(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=1, large=chance.random() < 0.6)
    w = Writer(chance, TYPED.of(hand=Hand(thousands="")))
    notes = trifles(chance, 2)
    conv, dense = net.of_kind("conv")[0], net.of_kind("fc")[0]
    lines = [f"SOLUTIONS {chance.randrange(1, 12)}", notes[0], ""]
    lines += _layer(w, conv)
    kinds = chance.sample(["time", "momentum", "error"], 2)
    if "time" in kinds and (pools := net.of_kind("pool")):
        lines += _layer(w, pools[0])
    lines += _dense(w, dense)
    for kind in kinds:
        lines += _time(w, conv) if kind == "time" else _momentum(w) if kind == "momentum" else _error(w)
    return w.finished(name, ".txt", "\n".join([*lines, notes[1], ""]))
