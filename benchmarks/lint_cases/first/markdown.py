"""Sheets in Markdown: a lecturer's prose, tables with bars, traces in dollar signs, a marking scheme."""

from __future__ import annotations

import random

from ..case import Case
from ..facts import Fact, Facts, facts, size_question
from ..harmless import asides
from ..notation import MARKDOWN, TEX, Notation
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..traces import derivative, formula, row, slope, softmax, steps, written
from ..writing import Writer

__all__ = ["layer_rows"]


def _hand(chance: random.Random) -> Notation:
    marks = chance.choice([",", ",", "\u202f", " "])
    return MARKDOWN.of(hand=Hand(thousands=marks, minus="−", sign=chance.choice([" %", "%"])))


@style("lecturer-prose")
def lecturer_prose(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=chance.choice([1, 2]))
    given = chance.random() < 0.4
    w = Writer(chance, _hand(chance).of(cut=False), net.network if given else None)
    notes = asides(chance, 5)
    lines = [f"# Model answer to Exercise {chance.randrange(2, 9)}", "", notes[0], ""]
    lines += [f"The input is a picture of {net.side} × {net.side} pixels with {net.channels} channels.", ""]
    parameters: list[Figure] = []
    for n, layer in enumerate(net.of_kind("conv"), 1):
        lines += [f"## {n}.1 Layer `{layer.name}`", "", *_prose_of(w, layer, parameters), ""]
        lines += [notes[n], ""]
    for layer in net.of_kind("fc"):
        weights = w.product(layer.inputs, layer.outputs, of=layer.counts.weights)
        both = w.sum(weights, layer.outputs, of=layer.counts.parameters)
        parameters.append(both)
        lines += [
            f"The dense layer `{layer.name}` joins each of {w.whole(layer.inputs)} inputs to each of "
            f"{w.whole(layer.outputs)} nodes: {w.times(layer.inputs, layer.outputs)} = {weights} weights. "
            f"Together with a bias for each node there are {w.plus(weights, layer.outputs)} = "
            f"{both} parameters.",
            "",
        ]
    total = w.sum(*parameters, of=net.counts.total.parameters)
    last = parameters[-1]
    lines += ["## Summary", "", f"All in all we get {w.plus(*parameters)} = {total} parameters. ", notes[3]]
    if total.right > 10**6:
        rounded = w.again(total, w.notation.hand.words(1), about=True)
        lines[-2] += f"That is about {rounded}."
    share = w.share(last, total, 1, parameters[:-1])
    lines += [
        "",
        f"Of all {w.whole(total)} parameters the last layer holds {w.whole(last)}, which is {share}.",
    ]
    if given:
        lines += ["", *_by_network(w, net)]
    lines += ["", notes[4], ""]
    return w.finished(name, ".md", "\n".join(lines))


def _prose_of(w: Writer, layer: Fact, parameters: list[Figure]) -> list[str]:
    size = layer.size
    assert size is not None
    side = w.size(size, frame="**{}**" if w.chance.random() < 0.3 else "{}")
    filters, k = layer.outputs, size.kernel
    units = w.product(filters, layer.side, layer.side, of=layer.counts.units)
    reads = w.product(k, k, layer.inputs)
    weights = w.product(filters, reads, of=layer.counts.weights)
    both = w.sum(weights, filters, of=layer.counts.parameters)
    connections = w.product(units, reads, of=layer.counts.connections)
    parameters.append(both)
    text = [
        f"With a kernel of {k} × {k}, stride {size.stride} and padding {size.padding}, the window has "
        f"{w.size_formula(size)} = {side} positions along each side. ",
        f"So there are {w.times(filters, layer.side, layer.side)} = {units} units.",
    ]
    if w.chance.random() < 0.5:
        text.append(f"Each unit reads {w.times(k, k, layer.inputs, squares=True)} = {reads} values,")
        text.append(
            f"that makes {w.whole(filters)} kernels times {w.whole(reads)} weights, hence {weights} weights"
        )
        text.append(f"and, with one bias a kernel, {w.plus(weights, filters)} = {both} parameters.")
    else:
        text.append(
            f"A kernel holds {w.times(k, k, layer.inputs)} = {reads} weights; all {w.whole(filters)} of them"
        )
        text.append(
            f"hold {w.times(filters, reads)} = {weights}, and {w.plus(weights, filters)} = {both} "
            f"with biases."
        )
    text.append(f"Connections: {w.times(units, reads)} = {connections}.")
    if connections.right > 10**7:
        text[-1] = text[-1][:-1] + f", roughly {w.again(connections, w.notation.hand.words(0), about=True)}."
    return text


