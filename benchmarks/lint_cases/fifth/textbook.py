"""A textbook in Markdown, formulas between dollars: numbered examples and tables, small numbers in words."""

from __future__ import annotations

import math
import random
from fractions import Fraction

from ..case import Case
from ..facts import Fact, Facts, facts
from ..fourth.parts import Desk, Number, drawn, kernel
from ..notation import TEX
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import margins
from .parts import Bowl

__all__: list[str] = []

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
_LETTERS = {"conv": "C", "pool": "S", "fc": "F"}


def _word(number: int) -> str:
    return _WORDS[number] if number < len(_WORDS) else str(number)


def _kinds(layer: Fact) -> str:
    return {"conv": "convolution", "pool": "max pooling", "fc": "dense"}[layer.kind]


def _sides(w: Writer, net: Facts) -> dict[str, Figure]:
    """The sides of all outputs, as they stand in the table."""
    made: dict[str, Figure] = {}
    before: list[Figure] = []
    for layer in net.of_kind("conv", "pool"):
        assert layer.size is not None
        before = [w.size(layer.size, uses=before)]
        made[layer.name] = before[0]
    return made


def _network(w: Writer, net: Facts, chapter: int) -> list[str]:
    """An example with the calculation for the first layer, and a table for all of them."""
    first = net.of_kind("conv")[0]
    assert first.size is not None
    k, a, b, size = kernel(first), first.inputs, first.outputs, first.size
    padded = f" + 2 \\cdot {size.padding}" if size.padding else ""
    lines = [
        f"**Example {chapter}.1** (Sizes and parameters). A network reads images of {net.side} by "
        f"{net.side} pixels with {_word(net.channels)} channels. Its first layer, C1, consists of {_word(b)} "
        f"filters of {_word(k)} by {_word(k)} pixels with stride {_word(size.stride)} and padding "
        f"{_word(size.padding)}. What are the sizes of all outputs, and how many parameters are there?",
        "",
        f"*Solution.* The output of C1 has $\\lfloor ({size.side}{padded} - {k}) / {size.stride} "
        f"\\rfloor + 1 = {w.size(size)}$ pixels along each side. ",
    ]
    one = w.state(
        int(first.counts.parameters),
        w.notation.hand.whole,
        f"({k}*{k}*{a} + 1)*{b}",
        derivation=first.counts.parameters,
        slips=[("no bias", b * k * k * a)],
    )
    lines[-1] += (
        f"The layer has $({k} \\cdot {k} \\cdot {a} + 1) \\cdot {b} = {one}$ parameters. "
        f"The other layers are treated in the same way; Table {chapter}.1 has the results."
    )
    lines += [
        "",
        f"**Table {chapter}.1.** Input {net.side} by {net.side} by {net.channels}; the layers in order.",
        "",
        "| Layer | Kind | Window | Stride | Padding | Output | Parameters |",
        "|:--|:--|--:|--:|--:|--:|--:|",
    ]
    sides, parts = _sides(w, net), list[Figure]()
    for n, layer in enumerate(net.layers, 1):
        tag, counts = f"{_LETTERS[layer.kind]}{n}", layer.counts.parameters
        if layer.size is None:
            both = w.state(
                int(counts),
                w.notation.hand.whole,
                f"{layer.inputs}*{layer.outputs} + {layer.outputs}",
                derivation=counts,
            )
            parts.append(both)
            lines += [f"| {tag} | {_kinds(layer)} | – | – | – | ${layer.outputs}$ | ${both}$ |"]
            continue
        number = "0"
        if layer.kind == "conv":
            work = f"({layer.size.kernel}**2*{layer.inputs} + 1)*{layer.outputs}"
            number = w.state(int(counts), w.notation.hand.whole, work, derivation=counts)
            parts.append(number)
        side = sides[layer.name]
        lines += [
            f"| {tag} | {_kinds(layer)} | ${layer.size.kernel} \\times {layer.size.kernel}$ | "
            f"{layer.size.stride} | {layer.size.padding} | "
            f"${side} \\times {side.bare} \\times {layer.outputs}$ | ${number}$ |"
        ]
    total = w.sum(*parts, of=net.counts.total.parameters)
    lines += [
        "",
        f"Summing the last column we get ${w.plus(*parts)} = {total}$ parameters. $\\blacksquare$",
        "",
    ]
    return lines


