"""The model answer of a British exam, plain text: method and accuracy marks at the end of each line."""

from __future__ import annotations

import math
import random
import re
from fractions import Fraction

from nnutils import Conv2d, Network, conv_output_size, conv_transpose_output_size, count

from ..case import Case
from ..fourth.parts import Desk
from ..notation import TYPED
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import sidelines

__all__: list[str] = []

_Lines = list[tuple[str, str]]  # each with its marks
_MARK = re.compile("\ue000\\d+\ue001")  # of a statement, gone from the finished text


def _sizes(w: Writer, chance: random.Random) -> tuple[str, _Lines]:
    """A dilated convolution and the transposed one that goes back up."""
    hand, desk = w.notation.hand, Desk(w)
    n, k, d = chance.randrange(40, 130), chance.choice([3, 5, 7]), chance.choice([2, 3])
    s, p = chance.choice([1, 2]), chance.choice([0, 1, 2])
    wide = desk.state(
        f"{k} + ({k} - 1)*({d} - 1)",
        slips=[("one dilation too many", f"{k} + ({k} - 1)*{d}"), ("no one", f"{k}*{d}")],
    )
    size = conv_output_size(n, k, stride=s, padding=p, dilation=d)
    room = n + 2 * p - int(wide.value)
    out = w.state(
        int(size),
        hand.whole,
        f"floor(({n} + 2*{p} - ({wide.work}))/{s}) + 1",
        derivation=size,
        uses=[wide],
        source=room // s + 1 if room >= 0 else None,
    )
    shown = f"({n} + 2*{p} - {w.whole(wide)})"
    divided = f"floor({shown}/{s}) + 1" if s > 1 else f"{shown}/1 + 1"
    up, wider, less = chance.choice([2, 3]), chance.choice([3, 4, 5]), chance.choice([0, 1])
    back = conv_transpose_output_size(int(size), wider, stride=up, padding=less)
    larger = w.state(
        int(back),
        hand.whole,
        f"({out.work} - 1)*{up} - 2*{less} + {wider}",
        derivation=back,
        uses=[out],
        source=(int(out.value) - 1) * up - 2 * less + wider,
        slips=[("one not taken away", int(size) * up - 2 * less + wider)],
    )
    asked = (
        f"Input {n} x {n}. First a {k} x {k} convolution with dilation {d}, stride {s}, padding {p}; then a "
        f"transposed convolution, kernel {wider}, stride {up}, padding {less}. Give both widths."
    )
    return asked, [
        (f"effective kernel = {k} + ({k} - 1)({d} - 1) = {wide}", "M1"),
        (f"width = {divided} = {out}", "M1 A1"),
        (f"transposed: ({w.whole(out)} - 1)*{up} - 2*{less} + {wider} = {larger}", "M1 A1ft"),
    ]


def _separable(w: Writer, chance: random.Random) -> tuple[str, _Lines]:
    """A depthwise separable layer beside an ordinary one."""
    hand = w.notation.hand
    side, k = chance.choice([14, 28, 32, 56]), chance.choice([3, 5])
    a, b = chance.choice([32, 64, 128]), chance.choice([64, 96, 128, 256])

    def counted(*layers: Conv2d) -> list[int]:
        total = count(Network((a, side, side), layers))
        return [int(total[str(one.name)].multiplications) for one in layers]

    same = {"padding": "same", "bias": False}
    plain, deep, point = (
        *counted(Conv2d(b, k, name="plain", **same)),  # type: ignore[arg-type]
        *counted(Conv2d(a, k, groups=a, name="deep", **same), Conv2d(b, 1, bias=False, name="point")),  # type: ignore
    )
    full = w.product(k, k, a, b, side, side)
    first = w.product(k, k, a, side, side)
    second = w.product(a, b, side, side)
    assert [full.right, first.right, second.right] == [plain, deep, point]
    both = w.sum(first, second)
    ratio = w.state(
        Fraction(plain, deep + point),
        hand.places(2),
        f"({full.work})/({both.work})",
        uses=[full, both],
        source=Fraction(full.value) / Fraction(both.value),
        slips=[
            ("a term left out", Fraction(plain, deep)),
            ("the other way round", Fraction(deep + point, plain)),
        ],
    )
    asked = (
        f"A {k} x {k} convolution takes {a} to {b} channels at {side} x {side} (same padding, no "
        f"biases). Count its "
        "multiplications, those of the depthwise separable version, and compare."
    )
    return asked, [
        (f"standard: {w.times(k, k, a, b, side, side)} = {full}", "M1 A1"),
        (f"depthwise: {w.times(k, k, a, side, side)} = {first}", "A1"),
        (f"pointwise: {w.times(a, b, side, side)} = {second}", "A1"),
        (f"sum {both}, so it is cheaper by a factor of {ratio}", "A1 A1"),
    ]


