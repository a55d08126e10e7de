"""Somebody who thinks aloud in Markdown: another try first, biases remembered late, a number struck out."""

from __future__ import annotations

import random
from fractions import Fraction

from ..case import Case
from ..facts import Facts, facts
from ..fourth.parts import Desk, Number, kernel
from ..notation import MARKDOWN
from ..numerals import Hand, exactly
from ..sheet import Figure
from ..styles import style
from ..writing import Size, Writer
from .around import margins
from .parts import Bowl, gathered, walked

__all__: list[str] = []


def _first(w: Writer, net: Facts) -> list[str]:
    """The sizes; the first is tried with stride 1 before."""
    chance, lines, before = w.chance, list[str](), list[Figure]()
    for n, layer in enumerate(net.of_kind("conv", "pool")):
        size = layer.size
        assert size is not None
        pads = f" + {2 * size.padding}" if size.padding else ""
        above = f"{size.side} − {size.kernel}{pads}"
        inside = size.side - size.kernel + 2 * size.padding
        start = "Ok, first" if n == 0 else chance.choice(["Next,", "Then", "On to"])
        lines += [
            f"{start} {layer.name}: {size.side} wide, window {size.kernel}, stride {size.stride}"
            + (
                f", {size.padding} pixel{'s' * (size.padding > 1)} of padding on both sides."
                if size.padding
                else ", no padding."
            )
        ]
        if n == 0 and size.stride > 1:
            plain = Size(size.side, size.kernel, 1, size.padding)
            lines[-1] += f" That's {above} + 1 = {w.size(plain)}. No, wait, that would be stride 1."
        room = w.state(
            inside,
            w.notation.hand.whole,
            f"{size.side} - {size.kernel} + 2*{size.padding}",
            uses=before,
            slips=[("padding on one side", inside - size.padding)] if size.padding else [],
        )
        walk = walked(w, size, [*before, room])
        sign = "=" if walk.exact else "≈"
        cut = "" if not size.left_over else " (the rest is cut off)"
        lines += [
            f"{above} = {room}, {w.whole(room)} / {size.stride} {sign} {walk.quotient}, "
            f"plus one{cut}: {walk.side}."
        ]
        before = [walk.side]
    return lines


def _counts(w: Writer, net: Facts) -> list[str]:
    """The parameters, the biases remembered late, and a number struck out in half of the sheets."""
    chance, parts, lines = w.chance, list[Figure](), list[str]()
    struck = chance.random() < 0.5
    for n, layer in enumerate(net.of_kind("conv", "fc")):
        b, a = layer.outputs, layer.inputs
        if layer.size:
            each = w.product(a, kernel(layer), kernel(layer))
            weights = w.product(b, each, of=layer.counts.weights)
            window = w.times(a, kernel(layer), kernel(layer), squares=True)
            text = f"each filter of {layer.name} looks at {window} = {each} numbers, and "
            text += f"there are {b} of them, so {w.times(b, each)} = "
        else:
            weights = w.product(a, b, of=layer.counts.weights)
            text = f"{layer.name} joins {w.whole(a)} with {b}, so {w.times(a, b)} = "
        if struck and n == 0:
            digits = str(int(weights.right))
            wrong = w.whole(int(digits[:-2] + digits[-1] + digits[-2]))
            if wrong not in (weights.bare, w.whole(int(digits))):
                text += f"~~{wrong}~~ "
        text += f"{weights}"
        both = w.sum(weights, b, of=layer.counts.parameters)
        parts.append(both)
        late = ["Hmm, I forgot the biases,", "And the biases again,", "Plus biases,"][min(n, 2)]
        lines += [f"{text[0].upper()}{text[1:]}. {late} {b} more: {both}."]
    total = gathered(w, parts, net.counts.total.parameters)
    largest = max(range(len(parts)), key=lambda n: parts[n].right)
    name = net.of_kind("conv", "fc")[largest].name
    share = w.share(parts[largest], total, 0)
    return [*lines, f"Everything: {w.plus(*parts)} = {total}, of which {name} alone has {share}, wow."]


