"""The frames of a lecture in LaTeX: arrays of equations, large fractions, quantities with units."""

from __future__ import annotations

import random
from dataclasses import replace

from ..case import Case
from ..facts import Fact, facts
from ..harmless import in_tex
from ..notation import TEX
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..traces import derivative, formula, slope
from ..writing import Writer
from .around import remarks
from .chain import Chain, Line, gentle

__all__: list[str] = []

_HEAD = r"""\documentclass[aspectratio=169]{beamer}
\usepackage{amsmath,siunitx}
\sisetup{group-separator={\,}}
\begin{document}
"""


def _frame(title: str, *lines: str) -> list[str]:
    return [rf"\begin{{frame}}{{{title}}}", *(f"  {line}" for line in lines), r"\end{frame}", ""]


def _array(rows: list[str]) -> list[str]:
    """Return an array of equations; each row but the last ends it."""
    return [
        r"\begin{eqnarray*}",
        *(f"  {one} \\\\" for one in rows[:-1]),
        f"  {rows[-1]}",
        r"\end{eqnarray*}",
    ]


def _costs(w: Writer, layer: Fact, note: str) -> tuple[list[str], Figure]:
    size = layer.size
    assert size is not None
    k, hand = size.kernel, w.notation.hand
    first = rf"o &=& {w.size_formula(size)} \;=\; {w.size(size)}"
    units = w.product(layer.side, layer.side, layer.outputs, of=layer.counts.units)
    rows = [first, rf"n &=& {w.times(layer.side, layer.side, layer.outputs, squares=True)} \;=\; {units}"]
    reads = w.product(k, k, layer.inputs)
    rows += [rf"r &=& {w.times(k, k, layer.inputs, squares=True)} \;=\; {reads}"]
    products = w.product(units, reads, of=layer.counts.multiplications)
    rows += [rf"n\,r &=& {w.times(units, reads)} \;=\; {products}"]
    if products.right > 10**5:
        rows[-1] += rf" \;\approx\; {w.again(products, hand.scientific(2))}"
    text = (
        rf"{layer.outputs} filters of ${k} \times {k}$, stride {size.stride}, padding {size.padding}, "
        rf"input ${size.side} \times {size.side} \times {layer.inputs}$"
    )
    return _frame(rf"What \texttt{{{layer.name}}} costs", rf"\small {text}", *_array(rows), note), products


@style("beamer-frames")
def beamer_frames(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=2)
    hand = Hand(thousands="", around=(r"\num{", "}"), sign="", power=r"\num{{{}e{}}}")
    dot = chance.choice([r"\cdot ", r" \times "])
    note = TEX.of(hand=hand, times=dot, fraction=r"\dfrac{{{}}}{{{}}}", ratio=r"\dfrac{{{}}}{{{}}}")
    w = Writer(chance, note)
    notes = in_tex(remarks(chance, 4))
    body, costs = (
        _frame("Outline", r"\begin{itemize}", r"  \item Costs", r"  \item Slopes", r"\end{itemize}"),
        [],
    )
    for n, layer in enumerate(net.of_kind("conv")):
        frame, products = _costs(w, layer, notes[n])
        costs.append(products)
        body += frame
    both = w.sum(*costs)
    body += _frame(
        "Both layers",
        rf"\[ {w.plus(*costs)} \;=\; {both} \]",
        rf"The first one takes $\dfrac{{{w.whole(costs[0])}}}{{{w.whole(both)}}} \approx "
        rf"\SI{{{w.share(costs[0], both, 1, costs[1:])}}}{{\percent}}$ of them.",
    )
    body += _memory(w, net.of_kind("fc"), notes[2])
    body += _slopes(w, chance)
    body += _backwards(w, chance, notes[3])
    return w.finished(name, ".tex", _HEAD + "\n".join([*body, r"\end{document}", ""]))


def _memory(w: Writer, layers: list[Fact], note: str) -> list[str]:
    lines = [r"Four bytes for each weight:", r"\begin{itemize}"]
    bare = w.notation
    w.notation = bare.of(hand=replace(bare.hand, around=("", "")))  # \SI sets its number itself
    for layer in layers:
        a, b = layer.inputs, layer.outputs
        stored = w.product(a, b, 4)
        left = rf"\num{{{a}}}{bare.times}\num{{{b}}}{bare.times}\SI{{4}}{{\byte}}"
        lines += [rf"  \item {layer.name}: ${left} = \SI{{{stored}}}{{\byte}}"]
        mega = w.scaled(stored, 10**6, w.notation.hand.places(2))
        lines[-1] += rf" \approx \SI{{{mega}}}{{\mega\byte}}$" if mega else "$"
    w.notation = bare
    return _frame("Memory of the dense layers", *lines, r"\end{itemize}", rf"{{\footnotesize {note}}}")


def _slopes(w: Writer, chance: random.Random) -> list[str]:
    d, note = r"\dfrac{\mathrm{d}}{\mathrm{d}x}", w.notation
    plain, other, at = formula(chance, plain=True), formula(chance), chance.choice([2, 3, 4, 10])
    found = derivative(w, plain)
    return _frame(
        "Slopes",
        rf"\[ {d}\left( {plain.text(note)} \right) = {found},",
        rf"   \qquad \left. {d}\left( {plain.text(note)} \right) \right|_{{x = {at}}} = "
        rf"{slope(w, plain, at, [found])} \]",
        r"\pause",
        rf"\[ {d}\left( {other.text(note)} \right) = {derivative(w, other)} \]",
    )


def _backwards(w: Writer, chance: random.Random, note: str) -> list[str]:
    found = gentle(chance, chance.choice([3, 4]))
    chain = Chain(w, found, chance.choice([3, 4]))
    forward = _array([_equation(one) for one in chain.forward()])
    back = [rf"\bar v_{len(found.rows)} &=& 1", *(_equation(one) for one in chain.adjoints())]
    return [
        *_frame(
            rf"Forward at $(x_1, x_2) = ({found.inputs[0]}, {found.inputs[1]})$", *forward, rf"\vfill {note}"
        ),
        *_frame(r"Backward, $\bar v_i = \partial y / \partial v_i$", *_array(back)),
    ]


def _equation(line: Line) -> str:
    equals, about = r" \;=\; ", r" \;\approx\; "
    return f"{line.name} &=& {line.right_side(equals, about)}"