def _classifier(w: Writer, chance: random.Random) -> tuple[str, _Lines]:
    """Cross-entropy of two examples, the penalty, and one weight after a step."""
    hand, desk = w.notation.hand, Desk(w, 3, 4)
    p, q = (Fraction(one, 100) for one in chance.sample([15, 25, 35, 40, 60, 70, 80, 90], 2))
    losses: list[Figure] = []
    for one in (p, q):
        losses.append(
            w.state(
                -math.log(one),
                hand.places(3),
                f"-log({one})",
                slips=[("the logarithm to base ten", -math.log10(one)), ("the base two", -math.log2(one))],
            )
        )
    mean = desk.state("({0} + {1})/2", *losses, slips=[("the mean left out", "{0} + {1}")])
    u, v = Fraction(chance.choice([-15, 5, 12, 20]), 10), Fraction(chance.choice([-10, -4, 8, 30]), 10)
    strength = Fraction(chance.choice([1, 2, 5]), 100)
    norm = desk.state(
        "{0}**2 + {1}**2", u, v, slips=[("a sign lost", "{0}**2 - {1}**2"), ("no squares", "{0} + {1}")]
    )
    whole = desk.state(
        "{0} + {1}*{2}",
        mean,
        strength,
        norm,
        slips=[("a root too many", "{0} + {1}*sqrt({2})"), ("half", "{0} + {1}*{2}/2")],
    )
    asked = (
        f"The model gives the correct classes of two examples p = {desk.text(p)} and p = {desk.text(q)}; "
        f"the weights are "
        f"({desk.text(u)}, {desk.text(v)}). Find the mean cross-entropy (natural logarithm) plus lambda "
        f"|w|^2 for "
        f"lambda = {desk.text(strength)}."
    )
    return asked, [
        (f"-ln({desk.text(p)}) = {losses[0]}", "M1"),
        (f"-ln({desk.text(q)}) = {losses[1]}", "A1"),
        (f"mean: ({desk.text(losses[0])} + {desk.text(losses[1])})/2 = {mean}", "A1"),
        (f"|w|^2 = {desk.inner(u)}^2 + {desk.inner(v)}^2 = {norm}", "B1"),
        (f"total: {desk.text(mean)} + {desk.text(strength)}*{desk.text(norm)} = {whole}", "M1 A1ft"),
    ]


@style("exam-model-answer")
def exam_model_answer(chance: random.Random, name: str) -> Case:
    w = Writer(chance, TYPED.of(hand=Hand(thousands=chance.choice([",", " "])), times="*"))
    notes = sidelines(chance, 2)
    asked = [one(w, chance) for one in (_sizes, _separable, _classifier)]
    marks = [sum(len(given.split()) for _, given in lines) for _, lines in asked]
    lines = [
        f"COMP{chance.randrange(1000, 5000)}  Neural Computation     January 20{chance.randrange(15, 26)}",
        f"MODEL ANSWERS     {sum(marks)} marks     not to be given to candidates",
        "",
        "M = method, A = accuracy, B = independent mark, ft = follow through. Accept 3 s.f.",
        notes[0],
        "",
    ]
    for n, ((question, answer), mark) in enumerate(zip(asked, marks, strict=True)):
        lines += [f"({'abc'[n]}) {question}  ({mark} marks)"]
        for text, given in answer:
            room = max(2, 66 - len(_MARK.sub("", text)))
            lines += ["    " + text + " " * room + f"[{given}]"]
        lines += [""]
    lines += [f"Examiner's note: {notes[1]}", ""]
    return w.finished(name, ".txt", "\n".join(lines))
