"""Letters with a value put to use: 'x = 2, w = −1.5 and b = 0.5, so z = wx + b = −2.5'."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from nnutils.core.numerals import number_text
from nnutils.lint.checks.field.agreement import agreement, number_of, value_text
from nnutils.lint.checks.field.clauses import running_text
from nnutils.lint.checks.letters.equations import Equation, Side, equations_in
from nnutils.lint.checks.letters.evaluating import KNOWN, evaluate, free_names, normal
from nnutils.lint.checks.relations.doubts import denied
from nnutils.lint.checks.valued.knowledge import Knowledge
from nnutils.lint.checks.valued.spoken_equations import spoken_equations
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.language import Node
from nnutils.lint.sheets import Piece
from nnutils.lint.short_decimals import meant_value
from nnutils.lint.values import UndefinedError, Value
from nnutils.slips.precision import WrittenNumber

__all__ = ["check_letters_in_use"]

_CONDITION = re.compile(
    r"\b(?:solv\w+|find|determine|choose|such that|so that|equation|unknown|requires?|must|should|want"
    r"|suppose|assum\w+|would|if|iff|when|whenever|where|unless|until|boundary|line|plane|set|constraint"
    r"|threshold|not|target|löse|finde|gesucht|wenn)\b[^.;:\n]{0,40}$",
    re.IGNORECASE,
)

_LETTER = re.compile(r"[^\W\d_][\u0300-\u036f\u20d7]*(?:_-?\w{1,4})?")
_MOST_LETTERS = 5


def check_letters_in_use(context: Context) -> Iterator[Finding]:
    """Judge what is said of formulas whose letters have a value, and of derivatives made of others.

    A letter with several values in a section has any of them; the formula is then never called wrong.

    >>> from nnutils.lint import lint
    >>> report = lint("With x = 2, w = −1.5 and b = 0.5 we get z = wx + b = −3.5.")
    >>> [(one.kind, one.computed, one.why) for one in report.wrong]
    [('formula', '−2.5', 'With b = 0.5, w = −1.5, x = 2 it is −2.5.')]
    """
    section = list[Piece]()
    for piece in running_text(context):
        if piece.kind == "output":
            continue
        if piece.kind == "heading":
            yield from _of_section(context, section)
            section = []
        elif any(sign in piece.text for sign in "=≈"):
            section.append(piece)
    yield from _of_section(context, section)


def _of_section(context: Context, pieces: Sequence[Piece]) -> Iterator[Finding]:
    firsts = [one.sides[0].node for piece in pieces for one in equations_in(context, piece)]
    names = {normal(one.text) for one in firsts if one is not None and one.operation == "name"}
    called = [one for one in firsts if one is not None and one.operation == "call"]
    names |= {name for one in called for part in one.arguments for name in free_names(part)}
    if not names and not called:
        return
    every = [one for piece in pieces for one in spoken_equations(context, piece, names)]
    known = Knowledge()
    for equation in every:
        known.add(equation)
    for piece in pieces:
        known.add_points(piece.text)
    for equation in every:
        yield from _judged(context, equation, known)


def _judged(context: Context, equation: Equation, known: Knowledge) -> Iterator[Finding]:
    text = equation.piece.text
    if _CONDITION.search(text[max(0, equation.start - 60) : equation.start]):
        return
    if denied(equation.piece, equation.start, equation.end):
        return
    for place, side in enumerate(equation.sides[:-1]):
        stated = _stated(equation.sides[place + 1 :], last=side.derivative is not None)
        if stated is None or stated.node is None:
            continue
        written = number_of(stated.node)
        assert written is not None
        found = _expected(context, equation, place, written, known)
        if found is None:
            continue
        values, why = found
        verdicts = [agreement(written, value) for value in values]
        if "right" in verdicts or "rounded" in verdicts:
            continue
        if "suspicious" in verdicts:
            continue
        shown = value_text(values[-1], written)
        yield context.finding(
            equation.piece, side.start, stated.end, "formula", "wrong",
            stated=text[stated.start : stated.end], computed=shown, why=f"{why} {shown}.", at=stated.start,
        )  # fmt: skip
        return


def _stated(sides: Sequence[Side], *, last: bool) -> Side | None:
    """Return the first side that is a number, behind sides in letters only; or the last one."""
    if last:
        return sides[-1] if sides[-1].node is not None and number_of(sides[-1].node) is not None else None
    for side in sides:
        if side.node is None or side.derivative is not None:
            return None
        if number_of(side.node) is not None:
            return side
        if not side.node.names:
            return None
    return None


def _expected(
    context: Context, equation: Equation, place: int, written: WrittenNumber, known: Knowledge
) -> tuple[list[Value], str] | None:
    """Return what a side may be worth, and how that is told."""
    side = equation.sides[place]
    first = equation.sides[0].derivative
    if side.derivative is not None:
        if place or side.derivative.at is not None or side.derivative.body is not None:
            return None
        made = known.expected(side.derivative.of, side.derivative.wrt)
        values = [_value(one, one) for one in made]
        return (values, "By the formulas of the sheet it is") if values else None
    if side.node is None or not side.node.names:
        return None
    if side.node.operation == "name" and first is None:
        return None  # a letter that is given a value
    return _in_letters(context, side.node, written, known)


def _in_letters(
    context: Context, node: Node, written: WrittenNumber, known: Knowledge
) -> tuple[list[Value], str] | None:
    functions = known.functions()
    if node.operation == "abs" or any(
        _is_no_product(one) for one in _parts(node) if one.text not in functions
    ):
        return None
    names = free_names(node) - set(functions)
    if len(names) > _MOST_LETTERS or not all(_LETTER.fullmatch(name) for name in names):
        return None
    names |= {name for name in node.names if name in KNOWN}
    if not names and not any(one.operation == "call" and one.text in functions for one in node.walk()):
        return None
    values, told = list[Value](), ""
    for chosen in known.choices(names):
        finest = written.unit or Fraction(1)
        meant = {
            name: meant_value(value, finest, context.written, several=True) for name, value in chosen.items()
        }
        ends = [sorted({float(one.low), float(one.nominal), float(one.high)}) for one in meant.values()]
        try:
            nominal = float(
                evaluate(node, {name: float(one.nominal) for name, one in meant.items()}, functions)
            )
            around = [
                float(evaluate(node, dict(zip(meant, point, strict=True)), functions))
                for point in itertools.product(*ends)
            ]
        except UndefinedError:
            return None
        values.append(_value(nominal, *around))
        told = ", ".join(f"{name} = {number_text(float(one.nominal))}" for name, one in chosen.items())
    if not values:
        return None
    if len(values) > 1 and any(len(known.values[name]) > 1 for name in names):
        return None
    return values, f"With {told} it is" if told else "It is"


def _parts(node: Node) -> Iterator[Node]:
    """Yield the nodes of a tree, but for the brackets of what is called."""
    yield node
    for part in node.arguments:
        called = node.operation == "call" and part.operation == "group"
        yield from _parts(part.arguments[0] if called else part)


def _is_no_product(node: Node) -> bool:
    """Whether brackets are those of an index, an argument or a question's part: p[0], P(2), '(b) 20 · 3'."""
    if node.operation == "call" and node.text not in KNOWN:
        return not any(part.names for part in node.arguments)
    return node.operation == "group" and (
        node.text == "[" or node.arguments[0].operation in ("name", "number")
    )


def _value(nominal: float, *around: float) -> Value:
    made = [Fraction(one).limit_denominator(10**12) for one in (nominal, *around)]
    slack = abs(made[0]) * Fraction(1, 10**12)
    return Value(made[0], min(made) - slack, max(made) + slack, False)
