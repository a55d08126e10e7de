"""A report in reStructuredText, kept as .txt: simple tables with units in the header, formulas in roles."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

from ..case import Case
from ..facts import Fact, facts
from ..notation import TEX, Notation
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..traces import formula, slope
from ..writing import Writer
from .around import remarks
from .chain import Chain, gentle

__all__: list[str] = []


def _heading(text: str, line: str) -> list[str]:
    return [text, line * len(text), ""]


def _width(cell: str) -> int:
    return len(cell.bare if isinstance(cell, Figure) else cell)


def _table(rows: Sequence[Sequence[str]], total: bool, left: int = 1) -> list[str]:
    """Return a simple table; the first row is its header, and the last may stand apart.

    So many columns are set on the left, the others on the right.
    """
    widths = [max(_width(cells[n]) for cells in rows) for n in range(len(rows[0]))]
    rule = "  ".join("=" * one for one in widths)

    def line(cells: Sequence[str]) -> str:
        parts = [
            cell + " " * (width - _width(cell)) if n < left else " " * (width - _width(cell)) + cell
            for n, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        return "  ".join(parts).rstrip()

    body = [line(one) for one in rows[1:]]
    if total:
        body.insert(-1, "")
    return [rule, line(rows[0]), rule, *body, rule, ""]


def _settings(layer: Fact) -> str:
    size = layer.size
    if size is None:
        return f"* ``{layer.name}``: dense, {layer.inputs} to {layer.outputs}, with biases"
    if layer.kind == "pool":
        return f"* ``{layer.name}``: maximum over {size.kernel} x {size.kernel}, stride {size.stride}"
    return (
        f"* ``{layer.name}``: {layer.outputs} kernels of {size.kernel} x {size.kernel} x {layer.inputs}, "
        f"stride {size.stride}, padding {size.padding}, with biases"
    )


def _rows(w: Writer, layers: Sequence[Fact], first: list[str]) -> tuple[list[list[str]], Figure]:
    """Return the rows of the table, the first and the total included, and the total of the parameters."""
    hand = w.notation.hand
    rows, kilos, counts, before = [first], list[Figure](), list[Figure](), list[Figure]()
    for layer in layers:
        if layer.size is None:
            output, shown = layer.outputs, w.whole(layer.outputs)
        else:
            side = w.size(layer.size, uses=before)
            before = [side]
            output, shown = layer.outputs * layer.side**2, w.whole(layer.outputs * layer.side**2)
        row = [layer.name, before[0] if layer.size else "1"]
        kilo = w.state(Fraction(4 * output, 1000), hand.places(2), f"4*{output}/1000")
        kilos.append(kilo)
        row += [str(layer.outputs) if layer.size else shown, shown if layer.size else shown, kilo]
        if layer.kind == "pool":
            row.append("0")
        else:
            window = f"*{layer.size.kernel}**2" if layer.size else ""
            count = layer.counts.parameters
            cell = w.state(
                int(count),
                hand.whole,
                f"{layer.outputs}*{layer.inputs}{window} + {layer.outputs}",
                derivation=count,
            )
            counts.append(cell)
            row.append(cell)
        rows.append(row)
    total = w.sum(*counts)
    memory = w.state(
        Fraction(sum((Fraction(one.right) for one in kilos), Fraction(0))),
        hand.places(2),
        " + ".join(f"({one.work})" for one in kilos),
        uses=kilos,
        source=sum((Fraction(one.value) for one in kilos), Fraction(0)),
        slack=0.005 * len(kilos),
    )
    rows.append(["total", "", "", "", memory, total])
    return rows, total


@style("rst-report")
def rst_report(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=2, large=chance.random() < 0.5)
    marks = chance.choice([",", "", " "])
    note = TEX.of(hand=Hand(thousands=marks, sign=" %"), times=r" \cdot ")
    w = Writer(chance, note)
    notes = remarks(chance, 4)
    title = f"Report on exercise {chance.randrange(2, 12)}"
    lines = ["=" * len(title), title, "=" * len(title), "", ":Author: group " + str(chance.randrange(1, 20))]
    lines += [f":Version: 1.{chance.randrange(0, 9)}", "", notes[0], ""]
    lines += [
        *_heading("The network", "-"),
        f"The input has {net.channels} channels of {net.side} x {net.side}",
        "",
    ]
    lines[-2] += " pixels. The layers are:"
    lines += [*(_settings(layer) for layer in net.layers), ""]
    head = ["layer", "side (pixels)", "channels", "values", "memory (kB)", "parameters"]
    rows, total = _rows(w, net.layers, head)
    lines += ["The memory is that of the outputs, with 4 bytes a value and 1 kB = 1000 bytes.", ""]
    lines += [*_table(rows, chance.random() < 0.5), ".. note::", "", f"   {notes[1]}", ""]
    largest = max(net.of_kind("conv", "fc"), key=lambda one: int(one.counts.parameters))
    count = int(largest.counts.parameters)
    lines += [f"Most of the {w.whole(total)} parameters are in ``{largest.name}``: its {w.whole(count)} are"]
    lines += [f"{w.share(count, total, 1)} of all.", ""]
    lines += [*_heading("By hand", "-"), *_by_hand(w, net.of_kind("conv")[0], note), ""]
    lines += _trace(w, chance)
    lines += [".. [1] " + notes[2], "", ".. " + notes[3], ""]
    return w.finished(name, ".txt", "\n".join(lines))


def _by_hand(w: Writer, layer: Fact, note: Notation) -> list[str]:
    size = layer.size
    assert size is not None
    w.notation = note.of(hand=Hand(thousands=r"\,", sign=r"\,\%"))
    k, reads = size.kernel, layer.inputs * size.kernel**2
    side = w.size(size)
    units = w.product(layer.side, layer.side, layer.outputs, of=layer.counts.units)
    weights = w.product(layer.outputs, reads, of=layer.counts.weights)
    plain, at = formula(w.chance, plain=True), w.chance.choice([2, 3, 4])
    lines = [
        f"The output of ``{layer.name}`` measures :math:`{w.size_formula(size)} = {side}` along each side,",
        f"which makes :math:`{w.times(layer.side, layer.side, layer.outputs, squares=True)} = {units}`",
        "units.",
        f"With :math:`k = {k}` there are :math:`{w.times(layer.outputs, reads)} = {weights}` weights.",
        "",
        f"The slope of :math:`f(x) = {plain.text(w.notation)}` at :math:`x = {at}` is",
        f":math:`f'({at}) = {slope(w, plain, at, [])}`.",
    ]
    w.notation = note
    return lines


def _trace(w: Writer, chance: random.Random) -> list[str]:
    """Return a trace with the derivatives by the first input, in a table of formulas."""
    w.notation = w.notation.of(hand=Hand(thousands=""))
    found, places = gentle(chance, chance.choice([3, 4])), chance.choice([3, 4])
    chain = Chain(w, found, places)
    lines = _heading("A trace in forward mode", "-")
    lines += [f"At :math:`x_1 = {found.inputs[0]}`, :math:`x_2 = {found.inputs[1]}`, with"]
    lines += [r":math:`\dot x_1 = 1` and :math:`\dot x_2 = 0`:", ""]
    rows: list[list[str]] = [["row", "formula", "value"]]
    for one in chain.forward():
        rows.append([f":math:`{one.name}`", f":math:`{one.formula} = {one.numbers}`", one.value])
    lines += _table(rows, total=False, left=2)
    lines += [".. math::", ""]
    shown = [f"   {one.name} &= {one.right_side(' = ', ' = ')}" for one in chain.tangents()]
    return [*lines, " \\\\\n".join(shown), ""]
