"""Wrong answers as people give them, drawn at random: for each kind of slip, and without any slip.

`benchmarks/explain_wrong_numbers.py` asks `nnutils.slips.explain` for them. Nothing here knows how that
works: a wrong number is computed from the settings of a layer or from a formula, as by somebody who slips.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from nnutils import Conv2d, Flatten, Linear, MaxPool2d, Network, autodiff, conv_output_size, count

__all__ = ["GENERATORS", "Wrong", "draw", "of_twenty_layers", "without_a_slip", "without_a_slip_in_a_trace"]


@dataclass(frozen=True)
class Wrong:
    """One wrong answer: the kind of slip, the right derivation, what is stated, and what stands around it.

    That is a network, or the trace table of which the right derivation is a row.
    """

    kind: str
    right: Any
    stated: str
    network: Network | None = None
    table: Any = None


Chance = random.Random
Generator = Callable[[Chance], Wrong | None]
GENERATORS: dict[str, Generator] = {}


def slip(kind: str) -> Callable[[Generator], Generator]:
    def enter(generator: Generator) -> Generator:
        GENERATORS[kind] = generator
        return generator

    return enter


@dataclass(frozen=True)
class Drawn:
    """A random network, one of its convolutions, and that layer's numbers as plain integers."""

    network: Network
    name: str
    c_in: int
    c_out: int
    kernel: int
    stride: int
    padding: int
    groups: int
    side_in: int
    side_out: int
    before: Drawn | None = None

    @property
    def reads(self) -> int:
        return self.c_in // self.groups * self.kernel**2

    @property
    def units(self) -> int:
        return self.c_out * self.side_out**2

    @property
    def weights(self) -> int:
        return self.c_out * self.reads

    @property
    def connections(self) -> int:
        return self.units * self.reads

    def right(self, column: str) -> Any:
        return count(self.network)[self.name][column]


