"""Notes in Org mode, kept as .txt: drawers, tables, blocks of source with their results, lists of terms."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

from nnutils.networks import receptive_fields

from ..case import Case
from ..facts import Facts, facts
from ..notation import TYPED
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import jottings
from .parts import Desk, columns, drawn, kernel

__all__: list[str] = []


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    made = columns(rows)
    rule = "|" + "+".join("-" * (len(one) + 2) for one in columns(rows)[0]) + "|"
    lines = ["| " + " | ".join(row) + " |" for row in made]
    return [lines[0], rule, *lines[1:]]


def _fields(w: Writer, net: Facts) -> list[str]:
    """The receptive fields, row by row, and the last one spelled out."""
    seen, desk = receptive_fields(net.network), Desk(w)
    r: Figure | int = 1
    jump: Figure | int = 1
    rows = [["layer", "k", "s", "jump", "r"], ["input", "", "", "1", "1"]]
    last = ""
    for layer in net.of_kind("conv", "pool"):
        assert layer.size is not None
        k, s, field = layer.size.kernel, layer.size.stride, seen[layer.name]
        before = desk.text(r), desk.text(jump)
        r = desk.state(
            "{0} + ({1} - 1)*{2}",
            *(r, k, jump),
            of=int(field.size),
            slips=[
                ("the new jump for the old", f"{{0}} + ({{1}} - 1)*{{2}}*{s}"),
                ("k for k - 1", "{0} + {1}*{2}"),
            ],
        )
        last = f"{before[0]} + ({k} - 1) * {before[1]}"
        jump = desk.state("{0}*{1}", jump, s, of=int(field.stride), slips=[("a sum", "{0} + {1}")])
        # the jump stands in front of the field in its row
        rows.append([layer.name, str(k), str(s), jump, r])
    same = w.again(r, w.notation.hand.whole) if isinstance(r, Figure) else ""
    return [
        "With r_0 = j_0 = 1 and, for each layer, r_l = r_{l-1} + (k_l - 1) j_{l-1} and j_l = j_{l-1} s_l:",
        "",
        f"#+NAME: tab:rf-{net.side}",
        *_table(rows),
        "",
        f"In the last row that is r = {last} = {same} pixels.",
        "",
    ]


def _parameters(w: Writer, net: Facts) -> list[str]:
    """What has weights, as a list of terms, the total, and what it takes in memory."""
    whole, parts, lines = w.notation.hand.whole, list[Figure](), list[str]()
    for layer in net.of_kind("conv", "fc"):
        a, b, count = layer.inputs, layer.outputs, layer.counts.parameters
        window = [kernel(layer)] * 2 if layer.size else []
        work = " * ".join(w.whole(one) for one in (*window, a, b))
        arithmetic = "*".join(map(str, (*window, a, b)))
        both = w.state(int(count), whole, f"{arithmetic} + {b}", derivation=count)
        lines.append(f"- {layer.name} :: {work} + {w.whole(b)} = {both}")
        parts.append(both)
    total = w.sum(*parts, of=net.counts.total.parameters)
    name, size, python = w.chance.choice(
        [("KiB", 1024, "1024"), ("MB", 10**6, "10**6"), ("kB", 1000, "1000")]
    )
    stored = w.state(
        Fraction(4 * total.right) / size,
        w.notation.hand.places(3),
        f"4*({total.work})/{size}",
        uses=[total],
        source=Fraction(4 * total.value) / size,
    )
    return [
        *lines,
        f"- all :: {w.plus(*parts)} = *{total}*",
        "",
        f"As float32 (4 bytes), in {name}:",
        "",
        "#+begin_src python :results output",
        f'print(f"{{4 * {total.value} / {python}:.3f}}")',
        "#+end_src",
        "",
        "#+RESULTS:",
        f": {stored}",
        "",
    ]


def _backwards(w: Writer, chance: random.Random) -> list[str]:
    """A linear unit with a squared loss, forward and backward."""
    desk = Desk(w)
    x = [chance.choice([-3, -2, -1, 2, 3, 4]) for _ in "ab"]
    weights = [drawn(chance, -9, 9) for _ in "ab"]
    b, t = drawn(chance, -9, 9), chance.choice([-1, 0, 1, 2])
    z = desk.state("{0}*{1} + {2}*{3} + {4}", weights[0], x[0], weights[1], x[1], b)
    d = desk.state("{0} - {1}", z, t, slips=[("a sign lost", "{1} - {0}"), ("a sum", "{0} + {1}")])
    loss = desk.state("{0}**2/2", d, slips=[("a half left out", "{0}**2")])
    slopes = [desk.state("{0}*{1}", d, one, slips=[("a sign lost", "-{0}*{1}")]) for one in x]
    made = [
        f"{desk.text(weights[0])} * {desk.inner(x[0])} + {desk.inner(weights[1])} * {desk.inner(x[1])}"
        f" + {desk.inner(b)}",
        f"{desk.inner(d)}^2 / 2",
    ]
    return [
        f"Linear unit, x = ({desk.text(x[0])}, {desk.text(x[1])}), w = ({desk.text(weights[0])}, "
        f"{desk.text(weights[1])}), b = {desk.text(b)}, target t = {desk.text(t)}, L = (z - t)^2 / 2.",
        "",
        f"1. [X] z = w_1 x_1 + w_2 x_2 + b = {made[0]} = {z}",
        f"2. [X] z - t = {desk.text(z)} - {desk.inner(t)} = {d}",
        f"3. [X] L = {made[1]} = {loss}",
        "4. [X] backwards, dL/dz = z - t:",
        *(
            f"   - dL/dw_{n} = (z - t) x_{n} = {desk.inner(d)} * {desk.inner(one)} = {slope}"
            for n, (one, slope) in enumerate(zip(x, slopes, strict=True), 1)
        ),
        "",
    ]


@style("org-notes")
def org_notes(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=chance.choice([2, 3]), large=chance.random() < 0.5)
    w = Writer(chance, TYPED.of(hand=Hand(thousands="")))
    remarks = jottings(chance, 4)
    day = f"20{chance.randrange(19, 26)}-0{chance.randrange(1, 10)}-{chance.randrange(10, 29)}"
    lines = [
        f"#+TITLE: Reading group, week {chance.randrange(2, 14)}",
        f"#+DATE: <{day} {chance.choice(['Mon', 'Wed', 'Thu'])}>",
        "#+STARTUP: overview",
        "",
        f"* DONE What a unit sees [{chance.randrange(3, 9)}/9]  :cnn:",
        "  :PROPERTIES:",
        f"  :EFFORT: 0:{chance.choice([20, 30, 45])}",
        "  :END:",
        remarks[0],
        f"The pictures are {net.side} x {net.side} with {net.channels} channels.",
        "",
        *_fields(w, net),
        "* Parameters",
        f"# {remarks[1]}",
        *_parameters(w, net),
        "* TODO One unit by hand",
        f"  DEADLINE: <{day} 18:00>",
        *_backwards(w, chance),
        "* Misc",
        f"- {remarks[2]}",
        f"- {remarks[3]} [fn:1]",
        "",
    ]
    return w.finished(name, ".txt", "\n".join(lines))
