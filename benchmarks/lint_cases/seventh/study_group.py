"""The shared notes of a study group in Markdown: questions with a name, answers with arrows."""

from __future__ import annotations

import math
import random
from fractions import Fraction

from ..case import Case
from ..facts import Facts, facts
from ..fourth.parts import Desk, kernel
from ..notation import MARKDOWN
from ..numerals import Hand
from ..second.parts import powers
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import sidelines
from .parts import numerator, side_after

__all__: list[str] = []

_PEOPLE = ("Ana", "Ben", "Chloé", "Deniz", "Emre", "Fatima", "Gus", "Hanna")


def _softmax(w: Writer, chance: random.Random) -> list[str]:
    """The loss of softmax and its gradient by the logits."""
    hand = w.notation.hand
    logits = chance.sample([-2, -1, 1, 2, 3], 3)
    true = chance.randrange(3)
    found = powers(w, logits, 3)
    shown = ", ".join(hand.whole(one).text for one in logits)
    probability = found.shares[true]
    lines = [
        f"logits z = ({shown}), right class is no. {true + 1}. softmax, CE loss, and dL/dz?",
        "",
        f"- exps: {', '.join(found.exps)}",
        f"- add up: {' + '.join(hand.places(3)(one.value).text for one in found.exps)} → {found.total}",
        "- divide each by that: p = (" + ", ".join(found.shares) + ")",
    ]
    desk = Desk(w, 3, 3)
    before = hand.places(3)(probability.value).text
    slack = 0.002 / float(probability.right)
    loss = w.state(
        -math.log(probability.right),
        hand.places(2),
        f"-log({probability.work})",
        uses=[probability],
        source=-math.log(probability.value) if probability.value > 0 else None,
        slack=slack,
        slips=[("the logarithm to base ten", -math.log10(probability.right))],
    )
    lines += [f"- CE = −ln({before}) → {loss}"]
    parts = []
    for n, one in enumerate(found.shares):
        parts.append(
            desk.state(
                "{0} - 1" if n == true else "{0}", one, slips=[("a sign lost", "1 - {0}")] * (n == true)
            )
        )
    return [*lines, f"- gradient is just p − y → ({', '.join(parts)})"]


def _layers(w: Writer, net: Facts) -> list[str]:
    """Sizes and parameters, weights and biases apart."""
    lines = [
        f"input {net.side}×{net.side}, {net.channels} channels, no idea about the rest. Shapes + params "
        f"please",
        "",
    ]
    side: Figure | None = None
    all_of: list[Figure] = []
    for one in net.of_kind("conv", "pool"):
        size = one.size
        assert size is not None
        said = f"k={size.kernel} s={size.stride} p={size.padding}"
        inside = numerator(w, size, side)
        side = side_after(w, size, side)
        how = f"({inside})/{size.stride} + 1" if size.stride > 1 else f"{inside} + 1"
        down = " (round down)" if size.left_over else ""
        lines += [
            f"- {one.name} ({one.outputs} filters, {said}): "
            if one.kind == "conv"
            else f"- {one.name} ({said}): "
        ]
        lines[-1] += f"{how}{down} → {side}, so {one.outputs}@{side.bare}×{side.bare}"
        if one.kind == "conv":
            k = kernel(one)
            weights = w.product(one.outputs, one.inputs, k, k, of=one.counts.weights)
            both = w.sum(weights, one.outputs, of=one.counts.parameters)
            all_of.append(both)
            lines += [
                f"    - params {w.times(one.outputs, one.inputs, k, k)} → {weights}, "
                f"plus {one.outputs} biases → {both}"
            ]
    flat = net.of_kind("fc")[0]
    last = net.of_kind("conv", "pool")[-1]
    assert side is not None
    numbers = w.product(last.outputs, side, side)
    assert numbers.off or int(numbers.right) == flat.inputs
    lines += [f"- flatten: {w.times(last.outputs, side, side)} → {numbers}"]
    for one in net.of_kind("fc"):
        a = numbers if one is flat else one.inputs
        weights = w.product(a, one.outputs, of=one.counts.weights)
        both = w.sum(weights, one.outputs, of=one.counts.parameters)
        all_of.append(both)
        lines += [f"- {one.name}: {w.times(a, one.outputs)} → {weights}, plus {one.outputs} → {both}"]
    total = w.sum(*all_of, of=net.counts.total.parameters)
    return [*lines, f"- everything: {w.plus(*all_of)} → **{total}**"]


