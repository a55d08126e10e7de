"""Somebody who explains to a friend in a letter of plain sentences, wrapped at the width of a mail."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from fractions import Fraction

from ..case import Case
from ..facts import Fact, Facts, facts
from ..fourth.parts import kernel
from ..notation import TYPED
from ..numerals import Hand
from ..second.parts import shortly
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import trifles
from .parts import window

__all__: list[str] = []

_WIDTH = 74
_MARK = re.compile("\ue000\\d+\ue001")
_NAMES = ("Mia", "Jonas", "Priya", "Tom", "Lea", "Samir")


def _wrapped(text: str) -> list[str]:
    """Return a paragraph in lines; the marks of the statements have no width."""
    lines, line = list[str](), ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if len(_MARK.sub("", longer)) > _WIDTH:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


def _size(w: Writer, layer: Fact) -> str:
    size, hand = layer.size, w.notation.hand
    assert size is not None
    wide = size.side + 2 * size.padding
    text = f"The first layer slides a window of {size.kernel} by {size.kernel} over the picture"
    text += f", {size.stride} pixels at a time. " if size.stride > 1 else ", pixel by pixel. "
    text += f"The picture is {size.side} pixels wide"
    before: list[Figure] = []
    if size.padding:
        padded = w.state(
            wide,
            hand.whole,
            f"{size.side} + 2*{size.padding}",
            slips=[("padding on one side", size.side + size.padding)],
        )
        before.append(padded)
        pixels = "a pixel" if size.padding == 1 else f"{size.padding} pixels"
        text += f", and with {pixels} of padding on the left and on the right it is {padded}"
    room = w.state(
        wide - size.kernel, hand.whole, f"{size.side} + 2*{size.padding} - {size.kernel}", uses=before
    )
    text += f". Take away the window and {room} pixels are left to move over"
    if size.stride > 1:
        moves = w.state(
            (wide - size.kernel) // size.stride,
            hand.whole,
            f"floor(({size.side} + 2*{size.padding} - {size.kernel})/{size.stride})",
            uses=[*before, room],
            slips=[("rounded up", -((size.kernel - wide) // size.stride))] if size.left_over else [],
        )
        before.append(moves)
        text += f". Divided by {size.stride} that gives {moves} moves"
        text += ", what remains is thrown away" if size.left_over else ""
    side = w.size(size, uses=[*before, room])
    return f"{text}. Add the place where it starts and you get {side} positions in each direction."


def _count(w: Writer, layer: Fact) -> tuple[str, Figure]:
    k, a, b, n = kernel(layer), layer.inputs, layer.outputs, layer.side
    one = w.product(k, k, a)
    with_bias = w.state(
        window(layer) + 1, w.notation.hand.whole, f"{one.work} + 1", uses=[one], source=one.value + 1
    )
    all_ = w.product(b, with_bias, of=layer.counts.parameters)
    units = w.product(n, n, b, of=layer.counts.units)
    work = w.product(units, one, of=layer.counts.multiplications)
    text = (
        f"Every filter holds {k} times {k} times {a} weights, which is {one}, and with its bias {with_bias}. "
        f"There are {b} filters, so the layer has {b} times {w.whole(with_bias)}, that is {all_} parameters. "
        f"They make a map of {n} by {n} by {b}, or {units} numbers, and for each of them you multiply "
        f"{w.whole(one)} times: {work} multiplications in all"
    )
    if short := w.scaled(work, 10**6, w.notation.hand.places(0 if int(work.right) > 10**7 else 1)):
        text += f", roughly {short} million"
    return text + ".", all_


def _dense(w: Writer, net: Facts, before: Figure) -> str:
    layer = net.of_kind("fc")[0]
    a, b = layer.inputs, layer.outputs
    weights = w.product(a, b, of=layer.counts.weights)
    with_biases = w.sum(weights, b, of=layer.counts.parameters)
    both = w.sum(with_biases, before)
    share = w.share(with_biases, both, 1, others=[before])
    return (
        f"The layer at the end is another story. It gets {w.whole(a)} numbers and has {w.whole(b)} "
        f"neurons, and {w.whole(a)} times {w.whole(b)} is {weights} already. The {w.whole(b)} biases "
        f"bring us to {with_biases}. Together with the {w.whole(before)} from the first layer we have "
        f"{both} parameters, and {share} of them sit in the dense layer."
    )


def _stacked(w: Writer) -> str:
    c = w.chance.choice([16, 24, 32, 48, 64])
    two, five = w.product(2, 9, c, c), w.product(25, c, c)
    saved = w.state(
        7 * c * c,
        w.notation.hand.whole,
        f"{five.work} - {two.work}",
        uses=[two, five],
        source=five.value - two.value,
    )
    share = w.share(saved, five, 0, others=[two])
    return (
        f"You also asked why everybody stacks small windows. With {c} channels in and out, two layers "
        f"of 3 by 3 have 2 times 9 times {c} times {c} = {two} weights. A single layer of 5 by 5 sees "
        f"as much and has "
        f"25 times {c} times {c} = {five}. So you save {saved}, which is {share} of the larger number."
    )


def _schedule(w: Writer) -> str:
    chance, hand = w.chance, w.notation.hand
    start, every, drops = Fraction(chance.choice([1, 2, 4, 8]), 10), chance.choice([5, 10, 20]), 3
    rate = w.state(
        start / 2**drops,
        shortly(hand, start / 2**drops),
        f"({start})/2**{drops}",
        slips=[("halved once too often", start / 2 ** (drops + 1)), ("halved too seldom", start / 4)],
        roundable=False,
    )
    pictures, batch = chance.choice([48000, 50000, 60000]), chance.choice([50, 100, 125, 200])
    steps = w.state(pictures // batch, hand.whole, f"{pictures}/{batch}")
    all_ = w.product(steps, every * drops)
    return (
        f"About the learning rate: it starts at {shortly(hand, start)(start).text} and is halved after every "
        f"{every} epochs, so after {every * drops} epochs it is {rate}. An epoch has "
        f"{w.whole(pictures)} pictures in batches of {batch}, so {steps} updates, and {every * drops} "
        f"epochs have {all_}."
    )


def _ensemble(w: Writer) -> str:
    chance, hand = w.chance, w.notation.hand
    pictures = chance.choice([200, 250, 400, 500])
    wrong = chance.randrange(11, 80)
    right = w.state(pictures - wrong, hand.whole, f"{pictures} - {wrong}")
    share = w.share(right, pictures, 1, others=[wrong])
    return (
        f"My own net got {wrong} of the {pictures} test pictures wrong. That leaves {right}, an accuracy of "
        f"{share}."
    )


@style("letter-to-a-friend")
def letter_to_a_friend(chance: random.Random, name: str) -> Case:
    net = facts(chance, convs=1)
    w = Writer(chance, TYPED.of(hand=Hand(sign="%", from_four=chance.random() < 0.5)))
    notes = trifles(chance, 2)
    conv = net.of_kind("conv")[0]
    rest: list[Callable[[Writer], str]] = [_stacked, _schedule, _ensemble]
    opening = chance.choice(["you asked how I got my numbers.", "here is how I did it.", "no problem, look:"])
    size, (count, all_) = _size(w, conv), _count(w, conv)
    paragraphs = [
        f"{opening[0].upper()}{opening[1:]} The input has {net.side} by {net.side} pixels and "
        f"{net.channels} channels. {size}",
        count,
        _dense(w, net, all_),
        *(made(w) for made in chance.sample(rest, 2)),
        f"{notes[0]} {notes[1]}",
    ]
    lines = [f"Hi {chance.choice(_NAMES)},", ""]
    for one in paragraphs:
        lines += [*_wrapped(one), ""]
    return w.finished(name, ".txt", "\n".join([*lines, "See you on Monday!", ""]))
