"""A lesson of a workshop in Markdown: a challenge with code and a summary, a solution in fenced divisions."""

from __future__ import annotations

import random

from ..case import Case
from ..facts import Fact, Facts, facts
from ..fourth.parts import Desk, Number, kernel
from ..notation import TYPED
from ..numerals import Hand
from ..pen import Slips
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import said
from .parts import product_of, repeated, side_of, size_of

__all__: list[str] = []

_SHAPE = Hand(thousands="")  # sizes are printed as Python prints them
_RULE = "=" * 65


def _called(one: Fact, n: int) -> str:
    """Return the name that the library gives to the n-th layer of a kind."""
    base = {"conv": "conv2d", "pool": "max_pooling2d", "fc": "dense"}[one.kind]
    return base if n == 0 else f"{base}_{n}"


def _code(net: Facts) -> list[str]:
    lines = [f"inputs = keras.Input(shape=({net.side}, {net.side}, {net.channels}))"]
    before = "inputs"
    for one in net.layers:
        if one.kind == "conv":
            size = size_of(one)
            made = f"Conv2D({one.outputs}, ({size.kernel}, {size.kernel})"
            made += f", strides={size.stride}" * (size.stride > 1) + ", activation='relu')"
        elif one.kind == "pool":
            made = f"MaxPooling2D(({kernel(one)}, {kernel(one)}), strides={size_of(one).stride})"
        else:
            made = f"Dense({one.outputs})"
            if before == "x" and one is net.of_kind("fc")[0]:
                lines += ["x = keras.layers.Flatten()(x)"]
        lines += [f"x = keras.layers.{made}({before})"]
        before = "x"
    return [*lines, "model = keras.Model(inputs=inputs, outputs=x)"]


def _row(name: str, kind: str, shape: str, number: str) -> str:
    return f" {f'{name} ({kind})':31}(None, {shape})   {number}"


def _summary(w: Writer, net: Facts) -> tuple[list[str], dict[str, Figure], Figure, Figure]:
    """What the summary prints; the parameters by layer, their total, and the length of the flat vector."""
    desk, side = Desk(w), net.side
    at: Number = side
    lines = [_row("input_1", "InputLayer", f"{side}, {side}, {net.channels}", "0")]
    found: dict[str, Figure] = {}
    seen: dict[str, int] = {}
    flat: Figure | None = None
    for one in net.layers:
        called = _called(one, seen.get(one.kind, 0))
        seen[one.kind] = seen.get(one.kind, 0) + 1
        count = one.counts.parameters
        if one.kind == "fc":
            if flat is None:
                last = net.of_kind("conv", "pool")[-1]
                flat = product_of(desk, at, at, last.outputs, how=_SHAPE.whole)
                lines += [_row("flatten", "Flatten", flat, "0")]
                work, uses = f"({flat.work})*{one.outputs} + {one.outputs}", [flat]
                source = (int(flat.value) + 1) * one.outputs
            else:
                work, uses, source = f"{one.inputs}*{one.outputs} + {one.outputs}", [], int(count)
            kind, shape = "Dense", str(one.outputs)
        else:
            at = side_of(desk, one, at)
            shape = f"{at}, {at.bare}, {one.outputs}"
            if one.kind == "pool":
                lines += [_row(called, "MaxPooling2D", shape, "0")]
                continue
            work = f"{kernel(one)}*{kernel(one)}*{one.inputs}*{one.outputs} + {one.outputs}"
            uses, source, kind = [], int(count), "Conv2D"
        wrong: Slips = [
            ("no bias", int(count) - one.outputs),
            ("one bias only", int(count) - one.outputs + 1),
        ]
        number = w.state(
            int(count), w.notation.hand.whole, work, derivation=count, uses=uses, source=source, slips=wrong
        )
        found[one.name] = number
        lines += [_row(called, kind, shape, number)]
    total = w.sum(*found.values(), of=net.counts.total.parameters)
    assert flat is not None
    return (
        [*lines, _RULE, f"Total params: {total}", f"Trainable params: {repeated(desk, total)}"],
        found,
        total,
        flat,
    )


def _solution(w: Writer, net: Facts, found: dict[str, Figure], total: Figure, flat: Figure) -> list[str]:
    """The prose: one convolution, one dense layer, the share of the dense layers."""
    first, dense = net.of_kind("conv")[0], net.of_kind("fc")[0]
    k = kernel(first)
    each = w.product(k, k, first.inputs)
    weights = w.product(each, first.outputs, of=first.counts.weights)
    conv = w.sum(weights, first.outputs, of=first.counts.parameters)
    links = w.product(flat, dense.outputs, of=dense.counts.weights)
    both = w.sum(links, dense.outputs, of=dense.counts.parameters)
    share = w.share(found[dense.name], total)
    return [
        f"The first convolutional layer has {first.outputs} filters of {k} by {k} pixels, and each of "
        f"them sees "
        f"all {first.inputs} channels. One filter therefore has {w.times(k, k, first.inputs)} = {each} "
        f"weights. "
        f"With {first.outputs} filters that makes {w.times(each, first.outputs)} = {weights} weights, and "
        f"since "
        f"every filter has one bias we get {w.plus(weights, first.outputs)} = {conv} parameters.",
        "",
        f"The Flatten layer hands on {w.whole(flat)} values. Each of the {dense.outputs} units of the "
        f"first dense "
        f"layer is connected to all of them, so there are {w.times(flat, dense.outputs)} = {links} weights; "
        f"together with {dense.outputs} biases this gives {both}. That one layer holds {share} of all the "
        "parameters of the model.",
    ]


@style("workshop-challenge")
def workshop_challenge(chance: random.Random, name: str) -> Case:
    while True:
        net = facts(chance, convs=2, large=False)
        if not any(size_of(one).padding for one in net.of_kind("conv")):
            break
    w = Writer(chance, TYPED.of(hand=Hand(thousands=chance.choice(["", ","]), sign="%"), times=" * "))
    notes = said(chance, 3)
    summary, found, total, flat = _summary(w, net)
    lines = [
        "---",
        f"title: 'Episode {chance.randrange(2, 6)}: advanced layer types'",
        f"teaching: {chance.randrange(30, 70)}",
        f"exercises: {chance.randrange(20, 70)}",
        "---",
        "",
        notes[0],
        "",
        "::::::::::::::::::::::::::::::::::::: challenge",
        "## Number of parameters",
        "",
        f"Before you train it (about {chance.randrange(5, 15)} min): where do the numbers in the last "
        f"column come "
        "from? The default padding is 'valid'.",
        "",
        "```python",
        *_code(net),
        "model.summary()",
        "```",
        "```output",
        f'Model: "tiny_{chance.randrange(1, 9)}"',
        " Layer (type)                  Output Shape        Param #",
        _RULE,
        *summary,
        "```",
        "",
        ":::::::::::::::::::::::: solution",
        "## Solution",
        "",
        *_solution(w, net, found, total, flat),
        "",
        ":::::::::::::::::::::::::::::::::",
        "::::::::::::::::::::::::::::::::::::::::::::::::",
        "",
        *notes[1:],
        "",
    ]
    return w.finished(name, ".md", "\n".join(lines))
