"""Somebody whose page in HTML has a list for each question, with a list inside for each layer or step."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from fractions import Fraction

from ..case import Case
from ..facts import Fact, facts
from ..fourth.parts import Desk, Number, kernel, layer_side
from ..notation import HTML
from ..numerals import Hand
from ..second.parts import powers
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import trifles_in_html
from .parts import in_units, parameters

__all__: list[str] = []


def _layer(w: Writer, layer: Fact, before: Figure | None) -> tuple[list[str], Figure | None]:
    a, b = layer.inputs, layer.outputs
    if layer.size is None:
        all_ = parameters(w, layer, [before])
        return [
            f"<li><b>{layer.name}</b>, from {w.whole(a)} to {b}",
            f"  <ul><li>parameters: {w.times(a, b)} + {b} = <strong>{all_}</strong></li></ul></li>",
        ], None
    size, k = layer.size, kernel(layer)
    side = layer_side(w, layer, before)
    padding = f", padding {size.padding}" if size.padding else ""
    lines = [
        f"<li><b>{layer.name}</b>, {k}&times;{k}, stride {size.stride}{padding}"
        + (f", {b} filters" if layer.kind == "conv" else ""),
        "  <ul>",
        f"  <li>height and width: {w.size_formula(size)} = <strong>{side}</strong></li>",
    ]
    if layer.kind == "pool":
        lines += ["  <li>parameters: none</li>"]
    else:
        units = w.product(b, layer.side, layer.side, of=layer.counts.units)
        total = w.product(4, units)
        kib = in_units(w, total, 1024, w.notation.hand.places(1), 1000)
        lines += [
            f"  <li>output: {w.times(b, layer.side, layer.side, squares=True)} = {units} values</li>",
            f"  <li>in memory: 4 &times; {w.whole(units)} = {total} bytes, or {kib} KiB</li>",
        ]
        window = w.times(a, k, k, squares=True)
        lines += [
            f"  <li>parameters: {b} &times; ({window} + 1) = <strong>{parameters(w, layer)}</strong></li>"
        ]
    return [*lines, "  </ul></li>"], side


def _softmax(w: Writer) -> list[str]:
    logits = w.chance.sample([-1, 0, 1, 2, 3], 3)
    hand = w.notation.hand
    found = powers(w, logits, 3)
    shown = [hand.whole(z).text for z in logits]
    right = w.chance.choice([n for n, share in enumerate(found.shares) if share.right > 0.1])
    share = found.shares[right]
    loss = w.state(
        -math.log(float(share.right)),
        hand.places(3),
        f"-log({share.work})",
        uses=[share],
        slack=0.002 / float(share.right),
        source=-math.log(float(share.value)) if share.value > 0 else None,
    )
    lines = [
        f"<h2>Softmax of ({', '.join(shown)})</h2>",
        "<ul>",
        *(
            f"<li>e<sup>{z}</sup> {'=' if z == '0' else '&asymp;'} {power}</li>"
            for z, power in zip(shown, found.exps, strict=True)
        ),
        f"<li>together {' + '.join(one.bare for one in found.exps)} = {found.total}</li>",
    ]
    for n, (power, one) in enumerate(zip(found.exps, found.shares, strict=True), 1):
        lines += [f"<li><i>p</i><sub>{n}</sub> = {power.bare} / {found.total.bare} = <em>{one}</em></li>"]
    return [
        *lines,
        f"<li>The right class is number {right + 1}, so the loss is &minus;ln {share.bare} = {loss}</li>",
        "</ul>",
    ]


def _graph(w: Writer) -> list[str]:
    """A small graph of computation, forward and backward."""
    desk = Desk(w, 4, 4)
    x, y, z = (w.chance.choice([-4, -3, -2, 2, 3, 4, 5]) for _ in range(3))
    q = desk.state("{0}*{1}", x, y, slips=[("a term left out", "{0} + {1}")])
    s = desk.state("{0} + {1}", q, z, slips=[("a sign lost", "{0} - {1}")])
    f = desk.state("{0}**2", s, slips=[("a factor used twice", "2*{0}")])
    slope = desk.state("2*{0}", s, slips=[("a factor left out", "{0}")])
    of_x = desk.state("{0}*{1}", slope, y, slips=[("another factor", f"{{0}}*({x})")])
    of_y = desk.state("{0}*{1}", slope, x, slips=[("another factor", f"{{0}}*({y})")])
    of_z = desk.state("{0}*1", slope)
    given = ", ".join(f"<i>{name}</i> = {desk.text(value)}" for name, value in (("x", x), ("y", y), ("z", z)))
    return [
        f"<h2><i>f</i> = (<i>xy</i> + <i>z</i>)<sup>2</sup> at {given}</h2>",
        "<ol>",
        "<li>Forward",
        f"  <ul><li><i>q</i> = <i>xy</i> = {desk.text(x)} &times; {desk.inner(y)} = {q}</li>",
        f"  <li><i>s</i> = <i>q</i> + <i>z</i> = {desk.text(q)} + {desk.inner(z)} = {s}</li>",
        f"  <li><i>f</i> = <i>s</i><sup>2</sup> = {f}</li></ul></li>",
        "<li>Backward",
        f"  <ul><li>d<i>f</i>/d<i>s</i> = 2<i>s</i> = 2 &times; {desk.inner(s)} = {slope}</li>",
        f"  <li>d<i>f</i>/d<i>z</i> = {desk.text(slope)} &times; 1 = {of_z}</li>",
        f"  <li>d<i>f</i>/d<i>x</i> = d<i>f</i>/d<i>s</i> &times; <i>y</i> = "
        f"{desk.text(slope)} &times; {desk.inner(y)} = {of_x}</li>",
        f"  <li>d<i>f</i>/d<i>y</i> = d<i>f</i>/d<i>s</i> &times; <i>x</i> = "
        f"{desk.text(slope)} &times; {desk.inner(x)} = {of_y}</li></ul></li>",
        "</ol>",
    ]


def _batch(w: Writer) -> list[str]:
    """The statistics of batch normalisation for four numbers."""
    desk = Desk(w, 3, 4)
    numbers: list[Number] = [Fraction(one, 2) for one in w.chance.sample(range(1, 31), 4)]
    mean = desk.state("({0} + {1} + {2} + {3})/4", *numbers, slips=[("not divided", "{0} + {1} + {2} + {3}")])
    squares = " + ".join(f"({{{n}}} - {{4}})**2" for n in range(4))
    variance = desk.state(f"({squares})/4", *numbers, mean, slips=[("divided by one less", f"({squares})/3")])
    deviation = desk.state("sqrt({0})", variance, slips=[("no root", "{0}")])
    first = desk.state(
        "({0} - {1})/{2}", numbers[0], mean, deviation, slips=[("a sign lost", "({0} + {1})/{2}")]
    )
    shown = [desk.text(one) for one in numbers]
    put = " + ".join(f"({one} &minus; {desk.inner(mean)})<sup>2</sup>" for one in shown)
    signs = ["&asymp;" if desk.rounds(one) else "=" for one in (mean, variance, deviation, first)]
    return [
        f"<h2>Batch normalisation of {', '.join(shown)}</h2>",
        "<ol>",
        f"<li>mean: ({' + '.join(desk.inner(one) if n else shown[0] for n, one in enumerate(numbers))})/4 "
        f"{signs[0]} {mean}</li>",
        f"<li>variance: ({put})/4 {signs[1]} {variance}</li>",
        f"<li>standard deviation: &radic;{desk.text(variance)} {signs[2]} {deviation}</li>",
        f"<li>the first one becomes ({shown[0]} &minus; {desk.inner(mean)})/{desk.text(deviation)} "
        f"{signs[3]} {first}</li>",
        "</ol>",
    ]


@style("page-of-lists")
def page_of_lists(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=1)
    w = Writer(chance, HTML.of(hand=Hand(minus="&minus;", from_four=False), cut=False))
    notes = trifles_in_html(chance, 3)
    rest: list[Callable[[Writer], list[str]]] = [_softmax, _graph, _batch]
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f"<title>Answers, week {chance.randrange(2, 13)}</title></head>",
        "<body>",
        f"<p>{notes[0]}</p>",
        f"<h2>Layer by layer, from {net.side}&times;{net.side} with {net.channels} channels</h2>",
        "<ol>",
    ]
    before: Figure | None = None
    for layer in net.layers[:3]:
        more, before = _layer(w, layer, before)
        lines += more
    lines += ["</ol>", f"<p><small>{notes[1]}</small></p>"]
    for made in chance.sample(rest, 2):
        lines += made(w)
    return w.finished(name, ".html", "\n".join([*lines, f"<p>{notes[2]}</p>", "</body></html>", ""]))