def _by_network(w: Writer, net: Facts) -> list[str]:
    layer = w.chance.choice(net.of_kind("conv"))
    counts, hand = layer.counts, w.notation.hand
    size = layer.size
    assert size is not None
    units = w.state(
        int(counts.units),
        hand.whole,
        f"{layer.outputs}*({size.work})**2",
        derivation=counts.units,
        network=True,
    )
    reads = f"{layer.inputs}*{size.kernel}**2"
    lines_read = w.state(
        int(counts.connections),
        hand.whole,
        f"{layer.outputs}*({size.work})**2*{reads}",
        derivation=counts.connections,
        network=True,
    )
    return [
        f"- Units of {layer.name}: {units}",
        f"- Connections of {layer.name}: {lines_read}",
    ]


def layer_rows(w: Writer, net: Facts, both: bool = True) -> tuple[list[list[str]], list[Figure]]:
    """Return the rows of a layer table and its parameter cells.

    A row holds name, kernel, stride, padding, output, number.
    """
    rows, cells, by, before = [], [], w.notation.by, list[Figure]()
    for layer in net.layers:
        size = layer.size
        if size is None:
            settings, output = ["", "", ""], w.whole(layer.outputs)
        else:
            settings = [f"{size.kernel}{by}{size.kernel}", str(size.stride), str(size.padding)]
            side = w.size(size, uses=before, frame="{0}" + f"{by}{{0}}{by}{layer.outputs}")
            before, output = [side], str(side)
        if layer.kind == "pool":
            rows.append([layer.name, *settings, output, "0"])
            continue
        window = "" if size is None else f"*{size.kernel}**2"
        bias = f" + {layer.outputs}" if both else ""
        count = layer.counts.parameters if both else layer.counts.weights
        cell = w.state(
            int(count),
            w.notation.hand.whole,
            f"{layer.outputs}*{layer.inputs}{window}{bias}",
            derivation=count,
            uses=before if size is None else [],
        )
        cells.append(cell)
        rows.append([layer.name, *settings, output, cell])
    return rows, cells


@style("bar-tables")
def bar_tables(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=chance.choice([2, 3]), large=chance.random() < 0.5)
    w = Writer(chance, _hand(chance).of(by=chance.choice(["×", " x ", " × "])))
    notes = asides(chance, 3)
    rows, cells = layer_rows(w, net)
    total = w.sum(*cells, of=net.counts.total.parameters)
    lines = [
        f"### Exercise {chance.randrange(2, 9)}.{chance.randrange(1, 5)}: layer by layer",
        "",
        notes[0],
        "",
    ]
    lines += ["| layer | kernel | stride | padding | output | parameters (with biases) |"]
    lines += ["|:---|---:|---:|---:|:---:|---:|"]
    by = w.notation.by
    lines += [f"| input | | | | {net.side}{by}{net.side}{by}{net.channels} | 0 |"]
    lines += [f"| {' | '.join(cells_)} |" for cells_ in rows]
    lines += [
        f"| **total** | | | | | {'**' + total + '**' if chance.random() < 0.5 else total} |",
        "",
        notes[1],
        "",
    ]
    lines += [f"| layer | parameters | share of {w.whole(total)} |", "|---|---|---|"]
    for layer, cell in zip(net.of_kind("conv", "fc"), cells, strict=True):
        lines.append(f"| {layer.name} | {w.whole(cell)} | {w.share(cell, total, 2)} |")
    stored = w.product(total, 4)
    mega = w.scaled(stored, 10**6, w.notation.hand.words(2, "MB", 1))
    lines += [
        "",
        f"At 4 bytes each: {w.times(total, 4)} = {stored} bytes" + (f" = {mega}." if mega else "."),
        notes[2],
        "",
    ]
    return w.finished(name, ".md", "\n".join(lines))


