"""What sheet 004 states about the residual network of single numbers, judged.

Sheet 004 does both passes line by line. In the scan a "2" often stands for "=", an "N" for "w", and of the
last row of results only the left-hand sides survive. Every formula is evaluated as written at the question's
values; names for local derivatives are filled in by the tape, one line of the network at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nnutils import autodiff
from nnutils.audit import Audit

__all__ = ["audit"]

VALUES = {"x0": 1.0, "w0": 0.5, "b0": 0.1, "w1": -0.2, "b1": 0.15}


def audit() -> Audit:
    """Return the judged audit: values and derivatives from one recorded run of the network."""
    tape = autodiff.trace(_network, **VALUES)
    gradients = tape.gradients()
    here = VALUES | {name: tape[name] for name in ("u", "x1", "y1", "s", "z")}
    adjoints = tape.adjoints(seed=1.0) | gradients
    given = here | _local_derivatives(here) | {"relu": lambda v: max(v, 0)}
    given |= {"dz_dy1": adjoints["y1"], "dz_dx1": adjoints["x1"]}
    right = _right_values(here, given, adjoints, gradients)

    judged = Audit.of(__file__)
    # The same row of the sheet held the value for b1, which is 1 and is lost elsewhere.
    slips = {"gradient-w1": {"x0 put in for x1": VALUES["x0"]}}
    for claim in judged.claims:
        name = claim.id.split("-", 2)[2]
        if claim.kind == "step":
            inside = here["s"] if name.startswith("z") else here["u"]
            judged.check(claim.id, inside > 0, evidence=f"it is {inside:g}")
        else:
            judged.check(claim.id, right[name], given=given, slips=slips.get(name))
    judged.figures.update(judged.counts())
    judged.figures.update(
        x1=round(here["x1"], 12), b1_right=gradients["b1"], w1_stated=judged.number("004-q1-gradient-w1")
    )
    return judged


def _network(x0: Any, w0: Any, b0: Any, w1: Any, b1: Any) -> Any:
    """Return z, for recording; x1, y1 and the insides of both ReLUs are named."""
    u = autodiff.named("u", x0 * w0 + b0)
    x1 = autodiff.named("x1", autodiff.relu(u))
    y1 = autodiff.named("y1", x1 * w1 + b1)
    s = autodiff.named("s", y1 + x0)
    return autodiff.named("z", autodiff.relu(s))


def _local_derivatives(here: dict[str, float]) -> dict[str, float]:
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


def _right_values(
    here: dict[str, float], local: dict[str, Any], adjoints: dict[str, float], gradients: dict[str, float]
) -> dict[str, float]:
    """Return what each statement is compared with, by the end of its id."""
    right = {name: here[name] for name in ("x0", "w0", "w1", "b0", "b1", "x1", "y1", "z")}
    right |= {"x1-sum": here["u"], "z-sum": here["s"], "y1-product": here["x1"] * here["w1"]}
    right |= {"dz-ds": local["dz_ds"], "ds-dy1": local["ds_dy1"]}
    for stem in ("x1", "y1", "z"):
        right |= {f"{stem}-{kind}": here[stem] for kind in ("definition", "formula", "numbers")}
    for name in ("y1", "x1", "w1", "b1", "w0", "b0"):
        right |= {f"dz-d{name}{kind}": adjoints[name] for kind in ("", "-chain", "-local", "-product")}
    for name in ("w1", "w0", "b1", "b0"):
        right |= {f"gradient-{name}{kind}": gradients[name] for kind in ("", "-formula")}
    return right