def network(chance: Chance, groups: bool = False) -> Drawn:
    """Draw a network of convolutions, poolings and linear layers; return one of its later convolutions."""
    while True:
        side = chance.randrange(24, 129)
        channels = chance.choice([1, 3, 3, 4, 6])
        layers: list[Any] = []
        drawn: list[tuple[str, Conv2d]] = []
        for number in range(1, chance.randrange(3, 7)):
            kernel = chance.choice([1, 3, 3, 5, 5, 7, 9, 11])
            share = chance.choice([2, 4]) if groups and number > 1 else 1
            layer = Conv2d(
                8 * chance.randrange(2, 40),
                kernel,
                stride=chance.choice([1, 1, 1, 2, 3]),
                padding=chance.choice([0, 0, 1, kernel // 2]),
                groups=share,
                name=f"conv{number}",
            )
            layers.append(layer)
            drawn.append((f"conv{number}", layer))
            if chance.random() < 0.4:
                layers.append(MaxPool2d(chance.choice([2, 2, 3]), stride=2, name=f"pool{number}"))
        layers += [Flatten(name="flatten"), Linear(chance.randrange(10, 2000), name="fc1")]
        layers.append(Linear(chance.choice([5, 10, 100, 1000]), name="out"))
        try:
            made = Network((channels, side, side), layers)
        except Exception:  # the picture became too small: draw again
            continue
        steps = {step.name: step for step in made.steps}
        found: Drawn | None = None
        for name, layer in drawn:
            step = steps[name]
            found = Drawn(
                made,
                name,
                step.input_shape[0],
                layer.out_channels,
                int(layer.kernel_size),  # type: ignore[arg-type]
                int(layer.stride),  # type: ignore[arg-type]
                int(layer.padding),  # type: ignore[arg-type]
                layer.groups,
                step.input_shape[1],
                step.output_shape[1],
                found,
            )
        if found is not None and found.before is not None and found.side_out > 1:
            return found


def wrong(kind: str, layer: Drawn, column: str, value: int) -> Wrong | None:
    """Return a wrong count, unless it happens to be the right one or cannot be."""
    if value <= 0 or value == getattr(layer, column):
        return None
    return Wrong(kind, layer.right(column), f"{value:,}", layer.network)


def column_of(chance: Chance) -> str:
    return chance.choice(["units", "weights", "connections"])


def factors(layer: Drawn, column: str) -> list[int]:
    reads = [layer.c_in // layer.groups, layer.kernel, layer.kernel]
    units = [layer.c_out, layer.side_out, layer.side_out]
    return {"units": units, "weights": [layer.c_out, *reads], "connections": [*units, *reads]}[column]


# --- factors and terms ------------------------------------------------------------------------------------


@slip("a factor left out")
def factor_left_out(chance: Chance) -> Wrong | None:
    layer, column = network(chance), column_of(chance)
    parts = factors(layer, column)
    parts.pop(chance.randrange(len(parts)))
    return wrong("a factor left out", layer, column, math.prod(parts))


@slip("a factor used twice")
def factor_twice(chance: Chance) -> Wrong | None:
    layer, column = network(chance), column_of(chance)
    parts = factors(layer, column)
    return wrong("a factor used twice", layer, column, math.prod(parts) * chance.choice(parts))


@slip("doubled or halved")
def doubled(chance: Chance) -> Wrong | None:
    layer, column = network(chance), column_of(chance)
    value = getattr(layer, column)
    return wrong(
        "doubled or halved", layer, column, chance.choice([2 * value, value // 2 if value % 2 == 0 else 0])
    )


@slip("a term left out")
def term_left_out(chance: Chance) -> Wrong | None:
    layer = network(chance)
    counts = count(layer.network)
    column = chance.choice(["weights", "parameters", "connections"])
    terms = [int(counts[name][column]) for name in counts if int(counts[name][column])]
    left_out = chance.choice(terms)
    return Wrong("a term left out", counts.total[column], f"{sum(terms) - left_out:,}", layer.network)


@slip("a term used twice")
def term_twice(chance: Chance) -> Wrong | None:
    layer = network(chance)
    counts = count(layer.network)
    column = chance.choice(["weights", "parameters", "connections"])
    terms = [int(counts[name][column]) for name in counts if int(counts[name][column])]
    return Wrong(
        "a term used twice", counts.total[column], f"{sum(terms) + chance.choice(terms):,}", layer.network
    )


@slip("plus for times")
def plus_for_times(chance: Chance) -> Wrong | None:
    layer, column = network(chance), chance.choice(["weights", "units"])
    if column == "weights":
        value = layer.c_out * (layer.c_in // layer.groups) * (layer.kernel + layer.kernel)
    else:
        value = layer.c_out * (layer.side_out + layer.side_out)
    return wrong("plus for times", layer, column, value)


# --- digits -----------------------------------------------------------------------------------------------


def with_digit_slip(chance: Chance, value: int, kind: str) -> int:
    digits = list(str(value))
    place = chance.randrange(len(digits))
    if kind == "a digit lost":
        digits.pop(place)
    elif kind == "a digit added":
        digits.insert(place, chance.choice("0123456789" if place else "123456789"))
    elif kind == "a digit changed":
        digits[place] = chance.choice([d for d in "123456789" if d != digits[place]])
    elif kind == "two digits swapped" and place:
        digits[place - 1], digits[place] = digits[place], digits[place - 1]
    elif kind == "a power of ten":
        return value * 10 ** chance.choice([1, 2, 3])
    text = "".join(digits)
    return int(text) if text and text[0] != "0" else 0


for _kind in ("a digit lost", "a digit added", "a digit changed", "two digits swapped", "a power of ten"):

    @slip(_kind)
    def digit_slip(chance: Chance, kind: str = _kind) -> Wrong | None:
        layer, column = network(chance), column_of(chance)
        value = getattr(layer, column)
        return wrong(kind, layer, column, with_digit_slip(chance, value, kind)) if value > 999 else None


@slip("a digit slip in a factor")
def digit_in_factor(chance: Chance) -> Wrong | None:
    layer = network(chance)
    kinds = ["a digit lost", "a digit added", "a digit changed", "two digits swapped", "a power of ten"]
    kind = chance.choice(kinds)
    units = with_digit_slip(chance, layer.units, kind) if layer.units > 99 else 0
    return wrong("a digit slip in a factor", layer, "connections", units * layer.reads)


# --- one quantity in place of another ---------------------------------------------------------------------


@slip("input for output channels")
def channels_exchanged(chance: Chance) -> Wrong | None:
    layer, column = network(chance), column_of(chance)
    parts = factors(layer, column)
    if column == "weights" and chance.random() < 0.5:
        parts[1] = layer.c_out
    else:
        parts[0] = layer.c_in
    return wrong("input for output channels", layer, column, math.prod(parts))


@slip("the previous layer's number")
def of_the_previous_layer(chance: Chance) -> Wrong | None:
    layer = network(chance)
    assert layer.before is not None
    parts = [layer.c_out, layer.before.c_in, layer.kernel, layer.kernel]
    if chance.random() < 0.5:
        parts = [layer.c_out, layer.c_in, layer.before.kernel, layer.before.kernel]
    return wrong("the previous layer's number", layer, "weights", math.prod(parts))


@slip("the kernel of another layer")
def other_kernel(chance: Chance) -> Wrong | None:
    layer, column = network(chance), chance.choice(["weights", "connections"])
    assert layer.before is not None
    other = chance.choice([1, 3, 5, 7])
    if other not in {layer.before.kernel, *([layer.before.before.kernel] if layer.before.before else [])}:
        other = layer.before.kernel
    head = layer.c_out if column == "weights" else layer.units
    return wrong("the kernel of another layer", layer, column, head * layer.c_in * other**2)


@slip("input size for output size")
def input_size(chance: Chance) -> Wrong | None:
    layer, column = network(chance), chance.choice(["units", "connections"])
    value = layer.c_out * layer.side_in**2 * (layer.reads if column == "connections" else 1)
    return wrong("input size for output size", layer, column, value)


@slip("units for weights")
def units_for_weights(chance: Chance) -> Wrong | None:
    layer, column = network(chance), column_of(chance)
    other = chance.choice([name for name in ("units", "weights", "connections") if name != column])
    return wrong("units for weights", layer, column, getattr(layer, other))


# --- biases and groups ------------------------------------------------------------------------------------


@slip("biases in or out")
def biases(chance: Chance) -> Wrong | None:
    layer = network(chance)
    if chance.random() < 0.5:
        return wrong("biases in or out", layer, "weights", layer.weights + layer.c_out)
    return Wrong("biases in or out", layer.right("parameters"), f"{layer.weights:,}", layer.network)


@slip("all biases in a total")
def all_biases(chance: Chance) -> Wrong | None:
    layer = network(chance)
    counts = count(layer.network)
    biases = sum(int(counts[name].biases) for name in counts)
    right = counts.total.weights
    return Wrong("all biases in a total", right, f"{int(right) + biases:,}", layer.network)


@slip("a bias for each unit")
def bias_of_each_unit(chance: Chance) -> Wrong | None:
    layer = network(chance)
    if chance.random() < 0.5:
        return wrong("a bias for each unit", layer, "connections", layer.connections + layer.units)
    counts = count(layer.network)
    units = sum(int(counts[name].units) for name in counts if int(counts[name].biases))
    right = counts.total.connections
    return Wrong("a bias for each unit", right, f"{int(right) + units:,}", layer.network)


@slip("groups ignored or applied twice")
def groups(chance: Chance) -> Wrong | None:
    layer, column = network(chance, groups=True), chance.choice(["weights", "connections"])
    value = getattr(layer, column)
    twice = value // layer.groups if value % layer.groups == 0 else 0
    return wrong(
        "groups ignored or applied twice", layer, column, chance.choice([value * layer.groups, twice])
    )


# --- sizes ------------------------------------------------------------------------------------------------


def size(chance: Chance) -> tuple[int, int, int, int, int]:
    while True:
        i, k = chance.randrange(20, 1300), chance.randrange(2, 12)
        s, p, d = chance.randrange(2, 5), chance.randrange(1, 5), chance.randrange(2, 4)
        if i + 2 * p > 4 * d * k:
            return i, k, s, p, d


def formula(i: int, k: int, s: int, p: int, d: int) -> int:
    return (i + 2 * p - d * (k - 1) - 1) // s + 1


def wrong_size(kind: str, drawn: tuple[int, int, int, int, int], value: int) -> Wrong | None:
    i, k, s, p, d = drawn
    if value == formula(i, k, s, p, d):
        return None
    return Wrong(kind, conv_output_size(i, k, stride=s, padding=p, dilation=d), str(value))


@slip("stride ignored")
def stride_ignored(chance: Chance) -> Wrong | None:
    i, k, s, p, d = drawn = size(chance)
    return wrong_size("stride ignored", drawn, formula(i, k, 1, p, d))


@slip("padding ignored or on one side")
def padding_ignored(chance: Chance) -> Wrong | None:
    i, k, s, p, d = drawn = size(chance)
    if chance.random() < 0.5:
        return wrong_size("padding ignored or on one side", drawn, formula(i, k, s, 0, d))
    return wrong_size("padding ignored or on one side", drawn, (i + p - d * (k - 1) - 1) // s + 1)


@slip("dilation ignored")
def dilation_ignored(chance: Chance) -> Wrong | None:
    i, k, s, p, d = drawn = size(chance)
    return wrong_size("dilation ignored", drawn, formula(i, k, s, p, 1))


@slip("ceiling for floor")
def ceiling(chance: Chance) -> Wrong | None:
    i, k, s, p, d = drawn = size(chance)
    return wrong_size("ceiling for floor", drawn, -(-(i + 2 * p - d * (k - 1) - 1) // s) + 1)


@slip("window not subtracted")
def window_not_subtracted(chance: Chance) -> Wrong | None:
    i, _, s, p, _ = drawn = size(chance)
    return wrong_size("window not subtracted", drawn, chance.choice([i, i + 2 * p]) // s)


@slip("not rounded")
def not_rounded(chance: Chance) -> Wrong | None:
    i, k, s, p, d = drawn = size(chance)
    value = (i + 2 * p - d * (k - 1) - 1) / s + 1
    if value == formula(*drawn):
        return None
    return Wrong("not rounded", conv_output_size(i, k, stride=s, padding=p, dilation=d), f"{value:.2f}")


@slip("plus for minus")
def plus_for_minus(chance: Chance) -> Wrong | None:
    i, k, s, p, d = drawn = size(chance)
    if chance.random() < 0.5:
        return wrong_size("plus for minus", drawn, (i + 2 * p + d * (k - 1) - 1) // s + 1)
    return wrong_size("plus for minus", drawn, (i - 2 * p - d * (k - 1) - 1) // s + 1)


@slip("one added too often or not at all")
def one(chance: Chance) -> Wrong | None:
    i, k, s, p, d = drawn = size(chance)
    return wrong_size("one added too often or not at all", drawn, formula(i, k, s, p, d) - 1)


@slip("pooling skipped")
def pooling_skipped(chance: Chance) -> Wrong | None:
    side, channels = chance.randrange(20, 90), 8 * chance.randrange(1, 20)
    window, features = chance.choice([2, 2, 3]), chance.randrange(10, 500)
    kernel = chance.choice([3, 5])
    layers = [
        Conv2d(channels, kernel, name="conv"),
        MaxPool2d(window, name="pool"),
        Flatten(name="flatten"),
        Linear(features, name="fc"),
    ]
    made = Network((3, side, side), layers)
    value = channels * (side - kernel + 1) ** 2 * features
    return Wrong("pooling skipped", count(made)["fc"].weights, f"{value:,}", made)


@slip("pooling skipped before a convolution")
def pooling_skipped_before(chance: Chance) -> Wrong | None:
    side, kernel, stride = chance.randrange(30, 130), chance.choice([3, 3, 5, 7]), chance.choice([1, 1, 2])
    filters, padding = 8 * chance.randrange(2, 30), chance.choice([0, 1])
    layers = [
        Conv2d(8 * chance.randrange(1, 20), 3, padding=1, name="conv1"),
        MaxPool2d(chance.choice([2, 2, 3]), stride=2, name="pool1"),
        Conv2d(filters, kernel, stride=stride, padding=padding, name="conv2"),
    ]
    made = Network((3, side, side), layers)
    column = chance.choice(["units", "connections"])
    right = count(made)["conv2"][column]
    outputs = ((side + 2 * padding - kernel) // stride + 1) ** 2
    here = made.steps[-1].output_shape[1] ** 2
    value = int(right) // here * outputs
    return (
        None if outputs == here else Wrong("pooling skipped before a convolution", right, f"{value:,}", made)
    )


# --- derivatives and other real numbers -------------------------------------------------------------------


def real(chance: Chance) -> float:
    return round(chance.uniform(0.3, 4.0), 1)


def adjoint(function: Any, **inputs: float) -> Any:
    """Return the last adjoint row of the only input in the reverse trace table."""
    return autodiff.trace(function, **inputs).reverse(labels="names").derivative_of(next(iter(inputs)))[-1]


def written(value: float, digits: int = 6) -> str:
    return f"{value:.{digits}g}"


def differs(stated: str, right: float) -> bool:
    return not math.isclose(float(stated), right, rel_tol=1e-3)


def of_a_derivative(kind: str, right: Any, value: float) -> Wrong | None:
    stated = written(value)
    return Wrong(kind, right, stated) if math.isfinite(value) and differs(stated, right.value) else None


@slip("a sign lost")
def sign_lost(chance: Chance) -> Wrong | None:
    a, x = real(chance), real(chance)
    if chance.random() < 0.5:
        right = adjoint(lambda x: autodiff.cos(a * x), x=x)
        return of_a_derivative("a sign lost", right, a * math.sin(a * x))
    right = adjoint(lambda x: 1 / (x + a), x=x)
    return of_a_derivative("a sign lost", right, 1 / (x + a) ** 2)


@slip("a reciprocal lost")
def reciprocal_lost(chance: Chance) -> Wrong | None:
    a, b, x = real(chance), real(chance), real(chance)
    if chance.random() < 0.5:
        right = adjoint(lambda x: autodiff.ln(a * x + b), x=x)
        return of_a_derivative("a reciprocal lost", right, a * (a * x + b))
    right = adjoint(lambda x: autodiff.sqrt(x + b), x=x)
    return of_a_derivative("a reciprocal lost", right, 2 * math.sqrt(x + b))


@slip("a chain factor missing")
def chain_factor(chance: Chance) -> Wrong | None:
    a, b, x = real(chance), real(chance), real(chance)
    which = chance.randrange(3)
    if which == 0:
        right = adjoint(lambda x: autodiff.sin(a * x + b), x=x)
        return of_a_derivative("a chain factor missing", right, math.cos(a * x + b))
    if which == 1:
        right = adjoint(lambda x: autodiff.exp(-(a * x)), x=x)
        return of_a_derivative("a chain factor missing", right, -math.exp(-a * x))
    right = adjoint(lambda x: autodiff.ln(a * x + b), x=x)
    return of_a_derivative("a chain factor missing", right, 1 / (a * x + b))


@slip("degrees for radians")
def degrees(chance: Chance) -> Wrong | None:
    a, x = real(chance), real(chance)
    right = adjoint(lambda x: autodiff.sin(a * x), x=x)
    return of_a_derivative("degrees for radians", right, a * math.cos(math.radians(a * x)))


@slip("another function")
def other_function(chance: Chance) -> Wrong | None:
    a, x = real(chance), real(chance)
    if chance.random() < 0.5:
        right = adjoint(lambda x: autodiff.sin(a * x), x=x)
        return of_a_derivative("another function", right, a * math.sin(a * x))
    right = adjoint(lambda x: autodiff.cos(a * x), x=x)
    return of_a_derivative("another function", right, -a * math.cos(a * x))


def five_lines(x1: Any, x2: Any) -> Any:
    v1 = x1 * x2
    v2 = autodiff.sin(x1)
    v3 = v2 + v1
    v4 = v1 / x2
    return v3 * v4


@slip("another row of the trace")
def other_row(chance: Chance) -> Wrong | None:
    x1, x2 = real(chance), real(chance)
    table = autodiff.trace(five_lines, x1, x2).reverse()
    value = {"x1": x1, "x2": x2, "v1": x1 * x2, "v2": math.sin(x1)}
    value |= {"v3": value["v2"] + value["v1"], "v4": value["v1"] / x2}
    row, first, second = chance.choice([("v3", "v2", "v1"), ("v4", "v1", "x2"), ("v5", "v3", "v4")])
    other = chance.choice(
        [name for name in value if name not in (first, second) and (name in ("x1", "x2") or name < row)]
    )
    first, second = (other, second) if chance.random() < 0.5 else (first, other)
    a, b = value[first], value[second]
    result = {"v3": a + b, "v4": a / b, "v5": a * b}[row]
    right = next(one for one in table.primal.rows if one.name == row)
    made = of_a_derivative("another row of the trace", right, result)
    return made and replace(made, table=table)


@slip("rounded too early")
def rounded_early(chance: Chance) -> Wrong | None:
    a, b, x = real(chance), real(chance), real(chance)
    right = adjoint(lambda x: autodiff.exp(a * x) * b, x=x)
    inner = round(math.exp(a * x), chance.choice([1, 2]))
    stated = f"{a * b * inner:.4f}"
    if abs(float(stated) - right.value) < 2e-4:
        return None
    return Wrong("rounded too early", right, stated)


@slip("rows for columns")
def transposed(chance: Chance) -> Wrong | None:
    rows = [[chance.randrange(-99, 100) for _ in range(3)] for _ in range(3)]
    right = tuple(tuple(row) for row in rows)
    stated = "; ".join(", ".join(str(row[n]) for row in rows) for n in range(3))
    return Wrong("rows for columns", right, stated)


# --- two slips, and none ----------------------------------------------------------------------------------


@slip("two slips")
def two_slips(chance: Chance) -> Wrong | None:
    layer = network(chance)
    parts = factors(layer, "weights")
    parts.pop(chance.randrange(1, len(parts)))
    value = math.prod(parts)
    kind = chance.choice(["a digit lost", "a digit changed", "two digits swapped"])
    stated = with_digit_slip(chance, value, kind)
    if value == layer.weights or stated == value or value <= 9999:
        return None  # a factor of 1, or two equal digits: that is one slip only, or none
    return wrong("two slips", layer, "weights", stated)


def without_a_slip(chance: Chance) -> Wrong:
    """A value of at least four digits, uniform, that has nothing to do with the right one."""
    layer, column = network(chance), column_of(chance)
    right = getattr(layer, column)
    least = max(1000, right // 10)
    return Wrong(
        "none", layer.right(column), f"{chance.randrange(least, 10 * max(right, 1000)):,}", layer.network
    )


def without_a_slip_in_a_trace(chance: Chance) -> Wrong:
    """A value of five digits, uniform, in a row of a trace table with which it has nothing to do."""
    table = autodiff.trace(five_lines, real(chance), real(chance)).reverse()
    rows = [row for row in (*table.primal.rows, *table.derivative.rows) if row.arguments and row.value]
    row = chance.choice(rows)
    stated = chance.uniform(0.1, 10) * row.value
    return Wrong("none", row, written(stated, 5), table=table)


def of_twenty_layers(chance: Chance) -> Wrong:
    """A value without a slip in a network of twenty layers, in the total or in one layer."""
    layers: list[Any] = []
    for number in range(1, 17):
        layers.append(Conv2d(8 * chance.randrange(2, 40), 3, padding=1, name=f"conv{number}"))
        if number in (5, 10):
            layers.append(MaxPool2d(2, name=f"pool{number}"))
    layers += [Flatten(name="flatten"), Linear(chance.randrange(10, 2000), name="out")]
    made = Network((3, 128, 128), layers)
    counts = count(made)
    row = counts.total if chance.random() < 0.5 else counts[f"conv{chance.randrange(1, 17)}"]
    right = row[chance.choice(["weights", "parameters", "connections"])]
    value = chance.randrange(int(right) // 10, 10 * int(right))
    return Wrong("none", right, f"{value:,}", made)


def draw(kind: str, number: int, seed: int = 1) -> Iterator[Wrong]:
    """Yield that many wrong answers of a kind, the same for the same seed."""
    chance = random.Random(f"{kind} {seed}")
    made = 0
    while made < number:
        one = GENERATORS[kind](chance)
        if one is not None:
            made += 1
            yield one
