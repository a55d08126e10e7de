"""What several people of the seventh set do: sizes one after the other, and functions traced both ways."""

from __future__ import annotations

from dataclasses import dataclass

from ..fourth.parts import Desk
from ..sheet import Figure
from ..writing import Size, Writer

__all__ = ["Neuron", "numerator", "side_after"]


def side_after(w: Writer, size: Size, before: Figure | None = None) -> Figure:
    """State the side of an output; who goes on with a wrong side before it does so here."""
    source = None
    if before is not None:
        room = int(before.value) + 2 * size.padding - size.kernel
        source = room // size.stride + 1 if room >= 0 else None
    return w.state(
        int(size.output),
        w.notation.hand.whole,
        size.work,
        derivation=size.output,
        uses=[] if before is None else [before],
        source=source,
    )


def numerator(w: Writer, size: Size, before: Figure | None = None) -> str:
    """Return what is divided by the stride, the padding only where there is one."""
    note = w.notation
    first = w.whole(size.side if before is None else before)
    padded = f" + 2{note.times}{size.padding}" if size.padding else ""
    return f"{first}{padded}{note.minus}{size.kernel}"


@dataclass(frozen=True)
class Neuron:
    """One unit with the logistic function and half the squared error: what is stated on the way."""

    desk: Desk
    z: Figure

    def output(self) -> Figure:
        """State the logistic function of the weighted sum."""
        return self.desk.state("1/(1 + exp(-{0}))", self.z, slips=[("a sign lost", "1/(1 + exp({0}))")])

    def loss(self, a: Figure, target: int) -> Figure:
        """State half the squared error."""
        wrong = [
            ("a factor left out", f"({{0}} - {target})**2"),
            ("a square left out", f"({target} - {{0}})/2"),
        ]
        return self.desk.state(f"({{0}} - {target})**2/2", a, slips=wrong)

    def delta(self, a: Figure, target: int) -> Figure:
        """State the derivative of the error by the weighted sum."""
        wrong = [
            ("a sign lost", f"({target} - {{0}})*{{0}}*(1 - {{0}})"),
            ("a factor left out", f"({{0}} - {target})*{{0}}"),
        ]
        return self.desk.state(f"({{0}} - {target})*{{0}}*(1 - {{0}})", a, slips=wrong)
