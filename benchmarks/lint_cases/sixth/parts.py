"""What several people of the sixth set state: parameters in one go, receptive fields, memory, neurons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from nnutils.networks import receptive_fields

from ..facts import Fact, Facts
from ..fourth.parts import Desk, Number, kernel
from ..numerals import How, exactly
from ..pen import Slips
from ..sheet import Figure
from ..writing import Writer

__all__ = ["Neuron", "again_as", "fields", "in_units", "parameters", "window"]


def window(layer: Fact) -> int:
    """Return how many numbers one filter looks at."""
    return kernel(layer) ** 2 * layer.inputs


def parameters(w: Writer, layer: Fact, uses: Sequence[object] = ()) -> Figure:
    """State the weights and biases of a layer at once."""
    a, b = layer.inputs, layer.outputs
    weights = int(layer.counts.weights)
    factors = f"{kernel(layer)}*{kernel(layer)}*{a}*{b}" if layer.size else f"{a}*{b}"
    wrong: Slips = [("no bias", weights), ("one bias only", weights + 1)]
    if layer.size:
        wrong.append(("a factor left out", kernel(layer) ** 2 * b + b))
    return w.state(
        int(layer.counts.parameters),
        w.notation.hand.whole,
        f"{factors} + {b}",
        slips=wrong,
        derivation=layer.counts.parameters,
        uses=uses,
    )


def in_units(w: Writer, total: Figure, size: int, how: How, aside: int) -> Figure:
    """State a number of bytes in a larger unit; a slip takes the size of another unit."""
    right = exactly(total.right) / size
    wrong: Slips = [("another unit", exactly(total.right) / aside)]
    return w.state(
        right, how, f"({total.work})/{size}", uses=[total], slips=wrong, source=exactly(total.value) / size
    )


def again_as(w: Writer, figure: Figure, how: How, slips: Slips | None = None) -> Figure:
    """State a number of a table a second time, where it is worked out."""
    return w.state(figure.right, how, figure.work, uses=[figure], source=figure.value, slips=slips)


def fields(w: Writer, net: Facts) -> list[tuple[Fact, Number, int, Figure]]:
    """State the receptive fields: of each window the layer, the field before, the step before, the field."""
    made: list[tuple[Fact, Number, int, Figure]] = []
    known = receptive_fields(net.network)
    before: Number = 1
    step = 1
    for layer in net.of_kind("conv", "pool"):
        assert layer.size is not None
        k = kernel(layer)
        was, right = (
            (before.value, before.right) if isinstance(before, Figure) else (exactly(before), exactly(before))
        )
        work = before.work if isinstance(before, Figure) else "1"
        value = int(right + (k - 1) * step)
        assert value == known[layer.name].size, layer.name
        field = w.state(
            value,
            w.notation.hand.whole,
            f"{work} + ({k} - 1)*{step}",
            uses=[before],
            source=was + (k - 1) * step,
            slips=[("one not subtracted", value + step), ("the step left out", int(right) + k - 1)],
        )
        made.append((layer, before, step, field))
        before, step = field, step * layer.size.stride
    return made


@dataclass(frozen=True)
class Neuron:
    """A neuron with a few weights and a bias, all short decimals."""

    weights: Sequence[Fraction]
    bias: Fraction

    def text(self, desk: Desk, inputs: Sequence[Number]) -> str:
        """Return the weighted sum with numbers put in."""
        times = desk.w.notation.times
        terms = [
            f"{desk.text(a) if n == 0 else desk.inner(a)}{times}{desk.inner(x)}"
            for n, (a, x) in enumerate(zip(self.weights, inputs, strict=True))
        ]
        return " + ".join(terms) + f" + {desk.inner(self.bias)}"

    def of(self, inputs: Sequence[Fraction]) -> Fraction:
        """Return the weighted sum with the bias."""
        return sum((a * x for a, x in zip(self.weights, inputs, strict=True)), self.bias)

    def state(self, desk: Desk, inputs: Sequence[Number]) -> Figure:
        """State the weighted sum with the bias."""
        terms = [f"({{{n}}})*({a})" for n, a in enumerate(self.weights)]
        everything = " + ".join(terms)
        wrong = [("a term left out", everything), ("a sign lost", f"{everything} - ({self.bias})")]
        wrong.append(("a term left out", f"{terms[0]} + ({self.bias})"))
        return desk.state(f"{everything} + ({self.bias})", *inputs, slips=wrong)
