"""Searches for the slips that turn a right derivation into a stated value."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from nnutils.slips.digits import HINTS, digit_slips
from nnutils.slips.places import Place, Target, places
from nnutils.slips.quantities import Quantity, role_of
from nnutils.slips.rules import RULES, called, groups_of, shown
from nnutils.slips.slip import Slip
from nnutils.slips.stated import read
from nnutils.slips.tree import Node, Number, apply, tree_of

__all__ = ["explain"]

_FEWEST_DIGITS = 2  # in a factor; of a shorter number any other is "one digit changed"
_DEEPER = 0.03  # what a slip far inside loses in plausibility, for each level
_LONG, _SHORT = 5, 0.45  # a digit slip in a number of fewer digits is less plausible, by so much a digit


def explain(right: Any, stated: object, among: Iterable[Quantity] = ()) -> tuple[Slip, ...]:
    """Return the slips that turn the right derivation into the stated value, most plausible first.

    ``right`` is a worked number, a size, a row of a trace table, a plain number, or a tuple of such rows and
    numbers. ``stated`` is a number, or text as somebody wrote it: '15,415,200', '0.38', '2.3e-4'. It counts as
    hit where a slip gives it at the precision written. ``among`` holds other numbers of the same question,
    one of which may have been put in the place of another: ``quantities(network)``.

    The tuple is empty where the stated value is right, and where no known slip gives it.

    Raises:
        SlipError: for a stated text that is not a number.

    >>> from nnutils import conv_output_size
    >>> for slip in explain(conv_output_size(224, 11, stride=4, padding=2), 54):
    ...     print(slip.hint, "|", slip)
    A setting of the layer is ignored. | Padding 2 is ignored.
    """
    if isinstance(right, tuple | list):
        return _of_a_table(right, stated)
    root = tree_of(right)
    written = read(stated, exact=not isinstance(root.value, float))
    if root.value in written.target:
        return ()
    found = sorted(_search(root, written.target, tuple(among)), key=lambda slip: slip.rank)
    if not found:
        found = sorted(_two(root, written.target), key=lambda slip: slip.rank)
    return tuple({slip.sentence: slip for slip in found}.values())


def _search(root: Node, target: Target, among: tuple[Quantity, ...]) -> Iterator[Slip]:
    """Yield every single slip that gives a value of the target."""
    for place in places(root, target):
        for rule in RULES:
            for value, words in rule.candidates(place):
                if place.fits(value):
                    yield _slip(rule.kind, rule.rank + _DEEPER * place.depth, rule.hint, words)
        yield from _exchanged(place, among)
        yield from _digits(place)


def _exchanged(place: Place, among: tuple[Quantity, ...]) -> Iterator[Slip]:
    """Yield the slips that put another number of the same question in the place of one."""
    node = place.node
    role = role_of(node)
    twins = place.parent is not None and any(
        node in pair for _, pair in groups_of(place.parent.node)
    )  # nobody changes one side of a square only
    hint = "One number stands in the place of another."
    others = [*among, *_own(place)]
    if role and not twins and (node.given or role == "count"):
        for quantity in _one_of_each(others, role):
            if quantity.value != node.value and place.fits(quantity.value):
                near = 0.9 if quantity.role == role else 1.9
                words = f"{shown(quantity.value)}, {quantity.words}, in the place of {called(node)}"
                yield _slip("another number", near + _DEEPER * place.depth, hint, words)
    if node.operation == "multiply":
        for name, pair in groups_of(node):
            side = pair[0].value
            rest = math.prod(part.value for part in node.arguments if part not in pair)
            for quantity in _one_of_each(others, role_of(pair[0])):
                if quantity.value != side and place.fits(rest * quantity.value**2):
                    near = 0.9 if quantity.role == role_of(pair[0]) else 2.2
                    words = f"{shown(quantity.value)}, {quantity.words}, in the place of {name} {shown(side)}"
                    yield _slip("another number", near + _DEEPER * place.depth, hint, words)
    if place.parent is None and node.value:
        yield from _with_biases(place, among)
        yield from _a_layer_of_the_total(place, among)


def _one_of_each(others: list[Quantity], role: str) -> Iterable[Quantity]:
    """Return one quantity for each value: one of the same role where there is one, else the first."""
    return {quantity.value: quantity for quantity in sorted(reversed(others), key=lambda q: q.role == role)}.values()


def _own(place: Place) -> list[Quantity]:
    """Return the other given numbers of the same product or sum."""
    if place.parent is None:
        return []
    parts = place.parent.node.arguments
    return [Quantity(role_of(part), called(part).rpartition(" ")[0], part.value) for part in parts if part.name]


def _with_biases(place: Place, among: tuple[Quantity, ...]) -> Iterator[Slip]:
    """Yield the slip that counts biases where they are not asked for."""
    for quantity in among:
        if quantity.words.startswith("biases of") and place.fits(place.node.value + quantity.value):
            words = f"the {shown(quantity.value)} {quantity.words} are counted too"
            yield _slip("biases counted", 0.5, "Are biases asked for?", words)


def _a_layer_of_the_total(place: Place, among: tuple[Quantity, ...]) -> Iterator[Slip]:
    """Yield the slips that leave out or repeat a layer whose share stands in two places of a total."""
    if place.node.name != "parameters":
        return
    for quantity in among:
        if quantity.words.startswith("parameters of"):
            words = f"the {shown(quantity.value)} {quantity.words} are"
            if place.fits(place.node.value - quantity.value):
                yield _slip("a term left out", 1.0, "A term is missing.", f"{words} left out of the sum")
            if place.fits(place.node.value + quantity.value):
                yield _slip("a term used twice", 1.6, "A term is there twice.", f"{words} added twice")


def _digits(place: Place) -> Iterator[Slip]:
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
        rank += _SHORT * max(0, _LONG - len(str(node.value))) + (0.7 + _DEEPER * place.depth) * bool(place.parent)
        yield _slip(kind, rank, HINTS[kind], inside + words)


def _two(root: Node, target: Target) -> Iterator[Slip]:
    """Yield a slip in the structure followed by a slip of the pen, where that is unlikely to be chance."""
    if target.low != target.high or isinstance(target.low, float) or not isinstance(root.value, int):
        return
    wanted = target.low
    if wanted != int(wanted) or len(str(wanted)) < _ENOUGH_DIGITS:
        return
    for place in places(root, Target(0, 0)):
        if place.depth > 1:
            break
        for rule in RULES:
            if rule.rank > 1.2:
                continue
            for value, words in rule.candidates(place):
                result = _result(place, value)
                if result is None or result != int(result):
                    continue
                for kind, more, rank in digit_slips(int(wanted), int(result)):
                    both = f"{words}; then {more}"
                    yield _slip(f"{rule.kind}, and {kind}", 3 + rule.rank + rank, f"{rule.hint} {HINTS[kind]}", both)


_ENOUGH_DIGITS = 5


def _result(place: Place | None, value: Number | None) -> Number | None:
    """Return the value of the whole with another value at one place."""
    while place is not None and value is not None:
        if place.parent is not None:
            value = place.parent.with_argument(place.index, value)
        place = place.parent
    return value


def _of_a_table(right: Any, stated: object) -> tuple[Slip, ...]:
    """Explain a table of numbers: rows for columns."""
    rows = [list(row) if isinstance(row, tuple | list) else [row] for row in right]
    typed = stated if isinstance(stated, str) else ""
    if not typed:
        return ()
    from nnutils.slips.stated import read_list

    given = [[entry.value for entry in read_list(line)] for line in typed.strip("()[] ").split(";")]
    columns = [list(column) for column in zip(*rows, strict=True)] if len({len(row) for row in rows}) == 1 else []
    if given == rows:
        return ()
    if given == columns:
        words = "rows and columns are exchanged: the first row holds the first column"
        return (_slip("rows for columns", 0.5, "Which way round does the table go?", words),)
    return ()


def _slip(kind: str, rank: float, hint: str, words: str) -> Slip:
    return Slip(kind, hint, words[0].upper() + words[1:] + ".", rank)
