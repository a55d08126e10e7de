"""An engineer: a budget in Markdown, short lines with units and prefixes, a table, rounded numbers."""

from __future__ import annotations

import random
from fractions import Fraction

from ..case import Case
from ..facts import Fact, Facts, facts
from ..fourth.parts import columns, kernel
from ..notation import MARKDOWN
from ..numerals import Hand, Real, exactly
from ..pen import Slips, slips_of_factors
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import margins

__all__: list[str] = []

_KILO, _MEGA = 10**3, 10**6


def _prefixed(w: Writer, right: int, factors: list[Real], unit: int, places: int) -> Figure:
    """State a product in a larger unit."""
    wrong: Slips = [(kind, Fraction(value) / unit) for kind, value in slips_of_factors(factors, right)]
    work = f"({'*'.join(map(str, factors))})/{unit}"
    return w.state(Fraction(right, unit), w.notation.hand.places(places), work, slips=wrong)


def _layer(w: Writer, layer: Fact, tag: str) -> tuple[list[str], Figure]:
    """One layer as three lines; the figure is its work, in millions."""
    size = layer.size
    assert size is not None
    k, a, b = size.kernel, layer.inputs, layer.outputs
    side = w.size(size)
    elements = w.product(b, layer.side, layer.side, of=layer.counts.units)
    macs = w.state(
        Fraction(int(layer.counts.multiplications), _MEGA),
        w.notation.hand.places(2),
        f"{elements.work}*{a}*{k}*{k}/{_MEGA}",
        uses=[elements],
        source=exactly(elements.value) * a * k * k / _MEGA,
        slips=[("a factor left out", exactly(elements.right) * k * k / _MEGA)],
    )
    weights = _prefixed(w, int(layer.counts.weights), [b, a, k, k], _KILO, 1)
    return [
        f"- **{tag}** {b} @ {k}x{k}, /{size.stride}, pad {size.padding}: {size.side} px -> {side} px",
        f"  - fmap: {w.times(b, layer.side, layer.side)} = {elements} el.",
        f"  - work: {w.whole(elements)} el. x {w.times(a, k, k)} = {macs} MMAC",
        f"  - weights (no bias): {w.times(b, a, k, k)} -> {weights}k",
    ], macs


def _work(w: Writer, macs: list[Figure]) -> list[str]:
    """The time for one frame, from rounded millions."""
    chance, hand = w.chance, w.notation.hand
    right = sum((Fraction(one.right) for one in macs), Fraction(0))
    work = " + ".join(f"({one.work})" for one in macs)
    wrong: Slips = [("a term left out", right - Fraction(one.right)) for one in macs]
    total = w.state(
        right,
        hand.places(2),
        work,
        uses=macs,
        source=sum((Fraction(one.value) for one in macs), Fraction(0)),
        slack=0.005 * len(macs) + 0.001,
        slips=[] if len(macs) < 2 else wrong,
    )
    peak, load = chance.choice([200, 500, 800, 1200]), chance.choice([25, 40, 50, 60])
    usable = w.state(Fraction(peak * load, 100), hand.whole, f"{peak}*{load}/100")
    slow = Fraction(total.value) / Fraction(usable.value)
    time = w.state(
        right / Fraction(usable.right),
        hand.places(2),
        f"({work})/({usable.work})",
        uses=[total, usable],
        source=slow,
        slack=0.02 * len(macs) / float(usable.right),
        slips=[("the whole of it", right / peak), ("two operations", 2 * right / Fraction(usable.right))],
    )
    return [
        "## Timing",
        "",
        f"- sum: {' + '.join(hand.places(2)(one.value).text for one in macs)} = {total} MMAC/frame",
        f"- NPU {peak} GMAC/s peak, {load}% utilisation -> {peak} * 0.{load} = {usable} GMAC/s usable",
        f"- so {hand.places(2)(total.value).text} MMAC / {w.whole(usable)} GMAC/s = {time} ms/frame "
        "(conv only)",
        "",
    ]


