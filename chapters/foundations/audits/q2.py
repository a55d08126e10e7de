"""What sheet 002 states about softmax, judged.

Every formula is evaluated as written, all entries at once, on random vectors of several lengths and on
vectors with ties. The right value is always the book's softmax, or torch's sigmoid. Where the sheet writes
S(x_1) for entry 1 of S(x), the entry is meant; the softmax of one number alone would be 1.

A sentence without a condition is read as meant for all vectors and all scales, ties included; if a condition
is missing that would make it true, it is incomplete. What a fraction was divided by is its denominator before
over the one after. Where the first entry is subtracted, any function has to agree, not only the softmax,
which hides a wrong shift. The number of parameters is counted twice: as the rank of the derivative of
softmax, and as the number of different values in the vector that starts with 0. That fewer are not enough is
not asked, and not shown on the sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import sympy
import torch
from numpy.typing import ArrayLike, NDArray

from nnutils.audit import Audit, Reading
from nnutils.numerics import softmax

__all__ = ["audit"]

Sample = dict[str, Any]
Array = NDArray[np.float64]

RANDOM = 20
LENGTHS = (2, 9)
"""There are so many random vectors, with from 2 to 8 entries."""

SPECIAL = ([1, 1, 0], [2, 2], [-1, 0, 3, 3])
SCALES = (0.5, 1.0, 2.5)
LUCKY = np.log([1, 1.5, 0.5])
"""The first share of this vector is 1/3, and stays so at c = 0."""

TIED = ([1, 2, 2], [3, 1, 3, 2], [2, 2])

NO_TIES = "ties are not thought of"
NO_CONDITION = "no condition on x stands with the counterexamples"

WHOLE = ([0, 1], [2, 2, 1], [-1, 3, 0], [1, 1, 1], [0, 2, 2, 2])
"""Vectors whose limits for c to infinity are exact: with a unique maximum, with a tie, constant."""


def audit() -> Audit:
    """Return the judged audit of the four parts: a shift, a scale, two classes, K classes."""
    logits = _logits()
    samples = _samples(logits)
    judged = Audit.of(__file__)
    _formulas(judged, samples)
    _scales(judged, samples)
    _limits(judged)
    _parameters(judged, logits, samples)
    conclusions = ("shift-conclusion", "scale-not-invariant", "two-conclusion", "many-parameters")
    verdicts = [judged[f"002-q2-{name}"].verdict for name in conclusions]
    judged.figures.update(conclusions=len(verdicts), right_conclusions=verdicts.count("confirmed"))
    return judged


# --- the vectors --------------------------------------------------------------------------------------------


def _logits() -> list[Array]:
    """Return random vectors of random lengths."""
    random = np.random.default_rng(0)
    sizes = random.integers(*LENGTHS, size=RANDOM)
    return [random.normal(scale=4, size=size) for size in sizes]


def _samples(logits: Sequence[Array]) -> list[Sample]:
    """Return each vector with each scale, under the names that the sheet's formulas use."""
    samples = []
    for x in [*logits, *(np.array(v, dtype=float) for v in SPECIAL)]:
        sample = {"x": x, "X": x, "x1": x[0], "rest": x[1:], "K": len(x)}
        sample |= {"ones": np.ones(len(x)), "pair": x[:2], "x2": x[1]}
        samples += [{**sample, "c": scale} for scale in SCALES]
    return samples


# --- functions of a sample ----------------------------------------------------------------------------------


def _as_defined(x: ArrayLike) -> Array:
    """Return softmax as the sheet defines it, without a guard against overflow."""
    weights = np.exp(x)
    return np.asarray(weights / weights.sum())


def _shifted(s: Sample) -> Array:
    return softmax(s["x"] + s["c"])


def _scaled(s: Sample) -> Array:
    return softmax(s["c"] * s["x"])


def _uniform(s: Sample) -> Array:
    return softmax(0 * s["x"])


def _plain(s: Sample) -> Array:
    return softmax(s["x"])


def _plus(s: Sample) -> Array:
    return np.array([entry + s["c"] for entry in s["x"]])


def _differences(s: Sample) -> Array:
    return np.array([entry - s["x"][0] for entry in s["x"]])


