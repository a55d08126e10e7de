"""Lecture notes in Markdown with one long line for each layer of a network: its memory and its weights."""

from __future__ import annotations

import random
from fractions import Fraction

from nnutils import Conv2d, Flatten, Linear, MaxPool2d, Network

from ..case import Case
from ..facts import Facts, facts_of
from ..fourth.parts import Desk, Number
from ..notation import TYPED
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import said
from .parts import compact, product_of, side_of

__all__: list[str] = []


def _network(chance: random.Random) -> Facts:
    side, width = chance.choice([224, 192, 160, 128, 96]), chance.choice([16, 32, 48, 64])
    layers: list[Conv2d | MaxPool2d | Flatten | Linear] = []
    for block in range(1, 4):
        for n in range(chance.choice([1, 2])):
            layers.append(Conv2d(width, 3, padding=1, bias=False, name=f"conv{block}_{n}"))
        layers.append(MaxPool2d(2, stride=2, name=f"pool{block}"))
        width = min(2 * width, 256)
    layers.append(Flatten(name="flatten"))
    for n, units in enumerate((chance.choice([512, 1024, 4096]), chance.choice([10, 100, 1000]))):
        layers.append(Linear(units, bias=False, name=f"fc{n}"))
    return facts_of(Network((3, side, side), layers), 3, side)


def _line(name: str, shape: str, memory: str, weights: str) -> str:
    return f"{name + ':':10} [{shape}]  memory:  {memory}   weights: {weights}"


def _listing(w: Writer, net: Facts) -> list[str]:
    """The lines of the layers and the two totals."""
    desk, short, plain = Desk(w), compact(w.notation.hand), Hand(thousands="")

    def shortened(*factors: Number) -> Figure:
        return product_of(desk, *factors, how=short)

    side: Number = net.side
    memory = [shortened(net.side, net.side, 3)]
    lines = [_line("INPUT", f"{net.side}x{net.side}x3", f"{net.side}*{net.side}*3={memory[0]}", "0")]
    all_weights = list[Figure]()
    for one in net.of_kind("conv", "pool"):
        side = side_of(desk, one, side)
        shape = f"{side}x{side.bare}x{one.outputs}"
        numbers = shortened(side, side, one.outputs)
        memory.append(numbers)
        kept = f"{w.whole(side)}*{w.whole(side)}*{one.outputs}={numbers}"
        if one.kind == "pool":
            lines += [_line("POOL2", shape, kept, "0")]
            continue
        weights = w.product(3, 3, one.inputs, one.outputs, of=one.counts.weights)
        all_weights.append(weights)
        lines += [_line(f"CONV3-{one.outputs}", shape, kept, f"(3*3*{one.inputs})*{one.outputs} = {weights}")]
    before: tuple[Number, ...] = (side, side, net.of_kind("pool")[-1].outputs)
    units = 0
    for one in net.of_kind("fc"):
        weights = product_of(desk, *before, one.outputs)
        shown = "*".join(
            plain.whole(part.value if isinstance(part, Figure) else part).text for part in before
        )
        lines += [_line("FC", f"1x1x{one.outputs}", str(one.outputs), f"{shown}*{one.outputs} = {weights}")]
        all_weights.append(weights)
        before = (one.outputs,)
        units += one.outputs
    kept_works = " + ".join(f"({one.work})" for one in memory) + f" + {units}"
    right = sum(int(one.right) for one in memory) + units
    total = w.state(
        right,
        short,
        kept_works,
        uses=memory,
        source=sum(int(one.value) for one in memory) + units,
        slack=50_000 * len(memory),
        slips=[("a term left out", right - int(one.right)) for one in memory[1:4]],
    )
    millions = Fraction(int(total.right), 10**6)
    size = w.state(
        4 * millions,
        w.notation.hand.places(0),
        f"4*({total.work})/1000000",
        uses=[total],
        source=Fraction(4 * int(total.value), 10**6),
        slack=0.5,
        slips=[("a factor left out", millions), ("bits for bytes", 32 * millions)],
    )
    shown = short(total.value).text
    weights_total = w.state(
        int(net.counts.total.parameters),
        short,
        " + ".join(f"({one.work})" for one in all_weights),
        uses=all_weights,
        source=sum(int(one.value) for one in all_weights),
        slips=[("a term left out", sum(int(one.right) for one in all_weights[:-1]))],
    )
    return [
        *lines,
        "",
        f"TOTAL memory: {total}",
        f"TOTAL memory in bytes: {shown} * 4 bytes ~= {size} MB / image (only forward! about twice that for "
        f"bwd)",
        f"TOTAL params: {weights_total} parameters",
    ]


@style("memory-per-layer")
def memory_per_layer(chance: random.Random, name: str) -> Case:
    net = _network(chance)
    w = Writer(chance, TYPED.of(hand=Hand(from_four=True), times="*"))
    notes = said(chance, 3)
    lines = [
        "### Case study",
        "",
        "Let us break down a VGG-style network in more detail. All CONV layers perform 3x3 convolutions with "
        "stride 1 and pad 1, all POOL layers perform 2x2 max pooling with stride 2 (and no padding). We keep "
        f"track of the size of the representation and of the weights, not counting biases. {notes[0]}",
        "",
        "```",
        *_listing(w, net),
        "```",
        "",
        "Notice that most of the memory (and also compute time) is used in the early CONV layers, and that "
        "most of the parameters are in the first FC layer. (1K is 1000 here, 1M is 1000K, 1 MB a million "
        "bytes.)",
        "",
        *(f"- {note}" for note in notes[1:]),
        "",
    ]
    return w.finished(name, ".md", "\n".join(lines))
