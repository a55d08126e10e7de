"""Trace tables, row by row: v_3 = sin(v_0) = sin(5) = −0.9589, its tangent, its adjoint."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from nnutils.lint.checks.field.agreement import agreement, number_of, value_text
from nnutils.lint.checks.letters.derivatives import definition_of
from nnutils.lint.checks.letters.equations import equations_in
from nnutils.lint.checks.letters.evaluating import Function, derivative, evaluate, normal
from nnutils.lint.checks.letters.quoting_slips import Slip, follows_from_a_slip
from nnutils.lint.checks.letters.trace_rows import BAR, DOT, Row, RowSide, accent, base, traces_in
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.language import Node
from nnutils.lint.sheets import Piece, Table
from nnutils.lint.values import Reading, UndefinedError, Value, compute
from nnutils.slips.precision import WrittenNumber

__all__ = ["check_traces"]

_ORDER: tuple[Verdict, ...] = ("right", "rounded", "suspicious", "wrong")
_CLOSE = 1e-6
_MOST_CHOICES = 32
_MOST_VALUES = 4


@dataclass
class _Trace:
    """What is known of a trace: values by name, the exact one first; the trees of its rows, in order."""

    values: dict[str, list[Value]] = field(default_factory=dict)
    trees: dict[str, Node] = field(default_factory=dict)
    output: str = ""
    contributions: dict[str, list[tuple[str, float]]] = field(default_factory=dict)

    def point(self) -> dict[str, float]:
        """Return the exact values as floats."""
        return {name: float(values[0].nominal) for name, values in self.values.items() if values}


@dataclass(frozen=True)
class _Judged:
    verdict: Verdict
    side: RowSide
    computed: str = ""
    why: str = ""
    right: Value | None = None


def check_traces(context: Context) -> Iterator[Finding]:
    """Judge each row of a trace: what it equals follows from the rows before, at the precision written.

    >>> from nnutils.lint import lint
    >>> report = lint("v_0 = 5\\nv_1 = v_0 · v_0 = 25\\nv_2 = sin(v_0) = −0.9859\\nv_3 = v_1 + v_2 = 24.0411")
    >>> [(one.line, one.computed) for one in report.judged if one.kind == "trace" and one.verdict == "wrong"]
    [(3, '−0.9589')]
    """
    for number, rows in traces_in(context):
        trace = _Trace()
        given = _functions_before(context, number)
        every: list[tuple[Row, _Judged]] = []
        for mark in ("", DOT, BAR):
            if mark == BAR:
                _sweep_back(trace)
            for row in rows:
                if accent(row.names[0]) == mark:
                    judged = _row(trace, row, mark, given)
                    if judged is not None:
                        every.append((row, judged))
        slips = [slip for _, one in every if (slip := _slip(one)) is not None]
        for row, judged in every:
            yield _finding(context, row, _with_slips(judged, slips))


def _slip(one: _Judged) -> Slip | None:
    """Return the number that a row states and the right one, where it is wrong."""
    written = number_of(one.side.node) if one.side.node is not None else None
    return (
        None if one.verdict != "wrong" or written is None or one.right is None else (written.value, one.right)
    )


def _with_slips(one: _Judged, slips: Sequence[Slip]) -> _Judged:
    if one.verdict != "wrong" or one.right is None or one.side.node is None:
        return one
    if not follows_from_a_slip(one.side.node, one.right, slips):
        return one
    return _Judged("right", one.side, one.side.text, "It follows from a number that is wrong in its own row.")


def _finding(context: Context, row: Row, one: _Judged) -> Finding:
    return context.finding(
        one.side.piece,
        one.side.start,
        one.side.end,
        "trace",
        one.verdict,
        stated=one.side.text,
        computed=one.computed,
        why=one.why,
    )


def _functions_before(context: Context, number: int) -> dict[str, Function]:
    """Return the functions that are defined in the caption and in the pieces just before a block."""
    blocks = context.sheet.blocks[max(0, number - 4) : number + 1]
    pieces: list[Piece] = []
    for block in blocks:
        if isinstance(block, Table):
            pieces = [block.caption] if block.caption is not None else pieces
        elif block.kind != "code":
            pieces.append(block)
    found: dict[str, Function] = {}
    for piece in pieces:
        for equation in equations_in(context, piece):
            first = equation.sides[0].node
            if first is None or first.operation != "name" or "_" in normal(first.text):
                continue
            defined = definition_of(equation)
            if defined is not None:
                found[defined[0]] = defined[1]
    return found


def _row(trace: _Trace, row: Row, mark: str, given: dict[str, Function]) -> _Judged | None:
    name = row.names[0]
    letters = [side for side in row.sides if side.node is not None and side.node.names]
    numeric = [side for side in row.sides if side.node is not None and not side.node.names]
    expected: list[Value] = []
    loose: list[Value] = []
    judged: _Judged | None = None
    for side in letters:
        assert side.node is not None
        if name in map(normal, side.node.names):
            if not mark:
                judged = _defined_by_itself(trace, name, side, numeric) or judged
            continue
        expected += _alternatives(side.node, trace)
        loose += _alternatives(_divided_by_products(side.node), trace)
        if not mark and side.node.operation != "name":
            trace.trees.setdefault(name, side.node)
        elif side.node.operation == "name" and not mark:
            trace.trees.setdefault(name, side.node)
    if mark == BAR:
        expected = _adjoints(trace, row) or expected
    meant = _meant(trace, name, mark, given)
    for side in numeric:
        one = _against(side, expected, meant)
        if one.verdict == "wrong" and loose and _against(side, loose, meant).verdict == "right":
            one = _Judged("suspicious", side, one.computed, "It holds if a product behind / is the divisor.")
            expected, loose = loose, []
        worse = judged is None or _ORDER.index(one.verdict) > _ORDER.index(judged.verdict)
        lone = side.node is not None and number_of(side.node) is not None
        told = lone and judged is not None and one.verdict == judged.verdict
        judged = one if worse or told else judged  # among equals, the number that is stated
        value = _value(side.node)
        if value is not None and side.node is not None and number_of(side.node) is None:
            expected.append(value)
    stated = [value for side in reversed(numeric) if (value := _value(side.node)) is not None]
    kept = [*expected[:1], *stated]
    exact = [value for value in kept if value.exact and value.certain]
    same = [normal(side.node.text) for side in letters if side.node and side.node.operation == "name"]
    for alias in [*row.names, *same]:
        if kept and (alias not in trace.values or alias in row.names):
            known = [*exact[:1], *kept, *trace.values.get(alias, [])]
            trace.values[alias] = list({value.nominal: value for value in known}.values())[:_MOST_VALUES]
    if not mark and numeric:
        trace.output = name
    return (
        judged if expected or meant is not None or judged is not None and judged.verdict != "right" else None
    )


def _value(node: Node | None) -> Value | None:
    try:
        return compute(node, Reading()) if node is not None else None
    except UndefinedError:
        return None


def _alternatives(node: Node, trace: _Trace) -> list[Value]:
    """Return what a tree is worth with the exact values before it, and with the values as stated."""
    found: list[Value] = []
    names = sorted(name for name in node.names if trace.values.get(normal(name)))
    choices = [trace.values[normal(name)] for name in names]
    for chosen in itertools.islice(itertools.product(*choices), _MOST_CHOICES):
        try:
            value = compute(node, Reading(dict(zip(names, chosen, strict=True))))
        except UndefinedError:
            continue
        if all(one.nominal != value.nominal for one in found):
            found.append(value)
    return found


def _against(side: RowSide, expected: list[Value], meant: tuple[Value, str] | None) -> _Judged:
    """Judge one side without letters against what the row should be worth."""
    node = side.node
    assert node is not None
    written, value = number_of(node), _value(node)
    every = [(one, "") for one in expected]
    if value is None or not (every or meant):
        return _Judged("right", side)
    verdicts: list[Verdict] = []
    for one, _ in every:
        if written is not None:
            verdict = agreement(written, one)
            near = abs(written.value - one.nominal) <= Fraction(3, 2) * (written.unit or 0)
            # Covered by what the rounded numbers in the row may be: computed before they were rounded.
            verdicts.append("right" if verdict == "suspicious" and near else verdict)
        else:
            apart = abs(float(value.nominal - one.nominal))
            near = apart <= _CLOSE * max(1.0, abs(float(one.nominal)))
            width = value.high - value.low
            overlap = value.low <= one.high and one.low <= value.high
            last_digit = value.low - width <= one.high and one.low <= value.high + width
            verdicts.append("right" if near or overlap else "rounded" if last_digit else "wrong")
    best: Verdict = min(verdicts, key=_ORDER.index, default="right")
    if best == "right" and meant is not None and not _fits(written, value, meant[0]):
        return _Judged("wrong", side, value_text(meant[0], written), meant[1])
    if best == "right":
        return _Judged("right", side, value_text(every[0][0], written) if every else "")
    right = expected[0]
    why = f"The row gives {value_text(right, written)}."
    return _Judged(best, side, value_text(right, written), why, right)


def _fits(written: WrittenNumber | None, value: Value, meant: Value) -> bool:
    unit = written.unit if written is not None else None
    slack = Fraction(3, 2) * (unit or 0) + abs(meant.nominal) / 10**6 + (value.high - value.low) / 2
    return abs(value.nominal - meant.nominal) <= slack


def _meant(trace: _Trace, name: str, mark: str, given: dict[str, Function]) -> tuple[Value, str] | None:
    """Return what a row has to be by what it means: the function itself, or the derivative of another row."""
    point = trace.point()
    try:
        if not mark and name in given and set(given[name].parameters) <= set(point):
            inside = {one: point[one] for one in given[name].parameters}
            return _exactly(
                float(evaluate(given[name].body, inside))
            ), f"At these inputs the function {name} itself has another value."
        if mark == DOT and base(name) in trace.trees:
            tree = trace.trees[base(name)]
            partials = derivative(tree, point, [normal(one) for one in tree.names])
            dots = {one: trace.values.get(_dotted(one)) for one in partials}
            if all(dots.values()):
                total = sum(
                    partials[one] * float(values[0].nominal) for one, values in dots.items() if values
                )
                return _exactly(total), f"It is the derivative of the row of {base(name)}."
    except UndefinedError:
        return None
    return None


def _exactly(value: float) -> Value:
    made = Fraction(value)
    return Value(made, made, made, False)


def _dotted(name: str) -> str:
    return f"{name[0]}{DOT}{name[1:]}"


def _defined_by_itself(trace: _Trace, name: str, side: RowSide, numeric: list[RowSide]) -> _Judged | None:
    """Judge v_1 = ln(v_1) = ln(2): it is wrong where another name before it makes it right."""
    values = [value for one in numeric if (value := _value(one.node)) is not None]
    if not values or side.node is None or name in trace.values:
        return None
    raw = next(one for one in side.node.names if normal(one) == name)
    rest = {one: trace.values[normal(one)][0] for one in side.node.names if normal(one) in trace.values}
    for other, known in trace.values.items():
        try:
            found = compute(side.node, Reading({**rest, raw: known[0]}))
            own = compute(side.node, Reading({**rest, raw: values[0]}))
        except UndefinedError:
            continue
        if _near(found, values[0]) and not _near(own, values[0]):
            trace.trees.setdefault(name, _renamed(side.node, raw, other))
            why = f"{name} is computed from itself; with {other} the row is right."
            return _Judged("wrong", side, f"{value_text(found)} from {other}", why)
    return None


def _divided_by_products(node: Node) -> Node:
    """Read a/b × c as a/(b × c), as some write it."""
    parts = tuple(map(_divided_by_products, node.arguments))
    if node.operation == "multiply" and parts[0].operation == "divide":
        above, below = parts[0].arguments
        return parts[0]._replace(arguments=(above, node._replace(arguments=(below, parts[1]))))
    return node._replace(arguments=parts)


def _near(one: Value, other: Value) -> bool:
    return abs(one.nominal - other.nominal) <= Fraction(1, 10**6) * max(Fraction(1), abs(other.nominal))


def _renamed(node: Node, old: str, new: str) -> Node:
    if node.operation == "name" and node.text == old:
        return node._replace(text=new)
    return node._replace(arguments=tuple(_renamed(part, old, new) for part in node.arguments))


def _sweep_back(trace: _Trace) -> None:
    """Fill in what each row contributes to the adjoints of the values in it, last row first."""
    adjoint = {trace.output: 1.0}
    point = trace.point()
    trace.contributions = {trace.output: [("", 1.0)]} if trace.output else {}
    for name in reversed(list(trace.trees)):
        tree = trace.trees[name]
        try:
            partials = derivative(tree, point, [normal(one) for one in tree.names])
        except UndefinedError:
            trace.contributions = {}
            return
        for one, partial in partials.items():
            part = adjoint.get(name, 0.0) * partial
            adjoint[one] = adjoint.get(one, 0.0) + part
            trace.contributions.setdefault(one, []).append((name, part))


def _adjoints(trace: _Trace, row: Row) -> list[Value]:
    """Return what an adjoint may be in a row: its total, the sum so far, or what one row contributes."""
    parts = trace.contributions.get(base(row.names[0]))
    if not parts:
        return []
    total = sum(part for _, part in parts)
    partial = next((side.partial for side in row.sides if side.partial is not None), None)
    sums = [sum(part for _, part in parts[: place + 1]) for place in range(len(parts))]
    if partial is None:
        return [_exactly(one) for one in dict.fromkeys([total, *reversed(sums)])]
    own = [part for name, part in parts if name == partial.of]
    if partial.added:
        return [_exactly(one) for one in dict.fromkeys([total, *reversed(sums[1:])])]
    return [_exactly(one) for one in own]
