"""Problems in Spanish, each with what is given, what is asked, the solution and the answer."""

from __future__ import annotations

import random
from fractions import Fraction

from ..case import Case
from ..facts import Fact, facts
from ..notation import MARKDOWN
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import in_spanish
from .parts import Superscript, logistic, shortly, weighted

__all__: list[str] = []


def _heading(number: int, title: str, given: str, asked: str) -> list[str]:
    return [
        f"## Problema {number}. {title}",
        "",
        f"**Datos.** {given}",
        "",
        f"**Se pide.** {asked}",
        "",
        "**Solución.**",
    ]


def _convolution(w: Writer, layer: Fact, number: int) -> tuple[list[str], Figure]:
    size = layer.size
    assert size is not None
    k, n = size.kernel, layer.outputs
    lines = _heading(
        number,
        f"La capa {layer.name}",
        f"Entrada de {size.side} × {size.side} × {layer.inputs}, {n} filtros de {k} × {k}, "
        f"paso {size.stride}, relleno {size.padding}.",
        "Tamaño de la salida, pesos, sesgos y conexiones.",
    )
    side = w.size(size)
    lines[-1] += f" El lado de la salida es {w.size_formula(size)} = {side}."
    reads = w.product(k, k, layer.inputs)
    weights = w.product(n, reads, of=layer.counts.weights)
    both = w.sum(weights, n, of=layer.counts.parameters)
    units = w.product(n, layer.side, layer.side, of=layer.counts.units)
    connections = w.product(units, reads, of=layer.counts.connections)
    lines += [
        f"Cada filtro tiene {w.times(k, k, layer.inputs)} = {reads} pesos y un sesgo; los {n} filtros suman "
        f"{w.times(n, reads)} = {weights} pesos y {n} sesgos, es decir, {both} parámetros.",
        f"Hay {w.times(n, layer.side, layer.side)} = {units} neuronas y, por tanto, "
        f"{w.times(units, reads)} = {connections} conexiones.",
        "",
    ]
    answer = f"**Respuesta:** lado {w.again(side, w.notation.hand.whole)}"
    answer += f"; {w.again(both, w.notation.hand.whole)} parámetros"
    if connections.right > 10**7:
        rough = w.again(connections, w.notation.hand.words(1, "millones"), about=True)
        answer += f"; unos {rough} de conexiones"
    return [*lines, answer + ".", ""], both


def _perceptron(w: Writer, chance: random.Random, number: int) -> list[str]:
    weights = [Fraction(chance.choice([-15, -12, -8, -5, 4, 5, 7, 12]), 10) for _ in range(3)]
    inputs = [Fraction(chance.choice([-2, -1, 1, 2, 3])) for _ in range(3)]
    bias = Fraction(chance.randrange(-9, 10), 10)
    hand = w.notation.hand

    def listed(values: list[Fraction]) -> str:
        return "(" + "; ".join(shortly(hand, one)(one).text for one in values) + ")"

    lines = _heading(
        number,
        "Una neurona",
        f"w = {listed(weights)}, x = {listed(inputs)}, b = {shortly(hand, bias)(bias).text}.",
        "La suma ponderada z y la salida de la función logística.",
    )
    text, z = weighted(w, weights, inputs, bias)
    lines[-1] += f" z = w · x + b = {text} = {z}."
    out = logistic(w, z, 3)
    return [*lines, f"La salida es y = 1 / (1 + exp(−z)) ≈ {out}.", ""]


def _memory(w: Writer, layers: list[Fact], number: int) -> tuple[list[str], list[Figure]]:
    hand, parts = w.notation.hand, list[Figure]()
    lines = _heading(
        number,
        "Las capas densas",
        "Cada peso y cada sesgo ocupa 4 bytes; 1 KiB = 1024 bytes. "
        + " ".join(
            f"La capa {one.name} va de {w.whole(one.inputs)} a {one.outputs} neuronas." for one in layers
        ),
        "Parámetros y memoria de cada capa.",
    )
    for layer in layers:
        weights = w.product(layer.inputs, layer.outputs, of=layer.counts.weights)
        both = w.sum(weights, layer.outputs, of=layer.counts.parameters)
        parts.append(both)
        stored = w.product(both, 4)
        kibi = w.scaled(stored, 1024, hand.places(1))
        lines += [
            "",
            f"- {layer.name}: {w.times(layer.inputs, layer.outputs)} + {layer.outputs} = {weights} + "
            f"{layer.outputs} = {both} parámetros, {w.times(both, 4)} = {stored} bytes"
            + (f" ≈ {kibi} KiB." if kibi else "."),
        ]
    return [*lines, ""], parts


@style("spanish-problems")
def spanish_problems(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=chance.choice([1, 2]), large=chance.random() < 0.7)
    marks = chance.choice([".", "\u202f", "."])
    hand = Superscript(
        thousands=marks, decimal=",", minus="−", sign=" %", power="{} · 10^{}", from_four=False
    )
    w = Writer(chance, MARKDOWN.of(hand=hand, times=" · ", cut=chance.random() < 0.5))
    notes = in_spanish(chance, 4)
    lines = [f"# Hoja {chance.randrange(1, 9)} – Soluciones", "", f"*{notes[0]}*", ""]
    parts: list[Figure] = []
    convs = net.of_kind("conv")
    for n, layer in enumerate(convs, 1):
        made, both = _convolution(w, layer, n)
        parts.append(both)
        lines += [*made, notes[n], ""]
    made, dense = _memory(w, net.of_kind("fc"), len(convs) + 1)
    parts += dense
    total = w.sum(*parts, of=net.counts.total.parameters)
    lines += [*made, f"**Respuesta:** en toda la red hay {w.plus(*parts)} = {total} parámetros."]
    largest = max(parts, key=lambda one: one.value)
    others = [one for one in parts if one is not largest]
    lines += [
        f"La capa más grande tiene {w.whole(largest)} de los {w.whole(total)}, o sea el "
        f"{w.share(largest, total, 1, others)}.",
        "",
        *_perceptron(w, chance, len(convs) + 2),
        notes[3],
        "",
    ]
    return w.finished(name, ".md", "\n".join(lines))
