"""Weights as a product, and behind them the count with biases: '120 × 100 = 12,000, with biases 12,100'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nnutils.lint.checks.counts.widths import COUNT, whole_number
from nnutils.lint.checks.letters.equations import Equation, equations_in
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.language import Node
from nnutils.lint.sheets import Piece
from nnutils.lint.values import Reading, UndefinedError, compute

__all__ = ["check_with_biases"]

_BIASES = r"(?:with|including|incl\.?|counting|plus|and)\s+(?:the\s+|its\s+|all\s+)?bias(?:es)?(?!\s*=)"
_FILLING = (
    r"(?:\s*[,:]?\s*(?:there|we|it|this|that|are|is|has|have|gets?|makes?|in|all|total|altogether|of|so))*"
)
_STATED = re.compile(
    rf"\s*(?P<weights>weights?)?\s*(?:each\s*)?[,;(–—-]*\s*(?:and\s+|so\s+|or\s+)?"
    rf"(?:{_BIASES}{_FILLING}\s*[:=]?\s*(?P<behind>{COUNT})(?!\s*[×·*+/%])"
    rf"|(?P<before>{COUNT})\s*(?:parameters?\s*)?\(?{_BIASES})",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\btotal|\bnetwork|\bmodel|\blayers|\bmaps?\b", re.IGNORECASE)
_ADDED = re.compile(r"\b(?:and|plus)\b", re.IGNORECASE)
_MOST_FACTORS = 6


def check_with_biases(context: Context) -> Iterator[Finding]:
    """Judge a count with the biases behind the weights of a layer: one factor of the product is added.

    >>> from nnutils.lint import lint
    >>> one = lint("fc1: 120 × 100 = 12,000 weights, including biases 12,200 parameters.").wrong[0]
    >>> one.stated, one.computed, one.why
    ('12,200', '12,100', '12,000 weights and 100 biases are 12,100.')
    """
    for piece in context.sentences:
        if "bias" in piece.text.lower():
            for equation in equations_in(context, piece):
                found = _STATED.match(piece.text, equation.end)
                factors = _factors(equation)
                if found and factors and not _OTHERS.search(found[0]):
                    yield from _judged(context, piece, found, factors, equation)


def _factors(equation: Equation) -> list[int]:
    """Return the factors of the product of whole numbers that an equation has as its last side but one."""
    if len(equation.sides) < 2:
        return []
    node, result = equation.sides[-2].node, equation.sides[-1].node
    if node is None or result is None or result.bare is None or node.operation != "multiply":
        return []
    made = _parts(node)
    return made if 2 <= len(made) <= _MOST_FACTORS else []


def _parts(node: Node) -> list[int]:
    if node.operation == "multiply":
        first, second = (_parts(part) for part in node.arguments)
        return [*first, *second] if first and second else []
    try:
        value = compute(node, Reading())
    except UndefinedError:
        return []
    return [int(value.nominal)] if value.exact and value.nominal.denominator == 1 else []


def _judged(
    context: Context, piece: Piece, found: re.Match[str], factors: list[int], equation: Equation
) -> Iterator[Finding]:
    group = "behind" if found["behind"] else "before"
    stated, result = whole_number(found[group], context.style), equation.sides[-1].node
    if stated is None or result is None or result.bare is None or result.bare.value.denominator != 1:
        return
    told = int(result.bare.value)
    product = 1
    for factor in factors:
        product *= factor
    right = {weights + factor: factor for weights in (told, product) for factor in factors}
    if stated not in right and not (found["weights"] or len(factors) == 2):
        return  # the words do not settle what the product is
    if stated in factors and (group == "before" or _ADDED.search(found[0])):
        return  # the number of biases itself
    verdict = "right" if stated in right else "wrong"
    biases = factors[-1] if stated not in right else right[stated]
    both = product + biases
    start, end = found.span(group)
    yield context.finding(
        piece, start, end, "parameters", "right" if verdict == "right" else "wrong",
        stated=found[group], computed=f"{stated if verdict == 'right' else both:,}",
        why="" if verdict == "right" else f"{product:,} weights and {biases:,} biases are {both:,}.",
    )  # fmt: skip
