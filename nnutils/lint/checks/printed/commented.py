"""Results beside code: ``units = 96 * side**2  # 221184``, and assertions such as ``assert 3 * 4 == 12``."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from nnutils.lint.checks.printed.asserting import Claim, claims_of
from nnutils.lint.checks.printed.calls import UnknownError
from nnutils.lint.checks.printed.python import Program
from nnutils.lint.checks.tables.cells import NumberCell, number_cell
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.numbers import number_at
from nnutils.lint.readers.python_code import parsed_python
from nnutils.lint.sheets import Piece
from nnutils.slips.precision import match

__all__ = ["check_commented"]

_COMMENT = re.compile(r"[ \t]*#+[ \t]*")
_ANNOUNCED = re.compile(
    r"(?:(?:==?|->|=>|→|⇒|≈|~|gives|makes|is|prints|returns|result:?|output:?|i\.e\.|so|that's)[ ]*)*"
    r"(?P<about>(?:~|≈|about|approx\.?|approximately|roughly|around|ca\.|circa)[ ]*)?",
    re.IGNORECASE,
)
_SCALE = re.compile(r"[ ]?(?:%|[kKM](?![A-Za-z])|thousand\b|million\b|billion\b)")
_ENDED = re.compile(r"[ ]*(?:$|[;,(\[]|[.](?!\d)|->|[ ](?:in total|in all|altogether)\b)", re.IGNORECASE)
_NOUN = re.compile(
    r"[ ]+(?!(?:to|or|if|by|in|of|for|when|until|at|and|as|is|are|was|per|x|with|from|than|would|more|less"
    r"|not|on|before|after|bytes?|[kKMGT]i?B|bits?)\b)[^\W\d_]{3,}"
)
_MOST_RUNS, _LONGEST = 400, 40_000
_FARTHEST = 30
_LARGEST = 1e300
_OPERATIONS = (ast.BinOp, ast.Call, ast.Compare, ast.Subscript, ast.Name)


@dataclass
class _Noting(Program):
    """A program that notes what each of its statements is worth when it comes to it."""

    values: dict[int, float | int] = field(default_factory=dict)
    """By the line where a statement ends: the value that it gives."""
    claims: list[Claim] = field(default_factory=list)

    def _statement(self, node: ast.stmt, *, last: bool = False) -> None:
        super()._statement(node, last=last)
        if node.col_offset or self.depth:
            return
        try:
            if isinstance(node, ast.Assert):
                self.claims += claims_of(node.test, self.value)
            elif (value := self._worth(node)) is not None and node.end_lineno is not None:
                self.values[node.end_lineno] = value
        except (UnknownError, ArithmeticError, ValueError, TypeError, LookupError, AttributeError):
            return

    def _worth(self, node: ast.stmt) -> float | int | None:
        made: ast.expr | None = None
        value: Any = None
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            made, value = node.value, self.names.get(node.targets[0].id)
        elif isinstance(node, ast.AnnAssign | ast.AugAssign) and isinstance(node.target, ast.Name):
            made, value = node.value, self.names.get(node.target.id)
            if isinstance(node, ast.AugAssign):
                return value if _is_number(value) else None
        elif isinstance(node, ast.Expr):
            made = node.value
            call = made if isinstance(made, ast.Call) and isinstance(made.func, ast.Name) else None
            if call is not None and getattr(call.func, "id", "") == "print":
                made = call.args[0] if len(call.args) == 1 and not call.keywords else None
            value = self.value(made) if made is not None else None
        if made is None or not any(isinstance(one, _OPERATIONS) for one in ast.walk(made)):
            return None  # a setting: 'rate = 0.1  # 0.01 is too slow'
        return value if _is_number(value) else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _LARGEST


def check_commented(context: Context) -> Iterator[Finding]:
    """Judge results in comments behind the code that computes them, and what code asserts.

    >>> from nnutils.lint import lint
    >>> text = "```python\\nn = 96\\nw = n * 11**2 * 3  # 34484\\nassert n * 2 == 192\\n```"
    >>> [(one.line, one.verdict, one.computed) for one in lint(text).judged]
    [(3, 'wrong', '34848'), (4, 'right', '192')]
    """
    found: list[tuple[Finding, bool]] = []
    program = _Noting()
    for piece in _code(context):
        if len(piece.text) > _LONGEST:
            continue
        lines = ["" if line.lstrip().startswith(("%", "!")) else line for line in piece.text.split("\n")]
        program.values, program.claims, program.lines = {}, [], []
        if parsed_python("\n".join(lines)) is None:
            program = _Noting()  # what stands there may set any name
            continue
        program.run("\n".join(lines))
        found += _commented(context, piece, lines, program.values)
        found += [(one, True) for claim in program.claims for one in _asserted(context, piece, lines, claim)]
    right = sum(one.verdict in ("right", "rounded") for one, _ in found)
    wrong = sum(one.verdict == "wrong" for one, _ in found)
    for one, plain in found:
        if one.verdict == "wrong" and not plain and right < 2 + wrong:
            continue  # 'k = 2 * n  # 5 layers': this author may not write results there
        if one.verdict == "wrong" and wrong > right + 1:
            one = replace(one, verdict="suspicious", why=f"{one.why} The names may stand for something else.")
        yield one


def _code(context: Context) -> Iterator[Piece]:
    if context.sheet.format == "notebook":
        yield from (code for code, _ in context.sheet.runs[:_MOST_RUNS])
        return
    for piece in context.sheet.pieces():
        if piece.kind == "code" and ">>>" not in piece.text and ("#" in piece.text or "=" in piece.text):
            yield piece


def _commented(
    context: Context, piece: Piece, lines: list[str], values: dict[int, float | int]
) -> Iterator[tuple[Finding, bool]]:
    """Yield what is found in the comments behind statements, and whether it is plainly their result."""
    place = 0
    for number, line in enumerate(lines, 1):
        start, place = place, place + len(piece.text.split("\n", number)[number - 1]) + 1
        if number not in values or "#" not in line:
            continue
        mark = _comment_at(line)
        if mark < 0:
            continue
        result = _result(context, line, mark)
        if result is None:
            continue
        cell, first, last, plain = result
        exact = values[number]
        verdict = _verdict(cell, exact)
        if verdict == "wrong" and not plain and not _near(cell, exact):
            continue
        computed = cell.like(Fraction(exact) * (100 if "%" in cell.suffix else 1))
        if isinstance(exact, int) and cell.scale == 1 and "," not in cell.text:
            computed = str(exact)
        yield context.finding(
            piece, start + first, start + last, "result in a comment", verdict,
            stated=line[first:last], computed=computed,
            why="" if verdict == "right" else f"The code beside it gives {computed}.",
        ), plain  # fmt: skip


def _comment_at(line: str) -> int:
    """Return where the comment of a line begins, -1 for none."""
    quote = ""
    for place, sign in enumerate(line):
        if quote:
            quote = "" if sign == quote and line[place - 1] != "\\" else quote
        elif sign in "\"'":
            quote = sign
        elif sign == "#":
            return place
    return -1


def _result(context: Context, line: str, mark: int) -> tuple[NumberCell, int, int, bool] | None:
    """Return the result that a comment begins with, its place, and whether nothing is said of it."""
    begin = _COMMENT.match(line, mark)
    assert begin is not None
    ahead = _ANNOUNCED.match(line, begin.end())
    assert ahead is not None
    first = ahead.end()
    sign = line[first : first + 1] in ("-", "−")
    found = number_at(line, first + sign, context.style)
    if found is None or found.start != first + sign:
        return None
    scale = _SCALE.match(line, found.end)
    last = scale.end() if scale else found.end
    plain = _ENDED.match(line, last) is not None
    if not plain and not _NOUN.match(line, last):
        return None
    text = ("~" if ahead["about"] or line[first - 1 : first] in ("~", "≈") else "") + line[first:last]
    cell = number_cell(Piece(text, tuple(range(len(text)))), context.style)
    return None if cell is None else (cell, first, last, plain)


def _verdict(cell: NumberCell, value: float | int) -> Verdict:
    exact = Fraction(value) * (100 if "%" in cell.suffix else 1)
    agreement = match(cell.written, int(exact) if exact.denominator == 1 else exact)
    if agreement == "equal" or abs(exact - cell.value) <= cell.slack + abs(exact) * Fraction(1, 10**9):
        return "right"
    return "rounded" if agreement == "last digit" else "wrong"


def _near(cell: NumberCell, value: float | int) -> bool:
    """Return whether a number with a noun behind it is near enough to be meant as the value."""
    exact = abs(Fraction(value))
    return bool(exact and cell.value) and 1 / _FARTHEST < abs(cell.value) / exact < _FARTHEST


def _asserted(context: Context, piece: Piece, lines: list[str], claim: Claim) -> Iterator[Finding]:
    node = claim.stated
    if node.end_lineno is None or node.end_col_offset is None:
        return
    first = _offset(piece.text, lines, node.lineno, node.col_offset)
    last = _offset(piece.text, lines, node.end_lineno, node.end_col_offset)
    written = piece.text[first:last]
    verdict: Verdict = "right" if claim.holds else "wrong"
    computed = str(claim.computed)
    if isinstance(claim.computed, float):
        computed = f"{claim.computed:.10g}"
    if verdict == "wrong" and isinstance(node, ast.Constant) and _is_number(claim.computed):
        cell = number_cell(Piece(written, tuple(range(len(written)))), context.style)
        if cell is not None and cell.written.unit is not None:
            verdict = _verdict(cell, claim.computed)
            computed = cell.like(Fraction(claim.computed))
    yield context.finding(
        piece, first, last, "assertion", verdict, stated=written,
        computed=written if verdict == "right" else computed,
        why="" if verdict == "right" else f"The other side is {computed}.",
    )  # fmt: skip


def _offset(text: str, lines: list[str], line: int, column: int) -> int:
    """Return where a place of the syntax tree, whose columns count bytes, stands in the text."""
    original = text.split("\n")
    before = sum(len(one) + 1 for one in original[: line - 1])
    return before + len(original[line - 1].encode()[:column].decode(errors="ignore"))
