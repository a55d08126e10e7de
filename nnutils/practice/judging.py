"""A typed answer judged: right, by a convention, too coarse, wrong with its slips, or unreadable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from nnutils.core.errors import ExpressionError
from nnutils.core.messages import shown
from nnutils.core.words import counted, listed
from nnutils.practice.asked import Asked
from nnutils.practice.formulas import close, evaluate, read_formula, trials
from nnutils.practice.known_numbers import conventions_of, slips_of_exchange, wholes_of
from nnutils.practice.leaves import Place, at, called, depth_of, kind_of, leaves, numeric, plain
from nnutils.practice.typed import bare_number, cleaned, graded, near, pieces, read_leaf, same_word
from nnutils.slips import Quantity, Slip, explain
from nnutils.slips.expressions import LONGEST

__all__ = ["Judgement", "judge"]

_SO_FAR = "Right as far as it goes."
_DIGITS = "Please give at least three significant digits."
_WHOLE = "The exact whole number is asked."
_NO_SLIP = "No known slip gives it."
_OTHER_ORDER = "These are the right numbers in another order."


@dataclass(frozen=True)
class Judgement:
    """What a typed answer is: the verdict, a sentence for the reader, and the slips that give a wrong one.

    ``verdict`` is 'right', 'convention' (right under another convention, which the sentence names), 'coarse'
    (right as far as the digits go, which are too few), 'wrong' or 'unreadable'. The sentence about a wrong
    answer gives no number away; those of the slips do.
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

    >>> units = Asked("units", "units of the layer", "a", 290_400, unit="units")
    >>> judge(units, "290,400 units").verdict, judge(units, "29,400").sentence, judge(units, "2.9e5").verdict
    ('right', 'A digit is missing.', 'coarse')
    """
    kind = kind_of(quantity)
    try:
        text = cleaned(typed, depth_of(quantity.answer), quantity.unit)
        if kind == "expression":
            return _formula(quantity, text, asked or (quantity,))
        if kind == "choice":
            return _choice(quantity, text)
        return _values(quantity, text, tuple(among), asked)
    except ExpressionError as error:
        return Judgement("unreadable", _kindly(quantity, typed, error))


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


def _values(quantity: Asked, text: str, among: tuple[Quantity, ...], asked: Sequence[Asked]) -> Judgement:
    """Judge against the answer, then against what conventions have, then look for what went wrong."""
    read, missing = _read(text, quantity.answer)
    grades = {} if missing else _grades(read, quantity.answer)
    if "wrong" in grades.values() and quantity.any_order:
        found = _reordered(read, quantity.answer)
        grades = {(): found} if found else grades
    if grades and "wrong" not in grades.values():
        return _whole_by_a_slip(quantity, text, read, grades, among, asked) or _settled(grades, quantity)
    for convention in conventions_of(quantity):
        match _fitting(text, convention.answer):
            case "right":
                return Judgement("convention", convention.words)
            case "coarse":
                exact = all(isinstance(plain(leaf), int) for _, leaf in leaves(convention.answer))
                return Judgement("coarse", f"{convention.words} {_WHOLE if exact else _DIGITS}")
    for answer, slip in wholes_of(quantity, asked):
        if _fitting(text, answer) != "wrong":
            return Judgement("wrong", slip.hint, (slip,))
    return Judgement("wrong", missing) if missing else _wrong(quantity, text, read, grades, among, asked)


def _read(text: str, answer: Any) -> tuple[Any, str]:
    """Return the typed leaves in the places of the answer's, and what is missing or too much, in words.

    Raises:
        ExpressionError: for a leaf that cannot be read.
    """
    parts = pieces(text, answer)
    missing = _misshapen(parts, answer, depth_of(answer))
    if missing:
        first = next((leaf for _, leaf in leaves(answer)), None)
        for place, part in leaves(parts):
            right = at(answer, place)
            _leaf(part, first if right is None or isinstance(right, tuple) else right, place)
        return None, missing
    return {place: _leaf(at(parts, place), plain(leaf), place) for place, leaf in leaves(answer)}, ""


def _leaf(text: str, right: Any, place: Place) -> Any:
    try:
        return read_leaf(text, plain(right))
    except ExpressionError as error:
        if not place:
            raise
        where = called(place)
        raise ExpressionError(
            f"{where[0].upper()}{where[1:]}: {error.problem}", remedy=error.remedy
        ) from None


_NOUNS = {1: ("entry", "entries"), 2: ("row", "rows"), 3: ("block", "blocks")}
_BETWEEN = {1: "commas", 2: "semicolons", 3: "|"}


def _misshapen(parts: Any, answer: Any, depth: int, where: str = "") -> str:
    """Say where more or fewer entries are typed than asked; '' where none."""
    if not isinstance(answer, tuple):
        return ""
    if len(parts) != len(answer):
        noun, nouns = _NOUNS[min(depth, 3)]
        asked = counted(len(answer), noun, nouns)
        verb, typed = ("is" if number == 1 else "are" for number in (len(answer), len(parts)))
        how = f": put {_BETWEEN[min(depth, 3)]} between {nouns}" if len(parts) == 1 else ""
        return f"{asked} {verb} asked{where}, {len(parts)} {typed} typed{how}."
    for index, (part, right) in enumerate(zip(parts, answer, strict=True)):
        if found := _misshapen(part, right, depth - 1, f" in {_NOUNS[min(depth, 3)][0]} {index + 1}"):
            return found
    return ""


def _grades(read: dict[Place, Any], answer: Any) -> dict[Place, str]:
    return {place: graded(read[place], plain(leaf)) for place, leaf in leaves(answer)}


def _settled(grades: dict[Place, str], quantity: Asked) -> Judgement:
    coarse = [place for place, grade in grades.items() if grade == "coarse"]
    if not coarse:
        return Judgement("right", "Right.")
    place = coarse[0]
    whole = isinstance(plain(at(quantity.answer, place)), int)
    words = _WHOLE if whole else _DIGITS
    return Judgement("coarse", f"{_SO_FAR} {words}" + (f" See {called(place)}." if place else ""))


def _whole_by_a_slip(
    quantity: Asked,
    text: str,
    read: dict[Place, Any],
    grades: dict[Place, str],
    among: tuple[Quantity, ...],
    asked: Sequence[Asked],
) -> Judgement | None:
    """Return the judgement of a whole number that a slip gives exactly: 12 beside 11.99 is then wrong."""
    for place, grade in grades.items():
        if grade != "coarse" or not isinstance(plain(at(quantity.answer, place)), float):
            continue
        typed = read[place]
        if typed.digits is None and isinstance(typed.value, int):
            part = at(pieces(text, quantity.answer), place)
            if slips := _slips(quantity, place, part, typed, among, asked, exactly=True):
                entry = f"{called(place).capitalize()} is not right. " if place else ""
                return Judgement("wrong", entry + slips[0].hint, slips)
    return None


def _fitting(text: str, answer: Any) -> str:
    """Return the worst grade of a text beside another answer than the right one; 'wrong' where it is none."""
    try:
        read, missing = _read(text, answer)
    except ExpressionError:
        return "wrong"
    grades = () if missing else _grades(read, answer).values()
    return next((grade for grade in ("wrong", "coarse") if missing or grade in grades), "right")


def _reordered(read: dict[Place, Any], answer: Any) -> str:
    """Return 'right' or 'coarse' where the typed parts are the right ones in some order, otherwise ''."""
    free, worst = list(range(len(answer))), "right"
    for index in range(len(answer)):
        for candidate in free:
            right = answer[candidate]
            mine = {place[1:]: leaf for place, leaf in read.items() if place[0] == index}
            if set(mine) != {place for place, _ in leaves(right)}:
                continue
            grades = set(_grades(mine, right).values())
            if "wrong" not in grades:
                free.remove(candidate)
                worst = "coarse" if "coarse" in grades else worst
                break
        else:
            return ""
    return worst


def _wrong(
    quantity: Asked,
    text: str,
    read: dict[Place, Any],
    grades: dict[Place, str],
    among: tuple[Quantity, ...],
    asked: Sequence[Asked],
) -> Judgement:
    """Return the judgement of a wrong answer: the first wrong leaf, and its slips."""
    place = next(place for place, grade in grades.items() if grade == "wrong")
    leaf = at(quantity.answer, place)
    slips = _slips(quantity, place, at(pieces(text, quantity.answer), place), read[place], among, asked)
    entry = f"{called(place)[0].upper()}{called(place)[1:]} is not right." if place else ""
    if place and _reordered(read, quantity.answer):
        return Judgement("wrong", _OTHER_ORDER, slips)
    if not numeric(leaf):
        return Judgement("wrong", entry or "It is the other one.")
    return Judgement("wrong", f"{entry} {slips[0].hint if slips else _NO_SLIP}".strip(), slips)


def _slips(
    quantity: Asked,
    place: Place,
    text: str,
    typed: Any,
    among: tuple[Quantity, ...],
    asked: Sequence[Asked],
    exactly: bool = False,
) -> tuple[Slip, ...]:
    leaf = at(quantity.answer, place)
    if not numeric(leaf):
        return ()
    derivation = at(quantity.derivation, place)
    found = list(explain(plain(leaf) if derivation is None else derivation, bare_number(text), among))
    for value, slip in slips_of_exchange(quantity, place, asked):
        said = slip.sentence.partition(": ")[2].rstrip(".") or slip.sentence
        gives = near(typed.value, value) if exactly else graded(typed, value) != "wrong"
        if gives and not any(said in known.sentence for known in found):
            found.append(slip)
    return tuple(sorted(found, key=lambda slip: slip.rank))


# --- what cannot be read ----------------------------------------------------------------------------------

_SEVERAL = re.compile(r"(?<![A-Za-z])(?:or|and)(?![A-Za-z])|[;,]\s", re.IGNORECASE)
_HOW = {
    "number": "Type a number, such as 15,415,200, 0.125 or 2.3e-4, or a product of numbers: 3*11*11*96.",
    "list": "Type the entries with commas between them: 1, 2, 3.",
    "table": "Type the entries with commas, and a semicolon between rows: 1, 2; 3, 4.",
    "nested": "Type entries with commas, ; between rows and | between blocks: 1, 2; 3, 4 | 5, 6; 7, 8.",
    "yesno": "Type yes or no.",
    "expression": "Type a formula with * between factors, such as 2*x + exp(-x); A @ B for matrices.",
}


def _kindly(quantity: Asked, typed: str, error: ExpressionError) -> str:
    """Return what is said about a text that cannot be read, and what can be typed."""
    kind = kind_of(quantity)
    if not typed.strip():
        return "There is nothing typed. Type your answer first."
    if (
        kind == "number"
        and len(typed) < LONGEST
        and re.search("[0-9].*[0-9]", typed)
        and _SEVERAL.search(typed)
    ):
        return "One number is asked, and more than one is typed. Type the one that you would hand in."
    general = error.remedy.startswith("Type numbers, names") or (
        kind == "number" and "Known are" in error.remedy
    )
    remedy = _HOW.get(kind, error.remedy) if general else error.remedy
    return f"{error.problem} {remedy}".strip()
