"""Sheets in LaTeX: aligned derivations, a layer table with siunitx, short answers of an exam."""

from __future__ import annotations

import random

from ..case import Case
from ..facts import facts, size_question
from ..harmless import asides, in_tex
from ..notation import TEX, Notation
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..traces import derivative, formula, row, slope, softmax, steps, written
from ..writing import Writer
from .markdown import layer_rows

__all__: list[str] = []

_HANDS = (
    Hand(thousands=r"\,", sign=r"\,\%", power=r"{} \cdot 10^{{{}}}"),
    Hand(thousands="{,}", sign=r"\%", power=r"{} \times 10^{{{}}}"),
    Hand(thousands="", around=(r"\num{", "}"), sign=r"\,\%", power=r"{} \cdot 10^{{{}}}"),
)


def _notation(chance: random.Random) -> Notation:
    return TEX.of(hand=chance.choice(_HANDS), times=chance.choice([r" \times ", r" \cdot "]))


def _document(title: str, body: list[str], packages: str = "amsmath,siunitx") -> str:
    head = [r"\documentclass[11pt]{article}", rf"\usepackage{{{packages}}}", r"\begin{document}"]
    return "\n".join([*head, rf"\section*{{{title}}}", "", *body, r"\end{document}", ""])


@style("tex-align")
def tex_align(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=2)
    given = chance.random() < 0.3
    w = Writer(chance, _notation(chance), net.network if given else None)
    notes, note = in_tex(asides(chance, 4)), w.notation
    body, totals = [notes[0], ""], list[Figure]()
    for n, layer in enumerate(net.of_kind("conv"), 1):
        size = layer.size
        assert size is not None
        k = size.kernel
        body += [
            rf"\paragraph{{Layer {n}.}} There are {layer.outputs} kernels of size ${k} \times "
            rf"{k}$ with stride "
            f"{size.stride} and padding {size.padding} on ${size.side} \\times {size.side} "
            f"\\times {layer.inputs}$.",
            r"\begin{align*}",
            f"  o_{n} &= {w.size_formula(size)} = {w.size(size)} \\\\",
        ]
        units = w.product(layer.outputs, layer.side, layer.side, of=layer.counts.units)
        weights = w.product(layer.outputs, k, k, layer.inputs, of=layer.counts.weights)
        window = rf"\underbrace{{{w.times(k, k, squares=True)}}}_{{\text{{window}}}}"
        product = f"{w.whole(layer.outputs)}{note.times}{window}{note.times}{layer.inputs}"
        body += [f"  U_{n} &= {w.times(layer.outputs, layer.side, layer.side)} = {units} \\\\"]
        if chance.random() < 0.5:
            body += [f"  W_{n} &= {product} \\\\", f"      &= {weights} \\\\"]
        else:
            body += [f"  W_{n} &= {product} = {weights} \\\\"]
        both = w.sum(weights, layer.outputs, of=layer.counts.parameters)
        totals.append(both)
        body += [f"  P_{n} &= W_{n} + {w.whole(layer.outputs)} = {w.plus(weights, layer.outputs)} = {both}"]
        reads = k * k * layer.inputs
        connections = w.product(units, reads, of=layer.counts.connections)
        body[-1] += r" \\"
        rough = w.again(connections, note.hand.scientific(2)) if connections.right > 10**4 else ""
        body += [
            f"  C_{n} &= {w.times(units, reads)} = {connections}"
            + (f" {note.about}{rough}" if rough else ""),
            r"\end{align*}",
            notes[n],
            "",
        ]
    everything = w.sum(*totals)
    body += [
        rf"Both layers together: \[ {w.plus(*totals)} = {everything}. \]",
        f"Layer 1 holds ${w.whole(totals[0])}$ of these ${w.whole(everything)}$, "
        f"i.e.~${w.share(totals[0], everything, 1, totals[1:])}$.",
    ]
    if given:
        counts = net.counts.total
        work = " + ".join(
            f"{one.outputs}*({one.inputs}{f'*{one.size.kernel}**2' if one.size else ''} + 1)"
            for one in net.of_kind("conv", "fc")
        )
        stated = w.state(
            int(counts.parameters), note.hand.whole, work, derivation=counts.parameters, network=True
        )
        body += ["", rf"The whole network, dense layers included, has ${stated}$ parameters."]
    return w.finished(name, ".tex", _document(f"Solution {chance.randrange(2, 12)}", [*body, "", notes[3]]))


