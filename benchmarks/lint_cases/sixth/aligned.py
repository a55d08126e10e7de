"""Somebody who derives a small network's gradients in aligned LaTeX, forward and then backward."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

from ..case import Case
from ..fourth.parts import Desk, Number, drawn
from ..notation import TEX
from ..numerals import Hand
from ..second.parts import powers
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import trifles_in_tex
from .parts import Neuron

__all__: list[str] = []

_HIDDEN = {
    "logistic": (r"\sigma({})", "1/(1 + exp(-{0}))", r"{0} (1 - {0})", "{0}*(1 - {0})"),
    "relu": (r"\max(0, {})", "{0}", "1", "1"),
}


def _column(rows: list[tuple[str, ...]]) -> list[str]:
    """Return rows as an alignment, the equals signs below each other."""
    made = []
    for left, *rights in rows:
        made.append(f"  {left} &= " + r" \\ &= ".join(rights))
    return [r"\begin{align*}", " \\\\\n".join(made), r"\end{align*}"]


def _forward(
    w: Writer, desk: Desk, inputs: Sequence[Number], hidden: list[Neuron], last: Neuron, kind: str
) -> tuple[list[str], list[Figure], Figure]:
    shown, formula = _HIDDEN[kind][:2]
    rows: list[tuple[str, ...]] = []
    states: list[Figure] = []
    for n, neuron in enumerate(hidden, 1):
        z = neuron.state(desk, inputs)
        letters = rf"w_{{{n}1}} x_1 + w_{{{n}2}} x_2 + b_{n}"
        rows += [(f"z_{n}", letters, neuron.text(desk, inputs), z)]
        wrong = [("a sign lost", "1/(1 + exp({0}))")] if kind == "logistic" else []
        h = desk.state(formula, z, slips=wrong)
        sign = r" \approx " if desk.rounds(h) else " = "
        rows += [(f"h_{n}", shown.format(f"z_{n}") + " = " + shown.format(desk.text(z)) + sign + h)]
        states.append(h)
    out = last.state(desk, states)
    rows += [("y", "v_1 h_1 + v_2 h_2 + c", last.text(desk, states), out)]
    return _column(rows), states, out


def _backward(
    w: Writer,
    desk: Desk,
    inputs: Sequence[Number],
    last: Neuron,
    kind: str,
    h: list[Figure],
    y: Figure,
    t: Number,
) -> tuple[list[str], list[Figure]]:
    loss = desk.state("({0} - {1})**2/2", y, t, slips=[("a factor left out", "({0} - {1})**2")])
    delta = desk.state("{0} - {1}", y, t, slips=[("a sign lost", "{1} - {0}")])
    rows: list[tuple[str, ...]] = [
        ("L", rf"\tfrac12 (y - t)^2 = \tfrac12 ({desk.text(y)} - {desk.inner(t)})^2 = {loss}"),
        (r"\pd{L}{y}", rf"y - t = {desk.text(y)} - {desk.inner(t)} = {delta}"),
    ]
    outer = []
    for n, state in enumerate(h, 1):
        slope = desk.state("{0}*{1}", delta, state, slips=[("a factor left out", "{0}")])
        put = rf"{desk.text(delta)} \cdot {desk.inner(state)}"
        rows += [(rf"\pd{{L}}{{v_{n}}}", rf"\pd{{L}}{{y}} \, h_{n} = {put} = {slope}")]
        outer.append(slope)
    _, _, letters, formula = _HIDDEN[kind]
    for n, state in enumerate(h, 1):
        v = last.weights[n - 1]
        parts: list[Number] = [delta, v]
        chain, put = rf"\pd{{L}}{{y}} \, v_{n}", rf"{desk.text(delta)} \cdot {desk.inner(v)}"
        whole = "{0}*{1}"
        if kind == "logistic":
            parts.append(state)
            chain += " " + r"\," + f" {letters.format(f'h_{n}')}"
            put += rf" \cdot {desk.text(state)} \cdot (1 - {desk.text(state)})"
            whole += "*{2}*(1 - {2})"
        wrong = [("a factor left out", whole.replace("{1}", "1"))]
        if kind == "logistic":
            wrong.append(("a factor left out", "{0}*{1}"))
        slope = desk.state(whole, *parts, slips=wrong)
        rows += [(rf"\pd{{L}}{{z_{n}}}", chain, put, slope)]
        x = inputs[0]
        first = desk.state("{0}*{1}", slope, x, slips=[("a term left out", "{0} + {1}")])
        put = rf"{desk.text(slope)} \cdot {desk.inner(x)}"
        rows += [(rf"\pd{{L}}{{w_{{{n}1}}}}", rf"\pd{{L}}{{z_{n}}} \, x_1 = {put} = {first}")]
    return _column(rows), outer


def _step(desk: Desk, last: Neuron, outer: list[Figure], rate: Fraction) -> list[str]:
    rows: list[tuple[str, ...]] = []
    for n, (v, slope) in enumerate(zip(last.weights, outer, strict=True), 1):
        new = desk.state("{0} - {1}*{2}", v, rate, slope, slips=[("a sign lost", "{0} + {1}*{2}")])
        put = rf"{desk.text(v)} - {desk.text(rate)} \cdot {desk.inner(slope)}"
        rows += [(f"v_{n}'", rf"v_{n} - \eta \, \pd{{L}}{{v_{n}}}", put, new)]
    return _column(rows)


def _softmax(w: Writer, desk: Desk) -> list[str]:
    """Cross entropy behind softmax, with a part of its gradient."""
    logits = w.chance.sample([-1, 0, 1, 2], 3)
    found = powers(w, logits, 4)
    whole = w.notation.hand.whole
    right = max(range(3), key=lambda n: float(found.shares[n].right))
    rows: list[tuple[str, ...]] = []
    for n, (z, power) in enumerate(zip(logits, found.exps, strict=True), 1):
        sign = "=" if z == 0 else r"\approx"
        rows += [(rf"e^{{s_{n}}}", rf"e^{{{whole(z).text}}} {sign} {power}")]
    rows += [("S", rf"\sum_i e^{{s_i}} = {' + '.join(one.bare for one in found.exps)} = {found.total}")]
    for n, (power, share) in enumerate(zip(found.exps, found.shares, strict=True), 1):
        rows += [(f"p_{n}", rf"e^{{s_{n}}} / S = {power.bare} / {found.total.bare} \approx {share}")]
    share = found.shares[right]
    slope = desk.state("{0} - 1", share, slips=[("a sign lost", "1 - {0}")])
    rows += [(rf"\pd{{L}}{{s_{right + 1}}}", rf"p_{right + 1} - 1 = {desk.text(share)} - 1 = {slope}")]
    loss = desk.state("-log({0})", share, slips=[("a sign lost", "log({0})")])
    rows += [("L", rf"-\ln p_{right + 1} = -\ln {desk.text(share)} \approx {loss}")]
    return [
        rf"\paragraph{{Addendum.}} Softmax of $s = ({', '.join(whole(z).text for z in logits)})$ with class "
        f"{right + 1} as the target:",
        *_column(rows),
    ]


@style("aligned-derivation")
def aligned_derivation(chance: random.Random, name: str) -> Case:
    w = Writer(chance, TEX.of(hand=Hand(thousands=r"\,"), times=r" \cdot "))
    desk = Desk(w, 4, 4)
    kind = chance.choice(list(_HIDDEN))
    while True:
        inputs = [Fraction(chance.choice([1, 2, 3])), drawn(chance, -2, 3, 1)]
        hidden = [Neuron([drawn(chance, -9, 9), drawn(chance, -9, 9)], drawn(chance, -5, 5)) for _ in "12"]
        sums = [one.of(inputs) for one in hidden]
        if all(0 < one < 3 for one in sums) or (kind == "logistic" and all(abs(one) < 3 for one in sums)):
            break
    last = Neuron([drawn(chance, -15, 15), drawn(chance, -15, 15)], drawn(chance, -5, 5))
    target, rate = chance.choice([0, 1, 2]), chance.choice([Fraction(1, 10), Fraction(1, 2)])
    notes = trifles_in_tex(chance, 3)
    forward, states, out = _forward(w, desk, inputs, hidden, last, kind)
    backward, outer = _backward(w, desk, inputs, last, kind, states, out, target)
    weights = ", ".join(
        f"$w_{{{n}{m}}} = {desk.text(a)}$"
        for n, one in enumerate(hidden, 1)
        for m, a in enumerate(one.weights, 1)
    )
    function = "the logistic function" if kind == "logistic" else "ReLU, whose slope is 1 here"
    lines = [
        r"\newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}}",
        rf"\subsection*{{{chance.randrange(2, 12)}. Two hidden neurons, by hand}}",
        notes[0],
        "",
        f"Let $x = ({desk.text(inputs[0])}, {desk.text(inputs[1])})$ and $t = {target}$. The weights are",
        f"{weights}, the biases",
        f"$b_1 = {desk.text(hidden[0].bias)}$ and $b_2 = {desk.text(hidden[1].bias)}$. Behind it stand",
        f"$v_1 = {desk.text(last.weights[0])}$, $v_2 = {desk.text(last.weights[1])}$ and "
        f"$c = {desk.text(last.bias)}$. The hidden neurons use {function}.",
        "",
        r"\paragraph{Forward.}",
        *forward,
        notes[1],
        "",
        r"\paragraph{Backward.} By the chain rule,",
        *backward,
    ]
    if chance.random() < 0.5:
        lines += [rf"\paragraph{{One step}} with $\eta = {desk.text(rate)}$:"]
        lines += _step(desk, last, outer, rate)
    else:
        lines += _softmax(w, desk)
    return w.finished(name, ".tex", "\n".join([*lines, notes[2], ""]))
