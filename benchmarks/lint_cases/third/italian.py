"""Worked problems in Italian, in LaTeX: running text with short formulas, a decimal comma."""

from __future__ import annotations

import math
import random
from fractions import Fraction

from ..case import Case
from ..facts import Fact, facts
from ..notation import TEX
from ..numerals import Hand
from ..second.parts import logistic, shortly, weighted
from ..sheet import Figure
from ..styles import style
from ..traces import derivative, formula, slope
from ..writing import Writer
from .around import in_italian
from .parts import decimal

__all__: list[str] = []

_HEAD = r"""\documentclass[a4paper,11pt]{article}
\usepackage[utf8]{inputenc}
\usepackage[italian]{babel}
\usepackage{amsmath}
\begin{document}
"""


def _convolution(w: Writer, layer: Fact, number: int) -> tuple[list[str], Figure]:
    size, times, hand = layer.size, w.notation.times, w.notation.hand
    assert size is not None
    k, a, b = size.kernel, layer.inputs, layer.outputs
    border = f"con bordo {size.padding}" if size.padding else "senza bordo"
    lines = [
        rf"\section*{{Esercizio {number}}}",
        rf"Lo strato \texttt{{{layer.name}}} legge {a} canali di ${size.side} \times {size.side}$ pixel e ha "
        rf"{b} filtri ${k} \times {k}$ con passo {size.stride}, {border}.",
        "",
        r"\textbf{Svolgimento.} Il lato dell'uscita è",
        r"\begin{equation*}",
    ]
    side = w.size(size)
    lines += [f"  n = {w.size_formula(size)} = {side}.", r"\end{equation*}"]
    units = w.state(
        int(layer.counts.units),
        hand.whole,
        f"{b}*({size.work})**2",
        derivation=layer.counts.units,
        uses=[side],
        source=b * side.value**2,
    )
    reads = w.product(k, k, a)
    weights = w.product(b, reads, of=layer.counts.weights)
    both = w.sum(weights, b, of=layer.counts.parameters)
    connections = w.product(units, reads, of=layer.counts.connections)
    lines += [
        rf"Le unità sono quindi ${b}{times}{w.whole(side)}^2 = {units}$.",
        rf"Un filtro ha ${k}^2{times}{a} = {reads}$ pesi; tutti i filtri insieme ne hanno "
        rf"${b}{times}{w.whole(reads)} = {weights}$,",
        rf"a cui si aggiungono {b} soglie: in totale ${w.plus(weights, b)} = {both}$ parametri.",
        rf"Le connessioni sono ${w.whole(units)}{times}{w.whole(reads)} = {connections}$",
    ]
    if connections.right > 10**6:
        lines[-1] += rf", cioè circa ${w.again(connections, hand.scientific(2))}$"
    return [*lines[:-1], lines[-1] + ".", ""], both


def _dense(w: Writer, layer: Fact, number: int) -> tuple[list[str], Figure]:
    a, b, hand = w.whole(layer.inputs), w.whole(layer.outputs), w.notation.hand
    times = w.notation.times
    weights = w.product(layer.inputs, layer.outputs, of=layer.counts.weights)
    both = w.sum(weights, layer.outputs, of=layer.counts.parameters)
    stored = w.product(both, 4)
    mega = w.scaled(stored, 10**6, hand.places(2))
    return [
        rf"\section*{{Esercizio {number}}}",
        rf"Lo strato completamente connesso \texttt{{{layer.name}}} va da ${a}$ a ${b}$ unità.",
        "",
        r"\textbf{Svolgimento.}",
        rf"Ci sono ${a}{times}{b} = {weights}$ pesi e ${b}$ soglie, ovvero ${both}$ parametri.",
        rf"Con 4 byte ciascuno servono $4{times}{w.whole(both)} = {stored}$ byte"
        + (rf", ossia ${mega}$\,MB." if mega else "."),
        "",
    ], both


