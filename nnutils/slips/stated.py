"""A value as a reader types it: a number at its precision, or a short expression; read with bounds."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nnutils.core.derivation import OPERATIONS
from nnutils.core.errors import ExpressionError
from nnutils.core.messages import brief, shown
from nnutils.core.numerals import too_long
from nnutils.slips.expressions import FUNCTION_NAMES, NUMBER, number_written, plain_text, read_expression
from nnutils.slips.places import Target
from nnutils.slips.tree import MOST_POWER, Number

__all__ = ["FEWEST_DIGITS", "TYPED_CONSTANTS", "TYPED_FUNCTIONS", "Stated", "read", "read_list"]

LARGEST = Fraction(10) ** 60
"""No value on the way may be larger."""

_REMEDY = "Type a number, such as 15,415,200 or 2.3e-4, or a product of numbers."
_SAME = 1e-6  # what a float that was typed without its last zeros may be off, as a share
_WORD = re.compile(r"\s*(thousand|million|billion|[kKMG](?![A-Za-z])|%)$")
_DECIMAL_COMMA = re.compile(r"0,[0-9]+|[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})")
_DECIMALS = re.compile(r"\.[0-9]")
_ABOUT = re.compile(
    r"(?:[~≈≃≅∼]\s*|(?:about|around|roughly|approximately|approx\.?|circa|ca\.)\s+)+", re.IGNORECASE
)
_X_BEFORE_SIGN = re.compile(r"(?<=[0-9)])\s*x\s*(?=[-+]\s*[0-9.(])")  # 2 x -3; numbers have no name x
_A_WORD = re.compile(r"[^\W\d_][^\W\d_ -]{2,}(?:[ -]+[^\W\d_]+)*")
FEWEST_DIGITS = 3
"""So many significant digits say which number is meant."""

_WORDS = {"k": 3, "K": 3, "thousand": 3, "M": 6, "million": 6, "G": 9, "billion": 9, "%": -2}
TYPED_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "exp": math.exp,
    "ln": math.log,
    "log": math.log,
    "sqrt": math.sqrt,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "tanh": math.tanh,
}
"""The functions that a typed number may use."""

TYPED_CONSTANTS = {"pi": math.pi, "e": math.e}
"""The constants that typed numbers, formulas and functions may use."""


@dataclass(frozen=True)
class Stated:
    """A typed value, and the values that count as the same at the precision typed."""

    value: Number
    target: Target
    digits: int | None = None
    """So many significant digits were typed; None where the value is meant exactly."""

    @property
    def coarse(self) -> bool:
        """Whether so few digits are typed that many numbers fit them."""
        return self.digits is not None and self.digits < FEWEST_DIGITS

    @property
    def told(self) -> Target:
        """The values of which this may be a statement: those at its precision, of a coarse one it alone.

        >>> 0.12 in read("0.1").target, 0.12 in read("0.1").told, 0.1204 in read("0.120").told
        (True, False, True)
        """
        return _around(self.value, False) if self.coarse else self.target


def read(text: object, *, exact: bool = True) -> Stated:
    """Return the value of a typed number or expression.

    A whole number is meant exactly, unless ``exact`` is false, as beside a value that was never whole. A
    decimal promises its last digit; '~', a word ('1.2 million') and a power of ten as well. An expression
    with decimals in it is meant at three significant digits where ``exact`` is false.

    Raises:
        ExpressionError: for what is neither, for more than 200 characters or 20 brackets inside one another,
            and for values that are too large.

    >>> read("15,415,200").value, read("3*11*11*96").value, read("2.3e-4").target
    (15415200, 34848, Target(low=Fraction(9, 40000), high=Fraction(47, 200000)))
    >>> round(float(read("exp(-2)/(1+exp(-2))").value), 6), read("~1.2M").target.low
    (0.119203, Fraction(1150000, 1))
    >>> read("0.0230").digits, read("~1,200").digits, read("2/3").digits
    (3, 2, None)
    """
    if isinstance(text, bool) or not isinstance(text, str | int | float | Fraction):
        value = getattr(text, "value", text)
        if isinstance(value, bool) or not isinstance(value, int | float | Fraction):
            raise ExpressionError(f"{shown(text)} is not a number.", remedy=_REMEDY)
        text = value
    if not isinstance(text, str):
        if isinstance(text, float) and not math.isfinite(text):
            raise ExpressionError(f"{text} is not a number.", remedy=_REMEDY)
        if not isinstance(text, float) and too_long(text):
            raise ExpressionError(f"{shown(text)} is too long to be written.", remedy=_REMEDY)
        return Stated(text, _around(text, exact))
    plain = plain_text(text)
    about = _ABOUT.match(plain)
    plain = plain[about.end() :] if about else plain
    word = _WORD.search(plain)
    factor = Fraction(10) ** _WORDS[word[1]] if word else Fraction(1)
    bare = plain[: word.start()] if word else plain
    sign, digits = (-1, bare[1:]) if bare[:1] == "-" else (1, bare.removeprefix("+"))
    if _DECIMAL_COMMA.fullmatch(digits):
        raise ExpressionError(
            f"{brief(text)} has a comma before its decimals.",
            remedy=f"Type a point: {digits.replace(',', '.')}.",
        )
    number = NUMBER.fullmatch(digits)
    if number is None or not (number["whole"] or number["part"]):
        value = _computed(plain)
        if not exact and _DECIMALS.search(plain) and value:
            half = 10.0 ** int(f"{abs(float(value)):.15e}".split("e")[1]) / 10**FEWEST_DIGITS * 5
            return Stated(value, Target(float(value) - half, float(value) + half), FEWEST_DIGITS)
        return Stated(value, _around(value, exact))
    size, unit = number_written(number)
    whole_typed = unit is None
    if unit is None and (about or word):  # the zeros at the end of "about 1,200" are no digits
        zeros = len(str(size)) - len(str(size).rstrip("0")) if size and about else 0
        unit = Fraction(10) ** zeros
    size *= factor * sign
    if unit is not None and not (exact and word and word[1] == "%" and unit == 1):
        half = unit * factor / 2
        typed = re.sub(r"[^0-9]", "", re.split("[eE]", digits)[0]).lstrip("0")
        if whole_typed and (about or factor > 1):  # 300k promises one digit, as about 300 does
            typed = typed.rstrip("0")
        return Stated(size, Target(size - half, size + half), len(typed))
    whole = int(size) if size.denominator == 1 else size
    return Stated(whole, _around(whole, exact))


def read_list(text: str) -> tuple[Stated, ...]:
    """Return the values of a typed list or size: '1, 2, 3', '(96, 55, 55)', '96x55x55', '1; 2; 3', '1 2 3'.

    Raises:
        ExpressionError: for an entry that is not a number.

    >>> [entry.value for entry in read_list("96 x 55 x 55")], [entry.value for entry in read_list("1,2,3")]
    ([96, 55, 55], [1, 2, 3])
    """
    plain = _inside(plain_text(text).strip())
    if ";" in plain:
        parts = plain.split(";")
    elif re.fullmatch(r"[-+.0-9e]+(?:\s+[-+.0-9e]+)+", plain):
        parts = plain.split()
    elif re.fullmatch(r"[0-9]+(?:\s*[x×]\s*[0-9]+)+", plain):
        parts = re.split(r"[x×]", plain)
    else:
        parts = plain.split(",")
    return tuple(read(part, exact=False) for part in parts)


def _inside(text: str) -> str:
    """Return what stands between the brackets around a whole text, or the text: 'ln(2), ln(3)' has none."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        if depth == 0:
            around = text[:1] in "([" and place == len(text) - 1 > 0
            return _inside(text[1:-1].strip()) if around else text
    return text


