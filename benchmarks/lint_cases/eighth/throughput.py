"""A systems engineer's worksheet as plain text: work, bytes in powers of two, intensity, time."""

from __future__ import annotations

import random
from fractions import Fraction

from nnutils import Conv2d, Linear, Network, count

from ..case import Case
from ..fourth.parts import Desk, Number
from ..notation import TYPED
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import said
from .parts import product_of

__all__: list[str] = []

_UNITS = {"KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}


def _equation(name: str, text: str, unit: str = "") -> str:
    return f"  {name:16}= {text}{' ' + unit if unit else ''}"


def _binary(w: Writer, desk: Desk, figure: Figure) -> tuple[Figure, str]:
    """State bytes in the largest unit of which there is one at least, two places; a slip divides by 1000."""
    right = int(figure.right)
    unit, size = [(unit, size) for unit, size in _UNITS.items() if right >= size or unit == "KiB"][-1]
    decimal = {"KiB": 10**3, "MiB": 10**6, "GiB": 10**9}[unit]
    made = desk.state(
        f"{{0}}/{size}",
        figure,
        how=w.notation.hand.places(2),
        slips=[("powers of ten", f"{{0}}/{decimal}"), ("bits for bytes", f"8*{{0}}/{size}")],
    )
    return made, unit


def _layer(w: Writer, chance: random.Random) -> list[str]:
    """One convolution on a batch: MACs, FLOPs, bytes moved, intensity, and the time that it needs."""
    hand, desk = w.notation.hand, Desk(w, 2, 0)
    side, a, b = chance.choice([14, 28, 56, 112]), chance.choice([32, 64, 128]), chance.choice([64, 128, 256])
    k, batch, wide = chance.choice([1, 3, 5]), chance.choice([8, 16, 32]), chance.choice([2, 4])
    rate = chance.choice([10, 20, 50, 125])
    network = Network((a, side, side), [Conv2d(b, k, padding=k // 2, bias=False, name="conv")])
    counts = count(network)["conv"]
    macs = w.product(side, side, b, a, k, k, of=counts.multiplications)
    flops = product_of(desk, 2, macs)
    every = product_of(desk, batch, flops)
    weights = w.product(b, a, k, k, of=counts.weights)
    weight_bytes = product_of(desk, wide, weights)
    inputs, outputs = w.product(batch, a, side, side), w.product(batch, b, side, side)
    moved = desk.state(
        f"{wide}*({{0}} + {{1}} + {{2}})",
        weights,
        inputs,
        outputs,
        slips=[
            ("a term left out", f"{wide}*({{0}} + {{1}})"),
            ("a term left out", f"{wide}*({{1}} + {{2}})"),
            ("a factor left out", "{0} + {1} + {2}"),
        ],
    )
    small, small_unit = _binary(w, desk, weight_bytes)
    large, large_unit = _binary(w, desk, moved)
    intensity = desk.state(
        "{0}/{1}", every, moved, how=hand.places(1), slips=[("the other way round", "{1}/{0}")]
    )
    milliseconds = desk.state(
        f"1000*{{0}}/{rate * 10**12}",
        every,
        how=hand.places(3),
        slips=[("another power of ten", f"10000*{{0}}/{rate * 10**12}")],
    )
    kind = {2: "fp16", 4: "fp32"}[wide]
    return [
        f"conv: Cin={a} Cout={b} K={k} H=W={side} stride 1, same padding, N={batch}, {kind} ({wide} B per "
        f"element)",
        "",
        _equation("MACs per image", f"{w.times(side, side, b, a, k, k)} = {macs}"),
        _equation("FLOPs per image", f"2*MACs = {flops}"),
        _equation("FLOPs per batch", f"{batch}*{w.whole(flops)} = {every}"),
        _equation("weights", f"{w.times(b, a, k, k)} = {weights} elements"),
        _equation("", f"{weight_bytes} B = {small} {small_unit}"),
        _equation("input", f"{w.times(batch, a, side, side)} = {inputs} elements"),
        _equation("output", f"{w.times(batch, b, side, side)} = {outputs} elements"),
        _equation("bytes moved", f"{wide}*({w.plus(weights, inputs, outputs)})"),
        _equation("", f"{moved} = {large} {large_unit}"),
        _equation("intensity", f"FLOPs per batch / bytes moved = {intensity}", "FLOP/B"),
        _equation(
            "time", f"{w.whole(every)} / ({rate}e12 FLOP/s) = {milliseconds}", "ms (compute bound, at peak)"
        ),
    ]


def _training(w: Writer, chance: random.Random) -> list[str]:
    """What a dense model takes in memory while it is trained, and how long an epoch is."""
    hand, desk = w.notation.hand, Desk(w, 2, 0)
    widths = [
        chance.choice([784, 1024, 2048]),
        *(chance.choice([512, 1000, 2048, 4096]) for _ in range(2)),
        10,
    ]
    layers = [Linear(units, name=f"fc{n}") for n, units in enumerate(widths[1:], 1)]
    counts = count(Network((widths[0],), layers))
    found: list[Figure] = []
    lines = [
        f"mlp: {' -> '.join(map(str, widths))}, biases everywhere, fp32, Adam (weights, gradients, m, v)",
        "",
    ]
    for n, (a, b) in enumerate(zip(widths, widths[1:], strict=False), 1):
        one = desk.state(
            f"{a}*{b} + {b}",
            of=int(counts[f"fc{n}"].parameters),
            derivation=counts[f"fc{n}"].parameters,
            slips=[("no bias", f"{a}*{b}"), ("the other biases", f"{a}*{b} + {a}")],
        )
        lines += [_equation(f"fc{n}", f"{w.times(a, b)} + {w.whole(b)} = {one}")]
        found.append(one)
    total = w.sum(*found, of=counts.total.parameters)
    state = product_of(desk, 16, total)
    large, unit = _binary(w, desk, state)
    images, batch = chance.choice([50000, 60000]), chance.choice([100, 250, 500])
    pause = Fraction(chance.choice([12, 18, 25, 40]))
    steps: Number = desk.state(f"{images}/{batch}", slips=[("one step too many", f"{images}/{batch} + 1")])
    seconds = desk.state(
        "{0}*{1}/1000", steps, pause, how=hand.places(1), slips=[("another power of ten", "{0}*{1}/100")]
    )
    return [
        *lines,
        _equation("params", f"{total}"),
        _equation("training state", f"4*4*{w.whole(total)} = {state} B = {large} {unit}"),
        _equation("steps", f"{hand.whole(images).text}/{batch} = {steps} per epoch"),
        _equation("epoch", f"{desk.text(steps)} * {pause} ms = {seconds} s"),
    ]


@style("systems-worksheet")
def systems_worksheet(chance: random.Random, name: str) -> Case:
    w = Writer(chance, TYPED.of(hand=Hand(thousands=chance.choice(["", ",", "_"])), times="*"))
    notes = said(chance, 3)
    lines = [
        f"# worksheet {chance.randrange(2, 12)}, rev {chance.randrange(2, 30)}, node "
        f"dl{chance.randrange(10, 40)}",
        f"# {notes[0]}",
        "# 1 KiB = 1024 B, 1 MiB = 1024 KiB, 1 GiB = 1024 MiB; one MAC is two FLOPs",
        "",
        "[1]",
        *_layer(w, chance),
        "",
        f"    note: {notes[1]}",
        "",
        "[2]",
        *_training(w, chance),
        "",
        f"    note: {notes[2]}",
        "",
    ]
    return w.finished(name, ".txt", "\n".join(lines))