def _buffers(w: Writer, net: Facts) -> list[str]:
    """A table of buffers in KiB at two precisions."""
    hand = w.notation.hand
    rows = [["buffer", "C", "H=W", "elements", "int8 [KiB]", "fp16 [KiB]"]]
    shapes = [("in", net.channels, net.side)] + [
        (one.name, one.outputs, one.side) for one in net.of_kind("conv", "pool")
    ]
    for tag, channels, side in shapes:
        elements = w.product(channels, side, side)
        cells: list[Figure] = []
        for width in (1, 2):
            right = Fraction(channels * side * side * width, 1024)
            cells.append(
                w.state(
                    right,
                    hand.places(1),
                    f"{width}*({elements.work})/1024",
                    uses=[elements],
                    source=Fraction(elements.value * width) / 1024,
                    slips=[("1000 for 1024", right * 1024 / 1000)],
                )
            )
        rows.append([tag, str(channels), str(side), elements, *cells])
    made = ["| " + " | ".join(row) + " |" for row in columns(rows)]
    return ["## Buffers", "", "1 KiB = 1024 B.", "", made[0], "|---|---:|---:|---:|---:|---:|", *made[1:], ""]


def _flash(w: Writer, net: Facts) -> list[str]:
    """The weights in flash memory, dense layers too."""
    hand = w.notation.hand
    parts, lines = list[Figure](), ["## Flash (fp32, biases included)", ""]
    for layer in net.of_kind("conv", "fc"):
        b, a = layer.outputs, layer.inputs
        inside = f"{kernel(layer)}*{kernel(layer)}*{a}" if layer.size else str(a)
        shown = f"{w.times(kernel(layer), kernel(layer), a)}" if layer.size else w.whole(a)
        many = w.state(
            int(layer.counts.parameters),
            hand.whole,
            f"{b}*({inside} + 1)",
            derivation=layer.counts.parameters,
        )
        parts.append(many)
        lines += [f"- {layer.name}: {b} * ({shown} + 1) = {many} par."]
    total = w.sum(*parts, of=net.counts.total.parameters)
    size = w.state(
        Fraction(4 * int(net.counts.total.parameters), _MEGA),
        hand.places(2),
        f"4*({total.work})/{_MEGA}",
        uses=[total],
        source=Fraction(4 * total.value) / _MEGA,
    )
    chip = next(one for one in (1, 4, 16, 64, 256, 1024, 4096) if one > float(size.right) * 1.1)
    fill = w.state(
        100 * Fraction(size.right) / chip,
        hand.places(0),
        f"100*({size.work})/{chip}",
        uses=[size],
        source=100 * Fraction(size.value) / chip,
        slack=0.5 / chip + 0.001,
    )
    return [
        *lines,
        f"- total {total} par. x 4 B = {size} MB",
        f"- fits in {chip} MB: {fill}% used",
        "",
    ]


@style("engineer-budget")
def engineer_budget(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=2, large=chance.random() < 0.6)
    w = Writer(chance, MARKDOWN.of(hand=Hand(minus="-", sign="%"), times=" * ", minus=" - ", power="{}^{}"))
    notes = margins(chance, 4)
    date = f"2024-0{chance.randrange(1, 10)}-{chance.randrange(10, 29)}"
    lines = [
        f"# Net budget rev {chance.choice('BCDE')} ({date})",
        "",
        f"Input {net.channels} x {net.side} x {net.side} (CHW). {notes[0]}",
        "",
        "## Layers",
        "",
    ]
    macs: list[Figure] = []
    for n, layer in enumerate(net.of_kind("conv", "pool"), 1):
        size = layer.size
        assert size is not None
        if layer.kind == "pool":
            window = f"{size.kernel}x{size.kernel}, /{size.stride}"
            lines += [f"- **L{n}** max pool {window}: {size.side} px -> {w.size(size)} px"]
            continue
        made, work = _layer(w, layer, f"L{n}")
        lines += made
        macs.append(work)
    lines += ["", notes[1], ""]
    rest = [_work(w, macs), chance.choice([_buffers, _flash])(w, net)]
    for part in rest:
        lines += part
    lines += [f"> {notes[3]}", ""]
    return w.finished(name, ".md", "\n".join([*lines, f"Open: {notes[2]}", ""]))
