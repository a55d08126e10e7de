"""A notebook whose arithmetic stands in comments, docstrings and assertions, or as what a cell gave."""

from __future__ import annotations

import math
import random
import re
from fractions import Fraction

from ..case import Case
from ..facts import Fact, Facts, facts
from ..first.notebooks import Cell, code, markdown, stored
from ..notation import TYPED
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..traces import derivative, formula, slope
from ..writing import Writer
from .around import notes
from .parts import Layered, parameters_of, shape, work_of

__all__: list[str] = []


def _model(w: Writer, net: Facts) -> str:
    """Return the network as code, with the shapes and the numbers of parameters as comments."""
    lines, chain, flat = ["net = nn.Sequential("], Layered(), False
    before = " x ".join(map(str, (net.channels, net.side, net.side)))
    last: Figure | None = None
    for layer in net.layers:
        size = layer.size
        if size is None:
            if not flat:
                pictures = net.of_kind("conv", "pool")
                side, channels = pictures[-1].side, pictures[-1].outputs
                many = w.state(
                    layer.inputs,
                    w.notation.hand.whole,
                    f"{channels}*{side}*{side}",
                    uses=[last] if last else [],
                )
                lines.append(f"    nn.Flatten(),  # -> {many}")
                flat = True
            made = f"nn.Linear({w.whole(layer.inputs)}, {w.whole(layer.outputs)})"
            lines.append(f"    {made},  # {parameters_of(w, layer)} parameters")
            continue
        if layer.kind == "conv":
            more = f", stride={size.stride}" if size.stride > 1 else ""
            more += f", padding={size.padding}" if size.padding else ""
            made = f"nn.Conv2d({layer.inputs}, {layer.outputs}, {size.kernel}{more})"
        else:
            made = f"nn.MaxPool2d({size.kernel}, stride={size.stride})"
        last = chain.side(w, layer)
        start = f"{before} " if before else ""
        lines.append(f"    {made},  # {start}-> {shape(w, last, layer.outputs, first=True)}")
        before = ""
    return "\n".join([*lines, ")"])


def _layer(w: Writer, layer: Fact, number: int) -> tuple[Cell, Figure]:
    """Return a cell that works out a convolution; its last line is the number of parameters."""
    size, hand = layer.size, w.notation.hand
    assert size is not None
    k, a, b = size.kernel, layer.inputs, layer.outputs
    padded = f" + 2*{size.padding}" if size.padding else ""
    side = w.size(size)
    units = w.state(
        int(layer.counts.units),
        hand.whole,
        f"{b}*({size.work})**2",
        derivation=layer.counts.units,
        uses=[side],
        source=b * side.value**2,
    )
    reads = w.state(a * k * k, hand.whole, f"{a}*{k}**2")
    macs = w.product(units, reads, of=layer.counts.multiplications)
    weights = w.product(b, reads, of=layer.counts.weights)
    both = w.sum(weights, b, of=layer.counts.parameters)
    rough = f", about {w.again(macs, hand.words(1), about=True)}" if macs.right > 10**6 else ""
    source = [
        f"# {layer.name}",
        f"side = ({size.side}{padded} - {k}) // {size.stride} + 1  # {side}",
        f"units = {b} * side**2  # {units}",
        f"reads = {a} * {k}**2  # {reads} numbers for each unit",
        f"macs = units * reads  # {macs}{rough}",
        f"weights = {b} * reads  # {weights}",
        f"weights + {b}  # one bias for each kernel",
    ]
    return code("\n".join(source), result=str(both), number=number), both


def _asserted(w: Writer, layers: list[Fact], number: int) -> Cell:
    hand = w.notation.hand
    lines = []
    for layer in layers:
        count = layer.counts.parameters
        window = f" * {layer.size.kernel}**2" if layer.size else ""
        work = f"{w.whole(layer.outputs)} * {w.whole(layer.inputs)}{window} + {w.whole(layer.outputs)}"
        same = w.state(int(count), hand.whole, f"{work_of(layer)} + {layer.outputs}", derivation=count)
        lines.append(f"assert {work} == {same}")
    z, t = w.chance.choice([-2, -1, 1, 2, 3]), w.chance.randrange(2, 9)
    root = w.state(math.sqrt(t), hand.places(3), f"sqrt({t})") if t != 4 else None
    tail = w.state(1 / (1 + math.exp(-z)), hand.places(4), f"1/(1 + exp(-({z})))")
    lines.append(f"assert round(1 / (1 + math.exp({-z})), 4) == {tail}")
    if root:
        lines.append(f"assert round(math.sqrt({t}), 3) == {root}")
    return code("\n".join(lines), number=number)


