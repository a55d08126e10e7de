r"""A professor's handout in LaTeX: definitions, remarks, and examples that go back to each other."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from nnutils import autodiff
from nnutils.networks import receptive_fields

from ..case import Case
from ..facts import Facts, facts
from ..fourth.parts import Desk, kernel
from ..notation import TEX
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import asides_in_tex
from .parts import numerator, side_after

__all__: list[str] = []


def _stem(w: Writer, net: Facts) -> list[str]:
    """The first layer in running prose, and what weight sharing saves."""
    hand, first = w.notation.hand, net.of_kind("conv")[0]
    size, k, a, b = first.size, kernel(first), first.inputs, first.outputs
    assert size is not None
    inside = numerator(w, size)
    side = side_after(w, size)
    lines = [
        r"\begin{example}[first layer]\label{ex:stem}",
        f"Let $n_0 = {net.side}$ with ${a}$ channels, and let the first layer have ${b}$ maps and "
        f"$(k,s,p) = ({k},{size.stride},{size.padding})$. Then",
        rf"\[ n_1 = \Bigl\lfloor \frac{{{inside}}}{{{size.stride}}} \Bigr\rfloor + 1 = {side}. \]",
    ]
    units = w.product(b, side, side, of=first.counts.units)
    reads = w.product(k, k, a)
    both = w.state(
        int(first.counts.parameters),
        hand.whole,
        f"{b}*({reads.work} + 1)",
        derivation=first.counts.parameters,
        uses=[reads],
        source=b * (int(reads.value) + 1),
        slips=[("no bias", b * int(reads.right))],
    )
    edges = w.product(units, reads, of=first.counts.multiplications)
    lines += [
        f"Hence there are ${b} \\cdot {w.whole(side)}^2 = {units}$ neurons, each of which reads "
        f"${k}^2 \\cdot {a} = {reads}$ numbers.",
        f"This makes ${w.whole(units)} \\cdot {w.whole(reads)} = {edges}$ connections (those of the "
        f"biases not "
        f"counted), but only ${b}\\,({w.whole(reads)} + 1) = {both}$ parameters.",
        r"\end{example}",
    ]
    saved = w.product(side, side)
    return [
        *lines,
        r"\begin{remark}",
        f"Every weight of Example~\\ref{{ex:stem}} is used ${w.whole(side)}^2 = {saved}$ times, once at each "
        "position.",
        r"\end{remark}",
    ]


def _fields(w: Writer, net: Facts) -> list[str]:
    """Jumps and receptive fields of all windows, each from the line before."""
    seen = receptive_fields(net.network)
    windows = net.of_kind("conv", "pool")
    listed = ", ".join(f"$({kernel(one)},{one.size.stride})$" for one in windows if one.size)
    lines = [
        r"\begin{example}[receptive fields]",
        r"Put $r_0 = j_0 = 1$ and recall $r_\ell = r_{\ell-1} + (k_\ell - 1)\,j_{\ell-1}$ and "
        r"$j_\ell = s_\ell\,j_{\ell-1}$.",
        f"For windows with $(k_\\ell,s_\\ell)$ equal to {listed} we obtain successively",
        r"\begin{align*}",
    ]
    field: int | Figure = 1
    jump: int | Figure = 1
    for n, one in enumerate(windows, 1):
        assert one.size is not None
        k, s = one.size.kernel, one.size.stride
        desk = Desk(w)
        made = desk.state(
            f"{{0}} + ({k} - 1)*{{1}}",
            field,
            jump,
            of=int(seen[one.name].size),
            derivation=seen[one.name].size,
            slips=[("one not taken away", f"{{0}} + {k}*{{1}}")]
            + [("the jump left out", f"{{0}} + {k} - 1")] * (n > 1),
        )
        shown = f"{desk.text(field)} + {k - 1} \\cdot {desk.text(jump)}"
        field = made
        line = f"r_{n} &= {shown} = {made}"
        if n < len(windows):
            before = desk.text(jump)
            jump = desk.state(f"{s}*{{0}}", jump, of=int(seen[one.name].stride))
            line += f", & j_{n} &= {s} \\cdot {before} = {jump}"
        lines += [line + (r" \\" if n < len(windows) else ".")]
    return [*lines, r"\end{align*}", r"\end{example}"]


@dataclass(frozen=True)
class _Line:
    """One line of a trace: as a formula of the lines before, forwards and backwards."""

    name: str
    tex: str
    python: str
    parts: tuple[str, ...]
    wrong: tuple[tuple[str, str], ...] = ()


_BAYDIN = (
    r"\ln x + x y - \sin y",
    lambda x, y: autodiff.ln(x) + x * y - autodiff.sin(y),
    (
        _Line("v_1", r"\ln x", "log({0})", ("x",)),
        _Line("v_2", "x y", "{0}*{1}", ("x", "y"), (("a sum for a product", "{0} + {1}"),)),
        _Line("v_3", r"\sin y", "sin({0})", ("y",), (("the cosine for the sine", "cos({0})"),)),
        _Line("v_4", "v_1 + v_2", "{0} + {1}", ("v_1", "v_2")),
        _Line("v_5", "v_4 - v_3", "{0} - {1}", ("v_4", "v_3"), (("a sign lost", "{0} + {1}"),)),
    ),
    (
        _Line(r"\bar x", r"1/x + y", "1/{0} + {1}", ("x", "y"), (("a term left out", "{1} + 0*{0}"),)),
        _Line(r"\bar y", r"x - \cos y", "{0} - cos({1})", ("x", "y"), (("a sign lost", "{0} + cos({1})"),)),
    ),
)
_SQUARED = (
    r"(x y + \cos x)^2",
    lambda x, y: (x * y + autodiff.cos(x)) * (x * y + autodiff.cos(x)),
    (
        _Line("v_1", "x y", "{0}*{1}", ("x", "y"), (("a sum for a product", "{0} + {1}"),)),
        _Line("v_2", r"\cos x", "cos({0})", ("x",), (("the sine for the cosine", "sin({0})"),)),
        _Line("v_3", "v_1 + v_2", "{0} + {1}", ("v_1", "v_2")),
        _Line("v_4", "v_3^2", "{0}**2", ("v_3",), (("a square left out", "2*{0}"),)),
    ),
    (
        _Line(r"\bar v_3", "2 v_3", "2*{0}", ("v_3",), (("a factor left out", "{0}"),)),
        _Line(
            r"\bar x",
            r"\bar v_3 (y - \sin x)",
            "{0}*({1} - sin({2}))",
            (r"\bar v_3", "y", "x"),
            (("a sign lost", "{0}*({1} + sin({2}))"), ("a term left out", "{0}*{1} + 0*{2}")),
        ),
        _Line(r"\bar y", r"\bar v_3 \cdot x", "{0}*{1}", (r"\bar v_3", "x")),
    ),
)


def _reverse(w: Writer, chance: random.Random) -> list[str]:
    """A function of two numbers, its trace and its adjoints."""
    written, function, forwards, backwards = chance.choice([_BAYDIN, _SQUARED])
    desk = Desk(w, 3, 3)
    values: dict[str, Any] = {"x": chance.choice([2, 3, 4]), "y": chance.choice([1, 2, 5])}
    gradient = autodiff.trace(function, values["x"], values["y"]).gradient()
    lines = [
        r"\begin{example}[reverse mode]",
        f"Consider $f(x,y) = {written}$ at $x = {values['x']}$, $y = {values['y']}$. The forward sweep gives",
    ]

    def swept(rows: tuple[_Line, ...]) -> list[str]:
        made = []
        for one in rows:
            stated = desk.state(one.python, *(values[part] for part in one.parts), slips=one.wrong)
            values[one.name] = stated
            sign = r"\approx" if desk.rounds(stated) else "="
            made.append(f"${one.name} = {one.tex} {sign} {stated}$")
        return made

    first = swept(forwards)
    lines += [", ".join(first[:2]) + ",", ", ".join(first[2:]) + "."]
    lines += [f"Going back from $\\bar v_{len(forwards)} = 1$ we collect", ", ".join(swept(backwards)) + "."]
    for name, right in zip((r"\bar x", r"\bar y"), gradient, strict=True):
        assert abs(float(values[name].right) - right) < 1e-9
    return [*lines, r"\end{example}"]


@style("handout-remarks")
def handout_remarks(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=chance.choice([1, 2]))
    w = Writer(chance, TEX.of(hand=Hand(thousands=r"\,", from_four=chance.random() < 0.5), times=r" \cdot "))
    notes = asides_in_tex(chance, 3)
    lines = [
        f"\\section*{{Handout {chance.randrange(2, 13)}: how large, how many, how far}}",
        notes[0],
        "",
        r"\begin{definition}",
        "A window of width $k$ that moves by $s$ over $n$ numbers with $p$ zeros on each side has "
        r"$\lfloor (n + 2p - k)/s \rfloor + 1$ positions.",
        r"\end{definition}",
        *_stem(w, net),
        "",
        notes[1],
        "",
    ]
    for one in (_fields(w, net), _reverse(w, chance)):
        lines += [*one, ""]
    lines += [r"\begin{remark}", notes[2], r"\end{remark}", ""]
    return w.finished(name, ".tex", "\n".join(lines))