def _divisor(s: Sample, number: int) -> float:
    """Return what turns an entry of the softmax of a pair into a fraction with numerator 1."""
    before, after = np.exp(s["pair"]).sum(), np.exp(s["pair"] - s["pair"][number]).sum()
    return float(before / after)


def _entry(number: int) -> Callable[[Sample], float]:
    """Return the function that gives one entry of the softmax of a pair."""
    return lambda s: float(softmax(s["pair"])[number])


def _sigma(z: float) -> float:
    return float(torch.sigmoid(torch.tensor(float(z), dtype=torch.float64)))


def _join(first: float, others: ArrayLike) -> Array:
    return np.concatenate([[first], np.asarray(others)])


def _agree(found: Array, right: Array) -> bool:
    return float(np.max(np.abs(found - right))) < 1e-12 * float(np.max(right))


def _far_apart(found: Array, other: Array) -> bool:
    return not _agree(found, other)


# --- the parts ----------------------------------------------------------------------------------------------


def _formulas(judged: Audit, samples: Sequence[Sample]) -> None:
    """Judge every formula of the four chains."""
    first = ("definition", "divided", "sign", "sigma")
    second = ("definition", "divided", "expanded", "split", "sigma")
    right: dict[str, Callable[[Sample], Any]] = {
        f"shift-{name}": _shifted for name in ("definition", "factored", "cancelled", "entry")
    }
    right |= {f"scale-{name}": _scaled for name in ("definition", "power")}
    right |= {f"two-first-{name}": _entry(0) for name in first}
    right |= {f"two-second-{name}": _entry(1) for name in second}
    right |= {"scale-zero-formula": _uniform, "two-first-divide": lambda s: _divisor(s, 0)}
    right["two-second-divide"] = lambda s: _divisor(s, 1)
    right["scale-zero-ones"] = right["scale-zero-value"] = lambda s: _uniform(s)[0]
    right["two-conclusion"] = lambda s: softmax(s["pair"])
    given = {"exp": np.exp, "sum": np.sum, "S": _as_defined, "sigma": _sigma, "join": _join}
    for name, value in right.items():
        judged.check(f"002-q2-{name}", value, given=given, samples=samples)
    judged.check("002-q2-two-vector", samples[0]["pair"].shape)
    shifted = {f"many-{name}": _differences for name in ("shifted", "differences", "zero")}
    for name, argument in {**shifted, "shift-conclusion": _plus}.items():
        # The softmax of the argument, which is that of x; and the argument itself.
        cases = [(_plain(s), s) for s in samples] + [(argument(s), {**s, "S": np.asarray}) for s in samples]
        points = [point for _, point in cases]
        judged.check(f"002-q2-{name}", [value for value, _ in cases], given=given, samples=points)


def _scales(judged: Audit, samples: Sequence[Sample]) -> None:
    """Judge what is said in words about scales, also on constant vectors and on one with a lucky entry."""
    varied = [s for s in samples if np.ptp(s["x"]) > 0]
    flat = [{"x": np.full(k, 0.7), "c": scale} for k in (2, 3) for scale in (0.5, 2.5)]
    everything = [*samples, *flat, {"x": LUCKY, "c": 0.0}]
    judged.check("002-q2-scale-one", all(_agree(softmax(1 * s["x"]), _plain(s)) for s in everything))
    judged.check("002-q2-scale-zero-uniform", all(np.ptp(_uniform(s)) == 0 for s in everything))
    differ = [abs(_scaled(s) - _plain(s)) > 1e-9 for s in everything]
    judged.check(
        "002-q2-scale-inequality",
        all(np.all(entries) for entries in differ),
        evidence="not for c = 1, equal entries, or single entries",
        missing={"for some x, c and i": any(bool(np.any(entries)) for entries in differ)},
        cause=NO_CONDITION,
    )
    not_one = [s for s in varied if s["c"] != 1]
    judged.check(
        "002-q2-scale-not-invariant",
        all(_far_apart(_scaled(s), _plain(s)) for s in not_one),
        evidence=f"at {len(not_one)} points with c ≠ 1, unequal entries",
    )
    judged.check(
        "002-q2-scale-zero-counterexample",
        all(_far_apart(_uniform(s), _plain(s)) for s in everything),
        evidence="not for equal entries",
        missing={"x has unequal entries": all(_far_apart(_uniform(s), _plain(s)) for s in varied)},
        cause=NO_CONDITION,
    )


