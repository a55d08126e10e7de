r"""A lab report in LaTeX with macros of its own, numbers by siunitx, measured times with uncertainties."""

from __future__ import annotations

import random
from fractions import Fraction

from ..case import Case
from ..facts import Fact, Facts, facts
from ..harmless import in_tex
from ..notation import TEX
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..traces import softmax
from ..writing import Writer
from .around import jottings
from .parts import Desk, kernel, layer_side

__all__: list[str] = []

_HEAD = r"""\documentclass[a4paper]{article}
\usepackage{amsmath,booktabs,siunitx}
% input, kernel, padding, stride
\newcommand{\side}[4]{\left\lfloor\frac{#1 - #2 + 2 \cdot #3}{#4}\right\rfloor + 1}
\newcommand{\Np}[1]{N_\mathrm{par}^{(#1)}}
\newcommand{\MAC}[1]{M_{#1}}
\begin{document}"""


def _num(text: object) -> str:
    return rf"\num{{{text}}}"


def _sizes(w: Writer, net: Facts) -> list[str]:
    """The sizes of the outputs, by a macro of four numbers."""
    rows, before = [], None
    for n, layer in enumerate(net.of_kind("conv", "pool"), 1):
        size = layer.size
        assert size is not None
        before = layer_side(w, layer, before)
        call = rf"\side{{{size.side}}}{{{size.kernel}}}{{{size.padding}}}{{{size.stride}}}"
        rows.append(rf"  n_{n} &= {call} = {before} && \text{{({layer.name})}}")
    return [
        r"\section{Sizes}",
        rf"The pictures have $n_0 = {net.side}$ pixels along each side and {net.channels} channels.",
        r"\begin{align*}",
        " \\\\\n".join(rows),
        r"\end{align*}",
    ]


def _counted(w: Writer, layer: Fact, number: int) -> tuple[str, Figure]:
    a, b, count = layer.inputs, layer.outputs, layer.counts.parameters
    if layer.size:
        k = kernel(layer)
        both = w.state(int(count), w.notation.hand.whole, f"{b}*({k}**2*{a} + 1)", derivation=count)
        inside = rf"{b} \left( {k}^2 \cdot {a} + 1 \right)"
    else:
        both = w.state(int(count), w.notation.hand.whole, f"{b}*({a} + 1)", derivation=count)
        inside = rf"{w.whole(b)} \left( {w.whole(a)} + 1 \right)"
    return rf"  \Np{{{number}}} &= {inside} = {both}", both


def _parameters(w: Writer, net: Facts) -> list[str]:
    made = [_counted(w, layer, n) for n, layer in enumerate(net.of_kind("conv", "fc"), 1)]
    parts = [one for _, one in made]
    total = w.sum(*parts, of=net.counts.total.parameters)
    cut = len(net.of_kind("conv"))
    rows = [f"{text} \\\\" for text, _ in made]
    largest = max(parts, key=lambda one: one.right)
    share = w.share(largest, total, 1, [one for one in parts if one is not largest])
    stored = w.state(
        Fraction(4 * total.right) / 1000,
        w.notation.hand.places(1),
        f"4*({total.work})/1000",
        uses=[total],
        source=Fraction(4 * total.value) / 1000,
    )
    return [
        r"\section{Parameters}",
        r"For the convolutions we find",
        r"\begin{align}",
        *rows[:cut],
        r"\intertext{and for what is dense}",
        *rows[cut:],
        rf"  \sum_l \Np{{l}} &= {w.plus(*parts)} \notag \\",
        rf"  &= {total},",
        r"\end{align}",
        rf"of which layer~{parts.index(largest) + 1} has ${w.whole(largest)} / {w.whole(total)} "
        rf"\approx {share}$.",
        rf"At \SI{{4}}{{\byte}} each this makes \SI{{{stored}}}{{\kilo\byte}} ($\SI{{1}}{{\kilo\byte}} = "
        r"\SI{1000}{\byte}$).",
    ]