@style("dollar-traces")
def dollar_traces(chance: random.Random, name: str) -> Case:
    w = Writer(chance, TEX.of(hand=Hand(thousands="{,}"), floor=r"\lfloor {} \rfloor"))
    notes, note = asides(chance, 3), w.notation
    places, found = chance.choice([3, 4]), steps(chance)
    names = {-1: "x_1", 0: "x_2"} | {one.number: f"v_{one.number}" for one in found.rows}
    lines = [f"# Solution {chance.randrange(1, 14)}", "", notes[0], "", "## (a) Forward trace", ""]
    lines += [f"We evaluate at $x_1 = {found.inputs[0]}$, $x_2 = {found.inputs[1]}$.", ""]
    lines += ["| row | expression | numbers | value |", "|---|---|---|---|"]
    before: dict[int, Figure] = {}
    numbers = {-1: str(found.inputs[0]), 0: str(found.inputs[1])}
    for step in found.rows:
        cells = written(note, step, names), written(note, step, numbers)
        before[step.number] = row(w, found, step, before, places)
        numbers[step.number] = before[step.number].bare
        lines.append(f"| $v_{step.number}$ | ${cells[0]}$ | ${cells[1]}$ | ${before[step.number]}$ |")
    lines += ["", notes[1], "", "## (b) Derivatives", ""]
    plain = formula(chance, plain=True)
    slope_formula = derivative(w, plain)
    at = chance.choice([2, 3, 4])
    lines += [
        f"For $f(x) = {plain.text(note)}$ we have $f'(x) = {slope_formula}$, so $f'({at}) = "
        f"{slope(w, plain, at, [slope_formula])}$."
    ]
    other = formula(chance)
    lines += [f"- $g(x) = {other.text(note)}$, $g'(x) = {derivative(w, other)}$", "", "## (c) Softmax", ""]
    logits = chance.sample(range(-2, 4), 3)
    vector = softmax(w, logits)
    lines += [
        f"$$\\mathrm{{softmax}}({', '.join(map(str, logits))}) = ({', '.join(vector)})$$",
        "",
        notes[2],
        "",
    ]
    return w.finished(name, ".md", "\n".join(lines))


@style("marking-scheme")
def marking_scheme(chance: random.Random, name: str) -> Case:
    w = Writer(chance, _hand(chance).of(cut=chance.random() < 0.5))
    notes = asides(chance, 4)
    lines = [f"**Marking scheme, sheet {chance.randrange(2, 12)}** (Friday group)", "", notes[0], ""]
    for letter in "abcd":
        size = size_question(chance)
        side = w.size(size)
        lines += [
            f"* ({letter}) [{chance.randrange(2, 5)} points] input {size.side}, kernel {size.kernel}, "
            f"stride {size.stride}, padding {size.padding}: output {w.size_formula(size)} = {side}"
        ]
        if chance.random() < 0.6:
            filters = chance.choice([8, 16, 32, 64])
            units = w.product(filters, side, side)
            lines += [
                f"  - with {filters} filters {w.times(filters, side, side, squares=True)} = {units} units"
            ]
        if chance.random() < 0.4:
            lines += [f"  - {notes[1 + 'abcd'.index(letter) % 3]}"]
    points = [chance.randrange(2, 9) for _ in range(4)]
    everything = w.sum(*points)
    got = chance.randrange(3, sum(points))
    lines += [
        "",
        f"Points: {w.plus(*points)} = {everything}. ",
        f"Somebody with {got} of {w.whole(everything)} points has {w.share(got, everything, 0)}.",
        "",
    ]
    same, kernel = chance.randrange(28, 128), chance.choice([3, 5, 7])
    padding = w.solved(same, same, kernel, 1)
    if padding is not None:
        lines += [
            f"Same size as the input ({same}), kernel {kernel}, stride 1: p = ({kernel} − 1)/2 = {padding}.",
            "",
        ]
    return w.finished(name, ".md", "\n".join(lines))
