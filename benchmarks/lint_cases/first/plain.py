"""Sheets in plain text: typed at midnight, with names, with powers of ten, traces line by line."""

from __future__ import annotations

import math
import random

from ..case import Case
from ..facts import facts, size_question
from ..harmless import asides
from ..notation import TYPED
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..traces import derivative, formula, row, softmax, steps, written
from ..writing import Writer

__all__: list[str] = []


@style("midnight")
def midnight(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=chance.choice([2, 3]))
    sign = chance.choice(["*", " * ", "x", " x "])
    w = Writer(
        chance, TYPED.of(hand=Hand(thousands="", sign="%"), times=sign, minus=chance.choice(["-", " - "]))
    )
    notes, arrow = asides(chance, 3), chance.choice(["=>", "->", "="])
    lines = [f"ex {chance.randrange(2, 9)}, my solution (pls check)", notes[0].lower(), ""]
    parts: list[Figure] = []
    for layer in net.of_kind("conv"):
        size = layer.size
        assert size is not None
        k = size.kernel
        lines += [
            f"{layer.name}: in {size.side}x{size.side}x{layer.inputs}, {layer.outputs} kernels {k}x{k}, "
            f"s={size.stride} p={size.padding}"
        ]
        lines += [f"  size {w.size_formula(size)} = {w.size(size)}"]
        units = w.product(layer.outputs, layer.side, layer.side, of=layer.counts.units)
        lines += [
            f"  {w.times(layer.outputs, layer.side, layer.side, squares=chance.random() < 0.5)} "
            f"{arrow} {units} units"
        ]
        weights = w.product(k, k, layer.inputs, layer.outputs, of=layer.counts.weights)
        expression = w.times(k, k, layer.inputs, layer.outputs, squares=chance.random() < 0.5)
        lines += (
            [f"  {expression}", f"     = {weights} weights"]
            if chance.random() < 0.4
            else [f"  weights: {expression} = {weights}"]
        )
        both = w.sum(weights, layer.outputs, of=layer.counts.parameters)
        parts.append(both)
        lines += [f"  +{layer.outputs} biases => {w.plus(weights, layer.outputs)} = {both}", ""]
    for layer in net.of_kind("fc"):
        weights = w.product(layer.inputs, layer.outputs, of=layer.counts.weights)
        both = w.sum(weights, layer.outputs, of=layer.counts.parameters)
        parts.append(both)
        expression = f"{w.times(layer.inputs, layer.outputs)} + {w.whole(layer.outputs)}"
        lines += [f"{layer.name}: {expression} = {weights} + {layer.outputs} = {both}"]
    total = w.sum(*parts, of=net.counts.total.parameters)
    lines += ["", notes[1], "all: " + w.plus(*parts), f"   = {total}", notes[2], ""]
    return w.finished(name, ".txt", "\n".join(lines))


@style("named-quantities")
def named_quantities(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=2)
    given = chance.random() < 0.4
    w = Writer(
        chance, TYPED.of(times=chance.choice([" * ", " x ", " × ", " · "])), net.network if given else None
    )
    notes, sign = asides(chance, 4), w.notation.times
    lines = [f"SOLUTION {chance.randrange(1, 12)}", "===========", "", notes[0], ""]
    for n, layer in enumerate(net.of_kind("conv"), 1):
        size = layer.size
        assert size is not None
        k, reads = size.kernel, layer.inputs * size.kernel**2
        lines += [
            f"{n}. {layer.name}",
            "--------",
            f"kernels = {layer.outputs}",
            f"side = {w.size(size)}   "
            f"(input {size.side}, kernel {k}, stride {size.stride}, padding {size.padding})",
        ]
        units = w.product(layer.outputs, layer.side, layer.side, of=layer.counts.units)
        lines += [f"units = kernels{sign}{w.times(layer.side, layer.side)} = {units}"]
        connections = w.product(units, reads, of=layer.counts.connections)
        lines += [f"connections = units{sign}{w.whole(reads)} = {connections}"]
        weights = w.product(layer.outputs, k, k, layer.inputs, of=layer.counts.weights)
        lines += [
            f"weights = {w.times(layer.outputs, k, k, layer.inputs)} = "
            f"{w.times(layer.outputs, reads)} = {weights}"
        ]
        both = w.sum(weights, layer.outputs, of=layer.counts.parameters)
        lines += [f"parameters = weights + kernels = {both}", notes[n], ""]
    for n in chance.sample(range(12, 90), 2):
        lines += [
            f"Now let n = {n}. Then n^2 = {w.product(n, n)} and n(n - 1)/2 = "
            f"{w.state(n * (n - 1) // 2, w.notation.hand.whole, f'{n}*({n} - 1)/2')}."
        ]
    if given:
        lines += ["", "Check against the specification:"]
        for layer in net.of_kind("conv", "fc"):
            window = f"*{layer.size.kernel}**2" if layer.size else ""
            stated = w.state(
                int(layer.counts.parameters),
                w.notation.hand.whole,
                f"{layer.outputs}*({layer.inputs}{window} + 1)",
                derivation=layer.counts.parameters,
                network=True,
            )
            lines += [f"  {layer.name}: {stated} parameters"]
    return w.finished(name, ".txt", "\n".join([*lines, "", notes[3], ""]))


