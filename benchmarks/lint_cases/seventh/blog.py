"""A blog post in HTML that walks through a well-known network, layer by layer, in a chatty voice."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from nnutils import Conv2d, Flatten, Linear, MaxPool2d, Network

from ..case import Case
from ..facts import Fact, Facts, facts_of
from ..fourth.parts import kernel
from ..notation import HTML
from ..numerals import Hand
from ..sheet import Figure
from ..styles import style
from ..writing import Writer
from .around import asides_in_html
from .parts import numerator, side_after

__all__: list[str] = []

_Layer = Conv2d | MaxPool2d | Linear


class _Famous(NamedTuple):
    title: str
    channels: int
    side: int
    layers: Sequence[_Layer]


_KNOWN = (
    _Famous(
        "LeNet-5 (1998)",
        1,
        32,
        (
            Conv2d(6, 5, name="C1"),
            MaxPool2d(2, stride=2, name="S2"),
            Conv2d(16, 5, name="C3"),
            MaxPool2d(2, stride=2, name="S4"),
            Linear(120, name="F5"),
            Linear(84, name="F6"),
            Linear(10, name="F7"),
        ),
    ),
    _Famous(
        "AlexNet (2012)",
        3,
        227,
        (
            Conv2d(96, 11, stride=4, name="conv1"),
            MaxPool2d(3, stride=2, name="pool1"),
            Conv2d(256, 5, padding=2, name="conv2"),
            MaxPool2d(3, stride=2, name="pool2"),
            Conv2d(384, 3, padding=1, name="conv3"),
            Conv2d(384, 3, padding=1, name="conv4"),
            Conv2d(256, 3, padding=1, name="conv5"),
            MaxPool2d(3, stride=2, name="pool5"),
            Linear(4096, name="fc6"),
            Linear(4096, name="fc7"),
            Linear(1000, name="fc8"),
        ),
    ),
    _Famous(
        "ZFNet (2013)",
        3,
        224,
        (
            Conv2d(96, 7, stride=2, padding=1, name="conv1"),
            MaxPool2d(3, stride=2, name="pool1"),
            Conv2d(256, 5, stride=2, name="conv2"),
            MaxPool2d(3, stride=2, name="pool2"),
            Conv2d(384, 3, padding=1, name="conv3"),
            Conv2d(256, 3, padding=1, name="conv4"),
            MaxPool2d(3, stride=2, name="pool4"),
            Linear(4096, name="fc5"),
            Linear(1000, name="fc6"),
        ),
    ),
    _Famous(
        "a VGG for CIFAR-10",
        3,
        32,
        (
            Conv2d(64, 3, padding=1, name="block1"),
            MaxPool2d(2, stride=2, name="pool1"),
            Conv2d(128, 3, padding=1, name="block2"),
            MaxPool2d(2, stride=2, name="pool2"),
            Conv2d(256, 3, padding=1, name="block3"),
            MaxPool2d(2, stride=2, name="pool3"),
            Linear(512, name="dense"),
            Linear(10, name="output"),
        ),
    ),
)


def _network(famous: _Famous) -> Facts:
    head = [one for one in famous.layers if not isinstance(one, Linear)]
    tail = [one for one in famous.layers if isinstance(one, Linear)]
    network = Network((famous.channels, famous.side, famous.side), [*head, Flatten(name="flatten"), *tail])
    return facts_of(network, famous.channels, famous.side)


def _window(w: Writer, one: Fact, side: Figure | None) -> tuple[list[str], Figure, Figure | None]:
    """The paragraph on a convolution or a pooling: its lines, the side, and the parameters."""
    size = one.size
    assert size is not None
    inside = numerator(w, size, side)
    by = f"({inside}) / {size.stride} + 1" if size.stride > 1 else f"{inside} + 1"
    side = side_after(w, size, side)
    down = " (rounding down)" if size.left_over else ""
    if one.kind == "pool":
        return (
            [
                f"<p><b>{one.name}</b> is a {size.kernel}&times;{size.kernel} max pool with stride "
                f"{size.stride}. "
                f"It has nothing to learn and leaves {by} = {side} pixels a side{down}.</p>"
            ],
            side,
            None,
        )
    k, a, b = kernel(one), one.inputs, one.outputs
    steps = "moves one pixel at a time" if size.stride == 1 else f"jumps {size.stride} pixels at a time"
    border = f", with {size.padding} pixel{'s' * (size.padding > 1)} of padding" if size.padding else ""
    weights = w.product(b, k, k, a, of=one.counts.weights)
    both = w.sum(weights, b, of=one.counts.parameters)
    return (
        [
            f"<p><b>{one.name}</b> slides {b} filters of {k}&times;{k}&times;{a} over its input; the window "
            f"{steps}{border}. That makes {by} = {side} positions each way{down}.",
            f"On the learning side we pay {w.times(b, k, k, a)} = {weights} weights, and with "
            f"one bias per filter we are at {both}.</p>",
        ],
        side,
        both,
    )


def _dense(w: Writer, net: Facts, side: Figure) -> tuple[list[str], list[Figure]]:
    """The paragraph on the dense layers, and their parameters."""
    last, layers = net.of_kind("conv", "pool")[-1], net.of_kind("fc")
    flat = w.product(side, side, last.outputs)
    assert flat.off or int(flat.right) == layers[0].inputs
    lines, found = (
        [f"<p>Unrolled, the last block is a vector of {w.times(side, side, last.outputs)} = {flat} numbers."],
        list[Figure](),
    )
    for n, one in enumerate(layers):
        a = one.inputs if n else flat
        weights = w.product(a, one.outputs, of=one.counts.weights)
        both = w.sum(weights, one.outputs, of=one.counts.parameters)
        found.append(both)
        verb = ("The first dense layer", "The next one", "The last one")[n if n + 1 < len(layers) else 2]
        lines += [
            f"{verb}, <b>{one.name}</b>, needs {w.times(a, one.outputs)} = {weights} weights "
            f"plus {w.whole(one.outputs)} biases, {both} in all."
        ]
    lines[-1] += "</p>"
    return lines, found


def _bill(w: Writer, net: Facts, windows: list[Figure], dense: list[Figure]) -> list[str]:
    """All parameters, those of the dense layers, and what they weigh."""
    hand = w.notation.hand
    first, second = w.sum(*windows), w.sum(*dense)
    total = w.sum(first, second, of=net.counts.total.parameters)
    share = w.share(second, total, others=[first])
    lines = [
        "<h2>The bill</h2>",
        f"<p>Convolutions: {w.plus(*windows)} = {first}. Dense layers: {w.plus(*dense)} = {second}. "
        f"Together {total} parameters, and {share} of them are in the dense part!</p>",
    ]
    bytes_ = w.product(total, 4)
    size = w.state(
        Fraction(4 * int(total.right), 10**6),
        hand.places(2),
        f"4*({total.work})/1000000",
        uses=[total, bytes_],
        source=Fraction(bytes_.value) / 10**6,
        slips=[("a factor left out", Fraction(int(total.right), 10**6))],
    )
    return [
        *lines,
        f"<p>Stored as 32-bit floats, 4 bytes each, that is {bytes_} bytes, or {size} MB. Not bad.</p>",
    ]


@style("blog-walkthrough")
def blog_walkthrough(chance: random.Random, name: str) -> Case:
    famous = chance.choice(_KNOWN)
    net = _network(famous)
    w = Writer(chance, HTML.of(hand=Hand(minus="&minus;", sign="%"), times=" &times; "))
    notes = asides_in_html(chance, 3)
    lines = [
        "<article>",
        f"<h1>What is inside {famous.title}?</h1>",
        f'<p class="meta">Posted on {chance.randrange(1, 29)} March 20{chance.randrange(16, 25)} '
        f"&middot; {chance.randrange(4, 15)} min read &middot; {chance.randrange(2, 90)} comments</p>",
        f"<p>An image comes in as {net.side}&times;{net.side} pixels with {net.channels} channel"
        f"{'s' * (net.channels > 1)}. Grab a coffee and follow it.</p>",
        f"<p>{notes[0]}</p>",
        "<h2>The convolutional part</h2>",
    ]
    side: Figure | None = None
    windows = []
    for one in net.of_kind("conv", "pool"):
        made, side, both = _window(w, one, side)
        lines += made
        windows += [both] if both is not None else []
    assert side is not None
    lines += [f"<blockquote>{notes[1]}</blockquote>", "<h2>The dense part</h2>"]
    made, dense = _dense(w, net, side)
    lines += [*made, *_bill(w, net, windows, dense), f"<p><small>{notes[2]}</small></p>", "</article>", ""]
    return w.finished(name, ".html", "\n".join(lines))
