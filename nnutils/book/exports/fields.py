"""The quantities of a question as fields of a Moodle question: how exact, which wrong values, which marks."""

from __future__ import annotations

import html
import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from nnutils.book.exports.cloze import CHOICE, NUMBER, WORD, Alternative, Field, written
from nnutils.book.variants.working import asked_without_typing
from nnutils.practice.leaves import Place, at, leaves

__all__ = [
    "alternatives",
    "common_scale",
    "field_markup",
    "fields_of",
    "in_order",
    "quantity_text",
    "shares",
    "smallest_scale",
    "tolerance",
    "unit_text",
    "weights",
]

MOST_OF_A_NUMBER, MOST_OF_AN_ENTRY = 40, 10
"""So many predicted wrong values have a feedback, of a single number and of an entry of a list or table."""

_FARTHEST = 10**6
"""A predicted wrong value is left out where it is so many times larger or smaller than the right one."""

_FIRST = 3  # of each kind of slip this many come before the others
_SIGNIFICANT = 3


def tolerance(value: Fraction | float) -> float:
    """Return how far a typed number may be from the right one.

    Whole numbers, and decimal numbers of up to three digits, have to be exact. Of any other number three
    significant digits are asked for, so the tolerance is half a unit of the third: every value that is
    rounded rightly to three digits or more lies within it, and one that is rounded to two does not, unless
    its third digit is 0.

    >>> [tolerance(value) for value in (Fraction(290400), Fraction(1, 2), Fraction(352, 131), 0.123456)]
    [0.0, 0.0, 0.005, 0.0005]
    """
    if not value:
        return 0.0
    exponent = math.floor(math.log10(abs(float(value))))
    unit = Fraction(10) ** (exponent - _SIGNIFICANT + 1)
    if not isinstance(value, float) and (value.denominator == 1 or (value / unit).denominator == 1):
        return 0.0
    return float(unit / 2)


def in_order(quantity: Mapping[str, Any]) -> Any:
    """Return the answer of a quantity, as data, in the order in which it is to be typed.

    Where any order is right, a field for each entry needs one: numbers increase, words follow the alphabet.
    """
    answer = quantity["answer"]
    if not quantity["any_order"]:
        return answer
    return sorted(answer, key=lambda entry: [_rank(leaf) for _, leaf in leaves(entry)])


def alternatives(quantity: Mapping[str, Any], place: Place) -> tuple[Alternative, ...]:
    """Return what may be typed in the place of one number: the right one, then predicted wrong ones.

    The feedback to a wrong value names the kind of slip, and no number: students often have a second try.
    What is right under another convention is told so.
    """
    right = _number(at(in_order(quantity), place))
    found = [Alternative(_digits(right), True, tolerance=tolerance(right))]
    taken: list[tuple[Fraction | float, float]] = [(right, tolerance(right))]
    if quantity["any_order"]:
        return tuple(found)
    others = [(at(one["answer"], place), one["words"]) for one in quantity["conventions"]]
    here = [one for one in quantity["slips"] if one["place"] == [*place]]
    slips = [(one["answer"], one["kind"], one["hint"]) for one in here if not _far(one["answer"], right)]
    most = MOST_OF_AN_ENTRY if place else MOST_OF_A_NUMBER
    for leaf, feedback in [*others, *_mixed(slips)]:
        if len(found) > most:
            break
        if not isinstance(leaf, str | float) or isinstance(leaf, bool):
            continue
        value = _number(leaf)
        margin = tolerance(value)
        if any(abs(float(value - known)) <= max(margin, near) for known, near in taken):
            continue
        taken.append((value, margin))
        found.append(Alternative(_digits(value), False, feedback, margin))
    return tuple(found)


def fields_of(quantity: Mapping[str, Any], weight: int) -> list[tuple[Place, Field]]:
    """Return the fields of a quantity with their places: one for each number, word, or yes or no."""
    made = []
    for place, leaf in leaves(in_order(quantity)):
        if isinstance(leaf, bool):
            kind, options = CHOICE, _choice("yes" if leaf else "no", ("yes", "no"))
        elif isinstance(leaf, dict) and quantity["choices"]:
            kind, options = CHOICE, _choice(leaf["word"], quantity["choices"])
        elif isinstance(leaf, dict):
            # A star stands for any letters there.
            kind, options = WORD, (Alternative(leaf["word"].replace("*", r"\*"), True),)
        else:
            kind, options = NUMBER, alternatives(quantity, place)
        made.append((place, Field(weight, kind, options)))
    return made


def field_markup(quantity: Mapping[str, Any], weight: int) -> str:
    """Return the fields of a quantity as HTML: one, a row in brackets, or a table."""
    fields = dict(fields_of(quantity, weight))
    return _markup(in_order(quantity), (), fields)


def shares(parts: Mapping[str, int], asked: Sequence[Mapping[str, Any]]) -> dict[str, Fraction]:
    """Return the marks of each quantity: those of its part, shared among the quantities of that part."""
    labels = [quantity["part"] for quantity in asked]
    return {one["name"]: Fraction(parts[one["part"]], labels.count(one["part"])) for one in asked}


