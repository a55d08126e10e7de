r"""What sheets 000 and 001 state about the residual block, judged on one random instance.

Gradients have several layouts, and a rule may be right in one and wrong in another. So each rule of the
sheets is evaluated as written in three of them:

- columns (the book's): vectors n x 1, z = W x + b, gradients of matrices shaped like the matrix;
- rows: vectors 1 x n, gradients too, z = W x + b, gradients of matrices transposed;
- row network: vectors 1 x n, z = x W + b, so W stands for the book's W transposed.

Sheet 000 writes no ybar: it differentiates y itself. This is right for the loss L = sum of y, where ybar is
all ones. So the rules are also tried with that loss. Where a sheet writes a product without saying which, it
is taken entry by entry if the shapes are equal, and as a matrix product otherwise.

A sheet's rules are one list, so they are judged together: where a rule uses what an earlier one gives, it
gets what the sheet's own rule gives there. A rule that is right only with the right adjoints before it lacks
them.

For a rule that is right in no reading the audit looks for the slip, in the layout that comes closest. Leaving
one thing as the sheet has it and computing the rest must give the sheet's formula exactly; otherwise it is
not the slip. Sheet 001 also writes each rule as a chain of local derivatives. These are Jacobian matrices,
and for V and W arrays with three indices; they are built by differentiating the block's four lines one at a
time.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np
import numpy.typing as npt

from nnutils import autodiff
from nnutils.audit import Audit, Reading, UndefinedOperationError, evaluate
from nnutils.autodiff import Trace
from nnutils.core.errors import ClaimError

__all__ = ["audit"]

Array = npt.NDArray[np.float64]
Values = dict[str, Any]

ENTRIES = 4
LAYOUTS = ("columns", "rows", "row network")
ANY_SUM = ", L = sum of y"
CLOSEST = {"000": "rows", "001": "row network"}
"""The layout in which every product that a sheet writes exists."""

TWICE = "the path through r is counted twice, the skip not at all"
EXACT = 1e-12  # relative: sums of a few products in double precision

ADJOINT_OF = {f"000-q2-{name}": name for name in ("r", "h", "z", "b", "x")}
ADJOINT_OF |= {"000-q2-c-equals-r": "c", "000-q2-v": "V", "000-q2-w": "W"}
ADJOINT_OF |= {f"001-q2-{name}bar": name for name in ("r", "h", "c", "z", "b", "x")}
ADJOINT_OF |= {"001-q2-hbar-two-terms": "h", "001-q2-vbar": "V", "001-q2-wbar": "W"}
"""The letter whose adjoint each rule gives."""


def audit() -> Audit:
    """Return the judged audit: each rule in every layout, each chain from local derivatives by the tape."""
    random = np.random.default_rng(0)
    shapes = {
        name: (ENTRIES, ENTRIES) if name in "WV" else (ENTRIES, 1) for name in ("x", "W", "b", "V", "c")
    }
    inputs = {name: random.normal(size=shape) for name, shape in shapes.items()}
    tape = autodiff.trace(_block, **inputs)
    values = _quantities(tape, inputs, random.normal(size=(ENTRIES, 1)))
    readings = {layout: _in_layout(layout, values) for layout in LAYOUTS}
    values_of_sum = _quantities(tape, inputs, np.ones((ENTRIES, 1)))
    readings |= {layout + ANY_SUM: _in_layout(layout, values_of_sum) for layout in LAYOUTS}

    judged = Audit.of(__file__)
    nowhere = _check_rules(judged, tape, readings)
    _check_slips(judged, tape, readings)
    _check_chains(judged, tape, values, readings["row network"])
    _check_graphs(judged, tape)
    in_rows = [name for name in ADJOINT_OF if name.startswith("000")]
    judged.figures.update(
        rules_000=len(in_rows),
        right_000=sum(_right(judged, name, readings["rows" + ANY_SUM]) for name in in_rows),
        right_nowhere=nowhere,
        errors_after_slip=_errors_after_slip(values),
    )
    return judged


# --- the block and its quantities ---------------------------------------------------------------------------


def _dphi(z: Array) -> Array:
    return 1 - np.tanh(z) ** 2


phi = autodiff.function("phi", np.tanh, _dphi)


def _block(x: Any, W: Any, b: Any, V: Any, c: Any) -> Any:
    z = autodiff.named("z", W @ x + b)
    h = autodiff.named("h", phi(z) + x)
    r = autodiff.named("r", V @ h + c)
    return autodiff.named("y", phi(r) + h)


def _quantities(tape: Trace, inputs: Values, ybar: Array) -> Values:
    """Return every quantity of the block, and its adjoint as '...bar'."""
    values: Values = inputs | {name: tape[name] for name in "zhry"} | {"ones": np.ones((ENTRIES, 1))}
    values |= {"phi_prime_z": _dphi(tape["z"]), "phi_prime_r": _dphi(tape["r"])}
    adjoints = tape.adjoints(seed=ybar) | tape.gradients(seed=ybar)
    values |= {f"{name}bar": adjoints[name] for name in (*inputs, "z", "h", "r")}
    return values | {"ybar": ybar}


def _in_layout(layout: str, values: Values) -> Values:
    """Return the quantities in one layout, with sheet 000's names too."""
    turned = dict(values)
    if layout != "columns":
        names = [name for name in values if name not in ("W", "V") or layout == "row network"]
        turned |= {name: values[name].T for name in names}
    return turned | {f"dy_d{name}": turned[f"{name}bar"] for name in "rhz"} | {"mul": _product}


