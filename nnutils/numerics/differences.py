"""Derivatives by central differences, each with its own uncertainty and with what limits it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnutils.core.errors import GradCheckError

__all__ = ["Differences", "central_difference"]

Array = NDArray[np.float64]

_EPSILON = float(np.finfo(np.float64).eps)
_HALVINGS = 34  # of the step, below the smallest scale of an input
_FEWEST = 8  # steps for which the function has to have a value on both sides of the point
_COLUMNS = 8  # of the extrapolation table: later columns only add round-off


@dataclass(frozen=True)
class Differences:
    """The derivatives that ``central_difference`` found: ``differences["W"]`` has the shape of W.

    ``uncertainties["W"]`` bounds their errors, entry by entry, and ``causes["W"]`` says what limits each of
    them: 'round-off', 'kink', 'unsettled' or 'outside' (the function has no value on one side of the point).
    """

    values: Mapping[str, Array]
    uncertainties: Mapping[str, Array]
    causes: Mapping[str, NDArray[Any]]

    def __getitem__(self, name: str) -> Array:
        """Return the derivatives with respect to one variable."""
        return self.values[name]


class _Estimate(NamedTuple):
    value: float
    uncertainty: float
    cause: str


def central_difference(
    function: Callable[..., ArrayLike], inputs: Mapping[str, ArrayLike], *, seed: ArrayLike | None = None
) -> Differences:
    """Return the derivatives of ``function(**inputs)`` with respect to every entry of every input.

    ``inputs`` maps argument names to numbers or arrays (float64; integers are converted). The function gets
    fresh copies at every call, so the arrays given here never change. If it returns an array, give ``seed``,
    an array of that shape (the adjoint ybar): then ``sum(seed * function(...))`` is differentiated.

    Steps are powers of two, from about a quarter of the largest scale (1, the variable's largest entry, the
    entry) down to 2^-36 of the smallest: some 70 evaluations per entry. The differences are extrapolated to
    step zero. The uncertainty adds the round-off of the function, the disagreement in the extrapolation
    table, and the difference between the slopes right and left of the point, which a kink leaves. It is an
    estimate: a function that hides numbers many orders of magnitude larger than its value can fool it.

    Raises:
        GradCheckError: for an input that is not real and finite, an input or a result in single precision, a
            function that fails or is not finite at the inputs, an array result without ``seed`` or a seed of
            another shape.

    Source: Ridders, Accurate computation of F'(x) and F'(x)F''(x), Adv. Eng. Software 4 (1982); Press et al.,
    Numerical Recipes, 3rd ed., sec. 5.7.

    >>> d = central_difference(lambda x, y: x**2 * y, {"x": 3.0, "y": [1.0, 2.0]}, seed=[1.0, 1.0])
    >>> print(d["x"].round(9), d["y"].round(9))
    18.0 [9. 9.]
    """
    point = {name: real_array(f"The input {name!r}", value) for name, value in inputs.items()}
    if not point:
        raise GradCheckError("No inputs were given.", remedy='Give at least one, as in {"W": W}.')
    values = {name: np.zeros(array.shape) for name, array in point.items()}
    uncertainties = {name: np.zeros(array.shape) for name, array in point.items()}
    causes = {name: np.full(array.shape, "", dtype=object) for name, array in point.items()}
    with np.errstate(all="ignore"):  # large steps may leave the function's domain: such steps are dropped
        evaluate = _evaluator(function, point, seed)
        for name, array in point.items():
            for index in np.ndindex(array.shape):
                estimate = _differentiate(evaluate, point, name, index)
                values[name][index], uncertainties[name][index], causes[name][index] = estimate
    return Differences(values, uncertainties, causes)


def _evaluator(
    function: Callable[..., ArrayLike], point: dict[str, Array], seed: ArrayLike | None
) -> Callable[[Mapping[str, Array]], Array]:
    """Wrap the function: fresh copies in, a flat float64 array out, already multiplied by the seed."""

    def call(at: Mapping[str, Array]) -> Array:
        # array.copy()[()] turns an array without axes into a number, which the math module accepts too.
        result = np.asarray(function(**{name: array.copy()[()] for name, array in at.items()}))
        if result.dtype.kind == "c" or result.dtype in (np.float16, np.float32):
            raise GradCheckError(
                f"The function returned {result.dtype}; differences need all the digits of float64.",
                remedy="Convert to numpy.float64 inside the function.",
            )
        return result.astype(np.float64)

    try:
        start = call(point)
    except GradCheckError:
        raise
    except (ArithmeticError, TypeError, ValueError) as error:
        raise GradCheckError(
            f"The function fails at the given inputs: {error}",
            remedy=f"It is called with the arguments {', '.join(point)}, each an array or a number.",
        ) from error
    if seed is None and start.size != 1:
        raise GradCheckError(
            f"The function returned an array of shape {start.shape}; only a single number has a gradient.",
            remedy="Give seed=, an array of that shape (ybar): then sum(seed * result) is differentiated.",
        )
    if not np.isfinite(start).all():
        raise GradCheckError(f"The function is not finite at the given inputs: it returned {start}.")
    weights = np.ones(start.shape) if seed is None else real_array("The seed", seed)
    if weights.shape != start.shape:
        raise GradCheckError(
            f"The seed has the shape {weights.shape}, the function returned {start.shape}.",
            remedy="Give a seed with one adjoint for each value of the result.",
        )
    return lambda at: np.asarray(weights * call(at)).ravel()


def real_array(what: str, value: ArrayLike) -> Array:
    """Return a float64 copy of real, finite numbers.

    Raises:
        GradCheckError: for anything else, and for single precision; ``what`` names the value.
    """
    array = np.asarray(value)
    if array.dtype in (np.float16, np.float32):
        raise GradCheckError(
            f"{what} is {array.dtype}, which has too few digits to judge a derivative by differences.",
            remedy="Compute the gradient and the function in float64: array.astype(numpy.float64).",
        )
    try:
        if array.dtype.kind not in "iufO":
            raise TypeError
        result = array.astype(np.float64)
    except (TypeError, ValueError, OverflowError):
        raise GradCheckError(f"{what} is not an array of real numbers: its type is {array.dtype}.") from None
    if not result.size:
        raise GradCheckError(f"{what} is empty: its shape is {result.shape}.")
    if not np.isfinite(result).all():
        bad = next(index for index in np.ndindex(result.shape) if not math.isfinite(result[index]))
        raise GradCheckError(f"{what} is not finite{at_index(bad)}: it is {result[bad]}.")
    return result


def _differentiate(
    evaluate: Callable[[Mapping[str, Array]], Array],
    point: dict[str, Array],
    name: str,
    index: tuple[int, ...],
) -> _Estimate:
    """Return the derivative with respect to one entry: the best place of Ridders' extrapolation table."""
    entry = float(point[name][index])
    middle = evaluate(point)
    # Each row: step, slope, jump of the slope, round-off of the function.
    rows: list[tuple[float, float, float, float]] = []
    changed: list[bool] = []
    for step in _steps(point[name], entry):
        try:
            right, left = (evaluate(_moved(point, name, index, entry + d)) for d in (step, -step))
        except (ArithmeticError, ValueError):
            right = left = np.full(middle.shape, math.nan)
        slope = float(np.sum(right - left)) / (2 * step)
        jump = float(np.sum((right - middle) - (middle - left))) / step
        if not (math.isfinite(slope) and math.isfinite(jump)):
            rows, changed = [], []  # the table needs steps that shrink without a gap
            continue
        size = max(float(np.abs(values).sum()) for values in (right, middle, left))
        rows.append((step, slope, jump, _EPSILON * (size + abs(entry * slope))))
        changed.append(not np.array_equal(right, middle) or not np.array_equal(left, middle))
    if len(rows) < _FEWEST:
        return _Estimate(0.0, math.inf, "outside")
    steps, slopes, jumps, round_off = (np.array(column) for column in zip(*rows, strict=True))
    slope_table, jump_table = _extrapolate(slopes, 4.0), _extrapolate(jumps, 2.0)
    estimates: list[_Estimate] = []
    seen: list[_Estimate] = []
    for k in range(1, len(steps)):
        for m in range(1, min(k, _COLUMNS) + 1):
            value = slope_table[k, m]
            disagreement = max(abs(value - slope_table[k, m - 1]), abs(value - slope_table[k - 1, m - 1]))
            # How far the slopes at smaller steps lie from this one, as a change of the function: that is
            # either noise of the function or a detail that this step jumped over.
            drift = np.max(np.abs(slope_table[k + 1 :, m] - value) * steps[k + 1 :], initial=0.0)
            noise = (4 * round_off[k] + drift) / steps[k]
            kink = max(0.0, abs(jump_table[k, m]) - 32 * round_off[k] / steps[k])
            cause = "unsettled" if 2 * disagreement > noise else "round-off"
            # Far above the noise, so that round-off in the two slopes is not taken for a kink.
            if kink > 8 * noise and kink > disagreement:
                cause = "kink"
            estimates.append(_Estimate(float(value), float(noise + 2 * disagreement + kink), cause))
            if changed[k] and estimates[-1].uncertainty < abs(value) / 10:
                seen.append(estimates[-1])
    # Steps that change nothing are below the function's resolution: their slope of 0 is no evidence against
    # a slope that larger steps do find.
    return min(seen or estimates, key=lambda estimate: estimate.uncertainty)


