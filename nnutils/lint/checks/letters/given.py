"""The values that a sheet gave to letters before a place: 'η = 0.2', 'μ = (1 + 3)/2 = 2', 'σ² = 24'."""

from __future__ import annotations

from collections.abc import Iterator

from nnutils.lint.checks.letters.equations import Equation, equations_in
from nnutils.lint.checks.letters.evaluating import normal
from nnutils.lint.context import Context
from nnutils.lint.language import Node
from nnutils.lint.sheets import Piece
from nnutils.lint.values import Reading, UndefinedError, Value, compute

__all__ = ["letters_before", "with_squares"]

_FURTHEST = 12
"""So many blocks back a letter still has the value that it was given."""


def letters_before(context: Context, number: int) -> dict[str, Value]:
    """Return the values of letters before a block, each the last that was given; of σ² = 4 that of 'σ^2'.

    >>> from nnutils.lint.numbers import ENGLISH
    >>> from nnutils.lint.sheets import Sheet, piece_of
    >>> pieces = (piece_of("Take η = 0.2, σ² = 1 + 3 = 4."), piece_of("w − ηg"))
    >>> found = letters_before(Context(Sheet("", "", pieces), ENGLISH), 1)
    >>> {name: float(value.nominal) for name, value in found.items()}
    {'η': 0.2, 'σ^2': 4.0}
    """
    found: dict[str, Value] = {}
    for block in context.sheet.blocks[max(0, number - _FURTHEST) : number]:
        if isinstance(block, Piece) and block.kind != "code" and "=" in block.text:
            found.update(_given_in(context, block))
    return found


def _given_in(context: Context, piece: Piece) -> Iterator[tuple[str, Value]]:
    for equation in equations_in(context, piece):
        name = _name(equation.sides[0].node)
        value = _last_number(equation)
        if name and value is not None:
            yield name, value


def _name(node: Node | None) -> str:
    if node is None:
        return ""
    if node.operation == "name":
        return normal(node.text)
    square = _square(node)
    return square or ""


def _square(node: Node) -> str | None:
    """Return what the square of a letter is called; None for any other tree."""
    if node.operation != "power" or node.arguments[0].operation != "name":
        return None
    exponent = node.arguments[1]
    while exponent.operation == "group":
        exponent = exponent.arguments[0]
    if exponent.bare is None or exponent.bare.value != 2:
        return None
    return f"{normal(node.arguments[0].text)}^2"


def _last_number(equation: Equation) -> Value | None:
    """Return the value of the last side; a decimal behind ≈ may be off, any other number is meant exactly."""
    side = equation.sides[-1]
    if side.node is None or side.node.names:
        return None
    try:
        value = compute(side.node, Reading())
    except UndefinedError:
        return None
    if "≈" in equation.signs:
        return value
    return Value(value.nominal, value.nominal, value.nominal, value.exact)


def with_squares(node: Node, known: set[str]) -> Node:
    """Return a tree in which each square that has a value of its own is a name."""
    square = _square(node)
    if square in known:
        return Node("name", text=str(square), start=node.start, end=node.end)
    return node._replace(arguments=tuple(with_squares(part, known) for part in node.arguments))