def _product(a: Array, b: Array) -> Array:
    """Multiply entry by entry if the shapes are equal, else as matrices."""
    if a.shape == b.shape:
        return a * b
    if a.shape[1] != b.shape[0]:
        raise UndefinedOperationError(f"{a.shape} and {b.shape} have no product.")
    return a @ b


# --- rules as written ---------------------------------------------------------------------------------------


def _own(judged: Audit, sheet: str, reading: Values) -> Values:
    """Return the quantities of a reading, with the adjoints as the sheet's own final rules give them.

    Where a rule asks for the impossible in this layout, its adjoint is left out.
    """
    own = dict(reading)
    for claim_id, letter in ADJOINT_OF.items():
        name = f"dy_d{letter}" if sheet == "000" else f"{letter}bar"
        if claim_id.startswith(sheet) and name in own:
            del own[name]
            with suppress(ClaimError):
                own[name] = evaluate(judged.claim(claim_id).expression, own)
    return own


def _own_in_columns(judged: Audit, sheet: str, readings: dict[str, Values]) -> Values:
    """Return the sheet's own adjoints as columns, from the layout in which all its rules can be evaluated."""
    laid_out = dict(readings["columns"])
    for name, value in _own(judged, sheet, readings[CLOSEST[sheet]]).items():
        if (name.endswith("bar") or name.startswith("dy_")) and value.shape[0] == 1:
            laid_out[name] = value.T
    return laid_out


def _check_rules(judged: Audit, tape: Trace, readings: dict[str, Values]) -> list[str]:
    """Judge the rules that are right in some reading, and return the ids of the others."""
    nowhere = []
    for sheet in CLOSEST:
        rules = {claim_id: letter for claim_id, letter in ADJOINT_OF.items() if claim_id.startswith(sheet)}
        together = {name: _own(judged, sheet, reading) for name, reading in readings.items()}
        right = {
            claim_id: [
                name
                for name, reading in readings.items()
                if _right(judged, claim_id, together[name], reading[f"{letter}bar"])
            ]
            for claim_id, letter in rules.items()
        }
        # One reading for the whole list: the one in which most of its rules are right.
        most = max(sum(name in names for names in right.values()) for name in readings)
        of_the_list = [n for n in readings if sum(n in names for names in right.values()) == most]
        columns = _own_in_columns(judged, sheet, readings)
        for claim_id, letter in rules.items():
            alone = [name for name, reading in readings.items() if _right(judged, claim_id, reading)]
            if not alone:
                nowhere.append(claim_id)
                continue
            named = [name for name in right[claim_id] if name in of_the_list and name != "columns"]
            judged.check(
                claim_id,
                readings["columns"][f"{letter}bar"],
                given=columns,
                conventions={
                    name: Reading(readings[name][f"{letter}bar"], given=together[name]) for name in named
                },
                missing={
                    _hypothesis(alone[0]): Reading(
                        readings[alone[0]][f"{letter}bar"], given=readings[alone[0]]
                    )
                },
                cause="" if right[claim_id] else TWICE,
                evidence=_rule(tape, letter),
            )
    return nowhere


def _hypothesis(layout: str) -> str:
    """Name what a rule lacks that is right by itself."""
    return "h̄ is the right one" + ("" if layout == "columns" else f", and the layout is {layout}")


def _right(judged: Audit, claim_id: str, reading: Values, right: Array | None = None) -> bool:
    """Say whether a rule, evaluated as written, gives the adjoint in this reading."""
    if right is None:
        right = reading[f"{ADJOINT_OF[claim_id]}bar"]
    try:
        found = np.asarray(evaluate(judged.claim(claim_id).expression, reading))
    except ClaimError:  # a product that does not exist, or an adjoint that has none
        return False
    return found.shape == right.shape and _relative_error(found, right) < EXACT


def _relative_error(found: Array, right: Array) -> float:
    return float(np.max(np.abs(found - right)) / np.max(np.abs(right)))


def _rule(tape: Trace, letter: str) -> str:
    """Return the right rule, in words of the tape."""
    return tape.rules()[letter].text


# --- slips --------------------------------------------------------------------------------------------------


def _through_r_twice(row: Values) -> dict[str, Array]:
    """Return the slip of sheet 001 in the rule for h, by its name."""
    through_r = row["hbar"] - row["ybar"]
    return {TWICE: through_r + through_r}