def _normed(w: Writer, chance: random.Random) -> list[str]:
    """The statistics of a tiny batch."""
    desk = Desk(w, 3, 3)
    low, step = chance.randrange(1, 5), chance.choice([1, 2, 3])
    batch = [low, low + step, low + 3 * step, low + 4 * step]
    total = w.sum(*batch)
    mean = desk.state("{0}/4", total)
    squares = [
        desk.state(f"({one} - {{0}})**2", mean, slips=[("a square left out", f"{one} - {{0}}")])
        for one in batch
    ]
    variance = desk.state(
        "({0} + {1} + {2} + {3})/4", *squares, slips=[("n minus one", "({0} + {1} + {2} + {3})/3")]
    )
    shown = [f"({one} − {desk.text(mean)})² → {square}" for one, square in zip(batch, squares, strict=True)]
    return [
        f"batch norm on ({', '.join(map(str, batch))}), divide by n not n−1",
        "",
        f"- mean: {w.plus(*batch)} → {total}, over 4 → {mean}",
        "- squared distances: " + ", ".join(shown),
        f"- variance: their mean → {variance}",
    ]


def _momentum(w: Writer, chance: random.Random) -> list[str]:
    """Steps with momentum."""
    desk = Desk(w, 4, 6)
    rate, keep = Fraction(1, chance.choice([10, 20])), Fraction(chance.choice([9, 8, 5]), 10)
    gradients = [Fraction(chance.choice([-12, -5, 4, 6, 15, 20]), 10) for _ in range(2)]
    at = chance.choice([1, 2, 3])
    lines = [
        f"2 steps SGD with momentum {desk.text(keep)}, lr {desk.text(rate)}, start w = {at}, v = 0, "
        f"grads {desk.text(gradients[0])} then {desk.text(gradients[1])}  (v ← μv + g, w ← w − lr·v)",
        "",
    ]
    speed: Fraction | Figure = Fraction(0)
    here: int | Figure = at
    for n, gradient in enumerate(gradients, 1):
        put = f"{desk.text(keep)} · {desk.inner(speed)} + {desk.inner(gradient)}"
        speed = desk.state(
            f"{keep}*{{0}} + {{1}}", speed, gradient, slips=[("a term left out", "{1} + 0*{0}")] * (n > 1)
        )
        lines += [f"- step {n}: v = {put} → {speed}"]
        put = f"{desk.text(here)} − {desk.text(rate)} · {desk.inner(speed)}"
        here = desk.state("{0} - {1}*{2}", here, rate, speed, slips=[("a sign lost", "{0} + {1}*{2}")])
        lines += [f"  w = {put} → {here}"]
    return lines


@style("study-group")
def study_group(chance: random.Random, name: str) -> Case:
    w = Writer(chance, MARKDOWN.of(hand=Hand(thousands="", minus="−"), times="·"))
    people = chance.sample(_PEOPLE, 4)
    notes = sidelines(chance, 3)
    lines = [
        f"# DL study group, session {chance.randrange(2, 12)}",
        "",
        f"there: {', '.join(people[:3])} (+{chance.randrange(1, 5)} on Zoom), from "
        f"17:{chance.randrange(10, 59)}",
        "",
        notes[0],
        "",
    ]
    first = _layers(w, facts(chance, convs=chance.choice([1, 2]), large=chance.random() < 0.4))
    others = [one(w, chance) for one in chance.sample([_softmax, _normed, _momentum], 2)]
    for n, (asks, *answer) in enumerate([first, *others], 1):
        lines += [f"**Q{n} ({chance.choice(people)})** {asks}", *answer, ""]
        if n < 3:
            lines += [f"*{chance.choice(people)}: {notes[n]}*", ""]
    return w.finished(name, ".md", "\n".join(lines))
