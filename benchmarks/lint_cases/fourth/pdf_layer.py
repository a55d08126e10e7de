"""The text layer of a PDF with solutions: fractions over three lines without a bar, marks in the margin."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Sequence

from ..case import Case
from ..facts import Fact, Facts, facts
from ..notation import MARKDOWN
from ..numerals import Hand
from ..second.parts import powers
from ..sheet import Figure
from ..styles import style
from ..traces import derivative, formula, slope
from ..writing import Writer
from .around import jottings
from .parts import Desk, drawn

__all__: list[str] = []

_MARGIN = 96
_MARKS = re.compile(r"\b[MAB]1\b")
Piece = str | tuple[str, str]


def _len(text: str) -> int:
    return len(text.bare if isinstance(text, Figure) else text)


def _centred(text: str, width: int) -> str:
    before = (width - _len(text)) // 2
    return " " * before + text + " " * (width - _len(text) - before)


def _stacked(pieces: Sequence[Piece], marks: str = "", indent: int = 8) -> list[str]:
    """Return a formula over three lines; a piece with two parts is a fraction."""
    lines, length = [" " * indent] * 3, indent
    for one in pieces:
        above, middle, below = ("", one, "") if isinstance(one, str) else (one[0], "", one[1])
        width = max(map(_len, (above, middle, below)))
        lines = [
            line + _centred(part, width) + " "
            for line, part in zip(lines, (above, middle, below), strict=True)
        ]
        length += width + 1
    lines[1] += " " * max(2, _MARGIN - length) + marks
    return [line.rstrip() for line in lines]


def _sentence(text: str, marks: str = "") -> str:
    return f"   {text}" + (f"      {marks}" if marks else "")


def _convolution(w: Writer, layer: Fact, letter: str) -> tuple[list[str], Figure]:
    size, times = layer.size, w.notation.times
    assert size is not None
    k, a, b = size.kernel, layer.inputs, layer.outputs
    above = f"{size.side}{w.notation.minus}{k} + 2{times}{size.padding}"
    side = w.size(size)
    lines = [
        f"{letter}) {layer.name} reads {size.side} × {size.side} × {a} and has {b} ﬁlters of {k} × {k}, "
        f"stride {size.stride}, padding {size.padding}.",
        *_stacked(["o =", (above, str(size.stride)), "+ 1", "=", side], "M1 A1"),
    ]
    if size.left_over:
        lines.append(_sentence("where the fraction is rounded down."))
    each = w.state(k * k * a + 1, w.notation.hand.whole, f"{k}*{k}*{a} + 1")
    both = w.product(b, each, of=layer.counts.parameters)
    lines.append(
        _sentence(
            f"A ﬁlter has {w.times(k, k, a)} + 1 = {each} parameters, and {b} of them have "
            f"{b}{times}{w.whole(each)} = {both}.",
            "A1",
        )
    )
    units = w.state(
        int(layer.counts.units),
        w.notation.hand.whole,
        f"{b}*({size.work})**2",
        derivation=layer.counts.units,
        uses=[side],
        source=b * side.value**2,
    )
    many = w.product(units, a * k * k, of=layer.counts.connections)
    lines.append(
        _sentence(
            f"The {b}{times}{w.whole(side)}{times}{w.whole(side)} = {units} units have "
            f"{w.whole(units)}{times}{w.whole(a * k * k)} = {many} connections.",
            "M1 A1",
        )
    )
    return [*lines, ""], both


def _share(w: Writer, part: Figure, total: Figure, others: Sequence[Figure]) -> list[str]:
    share = w.share(part, total, 1, others)
    return _stacked(["100", "·", (w.whole(part), w.whole(total)), "%", "≈", share], "A1")


def _softmax(w: Writer) -> list[str]:
    """Probabilities from exponentials, and the loss of the true class."""
    logits = w.chance.sample(range(-1, 4), 3)
    made, hand = powers(w, logits, 3), w.notation.hand
    called = [f"exp({hand.whole(z).text})" for z in logits]
    lines = [f"   z = ({', '.join(hand.whole(z).text for z in logits)})"]
    listed = ",  ".join(
        f"{name} {'≈' if z else '='} {one}" for z, name, one in zip(logits, called, made.exps, strict=True)
    )
    lines += [_sentence(f"{listed},  sum ≈ {made.total}", "B1")]
    for n, (name, one, part) in enumerate(zip(called, made.exps, made.shares, strict=True), 1):
        sum_of = " + ".join(called)
        number = one.bare, made.total.bare
        lines += _stacked([f"p{n}", "=", (name, sum_of), "≈", number, "≈", part], "A1")
    true = w.chance.randrange(3)
    p = made.shares[true]
    loss = w.state(
        -math.log(p.right),
        hand.places(2),
        f"-log({p.work})",
        uses=[p],
        source=-math.log(p.value) if p.value > 0 else None,
        slips=[("a logarithm to the base 10", -math.log10(p.right))],
        slack=0.001 / float(p.right),
    )
    return [
        *lines,
        _sentence(f"True class {true + 1}: L = −ln p{true + 1} = −ln {p.bare} ≈ {loss}", "M1 A1"),
        "",
    ]


def _neuron(w: Writer) -> list[str]:
    """A sigmoid unit and its slope."""
    desk, chance = Desk(w), w.chance
    weight, x, bias = drawn(chance, -15, 15), chance.choice([-2, -1, 2, 3]), drawn(chance, -9, 9)
    z = desk.state("{0}*{1} + {2}", weight, x, bias, slips=[("a sign lost", "{0}*{1} - {2}")])
    a = desk.state("1/(1 + exp(-{0}))", z, slips=[("a sign lost", "1/(1 + exp({0}))")])
    grown = desk.state("{0}*(1 - {0})", a, slips=[("a square for a product", "{0}**2")])
    times = w.notation.times
    return [
        f"   w = {desk.text(weight)}, x = {desk.text(x)}, b = {desk.text(bias)}, logistic activation",
        "",
        _sentence(f"z = wx + b = {desk.text(weight)}{times}{desk.inner(x)} + {desk.inner(bias)} = {z}", "M1"),
        *_stacked(["a = σ(z) =", ("1", f"1 + exp(−{desk.inner(z)})"), "≈", a], "A1"),
        _sentence(f"σ′(z) = a (1 − a) = {desk.text(a)} (1 − {desk.text(a)}) ≈ {grown}", "A1"),
        "",
    ]


def _slopes(w: Writer) -> list[str]:
    plain, at = formula(w.chance, plain=True), w.chance.choice([2, 3, 4])
    found = derivative(w, plain)
    return [
        _sentence(f"f(x) = {plain.text(w.notation)} has f′(x) = {found},", "B1"),
        _sentence(f"so that f′({at}) = {slope(w, plain, at, [found])}.", "A1"),
        "",
    ]


def _question(number: int, body: Sequence[str], remark: str) -> list[str]:
    """Return a question with its head, which has the sum of the marks in the margin."""
    marks = len(_MARKS.findall("\n".join(body)))
    return [f"Question {number}{' ' * 70}[{marks} marks]", "", *body, f"   {remark}", ""]


def _network(w: Writer, net: Facts) -> list[str]:
    lines, parts = list[str](), list[Figure]()
    convs, dense = net.of_kind("conv"), net.of_kind("fc")
    for letter, layer in zip("ab", convs, strict=False):
        made, both = _convolution(w, layer, letter)
        lines += made
        parts.append(both)
    for layer in dense:
        a, b, count = layer.inputs, layer.outputs, layer.counts.parameters
        both = w.state(int(count), w.notation.hand.whole, f"({a} + 1)*{b}", derivation=count)
        parts.append(both)
        text = f"{layer.name} is dense: ({w.whole(a)} + 1) · {w.whole(b)} = {both} parameters."
        lines.append(_sentence(text, "B1"))
    total, held = w.sum(*parts, of=net.counts.total.parameters), parts[len(convs)]
    lines += [_sentence(f"In all {w.plus(*parts)} = {total}, and {dense[0].name} has", "A1")]
    return lines + _share(w, held, total, [one for one in parts if one is not held])


@style("pdf-text-layer")
def pdf_text_layer(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=chance.choice([1, 2]))
    hand = Hand(thousands=chance.choice([" ", "\u202f", ","]), minus="−", from_four=False)
    w = Writer(chance, MARKDOWN.of(hand=hand, times=" · ", by=" × "))
    remarks = jottings(chance, 4)
    lines = [
        f"Deep Learning, 20{chance.randrange(18, 26)}{' ' * 60}Solutions {chance.randrange(2, 12)}",
        "",
        remarks[0],
        "",
        *_question(1, _network(w, net), remarks[1]),
        f"{' ' * 44}Page 1 of 2",
        "",
    ]
    asked = chance.sample([_softmax, _neuron, _slopes], 2)
    for n, (one, remark) in enumerate(zip(asked, remarks[2:], strict=True), 2):
        lines += _question(n, one(w), remark)
    return w.finished(name, ".txt", "\n".join(lines))
