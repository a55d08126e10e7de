"""Searches for the slips that turn a right derivation into a stated value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from nnutils.slips.digits import HINTS, HINTS_ON_THE_WAY, digit_slips
from nnutils.slips.exchanging import Others, exchanged
from nnutils.slips.naming import called
from nnutils.slips.network_numbers import Quantity
from nnutils.slips.places import Place, Target, places
from nnutils.slips.rules import RULES
from nnutils.slips.slip import DEEPER, Slip, slip_of
from nnutils.slips.stated import read, read_list
from nnutils.slips.tree import Node, Number, tree_of

__all__ = ["explain", "pen_slips", "value_with"]

_ENOUGH_DIGITS = 5  # in a number with two slips; with fewer, chance would explain too much
_RARE = ("a digit lost",)  # slips of the pen that one digit less is enough for
_ALSO = "The result is miscopied as well."
_PLAUSIBLE = 1.2  # the rank up to which a slip in the structure is tried together with one of the pen
_FEWEST_DIGITS = 2  # in a factor; of a shorter number any other is "one digit changed"
_LONG, _SHORT = 5, 0.45  # a digit slip in a number of fewer digits is less plausible, by so much a digit


def explain(right: Any, stated: object, among: Iterable[Quantity] = ()) -> tuple[Slip, ...]:
    """Return the slips that turn the right derivation into the stated value, most plausible first.

    ``right`` is a worked number, a size, a row of a trace table, a plain number, or a tuple of rows of
    numbers. ``stated`` is a number, or text as somebody wrote it: '15,415,200', '0.384', '2.34e-4'. A slip
    has to give it at the precision written; of less than three significant digits exactly, since many
    numbers are 0.4 at one digit. ``among`` holds other numbers of the same question, one of which may have
    been put in the place of another: ``quantities(network)``.

    The tuple is empty where the stated value is right, and where no known slip gives it.

    Raises:
        ExpressionError: for a stated text that is not a number.

    >>> from nnutils import conv_output_size
    >>> slip = explain(conv_output_size(224, 11, stride=4, padding=2), 54)[0]
    >>> print(slip.hint, "|", slip)
    A setting of the layer is ignored. | Padding 2 is ignored.
    """
    if isinstance(right, tuple | list):
        return _of_a_table(right, stated)
    root = tree_of(right)
    written = read(stated, exact=not isinstance(root.value, float))
    if root.value in written.target:
        return ()
    found = sorted(_search(root, written.told, tuple(among)), key=lambda slip: slip.rank)
    if not found:
        found = sorted(_two(root, written.told), key=lambda slip: slip.rank)
    return tuple({slip.sentence: slip for slip in found}.values())


def _search(root: Node, target: Target, among: tuple[Quantity, ...]) -> Iterator[Slip]:
    """Yield every single slip that gives a value of the target."""
    others = Others(among)
    for place in places(root, target):
        for rule in RULES:
            for value, words in rule.candidates(place):
                if place.fits(value):
                    yield slip_of(rule.kind, rule.rank + DEEPER * place.depth, rule.hint_at(place), words)
        yield from exchanged(place, others)
        yield from pen_slips(place)


def pen_slips(place: Place) -> Iterator[Slip]:
    """Yield the slips of the pen: in the stated number itself, or in a number on the way."""
    node, needed = place.node, place.needed
    if needed is None or not isinstance(node.value, int) or needed.low != needed.high:
        return
    wanted = needed.low
    if isinstance(wanted, float) or wanted != int(wanted) or (place.parent and not node.name):
        return
    if len(str(abs(node.value))) < _FEWEST_DIGITS:
        return
    for kind, words, rank in digit_slips(int(wanted), node.value):
        inside = "" if place.parent is None else f"in {called(node)}: "
        # The shorter a number, the more others are one digit away: that is then a weak reason.
        rank += _SHORT * max(0, _LONG - len(str(node.value))) + (0.7 + DEEPER * place.depth) * bool(
            place.parent
        )
        hint = (HINTS if place.parent is None else HINTS_ON_THE_WAY)[kind]
        yield slip_of(kind, rank, hint, inside + words)


def _two(root: Node, target: Target) -> Iterator[Slip]:
    """Yield a slip in the structure followed by a slip of the pen, where that is unlikely to be chance."""
    if target.low != target.high or isinstance(target.low, float) or not isinstance(root.value, int):
        return
    wanted = target.low
    if wanted != int(wanted) or len(str(wanted)) < _ENOUGH_DIGITS - 1:
        return
    # A digit lost leaves one digit less. It has few neighbours, so that four digits are enough for it.
    few = _RARE if len(str(wanted)) < _ENOUGH_DIGITS else HINTS
    for place in places(root, Target(0, 0)):
        if place.depth > 1:
            break
        for rule in RULES:
            if rule.rank > _PLAUSIBLE:
                continue
            for value, words in rule.candidates(place):
                result = value_with(place, value)
                if result is None or result != int(result):
                    continue
                for kind, more, rank in digit_slips(int(wanted), int(result)):
                    if kind not in few:
                        continue
                    both = f"{words}; then {more}"
                    yield slip_of(
                        f"{rule.kind}, and {kind}",
                        3 + rule.rank + rank,
                        f"{rule.hint_at(place)} {_ALSO}",
                        both,
                    )


def value_with(place: Place | None, value: Number | None) -> Number | None:
    """Return the value of the whole with another value at one place."""
    while place is not None and value is not None:
        if place.parent is not None:
            value = place.parent.with_argument(place.index, value)
        place = place.parent
    return value


def _of_a_table(right: Any, stated: object) -> tuple[Slip, ...]:
    """Explain a table of numbers: rows for columns."""
    if not isinstance(stated, str):
        return ()
    rows = [list(row) if isinstance(row, tuple | list) else [row] for row in right]
    given = [[entry.value for entry in read_list(line)] for line in stated.strip("()[] ").split(";")]
    if given == rows or len({len(row) for row in rows}) != 1:
        return ()
    if given != [list(column) for column in zip(*rows, strict=True)]:
        return ()
    words = "rows and columns are exchanged: the first row holds the first column"
    return (slip_of("rows for columns", 0.5, "Which way round does the table go?", words),)
