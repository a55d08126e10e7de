"""A model card in Markdown: a table of the layers, then memory, training time and energy in short lines."""

from __future__ import annotations

import random
from fractions import Fraction

from ..case import Case
from ..facts import Facts, facts
from ..fourth.parts import kernel
from ..notation import MARKDOWN
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import sidelines
from .parts import side_after

__all__: list[str] = []


def _table(w: Writer, net: Facts) -> tuple[list[str], Figure]:
    """The layers with outputs, parameters and multiplications; the figure is the number of parameters."""
    hand = w.notation.hand
    lines = [
        "| Layer | Settings | Output (CHW) | Params | MACs |",
        "|-------|----------|--------------|-------:|-----:|",
        f"| input | | {net.channels}×{net.side}×{net.side} | 0 | 0 |",
    ]
    side: Figure | None = None
    params, macs = list[Figure](), list[Figure]()
    for one in net.layers:
        if one.size is None:
            number = w.state(
                int(one.counts.parameters),
                hand.whole,
                f"{one.inputs}*{one.outputs} + {one.outputs}",
                derivation=one.counts.parameters,
            )
            work = w.product(one.inputs, one.outputs, of=one.counts.multiplications)
            lines += [f"| {one.name} | {one.inputs} → {one.outputs} | {one.outputs} | {number} | {work} |"]
            params.append(number)
            macs.append(work)
            continue
        size = one.size
        side = side_after(w, size, side)
        settings = f"k{size.kernel} s{size.stride}" + (f" p{size.padding}" if one.kind == "conv" else "")
        cells = f"| {one.name} | {settings} | {one.outputs}×{side}×{side.bare} |"
        if one.kind == "pool":
            lines += [f"{cells} 0 | – |"]
            continue
        k = kernel(one)
        number = w.state(
            int(one.counts.parameters),
            hand.whole,
            f"{one.outputs}*({k}*{k}*{one.inputs} + 1)",
            derivation=one.counts.parameters,
        )
        work = w.product(one.outputs, side, side, k, k, one.inputs, of=one.counts.multiplications)
        lines += [f"{cells} {number} | {work} |"]
        params.append(number)
        macs.append(work)
    total = w.sum(*params, of=net.counts.total.parameters)
    every = w.sum(*macs)
    return [*lines, f"| **total** | | | **{total}** | **{every}** |"], total


def _memory(w: Writer, total: Figure) -> list[str]:
    """Weights, gradients and the optimiser's state."""
    hand = w.notation.hand

    def mega(times: int, of: Figure) -> Figure:
        return w.state(
            Fraction(times * int(of.right), 10**6),
            hand.places(2),
            f"{times}*({of.work})/1000000",
            uses=[of],
            source=Fraction(times * int(of.value), 10**6),
            slips=[
                ("a factor left out", Fraction(int(of.right), 10**6)),
                ("bits for bytes", Fraction(8 * times * int(of.right), 10**6)),
            ],
        )

    weights = mega(4, total)
    half = mega(2, total)
    both = w.state(
        4 * Fraction(weights.right),
        hand.places(2),
        f"4*({weights.work})",
        uses=[weights],
        source=4 * Fraction(weights.value),
        slack=0.025,
        slips=[
            ("a term left out", 3 * Fraction(weights.right)),
            ("a term left out", 2 * Fraction(weights.right)),
        ],
    )
    shown = hand.places(2)(weights.value).text
    return [
        "### Memory",
        "",
        f"- fp32 checkpoint: {w.whole(total)} × 4 B = {weights} MB (fp16: {half} MB)",
        f"- Adam keeps weights, gradients, m and v, that is 4 × {shown} ≈ {both} MB without activations",
        "",
    ]


def _training(w: Writer, chance: random.Random) -> list[str]:
    """Steps, hours, energy."""
    hand = w.notation.hand
    images, batch = chance.choice([50_000, 60_000, 45_000, 1_281_167]), chance.choice([64, 128, 256, 512])
    epochs, pause = chance.choice([20, 60, 90, 200]), chance.choice([40, 85, 120, 210])
    cards, watts = chance.choice([2, 4, 8]), chance.choice([250, 300, 400])
    steps = w.state(
        -(-images // batch),
        hand.whole,
        f"-floor(-{images}/{batch})",
        slips=[("rounded down", images // batch), ("the batch once more", -(-images // batch) + batch)],
    )
    all_steps = w.product(steps, epochs)
    hours = w.state(
        Fraction(all_steps.right) * pause / 3_600_000,
        hand.places(2),
        f"({all_steps.work})*{pause}/1000/3600",
        uses=[all_steps],
        source=Fraction(all_steps.value) * pause / 3_600_000,
        slips=[
            ("minutes for hours", Fraction(all_steps.right) * pause / 60_000),
            ("seconds for hours", Fraction(all_steps.right) * pause / 1000),
        ],
    )
    shown = hand.places(2)(hours.value).text
    each = w.state(
        cards * Fraction(hours.right),
        hand.places(1),
        f"{cards}*({hours.work})",
        uses=[hours],
        source=cards * Fraction(hours.value),
        slack=0.005 * cards + 0.01,
        slips=[
            ("a factor left out", Fraction(hours.right)),
            ("a quotient for a product", Fraction(hours.right) / cards),
        ],
    )
    energy = w.state(
        watts * Fraction(each.right) / 1000,
        hand.places(1),
        f"{watts}*({each.work})/1000",
        uses=[each],
        source=watts * Fraction(each.value) / 1000,
        slack=0.0001 * watts + 0.01,
    )
    seen = hand.places(1)(each.value).text
    return [
        "### Training time",
        "",
        f"- {hand.whole(images).text} images in batches of {batch}: ⌈{hand.whole(images).text} / "
        f"{batch}⌉ = {steps} "
        "steps per epoch",
        f"- {epochs} epochs: {w.whole(steps)} × {epochs} = {all_steps} steps",
        f"- at {pause} ms per step: {w.whole(all_steps)} × {_seconds(pause)} s / 3600 ≈ {hours} h",
        f"- on {cards} GPUs: {cards} × {shown} h ≈ {each} GPU hours; at {watts} W, "
        f"{seen} × {watts} / 1000 ≈ {energy} kWh",
        "",
    ]


def _seconds(milliseconds: int) -> str:
    """Return milliseconds as seconds."""
    return f"{milliseconds / 1000:g}"


@style("model-card")
def model_card(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=2, large=chance.random() < 0.6)
    w = Writer(chance, MARKDOWN.of(hand=Hand(minus="-", sign="%"), times=" × ", minus=" - "))
    notes = sidelines(chance, 3, course=False)
    table, total = _table(w, net)
    lines = [
        "---",
        "license: apache-2.0",
        f"tags: [vision, cnn, v0.{chance.randrange(1, 10)}.{chance.randrange(10)}]",
        "---",
        "",
        f"# tiny-vision-{chance.randrange(10, 99)}",
        "",
        notes[0],
        "",
        "## Architecture",
        "",
        *table,
        "",
        f"Every layer has biases. {notes[1]}",
        "",
        "## Cost",
        "",
        *_memory(w, total),
        *_training(w, chance),
        "## Limitations",
        "",
        notes[2],
        "",
    ]
    return w.finished(name, ".md", "\n".join(lines))
