"""What sheet 004 states about the residual network of single numbers, judged.

Sheet 004 does both passes line by line. In the scan a "2" often stands for "=", an "N" for "w", and of the
last row of results only the left-hand sides survive.

A number is judged at the question's values. A formula in symbols is judged at random points, forward formulas
on both sides of the ReLUs' kinks. The sheet writes beside its derivatives that the ReLUs are on; so these are
judged where they are. Names for local derivatives are filled in by the tape, one line of the network at a
time.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from nnutils import autodiff
from nnutils.audit import Audit

__all__ = ["audit"]

Point = dict[str, Any]

VALUES = {"x0": 1.0, "w0": 0.5, "b0": 0.1, "w1": -0.2, "b1": 0.15}
POINTS = 40


def audit() -> Audit:
    """Return the judged audit: values and derivatives from recorded runs of the network."""
    judged = Audit.of(__file__)
    here = _run(VALUES)
    points = [_run(point) for point in _random_points()]
    on = [point for point in points if point["u"] > 0 and point["s"] > 0]
    assert 4 <= len(on) < len(points), "some points on each side of the kinks"
    # The same row of the sheet held the value for b1, which is 1 and is lost elsewhere.
    slips = {"gradient-w1": {"x0 put in for x1": VALUES["x0"]}}
    for claim in judged.claims:
        name = claim.id.split("-", 2)[2]
        if claim.kind == "step":
            inside = here["s"] if name.startswith("z") else here["u"]
            judged.check(claim.id, inside > 0, evidence=f"it is {inside:g}")
        elif claim.judged_as == "number" or name.endswith("numbers"):
            judged.check(claim.id, _right(name, here), given=here, slips=slips.get(name))
        else:
            derivative = name.startswith(("d", "gradient"))
            samples = on if derivative else points
            judged.check(claim.id, [_right(name, point) for point in samples], samples=samples)
    judged.figures.update(judged.counts())
    judged.figures.update(
        x1=round(here["x1"], 12), b1_right=_right("db1", here), w1_stated=judged.number("004-q1-gradient-w1")
    )
    return judged


def _random_points() -> list[Point]:
    """Return inputs, weights and biases between -2 and 2."""
    generator = random.Random(1)
    return [{name: generator.uniform(-2, 2) for name in VALUES} for _ in range(POINTS)]


def _network(x0: Any, w0: Any, b0: Any, w1: Any, b1: Any) -> Any:
    """Return z, for recording; x1, y1 and the insides of both ReLUs are named."""
    u = autodiff.named("u", x0 * w0 + b0)
    x1 = autodiff.named("x1", autodiff.relu(u))
    y1 = autodiff.named("y1", x1 * w1 + b1)
    s = autodiff.named("s", y1 + x0)
    return autodiff.named("z", autodiff.relu(s))


def _run(values: Point) -> Point:
    """Return every value at one point, that of z with respect to each as 'right d...', and the local ones."""
    tape = autodiff.trace(_network, **values)
    here = values | {name: tape[name] for name in ("u", "x1", "y1", "s", "z")}
    adjoints = tape.adjoints(seed=1.0) | tape.gradients()
    right = {f"right d{name}": adjoints[name] for name in ("y1", "x1", "w1", "b1", "w0", "b0")}
    first_factors = {"dz_dy1": adjoints["y1"], "dz_dx1": adjoints["x1"], "relu": lambda v: max(v, 0)}
    return here | _local_derivatives(here) | first_factors | right


def _local_derivatives(here: Point) -> Point:
    """Return the derivative of each line of the network by each of its inputs, from a tape of its own."""

    def slope(function: Callable[..., Any], by: str, *names: str) -> float:
        found: float = autodiff.trace(function, **{name: here[name] for name in names}).gradients()[by]
        return found

    def first(x0: Any, w0: Any, b0: Any) -> Any:
        return x0 * w0 + b0

    def second(x1: Any, w1: Any, b1: Any) -> Any:
        return x1 * w1 + b1

    local = {
        "dz_ds": slope(lambda s: autodiff.relu(s), "s", "s"),
        "ds_dy1": slope(lambda y1, x0: y1 + x0, "y1", "y1", "x0"),
        "dx1_du": slope(lambda u: autodiff.relu(u), "u", "u"),
    }
    local |= {f"du_d{name}": slope(first, name, "x0", "w0", "b0") for name in ("w0", "b0")}
    return local | {f"dy1_d{name}": slope(second, name, "x1", "w1", "b1") for name in ("x1", "w1", "b1")}


def _right(name: str, point: Point) -> float:
    """Return what a statement is compared with at one point, by the end of its id."""
    inner = {"x1-sum": "u", "z-sum": "s", "dz-ds": "dz_ds", "ds-dy1": "ds_dy1"}
    value: float
    if name == "y1-product":
        value = point["x1"] * point["w1"]
    elif name in inner:
        value = point[inner[name]]
    elif name.startswith(("dz-", "gradient-")):
        value = point[f"right d{name.split('-')[1].removeprefix('d')}"]
    elif name.startswith("d"):
        value = point[f"right {name}"]
    else:
        value = point[name.split("-")[0]]
    return value
