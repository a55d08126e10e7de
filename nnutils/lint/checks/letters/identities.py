"""Identities in letters: 'tanh(x) = 2σ(2x) − 1', judged at random points where nothing speaks against it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nnutils.core.numerals import number_text
from nnutils.lint.checks.field.clauses import running_text
from nnutils.lint.checks.letters.equations import Equation, Side, equations_in
from nnutils.lint.checks.letters.evaluating import KNOWN, called, evaluate, free_names, normal
from nnutils.lint.checks.letters.points import compare
from nnutils.lint.context import Context
from nnutils.lint.finding import Cause, Finding, Verdict
from nnutils.lint.language import Node

__all__ = ["check_identities"]

_ACTIVATIONS = ("sigmoid", "logistic", "tanh", "softplus", "relu", "sinh", "cosh")
_OTHER_SENSE = re.compile(
    r"\b(?:let|if|when|where|solv\w*|suppose\w*|assum\w*|set|setting|given|such|defin\w*|then|equation|satisf\w*"
    r"|condition|require\w*|want|must|should|find|unless|instead|not|wrong|false|claim\w*|mistake|error|exercise"
    r"|for[ ](?!all|every|any)\w+|at|near|small|large|around|roughly|Taylor|approxim\w*"
    r"|intersect\w*|point|solutions?|roots?)\b",
    re.IGNORECASE,
)
_AROUND = 90
_NAME = re.compile(r"[^\W\d_][\u0300-\u036f\u20d7]*(?:_-?\w{1,4})?")


def check_identities(context: Context) -> Iterator[Finding]:
    """Judge each equality in letters in which every function is known.

    It is called wrong only where one side is an activation function, the other one is built of functions of
    the same letters, it holds at no point, and no word near it says that it is an equation or an assumption.

    >>> from nnutils.lint import lint
    >>> report = lint("It follows that σ(x) = ½ tanh(x/2 + 1).")
    >>> [(one.kind, one.statement) for one in report.wrong]
    [('identity', 'σ(x) = ½ tanh(x/2 + 1)')]
    """
    equations = [one for piece in running_text(context) for one in equations_in(context, piece)]
    defined: dict[int, set[str]] = {}  # an equation x = 3 beside an equality says at which point it is meant
    for each in equations:
        first = each.sides[0].node
        if first is not None and first.operation == "name":
            defined.setdefault(id(each.piece), set()).add(normal(first.text))
    for equation in equations:
        here = defined.get(id(equation.piece), set())
        for one, other in zip(equation.sides[:-1], equation.sides[1:], strict=True):
            if one.node is not None and other.node is not None:
                judged = _judged(context, equation, one, other, here)
                if judged is not None:
                    yield judged


def _judged(
    context: Context,
    equation: Equation,
    one: Side,
    other: Side,
    defined: set[str],
) -> Finding | None:
    left, right = one.node, other.node
    assert left is not None and right is not None
    names = free_names(left) | free_names(right)
    if not names or not _composite(left, right) or called(left) | called(right):
        return None
    if not any(_calls(side) for side in (left, right)) and left.operations + right.operations < 3:
        return None
    if names & defined or not all(_NAME.fullmatch(name) and not _is_array(name) for name in names):
        return _finding(context, equation, one, other, "unchecked", "letters")
    found = compare(names, lambda p: float(evaluate(left, p)), lambda p: float(evaluate(right, p)))
    if found.agree == "everywhere":
        return _finding(context, equation, one, other, "right", "")
    if found.agree in ("undefined", "name", "function"):
        return _finding(context, equation, one, other, "unchecked", found.agree)
    if found.agree != "nowhere" or not _surely_an_identity(equation, left, right):
        return _finding(context, equation, one, other, "unchecked", "letters")
    assert found.example is not None
    point, first, second = found.example
    place = ", ".join(f"{name} = {number_text(value)}" for name, value in point.items())
    sides = f"{number_text(first, significant=4)} and {number_text(second, significant=4)}"
    why = f"At {place} the sides are {sides}."
    return _finding(
        context, equation, one, other, "wrong", "", why, number_text(first, significant=4) + f" at {place}"
    )


def _composite(left: Node, right: Node) -> bool:
    """Return whether neither side is a lone name or number, as in a definition or an equation."""
    bare = ("name", "number", "vector", "matrix")
    return (
        left.operation not in bare
        and right.operation not in bare
        and bool(left.operations and right.operations)
    )


def _calls(node: Node) -> bool:
    return any(one.operation == "call" and one.text in KNOWN for one in node.walk())


def _is_array(name: str) -> bool:
    """Return whether a name may be of a matrix, of a random variable, or one of many: X, W_1, x_i."""
    letters, _, lowered = name.partition("_")
    return letters[:1].isupper() or any(sign.isalpha() for sign in lowered)


def _surely_an_identity(equation: Equation, left: Node, right: Node) -> bool:
    if "≈" in equation.signs or ":=" in equation.signs:
        return False
    if free_names(left) != free_names(right):
        return False
    for one, other in ((left, right), (right, left)):
        if one.operation == "call" and one.text in _ACTIVATIONS and _of_functions(other):
            text = equation.piece.text
            near = text[max(0, equation.start - _AROUND) : equation.start]
            near = re.split(r"[.;]\s|\n\s*\n", near)[-1]
            behind = re.split(r"[.;]\s|\n", text[equation.end : equation.end + _AROUND])[0]
            return not _OTHER_SENSE.search(near) and not _OTHER_SENSE.search(behind)
    return False


def _of_functions(node: Node) -> bool:
    """Return whether a side is built of functions: with a call, or with e to a power."""
    if node.operation == "call":  # tanh(x) = σ(x) is an equation to be solved
        return node.text in _ACTIVATIONS and node.arguments[0].operations > 0
    powers = [one for one in node.walk() if one.operation == "power" and one.arguments[0].operation == "name"]
    return _calls(node) or any(one.arguments[0].text == "e" for one in powers)


def _finding(
    context: Context,
    equation: Equation,
    one: Side,
    other: Side,
    verdict: Verdict,
    cause: Cause,
    why: str = "",
    computed: str = "",
) -> Finding:
    stated = equation.piece.text[other.start : other.end]
    return context.finding(
        equation.piece,
        one.start,
        other.end,
        "identity",
        verdict,
        stated=stated,
        computed=computed,
        why=why,
        cause=cause,
    )