@style("powers-of-ten")
def powers_of_ten(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=2)
    power = chance.choice(["{}e{}", "{} x 10^{}", "{}*10^{}", "{} · 10^{}"])
    w = Writer(chance, TYPED.of(hand=Hand(power=power), times=chance.choice([" * ", " x ", " · "])))
    notes, hand = asides(chance, 3), w.notation.hand
    lines = ["How much work is it?", "", notes[0], ""]
    macs: list[Figure] = []
    for layer in net.of_kind("conv"):
        assert layer.size is not None
        reads = layer.inputs * layer.size.kernel**2
        count = w.product(int(layer.counts.units), reads, of=layer.counts.multiplications)
        macs.append(count)
        rough = w.again(count, hand.scientific(chance.choice([1, 2, 3])))
        lines += [
            f"- {layer.name}: {w.times(int(layer.counts.units), reads)} = {count} "
            f"multiplications, {rough} in short"
        ]
    both = w.sum(*macs)
    twice = w.product(2, both)
    lines += [
        "",
        f"Together {w.plus(*macs)} = {both}.",
        f"Two operations each: {w.times(2, both)} = {twice} FLOPs",
    ]
    giga = w.scaled(twice, 10**9, hand.places(2))
    lines[-1] += f" = {giga} GFLOPs" if giga else ""
    lines += [notes[1], ""]
    for layer in net.of_kind("fc"):
        stored = w.product(layer.inputs, layer.outputs, 4)
        lines += [
            f"{layer.name} needs {w.times(layer.inputs, layer.outputs)} weights of 4 bytes: "
            f"{w.times(layer.inputs, layer.outputs, 4)} = {stored} bytes"
        ]
        mega = w.scaled(stored, 10**6, hand.places(1))
        lines[-1] += f", i.e. {mega} MB" if mega else ""
    return w.finished(name, ".txt", "\n".join([*lines, "", notes[2], ""]))


@style("typed-traces")
def typed_traces(chance: random.Random, name: str) -> Case:
    w = Writer(chance, TYPED.of(times=chance.choice(["*", " * "]), index=chance.choice(["{}{}", "{}_{}"])))
    notes, note, places = asides(chance, 3), w.notation, chance.choice([3, 4, 5])
    lines = [f"Solution {chance.randrange(2, 12)}", "", notes[0], ""]
    for letter in "ab":
        found = steps(chance, chance.choice([4, 5, 6]))
        names = {-1: note.sub("x", 1), 0: note.sub("x", 2)}
        names |= {one.number: note.sub("v", one.number) for one in found.rows}
        lines += [f"({letter}) {names[-1]} = {found.inputs[0]}, {names[0]} = {found.inputs[1]}"]
        numbers, before = {-1: str(found.inputs[0]), 0: str(found.inputs[1])}, dict[int, Figure]()
        for step in found.rows:
            texts = written(note, step, names), written(note, step, numbers)
            before[step.number] = row(w, found, step, before, places)
            numbers[step.number] = before[step.number].bare
            lines += [f"    {names[step.number]} = {texts[0]} = {texts[1]} = {before[step.number]}"]
        lines += [""]
    lines += [notes[1], "", "(c) softmax by hand"]
    logits = chance.sample(range(4), 3)
    exps = []
    for z in logits:
        how = note.hand.whole if z == 0 else note.hand.places(3)
        exps.append(w.state(1 if z == 0 else math.exp(z), how, f"exp({z})" if z else "1"))
        lines += [f"    e^{z} = {exps[-1]}"]
    total = w.state(
        sum(math.exp(z) for z in logits),
        note.hand.places(2),
        " + ".join(f"exp({z})" for z in logits),
        uses=exps,
        slack=0.002,
    )
    lines += [f"    sum {' + '.join(one.bare for one in exps)} = {total}"]
    rest = softmax(w, chance.sample(range(-2, 4), 4), 2)
    lines += [f"    and for the other four inputs the probabilities are {', '.join(rest)}.", ""]
    for letter in "fg":
        function = formula(chance)
        lines += [f"{letter}(x) = {function.text(note)}  =>  {letter}'(x) = {derivative(w, function)}"]
    size = size_question(chance)
    lines += ["", f"{w.size_formula(size)} = {w.size(size)}", notes[2], ""]
    return w.finished(name, ".txt", "\n".join(lines))
