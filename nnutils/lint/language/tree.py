"""What a sheet computes, as a tree: numbers as written, names, and operations on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from nnutils.lint.language.words import FUNCTIONS
from nnutils.slips.precision import WrittenNumber

__all__ = ["Node"]

_NO_OPERATION = ("number", "name", "unit", "percent", "negative", "group", "vector", "matrix")


class Node(NamedTuple):
    """A number, a name, or an operation on other nodes; ``start`` and ``end`` are places in a piece's text.

    ``operation`` is 'number', 'name', 'unit', 'percent', 'group' (in brackets), 'call' (``text`` is the
    function), 'vector', 'matrix', 'series' (a sum or a product with an ellipsis, ``text`` is its sign), 'sum'
    or 'product' (over the index ``text``), or one of add, subtract, multiply, divide, power, negative, floor,
    ceil, abs, factorial. ``loose`` marks a product that is written without a sign.
    """

    operation: str
    arguments: tuple[Node, ...] = ()
    text: str = ""
    number: WrittenNumber | None = None
    start: int = 0
    end: int = 0
    loose: bool = False

    def walk(self) -> Iterator[Node]:
        """Yield the node and all nodes below it."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.arguments))

    @property
    def names(self) -> set[str]:
        """The names in it; before a bracket, n may be a name too: n(n + 1)."""
        return {
            node.text
            for node in self.walk()
            if node.operation == "name" or (node.operation == "call" and node.text not in FUNCTIONS)
        }

    @property
    def operations(self) -> int:
        """How many operations it has."""
        return sum(node.operation not in _NO_OPERATION for node in self.walk())

    @property
    def bare(self) -> WrittenNumber | None:
        """The number that it is, without unit, percent sign or scale; None for anything else."""
        return self.number if self.operation == "number" else None
