"""The key of an online test as comma-separated values, kept as .txt: question, working, answer, points."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from fractions import Fraction

from ..case import Case
from ..facts import size_question
from ..notation import TYPED
from ..numerals import Hand
from ..styles import style
from ..traces import derivative, formula, slope
from ..writing import Writer
from .around import jottings
from .parts import Desk, drawn

__all__: list[str] = []

_Row = tuple[str, str, str]
"""Question, working, answer."""


def _size(w: Writer, desk: Desk) -> list[_Row]:
    size, filters = size_question(w.chance), w.chance.choice([8, 16, 32, 64])
    side = w.size(size)
    many = w.product(filters, side, side)
    asked = (
        f"Output side of a {size.kernel}x{size.kernel} convolution with stride {size.stride} and padding "
        f"{size.padding} on a {size.side}x{size.side} picture (floor)?"
    )
    return [
        (asked, f"({size.side} - {size.kernel} + 2*{size.padding})/{size.stride} + 1", side),
        (f"How many values are in the {filters} maps of that size?", w.times(filters, side, side), many),
    ]


def _parameters(w: Writer, desk: Desk) -> list[_Row]:
    a, b, k = w.chance.choice([3, 16, 64]), w.chance.choice([32, 96, 128]), w.chance.choice([3, 5, 7])
    weights = w.product(b, a, k, k)
    both = w.sum(weights, b)
    return [
        (
            f"Weights of a {k}x{k} convolution from {a} to {b} channels, without biases?",
            w.times(b, a, k, k),
            weights,
        ),
        ("The same with a bias for each output channel?", w.plus(weights, b), both),
    ]


def _dense(w: Writer, desk: Desk) -> list[_Row]:
    a, h, b = (
        w.chance.choice([196, 784, 3072]),
        w.chance.choice([50, 100, 300]),
        w.chance.choice([2, 10, 100]),
    )
    whole = w.notation.hand.whole
    both = w.state((a + 1) * h + (h + 1) * b, whole, f"({a} + 1)*{h} + ({h} + 1)*{b}")
    stored = w.product(both, 4)
    return [
        (
            f"Parameters of a perceptron with {a} inputs, {h} hidden and {b} output units, biases included?",
            f"({a} + 1)*{h} + ({h} + 1)*{b}",
            both,
        ),
        ("Bytes for them as float32?", f"4*{w.whole(both)}", stored),
    ]


def _unit(w: Writer, desk: Desk) -> list[_Row]:
    weight, x, b = drawn(w.chance, -15, 15), w.chance.choice([-2, 2, 3]), drawn(w.chance, -9, 9)
    z = desk.state("{0}*{1} + {2}", weight, x, b, slips=[("a sign lost", "{0}*{1} - {2}")])
    a = desk.state("1/(1 + exp(-{0}))", z, slips=[("a sign lost", "1/(1 + exp({0}))")])
    asked = f"w = {desk.text(weight)}, x = {desk.text(x)}, b = {desk.text(b)}: what is z = w*x + b?"
    return [
        (asked, f"{desk.text(weight)}*{desk.inner(x)} + {desk.inner(b)}", z),
        ("And its logistic function (3 decimals)?", f"1/(1 + exp(-{desk.inner(z)}))", a),
    ]


def _share(w: Writer, desk: Desk) -> list[_Row]:
    p = Fraction(w.chance.randrange(5, 96), 100)
    loss = desk.state("-log({0})", p, slips=[("a sign lost", "log({0})")])
    n = w.chance.choice([3, 5, 6, 8, 20])
    even = desk.state("log({0})", n)
    return [
        (
            f"Cross-entropy when the true class gets probability {desk.text(p)} (3 decimals)?",
            f"-ln({desk.text(p)})",
            loss,
        ),
        (f"And for equal probabilities of {n} classes?", f"ln({n})", even),
    ]


def _slope(w: Writer, desk: Desk) -> list[_Row]:
    plain, at = formula(w.chance, plain=True), w.chance.choice([2, 3, 4, 5])
    found = derivative(w, plain)
    return [
        (f"Derivative of f(x) = {plain.text(w.notation)}?", "", f"f'(x) = {found}"),
        (f"Its value at x = {at}?", f"f'({at})", slope(w, plain, at, [found])),
    ]


def _step(w: Writer, desk: Desk) -> list[_Row]:
    weight, g = drawn(w.chance, -20, 20), w.chance.choice([-4, -3, -2, 2, 3, 4])
    rate = w.chance.choice([Fraction(1, 10), Fraction(1, 100), Fraction(1, 5)])
    new = desk.state("{0} - {1}*{2}", weight, rate, g, slips=[("a sign lost", "{0} + {1}*{2}")])
    asked = f"One SGD step from w = {desk.text(weight)} with gradient {desk.text(g)}"
    asked += f" and learning rate {desk.text(rate)}?"
    return [(asked, f"{desk.text(weight)} - {desk.text(rate)}*{desk.inner(g)}", new)]


def _steps(w: Writer, desk: Desk) -> list[_Row]:
    batch, steps, epochs = (
        w.chance.choice([32, 50, 100]),
        w.chance.randrange(100, 900),
        w.chance.choice([5, 20, 30]),
    )
    total = w.product(steps, epochs)
    asked = f"{batch * steps} pictures, batch size {batch}, {epochs} epochs: how many updates?"
    return [(asked, f"{w.whole(steps)}*{epochs}", total)]


@style("csv-key")
def csv_key(chance: random.Random, name: str) -> Case:
    mark, decimal = chance.choice([(",", "."), (",", "."), (";", ","), (";", ".")])
    w = Writer(chance, TYPED.of(hand=Hand(thousands="", decimal=decimal, sign="%"), times="*"))
    desk, remarks = Desk(w), jottings(chance, 3)
    asked: list[Callable[[Writer, Desk], list[_Row]]]
    asked = [_size, _parameters, _dense, _unit, _share, _slope, _step, _steps]
    file = io.StringIO()
    table = csv.writer(file, delimiter=mark, lineterminator="\n")
    table.writerow(["no", "question", "working", "answer", "points", "comment"])
    silent = chance.random() < 0.3
    for n, one in enumerate(chance.sample(asked, 8), 1):
        for letter, (question, working, answer) in zip("ab", one(w, desk), strict=False):
            comment = remarks[n // 2 - 1] if n in (2, 4, 6) and letter == "a" else ""
            shown = "" if silent and letter == "a" else working
            table.writerow([f"{n}{letter}", question, shown, answer, chance.choice([1, 2, 3]), comment])
    return w.finished(name, ".txt", file.getvalue())
