"""Answers as slow salted hashes: a box can say right or wrong without holding the answer.

What a reader types and the right answer are brought into the same form, and the form is hashed with PBKDF2. A
number has up to three forms: exactly ('3/5'), at three significant digits, and cut off after the third one,
which is not right but may be said. The numbers of a list or a table
are hashed together. An expression is hashed by its values at points that are no secret. ``files/hashed.js``
makes the same forms of what is typed.

A hash keeps nobody from trying all small numbers; it keeps the answers from being read, or found by a search.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from nnutils.book.pages.boxes.markup import answer_form

__all__ = [
    "ITERATIONS",
    "cut_digits",
    "digest",
    "exact_form",
    "forms",
    "hashed",
    "three_digits",
    "value_form",
]

ITERATIONS = 210_000
"""Rounds of PBKDF2 with SHA-256: a tenth of a second or more for each try."""

FLOAT_DIGITS = 12
"""A float is what it is at so many significant digits: what lies behind them differs from route to route."""

_SHORT = 6  # a float with so few digits is taken for the decimal number that it shows
_VALUE_DIGITS = 6  # of an expression's values
_APART = 0.7390851332151607  # short decimals times this do not lie halfway between two neighbours
_NOTHING = 1e-9  # a value of an expression that is smaller is zero
_PUBLIC = ("name", "text", "part", "unit", "kind", "any_order", "choices")


def hashed(data: Mapping[str, Any], iterations: int = ITERATIONS) -> dict[str, Any]:
    """Return the data of a question, as ``as_data`` gives it, with hashes in the place of what tells answers.

    The salts are made from the names of the question, the quantity and the version: every build is the same.
    """
    question, version = data["question"], data["version"]
    asked = []
    for quantity in data["asked"]:
        salt = f"{question}/{quantity['name']}/{version}"
        entry = {key: quantity[key] for key in _PUBLIC} | {"form": answer_form(quantity)}
        if quantity["kind"] == "expression":
            entry["points"] = quantity["points"]
            entry["functions"] = quantity["functions"]
        else:
            entry["leaf"] = _leaf_kind(next(_leaves(quantity["answer"])))
        entry |= {"salt": salt, "iterations": iterations}
        entry["hashes"] = [digest(form, salt, iterations) for form in forms(quantity)]
        asked.append(entry)
    return {
        "question": question,
        "seed": None,
        "version": version,
        "parts": data["parts"],
        "asked": asked,
    }


def digest(form: str, salt: str, iterations: int = ITERATIONS) -> str:
    """Return the hash of a form as base64.

    >>> digest('exact:"2"', "part/q1/units/0.1.0", 1000)
    'T+GJ//bTp9YXG6vsx23TTUU9OuOOBDSOAOz+Tc9ZNvc='
    """
    made = hashlib.pbkdf2_hmac("sha256", form.encode("utf-8"), salt.encode("utf-8"), iterations)
    return base64.b64encode(made).decode("ascii")


def forms(quantity: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the forms of a right answer, from the data of the quantity, and last that of one cut off.

    >>> forms({"kind": "number", "answer": "3/5"})
    ('exact:"3/5"', 'three:"600e-3"', 'cut:"600e-3"')
    >>> forms({"kind": "list", "answer": ["96", "55", "55"]})
    ('exact:["96","55","55"]',)
    >>> forms({"kind": "list", "answer": [1.0986122886681098, "1/2"]})
    ('three:["110e-2","500e-3"]', 'cut:["109e-2","500e-3"]')
    """
    if quantity["kind"] == "expression":
        return (f"values:{_text([_each(values, value_form) for values in quantity['values']])}",)
    answer, found = quantity["answer"], []
    exact = _each(answer, exact_form)
    leaves = list(_leaves(exact))
    if None not in leaves:
        found.append(f"exact:{_text(_arranged(exact, quantity))}")
    if any(leaf is None or "/" in leaf for leaf in leaves):
        found.append(f"three:{_text(_arranged(_each(answer, _three_form), quantity))}")
        found.append(f"cut:{_text(_arranged(_each(answer, _cut_form), quantity))}")
    return tuple(found)


