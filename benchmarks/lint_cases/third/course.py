"""A page of a course in HTML: formulas in LaTeX, each solution folded below its task."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction

from ..case import Case
from ..facts import Fact, facts, size_question
from ..harmless import in_html
from ..notation import TEX
from ..numerals import Hand, How, exactly
from ..second.parts import shortly
from ..sheet import Figure
from ..styles import style
from ..traces import derivative, formula, slope, softmax
from ..writing import Writer
from .around import notes
from .parts import rectified

__all__: list[str] = []


def _task(number: int, title: str, asked: str, *solution: str) -> list[str]:
    return [
        '<div class="task">',
        f"<h3>Task {number}: {title}</h3>",
        f"<p>{asked}</p>",
        "<details>",
        "<summary>Show the solution</summary>",
        *solution,
        "</details>",
        "</div>",
    ]


def _inline(text: str) -> str:
    return rf"\({text}\)"


def _aligned(*rows: str) -> list[str]:
    r"""Return rows set below each other; the sign before which they are aligned is written for HTML."""
    shown = [f"{one} \\\\" for one in rows[:-1]] + [rows[-1]]
    return [
        r"<p>\[",
        r"\begin{aligned}",
        *(one.replace("&=", "&amp;=") for one in shown),
        r"\end{aligned}",
        r"\]</p>",
    ]


def _perceptron(w: Writer, number: int) -> list[str]:
    """Weights and biases of a perceptron with two or three layers of weights."""
    chance, times = w.chance, w.notation.times
    sizes = [chance.choice([196, 256, 784, 1024]), *chance.sample([30, 60, 100, 128, 250, 300], 2), 10]
    if chance.random() < 0.4:
        del sizes[2]
    items, parts = [], []
    for a, b in zip(sizes, sizes[1:], strict=False):
        both = w.state(a * b + b, w.notation.hand.whole, f"{a}*{b} + {b}")
        parts.append(both)
        items.append(f"<li>{_inline(rf'{w.whole(a)}{times}{b} + {b} = {both}')}</li>")
    total = w.sum(*parts)
    share = w.share(parts[0], total, 1, parts[1:])
    ratio = rf"{w.whole(parts[0])} / {w.whole(total)} \approx {share}"
    written = "&ndash;".join(map(str, sizes))
    return _task(
        number,
        "a perceptron",
        f"How many weights and biases does a fully connected network of {written} units have?",
        "<p>From each layer to the next one, the biases last:</p>",
        "<ol>",
        *items,
        "</ol>",
        f"<p>Altogether {_inline(f'{w.plus(*parts)} = {total}')}, and the first layer has "
        f"{_inline(ratio)} of it.</p>",
    )


def _convolution(w: Writer, layer: Fact, number: int) -> list[str]:
    size, times = layer.size, w.notation.times
    assert size is not None
    k, a, b = size.kernel, layer.inputs, layer.outputs
    side = w.size(size)
    first = rf"n &= {w.size_formula(size)} = {side}"
    units = w.state(
        int(layer.counts.units),
        w.notation.hand.whole,
        f"{b}*({size.work})**2",
        derivation=layer.counts.units,
        uses=[side],
        source=b * side.value**2,
    )
    weights = w.product(b, k, k, a, of=layer.counts.weights)
    both = w.sum(weights, b, of=layer.counts.parameters)
    reads = a * k * k
    connections = w.product(units, reads, of=layer.counts.connections)
    rows = [
        first,
        rf"U &= {b}{times}n^2 = {units}",
        rf"W &= {b}{times}{k}^2{times}{a} = {weights}",
        rf"P &= W + {b} = {both}",
        rf"C &= U{times}{reads} = {connections}",
    ]
    if connections.right > 10**6:
        rows[-1] += rf" \approx {w.again(connections, w.notation.hand.scientific(1))}"
    return _task(
        number,
        "a convolution",
        f"A picture of {size.side} by {size.side} pixels with {a} channels meets {b} kernels of {k} by {k} "
        f"pixels, stride {size.stride}, padding {size.padding}. Find the side {_inline('n')} of the output, "
        f"the units {_inline('U')}, weights {_inline('W')}, the parameters with biases {_inline('P')} and "
        f"the connections {_inline('C')}.",
        *_aligned(*rows),
    )


def _stacked(w: Writer, number: int) -> list[str]:
    """One large kernel against several small ones that see as much."""
    chance, times = w.chance, w.notation.times
    k, several = chance.choice([(5, 2), (7, 3), (9, 4)])
    channels = chance.choice([16, 32, 64, 128, 256])
    large = w.state(k * k * channels**2, w.notation.hand.whole, f"{k}**2*{channels}**2")
    small = w.state(several * 9 * channels**2, w.notation.hand.whole, f"{several}*3**2*{channels}**2")
    saved = w.share(k * k - 9 * several, k * k, 0 if k == 5 else 1)
    sign = "=" if k == 5 else r"\approx"
    ratio = rf"\frac{{{k * k} - {several * 9}}}{{{k * k}}} {sign} {saved}"
    return _task(
        number,
        "small kernels",
        f"Compare one layer of {k} by {k} kernels with {several} layers of 3 by 3 kernels; there are "
        f"{channels} channels throughout and no biases.",
        f"<p>One layer: {_inline(rf'{k}^2{times}{channels}^2 = {large}')} weights.<br>",
        f"{several} layers: {_inline(rf'{several}{times}3^2{times}{channels}^2 = {small}')} weights.</p>",
        f"<p>For each pair of channels that is {several * 9} instead of {k * k}, so we save "
        f"{_inline(ratio)}.</p>",
    )


def _slopes(w: Writer, number: int) -> list[str]:
    plain, other, at = formula(w.chance, plain=True), formula(w.chance), w.chance.choice([2, 3, 5])
    found, note = derivative(w, plain), w.notation
    primed, second, steep = r"f^{\prime}", r"g^{\prime}", slope(w, plain, at, [found])
    return _task(
        number,
        "slopes",
        f"Differentiate {_inline(f'f(x) = {plain.text(note)}')} and {_inline(f'g(x) = {other.text(note)}')}.",
        f"<p>{_inline(f'{primed}(x) = {found}')}, so the slope at {at} is "
        f"{_inline(f'{primed}({at}) = {steep}')}.</p>",
        f"<p>{_inline(f'{second}(x) = {derivative(w, other)}')}</p>",
    )


def _outputs(w: Writer, number: int) -> list[str]:
    chance, hand = w.chance, w.notation.hand
    values = [Fraction(n, 4) for n in (*chance.sample(range(1, 13), 2), *chance.sample(range(-12, 0), 2))]
    chance.shuffle(values)
    logits = chance.sample(range(-1, 5), 3)
    shown = ", ".join(shortly(hand, one)(one).text for one in values)
    after = ", ".join(rectified(w, values))
    parts = ", ".join(softmax(w, logits, 3))
    asked = ", ".join(hand.whole(one).text for one in logits)
    first = rf"\operatorname{{ReLU}}({shown}) = ({after})"
    second = rf"\operatorname{{softmax}}({asked}) \approx ({parts})"
    return _task(
        number,
        "outputs",
        "Apply ReLU to four values, and softmax to three scores.",
        f"<p>{_inline(first)}</p>",
        f"<p>{_inline(second)}</p>",
    )


def _padding(w: Writer, number: int) -> list[str]:
    while True:
        size = size_question(w.chance)
        need = w.solved(size.side, int(size.output), size.kernel, size.stride)
        if need is not None:
            break
    o, s, k, i = int(size.output), size.stride, size.kernel, size.side
    worked = rf"p = \frac{{({o} - 1){w.notation.times}{s} + {k} - {i}}}{{2}} = {need}"
    return _task(
        number,
        "padding",
        f"Which padding {_inline('p')} leads from {i} to {o} pixels with kernel {k} and stride {s}, with "
        "nothing left over?",
        f"<p>{_inline(worked)}</p>",
    )


def _evenly(hand: Hand) -> How:
    """Write a whole number without places; anything else, which only a slip can bring, with one."""
    return lambda value: (hand.places(1) if exactly(value).denominator > 1 else hand.whole)(value)


def _memory(w: Writer, layer: Fact, number: int) -> list[str]:
    weights: Figure = w.product(layer.inputs, layer.outputs, of=layer.counts.weights)
    stored = w.product(weights, 4)
    hand, a, b = w.notation.hand, w.whole(layer.inputs), w.whole(layer.outputs)
    kibi = w.scaled(stored, 1024, hand.places(1) if stored.right % 1024 else _evenly(hand))
    line = f"<p>{_inline(f'{w.times(layer.inputs, layer.outputs)} = {weights}')} weights, that is "
    line += _inline(f"4{w.notation.times}{w.whole(weights)} = {stored}") + "&nbsp;bytes"
    return _task(
        number,
        "memory",
        f"What does a dense layer from {_inline(a)} to {_inline(b)} nodes need with 4 "
        "bytes for each weight (no biases)? Take 1&nbsp;KiB = 1024 bytes.",
        line + (f" or {_inline(kibi)}&nbsp;KiB.</p>" if kibi else ".</p>"),
    )


@style("course-page")
def course_page(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=1)
    hand = Hand(thousands=chance.choice([r"\,", "{,}", r"\,"]), sign=r"\,\%", power=r"{} \cdot 10^{{{}}}")
    w = Writer(chance, TEX.of(hand=hand, times=chance.choice([r" \cdot ", r" \times "])))
    remarks = in_html(notes(chance, 3))
    lines = ["<!DOCTYPE html>", '<html lang="en">', "<head>", '<meta charset="utf-8">']
    lines += [f"<title>Week {chance.randrange(2, 13)}</title>"]
    lines += ['<script async src="https://example.org/mathjax/tex-chtml.js"></script>', "</head>", "<body>"]
    lines += [f"<p>{remarks[0]}</p>"]
    made: list[Callable[[int], list[str]]] = [
        lambda n: _convolution(w, net.of_kind("conv")[0], n),
        lambda n: _perceptron(w, n),
        lambda n: _stacked(w, n),
        lambda n: _slopes(w, n),
        lambda n: _outputs(w, n),
        lambda n: _padding(w, n),
        lambda n: _memory(w, net.of_kind("fc")[0], n),
    ]
    for n, one in enumerate(chance.sample(made, 5), 1):
        lines += one(n)
        if n in (2, 4):
            lines += [f"<p><small>{remarks[n // 2]}</small></p>"]
    return w.finished(name, ".html", "\n".join([*lines, "</body>", "</html>", ""]))
