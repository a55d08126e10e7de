"""A spreadsheet as text, with tabs or semicolons: a table, and cells with their formulas."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from fractions import Fraction

from ..case import Case
from ..facts import Fact, Facts, facts
from ..notation import TYPED
from ..numerals import Hand
from ..second.parts import shortly
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import notes
from .parts import Layered, weights_of

__all__: list[str] = []

_HEAD = ("layer", "in_side", "in_ch", "kernel", "stride", "pad", "out_side", "out_ch")
_COUNTED = ("weights", "biases", "params")


def _table(w: Writer, net: Facts, unit: tuple[str, int]) -> tuple[list[list[str]], list[Figure], Figure]:
    """Return the rows, what each layer with weights has of them, and the sum."""
    hand, chain = w.notation.hand, Layered()
    rows = [[*_HEAD, *_COUNTED, f"memory ({unit[0]})"]]
    columns: tuple[list[Figure], list[int], list[Figure]] = [], [], []
    for layer in net.layers:
        size = layer.size
        row = [layer.name, "", str(layer.inputs), "", "", "", "", str(layer.outputs)]
        if size:
            row[1] = str(size.side)
            row[3:6] = [str(size.kernel), str(size.stride), str(size.padding)]
            row[6] = chain.side(w, layer)
        if layer.kind == "pool":
            rows.append([*row, "0", "0", "0", "0"])
            continue
        weights = weights_of(w, layer)
        both = w.sum(weights, layer.outputs, of=layer.counts.parameters)
        columns[0].append(weights)
        columns[1].append(layer.outputs)
        columns[2].append(both)
        stored = w.state(
            Fraction(4 * both.right) / unit[1],
            hand.places(3),
            f"4*({both.work})/{unit[1]}",
            uses=[both],
            source=Fraction(4 * both.value) / unit[1],
        )
        rows.append([*row, weights, str(layer.outputs), both, stored])
    sums = w.sum(*columns[0]), w.sum(*columns[1]), w.sum(*columns[2], of=net.counts.total.parameters)
    rows.append(["total", *[""] * 7, *sums, ""])
    return rows, columns[2], sums[2]


def _cells_of(w: Writer, layer: Fact) -> list[list[str]]:
    """Return the cells in which a convolution is worked out, each with its formula."""
    size, hand = layer.size, w.notation.hand
    assert size is not None
    k, a, b, side = size.kernel, layer.inputs, layer.outputs, layer.side
    units = w.state(int(layer.counts.units), hand.whole, f"{b}*{side}**2", derivation=layer.counts.units)
    reads = w.state(a * k * k, hand.whole, f"{a}*{k}**2")
    weights = w.product(b, a * k * k, of=layer.counts.weights)
    connections = w.product(b, side, side, a * k * k, of=layer.counts.connections)
    return [
        [f"{layer.name} out_side", f"=INT(({size.side}-{k}+2*{size.padding})/{size.stride})+1", w.size(size)],
        [f"{layer.name} units", f"={b}*{side}^2", units],
        [f"{layer.name} inputs per unit", f"={a}*{k}^2", reads],
        [f"{layer.name} weights", f"={b}*{a * k * k}", weights],
        [f"{layer.name} connections", f"={b}*{side}*{side}*{a * k * k}", connections],
    ]


def _shares(w: Writer, names: Sequence[str], parts: Sequence[Figure], total: Figure) -> list[list[str]]:
    rows = []
    for name, one in zip(names, parts, strict=True):
        others = [other for other in parts if other is not one]
        rows.append([f"{name} of all", f"={w.whole(one)}/{w.whole(total)}", w.share(one, total, 2, others)])
    return rows


def _small(w: Writer, chance: random.Random) -> list[list[str]]:
    """Return cells with single functions and a short column with its mean."""
    hand = w.notation.hand
    z, t, values = chance.choice([-2, -1, 1, 2]), chance.randrange(5, 60), chance.sample(range(2, 30), 5)
    listed = ";".join(map(str, values))
    mean, total = Fraction(sum(values), 5), sum(values)
    work = " + ".join(map(str, values))
    rows = [
        ["e", f"=EXP({z})", w.state(math.exp(z), hand.places(4), f"exp({z})")],
        [
            "logistic",
            f"=1/(1+EXP(-({z})))",
            w.state(1 / (1 + math.exp(-z)), hand.places(4), f"1/(1 + exp(-({z})))"),
        ],
        ["sum", f"=SUM({listed})", w.state(total, hand.whole, work)],
        ["mean", f"=AVERAGE({listed})", w.state(mean, shortly(hand, mean), f"({work})/5", roundable=False)],
    ]
    if math.isqrt(t) ** 2 != t:
        rows.append(["root", f"=SQRT({t})", w.state(math.sqrt(t), hand.places(4), f"sqrt({t})")])
    return rows


@style("spreadsheet-cells")
def spreadsheet_cells(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=chance.choice([2, 2, 3]), large=chance.random() < 0.6)
    mark = chance.choice(["\t", "\t", " ; "])
    unit = chance.choice([("kB = 1000 B", 1000), ("KiB = 1024 B", 1024), ("MB = 1000000 B", 10**6)])
    w = Writer(chance, TYPED.of(hand=Hand(thousands="", sign="%")))
    remarks = notes(chance, 3)
    rows, parts, total = _table(w, net, unit)
    names = [one.name for one in net.of_kind("conv", "fc")]
    lines = [f"Sheet1 - network_v{chance.randrange(2, 9)}.xlsx", f"note: {remarks[0]}", ""]
    lines += [mark.join(row).rstrip() for row in rows]
    lines += ["4 bytes for each parameter", ""]
    checked = [["cell", "formula", "value"]]
    for layer in net.of_kind("conv"):
        checked += _cells_of(w, layer)
    checked += _shares(w, names, parts, total)
    lines += ["Sheet2 - worked out", f"note: {remarks[1]}", "", *(mark.join(row) for row in checked), ""]
    lines += [
        "Sheet3 - other",
        "",
        *(mark.join(row) for row in _small(w, chance)),
        "",
        f"note: {remarks[2]}",
        "",
    ]
    return w.finished(name, ".txt", "\n".join(lines))
