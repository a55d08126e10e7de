"""The value of a tree, in each reading that it allows: which logarithm, which kilobyte, what a percent is."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from nnutils import autodiff
from nnutils.lint.language.tree import Node
from nnutils.lint.language.words import UNITS
from nnutils.lint.values.interval import UndefinedError, Value, applied, written_value
from nnutils.lint.values.series import series_terms

__all__ = ["CONSTANTS", "MOST_READINGS", "SMOOTH", "Reading", "compute", "readings"]

MOST_READINGS = 32
"""So many ways to read one statement are tried."""

_MOST_TERMS = 100_000
_MOST_FACTORIAL = 300

CONSTANTS = {"π": Fraction(math.pi), "pi": Fraction(math.pi), "e": Fraction(math.e)}
"""Constants, unless the sheet gives the name another value."""


SMOOTH: dict[str, Callable[[Any], Any]] = {
    name: getattr(autodiff, name)
    for name in ("exp", "ln", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "sigmoid", "softplus")
} | {"logistic": autodiff.sigmoid}
"""Functions of one number, those of the tape: they compute with floats and with traced values alike."""

_LOGARITHMS: dict[str, Callable[[float], float]] = {"ln": math.log, "log10": math.log10, "log2": math.log2}


@dataclass(frozen=True)
class Reading:
    """One way to read a statement: values of names, and what its signs and words mean."""

    names: Mapping[str, Value] = field(default_factory=dict)
    logarithm: str = "ln"
    percent: Fraction = Fraction(1, 100)
    unit: int = 0
    """Which size of a unit is meant; -1: it is a word only."""
    series: int = 0
    terms: int = _MOST_TERMS
    """So many terms a sum over an index may have; sums inside it share them."""
    tight: bool = False
    """Whether a product without a sign binds more tightly than a division: 1/2x as 1/(2x)."""


_SEVERAL_READINGS = frozenset(("call", "percent", "unit", "series"))
"""Operations that may be read in several ways; names may be, too, and products without a sign."""


def readings(nodes: Sequence[Node], names: Mapping[str, Sequence[Value]]) -> Iterator[Reading]:
    """Yield the ways to read trees, the most natural one first.

    ``names`` are the values that each name may have, the likeliest first.
    """
    every = [node for root in nodes for node in root.walk()]
    operations = {node.operation for node in every}
    if not names and operations.isdisjoint(_SEVERAL_READINGS) and not any(node.loose for node in every):
        yield Reading()
        return
    written = {node.text for node in every if node.operation == "name"}
    used = [name for name in names if name in written]
    choices: list[list[object]] = [list(names[name]) for name in used]
    logs = any(node.operation == "call" and node.text == "log" for node in every)
    choices.append(["ln", "log10", "log2"] if logs else ["ln"])
    choices.append([Fraction(1, 100), Fraction(1)] if "percent" in operations else [Fraction(1, 100)])
    choices.append([0, 1, -1] if "unit" in operations else [0])
    choices.append([0, 1] if "series" in operations else [0])
    loose = any(node.loose for node in every) and "divide" in operations
    choices.append([False, True] if loose else [False])
    for chosen in itertools.islice(itertools.product(*choices), MOST_READINGS):
        *values, logarithm, percent, unit, series, tight = chosen
        yield Reading(
            dict(zip(used, values, strict=True)),  # type: ignore[arg-type]
            str(logarithm),
            percent,  # type: ignore[arg-type]
            int(unit),  # type: ignore[call-overload]
            int(series),  # type: ignore[call-overload]
            tight=bool(tight),
        )


def compute(node: Node, reading: Reading) -> Value:
    """Return the value of a tree in one reading.

    Raises:
        UndefinedError: with the cause: a name without a value, a function that is not known, no value at all.
    """
    operation = node.operation
    if operation == "number":
        assert node.number is not None
        return written_value(node.number)
    if operation == "name":
        return _named(node.text, reading)
    if operation == "unit":
        sizes = UNITS[node.text]
        return _exact(Fraction(1) if reading.unit < 0 else sizes[min(reading.unit, len(sizes) - 1)])
    if operation in ("sum", "product"):
        return _over_an_index(node, reading)
    if operation in ("vector", "matrix"):
        raise UndefinedError("context")
    if operation == "call":
        return _called(node, reading)
    if operation == "multiply" and reading.tight and node.loose and node.arguments[0].operation == "divide":
        above, below = node.arguments[0].arguments
        return compute(above, reading) / (compute(below, reading) * compute(node.arguments[1], reading))
    values = [compute(part, reading) for part in node.arguments]
    return _OPERATIONS[operation](values, reading, node)


def _named(name: str, reading: Reading) -> Value:
    if name in reading.names:
        return reading.names[name]
    if name in CONSTANTS:
        value = CONSTANTS[name]
        return Value(value, value, value, False)
    raise UndefinedError("name")


def _exact(value: Fraction | int) -> Value:
    value = Fraction(value)
    return Value(value, value, value)


def _called(node: Node, reading: Reading) -> Value:
    name, values = node.text, [compute(part, reading) for part in node.arguments]
    if name in ("max", "min") and values:
        choose = max if name == "max" else min
        return Value(
            choose(one.nominal for one in values),
            choose(one.low for one in values),
            choose(one.high for one in values),
            all(one.exact for one in values),
        )
    if name == "sum" and values:
        return sum(values[1:], values[0])
    if name == "binom" and len(values) == 2 and all(v.nominal.denominator == 1 and v.certain for v in values):
        n, k = (int(one.nominal) for one in values)
        if not 0 <= k <= n <= _MOST_FACTORIAL * 4:
            raise UndefinedError
        return _exact(math.comb(n, k))
    if name == "root" and len(values) == 2:
        return values[1] ** (_exact(1) / values[0])
    if name == "log" and len(values) == 2:
        return applied(math.log, values[0]) / applied(math.log, values[1])
    if len(values) != 1:
        raise UndefinedError("function")
    one = values[0]
    if name in reading.names:
        return reading.names[name] * one
    if name == "sqrt":
        return _root(one)
    if name in ("abs", "floor", "ceil", "round", "int"):
        return _OPERATIONS[name](values, reading, node)
    if name == "relu":
        zero = Fraction(0)
        return Value(max(one.nominal, zero), max(one.low, zero), max(one.high, zero), one.exact)
    if name == "log":
        return applied(_LOGARITHMS[reading.logarithm], one)
    if name in SMOOTH:
        return applied(SMOOTH[name], one)
    raise UndefinedError("function")


def _root(one: Value) -> Value:
    if one.low < 0:
        raise UndefinedError
    above, below = math.isqrt(one.nominal.numerator), math.isqrt(one.nominal.denominator)
    root = Fraction(above, below)
    if one.low == one.high and root**2 == one.nominal:
        return _exact(root)
    return applied(math.sqrt, one)


def _over_an_index(node: Node, reading: Reading) -> Value:
    low, high, body = node.arguments
    first, last = (compute(part, reading) for part in (low, high))
    if not (first.nominal.denominator == last.nominal.denominator == 1 and first.certain and last.certain):
        raise UndefinedError
    count = int(last.nominal - first.nominal) + 1
    if count > (reading.terms if node.operation == "sum" else min(reading.terms, _MOST_FACTORIAL)):
        raise UndefinedError("too large")
    made = _exact(0 if node.operation == "sum" else 1)
    for index in range(int(first.nominal), int(last.nominal) + 1):
        names = {**reading.names, node.text: _exact(index)}
        one = compute(body, replace(reading, names=names, terms=reading.terms // count))
        made = made + one if node.operation == "sum" else made * one
    return made


def _series(values: list[Value], reading: Reading, node: Node) -> Value:
    terms = series_terms([one.nominal for one in values], reading.series)
    if terms is None or not all(one.certain for one in values):
        raise UndefinedError("unreadable")
    if node.text == "+":
        return _exact(sum(terms, Fraction(0)))
    made = _exact(1)
    for term in terms:
        made = made * _exact(term)
    return made


def _factorial(values: list[Value], reading: Reading, node: Node) -> Value:
    one = values[0]
    if one.nominal.denominator != 1 or not one.certain or not 0 <= one.nominal <= _MOST_FACTORIAL:
        raise UndefinedError
    step = 2 if node.text == "!!" else 1
    return _exact(math.prod(range(int(one.nominal), 0, -step)))


def _absolute(values: list[Value], reading: Reading, node: Node) -> Value:
    one = values[0]
    ends = [abs(one.low), abs(one.high)]
    least = Fraction(0) if one.low <= 0 <= one.high else min(ends)
    return Value(abs(one.nominal), least, max(ends), one.exact)


_Operation = Callable[[list[Value], Reading, Node], Value]
_OPERATIONS: dict[str, _Operation] = {
    "add": lambda v, r, n: v[0] + v[1],
    "subtract": lambda v, r, n: v[0] - v[1],
    "multiply": lambda v, r, n: v[0] * v[1],
    "divide": lambda v, r, n: v[0] / v[1],
    "power": lambda v, r, n: v[0] ** v[1],
    "negative": lambda v, r, n: -v[0],
    "group": lambda v, r, n: v[0],
    "percent": lambda v, r, n: v[0] * _exact(r.percent),
    "floor": lambda v, r, n: v[0].rounded_to_whole(math.floor),
    "ceil": lambda v, r, n: v[0].rounded_to_whole(math.ceil),
    "int": lambda v, r, n: v[0].rounded_to_whole(math.trunc),
    "round": lambda v, r, n: v[0].rounded_to_whole(round),
    "abs": _absolute,
    "factorial": _factorial,
    "series": _series,
}
