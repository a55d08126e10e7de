"""Solutions of a size equation: '32 = ⌊(64 − k + 2p)/s⌋ + 1, a solution is k = 8, s = 2, p = 3'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nnutils.lint.checks.field.agreement import number_of, value_text
from nnutils.lint.checks.field.clauses import running_text
from nnutils.lint.checks.letters.equations import Equation, equations_in
from nnutils.lint.checks.letters.evaluating import normal
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.language import Node
from nnutils.lint.values import Reading, UndefinedError, Value, compute

__all__ = ["check_solutions"]

_SETTINGS = {"k", "s", "p", "d", "i", "o", "f", "K", "S", "P", "D", "F"}
_ANNOUNCED = re.compile(
    r"\b(?:solutions?|choose|choosing|take|taking|e\.g|for example|possible|works?|satisf\w*|solved by"
    r"|holds for|fulfil\w*)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|no|fails?|neither|cannot|wrong)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Solution:
    """Settings given together, and where."""

    values: dict[str, Value]
    start: int
    end: int


@dataclass(frozen=True)
class _Sought:
    """An equation to be solved: the side with letters, and the number that it should be."""

    equation: Equation
    node: Node
    wanted: Value


def check_solutions(context: Context) -> Iterator[Finding]:
    """Judge each solution that is put behind a size equation: put into it, it must satisfy it.

    >>> from nnutils.lint import lint
    >>> report = lint("4 = ⌊(8 − k + 2)/s⌋ + 1: possible solutions are k = 4, s = 2 or k = 7, s = 2.")
    >>> [(one.statement, one.why) for one in report.wrong]
    [('k = 7, s = 2', 'With k = 7, s = 2 the equation gives 2, not 4.')]
    """
    for piece in running_text(context):
        if "=" not in piece.text or not _ANNOUNCED.search(piece.text):
            continue
        open_equations: list[_Sought] = []
        given: dict[str, Value] = {}
        found = list(equations_in(context, piece))
        place, begin = 0, 0
        while place < len(found):
            read = _to_solve(found[place])
            if read is not None:
                follows = place and _to_solve(found[place - 1]) is not None
                open_equations = [*open_equations, read] if follows else [read]
                begin = found[place].end
                place += 1
                continue
            group, place = _group(found, place)
            if group is None:
                place += 1
                continue
            between = piece.text[begin : group.start] if open_equations else ""
            if open_equations and _ANNOUNCED.search(between) and not _NOT.search(between):
                yield from _judged(context, open_equations, given, group)
            else:
                given = {**given, **group.values}


def _to_solve(equation: Equation) -> _Sought | None:
    """Return an equation with letters on one side and a number on the other."""
    nodes = [side.node for side in equation.sides]
    if len(nodes) != 2 or nodes[0] is None or nodes[1] is None:
        return None
    for number, node in ((nodes[0], nodes[1]), (nodes[1], nodes[0])):
        names = {normal(name) for name in node.names}
        if number_of(number) is not None and node.operations > 1 and names and names <= _SETTINGS:
            return _Sought(equation, node, compute(number, Reading()))
    return None


def _group(found: list[Equation], place: int) -> tuple[_Solution | None, int]:
    """Return the settings that begin at a place and stand together, as in k = 3, s = 2, and their end."""
    values: dict[str, Value] = {}
    start = found[place].start
    end = start
    while place < len(found):
        one = _assigned(found[place])
        between = found[place].piece.text[end : found[place].start]
        joined = not values or re.fullmatch(r"\s*(?:,|,?\s*and|;|&)?\s*", between)
        if one is None or not joined or set(one) & set(values):
            break
        values, end = {**values, **one}, found[place].end
        place += 1
    return (_Solution(values, start, end), place) if values else (None, place)


def _assigned(equation: Equation) -> dict[str, Value] | None:
    """Return the settings of k = 4 or k = s = 4; None for another equation."""
    *names, last = [side.node for side in equation.sides]
    if last is None or last.bare is None or any(one is None or one.operation != "name" for one in names):
        return None
    made = {normal(one.text): compute(last, Reading()) for one in names if one is not None}
    return made if set(made) <= _SETTINGS else None


def _judged(
    context: Context, equations: list[_Sought], given: dict[str, Value], group: _Solution
) -> Iterator[Finding]:
    """Judge a solution: right if it satisfies one of the equations; the others are then suspicious."""
    known = {**given, **group.values}
    results: list[tuple[_Sought, Value]] = []
    for one in equations:
        names = {name: known[normal(name)] for name in one.node.names if normal(name) in known}
        try:
            results.append((one, compute(one.node, Reading(names))))
        except UndefinedError:
            continue
    if not results:
        return
    failing = [(one, value) for one, value in results if value.nominal != one.wanted.nominal]
    solved = len(failing) < len(results)
    shown = ", ".join(f"{name} = {value_text(value)}" for name, value in group.values.items())
    first, value = failing[0] if failing else results[0]
    why = f"With {shown} the equation gives {value_text(value)}, not {value_text(first.wanted)}."
    piece = first.equation.piece
    yield context.finding(
        piece,
        group.start,
        group.end,
        "solution",
        "right" if solved else "wrong",
        stated=piece.text[group.start : group.end],
        computed="" if solved else value_text(value),
        why="" if solved else why,
    )
    for one, value in failing if solved else ():
        why = f"With {shown} it gives {value_text(value)}, not {value_text(one.wanted)}. The other one holds."
        yield context.finding(
            piece,
            one.equation.start,
            one.equation.end,
            "solution",
            "suspicious",
            stated=value_text(one.wanted),
            computed=value_text(value),
            why=why,
        )
