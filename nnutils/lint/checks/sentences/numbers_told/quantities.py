"""What is said of a list of numbers: its mean, variance, norms, softmax, products with another."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

__all__ = ["OF_ONE", "OF_TWO"]

_List = Sequence[float]
_Made = list[float]


def _mean(a: _List) -> float:
    return math.fsum(a) / len(a)


def _variances(a: _List) -> list[float]:
    """Return the variance of all, and of a sample."""
    squares = math.fsum((one - _mean(a)) ** 2 for one in a)
    return [squares / len(a), squares / (len(a) - 1)]


def _exponentials(a: _List) -> _Made:
    return [math.exp(one) for one in a]


def _shares(a: _List) -> _Made:
    total = math.fsum(a)
    return [one / total for one in a] if total else []


def _standardised(a: _List) -> list[_Made]:
    return [
        [(one - _mean(a)) / math.sqrt(variance) for one in a] if variance else []
        for variance in _variances(a)
    ]


def _softmax(a: _List) -> _Made:
    return _shares(_exponentials([one - max(a) for one in a]))


def _norm(a: _List) -> float:
    return math.sqrt(math.fsum(one * one for one in a))


def _dot(a: _List, b: _List) -> float:
    return math.fsum(x * y for x, y in zip(a, b, strict=True))


OF_ONE: dict[str, Callable[[_List], list[_Made]]] = {
    r"mean|average|expected value": lambda a: [[_mean(a)]],
    r"(?:sample |population )?variance": lambda a: [[one] for one in _variances(a)],
    r"standard deviation|std(?:\.? ?dev(?:iation)?)?": lambda a: [[math.sqrt(one)] for one in _variances(a)],
    r"(?:L[_ ]?1|1|ℓ[_ ]?1|L¹|Manhattan|taxicab)[- ]norm": lambda a: [[math.fsum(map(abs, a))]],
    r"(?:L[_ ]?2|2|ℓ[_ ]?2|L²|Euclidean)[- ](?:norm|length)|magnitude": lambda a: [[_norm(a)]],
    r"length": lambda a: [[_norm(a)], [float(len(a))]],
    r"(?:max(?:imum)?|infinity|inf|L∞|L_∞|∞|sup(?:remum)?)[- ]norm": lambda a: [[max(map(abs, a))]],
    r"norm": lambda a: [[_norm(a)], [math.fsum(map(abs, a))], [max(map(abs, a))]],
    r"exponentials|exponentiated (?:values|scores|logits)": lambda a: [_exponentials(a)],
    r"sum": lambda a: [[math.fsum(a)], [math.fsum(_exponentials(a))]],
    r"soft-?max(?: probabilities| values| output)?": lambda a: [_softmax(a)],
    r"probabilities|class probabilities": lambda a: [_softmax(a), _shares(a), list(a)],
    r"normali[sz]ed (?:values|activations|inputs|data)": lambda a: [
        *_standardised(a),
        _shares(a),
        _softmax(a),
    ],
    r"centred values|centered values|deviations(?: from the mean)?": lambda a: [
        [one - _mean(a) for one in a]
    ],
    r"relu": lambda a: [[max(one, 0.0) for one in a]],
}
"""Quantities of one list, by the words for them: what each may be, as lists."""

OF_TWO: dict[str, Callable[[_List, _List], list[_Made]]] = {
    r"(?:dot|inner|scalar) product": lambda a, b: [[_dot(a, b)]],
    r"outer product": lambda a, b: [[x * y for x in a for y in b]],
    r"(?:element-?wise|entry-?wise|Hadamard|component-?wise|pointwise) product": (
        lambda a, b: [[x * y for x, y in zip(a, b, strict=True)]]
    ),
    r"cosine(?: similarity)?|cosine of the angle": lambda a, b: [[_dot(a, b) / (_norm(a) * _norm(b))]],
    r"(?:Euclidean )?distance": lambda a, b: [[_norm([x - y for x, y in zip(a, b, strict=True)])]],
    r"(?:vector )?sum": lambda a, b: [[x + y for x, y in zip(a, b, strict=True)]],
    r"difference": lambda a, b: [[x - y for x, y in zip(a, b, strict=True)]],
    r"mean squared error|MSE": lambda a, b: [
        [_norm([x - y for x, y in zip(a, b, strict=True)]) ** 2 / len(a)]
    ],
}
"""Quantities of two lists."""
