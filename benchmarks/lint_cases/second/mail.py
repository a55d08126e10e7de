"""The key of an exam by e-mail: plain text, questions i) and ii) with points, fractions on three lines."""

from __future__ import annotations

import random
from fractions import Fraction

from ..case import Case
from ..facts import size_question
from ..notation import TYPED
from ..numerals import Hand
from ..styles import style
from ..traces import derivative, formula, slope
from ..writing import Size, Writer
from .around import remarks
from .parts import logistic, shortly, weighted

__all__: list[str] = []

_NAMES = ("Petra", "Luis", "Ines", "Martin", "Yuki", "Omar")


def _fraction(w: Writer, size: Size, indent: str) -> list[str]:
    """Return the output size with a fraction over three lines."""
    above = (
        f"{size.side} + 2*{size.padding} - {size.kernel}" if size.padding else f"{size.side} - {size.kernel}"
    )
    below = str(size.stride)
    width = len(above) + 2
    rounded = "    (fraction rounded down)" if size.left_over else ""
    return [
        f"{indent}     {above}",
        f"{indent}o = {'-' * width} + 1 = {w.size(size)}{rounded}",
        f"{indent}    {below.center(width).rstrip()}",
    ]


def _sizes(w: Writer, number: int, points: list[int]) -> list[str]:
    chance, size, filters = w.chance, size_question(w.chance), w.chance.choice([6, 8, 12, 16, 32, 64])
    lines = [
        f"{number} i) ({points[0]}P)  Input {size.side} x {size.side}, kernel {size.kernel}, "
        f"stride {size.stride}, padding {size.padding}",
        "",
        *_fraction(w, size, "    "),
        "",
    ]
    side = int(size.output)
    values = w.product(filters, side, side)
    lines += [
        f"  ii) ({points[1]}P)  {filters} maps of this size hold "
        f"{w.times(filters, side, side)} = {values} values."
    ]
    channels = chance.choice([1, 3, 4])
    weights = w.product(filters, channels, size.kernel, size.kernel)
    everything = w.sum(weights, filters)
    lines += [
        f" iii) ({points[2]}P)  With {channels} input channel{'s' if channels > 1 else ''}: "
        f"{w.times(filters, channels, size.kernel, size.kernel)} = {weights} weights,",
        f"            plus {filters} biases makes {everything}.",
        "",
    ]
    return lines


def _units(w: Writer, number: int, points: list[int]) -> list[str]:
    chance, hand = w.chance, w.notation.hand
    inputs = [Fraction(chance.randrange(-5, 20), 2) for _ in range(2)]
    weights = [Fraction(chance.choice([-8, -5, -4, 3, 5, 6, 8]), 10) for _ in inputs]
    bias = Fraction(chance.randrange(-20, 20), 10)
    x = ", ".join(_shown(one) for one in inputs)
    ws = ", ".join(_shown(one) for one in weights)
    while abs(weights[0] * inputs[0] + weights[1] * inputs[1] + bias) > 6:
        inputs = [one / 2 for one in inputs]
        x = ", ".join(_shown(one) for one in inputs)
    text, z = weighted(w, weights, inputs, bias)
    lines = [
        f"{number} i) ({points[0]}P)  x = ({x}), w = ({ws}), b = {_shown(bias)}",
        "",
        f"    z = {text}",
        f"      = {z}",
        "",
    ]
    lines += [f"  ii) ({points[1]}P)  y = 1/(1 + exp(-z)) = {logistic(w, z, 3)}"]
    small = [chance.randrange(1, 9) for _ in range(4)]
    average = Fraction(sum(small), 4)
    mean = w.state(average, shortly(hand, average), f"({' + '.join(map(str, small))})/4")
    lines += [
        f" iii) ({points[2]}P)  Average pooling of the window {', '.join(map(str, small))}: "
        f"({' + '.join(map(str, small))})/4 = {mean}",
        "",
    ]
    return lines


def _shown(value: Fraction) -> str:
    return f"{float(value):g}"


def _slopes(w: Writer, number: int, points: list[int]) -> list[str]:
    plain, other, at = formula(w.chance, plain=True), formula(w.chance), w.chance.choice([1, 2, 3, 5])
    first = derivative(w, plain)
    return [
        f"{number} i) ({points[0]}P)  f(x) = {plain.text(w.notation)}",
        f"            f'(x) = {first}",
        f"            f'({at}) = {slope(w, plain, at, [first])}",
        f"  ii) ({points[1]}P)  g(x) = {other.text(w.notation)}",
        f"            g'(x) = {derivative(w, other)}",
        "",
    ]


def _points(w: Writer, chance: random.Random, first: int, points: list[list[int]]) -> list[str]:
    lines, sums = ["Points:"], []
    for n, one in enumerate(points, first):
        sums.append(w.sum(*one))
        lines += [f"  question {n}: {w.plus(*one)} = {sums[-1]}"]
    total = sum(map(sum, points))
    half = w.state(Fraction(total, 2), shortly(w.notation.hand, Fraction(total, 2)), f"{total}/2")
    everything, got = w.sum(*sums), chance.randrange(3, total - 1)
    return [
        *lines,
        f"  together:   {w.plus(*sums)} = {everything}",
        "",
        f"Half of {total} points would be {half}. Somebody with {got} of {total} points has "
        f"{w.share(got, total, 1)}.",
        "",
    ]


@style("mail-key")
def mail_key(chance: random.Random, name: str) -> Case:
    w = Writer(chance, TYPED.of(hand=Hand(thousands=chance.choice(["", ",", "'"]), sign="%")))
    notes, people = remarks(chance, 4), chance.sample(_NAMES, 2)
    first = chance.randrange(2, 6)
    points = [[chance.choice([1, 1, 2, 3]) for _ in range(n)] for n in (3, 3, 2)]
    lines = [
        f"From: {people[0]}@students.example.org",
        "To: tutors@lists.example.org",
        f"Subject: Re: key for questions {first} to {first + 2}",
        f"Date: {chance.randrange(10, 28)} Jan 20{chance.randrange(15, 26)} "
        f"1{chance.randrange(0, 9)}:04:27 +0100",
        "",
        f"> {notes[0]}",
        f"> {notes[1]}",
        "",
        f"Thanks {people[1]}, here is my version, please shout if you get something else.",
        "",
        *_sizes(w, first, points[0]),
        notes[2],
        "",
        *_units(w, first + 1, points[1]),
        *_slopes(w, first + 2, points[2]),
        *_points(w, chance, first, points),
        "Best",
        people[0],
        "-- ",
        notes[3],
        "",
    ]
    return w.finished(name, ".txt", "\n".join(lines))
