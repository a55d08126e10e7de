"""Gradients judged against central differences, each entry at its own scale."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nnutils.core.errors import GradCheckError
from nnutils.core.tables import Table
from nnutils.numerics.differences import Array, Differences, at_index, central_difference, real_array

__all__ = ["GradReport", "GradRow", "gradcheck"]

_REMEDIES = {
    "kink": "The slopes left and right of the point differ, as for relu at 0: check at another point.",
    "round-off": "The change of the function is lost in round-off: take constants out of it or raise "
    "rtol; if the entry is zero up to rounding, say below which size with negligible=.",
    "unsettled": "The differences do not settle: is there a kink or a jump nearby, or do two calls with the "
    "same arguments return different values?",
    "outside": "The function has no value on one side of the point: move the point inside its domain.",
}
_HEADER = (
    "variable",
    "shape",
    "verdict",
    "relative error",
    "at",
    "rule",
    "differences",
    "uncertainty",
    "why",
)


@dataclass(frozen=True)
class GradRow:
    """The verdict on the gradient of one variable, with the numbers of its worst entry as plain floats.

    ``verdict`` is 'ok', 'wrong' or 'undecided'; where it is not 'ok', ``reason`` says why, if that is known.
    """

    variable: str
    shape: tuple[int, ...]
    verdict: str
    index: tuple[int, ...]
    rule: float
    difference: float
    uncertainty: float
    relative_error: float
    entries: int
    wrong: int
    undecided: int
    reason: str


@dataclass(frozen=True)
class GradReport:
    """The verdicts on all gradients: ``report["W"]`` is the row of W; as a truth value it is ``report.ok``.

    Where a gradient is right, the table says only that its errors are below rtol, so that it reads the same
    on every machine; ``report.table(full=True)`` shows the rounding errors too.
    """

    rows: tuple[GradRow, ...]
    rtol: float
    label: str

    @property
    def ok(self) -> bool:
        """True if every entry of every gradient is right; what cannot be decided is not right."""
        return all(row.verdict == "ok" for row in self.rows)

    def __bool__(self) -> bool:
        """Return ``ok``, so that ``assert report`` means what it says."""
        return self.ok

    def __getitem__(self, variable: str) -> GradRow:
        """Return the row of one variable."""
        return {row.variable: row for row in self.rows}[variable]

    def raise_if_wrong(self) -> None:
        """Do nothing if all gradients are right; otherwise say which rule is wrong, where and by how much.

        Raises:
            GradCheckError: if a gradient is wrong or cannot be decided.
        """
        failed = [row for row in self.rows if row.verdict != "ok"]
        if not failed:
            return
        # A wrong gradient is certain, so it is reported before one that cannot be decided.
        row = next((row for row in failed if row.verdict == "wrong"), failed[0])
        says = "is wrong" if row.verdict == "wrong" else "cannot be decided"
        others = ", ".join(other.variable for other in failed if other is not row)
        raise GradCheckError(
            f"{self.label}: the rule for {row.variable!r} {says}{at_index(row.index)}: "
            f"it gives {row.rule:.9g}, central differences give {row.difference:.9g}.",
            where=f"Relative error {row.relative_error:.3g}, rtol {self.rtol:g}, uncertainty of the "
            f"differences {row.uncertainty:.1g}; of {row.entries} entries {row.wrong} wrong, "
            f"{row.undecided} undecided." + (f" Not right either: {others}." if others else ""),
            remedy=row.reason,
        )

    def table(self, *, full: bool = False) -> Table:
        """Return the report as a table; ``full`` shows the rounding errors of right gradients too."""
        return Table(_HEADER, [self._cells(row, full) for row in self.rows])

    def _cells(self, row: GradRow, full: bool) -> tuple[str, ...]:
        which = (row.variable, " x ".join(map(str, row.shape)) or "number", row.verdict)
        if row.verdict == "ok" and not full:
            return (*which, f"< {self.rtol:g}", "", "", "", "", "")
        error = (f"{row.relative_error:.3g}", str(list(row.index)) if row.index else "")
        numbers = (f"{row.rule:.6g}", f"{row.difference:.6g}")
        settled = row.uncertainty <= self.rtol * max(abs(row.rule), abs(row.difference))
        uncertainty = "negligible" if settled and not full else f"{row.uncertainty:.0e}"
        return (*which, *error, *numbers, uncertainty, row.reason)

    def __str__(self) -> str:
        return str(self.table())

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def gradcheck(
    function: Callable[..., ArrayLike],
    gradients: Mapping[str, ArrayLike],
    inputs: Mapping[str, ArrayLike],
    *,
    seed: ArrayLike | None = None,
    rtol: float = 1e-6,
    negligible: float = 0.0,
    label: str = "gradcheck",
) -> GradReport:
    """Compare the ``gradients`` that rules give at ``inputs`` with central differences of the function.

    Every entry is judged at its own size. With error = abs(rule - difference) and size = the larger of the
    two in absolute value, an entry is wrong if error - uncertainty > rtol * size, right if error +
    uncertainty <= rtol * size, and otherwise undecided, which is a failure too. There is no absolute
    tolerance unless you ask for one: entries that certainly lie below ``negligible`` in absolute value count
    as zero.

    ``seed`` is the adjoint of an array result; see ``central_difference``, also for the source. ``label``
    names the rules in the error message.

    Raises:
        GradCheckError: for a missing or an unknown variable, a gradient of the wrong shape, in single
            precision or not finite, an rtol outside 0..1, and as for ``central_difference``.

    >>> def loss(w, x):
    ...     return 1e-9 * (w * x).sum() ** 2
    >>> w, x = np.array([1.0, 2.0]), np.array([3.0, -1.0])
    >>> factor = 2e-9 * (w * x).sum()
    >>> gradcheck(loss, {"w": factor * x, "x": factor * w}, {"w": w, "x": x}).ok
    True
    >>> report = gradcheck(loss, {"w": factor * x, "x": 2 * factor * w}, {"w": w, "x": x}, label="my rules")
    >>> report["w"].verdict, report["x"].verdict, report["x"].reason
    ('ok', 'wrong', 'The rule is 2 times the differences in every entry.')
    """
    if not 0 < rtol < 1 or not 0 <= negligible < math.inf:
        raise GradCheckError(
            f"rtol={rtol!r} and negligible={negligible!r} are not tolerances.",
            remedy="rtol has to lie between 0 and 1, negligible at or above 0.",
        )
    missing = [f"no gradient for {name!r}" for name in inputs if name not in gradients]
    unknown = [f"no input called {name!r}" for name in gradients if name not in inputs]
    if missing or unknown:
        raise GradCheckError(
            f"Gradients and inputs have to name the same variables: {', '.join(missing + unknown)}.",
            remedy="To leave a variable out, let the function take it from a closure, not from the inputs.",
        )
    rules = {name: real_array(f"The gradient for {name!r}", gradients[name]) for name in inputs}
    for name, rule in rules.items():
        shape = np.shape(inputs[name])
        if rule.shape != shape:
            raise GradCheckError(
                f"The gradient for {name!r} has the shape {rule.shape}, the variable {shape}.",
                remedy="Transposed, it would fit." if rule.shape == shape[::-1] else "",
            )
    differences = central_difference(function, inputs, seed=seed)
    rows = (_judge(name, rule, differences, rtol, negligible) for name, rule in rules.items())
    return GradReport(tuple(rows), rtol, label)


def _judge(name: str, rule: Array, differences: Differences, rtol: float, negligible: float) -> GradRow:
    """Judge one variable entry by entry and show the worst entry of the worst kind."""
    found, uncertainty = differences.values[name], differences.uncertainties[name]
    causes = differences.causes[name]
    error, size = np.abs(rule - found), np.maximum(np.abs(rule), np.abs(found))
    zero = ((rule == 0) & (found == 0) & (causes == "round-off")) | (size + uncertainty <= negligible)
    wrong = ~zero & (error - uncertainty > rtol * size)
    undecided = ~(zero | wrong | (error + uncertainty <= rtol * size))
    relative = np.divide(error, size, out=np.zeros(rule.shape), where=size > 0)
    # Any wrong entry ranks before any undecided one, since a relative error is at most 2.
    worst = relative + 10 * undecided + 100 * wrong
    index = tuple(int(i) for i in np.unravel_index(np.argmax(worst), rule.shape))
    verdict, reason = "ok", ""
    if wrong.any():
        verdict, reason = "wrong", _slip(rule, found, index)
    elif undecided.any():
        verdict, reason = "undecided", _REMEDIES[causes[index]]
    return GradRow(
        variable=name,
        shape=rule.shape,
        verdict=verdict,
        index=index,
        rule=float(rule[index]),
        difference=float(found[index]),
        uncertainty=float(uncertainty[index]),
        relative_error=float(relative[index]),
        entries=rule.size,
        wrong=int(wrong.sum()),
        undecided=int(undecided.sum()),
        reason=reason,
    )


def _slip(rule: Array, found: Array, index: tuple[int, ...]) -> str:
    """Return a sentence on a simple slip that explains the whole gradient, or nothing."""

    def same(a: Array, b: Array) -> bool:
        return bool(np.allclose(a, b, rtol=1e-5, atol=0))

    if rule.ndim == 2 and rule.shape[0] == rule.shape[1] > 1 and same(rule.T, found):
        return "The transpose of the rule agrees with the differences."
    if not rule.any() or not found.any():
        return f"The {'differences are' if rule.any() else 'rule is'} zero in every entry."
    factor = rule[index] / found[index] if found[index] else 0.0
    if same(rule, factor * found):
        return f"The rule is {factor:.6g} times the differences in every entry."
    return ""
