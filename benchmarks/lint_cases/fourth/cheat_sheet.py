"""A sheet of formulas for an exam, each with an instance in numbers."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction

from nnutils import conv_output_size, conv_transpose_output_size

from ..case import Case
from ..facts import size_question
from ..notation import MARKDOWN
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..traces import derivative, formula
from ..writing import Writer
from .around import jottings
from .parts import Desk, drawn

__all__: list[str] = []

_Line = Callable[[Writer, Desk], str]


def _given(**settings: object) -> str:
    return ", ".join(f"{name} = {value}" for name, value in settings.items())


def _convolved(w: Writer, desk: Desk) -> str:
    size = size_question(w.chance)
    given = _given(i=size.side, k=size.kernel, s=size.stride, p=size.padding)
    return f"convolution: `o = ⌊(i + 2p − k)/s⌋ + 1`; {given} ⇒ o = {w.size(size)}"


def _transposed(w: Writer, desk: Desk) -> str:
    i, k, s = (
        w.chance.choice([7, 8, 14, 16, 28]),
        w.chance.choice([2, 3, 4, 5]),
        w.chance.choice([2, 2, 3, 4]),
    )
    p = w.chance.randrange(0, k // 2 + 1)
    found = conv_transpose_output_size(i, k, stride=s, padding=p)
    off = [("a term left out", "({0} - 1)*{1} + {3}"), ("one not taken off", "{0}*{1} - 2*{2} + {3}")]
    out = desk.state("({0} - 1)*{1} - 2*{2} + {3}", i, s, p, k, of=int(found), derivation=found, slips=off)
    return f"transposed: `o = (i − 1)s − 2p + k`; {_given(i=i, s=s, p=p, k=k)} ⇒ o = {out}"


def _dilated(w: Writer, desk: Desk) -> str:
    k, d, i = w.chance.choice([3, 3, 5]), w.chance.choice([2, 3, 4]), w.chance.randrange(30, 120)
    wide = desk.state("{0} + ({0} - 1)*({1} - 1)", k, d, slips=[("a factor for a term", "{0}*{1}")])
    out = desk.state("{0} - {1} + 1", i, wide, of=int(conv_output_size(i, k, dilation=d)))
    return (
        f"dilation: `k' = k + (k − 1)(d − 1)`; {_given(k=k, d=d)} ⇒ k' = {wide}, and i = {i} pixels "
        f"(s = 1, p = 0) become {i} − {w.whole(wide)} + 1 = {out}"
    )


def _seen(w: Writer, desk: Desk) -> str:
    n, k = w.chance.choice([2, 3, 4, 5, 6]), w.chance.choice([3, 5, 7])
    field = desk.state(
        "1 + {0}*({1} - 1)", n, k, slips=[("a product", "{0}*{1}"), ("k for k - 1", "1 + {0}*{1}")]
    )
    return f"receptive field of n layers with stride 1: `r = 1 + n(k − 1)`; {_given(n=n, k=k)} ⇒ r = {field}"


def _parameters(w: Writer, desk: Desk) -> str:
    k, a, b = w.chance.choice([3, 5, 7]), w.chance.choice([3, 32, 64]), w.chance.choice([64, 96, 128])
    many = desk.state("({0}**2*{1} + 1)*{2}", k, a, b, slips=[("a term left out", "{0}**2*{1}*{2}")])
    return f"convolution: `(k²·c + 1)·n`; {_given(k=k, c=a, n=b)} ⇒ {many} parameters"


def _separable(w: Writer, desk: Desk) -> str:
    k, a, b = w.chance.choice([3, 3, 5]), w.chance.choice([32, 64, 128]), w.chance.choice([64, 128, 256])
    plain = w.product(k, k, a, b)
    short = desk.state("{0}**2*{1} + {1}*{2}", k, a, b, slips=[("a term left out", "{1}*{2}")])
    return (
        f"depthwise separable: `k²c + cn`; {_given(k=k, c=a, n=b)} ⇒ {short} weights "
        f"(otherwise {w.times(k, k, a, b)} = {plain})"
    )


def _dense(w: Writer, desk: Desk) -> str:
    a, b = w.chance.choice([400, 784, 1024, 4096]), w.chance.choice([10, 100, 120, 1000])
    many = desk.state("({0} + 1)*{1}", a, b, slips=[("a term left out", "{0}*{1}")])
    return f"dense: `(n + 1)·m`; {_given(n=w.whole(a), m=w.whole(b))} ⇒ {many}"


def _lstm(w: Writer, desk: Desk) -> str:
    a, h = w.chance.choice([50, 100, 128]), w.chance.choice([64, 128, 256])
    many = desk.state(
        "4*(({0} + {1})*{1} + {1})", a, h, slips=[("a factor left out", "({0} + {1})*{1} + {1}")]
    )
    return f"LSTM: `4((n + h)h + h)`; {_given(n=a, h=h)} ⇒ {many}"


def _attention(w: Writer, desk: Desk) -> str:
    d = w.chance.choice([64, 128, 256, 512, 768])
    many = desk.state("4*{0}**2", d, slips=[("three for four", "3*{0}**2")])
    return f"self-attention (Q, K, V, O without biases): `4d²`; d = {d} ⇒ {many}"


def _work(w: Writer, desk: Desk) -> str:
    o, k, a, b = w.chance.choice([14, 28, 56]), 3, w.chance.choice([16, 64]), w.chance.choice([32, 64, 128])
    macs = desk.state("{0}**2*{3}*{1}**2*{2}", o, k, a, b, slips=[("a power lost", "{0}*{3}*{1}**2*{2}")])
    flops = w.product(2, macs)
    mega = w.scaled(flops, 10**6, w.notation.hand.places(1))
    rough = f" ≈ {mega} MFLOPs" if mega else ""
    return f"MACs: `o²·n·k²·c`; {_given(o=o, k=k, c=a, n=b)} ⇒ {macs}, times 2: {flops}{rough}"


def _memory(w: Writer, desk: Desk) -> str:
    side, channels, batch = (
        w.chance.choice([56, 112, 224]),
        w.chance.choice([3, 64]),
        w.chance.choice([8, 16, 32]),
    )
    stored: Figure = w.product(batch, channels, side, side, 4)
    mega = w.scaled(stored, 2**20, w.notation.hand.places(2))
    more = f" = {mega} MiB (2^20 bytes)" if mega else ""
    return f"float32 batch: `4·B·C·H·W` bytes; {_given(B=batch, C=channels, H=side, W=side)} ⇒ {stored}{more}"


def _logistic(w: Writer, desk: Desk) -> str:
    z = w.chance.choice([-3, -2, -1, 1, 2, 3])
    a = desk.state("1/(1 + exp(-{0}))", z, slips=[("a sign lost", "1/(1 + exp({0}))")])
    grown = desk.state("{0}*(1 - {0})", a, slips=[("a square", "{0}**2")])
    shown = desk.text(a)
    return (
        f"sigmoid: `σ' = σ(1 − σ)`; z = {desk.text(z)} ⇒ σ(z) ≈ {a}, σ'(z) ≈ {shown}·(1 − {shown}) ≈ {grown}"
    )


def _tanh(w: Writer, desk: Desk) -> str:
    z = w.chance.choice([Fraction(n, 2) for n in (1, 2, 3, 4)])
    a = desk.state("(exp({0}) - exp(-{0}))/(exp({0}) + exp(-{0}))", z)
    grown = desk.state("1 - {0}**2", a, slips=[("no square", "1 - {0}")])
    return (
        f"tanh: `tanh' = 1 − tanh²`; z = {desk.text(z)} ⇒ tanh(z) ≈ {a}, "
        f"tanh'(z) ≈ 1 − {desk.text(a)}² ≈ {grown}"
    )


def _entropy(w: Writer, desk: Desk) -> str:
    p = Fraction(w.chance.randrange(5, 96), 100)
    return f"cross-entropy: `L = −ln p`; p = {desk.text(p)} ⇒ L ≈ {desk.state('-log({0})', p)}"


def _leaky(w: Writer, desk: Desk) -> str:
    z, slope = drawn(w.chance, -60, -2), Fraction(1, w.chance.choice([10, 100]))
    out = desk.state("{0}*{1}", slope, z, slips=[("a sign lost", "-{0}*{1}")])
    return f"leaky ReLU: `max(z, az)`; a = {desk.text(slope)}, z = {desk.text(z)} ⇒ {out}"


def _slope(w: Writer, desk: Desk) -> str:
    plain = formula(w.chance)
    return f"power rule and so on: f(x) = {plain.text(w.notation)} ⇒ f'(x) = {derivative(w, plain)}"


_SIZES: tuple[_Line, ...] = (_convolved, _transposed, _dilated, _seen)
_COUNTS: tuple[_Line, ...] = (_parameters, _separable, _dense, _lstm, _attention, _work, _memory)
_CURVES: tuple[_Line, ...] = (_logistic, _tanh, _entropy, _leaky, _slope)


@style("cheat-sheet")
def cheat_sheet(chance: random.Random, name: str) -> Case:
    hand = Hand(thousands=chance.choice([",", "'", ""]), minus="−")
    w = Writer(chance, MARKDOWN.of(hand=hand, times="·"))
    desk, remarks = Desk(w), jottings(chance, 4)
    lines = [f"# Formulas, {chance.randrange(2, 5)}nd draft".replace("3nd", "3rd").replace("4nd", "4th"), ""]
    lines += [f"_{remarks[0]}_", ""]
    chapters = {"Sizes": (_SIZES, 3), "Counting": (_COUNTS, 5), "Curves": (_CURVES, 4)}
    for (title, (all_of, number)), remark in zip(chapters.items(), remarks[1:], strict=True):
        lines += [f"## {title}", ""]
        lines += [f"- {one(w, desk)}" for one in chance.sample(all_of, number)]
        lines += ["", f"  > {remark}", ""]
    return w.finished(name, ".md", "\n".join(lines))
