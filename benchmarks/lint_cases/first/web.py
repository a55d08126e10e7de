"""Sheets in HTML: exported from a word processor, and an answer in a learning platform."""

from __future__ import annotations

import random
from typing import NamedTuple

from ..case import Case
from ..facts import facts, size_question
from ..harmless import asides, in_html
from ..notation import HTML
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..traces import derivative, formula, softmax
from ..writing import Writer
from .markdown import layer_rows

__all__: list[str] = []

_HEAD = """<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>{}</title>
<style>
p.MsoNormal {{margin: 0cm 0cm 8.0pt; line-height: 107%; font-size: 11.0pt}}
td {{padding: 0 5.4pt; width: 92.05pt}}
</style>
</head>
<body lang="EN-GB">"""


class _Tags(NamedTuple):
    paragraph: str
    cell: str


_OFFICE = _Tags(
    '<p class="MsoNormal"><span style="font-size:11.0pt">{}</span></p>',
    '  <td style="border:solid 1.0pt"><p class="MsoNormal" align="right">{}</p></td>',
)
_PLATFORM = _Tags("<p>{}</p>", "<td>{}</td>")


def _table(rows: list[list[str]], tags: _Tags, one_line: bool) -> list[str]:
    made = ['<table border="1" cellspacing="0" width="604">']
    for cells in rows:
        set_ = [tags.cell.format(cell or "&nbsp;") for cell in cells]
        made += (
            ["<tr>" + "".join(one.strip() for one in set_) + "</tr>"]
            if one_line
            else [" <tr>", *set_, " </tr>"]
        )
    return [*made, "</table>"]


@style("word-processor")
def word_processor(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=chance.choice([1, 2]))
    marks = chance.choice([",", "&nbsp;", "'", "&thinsp;"])
    w = Writer(chance, HTML.of(hand=Hand(marks, minus="&minus;", sign="&nbsp;%", power=HTML.hand.power)))
    notes, p = in_html(asides(chance, 3)), _OFFICE.paragraph
    lines = [_HEAD.format("Solution to the exercise"), "<h1>Solution</h1>", p.format(notes[0])]
    for layer in net.of_kind("conv"):
        size = layer.size
        assert size is not None
        k = size.kernel
        lines += [
            p.format(
                f"<b>{layer.name}:</b> {layer.outputs} kernels of {k}&times;{k}, stride "
                f"{size.stride}, padding "
                f"{size.padding}; the input has {layer.inputs} channels of "
                f"{size.side}&times;{size.side} pixels."
            )
        ]
        units = w.product(layer.outputs, layer.side, layer.side, of=layer.counts.units)
        lines += [p.format(f"Output size: {w.size_formula(size)} = {w.size(size, frame='<b>{}</b>')}")]
        lines += [
            p.format(f"Units: {w.times(layer.outputs, layer.side, layer.side, squares=True)} = {units}")
        ]
        weights = w.product(layer.outputs, k, k, layer.inputs, of=layer.counts.weights)
        lines += [
            p.format(f"Weights: {w.times(layer.outputs, k, k, layer.inputs, squares=True)} = {weights}")
        ]
        reads = k * k * layer.inputs
        connections = w.product(units, reads, of=layer.counts.connections)
        lines += [p.format(f"Connections: {w.times(units, reads)} = {connections}")]
        if connections.right > 10**5:
            lines[-1] = lines[-1].replace(
                "</span>", f" &asymp; {w.again(connections, w.notation.hand.scientific(2))}</span>"
            )
    lines += [p.format(notes[1]), "<h2>Table of layers</h2>"]
    rows, cells = layer_rows(w, net)
    total = w.sum(*cells, of=net.counts.total.parameters)
    head = ["Layer", "Kernel", "Stride", "Padding", "Output", "Parameters (weights and biases)"]
    first = ["Input", "", "", "", f"{net.side}&times;{net.side}&times;{net.channels}", "0"]
    lines += _table([head, first, *rows, ["Total", "", "", "", "", total]], _OFFICE, chance.random() < 0.3)
    largest = max(range(len(cells)), key=lambda n: cells[n].value)
    last, cell = net.of_kind("conv", "fc")[largest], cells[largest]
    share = w.share(cell, total, 1, [one for one in cells if one is not cell])
    lines += [
        p.format(f"{last.name} has {w.whole(cell)} of {w.whole(total)} parameters, or {share}."),
        p.format(notes[2]),
    ]
    return w.finished(name, ".html", "\n".join([*lines, "</body>", "</html>", ""]))


@style("learning-platform")
def learning_platform(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=2, large=False)
    given = chance.random() < 0.5
    w = Writer(
        chance,
        HTML.of(hand=Hand(minus="&minus;", sign="%"), floor="floor({})"),
        net.network if given else None,
    )
    notes, p, hand = in_html(asides(chance, 3)), _PLATFORM.paragraph, w.notation.hand
    lines = [
        '<div class="answer">',
        p.format(f"Answer by tutor, {chance.randrange(10, 20)}:{chance.randrange(10, 59)}"),
        p.format(notes[0]),
        "<ul>",
    ]
    parts: list[Figure] = []
    for layer in net.of_kind("conv", "fc"):
        window = (layer.size.kernel, layer.size.kernel) if layer.size else ()
        weights = w.product(layer.outputs, layer.inputs, *window, of=layer.counts.weights)
        both = w.sum(weights, layer.outputs, of=layer.counts.parameters)
        parts.append(both)
        lines += [
            f"<li><strong>{layer.name}</strong>: {w.times(layer.outputs, layer.inputs, *window)} "
            f"+ {w.whole(layer.outputs)} = "
            f"{weights} + {w.whole(layer.outputs)} = {both} parameters</li>"
        ]
        if given and layer.kind == "conv":
            side = layer.size.work if layer.size else "1"
            stated = w.state(
                int(layer.counts.units),
                hand.whole,
                f"{layer.outputs}*({side})**2",
                derivation=layer.counts.units,
                network=True,
            )
            lines += [f"<li>{layer.name} has {stated} units</li>"]
    total = w.sum(*parts, of=net.counts.total.parameters)
    lines += [f"<li>in total {w.plus(*parts)} = {total}</li>", "</ul>", p.format(notes[1])]
    for _ in range(2):
        size = size_question(chance)
        lines += [
            p.format(
                f"An input of {size.side} pixels and a kernel of {size.kernel} (stride "
                f"{size.stride}, padding "
                f"{size.padding}) give<br>\n{w.size_formula(size)} = {w.size(size)}."
            )
        ]
    logits = chance.sample(range(-1, 5), 4)
    rows = [["class", *(f"{n}" for n in range(1, 5))], ["input z", *map(str, logits)]]
    rows.append(["softmax", *softmax(w, logits)])
    function = formula(chance)
    lines += [
        *_table(rows, _PLATFORM, True),
        p.format(f"f(x) = {function.text(w.notation)}, f&prime;(x) = {derivative(w, function)}"),
        p.format(notes[2]),
        "</div>",
        "",
    ]
    return w.finished(name, ".html", "\n".join(lines))
