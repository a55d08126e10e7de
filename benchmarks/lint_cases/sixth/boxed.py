"""Somebody who answers in lettered parts, in a notebook's cells of Markdown, each with a boxed result."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction

from ..case import Case
from ..facts import Fact, Facts, facts
from ..fifth.parts import walked
from ..first.notebooks import markdown, stored
from ..fourth.parts import kernel
from ..notation import TEX
from ..numerals import Hand
from ..pen import Slips
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import trifles
from .parts import fields, in_units, window

__all__: list[str] = []

_KIB = 1024


def _boxed(result: str) -> str:
    return rf"$$\boxed{{{result}}}$$"


def _map(w: Writer, layer: Fact) -> list[str]:
    size = layer.size
    assert size is not None
    above = rf"{size.side} - {size.kernel} + 2\cdot {size.padding}"
    inside = size.side - size.kernel + 2 * size.padding
    wrong: Slips = [("padding on one side", inside - size.padding)] if size.padding else []
    room = w.state(
        inside, w.notation.hand.whole, f"{size.side} - {size.kernel} + 2*{size.padding}", slips=wrong
    )
    formula = rf"W' = \left\lfloor \frac{{{above}}}{{{size.stride}}} \right\rfloor + 1"
    formula += rf" = \left\lfloor \frac{{{room}}}{{{size.stride}}} \right\rfloor + 1"
    side: Figure
    if size.stride == 1:
        formula, side = rf"W' = {above} + 1 = {room} + 1", w.size(size, uses=[room])
    else:
        walk = walked(w, size, [room])
        if walk.exact:
            formula += rf" = \lfloor {walk.quotient} \rfloor + 1"
        else:
            formula += rf" \approx \lfloor {walk.quotient} \rfloor + 1"
        side = walk.side
    return [
        rf"With $W = {size.side}$, $F = {size.kernel}$, $S = {size.stride}$ and $P = {size.padding}$,",
        "",
        f"$${formula}$$",
        "",
        _boxed(rf"{side} \times {side.bare} \times {layer.outputs}"),
    ]


def _parameters(w: Writer, layer: Fact) -> tuple[list[str], Figure]:
    k, a, b = kernel(layer), layer.inputs, layer.outputs
    one = w.state(
        window(layer) + 1,
        w.notation.hand.whole,
        f"{k}*{k}*{a} + 1",
        slips=[("no bias", window(layer)), ("a factor left out", k * k + 1)],
    )
    all_ = w.product(b, one, of=layer.counts.parameters)
    return [
        rf"Each filter has $F^2 D + 1 = {k}^2 \cdot {a} + 1 = {one}$ of them, the $1$ being its bias.",
        rf"There are $N = {b}$ filters.",
        "",
        rf"$$N (F^2 D + 1) = {b} \cdot {w.whole(one)}$$",
        "",
        _boxed(rf"{all_} \text{{ parameters}}"),
    ], all_


def _work(w: Writer, layer: Fact) -> tuple[list[str], Figure]:
    k, a, b, n = kernel(layer), layer.inputs, layer.outputs, layer.side
    units = w.product(n, n, b, of=layer.counts.units)
    each = w.product(k, k, a)
    all_ = w.product(units, each, of=layer.counts.multiplications)
    in_short = w.again(all_, w.notation.hand.scientific(2))
    return [
        rf"There are ${n}^2 \cdot {b} = {units}$ output values, and each costs "
        rf"${k}^2 \cdot {a} = {each}$ multiply-adds:",
        "",
        rf"$${w.whole(units)} \cdot {w.whole(each)} = {all_}$$",
        "",
        _boxed(rf"\approx {in_short}"),
    ], units


def _memory(w: Writer, units: Figure) -> list[str]:
    half = w.chance.random() < 0.3
    each = 2 if half else 4
    all_ = w.product(units, each)
    kib = in_units(w, all_, _KIB, w.notation.hand.places(1), 1000)
    kind = "half precision" if half else "single precision"
    return [
        rf"In {kind} ({8 * each} bits) the feature map of part (a) needs "
        rf"${w.whole(units)} \cdot {each} = {all_}$ bytes, and $1\,\text{{KiB}} = 1024$ bytes.",
        "",
        _boxed(rf"{kib}\ \text{{KiB}}"),
    ]


def _field(w: Writer, net: Facts) -> list[str]:
    rows = []
    for layer, before, step, field in fields(w, net):
        old = before.bare if isinstance(before, Figure) else "1"
        rows += [
            rf"* {layer.name}: $r = {old} + ({kernel(layer)} - 1) \cdot {step} = {field}$",
        ]
        last = field
    again = w.again(last, w.notation.hand.whole)
    return ["From the input on, where $r = 1$:", "", *rows, "", _boxed(rf"{again} \times {again.bare}")]


def _dense(w: Writer, net: Facts, before: Figure) -> list[str]:
    layer = net.of_kind("fc")[0]
    a, b = layer.inputs, layer.outputs
    product = w.product(a, b, of=layer.counts.weights)
    all_ = w.sum(product, b, of=layer.counts.parameters)
    ratio = w.state(
        Fraction(int(all_.right), int(before.right)),
        w.notation.hand.places(1),
        f"({all_.work})/({before.work})",
        uses=[all_, before],
        source=Fraction(int(all_.value), int(before.value)),
    )
    return [
        rf"The flattened vector has ${w.whole(a)}$ entries and the layer {w.whole(b)} neurons:",
        "",
        rf"$${w.whole(a)} \cdot {w.whole(b)} + {w.whole(b)} = {product} + {w.whole(b)}$$",
        "",
        _boxed(rf"{all_} \text{{ parameters}}"),
        "",
        rf"This is ${w.whole(all_)} / {w.whole(before)} \approx {ratio}$ times as much "
        "as in part (b).",
    ]


@style("boxed-parts")
def boxed_parts(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=2)
    w = Writer(chance, TEX.of(hand=Hand(thousands="{,}", power=r"{} \cdot 10^{{{}}}"), times=r" \cdot "))
    layer = net.of_kind("conv")[0]
    notes = trifles(chance, 3)
    size, (count, all_), (work, units) = _map(w, layer), _parameters(w, layer), _work(w, layer)
    rest: list[tuple[str, Callable[[], list[str]]]] = [
        ("memory", lambda: _memory(w, units)),
        ("receptive field of the last window", lambda: _field(w, net)),
        ("first fully connected layer", lambda: _dense(w, net, all_)),
    ]
    assert layer.size is not None
    parts = [
        ("size of the feature map", size),
        ("learnable parameters", count),
        ("multiply-adds", work),
        *((title, made()) for title, made in chance.sample(rest, 2)),
    ]
    cells = [
        markdown(
            f"# Homework {chance.randrange(1, 7)}, problem {chance.randrange(1, 5)}",
            "",
            f"{notes[0]} The layer is `{layer.name}`, {layer.outputs} filters on a picture of "
            rf"{net.side} × {net.side} with {net.channels} channels.",
        )
    ]
    cells += [
        markdown(f"**({letter})** *{title}.*", "", *lines)
        for letter, (title, lines) in zip("abcde", parts, strict=True)
    ]
    return stored(w, name, [*cells, markdown(notes[1], "", notes[2])])
