"""What several people of the eighth set do: windows in a chain, shortened numbers, rectified ones."""

from __future__ import annotations

from ..facts import Fact
from ..fourth.parts import Desk, Number
from ..numerals import Hand, How, NotWritableError, Real, Written, exactly
from ..sheet import Figure
from ..writing import Size

__all__ = ["RECTIFIED", "STEP", "compact", "product_of", "repeated", "side_of", "size_of"]

RECTIFIED = "({0} + sqrt({0}**2))/2"
"""ReLU, in the arithmetic of the sheets."""

STEP = "({0} + sqrt({0}**2))/(2*{0})"
"""The derivative of ReLU off zero, in the arithmetic of the sheets."""


def compact(hand: Hand) -> How:
    """Return how to write a large number with K or M behind it: 803K, 3.2M."""

    def write(value: Real) -> Written:
        size = abs(exactly(value))
        if size < 1000:
            raise NotWritableError(value)
        large = size >= 999_500
        long = hand.words(1, "M", 10**6) if large else hand.words(0, "K", 1000)
        found = long(value)
        return Written(found.text.replace(" ", ""), found.denotes, found.unit)

    return write


def size_of(layer: Fact) -> Size:
    """Return the window of a layer that has one."""
    assert layer.size is not None
    return layer.size


def side_of(desk: Desk, layer: Fact, before: Number) -> Figure:
    """State the side of an output after that of the layer before."""
    size = size_of(layer)
    return desk.state(
        f"floor(({{0}} + 2*{size.padding} - {size.kernel})/{size.stride}) + 1",
        before,
        derivation=size.output,
        of=int(size.output),
    )


def repeated(desk: Desk, figure: Figure) -> Figure:
    """State a number once more, with the places that it had."""
    return desk.state("{0}", figure)


def product_of(desk: Desk, *factors: Number, how: How | None = None) -> Figure:
    """State a product, exact or in another way of writing; one factor may be forgotten or used twice."""
    places = [f"{{{n}}}" for n in range(len(factors))]
    all_of = "*".join(places)
    wrong = [("a factor left out", "*".join(places[:n] + places[n + 1 :])) for n in range(len(factors))]
    wrong += [("a factor used twice", f"{all_of}*{one}") for one in places]
    return desk.state(all_of, *factors, slips=wrong, how=how)
