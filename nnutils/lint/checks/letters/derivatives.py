"""Derivatives stated beside their functions: 'f(x) = x² sin x, f′(x) = 2x sin x + x² cos x'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from nnutils.core.numerals import number_text
from nnutils.lint.checks.field.agreement import agreement, number_of, value_text
from nnutils.lint.checks.field.clauses import running_text
from nnutils.lint.checks.letters.equations import Derivative, Equation, Side, equations_in
from nnutils.lint.checks.letters.evaluating import (
    KNOWN,
    Function,
    Functions,
    called,
    derivative,
    derivative_text,
    evaluate,
    free_names,
    normal,
)
from nnutils.lint.checks.letters.points import Comparison, compare, points
from nnutils.lint.context import Context
from nnutils.lint.finding import Cause, Finding, Verdict
from nnutils.lint.language import Node
from nnutils.lint.values import UndefinedError, Value

__all__ = ["check_derivatives", "definition_of"]

_KIND = "derivative"
_NAME = re.compile(r"[^\W\d_][\u0300-\u036f\u20d7]*(?:_-?\w{1,4})?")
_FUNCTION_LETTERS = set("fghFGHJLS")  # f(x) is a value of f, also where f is not known
_HINT = re.compile(r"['’′]|∂|\bd\s*/|/\s*\(?d|\bd[^\W\d_]\s*/|\(d[^\W\d_]?\)")
_CONDITION = re.compile(
    r"^[\s,]*(?:if|for|when|where|at|unless|whenever|\()[^.\n]{0,30}[<>=≤≥≠]", re.IGNORECASE
)
_NEAR = 4  # so many equations back in the same paragraph, a function stands beside its derivative
_SOUGHT = re.compile(
    r"\b(?:find|solve|set|suppose|assume|want|require|condition|equation|satisf\w*)\b", re.IGNORECASE
)


def check_derivatives(context: Context) -> Iterator[Finding]:
    """Judge each derivative whose function the sheet defines before it or beside it, or that everybody knows.

    >>> from nnutils.lint import lint
    >>> report = lint("f(x) = x² sin x, so f'(x) = 2x sin x − x² cos x.")
    >>> [(one.kind, one.statement) for one in report.wrong]
    [('derivative', "f'(x) = 2x sin x − x² cos x")]
    """
    if not any(_HINT.search(piece.text) for piece in running_text(context)):
        return
    equations = [one for piece in running_text(context) for one in equations_in(context, piece)]
    functions: dict[str, Function] = {}
    twice = _defined_twice(equations)
    beside = [_defined_in(equations, place) for place in range(len(equations))]
    for place, equation in enumerate(equations):
        if found := definition_of(equation):
            functions[found[0]] = found[1]
        if any(side.derivative is not None for side in equation.sides):
            known = {**functions, **beside[place]}
            # the function that stands right before its derivative is the one that is meant
            before = [one for one in equations[max(0, place - _NEAR) : place] if one.piece is equation.piece]
            clear = {found[0] for one in before if (found := definition_of(one))} - _defined_twice(before)
            yield from _judged(context, equation, known, twice - clear)


def definition_of(equation: Equation) -> tuple[str, Function] | None:
    """Return the function that an equation defines, by f(x) = … or y = …, with its name."""
    first = equation.sides[0].node
    bodies = [side.node for side in equation.sides[1:] if side.node is not None]
    if first is None or any(side.derivative is not None for side in equation.sides):
        return None
    for body in bodies:
        if body.operation in ("number", "name") or body.operation == "call" and body.text not in KNOWN:
            continue
        names = free_names(body)
        if first.operation == "call" and first.text not in KNOWN:
            inside = [part.arguments[0] if part.operation == "group" else part for part in first.arguments]
            if all(part.operation == "name" for part in inside):
                return first.text, Function(tuple(normal(part.text) for part in inside), body)
            return None
        if first.operation == "name" and names and normal(first.text) not in names:
            return normal(first.text), Function(tuple(sorted(names)), body, named=True)
    return None


def _defined_twice(equations: list[Equation]) -> set[str]:
    """Return the names that a sheet defines in several ways: which one is meant somewhere is not certain."""
    found: dict[str, set[str]] = {}
    for equation in equations:
        if defined := definition_of(equation):
            text = equation.piece.text[defined[1].body.start : defined[1].body.end]
            found.setdefault(defined[0], set()).add("".join(text.split()))
    return {name for name, texts in found.items() if len(texts) > 1}


def _defined_in(equations: list[Equation], place: int) -> dict[str, Function]:
    """Return the functions defined in the same piece as an equation, after it too: '… where y = …'."""
    here = equations[place].piece
    found = [definition_of(one) for one in equations[place : place + 4] if one.piece is here]
    return dict(one for one in found if one is not None)


def _judged(context: Context, equation: Equation, functions: Functions, twice: set[str]) -> Iterator[Finding]:
    text = equation.piece.text
    sought = bool(_SOUGHT.search(text, max(0, equation.start - 60), equation.start))
    conditional = bool(_CONDITION.match(text[equation.end : equation.end + 60]))
    for place, side in enumerate(equation.sides):
        if side.derivative is None:
            continue
        root = _root(side.derivative, functions)
        others = [one for one in equation.sides[place + 1 :] if one.node is not None]
        if root is None or not others:
            continue
        for other in others:
            if side.derivative.at is not None:
                one = _at_a_number(context, equation, side, other, root, functions)
            else:
                one = _in_letters(
                    context,
                    equation,
                    side,
                    other,
                    root,
                    functions,
                    conditional=conditional,
                    twice=side.derivative.of in twice,
                )
            if one is not None and not (sought and one.verdict != "right"):
                yield one


def _root(stated: Derivative, functions: Functions) -> tuple[Node, str] | None:
    """Return the tree of which a derivative is stated, and its variable."""
    if stated.body is not None:
        return stated.body, stated.wrt
    function = functions.get(stated.of)
    if function is not None:
        variable = stated.wrt or (function.parameters[0] if len(function.parameters) == 1 else "")
        if variable in function.parameters:
            return function.body, variable
        if len(function.parameters) == 1 and variable:  # f(x) = …, and f′(z)
            inside = Node("name", text=variable)
            return Node("call", (inside,), stated.of), variable
        return None
    if stated.of in KNOWN:
        variable = stated.wrt or "x"
        return Node("call", (Node("name", text=variable),), stated.of), variable
    return None


def _in_letters(
    context: Context,
    equation: Equation,
    side: Side,
    other: Side,
    root: tuple[Node, str],
    functions: Functions,
    *,
    conditional: bool,
    twice: bool,
) -> Finding | None:
    node, variable = root
    assert other.node is not None
    inner = {name: one for name, one in functions.items() if one.named}
    names = (free_names(node) | free_names(other.node) | {variable}) - set(inner)
    unknown = (called(node) | called(other.node)) - {name for name, one in functions.items() if not one.named}
    if not all(map(_NAME.fullmatch, names)) or not unknown <= (names | set(inner)) - _FUNCTION_LETTERS:
        return _unchecked(context, equation, side, other, "function")
    if not free_names(other.node) <= free_names(node) | set(inner) | {variable}:
        return _unchecked(context, equation, side, other, "letters")

    def values(point: dict[str, float]) -> dict[str, float]:
        made = dict(point)
        for name, one in inner.items():
            if set(one.parameters) <= set(point):
                try:
                    made[name] = float(evaluate(one.body, point, functions))
                except UndefinedError:
                    continue
        return made

    found = compare(
        names,
        lambda point: derivative(node, point, [variable], functions)[variable],
        lambda point: float(evaluate(other.node, values(point), functions)),  # type: ignore[arg-type]
    )
    verdict, cause = _verdict(found, conditional=conditional)
    if verdict == "wrong" and not free_names(other.node):
        verdict, cause = "unchecked", "context"  # a number: the derivative at a point that is told elsewhere
    if verdict == "wrong" and twice:
        verdict, cause = "unchecked", "two values"
    why = computed = ""
    if verdict in ("wrong", "suspicious") and found.example is not None:
        point, right, stated = found.example
        place = ", ".join(f"{name} = {_short(value)}" for name, value in sorted(point.items()))
        computed = _formula(node, variable, names, functions) or f"{_short(right)} at {place}"
        why = f"At {place} the derivative is {_short(right)}, and the stated one is {_short(stated)}."
    return context.finding(
        equation.piece,
        side.start,
        other.end,
        _KIND,
        verdict,
        stated=equation.piece.text[other.start : other.end],
        computed=computed,
        why=why,
        cause=cause,
    )


def _unchecked(context: Context, equation: Equation, side: Side, other: Side, cause: Cause) -> Finding:
    return context.finding(equation.piece, side.start, other.end, _KIND, "unchecked", cause=cause)


def _verdict(found: Comparison, *, conditional: bool) -> tuple[Verdict, Cause]:
    if found.agree == "everywhere":
        return "right", ""
    if found.agree == "nowhere" and not conditional:
        return "wrong", ""
    if found.agree in ("undefined", "name", "function"):
        return "unchecked", found.agree
    return "unchecked", "letters"


def _short(value: float) -> str:
    return number_text(value, significant=4)


def _formula(node: Node, variable: str, names: set[str], functions: Functions) -> str:
    """Return the right derivative as a formula, where there is a point at which it can be recorded."""
    for point in points(names):
        try:
            return derivative_text(node, point, variable, functions)
        except UndefinedError:
            continue
    return ""


def _at_a_number(
    context: Context,
    equation: Equation,
    side: Side,
    other: Side,
    root: tuple[Node, str],
    functions: Functions,
) -> Finding | None:
    """Judge f'(2) = 12: the derivative at a number, at the precision written."""
    node, variable = root
    written = number_of(other.node) if other.node is not None else None
    assert side.derivative is not None and side.derivative.at is not None
    if written is None:
        return None
    try:
        place = float(evaluate(side.derivative.at, {}, functions))
        value = Fraction(derivative(node, {variable: place}, [variable], functions)[variable])
    except UndefinedError:
        return None
    noise = abs(value) / 10**12
    right = Value(value, value - noise, value + noise, False)
    verdict = agreement(written, right)
    return context.finding(
        equation.piece,
        side.start,
        other.end,
        _KIND,
        verdict,
        stated=written.text,
        computed=value_text(right, written),
        why="" if verdict == "right" else f"The derivative there is {value_text(right)}.",
    )
