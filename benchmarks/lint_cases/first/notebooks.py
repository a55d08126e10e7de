"""Sheets as notebooks: a student's hand-in and a lecture's solution, Markdown and what the code printed."""

from __future__ import annotations

import json
import random
from typing import Any

from ..case import Case
from ..facts import facts, size_question
from ..harmless import asides
from ..notation import MARKDOWN, TEX, TYPED
from ..numerals import Hand
from ..sheet import Figure, Sheet
from ..styles import style
from ..traces import row, steps, written
from ..writing import Writer

__all__ = ["Cell", "code", "markdown", "stored"]

Cell = dict[str, Any]


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def markdown(*lines: str) -> Cell:
    """Return a cell of Markdown."""
    return {"cell_type": "markdown", "metadata": {}, "source": _lines("\n".join(lines))}


def code(source: str, *, printed: str = "", result: str = "", number: int = 1) -> Cell:
    """Return a cell of code with what it printed and what its last line gave."""
    outputs: list[Cell] = []
    if printed:
        outputs.append({"name": "stdout", "output_type": "stream", "text": _lines(printed + "\n")})
    if result:
        outputs.append(
            {
                "data": {"text/plain": _lines(result)},
                "execution_count": number,
                "metadata": {},
                "output_type": "execute_result",
            }
        )
    return {
        "cell_type": "code",
        "execution_count": number,
        "metadata": {},
        "outputs": outputs,
        "source": _lines(source),
    }


def stored(sheet: Sheet, name: str, cells: list[Cell]) -> Case:
    """Return the notebook as Jupyter stores it, one line of JSON for each line of a cell."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 4}
    return sheet.finished(name, ".ipynb", json.dumps(notebook, indent=1, ensure_ascii=False) + "\n")


@style("student-notebook")
def student_notebook(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=2, large=chance.random() < 0.5)
    given = chance.random() < 0.4
    shown = Hand(thousands=chance.choice([",", ""]))  # how the code's own format prints
    w = Writer(chance, TYPED.of(hand=Hand(thousands=""), times="*"), net.network if given else None)
    notes = asides(chance, 3)
    cells = [markdown(f"# Homework {chance.randrange(1, 9)}", "", notes[0])]
    totals: list[Figure] = []
    for n, layer in enumerate(net.of_kind("conv"), 1):
        size = layer.size
        assert size is not None
        k = size.kernel
        side = w.size(size)
        weights = w.product(layer.outputs, layer.inputs, k, k, of=layer.counts.weights)
        both = w.sum(weights, layer.outputs, of=layer.counts.parameters)
        totals.append(both)
        cells.append(
            markdown(
                f"**{layer.name}**: {size.side}x{size.side}x{layer.inputs} in, {layer.outputs} "
                f"kernels {k}x{k}, "
                f"stride {size.stride}, padding {size.padding}.",
                "",
                f"- output side: {w.size_formula(size)} = {side}",
                f"- weights: {w.times(layer.outputs, layer.inputs, k, k)} = {weights}",
                f"- parameters: {w.plus(weights, layer.outputs)} = {both}",
            )
        )
        reads = layer.inputs * k * k
        units = w.product(layer.outputs, layer.side, layer.side, of=layer.counts.units)
        connections = w.product(units, reads, of=layer.counts.connections)
        source = f"x = x + 1\nunits = {w.times(layer.outputs, layer.side, layer.side)}"
        cells.append(
            code(
                f'{source}\nprint(f"units: {{expr}} = {{units}}")',
                printed=f"units: {w.times(layer.outputs, layer.side, layer.side)} = {units}\n"
                f"connections: {w.times(units, reads)} = {connections}",
                number=n,
            )
        )
    together = w.sum(*totals)
    cells.append(markdown(notes[1], "", f"Both conv layers: {w.plus(*totals)} = {together}."))
    if given:
        lines = []
        for layer in net.of_kind("conv", "fc"):
            window = f"*{layer.size.kernel}**2" if layer.size else ""
            stated = w.state(
                int(layer.counts.parameters),
                shown.whole,
                f"{layer.outputs}*({layer.inputs}{window} + 1)",
                derivation=layer.counts.parameters,
                network=True,
            )
            lines.append(f"{layer.name}: {stated} parameters")
        cells.append(code("for name in model: show(name)", printed="\n".join(lines), number=9))
    cells.append(markdown(notes[2]))
    return stored(w, name, cells)


@style("lecture-notebook")
def lecture_notebook(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=1)
    w = Writer(chance, TEX.of(hand=Hand(thousands="{,}", sign=r"\%"), cut=False))
    prose = MARKDOWN
    notes, note, places = asides(chance, 3), w.notation, chance.choice([3, 4])
    layer = net.of_kind("conv")[0]
    assert layer.size is not None
    k = layer.size.kernel
    size = w.size(layer.size)
    weights = w.product(layer.outputs, k, k, layer.inputs, of=layer.counts.weights)
    cells = [
        markdown(f"## {chance.randrange(2, 9)}.{chance.randrange(1, 9)} Worked example", "", notes[0]),
        markdown(
            f"The layer `{layer.name}` has {layer.outputs} kernels of ${k} \\times {k}$, stride "
            f"{layer.size.stride}, padding "
            f"{layer.size.padding}, on {layer.inputs} channels of ${layer.size.side} \\times "
            f"{layer.size.side}$.",
            "",
            f"$$ o = {w.size_formula(layer.size)} = {size} $$",
            "",
            f"Weights: ${w.times(layer.outputs, k, k, layer.inputs)} = {weights}$.",
        ),
    ]
    found = steps(chance, 4)
    names = {-1: "x_1", 0: "x_2"} | {one.number: f"v_{one.number}" for one in found.rows}
    numbers, before = {-1: str(found.inputs[0]), 0: str(found.inputs[1])}, dict[int, Figure]()
    lines = [f"With $x_1 = {found.inputs[0]}$ and $x_2 = {found.inputs[1]}$:", ""]
    for step in found.rows:
        texts = written(note, step, names), written(note, step, numbers)
        before[step.number] = row(w, found, step, before, places)
        numbers[step.number] = before[step.number].bare
        lines.append(f"- $v_{step.number} = {texts[0]} = {texts[1]} = {before[step.number]}$")
    cells += [markdown(*lines), markdown(notes[1])]
    w.notation = prose
    a, b, c = (chance.randrange(12, 400) for _ in range(3))
    product, sum_ = w.product(a, b, c), w.sum(a * b, c)
    cells.append(
        code(
            "report()",
            printed=f"step 1: loss 0.{chance.randrange(100, 999)}\n{w.times(a, b, c)} = {product}",
            result=f"'{w.whole(a * b)} + {c} = {sum_}'",
            number=3,
        )
    )
    other = size_question(chance)
    cells.append(
        markdown(
            f"Input {other.side}, kernel {other.kernel}, stride {other.stride}, padding {other.padding}: "
            f"{w.size_formula(other)} = {w.size(other)} positions.",
            notes[2],
        )
    )
    return stored(w, name, cells)
