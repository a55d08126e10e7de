"""A page written by hand and scanned: raised figures, circled numbers, tight and uneven spaces."""

from __future__ import annotations

import random
from fractions import Fraction

from ..case import Case
from ..facts import Fact, Facts, facts
from ..notation import MARKDOWN
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import remarks
from .parts import Superscript, powers, raised, weighted

__all__: list[str] = []

_CIRCLED = "①②③④⑤⑥⑦⑧⑨"


def _equals(chance: random.Random) -> str:
    return chance.choice([" = ", " = ", "= ", " =", "=", "  = "])


def _layer(w: Writer, layer: Fact, number: str) -> tuple[list[str], Figure]:
    size, chance = layer.size, w.chance
    assert size is not None
    k, n = size.kernel, layer.outputs
    lines = [
        f"{number} {layer.name} :  {size.side}×{size.side}×{layer.inputs} , {n} kernels {k}×{k} , "
        f"s={size.stride} , p={size.padding}"
    ]
    padded = f" + 2·{size.padding}" if size.padding else ""
    text = f"({size.side} − {k}{padded})/{size.stride} + 1"
    if size.left_over:
        exact = Fraction(size.side + 2 * size.padding - k, size.stride) + 1
        short = (exact * 10).denominator == 1
        value = w.state(
            exact,
            w.notation.hand.places(1 if short else 2),
            f"({size.side} + 2*{size.padding} - {k})/{size.stride} + 1",
        )
        sign = "=" if (exact * 100).denominator == 1 else "≈"
        lines += [f"    o{_equals(chance)}{text} {sign} {value}  ⟶  {w.size(size, uses=[value])}  (floor!)"]
    else:
        lines += [f"    o{_equals(chance)}{text}{_equals(chance)}{w.size(size)}"]
    units = w.product(n, layer.side, layer.side, of=layer.counts.units)
    lines += [f"    # units{_equals(chance)}{n}·{layer.side}²{_equals(chance)}{units}"]
    reads = layer.inputs * k * k
    weights = w.product(n, reads, of=layer.counts.weights)
    both = w.sum(weights, n, of=layer.counts.parameters)
    sign = _equals(chance)
    lines += [
        f"    # w.{sign}{n}·{k}²·{layer.inputs}{_equals(chance)}{weights}    (+ {n} biases ⇒ {both} param.)"
    ]
    connections = w.product(units, reads, of=layer.counts.connections)
    lines += [f"    # conn.{_equals(chance)}{w.whole(units)}·{reads}{_equals(chance)}{connections}"]
    if connections.right > 10**6:
        lines[-1] += f" ≈ {w.again(connections, w.notation.hand.scientific(1))}"
    return [*lines, ""], both


@style("scanned-hand")
def scanned_hand(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=2)
    marks = chance.choice(["", "'", "’"])
    hand = Superscript(thousands=marks, minus="−", sign="%", from_four=chance.random() < 0.5)
    w = Writer(chance, MARKDOWN.of(hand=hand, times="·", minus=" − "))
    notes = remarks(chance, 4)
    lines = [f"Ex. {chance.randrange(2, 12)}                                            p. 1", ""]
    lines += [f"{notes[0]}", ""]
    lines += _network(w, net, notes)
    lines += [f"                                            – {chance.randrange(2, 5)} –", ""]
    lines += _neurons(w, chance, _CIRCLED[len(net.of_kind("conv", "fc"))])
    lines += ["", f"({notes[3]})", ""]
    lines += _softmax(w, chance, _CIRCLED[len(net.of_kind("conv", "fc")) + 1])
    return w.finished(name, ".txt", "\n".join(lines))


def _network(w: Writer, net: Facts, notes: list[str]) -> list[str]:
    lines, parts = [], []
    for n, layer in enumerate(net.of_kind("conv")):
        made, both = _layer(w, layer, _CIRCLED[n])
        parts.append(both)
        lines += [*made, notes[n + 1], ""]
    for n, layer in enumerate(net.of_kind("fc"), 2):
        weights = w.product(layer.inputs, layer.outputs, of=layer.counts.weights)
        both = w.sum(weights, layer.outputs, of=layer.counts.parameters)
        parts.append(both)
        lines += [
            f"{_CIRCLED[n]} {layer.name} :  {w.times(layer.inputs, layer.outputs)} = {weights}  "
            f"(+ {layer.outputs} biases ⇒ {both} param.)"
        ]
    total = w.sum(*parts, of=net.counts.total.parameters)
    return [*lines, "", f"Σ param.{_equals(w.chance)}{w.plus(*parts)}", f"         = {total}", ""]


def _neurons(w: Writer, chance: random.Random, number: str) -> list[str]:
    """Two units with ReLU and one that reads them; whole numbers throughout."""
    inputs = [Fraction(chance.randrange(1, 7)), Fraction(chance.randrange(-4, 6))]
    lines = [f"{number} x₁ = {inputs[0]} , x₂ = {_minus(inputs[1])} , ReLU in the middle"]
    after: list[Figure] = []
    for n in "₁₂":
        weights = [Fraction(chance.choice([-3, -2, 2, 3, 4, 5])) for _ in inputs]
        text, z = weighted(w, weights, inputs, Fraction(chance.randrange(-3, 5)))
        high = max(z.right, 0)
        h = w.state(high, w.notation.hand.whole, z.work if high else "0", uses=[z], source=max(z.value, 0))
        after.append(h)
        lines += [f"    z{n} = {text}{_equals(chance)}{z}   ⇒  h{n} = max(0, {z.bare}) = {h}"]
    if not any(one.off for one in after):
        right = [Fraction(one.right) for one in after]
        text, y = weighted(w, [Fraction(2), Fraction(-1)], right, Fraction(chance.randrange(1, 6)))
        lines += [f"    y = 2h₁ − h₂ + b{_equals(chance)}{text}{_equals(chance)}{y}"]
    return lines


def _minus(value: Fraction) -> str:
    return str(value).replace("-", "−")


def _softmax(w: Writer, chance: random.Random, number: str) -> list[str]:
    logits = chance.sample(range(-2, 4), 3)
    shown = powers(w, logits, 3)
    lines = [f"{number} softmax of ({', '.join(_minus(Fraction(z)) for z in logits)}) :"]
    terms = [f"e{raised(z)} {'≈' if z else '='} {one}" for z, one in zip(logits, shown.exps, strict=True)]
    lines += [f"    {' ,  '.join(terms)}", f"    Σ ≈ {shown.total}"]
    for n, one, part in zip("₁₂₃", shown.exps, shown.shares, strict=True):
        lines += [f"    p{n} = {one.bare}/{shown.total.bare} ≈ {part}"]
    return [*lines, ""]
