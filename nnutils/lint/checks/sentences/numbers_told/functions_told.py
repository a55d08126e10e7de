"""Functions of one number told in words: 'The sigmoid of 0.9 is 0.711', 'with p = 0.1 the loss is 2.303'."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from nnutils.lint.checks.field.agreement import agreement, value_text
from nnutils.lint.checks.field.clauses import running_text
from nnutils.lint.checks.relations.doubts import denied
from nnutils.lint.checks.sentences.numbers_told.lists import NUMBER, numbers_in
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.sheets import Piece
from nnutils.lint.values import SMOOTH, Value

__all__ = ["check_functions_told"]

_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sigmoid|logistic function|logistic sigmoid": SMOOTH["sigmoid"],
    "tanh|hyperbolic tangent": math.tanh,
    "softplus": SMOOTH["softplus"],
    "exponential": math.exp,
    "natural logarithm|natural log|ln": math.log,
    "binary logarithm|logarithm to base 2|base-2 logarithm|log2": math.log2,
    "cosine|cos": math.cos,
    "sine|sin": math.sin,
    "relu": lambda one: max(one, 0.0),
}
_IS = (
    r"\s*,?\s*(?:is|equals?|gives|yields|=|≈|:|→|comes? to|amounts? to|makes?|results? in|becomes?"
    r"|evaluates? to"
    r"|returns|produces|costs|contributes)"
    r"(?:\s+(?:then|thus|therefore|hence|about|approximately|roughly|just|only))*\s*"
)
_TOLD = {
    words: re.compile(
        rf"\b(?:{words})\s+(?:function\s+|activation\s+)?(?:of|at|applied to|for|on)\s+(?:\w\s*=\s*)?"
        rf"(?P<at>{NUMBER}){_IS}(?P<stated>{NUMBER})",
        re.IGNORECASE,
    )
    for words in _FUNCTIONS
}
_OF_IT = re.compile(
    r"\b(?:derivative|slope|gradient|half|minus|logarithm|log|inverse|twice|square|one|negative)\b[^.;]{0,20}$",
    re.IGNORECASE,
)
_LOSS = (
    r"(?P<loss>(?:cross[- ]entropy(?:[- ]loss)?|log[- ]loss|negative log[- ]?likelihood|NLL|surprisal|loss))"
)
_LIKELY = (
    r"(?:probabilit(?:y|ies)|prediction|confidence"
    r"|(?:true|correct|right|target) (?:class|label|token|word|answer))"
)
_AT = rf"(?:[a-z](?:[_^]?\w)?\s*=\s*|of\s+|is\s+|=\s*|being\s+|at\s+|only\s+)*(?P<at>{NUMBER})"
_STATED = rf"(?P<stated>{NUMBER})"
_LOSSES = (
    re.compile(
        rf"\b{_LIKELY}\b[^.;:\d]{{0,40}}?{_AT}[^.;:\d]{{0,60}}?"
        rf"\b{_LOSS}[^.;:\d]{{0,25}}?{_IS}{_STATED}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_LOSS}[^.;:\d]{{0,50}}?\b(?:{_LIKELY}|class)\b[^.;:\d]{{0,30}}?{_AT}"
        rf"[^.;:\d]{{0,20}}?{_IS}{_STATED}",
        re.IGNORECASE,
    ),
)
_OTHER = re.compile(
    r"dropout|epoch|validation|training|average|mean|total|rate|decay|regulari|penalty|focal|hinge|smooth"
    r"|from|rose|fell|batch|while|whereas|other|rises|falls|drops|increas|decreas|\bbut\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"(?:target|label|y)\s*(?:is|=|of)?\s*0\b|negative (?:class|example)|binary|wrong", re.IGNORECASE
)
_UNITS_OFF = Fraction(3, 2)


def check_functions_told(context: Context) -> Iterator[Finding]:
    """Judge functions of one number told in words, and the loss of a probability.

    >>> from nnutils.lint import lint
    >>> report = lint("The sigmoid of 0.9 is 0.771. The loss for a class with p = 0.1 is 2.303.")
    >>> [(one.stated, one.computed) for one in report.wrong]
    [('0.771', '0.711')]
    """
    if context.style.decimal != ".":
        return
    for piece in running_text(context):
        if piece.kind != "text" or not any(sign.isdigit() for sign in piece.text):
            continue
        for words, pattern in _TOLD.items():
            for found in pattern.finditer(piece.text):
                if not _OF_IT.search(piece.text[max(0, found.start() - 40) : found.start()]):
                    yield from _judged(context, piece, found, [_FUNCTIONS[words]])
        for pattern in _LOSSES:
            for found in pattern.finditer(piece.text):
                line = piece.text[max(0, found.start() - 30) : found.end()]
                if not _OTHER.search(line):
                    either = [_of_the_other] if _NEGATIVE.search(line) else []
                    yield from _judged(context, piece, found, [*_OF_A_PROBABILITY, *either])


def _cross_entropy(one: float) -> float:
    return -math.log(one)


def _of_the_other(one: float) -> float:
    return -math.log(1 - one)


_OF_A_PROBABILITY: list[Callable[[float], float]] = [
    _cross_entropy,
    lambda one: -math.log2(one),
    lambda one: -math.log10(one),
    lambda one: (1 - one) ** 2,
    lambda one: (1 - one) ** 2 / 2,
    lambda one: 1 - one,
]


def _judged(
    context: Context, piece: Piece, found: re.Match[str], functions: list[Callable[[float], float]]
) -> Iterator[Finding]:
    """Yield that a number is wrong where no function that may be meant leads to it."""
    at, stated = (numbers_in(piece.text, *found.span(name), context.style) for name in ("at", "stated"))
    if at is None or stated is None or denied(piece, found.start(), found.end()):
        return
    point = float(at.values[0])
    if len(functions) > 1 and not 0 < point < 1:
        return
    written = stated.written[0]
    made = list[Value]()
    for function in functions:
        try:
            value = Fraction(function(point)).limit_denominator(10**9)
        except (OverflowError, ValueError):
            return
        made.append(Value(value, value, value, False))
    unit = written.unit or Fraction(1)
    if any(agreement(written, one) != "wrong" for one in made):
        return
    if any(abs(one.nominal - written.value) <= _UNITS_OFF * unit for one in made):
        return
    shown = value_text(made[0], written)
    yield context.finding(
        piece, found.start(), found.end(), "quantity", "wrong", stated=found["stated"], computed=shown,
        why=f"Of {found['at']} it is {shown}.", at=found.start("stated"),
    )  # fmt: skip
