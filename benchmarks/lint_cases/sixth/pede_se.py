"""Somebody in Brazil who solves exam problems with what is given, what is asked for, and the working."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction

from ..case import Case
from ..facts import Fact, facts
from ..fourth.parts import Desk, drawn, kernel
from ..notation import MARKDOWN
from ..numerals import Hand
from ..second.parts import logistic
from ..styles import style
from ..writing import Writer
from .around import in_portuguese
from .parts import Neuron, in_units

__all__: list[str] = []

_MIB = 1024**2


def _problem(n: int, marks: str, given: str, wanted: str, working: list[str], answer: str) -> list[str]:
    return [
        f"### Questão {n} ({marks} pontos)",
        "",
        f"**Dados:** {given}",
        "",
        f"**Pede-se:** {wanted}",
        "",
        "**Resolução:**",
        "",
        *working,
        "",
        f"**Resposta:** {answer}",
        "",
    ]


def _layer(w: Writer, layer: Fact) -> tuple[str, str, list[str], str]:
    size, k, a, b = layer.size, kernel(layer), layer.inputs, layer.outputs
    assert size is not None
    whole = w.notation.hand.whole
    side = w.size(size)
    units = w.product(layer.side, layer.side, b, of=layer.counts.units)
    window = w.product(k, k, a)
    weights = w.product(window, b, of=layer.counts.weights)
    both = w.sum(weights, b, of=layer.counts.parameters)
    work = w.product(units, window, of=layer.counts.multiplications)
    working = [
        f"- Lado da saída: {w.size_formula(size)} = {side}.",
        f"- Valores na saída: {w.times(layer.side, layer.side, b)} = {units}.",
        f"- Pesos por filtro: {w.times(k, k, a)} = {window}; ao todo {w.times(window, b)} = {weights}.",
        f"- Com os {b} vieses: {w.plus(weights, b)} = {both} parâmetros.",
        f"- Multiplicações: {w.times(units, window)} = {work}.",
    ]
    answer = f"saída {w.again(side, whole)} × {side.bare} × {b}, {w.again(both, whole)} parâmetros"
    if short := w.scaled(work, 10**6, w.notation.hand.places(1)):
        answer += f", cerca de {short} milhões de multiplicações"
    padding = f"preenchimento {size.padding}" if size.padding else "sem preenchimento"
    return (
        f"entrada {size.side} × {size.side} × {a}; {b} filtros {k} × {k}; passo {size.stride}; {padding}.",
        "tamanho da saída, número de parâmetros e de multiplicações.",
        working,
        answer + ".",
    )


def _memory(w: Writer) -> tuple[str, str, list[str], str]:
    chance = w.chance
    batch, side = chance.choice([16, 32, 64, 128]), chance.choice([28, 56, 112])
    channels, bytes_ = chance.choice([64, 96, 128]), chance.choice([2, 4])
    values = w.product(batch, channels, side, side)
    total = w.product(values, bytes_)
    hand = w.notation.hand
    mib = in_units(w, total, _MIB, hand.places(1), 10**6)
    return (
        f"lote de {batch} imagens, mapas {side} × {side} com {channels} canais, {bytes_} bytes por valor.",
        "memória das ativações em MiB (1 MiB = 1.048.576 bytes).",
        [
            f"- Valores: {w.times(batch, channels, side, side)} = {values}.",
            f"- Bytes: {w.times(values, bytes_)} = {total}.",
            f"- Em MiB: {w.whole(total)} / 1.048.576 = {mib}.",
        ],
        f"{w.again(mib, hand.places(1))} MiB.",
    )


def _neuron(w: Writer) -> tuple[str, str, list[str], str]:
    chance, desk = w.chance, Desk(w, 3, 4)
    while True:
        neuron = Neuron([drawn(chance, -9, 9), drawn(chance, -9, 9)], drawn(chance, -8, 8))
        inputs = [drawn(chance, -30, 30), drawn(chance, -3, 3, 1)]
        if abs(neuron.of(inputs)) < 4:
            break
    z = neuron.state(desk, inputs)
    out = logistic(w, z, 3)
    slope = desk.state("{0}*(1 - {0})", out, slips=[("a factor left out", "1 - {0}")])
    shown = [desk.text(one) for one in (*inputs, *neuron.weights, neuron.bias)]
    return (
        f"x = ({shown[0]}; {shown[1]}), w = ({shown[2]}; {shown[3]}), b = {shown[4]}, ativação sigmoide.",
        "a saída do neurônio e a derivada da ativação.",
        [
            f"- z = {neuron.text(desk, inputs)} = {z}",
            f"- a = 1 / (1 + exp({desk.text(-Fraction(z.value))})) ≈ {out}",
            f"- da/dz = a · (1 − a) = {desk.text(out)} · (1 − {desk.text(out)}) ≈ {slope}",
        ],
        f"a ≈ {desk.text(out)} e da/dz ≈ {desk.text(slope)}.",
    )


def _descent(w: Writer) -> tuple[str, str, list[str], str]:
    chance, desk = w.chance, Desk(w, 4, 4)
    at, x, y = drawn(chance, -20, 20), chance.choice([2, 3, 4]), chance.choice([1, 5, 6])
    rate = chance.choice([Fraction(1, 10), Fraction(1, 20), Fraction(1, 100)])
    said = desk.state("{0}*{1}", at, x)
    error = desk.state("{0} - {1}", said, y, slips=[("a sign lost", "{0} + {1}")])
    slope = desk.state("2*{0}*{1}", error, x, slips=[("a factor left out", "{0}*{1}")])
    new = desk.state("{0} - {1}*{2}", at, rate, slope, slips=[("a sign lost", "{0} + {1}*{2}")])
    return (
        f"modelo ŷ = w · x, custo (ŷ − y)², w = {desk.text(at)}, x = {x}, y = {y}, taxa {desk.text(rate)}.",
        "o novo w depois de um passo do gradiente.",
        [
            f"- ŷ = {desk.text(at)} · {x} = {said}",
            f"- erro: {desk.text(said)} − {y} = {error}",
            f"- gradiente: 2 · {desk.inner(error)} · {x} = {slope}",
            f"- w novo: {desk.text(at)} − {desk.text(rate)} · {desk.inner(slope)} = {new}",
        ],
        f"w = {desk.text(new)}.",
    )


@style("dados-e-pede-se")
def dados_e_pede_se(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=1)
    hand = Hand(thousands=".", decimal=",", minus="−", from_four=False)
    w = Writer(chance, MARKDOWN.of(hand=hand, times=" · "))
    notes = in_portuguese(chance, 2)
    rest: list[Callable[[Writer], tuple[str, str, list[str], str]]] = [_memory, _neuron, _descent]
    problems = [_layer(w, net.of_kind("conv")[0]), *(made(w) for made in chance.sample(rest, 2))]
    lines = [f"## Gabarito da lista {chance.randrange(2, 10)}", "", notes[0], ""]
    for n, one in enumerate(problems, 1):
        lines += _problem(n, chance.choice(["2,0", "2,5", "3,0", "3,5"]), *one)
    return w.finished(name, ".md", "\n".join([*lines, notes[1], ""]))
