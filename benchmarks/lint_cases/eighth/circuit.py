"""A notebook on backpropagation through circuits: tables of gates, values forward, gradients backward."""

from __future__ import annotations

import random

from ..case import Case
from ..first.notebooks import Cell, code, markdown, stored
from ..fourth.parts import Desk, drawn
from ..notation import MARKDOWN
from ..numerals import Hand, exactly
from ..styles import style
from ..writing import Writer
from .around import said
from .parts import repeated

__all__: list[str] = []

_HEAD = ("| gate | forward | local gradient | gradient at its input |", "|---|---|---|---|")


def _products(w: Writer, chance: random.Random) -> list[Cell]:
    """The square of (x + y) z, with short decimals only."""
    desk = Desk(w, 3, 4)
    while True:
        x, y, z = (drawn(chance, -8, 8, 2) for _ in range(3))
        if x + y:
            break
    q = desk.state("{0} + {1}", x, y, slips=[("a sign lost", "{0} - {1}")])
    f = desk.state("{0}*{1}", q, z, slips=[("a sum for a product", "{0} + {1}")])
    square = desk.state("{0}**2", f, slips=[("doubled, not squared", "2*{0}")])
    by_f = desk.state("2*{0}", f, slips=[("the exponent not brought down", "{0}"), ("not derived", "{0}**2")])
    by_q = desk.state(
        "{0}*{1}", by_f, z, slips=[("a factor left out", "{1}"), ("the other factor", "{0}*({0}/2)")]
    )
    by_z = desk.state("{0}*{1}", by_f, q, slips=[("a factor left out", "{1}"), ("a sign lost", "-{0}*{1}")])
    shown = [f"{name} = {desk.text(one)}" for name, one in zip("xyz", (x, y, z), strict=True)]
    up = desk.inner(by_f)
    return [
        markdown(
            "## Circuit 1",
            "",
            f"$L = ((x + y) z)^2$ at {', '.join(shown)}. Name the wires $q = x + y$ and $f = q z$.",
            "",
            "**Forward**",
            "",
            f"- q = {desk.text(x)} + {desk.inner(y)} = {q}",
            f"- f = {desk.text(q)} · {desk.inner(z)} = {f}",
            f"- L = {desk.inner(f)}² = {square}",
            "",
            "**Backward** (upstream times local, from the right to the left)",
            "",
            f"- dL/df = 2f = 2 · {desk.inner(f)} = {by_f}",
            f"- dL/dq = dL/df · z = {up} · {desk.inner(z)} = {by_q}",
            f"- dL/dz = dL/df · q = {up} · {desk.inner(q)} = {by_z}",
            f"- the plus gate hands its gradient on, so dL/dx = dL/dy = {repeated(desk, by_q)}",
        )
    ]


def _logistic(w: Writer, chance: random.Random) -> list[Cell]:
    """A logistic neuron taken apart into its gates, three places throughout."""
    desk = Desk(w, 3, 3)
    while True:
        weights = [drawn(chance, -3, 3, 1) for _ in range(3)]
        inputs = [drawn(chance, -3, 3, 1) for _ in range(2)]
        if 0 < abs(weights[0] * inputs[0] + weights[1] * inputs[1] + weights[2]) <= 2:
            break
    first, second = (
        desk.state("{0}*{1}", a, x, slips=[("a sign lost", "-{0}*{1}")])
        for a, x in zip(weights, inputs, strict=False)
    )
    total = desk.state("{0} + {1} + {2}", first, second, weights[2], slips=[("a term left out", "{0} + {1}")])
    power = desk.state("exp(-({0}))", total, slips=[("a sign lost", "exp({0})")])
    more = desk.state("{0} + 1", power, slips=[("one taken away", "{0} - 1")])
    out = desk.state("1/{0}", more)
    by_power = desk.state(
        "-1/{0}**2", more, slips=[("a sign lost", "1/{0}**2"), ("a square left out", "-1/{0}")]
    )
    by_minus = desk.state("{0}*{1}", by_power, power, slips=[("a factor left out", "{1}")])
    by_total = desk.state("-1*{0}", by_minus, slips=[("a sign lost", "{0}")])
    quick = desk.state(
        "(1 - {0})*{0}", out, slips=[("a factor left out", "1 - {0}"), ("a sign lost", "({0} - 1)*{0}")]
    )
    by_weights = [desk.state("{0}*{1}", by_total, x, slips=[("a factor left out", "{0}")]) for x in inputs]
    by_inputs = [
        desk.state("{0}*{1}", by_total, a, slips=[("a factor left out", "{1}")]) for a in weights[:2]
    ]
    t, e, m, o = (desk.text(one) for one in (total, power, more, out))
    (a, b, c), (x, y) = weights, inputs
    rows = [
        f"| w0·x0 | {desk.text(a)} · {desk.inner(x)} = {first} | | |",
        f"| w1·x1 | {desk.text(b)} · {desk.inner(y)} = {second} | | |",
        f"| sum | {desk.text(first)} + {desk.inner(second)} + {desk.inner(c)} = {total} | 1 | "
        f"{repeated(desk, by_total)} |",
        f"| ·(−1) | {desk.text(-exactly(total.value))} | −1 | −1 · {desk.inner(by_minus)} = {by_total} |",
        f"| exp | exp({desk.text(-exactly(total.value))}) = {power} | {e} | {desk.inner(by_power)} · {e} = "
        f"{by_minus} |",
        f"| +1 | {e} + 1 = {more} | 1 | {repeated(desk, by_power)} |",
        f"| 1/x | 1 / {m} = {out} | −1/x² | −1 / {m}² = {by_power} |",
    ]
    d = desk.text(by_total)
    return [
        markdown(
            "## Circuit 2",
            "",
            f"The neuron $f(w, x) = 1/(1 + e^{{-(w_0 x_0 + w_1 x_1 + w_2)}})$ with w = "
            f"[{', '.join(map(desk.text, weights))}] "
            f"and x = [{', '.join(map(desk.text, inputs))}], three decimals everywhere.",
            "",
            *_HEAD,
            *rows,
        ),
        markdown(
            f"**Shortcut.** With the sigmoid as one gate: (1 − {o}) · {o} = {quick}; the table has {d} "
            f"(small "
            "differences come from rounding).",
            "",
            "**The leaves.** "
            + ", ".join(
                f"d{name}{n} = {d} · {desk.inner(part)} = {one}"
                for name, parts, found in (("w", inputs, by_weights), ("x", weights, by_inputs))
                for n, (part, one) in enumerate(zip(parts, found, strict=False))
            )
            + f", and dw2 = {d}.",
        ),
    ]


@style("gates-and-wires")
def gates_and_wires(chance: random.Random, name: str) -> Case:
    w = Writer(chance, MARKDOWN.of(hand=Hand(minus="−"), times=" · "))
    notes = said(chance, 3)
    cells = [
        markdown("# Backprop on paper", "", notes[0]),
        *_products(w, chance),
        markdown(notes[1]),
        *_logistic(w, chance),
        code(f"import torch\ntorch.manual_seed({chance.randrange(100)})", result="<torch._C.Generator>"),
        markdown(f"*{notes[2]}*"),
    ]
    return stored(w, name, cells)