def _around(value: Number, exact: bool) -> Target:
    if exact and not isinstance(value, float):
        return Target(value, value)
    slack = abs(float(value)) * _SAME
    return Target(float(value) - slack, float(value) + slack)


def _computed(text: str) -> Number:
    """Return the value of an expression in numbers, bounded on the way.

    Raises:
        ExpressionError: for a name or a function that is not known, and for a value that is not defined or
            too large.
    """
    if _A_WORD.fullmatch(text) and not set(text.lower().split()) & set(FUNCTION_NAMES):
        raise ExpressionError(f"{brief(text)} is in words.", remedy="Type the number in digits.")
    tree = read_expression(_X_BEFORE_SIGN.sub("*", text))
    if unknown := sorted((tree.names - set(TYPED_CONSTANTS)) | (tree.functions - set(TYPED_FUNCTIONS))):
        raise ExpressionError(
            f"{brief(text)} is not a number: {unknown[0]!r} has no value.",
            remedy=f"{_REMEDY} You can use {', '.join([*TYPED_FUNCTIONS, *TYPED_CONSTANTS])}.",
        )
    functions = {name: _checked(lambda x, f=f: f(float(x))) for name, f in TYPED_FUNCTIONS.items()}
    try:
        value = tree.compute(_checked(lambda x: x), TYPED_CONSTANTS, functions, _OPERATIONS)
    except (ArithmeticError, ValueError) as error:
        problem = error.args[0] if error.args and isinstance(error, _TooLargeError) else "is not defined"
        raise ExpressionError(f"{brief(text)} {problem}.", remedy=_REMEDY) from None
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else value


class _TooLargeError(ArithmeticError):
    """A value that is larger than ``LARGEST``."""


def _checked(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that refuses results which are too large, or no real numbers."""

    def bounded(*values: Any) -> Any:
        result = function(*values)
        if isinstance(result, complex) or (isinstance(result, float) and not math.isfinite(result)):
            raise ValueError
        if not -LARGEST <= result <= LARGEST or (
            isinstance(result, Fraction) and result.denominator > LARGEST
        ):
            raise _TooLargeError("has a value that is too large")
        return result

    return bounded


def _power(base: Any, exponent: Any) -> Any:
    if not -MOST_POWER <= exponent <= MOST_POWER:
        raise _TooLargeError("has a power that is too large")
    if not base and exponent <= 0:
        raise ValueError
    return base**exponent


_OPERATIONS = {
    name: _checked(_power if name == "power" else function) for name, function in OPERATIONS.items()
}
