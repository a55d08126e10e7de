"""A typed answer judged: right, by a convention, too coarse, wrong with its slips, or unreadable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nnutils.core.errors import ExpressionError
from nnutils.core.messages import shown
from nnutils.core.words import listed
from nnutils.practice.asked import Answer, Asked
from nnutils.practice.entries.any_order import matched, side_by_side
from nnutils.practice.entries.sentences import decimal_comma, misshapen, part_called, unreadable
from nnutils.practice.formulas import close, evaluate, read_formula, trials
from nnutils.practice.known_numbers import conventions_of, derivation_at, slips_of_exchange, wholes_of
from nnutils.practice.leaves import Place, at, called, depth_of, kind_of, leaves, numeric, plain
from nnutils.practice.typed import (
    bare_number,
    cleaned,
    goes_on,
    graded,
    near,
    pieces,
    pointed,
    read_leaf,
    same_word,
)
from nnutils.slips import Quantity, Slip, explain

__all__ = ["Judgement", "judge"]

_SO_FAR = "Right as far as it goes."
_DIGITS = "Please give at least three significant digits."
_WHOLE = "The exact whole number is asked."
_CUT = "The last digit is cut off, not rounded."
_NO_SLIP = "This is not a mistake that the book recognises. Check your steps, or open a hint."
_MORE_DIGITS = "With so few digits the mistake cannot be found: type at least three significant digits."
_MORE_WHOLE = "A rounded number does not show the mistake: type the exact whole number."


@dataclass(frozen=True)
class Judgement:
    """What a typed answer is: the verdict, a sentence for the reader, and the slips that give a wrong one.

    ``verdict`` is 'right', 'convention' (right under another convention, which the sentence names), 'coarse'
    (right as far as the digits go: too few, or not rounded), 'wrong' or 'unreadable'. The sentence about a
    wrong answer gives no number away; those of the slips do.
    """

    verdict: str
    sentence: str
    slips: tuple[Slip, ...] = ()


def judge(
    quantity: Asked, typed: str, among: Iterable[Quantity] = (), asked: Sequence[Asked] = ()
) -> Judgement:
    """Judge what a reader typed for an asked quantity; no text makes it fail.

    ``among`` holds the named numbers of the question (see ``named_numbers``), and ``asked`` all that the
    question asks for: another answer may be typed for this one, and a formula may use the names of all.

    Raises:
        PracticeError: The quantity asks for a formula that is hardly ever defined, so that no answer to it
            can be told from a wrong one.

    >>> units = Asked("units", "units of the layer", "a", 290_400, unit="units")
    >>> judge(units, "290,400 units").verdict, judge(units, "29,400").sentence, judge(units, "2.9e5").verdict
    ('right', 'A digit is missing.', 'coarse')
    """
    kind = kind_of(quantity)
    try:
        text = cleaned(typed, depth_of(quantity.answer), quantity.unit, quantity.text)
        if kind == "expression":
            return _formula(quantity, text, asked or (quantity,))
        if kind == "choice":
            return _choice(quantity, text)
        return _values(quantity, text, tuple(among), asked)
    except ExpressionError as error:
        return Judgement("unreadable", unreadable(quantity, typed, error))


def _choice(quantity: Asked, text: str) -> Judgement:
    if not any(same_word(text, choice) for choice in quantity.choices):
        raise ExpressionError(
            f"{shown(text, 40)} is not one of the choices.", remedy=f"Type {listed(quantity.choices, 'or')}."
        )
    right = same_word(text, str(quantity.answer))
    return Judgement("right", "Right.") if right else Judgement("wrong", "It is another one.")


# --- formulas ---------------------------------------------------------------------------------------------


def _formula(quantity: Asked, text: str, asked: Sequence[Asked]) -> Judgement:
    tried = trials(asked)[quantity.name]
    formula = read_formula(text, tried)
    try:
        same = [
            close(evaluate(formula, point), value)
            for point, value in zip(tried.points, tried.values, strict=True)
        ]
    except ExpressionError as error:
        return Judgement("wrong", f"{error.problem} {error.remedy}".strip())
    if all(same):
        return Judgement("right", "Right.")
    return Judgement("wrong", "It gives another value than the right formula for some numbers.")


# --- numbers, lists, tables -------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Typed:
    """The leaves that are typed, by their places, as texts and as values."""

    texts: Mapping[Place, str]
    values: Mapping[Place, Any]


def _values(quantity: Asked, text: str, among: tuple[Quantity, ...], asked: Sequence[Asked]) -> Judgement:
    """Judge against the answer, then against what conventions have, then look for what went wrong."""
    answer = quantity.answer
    typed, missing = _read(text, answer)
    grades = {} if missing else _grades(typed, answer)
    pairs: tuple[int | None, ...] = ()
    if "wrong" in grades.values() and isinstance(answer, tuple):
        pairs = _pairs(typed, answer)
    if pairs and None not in pairs and quantity.any_order:
        quantity = _arranged(quantity, side_by_side(pairs))
        grades = _grades(typed, quantity.answer)
    if grades and "wrong" not in grades.values():
        return _whole_by_a_slip(quantity, typed, grades, among, asked) or _settled(quantity, typed, grades)
    for convention in conventions_of(quantity):
        if (found := _fitting(text, convention.answer)) == "right":
            return Judgement("convention", convention.words)
        if found != "wrong":
            exact = all(isinstance(plain(leaf), int) for _, leaf in leaves(convention.answer))
            more = _CUT if found == "cut" else _WHOLE if exact else _DIGITS
            return Judgement("coarse", f"{convention.words} {more}")
    for other, slip in wholes_of(quantity, asked):
        if _fitting(text, other) != "wrong":
            return Judgement("wrong", slip.hint, (slip,))
    if missing:
        return Judgement("wrong", missing)
    if quantity.any_order:
        return _wrong_row(quantity, typed, pairs, among)
    if pairs and None not in pairs and (words := _in_another_order(typed, answer, pairs)):
        return Judgement("wrong", words)
    return _wrong(quantity, typed, grades, among, asked)


def _read(text: str, answer: Any) -> tuple[_Typed, str]:
    """Return the typed leaves in the places of the answer's, and what is missing or too much, in words.

    Raises:
        ExpressionError: for a leaf that cannot be read.
    """
    parts = pieces(text, answer)
    missing = misshapen(parts, answer, depth_of(answer))
    if missing:
        first = next((leaf for _, leaf in leaves(answer)), None)
        for place, part in leaves(parts):
            right = at(answer, place)
            _leaf(part, first if right is None or isinstance(right, tuple) else right, place)
        return _Typed({}, {}), missing
    texts = {place: at(parts, place) for place, _ in leaves(answer)}
    return _Typed(texts, {place: _leaf(one, at(answer, place), place) for place, one in texts.items()}), ""


def _leaf(text: str, right: Any, place: Place) -> Any:
    if place and not text.strip():
        raise ExpressionError(f"{_capital(called(place))} is empty.")
    try:
        return read_leaf(text, plain(right))
    except ExpressionError as error:
        if not place:
            raise
        problem = f"{_capital(called(place))}: {error.problem}"
        raise ExpressionError(problem, remedy=error.remedy) from None


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _grades(typed: _Typed, answer: Any) -> dict[Place, str]:
    return {place: graded(typed.values[place], plain(leaf)) for place, leaf in leaves(answer)}


def _worst(grades: Iterable[str]) -> str:
    found = set(grades)
    return next((grade for grade in ("wrong", "cut", "coarse") if grade in found), "right")


def _settled(quantity: Asked, typed: _Typed, grades: Mapping[Place, str]) -> Judgement:
    place = next((place for place, grade in grades.items() if grade != "right"), None)
    if place is None:
        return Judgement("right", "Right.")
    words = _WHOLE if isinstance(plain(at(quantity.answer, place)), int) else _DIGITS
    if grades[place] == "cut":
        words = f"{_CUT} {_DIGITS}" if _few(typed.values[place]) else _CUT
    return Judgement("coarse", f"{_SO_FAR} {words}" + (f" See {called(place)}." if place else ""))


def _few(value: Any) -> bool:
    """Whether a typed number has one or two significant digits; 0 promises none."""
    short = value.digits is None and isinstance(value.value, int) and 0 < abs(value.value) < 100
    return value.coarse or short


def _whole_by_a_slip(
    quantity: Asked,
    typed: _Typed,
    grades: Mapping[Place, str],
    among: tuple[Quantity, ...],
    asked: Sequence[Asked],
) -> Judgement | None:
    """Return the judgement of a whole number that a slip gives exactly: 12 beside 11.99 is then wrong."""
    for place, grade in grades.items():
        if grade == "right" or not isinstance(plain(at(quantity.answer, place)), float):
            continue
        value = typed.values[place]
        if value.digits is None and isinstance(value.value, int):
            text = typed.texts[place]
            if slips := _slips(quantity, place, text, value, among, asked, exactly=True):
                entry = f"{_capital(called(place))} is not right. " if place else ""
                return Judgement("wrong", entry + slips[0].hint, slips)
    return None


def _fitting(text: str, answer: Any) -> str:
    """Return the worst grade of a text beside another answer than the right one; 'wrong' where it is none."""
    try:
        typed, missing = _read(text, answer)
    except ExpressionError:
        return "wrong"
    return "wrong" if missing else _worst(_grades(typed, answer).values())


# --- what went wrong --------------------------------------------------------------------------------------


def _pairs(typed: _Typed, answer: tuple[Answer, ...]) -> tuple[int | None, ...]:
    """Return for each typed row (or entry, or block) the right one that it is; None where it is none."""
    return matched([[_beside(typed, row, right) for right in answer] for row in range(len(answer))])


def _beside(typed: _Typed, row: int, right: Any) -> str:
    """Return the worst grade of a typed row beside a right one."""
    mine = {place[1:]: value for place, value in typed.values.items() if place[0] == row}
    if set(mine) != {place for place, _ in leaves(right)}:
        return "wrong"
    return _worst(graded(mine[place], plain(leaf)) for place, leaf in leaves(right))


def _arranged(quantity: Asked, order: Sequence[int]) -> Asked:
    """Return a quantity with the rows of its answer in this order, and those of its derivation."""
    answer, work = quantity.answer, quantity.work
    assert isinstance(answer, tuple), "only rows have an order"
    moved = None if work is None else tuple(work[row] for row in order)
    return replace(quantity, answer=tuple(answer[row] for row in order), work=moved)


def _in_another_order(typed: _Typed, answer: Any, pairs: Sequence[int | None]) -> str:
    """Return what is said of the right parts in another order; '' of yes and no, and of few digits."""
    kinds = {type(plain(leaf)) for _, leaf in leaves(answer)}
    exactly = all(_beside(typed, row, answer[right]) == "right" for row, right in enumerate(pairs))
    if not exactly or bool in kinds:
        return ""
    words = "words" if str in kinds else "numbers"
    parts = {1: words, 2: "rows"}.get(depth_of(answer), "blocks")
    return f"These are the right {parts} in another order."


def _wrong_row(
    quantity: Asked, typed: _Typed, pairs: Sequence[int | None], among: tuple[Quantity, ...]
) -> Judgement:
    """Return the judgement of rows in any order: the first typed one that is none, and its slips.

    These are looked for beside the right rows that nobody typed, where a single entry is wrong.
    """
    answer, depth = quantity.answer, depth_of(quantity.answer)
    assert isinstance(answer, tuple), "only rows have an order"
    row = pairs.index(None)
    name = part_called(row, depth)
    for right, part in enumerate(answer):
        if _beside(typed, row, part) != "wrong":
            return Judgement("wrong", f"{_capital(name)} repeats {part_called(pairs.index(right), depth)}.")
    entry = f"{_capital(name)} is not right."
    for right in sorted(set(range(len(pairs))) - set(pairs)):
        off = [
            place
            for place, leaf in leaves(answer[right])
            if graded(typed.values[row, *place], plain(leaf)) == "wrong"
        ]
        if len(off) == 1:
            there = (row, *off[0])
            text, value = typed.texts[there], typed.values[there]
            if slips := _slips(quantity, (right, *off[0]), text, value, among, ()):
                return Judgement("wrong", f"{entry} {slips[0].hint}", slips)
    return Judgement("wrong", entry)


def _wrong(
    quantity: Asked,
    typed: _Typed,
    grades: Mapping[Place, str],
    among: tuple[Quantity, ...],
    asked: Sequence[Asked],
) -> Judgement:
    """Return the judgement of a wrong answer: the first wrong leaf, and its slips."""
    place = next(place for place, grade in grades.items() if grade == "wrong")
    leaf, text, value = plain(at(quantity.answer, place)), typed.texts[place], typed.values[place]
    entry = f"{_capital(called(place))} is not right." if place else ""
    if not numeric(leaf):
        return Judgement("wrong", entry or "It is the other one.")
    point = "" if isinstance(leaf, int) else pointed(text)
    if point and graded(read_leaf(point, leaf), leaf) != "wrong":
        return Judgement("wrong", f"{entry} {decimal_comma(point)}".strip())
    slips = _slips(quantity, place, text, value, among, asked)
    more = slips[0].hint if slips else decimal_comma(point) if point else _without_a_slip(value, leaf)
    return Judgement("wrong", f"{entry} {more}".strip(), slips)


def _without_a_slip(value: Any, right: Any) -> str:
    """Return what is said of a wrong number that no slip gives."""
    if isinstance(right, int):
        return _MORE_WHOLE if value.coarse else _NO_SLIP
    return _MORE_DIGITS if _few(value) and goes_on(right) else _NO_SLIP


def _slips(
    quantity: Asked,
    place: Place,
    text: str,
    typed: Any,
    among: tuple[Quantity, ...],
    asked: Sequence[Asked],
    exactly: bool = False,
) -> tuple[Slip, ...]:
    derivation = derivation_at(quantity, place)
    found = [] if derivation is None else list(explain(derivation, bare_number(text), among))
    for value, slip in slips_of_exchange(quantity, place, asked):
        said = slip.sentence.partition(": ")[2].rstrip(".") or slip.sentence
        gives = near(typed.value, value) if exactly else value in typed.told
        if gives and not any(said in known.sentence for known in found):
            found.append(slip)
    return tuple(sorted(found, key=lambda slip: slip.rank))