def _times(w: Writer, layers: list[Fact]) -> list[str]:
    """What was measured, with uncertainties, and what follows from it."""
    chance, hand = w.chance, w.notation.hand
    rows, works = [], list[str]()
    for n, layer in enumerate(layers, 1):
        k, side, a, b = kernel(layer), layer.side, layer.inputs, layer.outputs
        count = layer.counts.multiplications
        many = w.state(int(count), hand.whole, f"{side}**2*{b}*{k}**2*{a}", derivation=count)
        time = Fraction(chance.randrange(15, 400), 10)
        rate = w.state(
            Fraction(many.right) / time / 1000,
            hand.places(1),
            f"({many.work})/({time})/1000",
            uses=[many],
            source=Fraction(many.value) / time / 1000,
        )
        works.append(rf"$\MAC{{{n}}} = {side}^2 \cdot {b} \cdot {k}^2 \cdot {a} = {many}$")
        shown = rf"\num{{{float(time)} \pm 0.{chance.randrange(1, 9)}}}"
        rows.append(rf"    {layer.name} & {w.whole(many)} & {shown} & {rate} \\")
    slow, fast = Fraction(chance.randrange(300, 900), 10), Fraction(chance.randrange(40, 200), 10)
    gain = w.state(slow / fast, hand.places(2), f"({slow})/({fast})", slips=[("upside down", fast / slow)])
    cpu, gpu = (rf"\SI{{{float(one)}}}{{\milli\second}}" for one in (slow, fast))
    return [
        r"\section{Times}",
        f"One picture needs {' and '.join(works)} multiplications.",
        r"\begin{tabular}{lrrr}",
        r"  \toprule",
        r"  layer & mult. & $t / \si{\micro\second}$ & mult. per \si{\nano\second} \\",
        r"  \midrule",
        *rows,
        r"  \bottomrule",
        r"\end{tabular}",
        "",
        rf"The whole net took {cpu} on the CPU and {gpu} on the GPU "
        rf"($\pm \SI{{{chance.randrange(2, 9)}}}{{\percent}}$), "
        rf"which is faster by a factor of ${float(slow)} / {float(fast)} \approx {gain}$.",
    ]


def _loss(w: Writer) -> list[str]:
    """What softmax gives, and the gradient of the loss."""
    chance, desk = w.chance, Desk(w)
    logits, true = chance.sample(range(-2, 5), 3), chance.randrange(3)
    parts = softmax(w, logits, 3)
    back = [
        desk.state("{0} - {1}", one, int(n == true), slips=[("a sign lost", "{1} - {0}")])
        if n == true
        else w.again(one, w.notation.hand.places(3))
        for n, one in enumerate(parts)
    ]
    asked = ", ".join(map(str, logits))
    hot = ", ".join(str(int(n == true)) for n in range(3))
    return [
        r"\section{Loss}",
        rf"The logits $({asked})$ give $p \approx ({', '.join(parts)})$ by softmax. With the one-hot label",
        rf"$y = ({hot})$ the gradient of the cross-entropy by the logits is "
        rf"$p - y \approx ({', '.join(back)})$.",
    ]


@style("tex-own-macros")
def tex_own_macros(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=2, large=chance.random() < 0.5)
    hand = Hand(thousands="", around=(r"\num{", "}"), sign=r"\,\%")
    w = Writer(chance, TEX.of(hand=hand, times=r" \cdot "))
    remarks = in_tex(jottings(chance, 4))
    remarks = [one.replace("#", r"\#").replace("_", r"\_").replace(">=", r"$\ge$") for one in remarks]
    parts = [_sizes(w, net), _parameters(w, net), _times(w, net.of_kind("conv")), _loss(w)]
    lines = [_HEAD, rf"\title{{Lab {chance.randrange(2, 10)}: what a small net costs}}", r"\maketitle"]
    for one, remark in zip(parts, remarks, strict=True):
        lines += [*one, remark, ""]
    return w.finished(name, ".tex", "\n".join([*lines, r"\end{document}", ""]))
