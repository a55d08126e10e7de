"""What sheets 000 and 001 state about sorting two numbers, judged.

Sheet 000 builds the network with six hidden units, sheet 001 the one with four. Two things needed a reading.

- The drawing with the hidden units of sheet 000 is lost. Among all units relu(a x1 + b x2) with a, b in
  {-1, 0, 1} a search finds those that satisfy its three identities. So an identity is judged by whether any
  units have it; h1, which is written out, and the outputs are judged on the units found.
- Sheet 001 never writes the ReLU in its formulas for h. Its formula for y takes h as what comes out of a
  hidden unit, so its formulas for h are judged as that, unless its formula for y sorts with the other
  reading too.

Each network is the sheet's own. The matrices of sheet 001 are not compared with anybody's: the first has to
hold the coefficients of its formulas for h, the second is the only one that sorts with these hidden units,
found by solving for it. It stores a unit in each column, so that its first matrix is the transpose of the
book's. Every formula is evaluated as written on a grid of exact fractions that contains ties, zeros and all
signs, and at random fractions.
"""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import sympy

from nnutils.audit import Audit, evaluate
from nnutils.numerics import MLP, sorting_error

__all__ = ["audit"]

Sample = dict[str, Any]
Unit = tuple[int, int]

VALUES = [Fraction(n, 2) for n in range(-4, 5)]
RANDOM_POINTS = 20
UNITS: list[Unit] = [(a, b) for a, b in product((-1, 0, 1), repeat=2) if a or b]
SIX = range(1, 7)
BEFORE_THE_RELU = "h is the value before the ReLU"
NO_RELU = "the ReLU of the hidden layer"


def audit() -> Audit:
    """Return the judged audit: values on a grid, and the exact error of a network on the plane."""
    judged = Audit.of(__file__)
    points = _points()
    drawings = _lost_drawings(judged, points)
    samples = [{**s, **_hidden(drawings[0], s)} for s in points]
    _six_units(judged, samples, drawings)
    _matrices(judged, samples)
    _hidden_units(judged, samples)
    _scalar_formulas(judged, samples)
    _argument_by_cases(judged, samples)
    _signs(judged, samples)
    _purposes(judged, samples)
    judged.figures.update(without_relu=_without_relu(judged))
    return judged


def _relu(z: Any) -> Any:
    return np.maximum(0, z)


def _low(s: Sample) -> Any:
    return min(s["x1"], s["x2"])


def _high(s: Sample) -> Any:
    return max(s["x1"], s["x2"])


FUNCTIONS = {"relu": _relu, "abs": abs, "min": min, "max": max}


def _points() -> list[Sample]:
    """Return the points of the grid, and random ones without ties and zeros."""
    pairs = list(product(VALUES, VALUES))
    generator = random.Random(0)
    pairs += [
        (Fraction(generator.randint(-99, 99), 7), Fraction(generator.randint(-99, 99), 11))
        for _ in range(RANDOM_POINTS)
    ]
    return [{"x1": x1, "x2": x2, "x": np.array([x1, x2])} for x1, x2 in pairs]


# --- sheet 000 ----------------------------------------------------------------------------------------------


def _hidden(units: tuple[Unit, ...], s: Sample) -> Sample:
    """Return the six hidden values at one point."""
    return {f"h{i}": _relu(a * s["x1"] + b * s["x2"]) for i, (a, b) in zip(SIX, units, strict=True)}


def _lost_drawings(judged: Audit, points: list[Sample]) -> list[tuple[Unit, ...]]:
    """Return every choice of the six units that satisfies the sheet's three identities."""

    def output(unit: Unit, s: Sample) -> Any:
        return _relu(unit[0] * s["x1"] + unit[1] * s["x2"])

    def fits(left: Unit, right: Unit, expression: str, names: tuple[str, str], value: Any) -> bool:
        return all(
            evaluate(expression, {names[0]: output(left, s), names[1]: output(right, s)}) == value(s)
            for s in points
        )

    def pairs(name: str, names: tuple[str, str], value: Any) -> list[tuple[Unit, Unit]]:
        expression = judged.claim(f"000-q1-{name}").expression
        return [pair for pair in product(UNITS, UNITS) if fits(*pair, expression, names, value)]

    one_two = pairs("identity-x1", ("h1", "h2"), lambda s: s["x1"])
    three_four = pairs("identity-abs", ("h3", "h4"), lambda s: abs(s["x1"] - s["x2"]))
    five_six = pairs("identity-x2", ("h5", "h6"), lambda s: s["x2"])
    return [(*a, *b, *c) for a, b, c in product(one_two, three_four, five_six)]


def _coefficients(expression: str, names: list[str]) -> list[Fraction]:
    """Return the coefficients of an expression that is linear in its names."""
    units = [{name: Fraction(int(name == other)) for name in names} for other in names]
    return [Fraction(str(evaluate(expression, unit))) for unit in units]