def _unit(w: Writer, chance: random.Random, number: int) -> list[str]:
    """A unit with the logistic function, its slope there, and a squared error."""
    hand = w.notation.hand
    weights, inputs = (
        [decimal(chance, -15, 15) for _ in range(2)],
        [Fraction(chance.choice([-2, -1, 1, 2, 3]))],
    )
    inputs.append(Fraction(chance.choice([-1, 1, 2])))
    bias = decimal(chance, -9, 9)

    def shown(value: Fraction) -> str:
        return shortly(hand, value)(value).text

    text, z = weighted(w, weights, inputs, bias)
    out = logistic(w, z, 3)
    right, now = (
        1 / (1 + math.exp(-float(z.right))),
        1 / (1 + math.exp(-max(-50.0, min(50.0, float(z.value))))),
    )
    sigma = f"(1/(1 + exp(-({z.work}))))"
    rate = w.state(
        right * (1 - right),
        hand.places(3),
        f"{sigma}*(1 - {sigma})",
        slips=[("a factor left out", 1 - right), ("a factor used twice", right**2)],
        uses=[out],
        source=now * (1 - now),
        slack=0.001,
    )
    named = ",\\ ".join(
        f"{letter}_{n} = {shown(value)}"
        for letter, values in (("x", inputs), ("w", weights))
        for n, value in enumerate(values, 1)
    )
    target, answer = Fraction(chance.randrange(0, 4)), decimal(chance, -20, 40)
    gap = (answer - target) ** 2 / 2
    work = f"({answer} - {target})**2/2"
    error = w.state(
        gap, shortly(hand, gap), work, slips=[("a factor left out", (answer - target) ** 2)], roundable=False
    )
    return [
        rf"\section*{{Esercizio {number}}}",
        rf"Un neurone con funzione logistica $\sigma$: ${named}$, soglia $b = {shown(bias)}$.",
        "",
        r"\textbf{Svolgimento.}",
        rf"La somma pesata vale $z = {text} = {z}$,",
        rf"l'uscita è $\sigma(z) \approx {out}$ e la derivata in quel punto è",
        rf"$\sigma'(z) = \sigma(z)\,(1 - \sigma(z)) \approx {rate}$.",
        "",
        rf"Per un altro neurone, con uscita $y = {shown(answer)}$ e valore atteso $t = {target}$, l'errore è",
        rf"$\frac{{1}}{{2}}(y - t)^2 = {error}$.",
        "",
    ]


def _slopes(w: Writer, chance: random.Random, number: int) -> list[str]:
    plain, other, at = formula(chance, plain=True), formula(chance), chance.choice([2, 3, 4])
    found, note = derivative(w, plain), w.notation
    return [
        rf"\section*{{Esercizio {number}}}",
        rf"Si calcolino le derivate di $f(x) = {plain.text(note)}$ e $g(x) = {other.text(note)}$.",
        "",
        r"\textbf{Svolgimento.}",
        rf"Si ha $f'(x) = {found}$, da cui $f'({at}) = {slope(w, plain, at, [found])}$;",
        rf"inoltre $g'(x) = {derivative(w, other)}$.",
        "",
    ]


@style("italian-problems")
def italian_problems(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=chance.choice([1, 2]), large=chance.random() < 0.7)
    decimal_, mark = chance.choice([("{,}", r"\,"), ("{,}", r"\,"), (",", ".")])
    hand = Hand(thousands=mark, decimal=decimal_, sign=r"\,\%", power=r"{} \cdot 10^{{{}}}", from_four=False)
    w = Writer(chance, TEX.of(hand=hand, times=r" \cdot "))
    remarks, body = (
        in_italian(chance, 4),
        [r"\begin{center}\Large Foglio di esercizi, soluzioni\end{center}", ""],
    )
    body += [remarks[0], ""]
    parts: list[Figure] = []
    convs, dense = net.of_kind("conv"), net.of_kind("fc")
    for n, layer in enumerate(convs, 1):
        made, both = _convolution(w, layer, n)
        parts.append(both)
        body += [*made, remarks[n], ""]
    for n, layer in enumerate(dense, len(convs) + 1):
        made, both = _dense(w, layer, n)
        parts.append(both)
        body += made
    total = w.sum(*parts, of=net.counts.total.parameters)
    body += [rf"Tutta la rete ha dunque ${w.plus(*parts)} = {total}$ parametri;"]
    largest = max(parts, key=lambda one: one.right)
    where = net.of_kind("conv", "fc")[parts.index(largest)].name
    others = [one for one in parts if one is not largest]
    body += [
        rf"lo strato \texttt{{{where}}} ne ha ${w.whole(largest)}$ su ${w.whole(total)}$, pari al "
        rf"${w.share(largest, total, 1, others)}$.",
        "",
    ]
    number = len(convs) + len(dense) + 1
    body += [*_unit(w, chance, number), remarks[3], "", *_slopes(w, chance, number + 1)]
    return w.finished(name, ".tex", _HEAD + "\n".join([*body, r"\end{document}", ""]))
