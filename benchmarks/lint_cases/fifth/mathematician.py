"""A mathematician who writes in sentences: LaTeX in the line, named quantities, "whence" and "hence"."""

from __future__ import annotations

import math
import random
from fractions import Fraction

from ..case import Case
from ..facts import facts
from ..fourth.parts import Desk, kernel
from ..notation import TEX
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..traces import derivative, formula, slope
from ..writing import Writer
from .around import margins_in_tex

__all__: list[str] = []


def _operator(w: Writer, chance: random.Random) -> list[str]:
    """A convolution as a sparse linear map."""
    net = facts(chance, convs=1)
    layer = net.of_kind("conv")[0]
    size, hand = layer.size, w.notation.hand
    assert size is not None
    k, a, b, n, m = kernel(layer), layer.inputs, layer.outputs, size.side, layer.side
    columns_ = w.product(a, n, n)
    side = w.size(size)
    rows = w.product(b, m, m, of=layer.counts.units)
    reads = w.product(a, k, k)
    entries = w.state(
        int(layer.counts.connections),
        hand.whole,
        f"{rows.work}*({reads.work})",
        uses=[rows, reads],
        source=rows.value * reads.value,
        derivation=layer.counts.connections,
    )
    free = w.state(
        int(layer.counts.parameters),
        hand.whole,
        f"{b}*({reads.work} + 1)",
        uses=[reads],
        source=b * (reads.value + 1),
        slips=[("no bias", b * a * k * k), ("one bias only", b * a * k * k + 1)],
    )
    padded = f" + 2 \\cdot {size.padding}" if size.padding else ""
    return [
        rf"Let $T$ be the linear part of a convolutional layer that takes {a} channels of ${n} \times {n}$",
        rf"pixels to {b} channels by windows of ${k} \times {k}$, with stride~${size.stride}$ and "
        rf"padding~${size.padding}$. Its domain has dimension",
        rf"${a} \cdot {n}^2 = {columns_}$. Since there are "
        rf"$\lfloor ({n}{padded} - {k})/{size.stride} \rfloor + 1 = {side}$ positions along each side,",
        rf"its range lies in a space of dimension ${b} \cdot {m}^2 = {rows}$. No row of the "
        "matrix of~$T$ has more than",
        rf"${a} \cdot {k}^2 = {reads}$ entries that do not vanish "
        "(exactly so many if the padding is counted as input),",
        rf"so that at most ${w.whole(rows)} \cdot {w.whole(reads)} = {entries}$ entries matter; yet, as rows "
        "share them,",
        rf"the layer is given by only ${b} \, ({w.whole(reads)} + 1) = {free}$ free parameters, "
        "biases included.",
    ]


def _chain(w: Writer, chance: random.Random) -> list[str]:
    """A derivative, its value at a place, and the chain rule for a power of it."""
    function, at = formula(chance, plain=True), chance.choice([1, 2, 3])
    prime = derivative(w, function)
    value = slope(w, function, at, [prime])
    c = chance.choice([n for n in range(-4, 6) if n not in (0, at * at)])
    desk = Desk(w, 4, 4)
    inner = at * at - c
    power = chance.choice([2, 3])
    middle = desk.state(f"{{0}}**2 - {c}" if c >= 0 else f"{{0}}**2 + {-c}", at)
    outer = desk.state(
        f"{power}*{{0}}**{power - 1}",
        middle,
        slips=[("the exponent not brought down", f"{{0}}**{power - 1}")],
    )
    both = desk.state("{0}*2*{1}", outer, at, slips=[("the inner derivative left out", "{0}")])
    sign = f"- {c}" if c > 0 else f"+ {-c}"
    raised = f"^{power - 1}" if power > 2 else ""
    assert inner == middle.right
    return [
        rf"Let $f(x) = {function.text(w.notation)}$. Term by term we find that "
        rf"$f'(x) = {prime}$; in particular",
        rf"$f'({at}) = {value}$. Now let $g(x) = (x^2 {sign})^{power}$, that is, $g = h \circ u$ with "
        rf"$u(x) = x^2 {sign}$ and",
        rf"$h(u) = u^{power}$. We have $u({at}) = {middle}$ and $h'(u) = {power} u{raised}$, hence "
        rf"$h'(u({at})) = {outer}$. The chain",
        rf"rule, together with $u'({at}) = 2 \cdot {at}$, gives "
        rf"$g'({at}) = {desk.inner(outer)} \cdot 2 \cdot {at} = {both}$.",
    ]