def _descent(w: Writer, chance: random.Random, chapter: int) -> list[str]:
    """Steps of gradient descent, or with momentum, in chained equations."""
    desk, bowl = Desk(w, 4, 5), Bowl(chance.choice([1, 1, 2]), chance.choice([2, 3, 5]))
    rate, at = chance.choice([Fraction(1, 10), Fraction(1, 20), Fraction(1, 5)]), chance.choice([-1, 3, 4])
    shown = f"{bowl.a if bowl.a > 1 else ''}w^2 - {bowl.b}w"
    lines = [
        f"**Example {chapter}.2** (Gradient descent). Let $E(w) = {shown}$, so that "
        f"$E'(w) = {2 * bowl.a}w - {bowl.b}$. "
        f"We start at $w_0 = {at}$ with $\\eta = {desk.text(rate)}$ and take two steps.",
        "",
        "*Solution.* We have",
        "$$",
        "\\begin{aligned}",
    ]
    here: Number = at
    rows = []
    for t in (1, 2):
        slope = bowl.slope(desk, here)
        before = desk.inner(here)
        put = f"{desk.text(here)} - {desk.text(rate)} \\cdot {desk.inner(slope)}"
        rows += [f"E'(w_{t - 1}) &= {2 * bowl.a} \\cdot {before} - {bowl.b} = {slope}, \\\\"]
        here = bowl.step(desk, here, rate, slope)
        rows += [f"w_{t} &= w_{t - 1} - \\eta E'(w_{t - 1}) = {put} = {here}, \\\\"]
    best = Fraction(bowl.b, 2 * bowl.a)
    minimum = desk.state(f"{bowl.b}/{2 * bowl.a}", slips=[("a factor left out", f"{bowl.b}/{bowl.a}")])
    assert best == minimum.right
    return [
        *lines,
        *rows,
        "\\end{aligned}",
        "$$",
        f"which is closer to the minimum at $w^* = {bowl.b} / {2 * bowl.a} = {minimum}$ "
        "than the start. $\\blacksquare$",
        "",
    ]


def _drawing(w: Writer, chance: random.Random, chapter: int) -> list[str]:
    """The deviations of He and of Glorot, dropout, and the decay of a rate."""
    hand, desk = w.notation.hand, Desk(w, 4, 5)
    k, a, m = chance.choice([3, 5, 7, 11]), chance.choice([3, 16, 32, 64]), chance.choice([80, 100, 120, 250])
    reads = w.product(k, k, a)
    he = w.state(
        math.sqrt(2 / (k * k * a)),
        hand.places(4),
        f"sqrt(2/({k}*{k}*{a}))",
        uses=[reads],
        source=math.sqrt(2 / reads.value),
        slips=[("no root", 2 / (k * k * a)), ("a factor left out", math.sqrt(1 / (k * k * a)))],
    )
    n = chance.choice([84, 200, 400, 784])
    glorot = w.state(
        math.sqrt(6 / (n + m)),
        hand.places(4),
        f"sqrt(6/({n} + {m}))",
        slips=[("a term left out", math.sqrt(6 / n)), ("no root", 6 / (n + m))],
    )
    keep, value = chance.choice([Fraction(4, 5), Fraction(1, 2), Fraction(3, 4)]), drawn(chance, 4, 40)
    kept = desk.state("{0}/{1}", value, keep, slips=[("a product for a quotient", "{0}*{1}")])
    alive = w.state(keep * 4 * m, hand.whole, f"({keep})*{4 * m}", slips=[("the others", (1 - keep) * 4 * m)])
    sign = "\\approx" if desk.rounds(kept) else "="
    return [
        f"**Example {chapter}.3** (Initial weights and dropout). For filters of {_word(k)} by "
        f"{_word(k)} pixels over {_word(a)} channels, He's rule prescribes the standard deviation "
        f"$\\sqrt{{2/n}}$ with $n = {k} \\cdot {k} \\cdot {a} = {reads}$, that is, "
        f"$\\sqrt{{2/{w.whole(reads)}}} \\approx {he}$. "
        f"For a dense layer from {n} to {m} units, Glorot's uniform rule has the bound "
        f"$\\sqrt{{6/({n} + {m})}} \\approx {glorot}$.",
        "",
        f"If units are kept with probability {desk.text(keep)}, then of {4 * m} units we expect "
        f"${desk.text(keep)} \\cdot {4 * m} = {alive}$ to survive, and an activation of "
        f"{desk.text(value)} is scaled up to ${desk.text(value)} / {desk.text(keep)} {sign} {kept}$. "
        "$\\blacksquare$",
        "",
    ]


@style("textbook-examples")
def textbook_examples(chance: random.Random, name: str) -> Case:
    net, chapter = facts(chance, convs=2), chance.randrange(4, 13)
    w = Writer(chance, TEX.of(hand=Hand(thousands="{,}", from_four=True), times=r" \cdot "))
    notes = margins(chance, 3)
    lines = [f"## {chapter}.{chance.randrange(1, 7)} Worked examples", "", notes[0], ""]
    lines += _network(w, net, chapter)
    lines += [notes[1], ""]
    for one in sorted(
        chance.sample([_descent, _drawing], 1 + (len(net.layers) < 5)), key=lambda one: one is _drawing
    ):
        lines += one(w, chance, chapter)
    lines += [
        "### Exercises",
        "",
        f"{chapter}.{chance.randrange(4, 30)}. Repeat Example {chapter}.1 for stride "
        f"{_word(chance.randrange(1, 4))}. {notes[2]}",
        "",
    ]
    return w.finished(name, ".md", "\n".join(lines))
