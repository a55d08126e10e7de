"""Small faults in a source text: one change each, found in its syntax tree and made in the text itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff

from tools.mutating.expressions import Text, changes_of

__all__ = ["Fault", "faults_in", "makes_another_program"]


@dataclass(frozen=True)
class Fault:
    """One change of one module.

    ``module`` is its path, ``function`` the dotted name of what the change stands in (empty at the top),
    ``kind`` says what was done, ``first`` to ``last`` are the lines of the statement, and ``body`` those that
    run whenever the changed value counts: of the function, for a default. ``start`` to ``stop`` are the bytes
    that ``new`` replaces.
    """

    module: str
    function: str
    kind: str
    first: int
    last: int
    body: tuple[int, int]
    start: int
    stop: int
    new: str

    def applied(self, source: str) -> str:
        """Return the source with the fault in it."""
        data = source.encode()
        return (data[: self.start] + self.new.encode() + data[self.stop :]).decode()

    def lines(self, source: str) -> tuple[str, str]:
        """Return what changed, as whole lines without indentation: before and after."""
        changed = list(
            unified_diff(source.splitlines(), self.applied(source).splitlines(), lineterm="", n=0)
        )[3:]
        old = "\n".join(line[1:].strip() for line in changed if line.startswith("-"))
        return old, "\n".join(line[1:].strip() for line in changed if line.startswith("+"))

    def diff(self, source: str) -> str:
        """Return the change as a unified diff with a line of context."""
        return "\n".join(
            unified_diff(
                source.splitlines(),
                self.applied(source).splitlines(),
                self.module,
                self.module,
                lineterm="",
                n=1,
            )
        )


def faults_in(module: str, source: str) -> list[Fault]:
    """Return every fault of a module, in order; some may not compile, see `makes_another_program`."""
    tree = ast.parse(source)
    text = Text(source)
    found: dict[tuple[int, int, str], Fault] = {}
    for statement, function, body in _statements(tree, "", (1, len(source.splitlines()))):
        first, last = _header(statement)
        for change in changes_of(statement, text):
            lines = body if change.at_definition else (first, last)
            fault = Fault(
                module, function, change.kind, first, last, lines, change.start, change.stop, change.new
            )
            found.setdefault((change.start, change.stop, change.new), fault)
    return sorted(found.values(), key=lambda fault: (fault.start, fault.stop, fault.new))


def makes_another_program(fault: Fault, source: str) -> bool:
    """Whether the module with the fault in it compiles, to something else than without."""
    try:
        return ast.dump(ast.parse(fault.applied(source))) != ast.dump(ast.parse(source))
    except SyntaxError:
        return False


def _statements(
    node: ast.AST, function: str, body: tuple[int, int]
) -> Iterator[tuple[ast.stmt, str, tuple[int, int]]]:
    """Each statement with the name and the lines of what it stands in, but no docstring and no import."""
    for field, value in ast.iter_fields(node):
        if field in {"body", "orelse", "finalbody", "handlers", "cases"} and isinstance(value, list):
            for child in value:
                if isinstance(child, ast.stmt):
                    if _says_nothing(child):
                        continue
                    name, lines = function, body
                    if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                        name = f"{function}.{child.name}".lstrip(".")
                        lines = child.body[0].lineno, child.end_lineno or child.lineno
                    yield child, name, lines
                    yield from _statements(child, name, lines)
                else:
                    yield from _statements(child, function, body)


def _says_nothing(node: ast.stmt) -> bool:
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Assert | ast.Pass):
        return True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True  # a docstring, or an ellipsis
    if isinstance(node, ast.If) and ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}:
        return True
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets)


def _header(node: ast.stmt) -> tuple[int, int]:
    """The lines of a statement without those of the statements in it."""
    inner = getattr(node, "body", None) or getattr(node, "cases", None)
    end = node.end_lineno or node.lineno
    if not isinstance(inner, list):
        return node.lineno, end
    first = inner[0]
    start = first.pattern.lineno if isinstance(first, ast.match_case) else first.lineno
    return node.lineno, max(node.lineno, start - 1)
