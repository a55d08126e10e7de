"""A problem set in LaTeX by somebody who thinks in matrices: a small network forward, backward, one step."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

from ..case import Case
from ..fourth.parts import Desk, Number, drawn
from ..notation import TEX
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import said_in_tex
from .parts import RECTIFIED, STEP

__all__: list[str] = []

_Rows = Sequence[Sequence[str]]


def _matrix(rows: _Rows) -> str:
    inner = r" \\ ".join(" & ".join(row) for row in rows)
    return rf"\begin{{pmatrix}} {inner} \end{{pmatrix}}"


def _column(entries: Sequence[str]) -> str:
    return _matrix([[one] for one in entries])


class _Net:
    """Two inputs, two rectified units, one linear output; no unit sits on its kink."""

    def __init__(self, chance: random.Random) -> None:
        while True:
            self.x = [drawn(chance, -3, 3, 1) for _ in range(2)]
            self.first = [[drawn(chance, -4, 4, 2) for _ in range(2)] for _ in range(2)]
            self.shifts = [drawn(chance, -2, 2, 2) for _ in range(2)]
            self.second = [drawn(chance, -4, 4, 2) for _ in range(2)]
            self.shift = drawn(chance, -2, 3, 2)
            self.target = Fraction(chance.choice([-1, 0, 1, 2]))
            z = [
                sum((a * x for a, x in zip(row, self.x, strict=True)), b)
                for row, b in zip(self.first, self.shifts, strict=True)
            ]
            kept = [max(one, Fraction(0)) for one in z]
            out = sum((a * b for a, b in zip(self.second, kept, strict=True)), self.shift)
            if all(z) and any(kept) and out != self.target:
                break


def _affine(
    desk: Desk, weights: Sequence[Number], inputs: Sequence[Number], shift: Number
) -> tuple[str, Figure]:
    """A row of a product of a matrix and a vector with a number added: as written, and stated."""
    text = " + ".join(
        rf"{desk.text(a) if n == 0 else desk.inner(a)} \cdot {desk.inner(x)}"
        for n, (a, x) in enumerate(zip(weights, inputs, strict=True))
    )
    whole = desk.state(
        "{0}*{1} + {2}*{3} + {4}",
        weights[0],
        inputs[0],
        weights[1],
        inputs[1],
        shift,
        slips=[
            ("a term left out", "{0}*{1} + {2}*{3}"),
            ("a sign lost", "{0}*{1} - {2}*{3} + {4}"),
            ("another entry", "{0}*{3} + {2}*{1} + {4}"),
        ],
    )
    return f"{text} + {desk.inner(shift)}", whole


def _forward(desk: Desk, net: _Net) -> tuple[list[str], list[Figure], list[Figure], Figure]:
    rows = [_affine(desk, a, net.x, b) for a, b in zip(net.first, net.shifts, strict=True)]
    z = [one for _, one in rows]
    lines = [
        r"\[",
        r"  z = W_1 x + b_1",
        f"    = {_column([text for text, _ in rows])}",
        f"    = {_column(z)}",
        r"\]",
    ]
    a = [
        desk.state(RECTIFIED, one, slips=[("nothing cut off", "{0}"), ("all cut off", "0*{0}")]) for one in z
    ]
    lines += [rf"and therefore $a = \max(z, 0) = {_column(a)}$ (entry by entry)."]
    text, out = _affine(desk, net.second, a, net.shift)
    lines += [rf"The output is $\hat y = w_2^\top a + b_2 = {text} = {out}$."]
    return lines, z, a, out


def _backward(
    desk: Desk, net: _Net, z: list[Figure], a: list[Figure], out: Figure, rate: Fraction
) -> list[str]:
    y = desk.text(net.target)
    error = desk.state("{0} - {1}", out, net.target, slips=[("a sign lost", "{1} - {0}")])
    loss = desk.state(
        "{0}**2/2", error, slips=[("a factor left out", "{0}**2"), ("a square left out", "{0}/2")]
    )
    by_second = [desk.state("{0}*{1}", error, one, slips=[("a sign lost", "-{0}*{1}")]) for one in a]
    delta = [
        desk.state(
            f"{{1}}*{{2}}*{STEP}",
            one,
            error,
            weight,
            slips=[("the mask forgotten", "{1}*{2}"), ("a factor left out", f"{{1}}*{STEP}")],
        )
        for one, weight in zip(z, net.second, strict=True)
    ]
    by_first = [
        [desk.state("{0}*{1}", one, x, slips=[("a factor left out", "{0}")]) for x in net.x] for one in delta
    ]
    new = [
        desk.state("{0} - {1}*{2}", weight, rate, slope, slips=[("a sign lost", "{0} + {1}*{2}")])
        for weight, slope in zip(net.second, by_second, strict=True)
    ]
    inner = desk.inner(net.target)
    mask = _column(["1" if one.value > 0 else "0" for one in z])
    column = [desk.text(one) for one in net.second]
    across = _matrix([[desk.text(x) for x in net.x]])
    return [
        r"\paragraph{Backward pass.} Write $e = \hat y - y$, so that "
        rf"$e = {desk.text(out)} - {inner} = {error}$ (here $y = {y}$) and",
        r"\[",
        rf"  L = \tfrac12 e^2 = {loss}, \qquad",
        rf"  \nabla_{{w_2}} L = e\,a = {desk.inner(error)} {_column([desk.text(one) for one in a])}",
        f"    = {_column(by_second)}.",
        r"\]",
        r"The error of the hidden layer is",
        r"\[",
        rf"  \delta = e\, w_2 \odot 1_{{z > 0}} = {desk.inner(error)} {_column(column)} \odot {mask}",
        f"    = {_column(delta)},",
        r"\]",
        r"which gives the rank-one matrix",
        r"\[",
        rf"  \nabla_{{W_1}} L = \delta x^\top = {_column([desk.text(one) for one in delta])} {across}",
        f"    = {_matrix(by_first)}.",
        r"\]",
        rf"\paragraph{{One step.}} With $\eta = {desk.text(rate)}$ the vector $w_2$ becomes",
        r"\[",
        rf"  w_2 - \eta\,\nabla_{{w_2}} L = {_column(column)} - {desk.text(rate)}"
        rf" {_column([desk.text(one) for one in by_second])} = {_column(new)}.",
        r"\]",
    ]


@style("matrix-form")
def matrix_form(chance: random.Random, name: str) -> Case:
    w = Writer(chance, TEX.of(hand=Hand(thousands=r"\,"), times=r" \cdot "))
    desk, net = Desk(w, 3, 5), _Net(chance)
    notes = said_in_tex(chance, 3)
    forward, z, a, out = _forward(desk, net)
    backward = _backward(desk, net, z, a, out, Fraction(chance.choice([1, 2, 5]), 10))
    lines = [
        r"\documentclass[11pt]{article}",
        r"\usepackage{amsmath}",
        r"\begin{document}",
        rf"\section*{{Homework {chance.randrange(2, 9)}, Problem {chance.randrange(1, 6)}}}",
        rf"\emph{{{notes[0]}}}",
        "",
        r"Throughout, vectors are columns and",
        r"\[",
        rf"  x = {_column([desk.text(one) for one in net.x])}, \quad",
        rf"  W_1 = {_matrix([[desk.text(one) for one in row] for row in net.first])}, \quad",
        rf"  b_1 = {_column([desk.text(one) for one in net.shifts])}, \quad",
        rf"  w_2 = {_column([desk.text(one) for one in net.second])}, \quad",
        rf"  b_2 = {desk.text(net.shift)}.",
        r"\]",
        r"\paragraph{Forward pass.} We have",
        *forward,
        *backward,
        rf"\paragraph{{Remarks.}} {notes[1]} {notes[2]}",
        r"\end{document}",
        "",
    ]
    return w.finished(name, ".tex", "\n".join(lines))
