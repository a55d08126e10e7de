"""Somebody who copies ten digits from a calculator, no zero before the point, equals signs run on."""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction

from ..case import Case
from ..facts import facts
from ..fourth.parts import Desk, Number, drawn, kernel
from ..notation import TYPED
from ..numerals import How, Real, exactly
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import margins
from .parts import Pointed

__all__: list[str] = []

_DIGITS = 10


@dataclass(frozen=True)
class _Display(Desk):
    """A display of ten digits; ``rough`` is what the coarsest of the numbers here is rounded to."""

    rough: int = 8
    fine: int = 7

    def how(self, value: Real) -> How:
        size = abs(exactly(value))
        digits = len(str(int(size))) if size >= 1 else 0
        return Desk(self.w, _DIGITS - digits, self.fine).how(value)


def _unit(desk: _Display, chance: random.Random) -> list[str]:
    """Two inputs, a sigmoid, and the way back."""
    x, v = [drawn(chance, -15, 20) for _ in range(2)], [drawn(chance, -9, 15) for _ in range(2)]
    bias, target = drawn(chance, -5, 9), chance.choice([0, 1])
    text, inner = desk.text, desk.inner
    z = desk.state(
        "{0}*{1} + {2}*{3} + {4}", v[0], x[0], v[1], x[1], bias, slips=[("no bias", "{0}*{1} + {2}*{3}")]
    )
    e = desk.state("exp(-{0})", z, slips=[("a sign lost", "exp({0})")])
    a = desk.state("1/(1 + {0})", e, slips=[("upside down", "1 + {0}"), ("a term left out", "1/{0}")])
    slope = desk.state("{0}*(1 - {0})", a, slips=[("a factor left out", "1 - {0}")])
    error = desk.state("{0} - {1}", a, target, slips=[("a sign lost", "{0} + {1}")] if target else [])
    delta = desk.state("{0}*{1}", error, slope)
    shown = text(a)
    lines = [
        f"x1={text(x[0])} x2={text(x[1])} w1={text(v[0])} w2={text(v[1])} b={text(bias)} t={target}",
        f"z = {inner(v[0])}*{inner(x[0])}+{inner(v[1])}*{inner(x[1])}+{inner(bias)} = {z}",
        f"e^-z = {e}",
        f"a = 1/(1+{text(e)}) = {a}",
        f"a(1-a) = {shown}*(1-{shown}) = {slope}",
        f"a-t = {shown}-{target} = {error}",
        f"delta = {inner(error)}*{text(slope)} = {delta}",
    ]
    for n, one in enumerate(x, 1):
        back = desk.state("{0}*{1}", delta, one, slips=[("a sign lost", "-{0}*{1}")])
        lines += [f"dw{n} = {inner(delta)}*{inner(one)} = {back}"]
    return lines


def _normal(desk: _Display, chance: random.Random) -> list[str]:
    """Batch normalisation of four numbers, step by step."""
    values = chance.sample(range(1, 20), 4)
    total = desk.state(
        "+".join(str(one) for one in values), slips=[("a term left out", str(sum(values[1:])))]
    )
    mean = desk.state("{0}/4", total, slips=[("another count", "{0}/3")])
    # each square is written with the mean as it stands, which has two places at most
    squares: list[Number] = [
        desk.state(f"({one} - {{0}})**2", mean, slips=[("no square", f"{one} - {{0}}")]) for one in values
    ]
    variance = desk.state(
        "({0} + {1} + {2} + {3})/4", *squares, slips=[("another count", "({0} + {1} + {2} + {3})/3")]
    )
    root = desk.state("sqrt({0})", variance, slips=[("no root", "{0}/2")])
    text = desk.text
    shown = [text(one) for one in squares]
    lines = [
        f"x = {', '.join(map(str, values))}",
        f"mean {'+'.join(map(str, values))} = {total} / 4 = {mean}",
        *(f"({one}-{text(mean)})^2 = {square}" for one, square in zip(values, squares, strict=True)),
        f"var = ({'+'.join(shown)})/4 = {variance}",
        f"sd = sqrt({text(variance)}) = {root}",
    ]
    for n, one in list(enumerate(values, 1))[:2]:
        back = desk.state(
            f"({one} - {{0}})/{{1}}", mean, root, slips=[("a sign lost", f"({{0}} - {one})/{{1}}")]
        )
        lines += [f"x{n}hat = ({one}-{text(mean)})/{text(root)} = {back}"]
    return lines


def _counts(desk: _Display, chance: random.Random) -> list[str]:
    """Products typed factor by factor, an equals sign after each key."""
    w, net = desk.w, facts(chance, convs=2, large=chance.random() < 0.5)
    lines: list[str] = []
    for layer in net.of_kind("conv"):
        k, a, b = kernel(layer), layer.inputs, layer.outputs
        one = w.product(k, k)
        two = w.product(one, a)
        three = w.product(two, b, of=layer.counts.weights)
        four = w.sum(three, b, of=layer.counts.parameters)
        lines += [
            f"{layer.name} ({b} kernels {k}x{k}, {a} in): {k}*{k} = {one} * {a} = {two} * {b} = {three} "
            f"weights, + {b} = {four}"
        ]
    last = net.of_kind("fc")[-1]
    weights = w.product(last.inputs, last.outputs, of=last.counts.weights)
    four = w.sum(weights, last.outputs, of=last.counts.parameters)
    lines += [
        f"{last.name} ({last.inputs} in, {last.outputs} out): "
        f"{w.times(last.inputs, last.outputs)} = {weights} "
        f"weights, + {last.outputs} = {four}"
    ]
    part, whole = chance.randrange(500, 5000), chance.choice([6000, 7500, 9000, 12000])
    share = w.share(part, whole, 6)
    return [*lines, f"correct on the test set: {part}/{whole}*100 = {share}"]


def _loss(desk: _Display, chance: random.Random) -> list[str]:
    shares = [Fraction(chance.randrange(6, 99), 100) for _ in range(3)]
    logs: list[Figure] = [desk.state("-log({0})", one, slips=[("a sign lost", "log({0})")]) for one in shares]
    total = desk.state("{0} + {1} + {2}", *logs, slips=[("a term left out", "{0} + {1}")])
    mean = desk.state("{0}/3", total)
    short = desk.state("{0}", mean, how=desk.w.notation.hand.places(2))
    text = desk.text
    return [
        *(f"-ln {text(one)} = {log}" for one, log in zip(shares, logs, strict=True)),
        f"{'+'.join(text(one) for one in logs)} = {total}",
        f"{text(total)}/3 = {mean}   so the loss is about {short}",
    ]


@style("calculator-digits")
def calculator_digits(chance: random.Random, name: str) -> Case:
    hand = Pointed(thousands="", sign="%", minus="-")
    desk = _Display(Writer(chance, TYPED.of(hand=hand, times="*")))
    notes = margins(chance, 4)
    lines = [f"Assignment {chance.randrange(1, 9)}, worked with a TI-84", notes[0], ""]
    asked = chance.sample([_unit, _normal, _counts, _loss], 3)
    for n, (one, note) in enumerate(zip(asked, notes[1:], strict=True), 1):
        lines += [f"{n}.", *one(desk, chance), note, ""]
    return desk.w.finished(name, ".txt", "\n".join(lines))
