"""The gradient of softmax and cross-entropy: the derivatives of the proof, and their values at scores."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from nnutils import autodiff
from nnutils.autodiff.trace_tables import TraceTable
from nnutils.core.errors import PracticeError
from nnutils.core.messages import shown
from nnutils.practice import Asked, Convention, Draw, earned

__all__ = ["asked", "draw", "givens", "parts", "statement"]

LARGEST = 100  # from there on exponentials are those of scores minus the largest one
FURTHEST = 12  # apart; beyond it the smallest derivatives drown in the rounding of the largest


def givens() -> dict[str, Any]:
    """Return scores for the proof to survive, and the number of the right class, counted from 0."""
    return {"scores": [0.3, -1.2, 2.0, 0.7], "right_class": 1}


def draw(seed: int) -> dict[str, Any]:
    """Return other scores, all different and none of them 0, so that no two probabilities can be confused."""
    chance = Draw(seed)
    classes = chance.whole(3, 5)
    tenths = chance.several([tenth for tenth in range(-22, 23) if tenth], classes)
    return {"scores": [tenth / 10 for tenth in tenths], "right_class": chance.whole(0, classes - 1)}


def asked(givens: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return what is asked; the derivatives come from L as the logarithm of a sum, without a probability."""
    _check(givens)
    scores, right = givens["scores"], givens["right_class"]
    others = [k for k in range(len(scores)) if k != right]
    # L = log(1 + sum of exp(h_k - h_right) over the other classes)
    ratios = {k: math.exp(scores[k] - scores[right]) for k in others}
    whole = 1 + math.fsum(ratios.values())
    gradient = [ratios.get(i, -math.fsum(ratios.values())) / whole for i in range(len(scores))]
    probability = [_traced(scores, j) for j in range(len(scores))]
    loss = _traced(scores, right, loss=True)
    inputs = [f"h{i}" for i in range(len(scores))]
    entries = "in the order of the classes, separated by commas"
    other_logs = {
        "to the base 2": math.log2(whole),
        "to the base 10": math.log10(whole),
    }
    return (
        Asked("case_same", "dP_j/dh_i for j = i, as a formula in P_i", "a", "P_i * (1 - P_i)"),
        Asked(
            "case_other", "dP_j/dh_i for j different from i, as a formula in P_i and P_j", "a", "-P_j * P_i"
        ),
        Asked("rule", "dL/dh_i, as a formula in P_i and y_i", "b", "P_i - y_i"),
        Asked(
            "probabilities",
            f"the probabilities P_j at these scores, {entries}",
            "c",
            _probabilities(scores),
            work=tuple(table.value_of("P") for table in probability),
        ),
        Asked(
            "jacobian",
            "all dP_j/dh_i at these scores: a row for each j, separated by ;, a number for each i",
            "c",
            _jacobian(scores),
            work=tuple(tuple(table.derivative_of(name)[-1] for name in inputs) for table in probability),
        ),
        Asked(
            "loss",
            "the loss L at these scores, with the natural logarithm",
            "c",
            math.log(whole),
            conventions=tuple(
                Convention(value, f"This takes the logarithm {base}; here log is the natural logarithm.")
                for base, value in other_logs.items()
            ),
            work=loss.value_of("L"),
        ),
        Asked(
            "gradient",
            f"all dL/dh_i at these scores, {entries}",
            "c",
            tuple(gradient),
            work=tuple(loss.derivative_of(name)[-1] for name in inputs),
        ),
    )


def _traced(scores: Sequence[float], j: int, *, loss: bool = False) -> TraceTable:
    """Return the reverse trace table of P_j, or of the loss where j is the right class."""
    shift = max(scores) if max(map(abs, scores)) > LARGEST else 0

    def output(**h: autodiff.Traced) -> Any:
        powers = [autodiff.exp(score - shift if shift else score) for score in h.values()]
        share = autodiff.named("P", powers[j] / sum(powers[1:], start=powers[0]))
        return autodiff.named("L", -autodiff.ln(share)) if loss else share

    return autodiff.trace(output, **{f"h{i}": float(score) for i, score in enumerate(scores)}).reverse(
        labels="names"
    )


def parts(givens: Mapping[str, Any]) -> dict[str, int]:
    """Return the marks of each part."""
    return {"a": 3, "b": 4, "c": 3}


def statement(givens: Mapping[str, Any]) -> str:
    """Return the question in words."""
    scores = ", ".join(f"{score:g}" for score in givens["scores"])
    marks = earned(parts(givens))
    return (
        "A classifier has a score $h_j$ for each class $j$, and turns the scores into probabilities:\n\n"
        "$$P_j = P(y = j) = \\frac{\\exp(h_j)}{\\sum_k \\exp(h_k)}, \\qquad L = -\\sum_j y_j \\log P_j.$$\n\n"
        "The label $y_j$ is 1 for the right class and 0 for all others.\n\n"
        f"**(a)** Find $\\partial P_j/\\partial h_i$ for $j = i$ and for $j \\ne i$. {marks['a']}\n\n"
        "**(b)** Prove with the chain rule that $\\partial L/\\partial h_i = P_i - y_i$ for every $i$. "
        f"{marks['b']}\n\n"
        f"**(c)** The classes are numbered from 0. Their scores are {scores}, and the right class is "
        f"{givens['right_class']}. Compute all probabilities, all $\\partial P_j/\\partial h_i$, the loss, "
        f"and all $\\partial L/\\partial h_i$. {marks['c']}"
    )


def _probabilities(scores: Sequence[float]) -> tuple[float, ...]:
    """Return one over the sum of exp(h_k - h_j), for each class j."""
    return tuple(1 / math.fsum(math.exp(other - score) for other in scores) for score in scores)


def _jacobian(scores: Sequence[float]) -> tuple[tuple[float, ...], ...]:
    """Return the derivatives by the quotient rule; on the diagonal S - exp(h_i) is the sum of the others."""
    powers = [math.exp(score - max(scores)) for score in scores]
    square = math.fsum(powers) ** 2
    return tuple(
        tuple(
            p * math.fsum(powers[:j] + powers[j + 1 :]) / square if i == j else -p * powers[i] / square
            for i in range(len(scores))
        )
        for j, p in enumerate(powers)
    )


def _check(givens: Mapping[str, Any]) -> None:
    """Refuse what is no classifier.

    Raises:
        PracticeError: for fewer than two scores, scores that are not numbers or too far apart, and a right
            class that does not exist.
    """
    scores, right = givens["scores"], givens["right_class"]
    if not isinstance(scores, list | tuple) or not all(_is_number(score) for score in scores):
        raise PracticeError(
            f"scores = {shown(scores, 80)} is not a list of numbers.", remedy="Give one score for each class."
        )
    if len(scores) < 2:
        raise PracticeError(
            f"With {len(scores) or 'no'} class there is nothing to tell apart.",
            remedy="Give two scores or more.",
        )
    if max(scores) - min(scores) > FURTHEST:
        raise PracticeError(
            f"The scores {shown(scores, 80)} lie {max(scores) - min(scores):g} apart, so the smallest "
            "derivatives cannot be checked in numbers.",
            remedy=f"Choose them at most {FURTHEST} apart.",
        )
    if type(right) is not int or not 0 <= right < len(scores):
        raise PracticeError(
            f"right_class = {shown(right)} is not the number of a class.",
            remedy=f"The classes are 0 to {len(scores) - 1}.",
        )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
