"""What a reader types, taken apart: a list, a table, a word, a number; and how far a number is right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from nnutils.core.errors import ExpressionError
from nnutils.core.messages import brief, shown
from nnutils.practice.entries import without_labels
from nnutils.practice.leaves import is_exact
from nnutils.slips.expressions import plain_text
from nnutils.slips.stated import FEWEST_DIGITS, Stated, read

__all__ = [
    "bare_number",
    "cleaned",
    "goes_on",
    "graded",
    "near",
    "pieces",
    "pointed",
    "read_leaf",
    "same_word",
]

_MOST_DECIMALS = 6  # an exact number with more decimals is one that does not end
_LONGEST_LIST = 2_000
_SAME = Fraction(1, 10**6)
_YES_NO = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
_SIZE = re.compile(r"[0-9]+(?:\s*@\s*[0-9]+)?(?:\s*(?:[x×]|by)\s*[0-9]+)+")  # 96x55x55, 96@55x55
_AND = re.compile(r"(?:([,;])\s*|\s+)and\s+", re.IGNORECASE)
_NOUN = re.compile(
    r"(?<=\S)\s*(?<![A-Za-z_])(?:(?:parameter|weight|unit|neuron|node|operation|multiplication|connection"
    r"|dimension|scalar|value|number)s?|entry|entries)$",
    re.IGNORECASE,
)
_ONE_COMMA = re.compile(r"([-+]?[0-9]{1,3}),([0-9]{3})")
_POINTS = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+")
_NAMED = re.compile(r"[^=]*[^=<>!:]=(?!=)([^=]*)")


def cleaned(typed: str, depth: int, unit: str = "", asked: str = "") -> str:
    """Return a typed text with plain digits and signs, without 'name =' before it and its unit after it.

    The entries of a list may have names, which have to be those of ``asked``: see ``without_labels``.

    Raises:
        ExpressionError: for an empty text, for one that is too long, and for other names.

    >>> cleaned("y = 290,400 Units", 0, "units"), cleaned("−１２", 0)
    ('290,400', '-12')
    """
    text = plain_text(typed, _LONGEST_LIST) if depth else plain_text(typed)
    if named := _NAMED.fullmatch(text):
        text = named[1].strip()
    if depth:
        text = without_labels(text, asked)
    if unit:
        text = re.sub(rf"\s*{re.escape(unit.removesuffix('s'))}s?$", "", text, flags=re.IGNORECASE)
    if not depth and (inside := re.fullmatch(r"\[([^\[\]]*)\]", text)):
        text = inside[1].strip()
    if not text:
        raise ExpressionError("There is nothing typed.", remedy="Type your answer first.")
    return text


def pieces(text: str, answer: Any) -> Any:
    """Return the texts of the entries of a list, of the rows of a table, and so on, in lists.

    Entries stand between commas (or spaces, or 'and', or x or 'by' in a size), rows between semicolons or on
    lines, blocks between '|'; brackets around any of them do no harm, and rows in brackets may stand between
    commas.
    ``answer`` is the right one: it says how deep to go, and how many entries a row has, which decides between
    the comma of a thousand and that of a list.

    Raises:
        ExpressionError: for a bracket that is not closed.

    >>> pieces("1,200, 3", (1, 2)), pieces("(1, 2), (3, 4)", ((0, 0), (0, 0))), pieces("96x55x55", (1, 2, 3))
    (['1,200', '3'], [['1', '2'], ['3', '4']], ['96', '55', '55'])
    """
    if not isinstance(answer, tuple | list):
        return text
    inner = next((part for part in answer if isinstance(part, tuple | list)), None)
    if inner is None:
        bare = _unwrapped(text)
        if not any(isinstance(part, str) and " and " in part for part in answer):
            bare = _AND.sub(lambda found: f"{found[1] or ','} ", bare)
        return _entries(bare, len(answer))
    deeper = any(isinstance(part, tuple | list) for part in inner)
    parts = _split(text, "|" if deeper else ";\n")
    bare = _unwrapped(text)
    if len(parts) == 1 and bare != text:
        parts = _split(bare, "|" if deeper else ";\n")
    if len(parts) == 1 and bare[:1] in _OPENING:
        parts = _split(bare, ",")
    rows = [part for part in answer if isinstance(part, tuple | list)]
    return [pieces(part, rows[min(index, len(rows) - 1)]) for index, part in enumerate(parts)]


def read_leaf(text: str, right: Any) -> Any:
    """Return a typed leaf: a word, yes or no, or a number with what it promises, as the right one is.

    Raises:
        ExpressionError: for a text that is none; the message says what can be typed.

    >>> read_leaf("Y", True), read_leaf("0.50", 0.5).digits
    (True, 2)
    """
    if isinstance(right, str):
        return text
    if isinstance(right, bool):
        word = text.strip().rstrip(".").lower()
        if word not in _YES_NO:
            raise ExpressionError(f"{shown(text, 40)} is neither yes nor no.", remedy="Type yes or no.")
        return _YES_NO[word]
    number = bare_number(text)
    if isinstance(right, int) and right and _POINTS.fullmatch(number) and _whole(number) == right:
        raise ExpressionError(f"A point is a decimal point here: type {right:,} or {right}.")
    return read(number, exact=isinstance(right, int))


def _whole(number: str) -> int:
    return int(number.replace(".", ""))


def bare_number(text: str) -> str:
    """Return a typed number without a noun after it that says what is counted, whatever the unit asked is.

    >>> bare_number("73,728 parameters"), bare_number("12")
    ('73,728', '12')
    """
    return _NOUN.sub("", text)


def pointed(text: str) -> str:
    """Return a number with one comma between thousands as it is with a decimal point; '' for other texts.

    >>> pointed("11,988"), pointed("1,011,988")
    ('11.988', '')
    """
    found = _ONE_COMMA.fullmatch(bare_number(text).strip())
    return f"{found[1]}.{found[2]}" if found else ""


def graded(typed: Any, right: Any) -> str:
    """Return 'right', 'coarse' (right at the few digits typed), 'cut' or 'wrong' for one leaf.

    A whole number is right exactly. A decimal promises its last digit, and so does a whole number of two
    digits beside one that does not end; three significant digits are then enough. 'cut' is a number of two
    digits or more that has the right digits but was not rounded.

    >>> [graded(read(text, exact=False), 0.1119) for text in ("0.112", "0.11", "0.12", "0.1119")]
    ['right', 'coarse', 'wrong', 'right']
    >>> graded(read("2.68"), 2.687), graded(read("2.6"), 2.687), graded(read("2.67"), 2.687)
    ('cut', 'cut', 'wrong')
    >>> graded(read("1.05e8"), 105_415_200), graded(read("15,415,200"), 105_415_200)
    ('coarse', 'wrong')
    """
    if isinstance(right, str):
        return "right" if same_word(typed, right) else "wrong"
    if isinstance(right, bool) or not isinstance(typed, Stated):
        return "right" if typed is right else "wrong"
    value, digits = typed.value, typed.digits
    if value == right or (_has_float(value, right) and near(value, right)):
        return "right"
    low, high = typed.target.low, typed.target.high
    if digits is None and isinstance(value, int) and abs(value) >= 10 and goes_on(right):
        digits = len(str(abs(value)))
        low, high = value - Fraction(1, 2), value + Fraction(1, 2)
    if digits is None:
        return "wrong"
    if not low <= right <= high:
        written = digits > 1 and not isinstance(low, float)  # and not computed from what is typed
        size, beside = (value, right) if value > 0 else (-value, -right)
        cut = written and not isinstance(right, int) and size <= beside < size + (high - low)
        return "cut" if cut else "wrong"
    return "right" if digits >= FEWEST_DIGITS and not isinstance(right, int) else "coarse"


def same_word(typed: object, right: str) -> bool:
    """Whether two words are the same but for capital letters, spaces and quotation marks.

    >>> same_word(" 'With  Reduction'", "with reduction")
    True
    """
    return isinstance(typed, str) and _word(typed) == _word(right)


def _word(text: str) -> str:
    return " ".join(text.strip("\"'` ").lower().split())


def _has_float(value: Any, right: Any) -> bool:
    return isinstance(value, float) or isinstance(right, float)


def near(value: Any, right: Any) -> bool:
    """Whether two numbers agree in six significant digits.

    >>> near(12, 12.0000001), near(12, 11.99)
    (True, False)
    """
    return bool(abs(Fraction(value) - Fraction(right)) <= _SAME * abs(Fraction(right)))


def goes_on(right: Any) -> bool:
    """Whether no decimal number of a few digits is exactly this number.

    >>> goes_on(0.5), goes_on(Fraction(1, 3)), goes_on(Fraction(1, 16))
    (True, True, False)
    """
    return not is_exact(right) or (Fraction(right) * 10**_MOST_DECIMALS).denominator != 1


# --- brackets and separators ------------------------------------------------------------------------------

_OPENING, _CLOSING = "([{", ")]}"


def _depths(text: str) -> list[int]:
    """Return for each character how many brackets it stands in; a bracket stands in itself.

    Raises:
        ExpressionError: for a bracket that is not closed, or not opened.
    """
    found, depth = [], 0
    for character in text:
        depth += character in _OPENING
        found.append(depth)
        depth -= character in _CLOSING
        if depth < 0:
            break
    if depth:
        raise ExpressionError(f"{brief(text)} has a bracket too many.", remedy="Close each bracket once.")
    return found


def _unwrapped(text: str) -> str:
    """Return a text without the brackets around all of it, one pair."""
    text = text.strip()
    if text[:1] in tuple(_OPENING) and len(text) > 1 and 0 not in _depths(text):
        depths = _depths(text)
        if 1 not in [depth for depth, c in zip(depths[1:-1], text[1:-1], strict=True) if c in _OPENING]:
            return text[1:-1].strip()
    return text


def _split(text: str, separators: str) -> list[str]:
    """Return the parts between separators outside brackets; empty ones at the ends are dropped."""
    parts, start = [], 0
    for index, (character, depth) in enumerate(zip(text, _depths(text), strict=True)):
        if character in separators and depth == 0:
            parts.append(text[start:index].strip())
            start = index + 1
    parts.append(text[start:].strip())
    kept = [part for part in parts if part] if "\n" in separators else parts
    while len(kept) > 1 and not kept[-1]:
        kept.pop()
    return kept


def _entries(text: str, count: int) -> list[str]:
    """Return the entries of a list: the first way of splitting that gives as many as are asked.

    A comma behind a single entry separates nothing, as in Python's (0,).
    """
    if count == 1:
        text = text.removesuffix(",").rstrip()
    if _SIZE.fullmatch(text):
        return re.split(r"\s*(?:[x×@]|by)\s*", text)
    spaced = _split(re.sub(r",\s+", "\0", text), "\0")
    ways: Sequence[list[str]] = (
        _split(text, ";\n"),
        spaced,
        _split(text, ","),
        text.split() if "," not in text else [],
    )
    for way in ways:
        if len(way) == count:
            return way
    return next((way for way in ways if len(way) > 1), [text])
