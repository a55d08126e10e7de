"""What else a typed answer may be: another answer, right by a convention, rows for columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from nnutils.practice.asked import Asked, Convention
from nnutils.practice.leaves import Place, at, called, depth_of, leaves, mapped, numeric, plain
from nnutils.practice.question import Question
from nnutils.slips import Quantity
from nnutils.slips.naming import shown
from nnutils.slips.slip import Slip, slip_of
from nnutils.slips.tree import Number

__all__ = ["conventions_of", "derivation_at", "named_numbers", "slips_of_exchange", "wholes_of"]

_ROWS_FOR_COLUMNS = slip_of(
    "rows for columns",
    0.5,
    "Which way round does the table go?",
    "rows and columns are exchanged: the first row holds the first column",
)

_SAME_UNIT, _OTHER_UNIT = 0.9, 1.2
_MOST_ROWS = 40
_TOO_SHORT = 10  # an entry below that was not computed from anything says nothing about a slip
_AFTER_NAME = re.compile(r":|, (?:if|in pixels|biases)\b")
_EXPLAINED = re.compile(":")
_ORDER = re.compile(r"\bas \(?(channels|depth), height, width\b")


def named_numbers(question: Question, givens: Mapping[str, Any]) -> tuple[Quantity, ...]:
    """Return the numbers that one may put in the place of another: the question's own, and its answers.

    Those are the numbers of the practice file, then each answer that is a count of something, by the words in
    which it is asked for.
    """
    asked = question.asked(givens)
    answers = (
        Quantity("count", _name(one, asked), plain(one.answer))
        for one in asked
        if one.unit and numeric(one.answer) and plain(one.answer) not in (0, 1)
    )
    own = question.numbers(givens)
    known = {quantity.value for quantity in own}
    return (*own, *(quantity for quantity in answers if quantity.value not in known))


def _name(quantity: Asked, asked: Sequence[Asked]) -> str:
    """Return the words for a quantity as a name that 'the' may stand before.

    What explains it is cut off, unless another answer would then have the same name.

    >>> asked = [Asked(name, f"how many cases, if {name}", "a", 1) for name in ("x", "y")]
    >>> _name(asked[0], asked[:1]), _name(asked[0], asked)
    ('number of cases', 'number of cases, if x')
    """
    for after_name in (_AFTER_NAME, _EXPLAINED):
        words = after_name.split(quantity.text)[0].strip()
        alike = [one for one in asked if after_name.split(one.text)[0].strip() == words]
        if words and all(one.name == quantity.name for one in alike):
            break
    else:
        words = quantity.text
    return re.sub("^how many ", "number of ", words).removeprefix("the ")


def derivation_at(quantity: Asked, place: Place) -> Any:
    """Return what explains a wrong leaf: its derivation, or the number itself; None where nothing does.

    >>> sizes = Asked("sizes", "sizes", "a", (96, 3))
    >>> derivation_at(sizes, (0,)), derivation_at(sizes, (1,))
    (96, None)
    """
    leaf, derivation = plain(at(quantity.answer, place)), at(quantity.derivation, place)
    if not numeric(leaf) or not (derivation is None or derivation is at(quantity.answer, place)):
        return derivation if numeric(leaf) else None
    whole = isinstance(leaf, int) and not getattr(derivation, "arguments", ())
    return None if place and whole and abs(leaf) < _TOO_SHORT else leaf if derivation is None else derivation


def slips_of_exchange(
    quantity: Asked, place: Place, asked: Sequence[Asked]
) -> tuple[tuple[Number, Slip], ...]:
    """Return what else is right near a leaf, each value with what is said where it is typed for the leaf.

    For an answer that is one number these are the question's other such answers, with a unit where it has
    one; for an entry of a list or table they are its other entries, and for a size what stands there in the
    question's other sizes. 0 and 1 are no sign of an exchange, and rows in any order have no places.
    """
    if quantity.any_order:
        return ()
    right = plain(at(quantity.answer, place))
    found: dict[object, tuple[Number, Slip]] = {}
    if place:
        for there, leaf in leaves(quantity.answer):
            words = f"{shown(plain(leaf))} is right for {called(there)}" if numeric(leaf) else ""
            if words and plain(leaf) not in (right, 0, 1):
                slip = slip_of("another entry", 1.0, "This number belongs to another entry.", words)
                found.setdefault(plain(leaf), (plain(leaf), slip))
        for other in asked:
            value = plain(at(other.answer, place)) if _alike(quantity, other) else right
            if value not in (right, 0, 1):
                words = f"{shown(value)} is right for {called(place)} of another answer: {other.text}"
                hint = "This number belongs to another answer of this question."
                found.setdefault(value, (value, slip_of("another answer", _OTHER_UNIT, hint, words)))
        return tuple(found.values())
    for other in sorted(asked, key=lambda one: one.unit != quantity.unit):
        if not numeric(other.answer) or plain(other.answer) in (right, 0, 1):
            continue
        if bool(other.unit) == bool(quantity.unit):
            value = plain(other.answer)
            rank = _SAME_UNIT if other.unit and other.unit == quantity.unit else _OTHER_UNIT
            words = f"{shown(value)} is another answer of this question: {_name(other, asked)}"
            hint = "This number answers another part of the question."
            found.setdefault(value, (value, slip_of("another answer", rank, hint, words)))
    return tuple(found.values())


def _alike(first: Asked, second: Asked) -> bool:
    """Whether both are sizes, which the words for them say."""
    if not _ORDER.search(first.text) or not _ORDER.search(second.text):
        return False
    both = (first.answer, second.answer)
    return all(isinstance(answer, tuple) and len(answer) == 3 for answer in both)


def conventions_of(quantity: Asked) -> tuple[Convention, ...]:
    """Return what is right under another convention: the question's own, and the order of a size.

    Where sizes are asked 'as channels, height, width', many people write the channels last.
    """
    order = _ORDER.search(quantity.text)
    answer = quantity.answer
    if order is None or not isinstance(answer, tuple) or len(answer) != 3:
        return quantity.conventions
    last = (answer[1], answer[2], answer[0])
    if mapped(plain, last) == mapped(plain, answer):
        return quantity.conventions
    words = f"Right in another order: here sizes are {order[1]} × height × width."
    return (*quantity.conventions, Convention(last, words))


def wholes_of(quantity: Asked, asked: Sequence[Asked]) -> tuple[tuple[Any, Slip], ...]:
    """Return what else may be typed for a whole list or table, each with what is said about it.

    For a table that is the one with its rows as columns; for a row that was to be chosen from the rows of
    another answer, those are its other rows.

    >>> from nnutils.practice import Asked
    >>> [answer for answer, _ in wholes_of(Asked("rows", "rows", "a", ((1, 2, 3), (4, 5, 6))), ())]
    [((1, 4), (2, 5), (3, 6))]
    """
    right = quantity.answer
    if not isinstance(right, tuple):
        return ()
    columns = _transposed(right) if depth_of(right) == 2 else None
    found: list[tuple[Any, Slip]] = [] if columns is None else [(columns, _ROWS_FOR_COLUMNS)]
    for other in asked:
        rows = other.answer if isinstance(other.answer, tuple) and other.any_order else ()
        if mapped(plain, right) in mapped(plain, rows):
            words = f"this stands in another answer, {_name(other, asked)}, but it is not the one to choose"
            hint = "This one is possible, but it is not the one to choose."
            slip = slip_of("another choice", 0.5, hint, words)
            others = [row for row in rows if mapped(plain, row) != mapped(plain, right)]
            found += [(row, slip) for row in others[:_MOST_ROWS]]
    return tuple(found)


def _transposed(rows: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """Return a table with its rows as columns; None where rows differ in length, or where it is the same."""
    if not all(isinstance(row, tuple) for row in rows) or len({len(row) for row in rows}) != 1:
        return None
    columns = tuple(zip(*rows, strict=True))
    return None if mapped(plain, columns) == mapped(plain, rows) else columns