def _functions(w: Writer, number: int) -> Cell:
    plain, other, at = formula(w.chance, plain=True), formula(w.chance), w.chance.choice([2, 3, 4, 5])
    found = derivative(w, plain)
    python = re.sub(r"(?<=\d)x", " * x", plain.text(w.notation.of(power="{}**{}")))
    source = [
        "def f(x):",
        f'    """f(x) = {plain.text(w.notation)}"""',
        f"    return {python}",
        "",
        f"# by hand: f'(x) = {found}",
        f"# and so f'({at}) = {slope(w, plain, at, [found])}",
        "",
        f"# next one: g(x) = {other.text(w.notation)}",
        f"#           g'(x) = {derivative(w, other)}",
    ]
    return code("\n".join(source), number=number)


def _memory(w: Writer, total: Figure, part: Figure, number: int) -> list[Cell]:
    hand = w.notation.hand
    unit, size = w.chance.choice([("MB", 10**6), ("MiB", 2**20), ("KiB", 1024)])
    cells = []
    mega = w.state(
        Fraction(4 * total.right) / size,
        hand.places(2),
        f"4*({total.work})/{size}",
        uses=[total],
        source=Fraction(4 * total.value) / size,
    )
    shown = {10**6: "1e6", 2**20: "2**20", 1024: "1024"}[size]
    cells.append(
        code(f'f"{{4 * {w.whole(total)} / {shown}:.2f}} {unit}"', result=f"'{mega} {unit}'", number=number)
    )
    share = w.share(part, total, 1)
    cells.append(
        code(f'f"{{{w.whole(part)} / {w.whole(total)}:.1%}}"', result=f"'{share}'", number=number + 1)
    )
    return cells


@style("commented-code")
def commented_code(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=2, large=chance.random() < 0.6)
    given = chance.random() < 0.3
    hand = Hand(thousands=chance.choice(["", "", "_"]), sign="%")
    w = Writer(chance, TYPED.of(hand=hand, by=" x "), net.network if given else None)
    remarks = notes(chance, 4)
    imports = "import math\n\nfrom torch import nn"
    cells = [
        markdown(f"# Problem set {chance.randrange(1, 9)}, number {chance.randrange(1, 6)}", "", remarks[0]),
        code(f"{imports}\n\n{_model(w, net)}", number=1),
        markdown("## Layer by layer", "", remarks[1]),
    ]
    parts = []
    convs, dense = net.of_kind("conv"), net.of_kind("fc")
    for n, layer in enumerate(convs, 2):
        cell, both = _layer(w, layer, n)
        cells.append(cell)
        parts.append(both)
    held = [
        f"{one.name} = {w.whole(one.inputs)} * {w.whole(one.outputs)} + {w.whole(one.outputs)}"
        for one in dense
    ]
    for layer in dense:
        parts.append(parameters_of(w, layer))
    shown = [f"{text}  # {one}" for text, one in zip(held, parts[len(convs) :], strict=True)]
    total = w.sum(*parts)
    added = " + ".join([*(w.whole(one) for one in parts[: len(convs)]), *(one.name for one in dense)])
    number = len(convs) + 2
    cells += [
        code("\n".join([*shown, f"total = {added}", "total"]), result=str(total), number=number),
        *_memory(w, total, max(parts, key=lambda one: one.right), number + 1),
        markdown(remarks[2], "", "A few checks:"),
        _asserted(w, [*convs, *dense], number + 3),
        _functions(w, number + 4),
        markdown(remarks[3]),
    ]
    return stored(w, name, cells)