def _check_slips(judged: Audit, tape: Trace, readings: dict[str, Values]) -> None:
    """Judge the rules that are right nowhere, each in the layout that comes closest."""
    of_sum, row = readings["rows" + ANY_SUM], readings["row network"]
    copied = of_sum["xbar"] - of_sum["hbar"] + of_sum["ones"]
    slips = {"the skip of x carries ∂y/∂h; ones is what the skip of h carries": copied}
    judged.check("000-q2-x", of_sum["xbar"], given=of_sum, slips=slips, evidence=_rule(tape, "x"))
    for claim_id in ("001-q2-hbar-two-terms", "001-q2-hbar"):
        judged.check(claim_id, row["hbar"], given=row, slips=_through_r_twice(row), evidence=_rule(tape, "h"))


def _errors_after_slip(values: Values) -> dict[str, float]:
    """Return the relative error of each gradient, if the sweep goes on with sheet 001's own rule for h."""
    own: Values = {"h": 2 * values["V"].T @ values["rbar"]}
    own["z"] = own["b"] = own["h"] * values["phi_prime_z"]
    own["W"] = own["z"] @ values["x"].T
    own["x"] = own["h"] + values["W"].T @ own["z"]
    return {name: _relative_error(found, values[f"{name}bar"]) for name, found in own.items()}


# --- chains of local derivatives ----------------------------------------------------------------------------


def _check_chains(judged: Audit, tape: Trace, values: Values, row: Values) -> None:
    """Judge what sheet 001 writes before each rule: adjoint times local derivative."""
    loss = autodiff.trace(lambda y: autodiff.sum(values["ybar"] * y), y=values["y"])
    to_y = loss.gradients()["y"].T
    chained = row | _local_derivatives(values) | {"lossbar": np.ones((1, 1)), "dloss_dy": to_y, "mul": _chain}
    own = chained | {name: _own(judged, "001", row)[name] for name in ("rbar", "hbar", "zbar")}
    for letter in "rhVczWbx":
        judged.check(
            f"001-q2-{letter.lower()}bar-chain",
            row[f"{letter}bar"],
            given=own,
            missing={_hypothesis("columns"): Reading(row[f"{letter}bar"], given=chained)},
            cause=TWICE,
            evidence=_rule(tape, letter),
        )
    judged.check("001-q2-ybar-chain", row["ybar"], given=chained, evidence="ȳ")
    judged.check("001-q2-ybar", to_y, given=row, evidence="ȳ")
    judged.check(
        "001-q2-hbar-expanded",
        row["hbar"],
        given=chained,
        slips=_through_r_twice(row),
        evidence=_rule(tape, "h"),
    )
    itself = autodiff.trace(lambda loss: autodiff.named("itself", loss), 3.0)
    judged.check("001-q2-loss-bar", itself.gradient())


def _local_derivatives(values: Values) -> Values:
    """Return the derivative of each line of the block by each letter on its right-hand side."""
    lines: dict[str, tuple[Callable[..., Any], str]] = {
        "z": (lambda x, W, b: W @ x + b, "xWb"),
        "r": (lambda V, h, c: V @ h + c, "Vhc"),
        "h": (lambda z, x: phi(z) + x, "zx"),
        "y": (lambda r, h: phi(r) + h, "rh"),
    }
    return {
        f"d{left}_d{letter}": _jacobian(line, letter, {name: values[name] for name in letters})
        for left, (line, letters) in lines.items()
        for letter in letters
    }


def _jacobian(line: Callable[..., Any], letter: str, values: Values) -> Array:
    """Return d line_k / d letter, one reverse sweep for each k."""
    traced = autodiff.trace(line, **values)
    seeds = np.eye(ENTRIES)[:, :, None]
    stacked = np.stack([traced.gradients(seed=seed)[letter] for seed in seeds])
    # In the row network a matrix is the transpose of the book's.
    return stacked[:, :, 0] if stacked.shape[2] == 1 else stacked.transpose(0, 2, 1)


def _chain(adjoint: Array, derivative: Array) -> Array:
    """Multiply an adjoint, a row, with a local derivative."""
    summed: Array = np.tensordot(adjoint, derivative, axes=1)
    return summed[0] if summed.ndim == 3 else summed


# --- graphs, sizes, and what is left ------------------------------------------------------------------------


def _check_graphs(judged: Audit, tape: Trace) -> None:
    """Judge the remarks on sizes, and the lost drawings."""
    for letter in ("x", "y"):
        sizes = [" x ".join(map(str, tape[name].shape)) for name in ("h", letter)]
        judged.check(f"001-q2-size-h-{letter}", sizes[0] == sizes[1], evidence=" and ".join(sizes))
    graph = tape.graph()
    uses = {name: sum(edge.source == graph[name].id for edge in graph.edges) for name in ("x", "h")}
    for sheet in ("000", "001"):
        judged.check(
            f"{sheet}-q2-graph",
            all(number == 2 for number in uses.values()),
            evidence=", ".join(f"{name} is used {number} times" for name, number in uses.items()),
        )
