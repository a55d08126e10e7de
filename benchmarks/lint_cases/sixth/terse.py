"""Somebody who works in the margin: the result first, the working behind it, and hardly a word."""

from __future__ import annotations

import random
from fractions import Fraction

from ..case import Case
from ..facts import Fact, Facts, facts
from ..fifth.parts import gathered
from ..fourth.parts import Desk, Number, drawn, kernel, layer_side
from ..notation import TYPED
from ..numerals import Hand
from ..second.parts import powers
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import trifles
from .parts import parameters

__all__: list[str] = []

_WIDE = 10


def _line(tag: str, result: Figure, work: str) -> str:
    return f"{tag:<7}{' ' * (_WIDE - len(result.bare))}{result} = {work}"


def _layer(w: Writer, layer: Fact, before: Figure | None) -> tuple[list[str], Figure]:
    size, k = layer.size, kernel(layer)
    assert size is not None
    side = layer_side(w, layer, before)
    padding = f"+{2 * size.padding}" if size.padding else ""
    above = f"{size.side}{padding}-{size.kernel}"
    inside = f"{above}+1" if size.stride == 1 else f"({above})/{size.stride} + 1"
    if size.left_over:
        inside = f"[({above})/{size.stride}] + 1"
    lines = [_line(layer.name, side, inside)]
    if layer.kind == "conv":
        a, b, n = layer.inputs, layer.outputs, layer.side
        all_ = parameters(w, layer)
        units = w.product(n, n, b, of=layer.counts.units)
        work = w.product(units, k, k, a, of=layer.counts.multiplications)
        lines += [
            _line("  par", all_, f"{b}*({k}^2*{a}+1)"),
            _line("  out", units, f"{n}^2*{b}"),
            _line("  mac", work, f"{w.whole(units)}*{k}^2*{a}"),
        ]
        if int(work.right) > 2 * 10**6:
            lines[-1] += f"   ~ {w.again(work, w.notation.hand.words(0, 'M'))}"
    return lines, side


def _counts(w: Writer, net: Facts) -> list[str]:
    parts: list[Figure] = []
    lines: list[str] = []
    for layer in net.of_kind("fc"):
        all_ = parameters(w, layer)
        parts.append(all_)
        lines += [_line(layer.name, all_, f"{layer.inputs}*{layer.outputs} + {layer.outputs}")]
    if len(parts) > 1:
        total = gathered(w, parts)
        lines += [_line("  both", total, w.plus(*parts))]
    return lines


def _softmax(w: Writer) -> list[str]:
    logits = w.chance.sample([-2, -1, 0, 1, 2], 3)
    found = powers(w, logits, 2)
    lines = [f"softmax   z = {', '.join(map(str, logits))}"]
    for z, power in zip(logits, found.exps, strict=True):
        lines += [_line("", power, f"e^{z}")]
    lines += [_line("  sum", found.total, " + ".join(one.bare for one in found.exps))]
    for n, (power, share) in enumerate(zip(found.exps, found.shares, strict=True), 1):
        lines += [_line(f"  p{n}", share, f"{power.bare}/{found.total.bare}")]
    return lines


def _rms(w: Writer) -> list[str]:
    """Two steps of RMSProp."""
    desk, chance = Desk(w, 3, 4), w.chance
    at: Number = drawn(chance, -20, 30)
    mean: Number = 0
    rate = Fraction(1, 10)
    grads = [drawn(chance, -8, 8, 2), drawn(chance, -8, 8, 2)]
    lines = [
        f"RMSProp   rho .9, lr .1, w = {desk.text(at)}, s = 0, g = {' then '.join(map(desk.text, grads))}"
    ]
    for n, slope in enumerate(grads, 1):
        put = f"0.9*{desk.text(mean)} + 0.1*{desk.inner(slope)}^2"
        mean = desk.state("9/10*{0} + {1}**2/10", mean, slope, slips=[("not squared", "9/10*{0} + {1}/10")])
        lines += [_line(f"  s{n}", mean, put)]
        root = desk.state("sqrt({0})", mean)
        lines += [_line("", root, f"sqrt({desk.text(mean)})")]
        put = f"{desk.text(at)} - 0.1*{desk.inner(slope)}/{desk.text(root)}"
        at = desk.state(
            "{0} - {1}*{2}/{3}", at, rate, slope, root, slips=[("a sign lost", "{0} + {1}*{2}/{3}")]
        )
        lines += [_line(f"  w{n}", at, put)]
    return lines


@style("terse-working")
def terse_working(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=2, large=chance.random() < 0.5)
    w = Writer(chance, TYPED.of(hand=Hand(thousands=""), times="*"))
    notes = trifles(chance, 2)
    lines = [
        f"{chance.randrange(2, 9)}{chance.choice('abc')})  {net.channels} x {net.side} x {net.side}",
        f"     {notes[0]}",
        "",
    ]
    before: Figure | None = None
    for layer in net.of_kind("conv", "pool"):
        more, before = _layer(w, layer, before)
        lines += more
    lines += [*_counts(w, net), ""]
    for made in chance.sample([_softmax, _rms], 1):
        lines += [*made(w), ""]
    return w.finished(name, ".txt", "\n".join([*lines, f"({notes[1]})", ""]))
