"""Values as Python prints them, in parts: characters, numbers, and what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nnutils.lint.checks.printed.calls import UnknownError
from nnutils.lint.checks.printed.tensors import Tensor

__all__ = ["ANYTHING", "Printed", "Shown", "Text", "shown"]

_LONGEST_SPEC = 4


@dataclass(frozen=True)
class Shown:
    """A number as it is shown, and its value."""

    text: str
    value: float | int


ANYTHING = None
"""Stands in a printed line for what is not known."""

Printed = str | Shown | None


@dataclass(frozen=True)
class Text:
    """A string, in parts: characters, numbers, and what is not known."""

    parts: tuple[Printed, ...]


def shown(value: Any, *, spec: str = "", quoted: bool = False) -> list[Printed]:
    """Return a value as Python prints it.

    Raises:
        UnknownError: for a value that is printed in another way.

    >>> shown([2, 3.5])
    ['[', Shown(text='2', value=2), ', ', Shown(text='3.5', value=3.5), ']']
    """
    if isinstance(value, Text):
        if spec:
            raise UnknownError
        return ["'", *value.parts, "'"] if quoted else list(value.parts)
    if isinstance(value, bool) or value is None:
        return [str(value)]
    if isinstance(value, int | float):
        if sum(sign.isdigit() for sign in spec) > _LONGEST_SPEC:
            raise UnknownError
        return [Shown(format(value, spec), value)]
    if isinstance(value, Tensor) and value.scalar and spec:
        return [Shown(format(value.parts[0].value, spec), value.parts[0].value)]
    if isinstance(value, Tensor):
        numbers: list[Printed] = [Shown(f"{one.value:.4f}", one.value) for one in value.parts]
        inside: list[Printed] = [part for one in numbers for part in (", ", one)][1:]
        return ["tensor(", *inside, ANYTHING] if value.scalar else ["tensor([", *inside, "]", ANYTHING]
    if isinstance(value, list) and not spec:
        return ["[", *[part for one in value for part in (", ", *shown(one, quoted=True))][1:], "]"]
    raise UnknownError
