"""A solved list of exercises in Portuguese, LaTeX: items with formulas in the sentences, decimal commas."""

from __future__ import annotations

import random
from fractions import Fraction

from ..case import Case
from ..facts import facts
from ..fourth.parts import Desk, drawn, kernel
from ..notation import TEX
from ..numerals import Hand
from ..second.parts import weighted
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import asides_in_portuguese
from .parts import Neuron, numerator, side_after

__all__: list[str] = []


def _convolution(w: Writer, chance: random.Random) -> list[str]:
    """Size, parameters, memory and multiplications of one layer."""
    hand = w.notation.hand
    net = facts(chance, convs=1, large=chance.random() < 0.5)
    one = net.of_kind("conv")[0]
    size, k, a, b = one.size, kernel(one), one.inputs, one.outputs
    assert size is not None
    lines = [
        f"\\item Uma camada convolucional recebe imagens de ${net.side} \\times {net.side}$ com ${a}$ "
        f"canais e tem "
        f"${b}$ filtros de ${k} \\times {k}$, passo ${size.stride}$ e preenchimento ${size.padding}$.",
        r"\begin{enumerate}",
    ]
    above = numerator(w, size)
    side = side_after(w, size)
    lines += [
        rf"\item O lado da saída é $\left\lfloor \frac{{{above}}}{{{size.stride}}} \right\rfloor + 1 = "
        rf"{side}$."
    ]
    weights = w.product(k, k, a, b, of=one.counts.weights)
    both = w.sum(weights, b, of=one.counts.parameters)
    lines += [
        f"\\item São ${w.times(k, k, a, b)} = {weights}$ pesos e ${b}$ vieses, ou seja, ${both}$ parâmetros."
    ]
    units = w.product(side, side, b, of=one.counts.units)
    kibi = w.state(
        Fraction(4 * int(units.right), 1024),
        hand.places(1),
        f"4*({units.work})/1024",
        uses=[units],
        source=Fraction(4 * int(units.value), 1024),
        slips=[
            ("a factor left out", Fraction(int(units.right), 1024)),
            ("1000 for 1024", Fraction(units.right) / 250),
        ],
    )
    lines += [
        f"\\item A saída tem ${w.times(side, side, b)} = {units}$ valores; em precisão simples (4 bytes) "
        f"ela ocupa "
        f"$4 \\cdot {w.whole(units)} / 1024 \\approx {kibi}$ KiB."
    ]
    work = w.product(units, k, k, a, of=one.counts.multiplications)
    lines += [
        f"\\item Cada valor custa ${w.times(k, k, a)}$ multiplicações, logo o total é "
        f"${w.times(units, k, k, a)} = {work}$."
    ]
    return [*lines, r"\end{enumerate}"]


def _neuron(w: Writer, chance: random.Random) -> list[str]:
    """One logistic unit: forwards, loss, gradient, one step."""
    desk = Desk(w, 4, 4)
    inputs = [drawn(chance, -20, 20), drawn(chance, 5, 30)]
    weights = [drawn(chance, -9, 9), drawn(chance, -9, 9)]
    bias, target, rate = drawn(chance, -5, 5), chance.choice([0, 1]), Fraction(chance.choice([1, 5]), 10)
    text, z = weighted(w, weights, inputs, bias)
    unit = Neuron(desk, z)
    a = unit.output()
    loss = unit.loss(a, target)
    delta = unit.delta(a, target)
    x, v, e = (", ".join(map(desk.text, pair)) for pair in (inputs, weights, [bias]))
    lines = [
        f"\\item Um neurônio com $w = ({_semicolon(v)})$, $b = {e}$ e função logística recebe $x = "
        f"({_semicolon(x)})$; o alvo é "
        f"$t = {target}$, o erro é $E = \\frac{{1}}{{2}}(a - t)^2$ e a taxa é $\\eta = {desk.text(rate)}$.",
        r"\begin{enumerate}",
        f"\\item $z = {text} = {z}$ e $a = \\sigma({desk.text(z)}) \\approx {a}$.",
        f"\\item $E = \\frac{{1}}{{2}}({desk.text(a)} - {target})^2 \\approx {loss}$.",
        f"\\item $\\delta = (a - t)\\,a\\,(1 - a) = ({desk.text(a)} - {target}) \\cdot {desk.text(a)} \\cdot "
        f"(1 - {desk.text(a)}) \\approx {delta}$.",
    ]
    slopes: list[Figure] = []
    for n, one in enumerate(inputs, 1):
        made = desk.state("{0}*{1}", delta, one, slips=[("a factor left out", "{1}")])
        slopes.append(made)
        lines += [
            f"\\item $\\partial E / \\partial w_{n} = \\delta\\,x_{n} = {desk.text(delta)} \\cdot "
            f"{desk.inner(one)} "
            f"\\approx {made}$,"
        ]
        new = desk.state(
            "{0} - {1}*{2}", weights[n - 1], rate, made, slips=[("a sign lost", "{0} + {1}*{2}")]
        )
        lines[-1] += (
            f" donde $w_{n} \\leftarrow {desk.text(weights[n - 1])} - {desk.text(rate)} \\cdot "
            f"{desk.inner(made)} "
            f"\\approx {new}$."
        )
    return [*lines, r"\end{enumerate}"]


def _semicolon(pair: str) -> str:
    """Return two numbers with a semicolon between them, as decimal commas need."""
    return pair.replace(", ", r";\ ")


def _dense(w: Writer, chance: random.Random) -> list[str]:
    """A network of dense layers, and the share of its first layer."""
    widths = [chance.choice([784, 400, 256]), chance.choice([128, 100, 64]), chance.choice([48, 32]), 10]
    parts = []
    lines = [
        f"\\item Uma rede densa tem camadas de {', '.join(map(str, widths[:-1]))} e {widths[-1]} neurônios."
    ]
    said = []
    for a, b in zip(widths, widths[1:], strict=False):
        both = w.state(
            a * b + b,
            w.notation.hand.whole,
            f"{a}*{b} + {b}",
            slips=[("no bias", a * b), ("the wrong bias", a * b + a)],
        )
        parts.append(both)
        said.append(f"${w.times(a, b)} + {b} = {both}$")
    total = w.sum(*parts)
    share = w.share(parts[0], total, others=parts[1:])
    return [
        *lines,
        f"As camadas têm {said[0]}, {said[1]} e {said[2]} parâmetros, com vieses.",
        f"No total são ${w.plus(*parts)} = {total}$ parâmetros, dos quais ${share}$ estão na primeira "
        f"camada.",
    ]


@style("lista-resolvida")
def lista_resolvida(chance: random.Random, name: str) -> Case:
    hand = Hand(thousands=".", decimal="{,}", sign=r"\,\%", from_four=True)
    w = Writer(chance, TEX.of(hand=hand, times=r" \cdot "))
    notes = asides_in_portuguese(chance, 3)
    lines = [
        f"\\section*{{Lista {chance.randrange(1, 9)} -- Redes Neurais -- gabarito}}",
        notes[0],
        r"\begin{enumerate}",
        *_convolution(w, chance),
        f"% {notes[1]}",
        *_neuron(w, chance),
        *_dense(w, chance),
        r"\end{enumerate}",
        notes[2],
        "",
    ]
    return w.finished(name, ".tex", "\n".join(lines))
