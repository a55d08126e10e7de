"""An answer in a forum, in Markdown: a question quoted, code in backticks, what an interpreter replied."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from fractions import Fraction

from ..case import Case
from ..facts import Fact, facts, size_question
from ..notation import TYPED
from ..numerals import Hand, How, Real, Written
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import remarks

__all__: list[str] = []

_USERS = ("maria_k", "tensor_tom", "jlb", "0xdeep", "anna.w", "gradstudent17", "pooh")


def _replied(places: int) -> How:
    """Write a number as Python replies it after rounding: without zeros at the end."""

    def write(value: Real) -> Written:
        number = round(float(value), places)
        return Written(repr(number), Fraction(repr(number)), Fraction(1, 10**places))

    return write


@style("forum-answer")
def forum_answer(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=2)
    marks = chance.choice([",", ""])
    w = Writer(chance, TYPED.of(hand=Hand(thousands=marks, sign="%"), times=" * "))
    typed = Hand(thousands="", sign="%")  # in code
    notes, users = remarks(chance, 4), chance.sample(_USERS, 3)
    conv = chance.choice(net.of_kind("conv"))
    size = conv.size
    assert size is not None
    k = size.kernel
    lines = [
        f"> **{users[0]}** wrote:",
        f"> My input is {size.side}x{size.side} with {conv.inputs} channels, then comes "
        f"`nn.Conv2d({conv.inputs}, {conv.outputs}, {k}, stride={size.stride}, padding={size.padding})`.",
        "> How big is the output, and how many weights are that? I keep getting something else :(",
        "",
        f"Hi {users[0]}, take it step by step.",
        "",
    ]
    prose, w.notation = w.notation, w.notation.of(hand=typed)
    out = w.size(size)
    text = f"({size.side} + 2*{size.padding} - {k}) // {size.stride} + 1"
    lines += [f"1. Along each side there are `{text} = {out}` positions (`//` drops the remainder)."]
    units = w.product(conv.outputs, conv.side, conv.side, of=conv.counts.units)
    lines += [f"2. So you get `{w.times(conv.outputs, conv.side, conv.side)} = {units}` numbers out."]
    weights = w.product(conv.outputs, conv.inputs, k, k, of=conv.counts.weights)
    both = w.sum(weights, conv.outputs, of=conv.counts.parameters)
    lines += [
        f"3. Weights: `{w.times(conv.outputs, conv.inputs, k, k)} = {weights}`, and with one bias per filter "
        f"`{w.plus(weights, conv.outputs)} = {both}`.",
        "",
        notes[0],
        "",
    ]
    lines += [
        "If you don't trust me, ask Python:",
        "",
        "```python",
        *_session(w, chance, conv, both),
        "```",
        "",
    ]
    w.notation = prose
    reads = conv.inputs * k * k
    connections = w.product(units, reads, of=conv.counts.connections)
    lines += [
        f"> **{users[1]}** wrote:",
        f"> {notes[1]}",
        "",
        "True. And the *connections* are something else again: every one of the "
        f"{w.whole(units)} units reads {w.whole(reads)} values, so there are {connections} of them",
    ]
    lines[-1] += "." if connections.right < 10**6 else _millions(w, connections)
    lines += ["", *_dense(w, net.of_kind("fc")[0].inputs, net.of_kind("fc")[0].outputs), "", "---"]
    other = size_question(chance)
    lines += [
        f"**{users[2]}** · {chance.randrange(2, 12)} hours ago · {chance.randrange(1, 40)} votes",
        "",
        notes[2],
        f"Another one to try: {other.side} pixels, kernel {other.kernel}, stride {other.stride}, padding "
        f"{other.padding} → {w.size(other)} pixels.",
        "",
        f"*Edit:* {notes[3]}",
        "",
    ]
    return w.finished(name, ".md", "\n".join(lines))


def _millions(w: Writer, figure: Figure) -> str:
    return f" (about {w.again(figure, w.notation.hand.words(1), about=True)})."


def _dense(w: Writer, inputs: int, outputs: int) -> list[str]:
    weights = w.product(inputs, outputs)
    stored = w.product(weights, 4)
    mega = w.scaled(stored, 2**20, w.notation.hand.places(2))
    text = (
        f"For comparison: a dense layer from {w.whole(inputs)} to {w.whole(outputs)} nodes has {weights} "
        f"weights (no bias counted). As float32, 4 bytes each, that's {stored} bytes"
    )
    return [text + (f" = {mega} MiB (1 MiB = 1024 * 1024 bytes)." if mega else ".")]


def _session(w: Writer, chance: random.Random, conv: Fact, total: Figure) -> list[str]:
    """Return what was typed at the prompt, and the replies."""
    size, whole = conv.size, w.notation.hand.whole
    assert size is not None
    z = chance.sample(range(-2, 4), 3)
    small, large = sorted(chance.sample(range(200, 9000), 2))
    a, b, n = conv.inputs, conv.outputs, size.kernel

    def product() -> list[str]:
        count = conv.counts.parameters
        work = f"{b}*{a}*{n}**2 + {b}"
        return [f">>> {b} * {a} * {n}**2 + {b}", str(w.state(int(count), whole, work, derivation=count))]

    def floor() -> list[str]:
        return [f">>> ({size.side} + 2*{size.padding} - {n}) // {size.stride} + 1", str(w.size(size))]

    def ratio() -> list[str]:
        shown = w.state(Fraction(small, large), _replied(3), f"{small}/{large}")
        return [f">>> round({small} / {large}, 3)  # my two scores", str(shown)]

    def share() -> list[str]:
        work = f"exp({z[0]})/({' + '.join(f'exp({one})' for one in z)})"
        shown = " + ".join(f"exp({one})" for one in z)
        right = math.exp(z[0]) / sum(map(math.exp, z))
        return [
            ">>> from math import exp",
            f">>> round(exp({z[0]}) / ({shown}), 4)  # softmax",
            str(w.state(right, _replied(4), work)),
        ]

    def size_of_it() -> list[str]:
        how, value = w.notation.hand.places(1), Fraction(total.value) * 4 / 1000
        shown = w.state(
            Fraction(total.right) * 4 / 1000, how, f"({total.work})*4/1000", uses=[total], source=value
        )
        return [f'>>> f"{{4 * {w.whole(total)} / 1000:.1f}} kB"', f"'{shown} kB'"]

    asked: list[Callable[[], list[str]]] = [product, floor, ratio, share, size_of_it]
    return [line for one in chance.sample(asked, 4) for line in one()]