def _six_units(judged: Audit, samples: list[Sample], drawings: list[tuple[Unit, ...]]) -> None:
    """Judge sheet 000: its identities, its outputs, and what the lost drawing must have held."""
    right = {
        "max-identity": _high,
        "min-identity": _low,
        "h1": lambda s: s["h1"],
        "identity-x1": lambda s: s["x1"],
        "identity-x2": lambda s: s["x2"],
        "identity-abs": lambda s: abs(s["x1"] - s["x2"]),
        "max-output": _high,
        "min-output": _low,
    }
    for name, value in right.items():
        judged.check(f"000-q1-{name}", value, given=FUNCTIONS, samples=samples)

    names = [f"h{i}" for i in SIX]
    low, high = (
        _coefficients(judged.claim(f"000-q1-{name}-output").expression, names) for name in ("min", "max")
    )
    judged.check("000-q1-output-weights", sorted({str(weight) for weight in high}, reverse=True))
    errors = [sorting_error(MLP([(units, [0] * len(SIX)), ([low, high], [0, 0])]))[0] for units in drawings]
    evidence = f"the largest error on the plane is {max(errors)}"
    judged.check("000-q1-max-conclusion", max(errors) == 0, evidence=evidence)
    judged.check(
        "000-q1-hidden-figure",
        bool(drawings) and max(errors) == 0,
        evidence=f"{len(drawings)} choices of units have the three identities; {evidence}",
    )


# --- sheet 001 ----------------------------------------------------------------------------------------------


def _stated_matrices(judged: Audit) -> tuple[Any, Any]:
    return np.array(judged.claim("001-q1-w1").stated), np.array(judged.claim("001-q1-w2").stated)


def _from_the_units(judged: Audit) -> tuple[list[list[Any]], list[Any]]:
    """Return the coefficients of the sheet's formulas for h, a column for each unit, and what they add."""
    formulas = [judged.claim(f"001-q1-h{i}").expression for i in range(1, 5)]
    at_zero = [evaluate(formula, {"x1": 0, "x2": 0}) for formula in formulas]
    columns = [
        _coefficients(f"({formula}) - ({z})", ["x1", "x2"])
        for formula, z in zip(formulas, at_zero, strict=True)
    ]
    return [list(row) for row in zip(*columns, strict=True)], at_zero


def _that_sort(judged: Audit, samples: list[Sample]) -> tuple[list[list[Any]], list[Any]]:
    """Return the output weights and biases with which the sheet's hidden units sort: there are no others."""
    first, biases = _from_the_units(judged)
    hidden = [[*(_relu(np.array(first).T @ s["x"] + biases)), 1] for s in samples]
    left = sympy.Matrix([[sympy.Rational(str(h)) for h in row] for row in hidden])
    right = sympy.Matrix([[sympy.Rational(str(y)) for y in (_low(s), _high(s))] for s in samples])
    assert left.rank() == left.shape[1], "several output layers sort"
    solved = (left.T * left).LUsolve(left.T * right)
    assert left * solved == right, "no output layer sorts"
    rows = [[Fraction(str(entry)) for entry in row] for row in solved.tolist()]
    return rows[:-1], rows[-1]


def _matrices(judged: Audit, samples: list[Sample]) -> None:
    """Judge the matrices, biases and shapes of sheet 001 by its own formulas for h, and by what sorts."""
    first, b1 = _from_the_units(judged)
    second, b2 = _that_sort(judged, samples)
    judged.check("001-q1-w1", first)
    judged.check("001-q1-w2", second)
    judged.check("001-q1-w1-shape", np.shape(first))
    judged.check("001-q1-w2-shape", np.shape(second))
    judged.check("001-q1-b1", b1)
    judged.check("001-q1-b2", b2)
    judged.check("001-q1-x-vector", samples[0]["x"].shape)
    judged.check("001-q1-y-vector", np.shape([_low(samples[0]), _high(samples[0])]))
    signs = {True: "+", False: "-"}
    judged.check("001-q1-weight-h1", [signs[second[0][0] > 0]])
    judged.check("001-q1-weight-h2", second[1][0])


def _hidden_units(judged: Audit, samples: list[Sample]) -> None:
    """Judge the formulas for h and y of sheet 001 together: they mean one h."""
    first, second = _stated_matrices(judged)
    b1, b2 = (evaluate(judged.claim(f"001-q1-{name}").expression, {}) for name in ("b1", "b2"))
    matrices = {"W1": first, "b1": np.array(b1), "W2": second, "b2": np.array(b2)}
    before = [first.T @ s["x"] for s in samples]
    after = [_relu(z) for z in before]
    output = judged.claim("001-q1-output-formula").expression

    def sorts(hidden: list[Any]) -> bool:
        """Say whether the sheet's formula for y gives minimum and maximum with this h."""
        found = [np.asarray(evaluate(output, {**matrices, "h": h})) for h in hidden]
        return all(tuple(y) == (_low(s), _high(s)) for y, s in zip(found, samples, strict=True))

    assert sorts(after)
    readings = {BEFORE_THE_RELU: before} if sorts(before) else {}
    lost = [h - z for h, z in zip(after, before, strict=True)]
    for i in range(first.shape[1]):
        judged.check(
            f"001-q1-h{i + 1}",
            [h[i] for h in after],
            samples=samples,
            conventions={name: [z[i] for z in values] for name, values in readings.items()},
            missing={NO_RELU: [part[i] for part in lost]},
        )
    judged.check(
        "001-q1-hidden-formula",
        after,
        given=matrices,
        samples=samples,
        conventions=readings,
        missing={NO_RELU: lost},
    )
    judged.check(
        "001-q1-output-formula",
        lambda s: np.array([_low(s), _high(s)]),
        given=matrices,
        samples=[{**s, "h": h} for s, h in zip(samples, after, strict=True)],
    )


