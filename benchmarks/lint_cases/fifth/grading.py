"""A teaching assistant's guide in plain text: marks in brackets, what to accept, what is deducted."""

from __future__ import annotations

import math
import random
from fractions import Fraction

from ..case import Case
from ..facts import facts
from ..fourth.parts import Desk, drawn, kernel
from ..notation import TYPED
from ..numerals import Hand
from ..styles import style
from ..writing import Writer
from .around import margins

__all__: list[str] = []


def _layer(w: Writer, chance: random.Random) -> list[str]:
    net = facts(chance, convs=1)
    layer, hand = net.of_kind("conv")[0], w.notation.hand
    size = layer.size
    assert size is not None
    k, a, b, side = kernel(layer), layer.inputs, layer.outputs, layer.side
    text, out = w.size_formula(size), w.size(size)
    both = w.state(
        int(layer.counts.parameters),
        hand.whole,
        f"{b}*({k}*{k}*{a} + 1)",
        derivation=layer.counts.parameters,
        slips=[("one bias only", b * k * k * a + 1)],
    )
    bare = w.product(b, k, k, a, of=layer.counts.weights)
    units = w.product(b, side, side, of=layer.counts.units)
    macs = w.product(units, k, k, a, of=layer.counts.multiplications)
    return [
        f"  conv, {a} x {size.side} x {size.side} in, {b} filters of {k} x {k}, stride {size.stride}, "
        f"padding {size.padding}",
        f"  (a) [1]  {text} = {out}",
        f"      [1]  output shape {b} x {side} x {side}",
        f"  (b) [2]  {b}*({k}*{k}*{a} + 1) = {both}",
        f"           -1 without biases ({b}*{k}*{k}*{a} = {bare}); no marks for a number alone",
        f"  (c) [1]  {w.times(b, side, side)} = {units} outputs",
        f"      [1]  times {k}*{k}*{a} each: {macs} multiplications (follow through from (a))",
    ]


def _confusion(w: Writer, chance: random.Random) -> list[str]:
    """Accuracy, precision, recall and F1 from a table of four numbers."""
    tp, fp, fn, tn = (chance.randrange(low, high) for low, high in ((20, 90), (3, 30), (3, 30), (40, 200)))
    hand, all_ = w.notation.hand, tp + fp + fn + tn
    off = "a percentage of the wrong base"
    total = w.sum(tp, fp, fn, tn)

    accuracy = w.state(
        Fraction(tp + tn, all_),
        hand.places(3),
        f"({tp} + {tn})/({tp} + {fp} + {fn} + {tn})",
        uses=[total],
        source=Fraction(tp + tn) / Fraction(total.value),
        slips=[(off, Fraction(tp, all_))],
    )
    precision = w.state(
        Fraction(tp, tp + fp), hand.places(3), f"{tp}/({tp} + {fp})", slips=[(off, Fraction(tp, tp + fn))]
    )
    recall = w.state(
        Fraction(tp, tp + fn), hand.places(3), f"{tp}/({tp} + {fn})", slips=[(off, Fraction(tp, tp + fp))]
    )
    f_one = w.state(
        Fraction(2 * tp, 2 * tp + fp + fn),
        hand.places(2),
        f"2*{tp}/(2*{tp} + {fp} + {fn})",
        uses=[precision, recall],
        slack=0.001,
        slips=[("a factor left out", Fraction(tp, 2 * tp + fp + fn))],
    )
    percent = w.share(tp + tn, all_, 1, [tp + fp])
    return [
        f"  TP = {tp}, FP = {fp}, FN = {fn}, TN = {tn}; {w.plus(tp, fp, fn, tn)} = {total} in all",
        f"  (a) [1]  accuracy ({tp} + {tn})/{w.whole(total)} = {accuracy}, or {percent}",
        f"  (b) [1]  precision {tp}/({tp} + {fp}) = {precision}",
        f"      [1]  recall {tp}/({tp} + {fn}) = {recall}",
        f"  (c) [2]  F1 = 2PR/(P + R) = {f_one}   (1 for the formula; rounding errors are fine)",
    ]


