"""Short decimals that nobody rounded: 0.1 in 'w − η·g = 0.8 − 0.1·2.5 = 0.65'."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from nnutils.lint.language import Node, Token, chains_in
from nnutils.lint.sheets import Piece, Sheet, Table
from nnutils.lint.values import Reading, UndefinedError, Value, compute, written_value
from nnutils.slips.precision import WrittenNumber

__all__ = ["Written", "follows_from_rounded", "longer_values", "meant_value", "unsure_decimals"]

_SHORT = 2
_LONE = 3
_TENTH = Fraction(1, 10)
_SCALING = ("multiply", "power")
_MOST_TOKENS = 60_000
_MOST_VALUES = 2_000
_DENOMINATORS = (3, 6, 7, 9, 11, 12, 13)
_KNOWN = tuple(
    map(
        Fraction,
        (3.14159265, 2.71828183, 0.69314718, 2.30258509, 1.41421356, 1.73205081, 0.70710678, 2.23606798),
    )
)
"""π, e, ln 2, ln 10 and roots: whoever writes 1.4 may go on with them."""


@dataclass(frozen=True)
class Written:
    """What is known of the decimals of a sheet: exact ones, unsure ones, and longer ones behind short."""

    exact: frozenset[Fraction]
    unsure: frozenset[Fraction]
    longer: tuple[Fraction, ...]


def longer_values(pieces: Iterable[Sequence[Token]]) -> tuple[Fraction, ...]:
    """Return what a short decimal of a sheet may stand for: its longer decimals, and what it computes.

    >>> from nnutils.lint.language import tokens_of
    >>> from nnutils.lint.numbers import ENGLISH
    >>> from nnutils.lint.sheets import piece_of
    >>> [float(one) for one in longer_values([tokens_of(piece_of("z = 0.543 · 2 = 1.1 and w = 3"), ENGLISH)])]
    [0.543, 1.086]
    """
    found, left = dict[Fraction, None](), _MOST_TOKENS
    for tokens in pieces:
        left -= len(tokens)
        if left < 0 or len(found) > _MOST_VALUES:
            break
        for token in tokens:
            if (
                token.number is not None
                and token.number.unit is not None
                and token.number.significant > _SHORT
            ):
                found[token.number.value] = None
        for chain in chains_in(tokens):
            for side in chain.sides:
                if side.node is None or not side.node.operations or side.node.names:
                    continue
                try:
                    found[abs(compute(side.node, Reading()).nominal)] = None
                except UndefinedError:
                    continue
    return tuple(found)


def unsure_decimals(sheet: Sheet, tokens: Callable[[Piece], Sequence[Token]]) -> frozenset[Fraction]:
    """Return the decimals that may be rounded results: in cells, output, sums."""
    found = set[Fraction]()
    for block in sheet.blocks:
        if isinstance(block, Table):
            cells = [tokens(cell) for row in block.rows for cell in row]
            found.update(_decimals(one for cell in cells for one in cell if len(cell) <= _LONE))
        elif block.kind == "output":
            found.update(_decimals(tokens(block)))
        else:
            for chain in chains_in(tokens(block)):
                for before, after in pairwise(chain.sides):
                    if before.node is not None and before.node.operations and _is_number(after.node):
                        sure = not found.intersection(_decimals_of(before.node))
                        found.update(
                            one
                            for one in _decimals_of(after.node)
                            if not (sure and _comes_to(before.node, one))
                        )
    return frozenset(found)


def _comes_to(node: Node, stated: Fraction) -> bool:
    """Whether a computation has exactly this result, but for its sign."""
    try:
        value = compute(node, Reading())
    except UndefinedError:
        return False
    return value.exact and abs(value.nominal) == stated


def _decimals(tokens: Iterable[Token]) -> Iterator[Fraction]:
    for token in tokens:
        if token.number is not None and token.number.unit is not None:
            yield token.number.value


def _is_number(node: Node | None) -> bool:
    return node is not None and not node.operations


def _decimals_of(node: Node | None) -> Iterator[Fraction]:
    """Yield the decimals of a tree."""
    for one in node.walk() if node is not None else ():
        if one.number is not None and one.number.unit is not None:
            yield one.number.value


def follows_from_rounded(computed: Node, stated: WrittenNumber, reading: Reading, written: Written) -> bool:
    """Return whether a stated result may follow from numbers that were rounded where they are written.

    A decimal of one or two digits was given, not rounded, if the result is stated with more decimals than it
    has: who rounds on the way rounds all alike. In a sum of products one digit is enough. It may be
    rounded all the same where a longer value of the sheet or a simple fraction rounds to it.
    """
    if stated.unit is None or any(one.operation in ("unit", "percent") for one in computed.walk()):
        return True
    finest = stated.unit
    written = replace(written, longer=tuple(one for one in written.longer if one != abs(stated.value)))
    done = {one.operation for one in computed.walk()}
    several = computed.operations > 1 and bool(done.intersection(_SCALING)) and "divide" not in done
    names = {
        name: meant_value(value, finest, written, several=several) for name, value in reading.names.items()
    }

    def narrowed(node: Node) -> Node:
        if node.number is None or node.number.unit is None:
            return node._replace(arguments=tuple(map(narrowed, node.arguments)))
        name = f"written {node.number.text}"
        names[name] = meant_value(written_value(node.number), finest, written, several=several)
        return Node("name", text=name, start=node.start, end=node.end)

    try:
        value = compute(narrowed(computed), replace(reading, names=names))
    except UndefinedError:
        return True
    half = finest / 2
    return value.low <= stated.value + half and stated.value - half <= value.high


def meant_value(whole: Value, finest: Fraction, written: Written, *, several: bool = False) -> Value:
    """Return what a decimal may stand for beside a result whose last digit is worth ``finest``."""
    number, unit = abs(whole.nominal), whole.high - whole.low
    sharp = Value(whole.nominal, whole.nominal, whole.nominal, whole.exact)
    if number in written.exact or not unit:
        return sharp
    digits = len(str(int(number / unit)))
    finer = finest < unit or (several and finest == unit and digits == 1)
    if digits > _SHORT or not finer or number in written.unsure:
        return whole
    low, high = sorted((abs(whole.low), abs(whole.high)))
    near = [one for one in (*written.longer, *_simple(number, unit)) if low <= one <= high]
    if whole.nominal < 0:
        near = [-one for one in near]
    return Value(whole.nominal, min([whole.nominal, *near]), max([whole.nominal, *near]), whole.exact)


def _simple(number: Fraction, unit: Fraction) -> Iterator[Fraction]:
    """Yield the numbers that people know well, and write short: 0.33 is 1/3."""
    yield from _KNOWN
    for below in _DENOMINATORS if unit < _TENTH else _DENOMINATORS[:1]:
        yield Fraction(round(number * below), below)
