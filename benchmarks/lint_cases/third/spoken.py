"""What a lecturer said at the blackboard, typed up afterwards: arithmetic in words."""

from __future__ import annotations

import math
import random
from fractions import Fraction

from ..case import Case
from ..facts import Fact, facts
from ..notation import TYPED
from ..numerals import Hand
from ..second.parts import shortly
from ..sheet import Figure
from ..styles import style
from ..writing import Size, Writer
from .around import said

__all__: list[str] = []


class _Clock:
    """The time that stands before each paragraph."""

    def __init__(self, chance: random.Random) -> None:
        self._chance, self._now = chance, chance.randrange(60, 400)

    def paragraph(self, *sentences: str) -> list[str]:
        """Return a paragraph with its time, filled to lines of some 90 characters by the sentence."""
        self._now += self._chance.randrange(40, 200)
        return [f"[{self._now // 60:02d}:{self._now % 60:02d}]", *sentences, ""]


def _along(w: Writer, size: Size) -> tuple[list[str], Figure]:
    """Return how many places a kernel has, said step by step."""
    whole = w.notation.hand.whole
    have = size.side
    text = f"The picture has {size.side} pixels along each side"
    first: Figure | int = have
    if size.padding:
        padded = w.state(have + 2 * size.padding, whole, f"{have} + 2*{size.padding}")
        text += f", plus {size.padding} on the left and {size.padding} on the right is {padded}"
        first, have = padded, have + 2 * size.padding
    rest = w.state(
        have - size.kernel, whole, f"{have} - {size.kernel}", uses=[first], source=_less(first, size.kernel)
    )
    lines = [text + ".", f"The kernel has {size.kernel}, and {w.whole(first)} minus {size.kernel} is {rest}."]
    steps = rest
    if size.stride > 1:
        exact = Fraction(have - size.kernel, size.stride)
        carried = Fraction(rest.value) / size.stride
        work = f"({have} - {size.kernel})/{size.stride}"
        even = (exact * 100).denominator == 1
        how = shortly(w.notation.hand, exact) if even else w.notation.hand.places(2)
        steps = w.state(exact, how, work, uses=[rest], source=carried, roundable=not even)
        lines.append(f"We go in steps of {size.stride}: {w.whole(rest)} divided by {size.stride} is {steps}")
        if exact.denominator != 1:
            floor = int(size.output) - 1
            kept = w.state(floor, whole, f"floor({work})", uses=[steps], source=math.floor(carried))
            lines[-1] += f", and we only keep the whole steps, that's {kept}"
            steps = kept
        lines[-1] += "."
    else:
        lines.append("We go one pixel at a time.")
    out = w.state(
        int(size.output), whole, size.work, derivation=size.output, uses=[steps], source=steps.value + 1
    )
    return [*lines, f"Plus 1 for the place where we start makes {out}."], out


def _less(first: Figure | int, kernel: int) -> Fraction:
    return Fraction(first.value if isinstance(first, Figure) else first) - kernel


def _convolution(w: Writer, layer: Fact, clock: _Clock, remark: str) -> tuple[list[str], Figure]:
    size, hand = layer.size, w.notation.hand
    assert size is not None
    k, a, b = size.kernel, layer.inputs, layer.outputs
    walked, out = _along(w, size)
    lines = clock.paragraph(f"So, the layer {layer.name}.", *walked, remark)
    units = w.state(
        int(layer.counts.units),
        hand.whole,
        f"{b}*({size.work})**2",
        derivation=layer.counts.units,
        uses=[out],
        source=b * out.value**2,
    )
    reads = w.product(k, k, a)
    lines += clock.paragraph(
        f"There are {b} kernels, and {b} times {w.whole(out)} times {w.whole(out)} is {units} units.",
        f"Each of them looks at {k} by {k} pixels in {a} channels, and {k} times {k} times {a} is {reads}.",
    )
    connections = w.product(units, reads, of=layer.counts.connections)
    weights = w.product(b, reads, of=layer.counts.weights)
    both = w.sum(weights, b, of=layer.counts.parameters)
    line = f"So we have {w.whole(units)} times {w.whole(reads)} connections, which is {connections}"
    if connections.right > 10**6:
        rough = w.again(connections, hand.words(_places_of(connections)), about=True)
        line += f", call it {rough}"
    lines += clock.paragraph(
        line + ".",
        f"The weights are shared, so there are only {b} times {w.whole(reads)}, that's {weights}, of them,",
        f"and with one bias for each of the {b} kernels that's {w.whole(weights)} plus {b}, "
        f"so {both} parameters.",
    )
    return lines, both


