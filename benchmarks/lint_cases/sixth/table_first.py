"""Somebody who fills one large table of the network first, and then explains some of its rows."""

from __future__ import annotations

import random

from ..case import Case
from ..facts import Fact, Facts, facts
from ..fourth.parts import kernel, layer_side
from ..notation import MARKDOWN
from ..numerals import Hand, How
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import trifles
from .parts import again_as, fields, parameters

__all__: list[str] = []

_MILLION = 10**6


def _macs(w: Writer, layer: Fact, side: Figure | None) -> Figure:
    """State the multiply-adds, in millions where there are that many."""
    right, hand = int(layer.counts.multiplications), w.notation.hand
    how: How = hand.words(1, "M") if right >= _MILLION else hand.whole
    k, n = (kernel(layer), layer.side) if layer.size else (1, 1)
    factors = [n, n, layer.outputs, layer.inputs, k, k] if layer.size else [layer.outputs, layer.inputs]
    return w.state(
        right,
        how,
        "*".join(map(str, factors)),
        derivation=layer.counts.multiplications,
        slips=[("a factor left out", right // layer.inputs)],
        uses=[side] if side else [],
    )


def _row(n: int, cells: list[str]) -> str:
    return f"| {n} | " + " | ".join(cells) + " |"


def _explained(w: Writer, n: int, layer: Fact, cells: dict[str, Figure]) -> str:
    """Explain one row: what stands in it is worked out once more."""
    hand, a, b = w.notation.hand, layer.inputs, layer.outputs
    if layer.size is None:
        params = again_as(w, cells["params"], hand.whole, [("no bias", a * b)])
        return (
            f"**Row {n} ({layer.name}).** Its input has {w.whole(a)} entries. Every one of "
            f"the {w.whole(b)} neurons has as many weights, and a bias: "
            f"{w.times(b, a)} + {w.whole(b)} = {params}."
        )
    size, k = layer.size, kernel(layer)
    side = again_as(w, cells["side"], hand.whole)
    text = f"**Row {n} ({layer.name}).** Output side: {w.size_formula(size)} = {side}"
    text += ", rounded down." if size.left_over else "."
    if layer.kind == "conv":
        params = again_as(w, cells["params"], hand.whole, [("no bias", int(layer.counts.weights))])
        exact = w.state(
            int(layer.counts.multiplications),
            hand.whole,
            f"{layer.counts.weights}*{layer.side}*{layer.side}",
            uses=[cells["macs"], side],
        )
        text += (
            f" Parameters: {b} × ({w.times(k, k, a)} + 1) = {params}. Without the biases that is "
            f"{w.whole(int(layer.counts.weights))} weights, each used at {w.times(layer.side, layer.side)} "
            f"places, so {exact} multiply-adds."
        )
    return text


def _table(w: Writer, net: Facts) -> tuple[list[str], list[dict[str, Figure]]]:
    """Return the rows with a last one of totals, and the cells by their column."""
    seen = {layer.name: field for layer, _, _, field in fields(w, net)}
    lines, all_ = list[str](), list[dict[str, Figure]]()
    before: Figure | None = None
    for n, layer in enumerate(net.layers, 1):
        cells: dict[str, Figure] = {}
        if layer.size:
            cells["side"] = before = layer_side(w, layer, before)
            shape = f"{layer.outputs} × {before} × {before.bare}"
            settings = f"{layer.size.kernel} / {layer.size.stride} / {layer.size.padding}"
        else:
            settings, shape = "–", w.whole(layer.outputs)
        if layer.kind != "pool":
            cells["params"] = parameters(w, layer, [] if layer.size else [before])
            cells["macs"] = _macs(w, layer, cells.get("side"))
        lines += [
            _row(
                n,
                [
                    layer.name,
                    settings,
                    shape,
                    cells.get("params", "0"),
                    cells.get("macs", "–"),
                    seen.get(layer.name, "all"),
                ],
            )
        ]
        all_.append(cells)
    params = [one["params"] for one in all_ if "params" in one]
    macs = [one["macs"] for one in all_ if "macs" in one]
    total = w.sum(*params, of=net.counts.total.parameters)
    work = w.state(
        sum(int(one.right) for one in macs),
        w.notation.hand.words(1, "M"),
        " + ".join(one.work for one in macs),
        uses=macs,
        source=sum(one.value for one in macs),
        slack=0.05 * _MILLION * (len(macs) + 1),
        slips=[("a term left out", sum(int(one.right) for one in macs[1:]))],
    )
    return [*lines, f"| | **total** | | | **{total}** | **{work}** | |"], [*all_, {"params": total}]


@style("table-then-notes")
def table_then_notes(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=chance.choice([2, 3]))
    w = Writer(chance, MARKDOWN.of(hand=Hand(thousands=","), cut=False))
    rows, cells = _table(w, net)
    notes = trifles(chance, 3)
    lines = [
        f"# Network {chance.choice('ABCDE')} at a glance",
        "",
        f"Input: {net.channels} channels of {net.side} × {net.side}. {notes[0]}",
        "",
        "| # | layer | kernel / stride / padding | output (C × H × W) | parameters | mult-adds | sees (px) |",
        "|--:|:--|:-:|:-:|--:|--:|--:|",
        f"| 0 | input | – | {net.channels} × {net.side} × {net.side} | 0 | – | 1 |",
        *rows,
        "",
    ]
    chosen = sorted(chance.sample(range(len(net.layers)), min(3, len(net.layers))))
    for n in chosen:
        lines += [_explained(w, n + 1, net.layers[n], cells[n]), ""]
    total = cells[-1]["params"]
    dense = next(one for one, layer in zip(cells, net.layers, strict=False) if layer.kind == "fc")["params"]
    name_of = net.of_kind("fc")[0].name
    share = w.share(dense, total, 1)
    lines += [
        f"**Last row.** Of the {w.whole(total)} parameters, {w.whole(dense)} belong to {name_of}: {share}.",
        "",
        *(f"- {note}" for note in notes[1:]),
    ]
    return w.finished(name, ".md", "\n".join([*lines, ""]))
