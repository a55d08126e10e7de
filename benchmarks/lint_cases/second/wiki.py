"""A page of a wiki in HTML: numbered entities, a sortable table with sums both ways, footnotes."""

from __future__ import annotations

import random

from ..case import Case
from ..facts import Fact, facts
from ..harmless import in_html
from ..notation import HTML
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..traces import derivative, formula, slope
from ..writing import Writer
from .around import remarks
from .parts import powers

__all__: list[str] = []


def _section(title: str) -> str:
    anchor = title.replace(" ", "_")
    return (
        f'<h2><span class="mw-headline" id="{anchor}">{title}</span><span class="editsection">'
        f'[<a href="#" title="Edit section: {title}">edit</a>]</span></h2>'
    )


def _note(number: int) -> str:
    return f'<sup id="ref-{number}" class="reference"><a href="#note-{number}">[{number}]</a></sup>'


def _cells(*cells: str) -> list[str]:
    return ["<tr>", f'<th scope="row">{cells[0]}</th>', *(f"<td>{one}</td>" for one in cells[1:]), "</tr>"]


def _table(w: Writer, layers: list[Fact], first: str) -> tuple[list[str], list[Figure], Figure]:
    """Return the table of layers, the parameters of each, and their sum."""
    head = ["Layer", "Window", "Stride", "Padding", "Output", "Weights", "Biases", "Parameters"]
    lines = ['<table class="wikitable sortable">', "<caption>Layers and what they hold</caption>", "<tr>"]
    lines += [*(f'<th scope="col">{one}</th>' for one in head), "</tr>"]
    lines += _cells("input", "", "", "", first, "", "", "")
    by, hand = w.notation.by, w.notation.hand
    columns: tuple[list[Figure], list[int], list[Figure]] = [], [], []
    before: list[Figure] = []
    for layer in layers:
        size = layer.size
        if size is None:
            settings, output = ["", "", ""], w.whole(layer.outputs)
        else:
            settings = [f"{size.kernel}{by}{size.kernel}", str(size.stride), str(size.padding)]
            side = w.size(size, uses=before)
            before = [side]
            output = f"{side}{by}{side.bare}{by}{layer.outputs}"
        if layer.kind == "pool":
            lines += _cells(layer.name, *settings, output, "0", "0", "0")
            continue
        window = f"*{size.kernel}**2" if size else ""
        weights = w.state(
            int(layer.counts.weights),
            hand.whole,
            f"{layer.outputs}*{layer.inputs}{window}",
            derivation=layer.counts.weights,
        )
        both = w.sum(weights, layer.outputs, of=layer.counts.parameters)
        columns[0].append(weights)
        columns[1].append(layer.outputs)
        columns[2].append(both)
        lines += _cells(layer.name, *settings, output, weights, w.whole(layer.outputs), both)
    sums = w.sum(*columns[0]), w.sum(*columns[1]), w.sum(*columns[2])
    lines += ['<tr class="sortbottom">', '<th scope="row" colspan="5">Total</th>']
    return [*lines, *(f"<td><b>{one}</b></td>" for one in sums), "</tr>", "</table>"], columns[2], sums[2]


def _text(w: Writer, layer: Fact) -> list[str]:
    size, hand = layer.size, w.notation.hand
    assert size is not None
    k, reads = size.kernel, layer.inputs * size.kernel**2
    units = w.product(layer.side, layer.side, layer.outputs, of=layer.counts.units)
    connections = w.product(units, reads, of=layer.counts.connections)
    lines = [
        f"<p>The output of <b>{layer.name}</b> is {w.size_formula(size)} = {w.size(size)} pixels wide.",
        f"The layer has {w.times(layer.side, layer.side, layer.outputs, squares=True)} = {units} units."
        f"{_note(1)} Each of them reads a window of {k}{w.notation.by}{k} pixels in "
        f"{layer.inputs} channels, so there are {w.times(units, reads)} = {connections} connections",
    ]
    if connections.right > 10**6:
        lines[-1] += f" (about {w.again(connections, hand.scientific(1))})"
    return [*lines[:-1], lines[-1] + f".{_note(2)}</p>"]


def _softmax(w: Writer, chance: random.Random) -> list[str]:
    logits = chance.sample(range(-1, 5), 3)
    shown = powers(w, logits, 3)
    minus = w.notation.hand.minus
    texts = [str(z).replace("-", minus) for z in logits]
    lines = ['<table class="wikitable">', "<tr><th><i>z</i></th><th><i>e<sup>z</sup></i></th>"]
    lines[-1] += "<th>softmax</th></tr>"
    for z, one, part in zip(texts, shown.exps, shown.shares, strict=True):
        lines += [f"<tr><td>{z}</td><td>{one}</td><td>{part}</td></tr>"]
    return [*lines, f"<tr><th>Sum</th><td>{shown.total}</td><td>1</td></tr>", "</table>"]


@style("wiki-page")
def wiki_page(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=chance.choice([1, 2]))
    hand = Hand(
        thousands=chance.choice([",", "&#8239;", "&#160;"]),
        minus="&#8722;",
        sign=chance.choice(["&#160;%", "%"]),
        power="{}&#215;10<sup>{}</sup>",
    )
    note = HTML.of(hand=hand, times=" &#215; ", by="&#215;", minus=" &#8722; ", floor="&#8970;{}&#8971;")
    w = Writer(chance, note)
    notes = in_html(remarks(chance, 4))
    lines = ['<div class="mw-parser-output">', f"<p>{notes[0]}</p>", _section("Layers")]
    table, cells, total = _table(w, list(net.layers), f"{net.side}&#215;{net.side}&#215;{net.channels}")
    lines += [
        *table,
        _section("Units and connections"),
        *_text(w, net.of_kind("conv")[0]),
        f"<p>{notes[1]}</p>",
    ]
    stored = w.product(total, 4)
    mega = w.scaled(stored, 10**6, hand.places(1))
    last = cells[-1]
    share = w.share(last, total, 2, [one for one in cells if one is not last])
    lines += [
        _section("Memory"),
        f"<p>Stored with 4 bytes each, the {w.whole(total)} parameters need {stored} bytes"
        + (f" ({mega}&#160;MB)." if mega else "."),
        f"The last layer has {w.whole(last)} of the {w.whole(total)} parameters, which is {share}.</p>",
    ]
    plain, other, at = formula(chance, plain=True), formula(chance), chance.choice([2, 3, 4])
    found = derivative(w, plain)
    lines += [
        _section("Examples"),
        "<dl>",
        f"<dd><i>f</i>(<i>x</i>) = {plain.text(note)}, <i>f</i>&#8242;(<i>x</i>) = {found}, "
        f"<i>f</i>&#8242;({at}) = {slope(w, plain, at, [found])}</dd>",
        f"<dd><i>g</i>(<i>x</i>) = {other.text(note)}, "
        f"<i>g</i>&#8242;(<i>x</i>) = {derivative(w, other)}</dd>",
        "</dl>",
        *_softmax(w, chance),
        "<h2>Notes</h2>",
        "<ol>",
        f'<li id="note-1">{notes[2]}</li>',
        f'<li id="note-2">{notes[3]}</li>',
        "</ol>",
        "</div>",
        "",
    ]
    return w.finished(name, ".html", "\n".join(lines))
