"""The changes of one statement: of operators, constants, conditions, calls and formats, or of all of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Change", "Text", "changes_of"]

OTHER_COMPARISON: dict[type[ast.cmpop], tuple[str, list[str]]] = {
    ast.Lt: ("<", ["<=", ">="]),
    ast.LtE: ("<=", ["<", ">"]),
    ast.Gt: (">", [">=", "<="]),
    ast.GtE: (">=", [">", "<"]),
    ast.Eq: ("==", ["!="]),
    ast.NotEq: ("!=", ["=="]),
    ast.In: ("in", ["not in"]),
    ast.NotIn: ("not in", ["in"]),
    ast.Is: ("is", ["is not"]),
    ast.IsNot: ("is not", ["is"]),
}
OTHER_OPERATOR: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "/"),
    ast.Mod: ("%", "//"),
    ast.Pow: ("**", "*"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
    ast.MatMult: ("@", "*"),
}
OTHER_FUNCTION = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list",
                  "reversed": "list",
                  "floor": "ceil", "ceil": "floor", "abs": "float"}  # fmt: skip
WITHOUT = {"strip", "lstrip", "rstrip", "lower", "upper", "copy"}
DIGITS = re.compile(r":([^{}:]*?)(?:\.(\d+)([a-z%])|(,))\}")


class Change(NamedTuple):
    """Bytes to replace, the text in their place, its kind, and whether it belongs to a definition."""

    start: int
    stop: int
    new: str
    kind: str
    at_definition: bool = False


class Text:
    """A source text as bytes, in which nodes have places; ``base`` is where a text inside a string begins."""

    def __init__(self, source: str, base: int = 0) -> None:
        self.data = source.encode()
        self.base = base
        self.begins = [0]
        for line in self.data.splitlines(keepends=True):
            self.begins.append(self.begins[-1] + len(line))

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        start = self.begins[node.lineno - 1] + node.col_offset
        return start, self.begins[(node.end_lineno or 1) - 1] + (node.end_col_offset or 0)

    def of(self, node: ast.expr | ast.stmt) -> str:
        start, stop = self.span(node)
        return self.data[start:stop].decode()

    def instead(self, node: ast.expr | ast.stmt, new: str, kind: str) -> Change:
        start, stop = self.span(node)
        return Change(self.base + start, self.base + stop, new, kind)

    def between(
        self, left: ast.expr | ast.stmt, right: ast.expr, old: str, new: str, kind: str
    ) -> Iterator[Change]:
        """Change the operator between two operands, which may stand in parentheses."""
        start, stop = self.span(left)[1], self.span(right)[0]
        pattern = r"\s+".join(map(re.escape, old.split()))
        found = re.search(pattern.encode(), self.data[start:stop])
        if found:
            yield Change(self.base + start + found.start(), self.base + start + found.end(), new, kind)


def changes_of(statement: ast.stmt, text: Text) -> Iterator[Change]:
    """Yield the changes of a statement's own line or lines, without those of the statements in it."""
    yield from _of_the_whole(statement, text)
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        for default in [*statement.args.defaults, *statement.args.kw_defaults]:
            if default is not None:
                yield from (change._replace(at_definition=True) for change in _of_expression(default, text))
        return
    if isinstance(statement, ast.ClassDef):
        return
    if isinstance(statement, ast.If | ast.While):
        yield from _negated(statement.test, text)
    if isinstance(statement, ast.AugAssign):
        old, new = OTHER_OPERATOR[type(statement.op)] if type(statement.op) in OTHER_OPERATOR else ("", "")
        if old:
            yield from text.between(statement.target, statement.value, old + "=", new + "=", "operator")
    for field, value in ast.iter_fields(statement):
        if field == "annotation":
            continue
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, ast.expr):
                yield from _of_expression(part, text)
            elif isinstance(part, ast.withitem):
                yield from _of_expression(part.context_expr, text)


def _of_the_whole(node: ast.stmt, text: Text) -> Iterator[Change]:
    """Leave the statement out, or have it return nothing."""
    match node:
        case (
            ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom())
            | ast.AugAssign()
            | ast.Raise()
            | ast.Delete()
        ):
            yield text.instead(node, "pass", "statement left out")
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield text.instead(node, "pass", "statement left out")
        case ast.Continue():
            yield text.instead(node, "break", "loop left")
            yield text.instead(node, "pass", "statement left out")
        case ast.Break():
            yield text.instead(node, "pass", "statement left out")
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield text.instead(value, "None", "nothing returned")


def _negated(test: ast.expr, text: Text) -> Iterator[Change]:
    if not (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)):
        if not (
            isinstance(test, ast.Compare) and len(test.ops) == 1
        ):  # the comparison has its opposite already
            yield text.instead(test, f"not ({text.of(test)})", "condition negated")


