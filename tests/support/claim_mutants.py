"""Statements with one digit or one operator changed: the verdict on each has to change with it."""

from __future__ import annotations

import ast
import copy
from collections.abc import Collection, Iterator
from dataclasses import replace

from nnutils.audit import Audit, Claim
from nnutils.audit.judging import judge
from nnutils.audit.kinds import KINDS
from nnutils.core.errors import ClaimError

OTHER: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
}


def other_digits(text: str) -> Iterator[str]:
    """Yield the text with each digit changed in turn, and without its minus sign.

    9 becomes 8, so that no number begins with 0 where it did not before.
    """
    for place, sign in enumerate(text):
        if sign.isdigit():
            yield text[:place] + ("8" if sign == "9" else str(int(sign) + 1)) + text[place + 1 :]
        elif sign in "-−":
            yield text[:place] + text[place + 1 :]


def other_expressions(text: str, names: Collection[str]) -> Iterator[str]:
    """Yield the expression with each digit or operator changed in turn, once each.

    The digit of a name counts where the changed name is one of ``names``; a transpose is an operator too.
    """
    tree = ast.parse(text.strip(), mode="eval")
    seen = {ast.unparse(tree)}
    for place, node in enumerate(ast.walk(tree)):
        for changed in _changed(node, names):
            other = _Put(copy.deepcopy(tree), place, changed).text
            if other not in seen:
                seen.add(other)
                yield other


def _changed(node: ast.AST, names: Collection[str]) -> Iterator[ast.AST]:
    if isinstance(node, ast.Constant):
        for digits in other_digits(repr(node.value)):
            yield ast.Constant(float(digits) if "." in digits else int(digits))
    elif isinstance(node, ast.Name):
        yield from (ast.Name(name) for name in other_digits(node.id) if name in names)
    elif isinstance(node, ast.BinOp):
        yield ast.BinOp(node.left, OTHER[type(node.op)](), node.right)
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.Attribute):
        yield node.value


class _Put(ast.NodeTransformer):
    """Puts another node in one place of a tree, counted as ``ast.walk`` does; ``text`` is the result."""

    def __init__(self, tree: ast.Expression, place: int, node: ast.AST) -> None:
        self._old = list(ast.walk(tree))[place]
        self._new = node
        self.text = ast.unparse(ast.fix_missing_locations(self.visit(tree)))

    def generic_visit(self, node: ast.AST) -> ast.AST:
        return self._new if node is self._old else super().generic_visit(node)


def other_statements(claim: Claim, names: Collection[str]) -> Iterator[tuple[str, Claim]]:
    """Yield the claim with one digit or operator changed, each with the change in words."""
    if KINDS[claim.judged_as].is_formula:
        for text in other_expressions(claim.expression, names) if claim.expression else ():
            yield text, replace(claim, expression=text)
    else:
        for stated in _other_values(claim.stated):
            yield str(stated), replace(claim, stated=stated)
        for text in other_expressions(claim.expression, names) if claim.expression else ():
            yield text, replace(claim, expression=text)
    for place, reading in enumerate(claim.readings):
        formula = KINDS[claim.judged_as].is_formula
        others = other_expressions(str(reading), names) if formula else _other_values(reading)
        for other in others:
            readings = (*claim.readings[:place], other, *claim.readings[place + 1 :])
            yield f"reading {other}", replace(claim, readings=readings)


def _other_values(stated: object) -> Iterator[object]:
    if isinstance(stated, list):
        for place, part in enumerate(stated):
            for other in _other_values(part):
                yield [*stated[:place], other, *stated[place + 1 :]]
    elif isinstance(stated, str):
        yield from other_digits(stated)
    elif isinstance(stated, int) and not isinstance(stated, bool):
        yield from map(int, other_digits(str(stated)))


def survivors(audit: Audit) -> dict[str, list[str]]:
    """Return, by claim, the changed statements that keep the verdict right."""
    found: dict[str, list[str]] = {}
    for claim in audit.claims:
        if claim.judged_as in ("step", "conclusion") or not audit[claim.id].is_right:
            continue
        # Alternatives only sort out what is not right, and cost time.
        case = replace(audit.case(claim.id), conventions={}, slips={}, missing={})
        names = {*case.given, *(case.samples[0] if case.samples else ())}
        for text, other in other_statements(claim, names):
            try:
                verdict = judge(other, case)
            except ClaimError:
                continue  # a changed statement that cannot even be judged is found out
            if verdict.verdict == audit[claim.id].verdict:
                found.setdefault(claim.id, []).append(text)
    return found