def smallest_scale(
    parts: Mapping[str, int], asked: Sequence[Mapping[str, Any]], kept: Sequence[Mapping[str, Any]]
) -> Fraction:
    """Return the smallest number by which the marks of each field of what is kept become whole numbers."""
    return common_scale([1 / share for share in _exact(parts, asked, kept).values()])


def common_scale(scales: Sequence[Fraction]) -> Fraction:
    """Return the smallest common multiple of some numbers.

    >>> common_scale([Fraction(3, 2), Fraction(5)])
    Fraction(15, 1)
    """
    numerators = math.lcm(*(scale.numerator for scale in scales))
    return Fraction(numerators, math.gcd(*(scale.denominator for scale in scales)))


def weights(
    parts: Mapping[str, int],
    asked: Sequence[Mapping[str, Any]],
    kept: Sequence[Mapping[str, Any]],
    scale: Fraction | None = None,
) -> dict[str, int]:
    """Return the weight of each field of the quantities that are kept, by the name of the quantity.

    Moodle takes whole weights only, so these are whole numbers in the ratio of the marks: the smallest, or
    the marks times ``scale``, a multiple of ``smallest_scale``. The marks of a quantity are shared among its
    fields.

    >>> asked = [{"name": "n", "part": "a", "answer": "7"}, {"name": "v", "part": "b", "answer": ["1", "2"]}]
    >>> weights({"a": 4, "b": 6}, asked, asked), weights({"a": 4, "b": 6}, asked, asked, Fraction(3))
    ({'n': 4, 'v': 3}, {'n': 12, 'v': 9})
    """
    factor = smallest_scale(parts, asked, kept) if scale is None else scale
    return {name: int(share * factor) for name, share in _exact(parts, asked, kept).items()}


def _exact(
    parts: Mapping[str, int], asked: Sequence[Mapping[str, Any]], kept: Sequence[Mapping[str, Any]]
) -> dict[str, Fraction]:
    """Return the marks of each field, by the name of the quantity."""
    marks = shares(parts, asked)
    return {one["name"]: marks[one["name"]] / len(list(leaves(one["answer"]))) for one in kept}


def _markup(answer: Any, place: Place, fields: Mapping[Place, Field]) -> str:
    if not isinstance(answer, list):
        return written(fields[place])
    inner = [_markup(part, (*place, number), fields) for number, part in enumerate(answer)]
    if not isinstance(answer[0], list):
        return f"( {' , '.join(inner)} )"
    if isinstance(answer[0][0], list):
        return "".join(f"<p>Block {number}:</p>{block}" for number, block in enumerate(inner, 1))
    rows = [
        "".join(f"<td>{_markup(leaf, (*place, i, j), fields)}</td>" for j, leaf in enumerate(row))
        for i, row in enumerate(answer)
    ]
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _mixed(slips: Sequence[tuple[Any, str, str]]) -> Iterator[tuple[Any, str]]:
    """Yield values and hints, the first few of each kind of slip before the others."""
    counts: dict[str, int] = {}
    later = []
    for value, kind, hint in slips:
        counts[kind] = counts.get(kind, 0) + 1
        if counts[kind] <= _FIRST:
            yield value, hint
        else:
            later.append((value, hint))
    yield from later


def _far(leaf: Any, right: Fraction | float) -> bool:
    """Whether nobody would type this number for the right one; 0 is near to any number."""
    if not isinstance(leaf, str | float) or isinstance(leaf, bool) or not right or not _number(leaf):
        return False
    ratio = abs(Fraction(leaf) / Fraction(right))
    return not Fraction(1, _FARTHEST) <= ratio <= _FARTHEST


def _choice(right: str, words: Sequence[str]) -> tuple[Alternative, ...]:
    return tuple(Alternative(word, word == right) for word in words)


def _number(leaf: Any) -> Fraction | float:
    return leaf if isinstance(leaf, float) else Fraction(leaf)


def _rank(leaf: Any) -> tuple[float, str]:
    return (0.0, leaf["word"]) if isinstance(leaf, dict) else (float(_number(leaf)), "")


def _digits(value: Fraction | float) -> str:
    """Return a number as Moodle reads it: digits with a point, or a power of ten."""
    if not isinstance(value, float) and value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.12g}"


def quantity_text(quantity: Mapping[str, Any]) -> str:
    """Return what is asked, in Markdown, and in which order it is typed."""
    text = asked_without_typing(quantity["text"])
    if not quantity["any_order"]:
        return text
    words = any(isinstance(leaf, dict) for _, leaf in leaves(quantity["answer"]))
    order = "in alphabetical order" if words else "in increasing order"
    plain = text.replace(", in any order", "").replace(" in any order", "")
    return f"{plain}, {order}"


def unit_text(quantity: Mapping[str, Any], before: str = " ", after: str = "") -> str:
    """Return the unit behind a field, as HTML; nothing where there is none."""
    return f"{before}{html.escape(quantity['unit'])}{after}" if quantity["unit"] else ""