def _unit(w: Writer, chance: random.Random) -> list[str]:
    """One unit forward and backward: ReLU, half a square as loss."""
    desk = Desk(w, 3, 6)
    x, v = [drawn(chance, 2, 30) for _ in range(2)], [drawn(chance, -9, 20) for _ in range(2)]
    bias, target = drawn(chance, 1, 9), Fraction(chance.randrange(0, 6))
    if sum(a * b for a, b in zip(x, v, strict=True)) + bias <= 0:
        v = [abs(one) for one in v]
    z = desk.state(
        "{0}*{1} + {2}*{3} + {4}", v[0], x[0], v[1], x[1], bias, slips=[("no bias", "{0}*{1} + {2}*{3}")]
    )
    error = desk.state("{0} - {1}", z, target, slips=[("a sign lost", "{1} - {0}")])
    wrong = [("a factor left out", "({0} - {1})**2"), ("no square", "({0} - {1})/2")]
    loss = desk.state("({0} - {1})**2/2", z, target, slips=wrong)
    text, inner = desk.text, desk.inner
    back = [desk.state("{0}*{1}", error, one, slips=[("the inner derivative left out", "{0}")]) for one in x]
    return [
        f"  x = ({text(x[0])}, {text(x[1])}), w = ({text(v[0])}, {text(v[1])}), b = {text(bias)}, "
        f"t = {text(target)}, ReLU, L = (y - t)^2/2",
        f"  (a) [1]  z = {inner(v[0])}*{text(x[0])} + {inner(v[1])}*{text(x[1])} + {text(bias)} = {z}; "
        f"y = z since z > 0",
        f"      [1]  L = ({text(z)} - {text(target)})^2/2 = {loss}",
        f"  (b) [1]  dL/dy = {inner(z)} - {text(target)} = {error}",
        f"      [2]  dL/dw1 = {inner(error)}*{text(x[0])} = {back[0]}, dL/dw2 likewise = {back[1]} (1 each)",
        "      [1]  dL/db = dL/dy",
    ]


def _loss(w: Writer, chance: random.Random) -> list[str]:
    hand, share = w.notation.hand, Fraction(chance.randrange(5, 95), 100)
    classes = chance.choice([4, 5, 8, 10, 20, 100])
    one = w.state(
        -math.log(share), hand.places(3), f"-log({share})", slips=[("another base", -math.log2(share))]
    )
    blind = w.state(
        math.log(classes), hand.places(3), f"log({classes})", slips=[("another base", math.log10(classes))]
    )
    batch = [Fraction(chance.randrange(10, 300), 100) for _ in range(3)]
    places = ", ".join(f"{float(one):.2f}" for one in batch)
    mean = w.state(
        sum(batch, Fraction(0)) / 3,
        hand.places(2),
        f"({' + '.join(str(one) for one in batch)})/3",
        slips=[("not divided", sum(batch, Fraction(0)))],
    )
    return [
        f"  (a) [1]  the true class got p = {float(share):.2f}: loss -ln({float(share):.2f}) = {one}",
        f"  (b) [1]  all {classes} classes alike: ln({classes}) = {blind}   "
        f"(accept ln {classes} as it stands)",
        f"  (c) [1]  mean of {places} is {mean}",
    ]


@style("grading-guide")
def grading_guide(chance: random.Random, name: str) -> Case:
    w = Writer(chance, TYPED.of(hand=Hand(sign="%"), times="*"))
    notes = margins(chance, 4)
    lines = [
        f"CS 4{chance.randrange(10, 99)} - GRADING GUIDE, HOMEWORK {chance.randrange(2, 9)}   "
        f"(v{chance.randrange(1, 4)}, {chance.randrange(2, 28)} Nov)",
        notes[0],
        "",
    ]
    asked = [_layer, *chance.sample([_confusion, _unit, _loss], 2)]
    chance.shuffle(asked)
    for n, (one, note) in enumerate(zip(asked, notes[1:], strict=True), 1):
        made = one(w, chance)
        marks = sum(int(line.partition("[")[2][0]) for line in made if line[:12].count("["))
        lines += [f"Q{n}  ({marks} marks)", *made, f"  Note: {note}", ""]
    return w.finished(name, ".txt", "\n".join(lines))