def _simplex(w: Writer, chance: random.Random) -> list[str]:
    """Softmax, two entries of its Jacobian, the entropy of the right class."""
    logits = chance.sample(range(-2, 4), 3)
    powers_, hand = [math.exp(z) for z in logits], w.notation.hand
    works = [f"exp({z})" for z in logits]
    total = w.state(
        sum(powers_),
        hand.places(4),
        " + ".join(works),
        slips=[("a term left out", sum(powers_) - one) for one in powers_],
    )
    shares: list[Figure] = []
    for power, work in list(zip(powers_, works, strict=True))[:2]:
        shares.append(
            w.state(
                power / sum(powers_),
                hand.places(4),
                f"{work}/({total.work})",
                uses=[total],
                source=power / float(total.value),
                slack=5e-5,
            )
        )
    desk = Desk(w, 4, 4)
    same = desk.state(
        "{0}*(1 - {0})", shares[0], slips=[("no difference", "{0}*{0}"), ("a sign lost", "{0}*({0} - 1)")]
    )
    other = desk.state("-{0}*{1}", *shares, slips=[("a sign lost", "{0}*{1}")])
    loss = desk.state("-log({0})", shares[0], slips=[("a sign lost", "log({0})")])
    sums = " + ".join(f"e^{{{z}}}" for z in logits)
    return [
        rf"Put $z = ({', '.join(map(str, logits))})$ and $Z = {sums}$. Numerically, "
        rf"$Z \approx {total}$, whence",
        rf"$p_1 = e^{{{logits[0]}}} / Z \approx {shares[0]}$ and "
        rf"$p_2 = e^{{{logits[1]}}} / Z \approx {shares[1]}$. "
        rf"Differentiating the quotient one sees that",
        rf"$\partial p_1 / \partial z_1 = p_1 (1 - p_1) \approx {same}$, while "
        rf"$\partial p_1 / \partial z_2 = - p_1 p_2 \approx {other}$. If the first",
        rf"class is the true one, the cross-entropy equals $- \ln p_1 \approx {loss}$.",
    ]


def _norms(w: Writer, chance: random.Random) -> list[str]:
    """The norms of a vector, clipping by the norm, and the cosine of an angle."""
    v, u = ([chance.choice([-4, -3, -2, 2, 3, 5]) for _ in range(3)] for _ in range(2))
    desk, hand = Desk(w, 3, 4), w.notation.hand
    squares = " + ".join(f"({one})**2" for one in v)
    length = desk.state(f"sqrt({squares})", slips=[("no root", squares)])
    one_norm = w.state(sum(map(abs, v)), hand.whole, " + ".join(str(abs(n)) for n in v))
    inner = w.state(
        sum(a * b for a, b in zip(v, u, strict=True)),
        hand.whole,
        " + ".join(f"({a})*({b})" for a, b in zip(v, u, strict=True)),
        slips=[("a sign lost", sum(abs(a * b) for a, b in zip(v, u, strict=True)))],
    )
    bound = Fraction(chance.choice([1, 2, 3]), 2)
    factor = desk.state("{0}/{1}", bound, length, slips=[("upside down", "{1}/{0}")])
    sign = r"\approx" if desk.rounds(length) else "="
    return [
        rf"Let $v = ({', '.join(map(str, v))})^\top$ and $u = ({', '.join(map(str, u))})^\top$. Then "
        rf"$\|v\|_1 = {one_norm}$, $\|v\|_2 {sign} {length}$ and",
        rf"$\langle v, u \rangle = {inner}$. Clipping the gradient~$v$ to the norm~${float(bound)}$ means to "
        rf"multiply it by ${float(bound)} / \|v\|_2 \approx {factor}$.",
    ]


@style("mathematician")
def mathematician(chance: random.Random, name: str) -> Case:
    w = Writer(chance, TEX.of(hand=Hand(thousands=r"\,", from_four=False), times=r" \cdot "))
    notes = margins_in_tex(chance, 4)
    asked = chance.sample([_operator, _chain, _simplex, _norms], 3)
    if _simplex not in asked and _operator not in asked:
        asked[0] = _simplex
    lines = [rf"\section{{Solutions, sheet {chance.randrange(2, 14)}}}", notes[0], ""]
    for n, one in enumerate(asked):
        lines += [rf"\medskip\noindent\textbf{{({('i', 'ii', 'iii')[n]})}}", *one(w, chance), ""]
    return w.finished(
        name, ".tex", "\n".join([*lines, notes[1], "", rf"\emph{{Remark.}} {notes[2]} {notes[3]}", ""])
    )