def _extrapolate(column: Array, factor: float) -> Array:
    """Remove one power of the step per column; halving the step divides the lowest one by ``factor``."""
    table = np.full((len(column), _COLUMNS + 1), math.nan)
    table[:, 0] = column
    for m in range(1, _COLUMNS + 1):
        table[m:, m] = table[m:, m - 1] + (table[m:, m - 1] - table[m - 1 : -1, m - 1]) / (factor**m - 1)
    return table


def _steps(array: Array, entry: float) -> Iterator[float]:
    """Yield powers of two, from the largest to the smallest scale: adding them to an input rarely rounds."""
    scales = [1.0, float(np.abs(array).max()), abs(entry)]
    exponents = [math.frexp(scale)[1] for scale in scales if scale]
    for exponent in range(max(exponents) - 3, min(exponents) - 3 - _HALVINGS, -1):
        step = math.ldexp(1.0, exponent)
        # A smaller step would be rounded away when it is added to the entry.
        if step >= 4 * math.ulp(entry):
            yield step


def _moved(point: dict[str, Array], name: str, index: tuple[int, ...], value: float) -> dict[str, Array]:
    changed = point[name].copy()
    changed[index] = value
    return {**point, name: changed}


def at_index(index: tuple[int, ...]) -> str:
    """Return " at [0, 1]" for the entry in row 0, column 1; nothing for a single number."""
    return f" at [{', '.join(map(str, index))}]" if index else ""