def _epochs(w: Writer, chance: random.Random) -> list[str]:
    hand = w.notation.hand
    pictures, batch = chance.choice([45000, 50000, 54000, 60000, 73257]), chance.choice([32, 64, 128, 200])
    right = Fraction(pictures, batch)
    whole = -(-pictures // batch)
    exact = w.state(right, hand.places(1) if right.denominator > 1 else hand.whole, f"{pictures}/{batch}")
    steps = w.state(
        whole, hand.whole, f"-floor(-{pictures}/{batch})", uses=[exact], slips=[("rounded down", whole - 1)]
    )
    epochs = chance.choice([5, 12, 20, 30])
    all_ = w.product(steps, epochs)
    seconds = chance.choice([2, 3, 4, 5])
    tenth = w.state(
        seconds * exactly(all_.right) / 600,
        hand.places(0),
        f"{seconds}*({all_.work})/10/60",
        uses=[all_],
        source=seconds * exactly(all_.value) / 600,
        slips=[("not in minutes", seconds * exactly(all_.right) / 10)],
    )
    last = "but the last batch may be smaller, " if right.denominator > 1 else ""
    return [
        f"How many updates? {w.whole(pictures)} pictures in batches of {batch}: "
        f"{w.whole(pictures)} / {batch} = {exact}, {last}so {steps} per epoch",
        f"and {w.times(steps, epochs)} = {all_} in {epochs} epochs. If each takes 0.{seconds} s, "
        f"that's {w.whole(all_)} · 0.{seconds} s, roughly {tenth} min.",
    ]


def _descent(w: Writer, chance: random.Random) -> list[str]:
    """Gradient descent told as a walk."""
    desk, bowl = Desk(w, 4, 4), Bowl(1, chance.choice([2, 4, 6]))
    rate = chance.choice([Fraction(1, 10), Fraction(1, 5)])
    at: Number = chance.choice([n for n in (-1, 0, 4, 5) if 2 * n != bowl.b])
    lines = [
        f"Now walk down f(w) = w² − {bowl.b}w with step size {desk.text(rate)}, "
        f"starting from w = {desk.text(at)}."
    ]
    for n in range(chance.choice([2, 3])):
        was = desk.text(at)
        put = f"2 · {desk.inner(at)} − {bowl.b}"
        slope = bowl.slope(desk, at)
        moved = f"{was} − {desk.text(rate)} · {desk.inner(slope)}"
        at = bowl.step(desk, at, rate, slope)
        if n == 0:
            lines += [f"The slope there is {put} = {slope}, so I go to {moved} = {at}."]
        else:
            lines += [f"Same again: the slope is now {put} = {slope}, which takes me to {moved} = {at}."]
    return lines


def _upward(w: Writer, chance: random.Random) -> list[str]:
    """A transposed convolution, guessed as twice the side before."""
    i, k, s = chance.randrange(5, 40), chance.choice([2, 3, 4, 5]), chance.choice([2, 2, 3])
    p = chance.choice([0, 1])
    out = w.state(
        (i - 1) * s - 2 * p + k,
        w.notation.hand.whole,
        f"({i} - 1)*{s} - 2*{p} + {k}",
        slips=[("one not subtracted", i * s - 2 * p + k), ("padding added", (i - 1) * s + 2 * p + k)],
    )
    guess = w.product(s, i)
    return [
        f"And the transposed one, kernel {k}, stride {s}, padding {p}, on {i}? "
        f"I'd say {w.times(s, i)} = {guess}, but better put it into the formula:",
        f"({i} − 1) · {s} − 2 · {p} + {k} = {out}. "
        + ("Same, good." if guess.right == out.right else "Not the same, the formula wins."),
    ]


@style("thinking-aloud")
def thinking_aloud(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=2, large=chance.random() < 0.6)
    w = Writer(
        chance, MARKDOWN.of(hand=Hand(thousands=" ", minus="−", sign=" %", from_four=False), times=" · ")
    )
    notes = margins(chance, 3)
    layers = f"The picture is {net.side} by {net.side} with {net.channels} channels."
    lines = [f"## My notes on problem {chance.randrange(2, 12)}", "", f"{layers} {notes[0]}", ""]
    rest = chance.sample([_epochs, _descent, _upward], 2)
    for part in (_first(w, net), _counts(w, net), *(one(w, chance) for one in rest)):
        lines += [*part, ""]
    return w.finished(name, ".md", "\n".join([*lines, f"({notes[1]})", "", notes[2], ""]))
