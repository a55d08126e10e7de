"""A quiz with its key, in Markdown: boxes to tick, one of them ticked, and why. The other boxes are wrong."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable
from fractions import Fraction

from ..case import Case
from ..facts import size_question
from ..notation import MARKDOWN
from ..numerals import Hand
from ..pen import Slips
from ..second.parts import shortly
from ..sheet import Figure
from ..styles import style
from ..traces import Formula, derivative, formula, slope
from ..writing import Writer
from .around import notes

__all__: list[str] = []

_Question = tuple[str, list[str], list[str]]  # what is asked, the boxes, the lines below them


def _boxes(w: Writer, right: Figure, wrong: Iterable[str], also: str = "", unit: str = "") -> list[str]:
    """Return three or four boxes in any order; ``also`` is another text that would be right."""
    rest = [one for one in dict.fromkeys(wrong) if one not in (right.bare, also)]
    boxes = [f"- [ ] {one}{unit}" for one in rest[:3]]
    boxes.insert(w.chance.randrange(len(boxes) + 1), f"- [x] {right}{unit}")
    return boxes


def _parameters(w: Writer) -> _Question:
    chance, times, whole = w.chance, w.notation.times, w.whole
    k, a, b = (
        chance.choice([3, 5, 7, 11]),
        chance.choice([3, 4, 6, 16, 32]),
        chance.choice([24, 48, 64, 96, 256]),
    )
    reads = w.product(k, k, a)
    weights = w.product(b, reads)
    both = w.sum(weights, b)
    answer = w.again(both, w.notation.hand.whole)
    right, wrong = k * k * a * b + b, [k * k * a * b, k * k * b + b, k * k * a + 1, k * k * a * b + 1]
    return (
        f"A convolution has {b} kernels of {k}×{k} pixels, and its input has {a} channels. How many "
        "parameters is that, with one bias for each kernel?",
        _boxes(w, answer, map(whole, wrong), whole(right)),
        [
            f"A kernel has {w.times(k, k, a)} = {reads} weights, so there are "
            f"{b}{times}{whole(reads)} = {weights}.",
            f"With the biases {whole(weights)} + {b} = {both}. If you forgot the channels, you have "
            f"{whole(k * k * b + b)}.",
        ],
    )


def _size(w: Writer) -> _Question:
    size = size_question(w.chance)
    out = w.size(size)
    answer = w.again(out, w.notation.hand.whole)
    exact = Fraction(size.side + 2 * size.padding - size.kernel, size.stride)
    wrong = [
        int(exact),
        math.ceil(exact) + 1,
        size.side // size.stride,
        size.side - size.kernel,
        int(exact) + 3,
    ]
    return (
        f"A window of {size.kernel}×{size.kernel} moves over a picture of {size.side}×{size.side} with "
        f"stride {size.stride} and padding {size.padding}. How many positions are there along each side?",
        _boxes(w, answer, map(w.whole, wrong), w.whole(int(size.output))),
        [f"{w.size_formula(size)} = {out}."],
    )


def _slope(w: Writer) -> _Question:
    plain, at = formula(w.chance, plain=True), w.chance.choice([2, 3, 4])
    found, note = derivative(w, plain), w.notation
    (c, _, n), (d, _, m), _ = plain.terms
    lowered = [(c, n - 1, d, m - 1), (c * n, n, d * m, m), (c * n, n - 1, d, m)]
    wrong = [Formula(((p, "x", i), (q, "x", j))).text(note) for p, i, q, j in lowered]
    wrong = [one for one in wrong if one != plain.derivative().text(note)]
    return (
        f"What is the derivative of f(x) = {plain.text(note)}?",
        [one.replace("] ", "] f′(x) = ") for one in _boxes(w, found, wrong)],
        [f"Term by term; a constant has slope zero. For example, f′({at}) = {slope(w, plain, at, [found])}."],
    )


def _softmax(w: Writer) -> _Question:
    chance, hand = w.chance, w.notation.hand
    z = chance.sample(range(5), 3)
    total = " + ".join(f"exp({one})" for one in z)
    exps = [math.exp(one) for one in z]
    right = exps[0] / sum(exps)
    off: Slips = [("the share of another one", one / sum(exps)) for one in exps[1:]]
    answer = w.state(right, hand.places(3), f"exp({z[0]})/({total})", slips=off)
    wrong = [*(one / sum(exps) for one in exps[1:]), 1 / 3]
    shown = [f"{one:.3f}" for one in wrong]
    if sum(z):
        shown.insert(0, f"{z[0] / sum(z):.3f}")
    shown = [one for one in shown if abs(float(one) - right) > 0.002]
    terms = " + ".join(f"e^{one}" for one in z)
    again = w.again(answer, hand.places(2))
    return (
        f"The scores of three classes are {z[0]}, {z[1]} and {z[2]}. Which probability does softmax give to "
        "the first one?",
        _boxes(w, answer, shown, f"{right:.3f}"),
        [f"e^{z[0]} / ({terms}) ≈ {again}. Dividing the scores themselves by their sum is not softmax."],
    )


def _memory(w: Writer) -> _Question:
    chance, whole, hand = w.chance, w.whole, w.notation.hand
    a, b = chance.choice([1024, 2048, 4096, 9216]), chance.choice([500, 1000, 2048, 4096])
    weights = w.product(a, b)
    stored = w.product(weights, 4)
    mega = w.scaled(stored, 10**6, hand.places(1))
    assert mega is not None
    right = Fraction(4 * a * b, 10**6)
    wrong = [right / 4, right * 2, right * 8]
    return (
        f"A dense layer joins {whole(a)} inputs to {whole(b)} outputs, without biases. How much memory do "
        "its weights take at 4 bytes each (1 MB = 10^6 bytes)?",
        _boxes(w, mega, [hand.places(1)(one).text for one in wrong], hand.places(1)(right).text, " MB"),
        [f"{whole(a)} × {whole(b)} = {weights} weights, times 4 is {stored} bytes."],
    )


def _pooling(w: Writer) -> _Question:
    chance, hand = w.chance, w.notation.hand
    values = [chance.randrange(-3, 10) for _ in range(4)]
    mean = Fraction(sum(values), 4)
    work = "(" + " + ".join(f"({one})" for one in values) + ")/4"
    answer = w.state(mean, shortly(hand, mean), work, roundable=False)
    wrong = [Fraction(max(values)), Fraction(sum(values)), Fraction(sum(values), 2), Fraction(min(values))]
    largest = w.state(max(values), hand.whole, str(max(values)))
    shown = ", ".join(hand.whole(one).text for one in values)
    return (
        f"What does average pooling make of the window {shown}?",
        _boxes(
            w,
            answer,
            [shortly(hand, one)(one).text for one in wrong if one != mean],
            shortly(hand, mean)(mean).text,
        ),
        [f"The sum of the four, divided by 4. (Max pooling of {shown} gives {largest}.)"],
    )


def _padding(w: Writer) -> _Question:
    k = w.chance.choice([3, 5, 7, 9, 11])
    right = w.state((k - 1) // 2, w.notation.hand.whole, f"({k} - 1)/2")
    return (
        f"Which padding keeps the size of a picture when the kernel has {k}×{k} pixels and the stride is 1?",
        _boxes(w, w.again(right, w.notation.hand.whole), map(str, (k // 2 + 1, k - 1, 0, k)), str(k // 2)),
        [f"We need 2p = {k} − 1, therefore p = ({k} − 1)/2 = {right}."],
    )


def _dense(w: Writer) -> _Question:
    sizes = [w.chance.choice([64, 196, 784, 1024]), w.chance.choice([30, 100, 250]), 10]
    a, b, c = sizes
    first, second = w.product(a, b), w.product(b, c)
    both = w.sum(first, second)
    answer = w.again(both, w.notation.hand.whole)
    wrong = [a * b * c, a * b + b * c + b + c, a + b + c, a * b]
    return (
        f"How many weights does a perceptron with {w.whole(a)} inputs, {b} hidden and {c} output units have? "
        "Do not count biases.",
        _boxes(w, answer, map(w.whole, wrong), w.whole(a * b + b * c)),
        [
            f"First layer: {w.times(a, b)} = {first}. Second layer: {w.times(b, c)} = {second}. "
            f"Together {w.whole(first)} + {w.whole(second)} = {both}.",
            f"The {b} + {c} biases would come on top.",
        ],
    )


@style("quiz-boxes")
def quiz_boxes(chance: random.Random, name: str) -> Case:
    hand = Hand(thousands=chance.choice([",", ",", ""]), minus="−")
    w = Writer(chance, MARKDOWN.of(hand=hand, cut=chance.random() < 0.6))
    remarks = notes(chance, 3)
    asked: list[Callable[[Writer], _Question]] = [_parameters, _size, _slope, _softmax]
    asked += [_memory, _pooling, _padding, _dense]
    lines = [f"# Quiz {chance.randrange(1, 13)} with key", "", f"> {remarks[0]}", ""]
    for n, one in enumerate(chance.sample(asked, 6), 1):
        question, boxes, below = one(w)
        lines += [f"**{n}.** {question}", "", *boxes, "", *below, ""]
        if n in (2, 4):
            lines += [f"> {remarks[n // 2]}", ""]
    return w.finished(name, ".md", "\n".join(lines))
