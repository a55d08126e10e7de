"""Functions at a point, told in words: 'At x = 2 the slope is 8', 'f has the value 21 at x = 3'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from nnutils.lint.checks.field.agreement import agreement, value_text
from nnutils.lint.checks.field.clauses import running_text
from nnutils.lint.checks.letters.equations import equations_in
from nnutils.lint.checks.letters.evaluating import Function, derivative, evaluate, normal
from nnutils.lint.checks.relations.doubts import denied
from nnutils.lint.checks.valued.knowledge import Knowledge
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.numbers import number_at
from nnutils.lint.sheets import Piece
from nnutils.lint.values import UndefinedError, Value
from nnutils.slips.precision import WrittenNumber

__all__ = ["check_at_points"]

_NUMBER = r"[-−]?\d+(?:\.\d+)?(?![\d.]*[\w(²³^/·*])"
_WHAT = r"(?P<what>slope|derivative|gradient|rate of change|value)"
_AT = rf"(?:at|for|when|if|in|with)\s+(?:the point\s+)?(?P<name>[^\W\d_])\s*=\s*(?P<point>{_NUMBER})"
_IS = r"(?:is|equals|of|=|comes to|amounts to|as|gives|yields|has)"
_STATED = rf"(?P<stated>{_NUMBER})"
_DERIVATIVE = re.compile(r"derivative|slope|gradient|['’′]", re.IGNORECASE)
_TOLD = (
    re.compile(
        rf"(?i)\b{_AT},?\s+[^.;:=\d]{{0,40}}?\b{_WHAT}\b[^.;:=\d]{{0,25}}?\s*{_IS}\s+{_STATED}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?i)\b{_WHAT}\b[^.;:=\d]{{0,30}}?\b{_AT}\s+(?:then\s+|thus\s+)?{_IS}\s+{_STATED}",
        re.IGNORECASE,
    ),
    re.compile(rf"(?i)\b{_WHAT}\s+(?:{_IS}\s+)?{_STATED}\s+{_AT}"),
)


def check_at_points(context: Context) -> Iterator[Finding]:
    """Judge the slope or the value that a sentence tells of the one function of its section.

    >>> from nnutils.lint import lint
    >>> report = lint("For f(x) = x² + 3x we have f'(x) = 2x + 3, so at x = 2 the slope is 5.")
    >>> [(one.computed, one.why) for one in report.wrong]
    [('7', 'The slope of f at x = 2 is 7.')]
    """
    section = list[Piece]()
    for piece in running_text(context):
        if piece.kind == "heading":
            section = []
            continue
        if piece.kind == "output":
            continue
        section.append(piece)
        told = [found for pattern in _TOLD for found in pattern.finditer(piece.text)]
        if told:
            yield from _judged(context, piece, told, section)


def _judged(
    context: Context, piece: Piece, told: Sequence[re.Match[str]], section: Sequence[Piece]
) -> Iterator[Finding]:
    known = Knowledge()
    for one in section:
        for equation in equations_in(context, one):
            known.add(equation)
    functions = {name: one for name, one in known.functions().items() if len(one.parameters) == 1}
    if any(len(found) > 1 and not found[0].named for found in known.formulas.values()):
        return
    for found in told:
        start, end = found.span("stated")
        written = _written(context, piece.text, start, end)
        meant = {name: one for name, one in functions.items() if one.parameters[0] == normal(found["name"])}
        if written is None or not meant or denied(piece, found.start(), found.end()):
            continue
        if len(meant) > 1:
            continue
        ((name, function),) = meant.items()
        what = found["what"].lower()
        made = [_value(function, found, functions, what)]
        if what == "value" and _DERIVATIVE.search(piece.text[: found.end()]):
            made.append(_value(function, found, functions, "slope"))
        if any(value is None or agreement(written, value) != "wrong" for value in made):
            continue
        value = made[0]
        assert value is not None
        shown = value_text(value, written)
        why = f"The {what} of {name} at {found['name']} = {found['point']} is {shown}."
        yield context.finding(
            piece, found.start(), found.end(), "formula", "wrong",
            stated=piece.text[start:end], computed=shown, why=why, at=start,
        )  # fmt: skip


def _value(
    function: Function, found: re.Match[str], functions: dict[str, Function], what: str
) -> Value | None:
    name = function.parameters[0]
    at = float(found["point"].replace("−", "-"))
    try:
        if what == "value":
            made = float(evaluate(function.body, {name: at}, functions))
        else:
            made = derivative(function.body, {name: at}, [name], functions)[name]
    except (UndefinedError, KeyError):
        return None
    exact = Fraction(made).limit_denominator(10**9)
    return Value(exact, exact, exact, False)


def _written(context: Context, text: str, start: int, end: int) -> WrittenNumber | None:
    negative = text[start] in "-−"
    number = number_at(text, start + negative, context.style)
    if number is None or number.end != end:
        return None
    return replace(number.written, value=-number.written.value) if negative else number.written