def _limits(judged: Audit) -> None:
    """Judge what is said about large and infinite scales, by exact limits."""
    limits = [_limit(x) for x in WHOLE]
    reached = [_far_apart(p, softmax(x)) for x, p in zip(WHOLE, limits, strict=True) if len(set(x)) > 1]
    with np.errstate(invalid="ignore", over="ignore"):
        at_infinity = _as_defined(np.inf * np.array([0.0, 1.0]))
    judged.check(
        "002-q2-scale-infinite-counterexample",
        bool(np.isfinite(at_infinity).all()),
        evidence="infinity times x has no softmax",
        missing={"the limit for c → ∞, and x has unequal entries": all(reached)},
        cause=NO_CONDITION,
    )
    once = [(x, p) for x, p in zip(WHOLE, limits, strict=True) if x.count(max(x)) == 1]
    judged.check(
        "002-q2-scale-large-argmax",
        all(_is_argmax(x, p) for x, p in zip(WHOLE, limits, strict=True)),
        evidence="with a tie the limit is shared out",
        missing={"the highest value occurs once": all(_is_argmax(x, p) for x, p in once)},
        cause=NO_TIES,
    )
    words = {True: "once", False: "more than once"}
    judged.check(
        "002-q2-scale-large-highest",
        {f"the highest value occurs {words[x.count(max(x)) == 1]}" for x in WHOLE},
        cause=NO_TIES,
    )
    below = {
        float(share)
        for x, p in zip(WHOLE, limits, strict=True)
        for entry, share in zip(x, p, strict=True)
        if entry < max(x)
    }
    (value,) = below
    judged.check("002-q2-scale-large-others", int(value))


def _is_argmax(x: Sequence[int], p: Array) -> bool:
    """Say whether the limit is argmax as the sheet explains it: 1 at the highest value, 0 elsewhere."""
    return np.array_equal(p, np.eye(len(x))[np.argmax(x)])


def _limit(x: Sequence[int]) -> Array:
    """Return the limits of the entries of S(c x) for c to infinity, by SymPy."""
    c = sympy.symbols("c", positive=True)
    terms = [sympy.exp(c * sympy.Rational(entry)) for entry in x]
    ratios = [sympy.simplify(term / terms[0]) for term in terms]
    return np.array([float(sympy.limit(ratio / sum(ratios), c, sympy.oo)) for ratio in ratios])


def _parameters(judged: Audit, logits: Sequence[Array], samples: Sequence[Sample]) -> None:
    """Judge the number of parameters, that of different elements, and which entry may be subtracted."""
    whole_weights = [{"weights": list(range(3, 3 + k)), "K": k} for k in range(2, 7)]
    judged.check("002-q2-many-parameters", _rank, samples=whole_weights)
    vectors = [*logits, *(np.array(x, dtype=float) for x in TIED)]
    every: list[Sample] = [{"K": len(x), "x": x, "entries": _join(0, x[1:] - x[0])} for x in vectors]
    no_ties = [s for s in every if _distinct(s["x"]) == s["K"]]
    judged.check(
        "002-q2-many-different-elements",
        lambda s: _distinct(s["entries"]),
        samples=every,
        missing={
            "the 0 is not counted, and no two entries of x are equal": Reading(
                lambda s: _distinct(s["entries"][1:]), samples=no_ties
            )
        },
        cause=NO_TIES,
    )
    tried = [_agree(softmax(s["x"] - entry), _plain(s)) for s in samples for entry in s["x"]]
    judged.check("002-q2-many-any-element", all(tried), evidence=f"{len(tried)} choices")


def _rank(s: Sample) -> int:
    """Return the rank of the derivative of softmax, exactly, for whole weights."""
    p = sympy.Matrix(s["weights"]) / sum(s["weights"])
    return int((sympy.diag(*p) - p * p.T).rank())


def _distinct(values: ArrayLike) -> int:
    return len({round(float(value), 9) for value in np.asarray(values)})
