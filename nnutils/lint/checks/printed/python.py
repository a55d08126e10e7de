"""A small part of Python, computed from the syntax tree in bounded steps: what code in a sheet prints.

Numbers, lists, f-strings, loops over what is known, the functions of ``math``, small tensors and their
gradients. Everything else is not known, and so is what follows from it. Nothing of the code is ever run.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from nnutils.lint.checks.printed.calls import UnknownError, called, items_of, number_bound, tensor_of
from nnutils.lint.checks.printed.imports import foreign_names
from nnutils.lint.checks.printed.showing import ANYTHING, Printed, Text, shown
from nnutils.lint.checks.printed.tensors import Dual, Tensor
from nnutils.lint.readers.python_code import parsed_python

__all__ = ["Program"]

_FAILURES = (UnknownError, ArithmeticError, ValueError, TypeError, LookupError, AttributeError)
_MODULES = ("math", "np", "numpy", "torch", "F", "nn", "functional", "builtins")
_MOST_STEPS = 20_000
_MOST_ITEMS = 2_000
_DEEPEST = 12

_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod, ast.Pow: operator.pow,
}  # fmt: skip
_COMPARED: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.Eq: operator.eq, ast.NotEq: operator.ne,
}  # fmt: skip


class _ReturnError(Exception):
    def __init__(self, value: Any) -> None:
        self.value = value


@dataclass
class Program:
    """What is known after the code so far; ``lines`` is what it printed, None for any number of lines."""

    names: dict[str, Any] = field(default_factory=dict)
    lines: list[list[Printed] | None] = field(default_factory=list)
    gradients: dict[int, list[float]] = field(default_factory=dict)
    steps: int = 0
    depth: int = 0
    _open: list[Printed] = field(default_factory=list)

    def run(self, code: str, *, shows_last: bool = True, shows_each: bool = False) -> None:
        """Go through code, a cell or what was typed at a prompt; its last expression is shown, or each one.

        >>> program = Program()
        >>> program.run("n = 7\\nfor k in (2, 3): print(f'{k}: {n // k}')")
        >>> [[one.text for one in line if hasattr(one, 'text')] for line in program.lines]
        [['2', '3'], ['3', '2']]
        """
        if (tree := parsed_python(code)) is None:
            self.lines.append(ANYTHING)
            return
        self.steps = 0
        try:
            for place, statement in enumerate(tree.body):
                last = shows_each or (place == len(tree.body) - 1 and shows_last)
                self._statement(statement, last=last)
        except (UnknownError, _ReturnError, RecursionError):
            self.names = dict.fromkeys(self.names, ANYTHING)
            self._open = []
            self.lines.append(ANYTHING)
        if self._open:
            self._print([], "\n")

    # --- statements ---------------------------------------------------------------------------------------

    def _statement(self, node: ast.stmt, *, last: bool = False) -> None:
        self._step()
        try:
            if isinstance(node, ast.Expr):
                self._expression(node.value, last=last)
            elif isinstance(node, ast.Assign):
                value = self.value(node.value)
                for target in node.targets:
                    self._assign(target, value)
            elif isinstance(node, ast.AnnAssign) and node.value is not None:
                self._assign(node.target, self.value(node.value))
            elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                right = self.value(node.value)
                self.names[node.target.id] = self._binary(node.op, self._name(node.target.id), right)
            elif isinstance(node, ast.For) and not node.orelse:
                for item in items_of(self.value(node.iter)):
                    self._assign(node.target, item)
                    for one in node.body:
                        self._statement(one)
            elif isinstance(node, ast.If):
                for one in node.body if self.value(node.test) else node.orelse:
                    self._statement(one)
            elif isinstance(node, ast.FunctionDef) and not node.decorator_list:
                self.names[node.name] = node
            elif isinstance(node, ast.Return):
                raise _ReturnError(self.value(node.value) if node.value else None)
            elif isinstance(node, ast.Import | ast.ImportFrom):
                self.names |= dict.fromkeys(foreign_names(node), ANYTHING)
            elif not isinstance(node, ast.Pass | ast.Assert):
                raise UnknownError
        except _FAILURES:
            if self.depth:  # within a function: then what it returns is not known either
                raise UnknownError from None
            self._forget(node)

    def _forget(self, node: ast.stmt) -> None:
        """Note that a statement may have printed, and set anything, where it is not known what it does."""
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name):
                stored = isinstance(inner.ctx, ast.Store)
                # what is handed to a function that is not known may be changed there
                if stored or isinstance(self.names.get(inner.id), Tensor | list):
                    self.names[inner.id] = ANYTHING
            elif isinstance(inner, ast.FunctionDef | ast.ClassDef):
                self.names[inner.name] = ANYTHING
        if any(isinstance(inner, ast.Call | ast.Expr) for inner in ast.walk(node)):
            self._open = []
            self.lines.append(ANYTHING)

    def _expression(self, node: ast.expr, *, last: bool) -> None:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            self._printed(node)
            return
        value = self.value(node)
        if last and value is not None:
            self._print(shown(value, quoted=True), "\n")

    def _printed(self, node: ast.Call) -> None:
        between, end = " ", "\n"
        for word in node.keywords:
            if word.arg in ("sep", "end"):
                text = self.value(word.value)
                if not (isinstance(text, Text) and all(isinstance(one, str) for one in text.parts)):
                    raise UnknownError
                said = "".join(str(one) for one in text.parts)
                between, end = (said, end) if word.arg == "sep" else (between, said)
            else:
                raise UnknownError
        parts: list[Printed] = []
        for place, one in enumerate(node.args):
            if isinstance(one, ast.Starred):
                raise UnknownError
            parts += [between] if place else []
            try:
                parts += shown(self.value(one))
            except _FAILURES:
                parts.append(ANYTHING)
        self._print(parts, end)

    def _print(self, parts: list[Printed], end: str) -> None:
        for part in [*parts, end]:
            if not isinstance(part, str):
                self._open.append(part)
                continue
            first, *others = part.split("\n")
            self._open.append(first)
            for other in others:
                self.lines.append(self._open)
                self._open = [other] if other else []

    def _assign(self, target: ast.expr, value: Any) -> None:
        if isinstance(target, ast.Name):
            self.names[target.id] = value
        elif isinstance(target, ast.Tuple | ast.List):
            items = list(items_of(value))
            if len(items) != len(target.elts):
                raise UnknownError
            for one, item in zip(target.elts, items, strict=True):
                self._assign(one, item)
        else:
            raise UnknownError

    # --- expressions --------------------------------------------------------------------------------------

    def value(self, node: ast.expr) -> Any:
        """Return the value of an expression.

        Raises:
            UnknownError: where it is not known.
        """
        self._step()
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                return Text((node.value,))
            if isinstance(node.value, int | float | None):
                return node.value
        elif isinstance(node, ast.Name):
            return self._name(node.id)
        elif isinstance(node, ast.BinOp):
            return self._binary(node.op, self.value(node.left), self.value(node.right))
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
            sign = -1 if isinstance(node.op, ast.USub) else 1
            return self._binary(ast.Mult(), sign, self.value(node.operand))
        elif isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _COMPARED:
            left, right = self.value(node.left), self.value(node.comparators[0])
            if isinstance(left, int | float) and isinstance(right, int | float):
                return _COMPARED[type(node.ops[0])](left, right)
        elif isinstance(node, ast.List | ast.Tuple):
            return [self.value(one) for one in node.elts]
        elif isinstance(node, ast.JoinedStr):
            return Text(tuple(part for one in node.values for part in self._formatted(one)))
        elif isinstance(node, ast.Subscript):
            return self._element(self.value(node.value), self.value(node.slice))
        elif isinstance(node, ast.IfExp):
            return self.value(node.body if self.value(node.test) else node.orelse)
        elif isinstance(node, ast.ListComp | ast.GeneratorExp) and len(node.generators) == 1:
            return self._comprehension(node)
        elif isinstance(node, ast.Attribute):
            return self._attribute(node)
        elif isinstance(node, ast.Call):
            return self._call(node)
        raise UnknownError

    def _name(self, name: str) -> Any:
        found = self.names.get(name)
        if found is None:
            raise UnknownError
        return found

    def _binary(self, sign: ast.operator, left: Any, right: Any) -> Any:
        operation = _BINARY.get(type(sign))
        if operation is None:
            raise UnknownError
        if isinstance(left, Tensor) or isinstance(right, Tensor):
            return tensor_of(left).with_other(tensor_of(right), operation)
        if isinstance(left, Text) and isinstance(right, int) and isinstance(sign, ast.Mult):
            if len(left.parts) == 1 and isinstance(left.parts[0], str) and 0 <= right <= _MOST_ITEMS:
                return Text((left.parts[0] * right,))
        if isinstance(left, list) and isinstance(right, list) and isinstance(sign, ast.Add):
            if len(left) + len(right) <= _MOST_ITEMS:
                return left + right
        if not (isinstance(left, int | float) and isinstance(right, int | float)):
            raise UnknownError
        if isinstance(sign, ast.Pow):
            number_bound(left, right)
        made = operation(left, right)
        if isinstance(made, complex) or (isinstance(made, int) and made.bit_length() > 4000):
            raise UnknownError
        return made

    def _element(self, whole: Any, index: Any) -> Any:
        if isinstance(index, int) and isinstance(whole, Tensor) and not whole.scalar:
            return Tensor((whole.parts[index],), True)
        if isinstance(index, int) and isinstance(whole, list):
            return whole[index]
        raise UnknownError

    def _comprehension(self, node: ast.ListComp | ast.GeneratorExp) -> list[Any]:
        made, (one,) = [], node.generators
        kept = dict(self.names)
        for item in items_of(self.value(one.iter)):
            self._assign(one.target, item)
            if all(self.value(test) for test in one.ifs):
                made.append(self.value(node.elt))
        self.names = kept
        return made

    def _attribute(self, node: ast.Attribute) -> Any:
        if isinstance(node.value, ast.Name) and node.value.id in ("math", "np", "numpy", "torch"):
            if node.attr in ("pi", "e") and self.names.get(node.value.id) is None:
                return math.pi if node.attr == "pi" else math.e
        whole = self.value(node.value)
        if isinstance(whole, Tensor) and node.attr == "grad" and whole.leaf in self.gradients:
            return Tensor(tuple(map(Dual, self.gradients[whole.leaf])), whole.scalar)
        if isinstance(whole, Tensor) and node.attr in ("data", "T"):
            return whole
        raise UnknownError

    def _call(self, node: ast.Call) -> Any:
        if isinstance(node.func, ast.Name) and isinstance(self.names.get(node.func.id), ast.FunctionDef):
            return self._own(self.names[node.func.id], node)
        whole: Any = None
        if isinstance(node.func, ast.Attribute):
            root = node.func.value
            first = root
            while isinstance(first, ast.Attribute):
                first = first.value
            if not (isinstance(first, ast.Name) and first.id in _MODULES and first.id not in self.names):
                whole = self.value(root)
            name = node.func.attr
        elif isinstance(node.func, ast.Name) and node.func.id not in self.names:
            name = node.func.id
        else:
            raise UnknownError
        given = [self.value(one) for one in node.args]
        named = {word.arg: self.value(word.value) for word in node.keywords if word.arg}
        if isinstance(whole, Tensor) and name == "backward" and whole.scalar and not given:
            for (leaf, place), slope in whole.parts[0].slopes.items():
                length = next((len(t.parts) for t in self.names.values() if _is_leaf(t, leaf)), place + 1)
                self.gradients.setdefault(leaf, [0.0] * length)[place] += slope
            return None
        return called(name, whole, given, named)

    def _own(self, function: ast.FunctionDef, node: ast.Call) -> Any:
        """Return what a function that the sheet defines makes of its arguments."""
        names = [one.arg for one in function.args.args]
        kinds = function.args
        if kinds.vararg or kinds.kwarg or kinds.kwonlyargs or self.depth > _DEEPEST:
            raise UnknownError
        given = dict(zip(names, [self.value(one) for one in node.args], strict=False))
        given |= {word.arg: self.value(word.value) for word in node.keywords if word.arg}
        for name, default in zip(reversed(names), reversed(kinds.defaults), strict=False):
            if name not in given:
                given[name] = self.value(default)
        if set(given) != set(names):
            raise UnknownError
        kept, self.names = self.names, {**self.names, **given}
        self.depth += 1
        try:
            for one in function.body:
                self._statement(one)
        except _ReturnError as end:
            return end.value
        finally:
            self.names, self.depth = kept, self.depth - 1
        return None

    def _formatted(self, node: ast.expr) -> Iterator[Printed]:
        if isinstance(node, ast.Constant):
            yield str(node.value)
        elif isinstance(node, ast.FormattedValue):
            spec = node.format_spec
            how = "".join(str(part) for part in self.value(spec).parts) if spec is not None else ""
            try:
                yield from shown(self.value(node.value), spec=how)
            except _FAILURES:
                yield ANYTHING

    def _step(self) -> None:
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise UnknownError


def _is_leaf(value: Any, leaf: int) -> bool:
    return isinstance(value, Tensor) and value.leaf == leaf
