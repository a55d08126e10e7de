"""Sheets in German and French, with the separators of Germany, Switzerland and France."""

from __future__ import annotations

import random

from ..case import Case
from ..facts import Facts, facts
from ..harmless import in_french, in_german
from ..notation import MARKDOWN, TYPED
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..writing import Writer

__all__: list[str] = []


def _large(chance: random.Random) -> Facts:
    """Draw a network with over a million parameters, so that its numbers show what separates thousands."""
    while True:
        net = facts(chance, convs=2)
        if int(net.counts.total.parameters) > 10**6:
            return net


@style("german")
def german(chance: random.Random, name: str) -> Case:
    swiss = chance.random() < 0.5
    hand = Hand(thousands="'", sign="%") if swiss else Hand(thousands=".", decimal=",", sign=" %")
    net = _large(chance)
    w = Writer(chance, TYPED.of(hand=hand, times=chance.choice([" * ", " · ", " x "])))
    notes = in_german(chance, 4)
    lines = [f"Musterlösung zu Serie {chance.randrange(2, 13)}", "", notes[0], ""]
    parts: list[Figure] = []
    for n, layer in enumerate(net.of_kind("conv"), 1):
        size = layer.size
        assert size is not None
        k, reads = size.kernel, size.kernel**2 * layer.inputs
        units = w.product(layer.outputs, layer.side, layer.side, of=layer.counts.units)
        lines += [
            f"{n}) Faltung {layer.name}: {layer.outputs} Filter {k} x {k}, Schrittweite "
            f"{size.stride}, Rand {size.padding}"
        ]
        lines += [f"   Ausgabe: {w.size_formula(size)} = {w.size(size)}"]
        lines += [f"   Neuronen: {w.times(layer.outputs, layer.side, layer.side)} = {units}"]
        weights = w.product(layer.outputs, k, k, layer.inputs, of=layer.counts.weights)
        both = w.sum(weights, layer.outputs, of=layer.counts.parameters)
        lines += [
            f"   Gewichte: {w.times(layer.outputs, k, k, layer.inputs)} = {weights}, mit Schwellwerten also "
            f"{w.plus(weights, layer.outputs)} = {both}"
        ]
        connections = w.product(units, reads, of=layer.counts.connections)
        lines += [f"   Verbindungen: {w.times(units, reads)} = {connections}"]
        if connections.right > 10**7:
            lines[-1] += f", d. h. rund {w.again(connections, hand.words(1, 'Millionen'), about=True)}"
        parts.append(both)
        lines += [notes[n], ""]
    for layer in net.of_kind("fc"):
        weights = w.product(layer.inputs, layer.outputs, of=layer.counts.weights)
        both = w.sum(weights, layer.outputs, of=layer.counts.parameters)
        lines += [
            f"Dichte Schicht {layer.name}: {w.times(layer.inputs, layer.outputs)} = {weights} Gewichte, "
            f"{w.plus(weights, layer.outputs)} = {both} Parameter."
        ]
        parts.append(both)
    total = w.sum(*parts, of=net.counts.total.parameters)
    lines += [f"Insgesamt {w.plus(*parts)} = {total} Parameter."]
    for part in parts[-2:]:
        lines += [f"Davon sind {w.whole(part)} von {w.whole(total)} genau {w.share(part, total, 2)}."]
    return w.finished(name, ".txt", "\n".join([*lines, "", notes[3], ""]))


@style("french")
def french(chance: random.Random, name: str) -> Case:
    space = chance.choice(["\u202f", "\u00a0", " "])
    hand = Hand(thousands=space, decimal=",", minus="−", sign="\u00a0%", power="{} × 10^{}")
    net = _large(chance)
    w = Writer(chance, MARKDOWN.of(hand=hand, cut=False))
    notes = in_french(chance, 4)
    lines = [f"# Corrigé de la série {chance.randrange(2, 13)}", "", notes[0], ""]
    parts: list[Figure] = []
    for n, layer in enumerate(net.of_kind("conv"), 1):
        size = layer.size
        assert size is not None
        k = size.kernel
        weights = w.product(k, k, layer.inputs, layer.outputs, of=layer.counts.weights)
        both = w.sum(weights, layer.outputs, of=layer.counts.parameters)
        lines += [
            f"## Couche {n}",
            "",
            f"La sortie mesure {w.size_formula(size)} = {w.size(size)} pixels de côté (entrée "
            f"{size.side}, noyau {k}, "
            f"pas {size.stride}, marge {size.padding}).",
        ]
        lines += [
            f"Les {layer.outputs} noyaux ont {w.times(k, k, layer.inputs, layer.outputs)} = {weights} poids, "
            f"soit {w.plus(weights, layer.outputs)} = {both} paramètres avec les biais.",
            notes[n],
            "",
        ]
        parts.append(both)
    for layer in net.of_kind("fc"):
        weights = w.product(layer.inputs, layer.outputs, of=layer.counts.weights)
        both = w.sum(weights, layer.outputs, of=layer.counts.parameters)
        lines += [
            f"Couche dense {layer.name} : {w.times(layer.inputs, layer.outputs)} + "
            f"{w.whole(layer.outputs)} = {weights} + {w.whole(layer.outputs)} = {both}."
        ]
        parts.append(both)
    total = w.sum(*parts, of=net.counts.total.parameters)
    lines += [
        "",
        f"Au total, {w.plus(*parts)} = {total} paramètres, "
        f"soit environ {w.again(total, hand.words(1, 'millions'), about=True)}.",
    ]
    lines += [
        f"La dernière couche en contient {w.whole(parts[-1])} sur {w.whole(total)}, donc "
        f"{w.share(parts[-1], total, 1, parts[:-1])}."
    ]
    stored = w.product(total, 4)
    mega = w.scaled(stored, 10**6, hand.places(2))
    lines += [
        f"À 4 octets par paramètre : {w.times(total, 4)} = {stored} octets, c'est-à-dire {mega} Mo.",
        notes[3],
        "",
    ]
    return w.finished(name, ".md", "\n".join(lines))
