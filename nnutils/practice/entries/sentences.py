"""What is said about a list of another shape than asked, and about a text that cannot be read."""

from __future__ import annotations

import re
from typing import Any

from nnutils.core.errors import ExpressionError
from nnutils.core.words import counted
from nnutils.practice.asked import Asked
from nnutils.practice.leaves import kind_of
from nnutils.slips.expressions import LONGEST

__all__ = ["decimal_comma", "misshapen", "part_called", "unreadable"]

_NOUNS = {1: ("entry", "entries"), 2: ("row", "rows"), 3: ("block", "blocks")}
_BETWEEN = {1: "commas", 2: "semicolons", 3: "|"}


def misshapen(parts: Any, answer: Any, depth: int, where: str = "") -> str:
    """Say where more or fewer entries are typed than asked; '' where none.

    >>> misshapen(["1", "2"], (1, 2, 3), 1)
    '3 entries are asked, 2 are typed.'
    """
    if not isinstance(answer, tuple):
        return ""
    if len(parts) != len(answer):
        noun, nouns = _NOUNS[min(depth, 3)]
        asked = counted(len(answer), noun, nouns)
        verb, typed = ("is" if number == 1 else "are" for number in (len(answer), len(parts)))
        how = f": put {_BETWEEN[min(depth, 3)]} between {nouns}" if len(parts) == 1 else ""
        return f"{asked} {verb} asked{where}, {len(parts)} {typed} typed{how}."
    for index, (part, right) in enumerate(zip(parts, answer, strict=True)):
        if found := misshapen(part, right, depth - 1, f" in {_NOUNS[min(depth, 3)][0]} {index + 1}"):
            return found
    return ""


def decimal_comma(pointed: str) -> str:
    """Return what is said of a comma that may have been meant before decimals.

    >>> decimal_comma("11.988")
    '11,988 is read as 11988, with a comma between thousands. Before decimals type a point: 11.988.'
    """
    whole, _, decimals = pointed.partition(".")
    read = f"{whole},{decimals} is read as {whole}{decimals}, with a comma between thousands."
    return f"{read} Before decimals type a point: {pointed}."


def part_called(index: int, depth: int) -> str:
    """Return what an outermost part of a list or table is called in a sentence.

    >>> part_called(2, 1), part_called(2, 2)
    ('entry 3', 'row 3')
    """
    return f"{_NOUNS[min(depth, 3)][0]} {index + 1}"


_SEVERAL = re.compile(r"(?<![A-Za-z])(?:or|and)(?![A-Za-z])|[;,]\s", re.IGNORECASE)
_HOW = {
    "number": "Type a number, such as 15,415,200, 0.125 or 2.3e-4, or a product of numbers: 3*11*11*96.",
    "list": "Type the entries with commas between them: 1, 2, 3.",
    "table": "Type the entries with commas, and a semicolon between rows: 1, 2; 3, 4.",
    "nested": "Type entries with commas, ; between rows and | between blocks: 1, 2; 3, 4 | 5, 6; 7, 8.",
    "yesno": "Type yes or no.",
    "expression": "Type a formula with * between factors, such as 2*x + exp(-x); A @ B for matrices.",
}


def unreadable(quantity: Asked, typed: str, error: ExpressionError) -> str:
    """Return what is said about a text that cannot be read, and what can be typed.

    >>> unreadable(Asked("units", "units", "a", 3), "1 or 2", ExpressionError("'1 or 2' is not a number."))
    'One number is asked, and more than one is typed. Type the one that you would hand in.'
    """
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
        kind == "number" and "You can use" in error.remedy
    )
    remedy = _HOW.get(kind, error.remedy) if general else error.remedy
    return f"{error.problem} {remedy}".strip()
