"""Slides written in Markdown and exported as such: short points, arrows, chains of shapes."""

from __future__ import annotations

import random
from fractions import Fraction

from ..case import Case
from ..facts import Fact, Facts, facts
from ..notation import MARKDOWN
from ..numerals import Hand
from ..second.parts import shortly
from ..sheet import Figure
from ..styles import style
from ..traces import softmax
from ..writing import Writer
from .around import notes
from .parts import Layered, decimal, rectified, shape

__all__: list[str] = []


def _slide(title: str, *points: str, remark: str = "") -> list[str]:
    lines = ["---", "", f"## {title}", "", *(f"- {one}" for one in points), ""]
    return [*lines, "<!--", remark, "-->", ""] if remark else lines


def _shapes(w: Writer, net: Facts) -> list[str]:
    """Return the way of the picture through the layers, a point for each."""
    chain, by = Layered(), w.notation.by
    points = [f"picture: {net.side}{by}{net.side}{by}{net.channels}"]
    last: Figure | None = None
    for layer in net.layers:
        size = layer.size
        if size is None:
            points.append(f"{layer.name} → {w.whole(layer.outputs)}")
            continue
        stride = f"stride {size.stride}" + (f", pad {size.padding}" if size.padding else "")
        settings = f"{size.kernel}{by}{size.kernel}, {stride}"
        if layer.kind == "conv":
            settings += f", {layer.outputs} filters"
        last = chain.side(w, layer)
        points.append(f"{layer.name} ({settings}) → {shape(w, last, layer.outputs)}")
    pictures = net.of_kind("conv", "pool")
    assert last is not None
    side, channels = pictures[-1].side, pictures[-1].outputs
    flat = w.state(side * side * channels, w.notation.hand.whole, f"{side}*{side}*{channels}", uses=[last])
    place = len(pictures) + 1
    return [*points[:place], f"flatten → {flat} numbers", *points[place:]]


def _parameters(w: Writer, layers: list[Fact], style_of: int) -> list[str]:
    """Return what each layer holds, the sum, and the share of the largest."""
    times, raised = w.notation.times, w.notation.raised
    points, parts = [], []
    for layer in layers:
        k = layer.size.kernel if layer.size else 1
        window = raised(str(k), 2) + times if layer.size else ""
        count, a, b = layer.counts.parameters, layer.inputs, layer.outputs
        inside = f"{window}{w.whole(a)}"
        work = f"{b}*({k * k}*{a} + 1)" if layer.size else f"{b}*({a} + 1)"
        both = w.state(int(count), w.notation.hand.whole, work, derivation=count)
        parts.append(both)
        if style_of:
            points.append(f"{layer.name}: {w.whole(b)}{times}({inside} + 1) → {both}")
        else:
            points.append(f"{layer.name}: ({inside} + 1){times}{w.whole(b)} → {both}")
    total = w.sum(*parts)
    points.append(f"**all:** {w.plus(*parts)} → **{total}**")
    stored = w.product(total, 4)
    mega = w.scaled(stored, 10**6, w.notation.hand.places(1))
    points.append(f"4 bytes each → {stored} bytes" + (f" → {mega} MB" if mega else ""))
    largest = max(parts, key=lambda one: one.value)
    others = [one for one in parts if one is not largest]
    share = w.share(largest, total, 0 if largest.right / total.right < 0.9 else 1, others)
    points.append(f"most of it in one place: {w.whole(largest)} / {w.whole(total)} → {share}")
    return points


def _work(w: Writer, layers: list[Fact]) -> list[str]:
    """Return the multiplications of the convolutions, in millions where there are so many."""
    points, hand, times = [], w.notation.hand, w.notation.times
    for layer in layers:
        assert layer.size is not None
        k, side = layer.size.kernel, layer.side
        text = times.join(
            [w.notation.raised(str(side), 2), str(layer.outputs), w.notation.raised(str(k), 2)]
            + [str(layer.inputs)]
        )
        work = f"{side}**2*{layer.outputs}*{k}**2*{layer.inputs}"
        count = layer.counts.multiplications
        how = hand.words(1, "M") if int(count) >= 10**6 else hand.whole
        points.append(f"{layer.name}: {text} → {w.state(int(count), how, work, derivation=count)}")
    return [*points, "(M = million)"]


def _activations(w: Writer, chance: random.Random) -> list[str]:
    hand = w.notation.hand
    values = [*(decimal(chance, 1, 40) for _ in range(2)), *(decimal(chance, -40, 20) for _ in range(2))]
    chance.shuffle(values)

    def shown(value: Fraction) -> str:
        return shortly(hand, value)(value).text

    after = rectified(w, values)
    logits = chance.sample(range(-2, 5), 3)
    parts = softmax(w, logits, 3)
    return [
        f"ReLU: ({', '.join(map(shown, values))}) → ({', '.join(after)})",
        f"softmax: ({', '.join(shown(Fraction(one)) for one in logits)}) → ({', '.join(parts)})",
    ]


@style("slide-points")
def slide_points(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=2)
    hand = Hand(
        thousands=chance.choice(["\u202f", ",", "\u00a0"]),
        minus="−",
        sign=" %",
        from_four=chance.random() < 0.5,
    )
    w = Writer(chance, MARKDOWN.of(hand=hand, times=chance.choice([" · ", "×"]), by="×"))
    remarks = notes(chance, 5)
    lines = ["---", "marp: true", "paginate: true", "---", "", "# What a small network costs", ""]
    lines += [f"Tutorial {chance.randrange(2, 13)}, room E{chance.randrange(10, 60)}", ""]
    lines += _slide("Who comes next?", remarks[0], remarks[1])
    lines += _slide("Shapes", *_shapes(w, net), remark=remarks[2])
    lines += _slide("Weights and biases", *_parameters(w, net.of_kind("conv", "fc"), chance.randrange(2)))
    lines += _slide("Multiplications", *_work(w, net.of_kind("conv")), remark=remarks[3])
    lines += _slide("After the last layer", *_activations(w, chance), remarks[4])
    return w.finished(name, ".md", "\n".join(lines))
