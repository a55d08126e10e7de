"""How a value came about: a small protocol that worked numbers, sizes and the rows of traces all satisfy.

Whoever explains a value (and somebody's wrong value) walks its derivation, and need not know what kind it is.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

__all__ = ["GIVEN", "OPERATIONS", "Derivation", "givens", "walk"]

GIVEN = "given"
"""The operation of a value that was not computed."""


class Derivation(Protocol):
    """A value with its name, the operation that made it, and the derivations that this was applied to."""

    @property
    def name(self) -> str:
        """What the value is called, or an empty string."""

    @property
    def operation(self) -> str:
        """The operation that made it, such as ``multiply``; for a value that was not computed, what it is.

        That is ``given`` for a worked number, ``input`` or ``constant`` in a trace.
        """

    @property
    def arguments(self) -> Sequence[Derivation]:
        """What the operation was applied to, in order; empty for a given value."""

    @property
    def value(self) -> Any:
        """The value itself."""


OPERATIONS: dict[str, Callable[..., Any]] = {
    "add": lambda *terms: sum(terms),
    "subtract": operator.sub,
    "multiply": lambda *factors: math.prod(factors),
    "divide": operator.truediv,
    "floor_divide": operator.floordiv,
    "remainder": operator.mod,
    "power": operator.pow,
    "negative": operator.neg,
}
"""The operations of arithmetic by name; sums and products take any number of arguments."""

_D = TypeVar("_D", bound=Derivation)


def walk(derivation: _D) -> Iterator[_D]:
    """Yield every part of a derivation once, each after the parts that it was made of, itself last.

    Works without recursion, so that a derivation may be deep.

    >>> from nnutils.core.worked import Worked
    >>> [part.name or part.operation for part in walk((Worked(96, "filters") * 121).named("weights"))]
    ['filters', 'given', 'weights']
    """
    done: set[int] = set()
    waiting: list[tuple[Any, bool]] = [(derivation, False)]
    while waiting:
        part, arguments_done = waiting.pop()
        if arguments_done:
            yield part
        elif id(part) not in done:
            done.add(id(part))
            waiting.append((part, True))
            waiting.extend((argument, False) for argument in reversed(part.arguments))


def givens(derivation: _D) -> list[_D]:
    """Return the given values that a derivation starts from, in the order in which they are needed.

    >>> from nnutils.core.worked import Worked
    >>> [part.name for part in givens(Worked(96, "filters") * Worked(3, "in_channels"))]
    ['filters', 'in_channels']
    """
    return [part for part in walk(derivation) if not part.arguments]