def exact_form(leaf: Any) -> str | None:
    """Return a leaf exactly: 'p/q', 'yes', a word in small letters; None for a float that goes on.

    >>> exact_form("290400"), exact_form(0.25), exact_form(0.1534656870722129), exact_form({"word": "Conv1"})
    ('290400', '1/4', None, 'conv1')
    """
    if isinstance(leaf, bool):
        return "yes" if leaf else "no"
    if isinstance(leaf, Mapping):
        return " ".join(str(leaf["word"]).strip("\"'` ").lower().split())
    if isinstance(leaf, float):
        short = Fraction(f"{leaf:.{_SHORT}g}")
        return str(short) if short == _as_fraction(leaf) else None
    return str(Fraction(leaf))


def three_digits(value: Fraction) -> tuple[str, ...]:
    """Return a number at three significant digits; both neighbours where it lies between, the larger first.

    >>> three_digits(Fraction("290400")), three_digits(Fraction("-0.12349")), three_digits(Fraction("0.1235"))
    (('290e3',), ('-123e-3',), ('124e-3', '123e-3'))
    """
    if not value:
        return ("0",)
    size, power = _scaled(value)
    below, rest = divmod(size, 1)
    near = (below + 1, below) if rest == Fraction(1, 2) else (below + (rest > Fraction(1, 2)),)
    sign = "-" if value < 0 else ""
    return tuple(f"{sign}100e{power + 1}" if one == 1000 else f"{sign}{one}e{power}" for one in near)


def cut_digits(value: Fraction) -> str:
    """Return a number cut off after three significant digits.

    >>> cut_digits(Fraction("2.687")), cut_digits(Fraction("-0.12399")), cut_digits(Fraction(0))
    ('268e-2', '-123e-3', '0')
    """
    if not value:
        return "0"
    size, power = _scaled(value)
    return f"{'-' if value < 0 else ''}{int(size)}e{power}"


def _scaled(value: Fraction) -> tuple[Fraction, int]:
    """Return the size of a number as one from 100 to 1,000 and the power of ten that it is to be taken by."""
    size, power = abs(value), 0
    while size >= 1000:
        size, power = size / 10, power + 1
    while size < 100:
        size, power = size * 10, power - 1
    return size, power


def value_form(value: float) -> str:
    """Return a value of an expression, spread and at six significant digits; nothing for next to nothing.

    >>> value_form(0.1534656870722129), value_form(-3e-17), value_form(2)
    ('1.13424e-1', '0', '1.47817e+0')
    """
    if abs(value) < _NOTHING:
        return "0"
    digits, _, power = f"{value * _APART:.{_VALUE_DIGITS - 1}e}".partition("e")
    return f"{digits}e{int(power):+d}"


def _three_form(leaf: Any) -> str:
    """Return a leaf at three significant digits, where it is a number."""
    if isinstance(leaf, bool | Mapping):
        return str(exact_form(leaf))
    return three_digits(_as_fraction(leaf))[0]


def _cut_form(leaf: Any) -> str:
    """Return a leaf cut off after three significant digits, where it is a number."""
    return str(exact_form(leaf)) if isinstance(leaf, bool | Mapping) else cut_digits(_as_fraction(leaf))


def _as_fraction(leaf: Any) -> Fraction:
    return Fraction(f"{leaf:.{FLOAT_DIGITS}g}") if isinstance(leaf, float) else Fraction(leaf)


def _each(answer: Any, form: Any) -> Any:
    """Return the same lists of the forms of the leaves."""
    return [_each(part, form) for part in answer] if isinstance(answer, list | tuple) else form(answer)


def _arranged(answer: Any, quantity: Mapping[str, Any]) -> Any:
    """Return the parts of an answer in the order of their text, where any order is right."""
    return sorted(answer, key=_text) if quantity.get("any_order") else answer


def _leaf_kind(leaf: Any) -> str:
    """Return what is typed in one place: 'number', 'yesno' or 'word'."""
    if isinstance(leaf, bool):
        return "yesno"
    return "word" if isinstance(leaf, Mapping) else "number"


def _leaves(answer: Any) -> Any:
    if isinstance(answer, list):
        for part in answer:
            yield from _leaves(part)
    else:
        yield answer


def _text(answer: Any) -> str:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