def _places_of(figure: Figure) -> int:
    """Return to how many places somebody says so many millions."""
    return 0 if figure.right > 10**8 else 1


def _dense(w: Writer, layer: Fact, clock: _Clock) -> tuple[list[str], Figure]:
    a, b = layer.inputs, layer.outputs
    weights = w.product(a, b, of=layer.counts.weights)
    both = w.sum(weights, b, of=layer.counts.parameters)
    return clock.paragraph(
        f"Then {layer.name}, which is dense: {w.whole(a)} numbers come in and {w.whole(b)} go out.",
        f"{w.whole(a)} times {w.whole(b)} is {weights} weights, plus {w.whole(b)} biases makes {both}.",
    ), both


def _small_numbers(w: Writer, chance: random.Random, clock: _Clock) -> list[str]:
    hand = w.notation.hand
    n, z, t = chance.choice([8, 10, 12, 16]), chance.choice([2, 3, 4]), chance.randrange(2, 9)
    power = w.state(2**n, hand.whole, f"2**{n}")
    large = w.state(math.exp(z), hand.places(2), f"exp({z})")
    over = w.state(1 / (1 + math.exp(-z)), hand.places(3), f"1/(1 + exp(-{z}))")
    root = (
        w.state(math.sqrt(t), hand.places(3), f"sqrt({t})") if t not in (4,) else w.state(2, hand.whole, "2")
    )
    small = sorted(chance.sample(range(3, 60), 4))
    average, work = Fraction(sum(small), 4), f"({' + '.join(map(str, small))})/4"
    mean = w.state(average, shortly(hand, average), work, roundable=False)
    return clock.paragraph(
        "A few numbers that you should be able to check without a computer.",
        f"2 to the power of {n} is {power}.",
        f"e to the power of {z} is {large}, to two places, and the logistic function of {z} is {over}.",
        f"The square root of {t} is {root}.",
        f"And the mean of {small[0]}, {small[1]}, {small[2]} and {small[3]} is {mean}.",
    )


@style("spoken-lecture")
def spoken_lecture(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=chance.choice([1, 2, 2]))
    w = Writer(chance, TYPED.of(hand=Hand(thousands=",", sign=" percent")))
    clock, remarks = _Clock(chance), said(chance, 5)
    lines = [f"Lecture {chance.randrange(3, 14)}, part {chance.randrange(1, 4)} - transcript", ""]
    lines += clock.paragraph(f"Good morning. {remarks[0]}", f"{remarks[1]}")
    parts: list[Figure] = []
    for n, layer in enumerate(net.of_kind("conv")):
        made, both = _convolution(w, layer, clock, remarks[2 + n])
        lines += made
        parts.append(both)
    for layer in net.of_kind("fc"):
        made, both = _dense(w, layer, clock)
        lines += made
        parts.append(both)
    total = w.sum(*parts)
    stored = w.product(total, 4)
    mega = w.scaled(stored, 10**6, w.notation.hand.places(1))
    added = " plus ".join(w.whole(one) for one in parts)
    largest = max(parts, key=lambda one: one.right)
    where = net.of_kind("conv", "fc")[parts.index(largest)].name
    others = [one for one in parts if one is not largest]
    lines += clock.paragraph(
        f"Let's add that up. {added} is {total} parameters.",
        f"At 4 bytes for each of them that's {stored} bytes" + (f", or {mega} megabytes." if mega else "."),
        f"And {w.whole(largest)} out of {w.whole(total)} are in {where}, "
        f"that's {w.share(largest, total, 1, others)}.",
        remarks[4],
    )
    lines += _small_numbers(w, chance, clock)
    return w.finished(name, ".txt", "\n".join(lines))