def _of_expression(top: ast.expr, text: Text) -> Iterator[Change]:
    if isinstance(top, ast.JoinedStr):
        yield from _of_formatted(top, text)
        return
    yield from _of_node(top, text)
    for child in ast.iter_child_nodes(top):
        if isinstance(child, ast.expr):
            yield from _of_expression(child, text)
        elif isinstance(child, ast.keyword) and child.arg != "strict":  # of zip: a check, as assert is
            yield from _of_expression(child.value, text)
        elif isinstance(child, ast.comprehension):
            yield from _of_expression(child.iter, text)
            for condition in child.ifs:
                yield text.instead(condition, "True", "filter left out")
                yield from _of_expression(condition, text)
        elif isinstance(child, ast.arguments):
            for default in [*child.defaults, *child.kw_defaults]:
                if default is not None:
                    yield from _of_expression(default, text)


def _of_node(node: ast.expr, text: Text) -> Iterator[Change]:
    match node:
        case ast.Compare():
            operands = [node.left, *node.comparators]
            for left, right, op in zip(operands, operands[1:], node.ops, strict=False):
                old, others = OTHER_COMPARISON[type(op)]
                for other in others:
                    yield from text.between(left, right, old, other, "comparison")
        case ast.BinOp() if type(node.op) in OTHER_OPERATOR:
            old, new = OTHER_OPERATOR[type(node.op)]
            yield from text.between(node.left, node.right, old, new, "operator")
        case ast.BoolOp():
            word, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
            for left, right in zip(node.values, node.values[1:], strict=False):
                yield from text.between(left, right, word, other, "and / or")
            for value in node.values:
                yield text.instead(value, str(word == "and"), "operand left out")
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            kind = "not left out" if isinstance(node.op, ast.Not) else "sign left out"
            yield text.instead(node, f"({text.of(operand)})", kind)
        case ast.IfExp(test=test):
            yield from _negated(test, text)
        case ast.Constant(value=bool() as value):
            yield text.instead(node, str(not value), "constant")
        case ast.Constant(value=int() as value):
            yield text.instead(node, str(value + 1), "constant")
            if value:
                yield text.instead(node, str(value - 1), "constant")
        case ast.Constant(value=float() as value):
            yield text.instead(node, repr(2 * value or 1.0), "constant")
        case ast.Call():
            yield from _of_call(node, text)


def _of_call(node: ast.Call, text: Text) -> Iterator[Change]:
    if len(node.args) >= 2 and not any(isinstance(arg, ast.Starred) for arg in node.args[:2]):
        first, second = node.args[:2]
        (start, middle), (onward, stop) = text.span(first), text.span(second)
        gap = text.data[middle:onward].decode()
        new = text.of(second) + gap + text.of(first)
        typed = isinstance(node.func, ast.Name) and node.func.id in {"isinstance", "issubclass", "cast"}
        if not typed and "(" not in gap and ")" not in gap:
            yield Change(text.base + start, text.base + stop, new, "arguments exchanged")
    if (
        isinstance(node.func, ast.Name)
        and node.func.id in OTHER_FUNCTION
        and len(node.args) == 1 + bool(node.func.id in {"min", "max"} and len(node.args) == 2)
    ):
        if not (node.keywords and node.func.id in {"sorted", "reversed"}):
            yield text.instead(node.func, OTHER_FUNCTION[node.func.id], "another function")
    if isinstance(node.func, ast.Attribute) and node.func.attr in WITHOUT and not node.keywords:
        yield text.instead(node, text.of(node.func.value), "call left out")


def _of_formatted(node: ast.JoinedStr, text: Text) -> Iterator[Change]:
    """Changes of the digits shown, and inside the braces, where Python 3.11 has no places of its own."""
    start, stop = text.span(node)
    written = text.data[start:stop]
    for found in DIGITS.finditer(written.decode("latin-1")):
        if found[2]:
            at = text.base + start + found.start(2)
            yield Change(at, at + len(found[2]), str(int(found[2]) + 1), "digits shown")
        else:
            at = text.base + start + found.start(4)
            yield Change(at, at + 1, "", "digits shown")
    for begin, end in _braced(written):
        inside = written[begin:end].decode()
        lead = len(inside) - len(inside.lstrip())
        try:
            expression = ast.parse(inside.strip(), mode="eval").body
        except SyntaxError:
            continue
        yield from _of_expression(expression, Text(inside.strip(), text.base + start + begin + lead))


def _braced(written: bytes) -> Iterator[tuple[int, int]]:
    """The bytes of each expression in braces, without its format."""
    depth, begin, at, end = 0, 0, 0, -1
    while at < len(written):
        letter = written[at : at + 1]
        if depth == 0 and written[at : at + 2] in {b"{{", b"}}"}:
            at += 2
            continue
        if letter in b"([{":
            if letter == b"{" and depth == 0:
                depth, begin, end = 1, at + 1, -1
            elif depth:
                depth += 1
        elif depth and letter in b")]}":
            depth -= 1
            if depth == 0:
                yield begin, at if end < 0 else end
        elif (
            depth == 1
            and end < 0
            and (letter == b":" or (letter == b"!" and written[at + 1 : at + 2] != b"="))
        ):
            end = at
        at += 1
