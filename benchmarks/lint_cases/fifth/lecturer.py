"""A careful lecturer in LaTeX: everything said, each step displayed, terms named by braces beneath."""

from __future__ import annotations

import random

from ..case import Case
from ..facts import Fact, Facts, facts
from ..fourth.parts import kernel
from ..notation import TEX
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import margins_in_tex
from .parts import gathered, walked

__all__: list[str] = []

_ORDINAL = ("first", "second", "third", "fourth", "fifth")


def _what(layer: Fact) -> str:
    return "convolution" if layer.kind == "conv" else "pooling"


def _sizes(w: Writer, net: Facts) -> list[str]:
    lines = [
        r"\paragraph{Step 1: spatial sizes.} Recall that a window of $k$ pixels that moves by $s$",
        r"pixels over $n$ pixels, with $p$ pixels of padding on either side, has",
        r"$\lfloor (n + 2p - k)/s \rfloor + 1$ positions.",
    ]
    before: list[Figure] = []
    for n, layer in enumerate(net.of_kind("conv", "pool"), 1):
        size = layer.size
        assert size is not None
        walk = walked(w, size, before)
        sign = "=" if walk.exact else r"\approx"
        before = [walk.side]
        lines += [
            f"The {_ORDINAL[n - 1]} window, that of the {_what(layer)}, has $n = {size.side}$, "
            f"$k = {size.kernel}$, $s = {size.stride}$ and $p = {size.padding}$. "
            + ("We compute" if n == 1 else "As before,"),
            rf"\[ \frac{{{size.side} + 2 \cdot {size.padding} - {size.kernel}}}{{{size.stride}}} {sign} "
            rf"{walk.quotient}, \qquad n_{n} = \lfloor {walk.quotient.bare} \rfloor + 1 = {walk.side}. \]",
        ]
    return lines


def _parameters(w: Writer, net: Facts) -> list[str]:
    lines = [r"\paragraph{Step 2: parameters.} One filter needs its weights and a single bias:"]
    parts: list[Figure] = []
    for n, layer in enumerate(net.of_kind("conv"), 1):
        k, a, b = kernel(layer), layer.inputs, layer.outputs
        one = w.state(
            k * k * a + 1, w.notation.hand.whole, f"{k}*{k}*{a} + 1", slips=[("no bias", k * k * a)]
        )
        many = w.product(b, one, of=layer.counts.parameters)
        parts.append(many)
        lines += [
            rf"\[ \underbrace{{{k} \cdot {k} \cdot {a}}}_{{\text{{weights}}}} + "
            rf"\underbrace{{1}}_{{\text{{bias}}}} = {one} \]",
            f"for the {_ORDINAL[n - 1]} convolution. There are {b} such filters, which gives "
            rf"${b} \cdot {w.whole(one)} = {many}$ parameters.",
        ]
    for layer in net.of_kind("fc"):
        a, b = layer.inputs, layer.outputs
        both = w.state(
            int(layer.counts.parameters),
            w.notation.hand.whole,
            f"{a}*{b} + {b}",
            slips=[("no bias", a * b), ("one bias only", a * b + 1)],
            derivation=layer.counts.parameters,
        )
        parts.append(both)
        lines += [
            rf"A dense layer from ${w.whole(a)}$ to ${w.whole(b)}$ units has "
            rf"${w.whole(a)} \cdot {w.whole(b)} + {w.whole(b)} = {both}$ of them."
        ]
    total = gathered(w, parts, net.counts.total.parameters)
    return [*lines, "Altogether, we have found", rf"\[ {w.plus(*parts)} = {total} \]", "parameters."]


def _fields(w: Writer, net: Facts) -> list[str]:
    """Receptive fields by their recursion, the product of the strides kept beside them."""
    lines = [
        r"\paragraph{Step 3: receptive fields.} Let $r_0 = 1$ and $j_0 = 1$, and recall that",
        r"$r_i = r_{i-1} + (k_i - 1) \, j_{i-1}$ and $j_i = j_{i-1} s_i$. We obtain",
        r"\begin{align*}",
    ]
    r: Figure | int = 1
    j: Figure | int = 1
    rows = []
    for n, layer in enumerate(net.of_kind("conv", "pool"), 1):
        assert layer.size is not None
        k, s = layer.size.kernel, layer.size.stride
        works = [one.work if isinstance(one, Figure) else str(one) for one in (r, j)]
        old, step = ([one.value, one.right] if isinstance(one, Figure) else [one, one] for one in (r, j))
        field = w.state(
            old[1] + (k - 1) * step[1],
            w.notation.hand.whole,
            f"({works[0]}) + ({k} - 1)*({works[1]})",
            uses=[r, j],
            source=old[0] + (k - 1) * step[0],
            slips=[("a term left out", (k - 1) * step[1]), ("one not subtracted", old[1] + k * step[1])],
        )
        jump = w.product(j, s)
        rows += [
            rf"  r_{n} &= {w.whole(r)} + ({k} - 1) \cdot {w.whole(j)} = {field}, & "
            rf"j_{n} &= {w.whole(j)} \cdot {s} = {jump}"
        ]
        r, j = field, jump
    return [*lines, " \\\\\n".join(rows) + ".", r"\end{align*}"]


def _check(w: Writer, net: Facts) -> list[str]:
    layer = net.of_kind("conv")[0]
    units = w.product(layer.outputs, layer.side, layer.side, of=layer.counts.units)
    extra = w.product(2, layer.outputs)
    return [
        rf"\paragraph{{Remark.}} The first convolution has ${layer.outputs} \cdot {layer.side}^2 = {units}$ "
        "outputs. Batch normalisation behind it would add a scale and a shift for each channel, that is, "
        rf"another $2 \cdot {layer.outputs} = {extra}$ parameters."
    ]


@style("careful-lecturer")
def careful_lecturer(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=2)
    w = Writer(chance, TEX.of(hand=Hand(thousands=r"\,", from_four=False), times=r" \cdot "))
    notes = margins_in_tex(chance, 4)
    last = chance.choice([_fields, _check])
    parts = [_sizes(w, net), _parameters(w, net), last(w, net)]
    lines = [
        rf"\section*{{Solution to Problem {chance.randrange(2, 9)}.{chance.randrange(1, 9)}}}",
        notes[0],
        "",
        rf"The input has ${net.side} \times {net.side}$ pixels and {net.channels} channels. We proceed in "
        f"{'three' if last is _fields else 'two'} steps.",
        "",
    ]
    for part in parts:
        lines += [*part, ""]
    return w.finished(name, ".tex", "\n".join([*lines, rf"\emph{{{notes[1]}}}", "", notes[2], notes[3], ""]))