@style("tex-tabular")
def tex_tabular(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=chance.choice([2, 3]), large=chance.random() < 0.6)
    both = chance.random() < 0.5
    w = Writer(chance, _notation(chance).of(by=r" \times "))
    notes = in_tex(asides(chance, 2))
    rows, cells = layer_rows(w, net, both)
    counts = net.counts.total
    total = w.sum(*cells, of=counts.parameters if both else counts.weights)
    what = "parameters, biases included" if both else "weights, without biases"
    body = [
        notes[0],
        "",
        r"\begin{tabular}{lccccr}",
        r"\hline",
        rf"layer & kernel & stride & padding & output & {what} \\ \hline",
        rf"input & & & & ${net.side} \times {net.side} \times {net.channels}$ & \\",
    ]
    for first, *middle, last in rows:
        set_ = [f"${cell}$" if cell else "" for cell in middle]
        body.append(rf"{first} & {' & '.join(set_)} & ${last}$ \\")
    body += [
        r"\hline",
        rf"\multicolumn{{5}}{{l}}{{total}} & ${total}$ \\",
        r"\hline",
        r"\end{tabular}",
        "",
        notes[1],
    ]
    body += [r"\begin{itemize}"]
    for layer, cell in zip(net.of_kind("conv", "fc"), cells, strict=True):
        body.append(
            rf"  \item {layer.name}: ${w.whole(cell)}$ of ${w.whole(total)}$, that is "
            rf"${w.share(cell, total)}$"
        )
    return w.finished(name, ".tex", _document("Layer table", [*body, r"\end{itemize}"]))


@style("tex-exam")
def tex_exam(chance: random.Random, name: str) -> Case:
    w = Writer(chance, _notation(chance).of(cut=chance.random() < 0.6))
    notes, note, places = in_tex(asides(chance, 3)), w.notation, chance.choice([2, 3, 4])
    size, plain, other = size_question(chance), formula(chance, plain=True), formula(chance)
    body = [notes[0], r"\begin{enumerate}"]
    body += [
        rf"  \item[(a)] With $i = {size.side}$, $k = {size.kernel}$, $s = {size.stride}$ and $p = "
        rf"{size.padding}$ we get",
        rf"    \[ o = {w.size_formula(size)} = {w.size(size)}. \]",
    ]
    found, first = steps(chance, 4), derivative(w, plain)
    at = chance.choice([2, 3, 5])
    body += [
        rf"  \item[(b)] $f(x) = {plain.text(note)}$ has the derivative $f'(x) = {first}$, hence "
        f"$f'({at}) = {slope(w, plain, at, [first])}$.",
        rf"    Likewise $g(x) = {other.text(note)}$ gives $g'(x) = {derivative(w, other)}$.",
        rf"  \item[(c)] At $x_1 = {found.inputs[0]}$ and $x_2 = {found.inputs[1]}$:",
        r"    \begin{align*}",
    ]
    names = {-1: "x_1", 0: "x_2"} | {one.number: f"v_{one.number}" for one in found.rows}
    numbers, before = {-1: str(found.inputs[0]), 0: str(found.inputs[1])}, dict[int, Figure]()
    for step in found.rows:
        texts = written(note, step, names), written(note, step, numbers)
        before[step.number] = row(w, found, step, before, places)
        numbers[step.number] = before[step.number].bare
        sign = "=" if before[step.number].bare.lstrip("-").isdecimal() else r"\approx"
        body.append(rf"      v_{step.number} &= {texts[0]} = {texts[1]} {sign} {before[step.number]} \\")
    body[-1] = body[-1].removesuffix(r" \\")
    logits = chance.sample(range(-1, 4), 3)
    vector = softmax(w, logits, 3)
    body += [
        r"    \end{align*}",
        rf"  \item[(d)] {notes[1]}",
        rf"    $\operatorname{{softmax}}({', '.join(map(str, logits))}) \approx "
        rf"\left({', '.join(vector)}\right)$",
        r"\end{enumerate}",
        notes[2],
    ]
    return w.finished(name, ".tex", _document(f"Exam of {chance.randrange(2, 28)} January", body))