def _scalar_formulas(judged: Audit, samples: list[Sample]) -> None:
    """Judge the definitions of sheet 001 and its outputs without matrices."""
    right = {
        "request-y1": _low,
        "request-y2": _high,
        "y1-formula": _low,
        "y2-formula": _high,
        "split-identity": lambda s: s["x1"],
    }
    for name, value in right.items():
        judged.check(f"001-q1-{name}", value, given=FUNCTIONS, samples=samples)

    numbers = [{"z": s["x1"]} for s in samples]
    judged.check("001-q1-relu-formula", lambda s: _relu(s["z"]), given=FUNCTIONS, samples=numbers)
    unit = {"w": np.array([2, -3]), "b": Fraction(1, 2), "phi": _relu}
    judged.check(
        "001-q1-neuron",
        lambda s: _relu(2 * s["x1"] - 3 * s["x2"] + Fraction(1, 2)),
        given=unit,
        samples=samples,
    )
    rectified = all(_relu(s["x1"]) == (s["x1"] if s["x1"] > 0 else 0) for s in samples)
    judged.check("001-q1-relu-name", rectified, evidence="linear above 0, cut off below")


def _argument_by_cases(judged: Audit, samples: list[Sample]) -> None:
    """Judge the argument of sheet 001, each line at the points of its case, and whether a case is missing."""
    greater = [s for s in samples if s["x1"] > s["x2"]]
    less = [s for s in samples if s["x1"] < s["x2"]]
    steps = {
        "min-greater-expand": (greater, _low),
        "min-greater-result": (greater, _low),
        "min-less-result": (less, _low),
        "max-greater-expand": (greater, _high),
        "max-greater-result": (greater, _high),
        "max-less-expand": (less, _high),
        "max-less-result": (less, _high),
    }
    for name, (where, right) in steps.items():
        judged.check(f"001-q1-{name}", right, given=FUNCTIONS, samples=where)

    signs = {1: "x1 > x2", -1: "x1 < x2", 0: "x1 = x2"}
    met = {signs[(s["x1"] > s["x2"]) - (s["x1"] < s["x2"])] for s in samples}
    for name in ("min-cases", "max-cases", "every-condition"):
        judged.check(f"001-q1-{name}", sorted(met))


def _signs(judged: Audit, samples: list[Sample]) -> None:
    """Judge what sheet 001 says about signs, and that its network sorts negative numbers too."""
    greater = [s for s in samples if s["x1"] > s["x2"]]
    less = [s for s in samples if s["x1"] < s["x2"]]
    below = [s for s in samples if s["x1"] < 0]
    signs = {
        "min-greater-sign": [s["x1"] - s["x2"] > 0 for s in greater],
        "min-less-sign": [s["x1"] - s["x2"] < 0 for s in less],
        "max-greater-sign": [s["x2"] - s["x1"] < 0 for s in greater],
        "max-less-sign": [s["x2"] - s["x1"] > 0 for s in less],
        "negative-sign": [-s["x1"] > 0 for s in below],
        "negative-relu": [_relu(s["x1"]) == 0 for s in below],
    }
    for name, holds in signs.items():
        judged.check(f"001-q1-{name}", all(holds), evidence=f"at {len(holds)} points")

    first, second = _stated_matrices(judged)
    negative = [s for s in samples if s["x1"] < 0 and s["x2"] < 0]
    judged.check(
        "001-q1-negative-inputs",
        all(tuple(second.T @ _relu(first.T @ s["x"])) == (_low(s), _high(s)) for s in negative),
        evidence=f"at {len(negative)} points",
    )


def _purposes(judged: Audit, samples: list[Sample]) -> None:
    """Judge which quantities the hidden layer is said to carry: the list names them in another order."""
    first, _ = _stated_matrices(judged)
    stated = judged.claim("001-q1-hidden-purpose").stated
    purposes = [str(text) for text in stated] if isinstance(stated, list) else []
    carried = []
    for column in range(first.shape[1]):
        unit = [(first.T @ s["x"])[column] for s in samples]
        named = [text for text in purposes if [evaluate(text, s) for s in samples] == unit]
        carried.extend(named or [f"unit {column + 1}: something else"])
    judged.check("001-q1-hidden-purpose", carried)


def _without_relu(judged: Audit) -> str:
    """Return what the formulas of sheet 001, taken literally, make of either output, as LaTeX."""
    first, second = _stated_matrices(judged)
    linear = MLP([(second.T @ first.T, [0, 0])])
    (formula,) = {line.partition(" = ")[2] for line in linear.formulas()}
    return formula.replace("x", "x_")
