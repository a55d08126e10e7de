"""A tired student: lower case, no spaces, letters for layers, "same again", and a total without its terms."""

from __future__ import annotations

import random
from fractions import Fraction

from ..case import Case
from ..facts import Fact, Facts, facts
from ..fourth.parts import kernel
from ..notation import TYPED
from ..numerals import Hand
from ..second.parts import powers
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import margins
from .parts import gathered, walked

__all__: list[str] = []


def _short(layer: Fact) -> str:
    return layer.name.replace("conv", "c").replace("pool", "p")


def _described(layer: Fact) -> str:
    size, tag = layer.size, _short(layer)
    if size is None:
        return f"{tag} ({layer.outputs})"
    window = f"{size.kernel}x{size.kernel} s{size.stride}"
    if layer.kind == "pool":
        return f"{tag} ({window})"
    return f"{tag} ({layer.outputs} filters {window} p{size.padding})"


def _above(layer: Fact) -> str:
    size = layer.size
    assert size is not None
    return f"({size.side}-{size.kernel}{f'+2*{size.padding}' if size.padding else ''})/{size.stride}"


def _sizes(w: Writer, net: Facts) -> list[str]:
    lines: list[str] = ["a)"]
    before: list[Figure] = []
    for n, layer in enumerate(net.of_kind("conv", "pool")):
        assert layer.size is not None
        again = "same again " if n == 1 else ""
        if layer.size.left_over:
            walk = walked(w, layer.size, before)
            sign = "=" if walk.exact else "~"
            text, side = f"{_above(layer)}{sign}{walk.quotient} round down, +1 -> {walk.side}", walk.side
        else:
            side = w.size(layer.size, uses=before)
            text = f"{_above(layer)}+1={side}"
        before = [side]
        lines += [f"{_short(layer)} {again}{text}, so {w.whole(side)}x{w.whole(side)}x{layer.outputs}"]
    return lines


def _parameters(w: Writer, net: Facts) -> list[str]:
    """The parameters with the run-on equals signs that one gets told off for."""
    lines, parts = ["b) w + b"], list[Figure]()
    for n, layer in enumerate(net.of_kind("conv", "fc")):
        factors = [layer.inputs, layer.outputs]
        if layer.size:
            factors = [kernel(layer), kernel(layer), *factors]
        weights = w.product(*factors, of=layer.counts.weights)
        both = w.sum(weights, layer.outputs, of=layer.counts.parameters)
        parts.append(both)
        again = "same: " if n == 1 else ""
        lines += [f"{_short(layer)} {again}{w.times(*factors)}={weights} +{layer.outputs}={both}"]
    total = gathered(w, parts, net.counts.total.parameters)
    terms = "+".join(w.whole(one) for one in parts)
    lines += [f"all: {terms}={total}" if w.chance.random() < 0.5 else f"all of b) together {total}"]
    return lines


def _connections(w: Writer, net: Facts) -> list[str]:
    lines = ["c) connections w/o bias"]
    for layer in net.of_kind("conv"):
        reads, side = kernel(layer) ** 2 * layer.inputs, layer.side
        units = w.product(side, side, layer.outputs, of=layer.counts.units)
        each = w.product(kernel(layer), kernel(layer), layer.inputs)
        many = w.state(
            int(layer.counts.connections),
            w.notation.hand.whole,
            f"{side}*{side}*{layer.outputs}*{reads}",
            uses=[units, each],
            source=units.value * each.value,
            derivation=layer.counts.connections,
            slips=[("a factor used twice", units.right * reads * reads)],
        )
        lines += [
            f"{_short(layer)} {w.times(side, side, layer.outputs)}={units} neurons, each sees "
            f"{w.times(kernel(layer), kernel(layer), layer.inputs)}={each}"
        ]
        lines += [f"   -> {w.whole(units)}*{w.whole(each)}={many}"]
    return lines


def _memory(w: Writer, net: Facts) -> list[str]:
    layer = w.chance.choice(net.of_kind("conv"))
    units = int(layer.counts.units)
    bytes_ = w.product(units, 4)
    mega = w.state(
        Fraction(4 * units, 10**6),
        w.notation.hand.places(2),
        f"4*{units}/1000000",
        uses=[bytes_],
        source=Fraction(bytes_.value) / 10**6,
    )
    return [f"d) memory {_short(layer)} out, 4 bytes each: {w.whole(units)}*4={bytes_} bytes ~{mega}mb"]


def _softmax(w: Writer, chance: random.Random) -> list[str]:
    logits = chance.sample(range(-1, 4), 3)
    made = powers(w, logits, 2)
    terms = ", ".join(f"e^{z}={one}" for z, one in zip(logits, made.exps, strict=True))
    shares = ", ".join(
        f"{one.bare}/{made.total.bare}={share}" for one, share in zip(made.exps, made.shares, strict=True)
    )
    return [f"e) {terms}", f"sum {made.total}", f"p: {shares}"]


@style("tired-student")
def tired_student(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=2, large=chance.random() < 0.6)
    w = Writer(chance, TYPED.of(hand=Hand(thousands="", sign="%"), times="*"))
    notes = [one[0].lower() + one[1:] for one in margins(chance, 4)]
    layers = " - ".join(map(_described, net.layers))
    lines = [f"hw{chance.randrange(2, 12)}, 2:{chance.randrange(10, 59)} am", notes[0], ""]
    lines += [f"net: input {net.side}x{net.side}x{net.channels} - {layers}", ""]
    lines += [*_sizes(w, net), "", f"({notes[3]})", "", *_parameters(w, net), ""]
    rest = [_connections(w, net), _memory(w, net)] if chance.random() < 0.5 else [_softmax(w, chance)]
    for part in rest:
        lines += [*part, ""]
    return w.finished(name, ".txt", "\n".join([*lines, notes[1], f"ps {notes[2]}", ""]))
