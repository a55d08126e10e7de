"""Numbers as text and as LaTeX: the one place that decides how digits are written.

Text has a true minus sign (U+2212) and, where it is asked for, thousands separators.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction

from nnutils.core.errors import WorkedError

__all__ = [
    "MOST_DIGITS",
    "Exact",
    "grouped",
    "latex_number",
    "latex_of_text",
    "number_text",
    "power_too_long",
    "reads_as_number",
    "rounded",
    "set_signs",
    "too_long",
    "unsigned_zero",
]

Exact = int | Fraction

MOST_DIGITS = 4300
"""Python refuses to write a longer whole number, because that takes quadratic time."""

_BITS = int(MOST_DIGITS * math.log2(10))
_AS_NUMBER = re.compile(r"[+−-]?(?!0\d)\d[\d,]*(\.\d+)?(e[+−-]?\d+)?(/[\d,]+)?[ \u00a0]?%?")
_SIGN = re.compile(  # a hyphen that can only be a sign, or stands for a subtraction
    r"(?<![^\s([{=,;:·×/^|<>≤≥≈±“\"'])-(?=\.?\d)|(?<=[(\[{])-(?=\w)|(?<=\de)-(?=\d)"
    r"|(?<=[\w)\]}] )-(?= [\w([{])"
)
_PERCENT = re.compile(r"(?<=\d) (?=%)")
_LARGE = 1e15
"""From here on a float no longer holds tenths, so that digits after the point would be invented."""


def too_long(value: Exact) -> bool:
    """Return whether a number has more digits than can be written.

    >>> too_long(10**4000), too_long(Fraction(1, 10**5000))
    (False, True)
    """
    return _bits(value) > _BITS


def power_too_long(base: Exact, exponent: int) -> bool:
    """Return whether a power is too long to write, before it is computed, which could take for ever.

    >>> power_too_long(9, 9**9), power_too_long(-1, 10**9), power_too_long(Fraction(1, 3), -64)
    (True, False, False)
    """
    largest = max(abs(base.numerator), base.denominator)
    # A power has at least so many bits.
    return largest > 1 and (largest.bit_length() - 1) * abs(exponent) > 4 * MOST_DIGITS


def grouped(value: Exact) -> str:
    """Return an exact number with thousands separators; a fraction keeps its bar.

    Raises:
        WorkedError: if the number has more than ``MOST_DIGITS`` digits.

    >>> grouped(-1234567), grouped(Fraction(-5000, 3))
    ('−1,234,567', '−5,000/3')
    """
    return _exact_text(value, ",")


def number_text(
    value: Exact | float,
    *,
    decimals: int | None = None,
    significant: int | None = None,
    group: bool = False,
) -> str:
    """Return a number as text: rounded to decimals, to significant digits, or with every digit it has.

    With ``decimals`` trailing zeros are left out where nothing was rounded away: 5 is exactly 5, but -0.98999
    is -0.9900 to four decimals. A value too small for the decimals asked for is shown by its leading digits:
    never a nonzero number as 0. ``significant`` is for floats; exact numbers are then written in full.
    ``group`` puts separators between thousands.

    Raises:
        WorkedError: if the number has more than ``MOST_DIGITS`` digits.

    >>> number_text(11.652071, decimals=3), number_text(5, decimals=3), number_text(-0.98999, decimals=4)
    ('11.652', '5', '−0.9900')
    >>> number_text(1.23456e-9, decimals=3), number_text(0.1), number_text(-2.0), number_text(Fraction(1, 2))
    ('1.235e-9', '0.1', '−2', '1/2')
    >>> number_text(123456.789, significant=4, group=True), number_text(10**6, significant=4, group=True)
    ('1.235e+05', '1,000,000')
    """
    separator = "," if group else ""
    if not isinstance(value, float) and (decimals is None or value.denominator == 1):
        return _exact_text(value, separator)
    if decimals is not None:
        return _decimals(float(value), decimals, separator)
    if significant is not None and isinstance(value, float):
        return _signed(f"{value:{separator}.{significant}g}")
    return _plain(repr(value), float(value))


def set_signs(text: str) -> str:
    """Return a text with minus signs for hyphens that mean them, and each percent sign kept at its number.

    A line may break behind a hyphen and at a space, and a hyphen is shorter than a plus sign.

    >>> set_signs("[-1, 2], x = -0.5, 1e-12, ReLU(-x1), left - right, 3x-1, FC-1")
    '[−1, 2], x = −0.5, 1e−12, ReLU(−x1), left − right, 3x-1, FC-1'
    >>> set_signs("12 %") == "12\\N{NO-BREAK SPACE}%"
    True
    """
    return _PERCENT.sub("\N{NO-BREAK SPACE}", _SIGN.sub("−", text))


def reads_as_number(text: str) -> bool:
    """Return whether a text is one number, perhaps a percentage, that a column sets flush right.

    A number with a zero in front is a label, such as that of a sheet.

    >>> [reads_as_number(text) for text in ("1,200", "-0.5", "12 %", "−3/4", "1e-09", "003", "2, 3", "3 x 3")]
    [True, True, True, True, True, False, False, False]
    """
    return bool(_AS_NUMBER.fullmatch(text))


def rounded(value: float, decimals: int) -> float:
    """Return the number that ``number_text(value, decimals=decimals)`` shows.

    >>> rounded(0.69314, 3), rounded(-1.23456e-9, 3)
    (0.693, -1.235e-09)
    """
    return float(number_text(value, decimals=decimals).replace("−", "-"))


def latex_number(value: Exact) -> str:
    r"""Return an exact number as LaTeX: separators that do not add space, fractions with a bar.

    Raises:
        WorkedError: if the number has more than ``MOST_DIGITS`` digits.

    >>> print(latex_number(290400), latex_number(Fraction(-1, 2)))
    290{,}400 -\frac{1}{2}
    """
    sign = "-" if value < 0 else ""
    if value.denominator != 1:
        return rf"{sign}\frac{{{latex_number(abs(value.numerator))}}}{{{latex_number(value.denominator)}}}"
    return sign + _exact_text(abs(value.numerator), ",").replace(",", "{,}")


def latex_of_text(text: str) -> str:
    r"""Turn the text of a number, as ``number_text`` writes it, into LaTeX.

    >>> latex_of_text("−1.235e-9"), latex_of_text("5.5")
    ('-1.235 \\cdot 10^{-9}', '5.5')
    """
    mantissa, letter, exponent = text.replace("−", "-").partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if letter else mantissa


def unsigned_zero(text: str) -> str:
    """Return a number as written, without the sign if every digit of it is 0.

    A float that is -0.0, or rounds to it, is written "-0.00" by ``format``; to a reader that is 0.00.

    >>> unsigned_zero("-0.00"), unsigned_zero("−0.0%"), unsigned_zero("-0.01")
    ('0.00', '0.0%', '-0.01')
    """
    mantissa, letter, exponent = text.partition("e")
    if re.search("[1-9A-Za-z]", mantissa):
        return text
    return re.sub("[-−]", "", mantissa) + letter + exponent


def _exact_text(value: Exact, separator: str) -> str:
    if too_long(value):
        raise WorkedError(
            f"A number of some {_about_digits(value):,} digits is too long to write (most: {MOST_DIGITS:,}).",
            remedy="Write its logarithm or a power, or compare it without writing it.",
        )
    sign = "−" if value < 0 else ""
    if isinstance(value, Fraction) and value.denominator != 1:
        return f"{sign}{abs(value.numerator):{separator}}/{value.denominator:{separator}}"
    return f"{sign}{abs(value.numerator):{separator}}"


def _bits(value: Exact) -> int:
    # NumPy's integers have no bit_length of their own.
    return max(int(value.numerator).bit_length(), int(value.denominator).bit_length())


def _about_digits(value: Exact) -> int:
    return int(_bits(value) * math.log10(2)) + 1


def _decimals(value: float, decimals: int, separator: str) -> str:
    text = f"{value:{separator}.{decimals}f}"
    lost = value != 0 and not text.strip("-0.")
    return _plain(f"{value:.{decimals}e}" if lost or abs(value) >= _LARGE else text, value)


def _plain(text: str, value: float) -> str:
    """Drop what an exact value does not need: zeros after the point, the plus and zeros of an exponent."""
    mantissa, letter, exponent = text.partition("e")
    if "." in mantissa and math.isclose(float(text.replace(",", "")), value, rel_tol=1e-12):
        mantissa = mantissa.rstrip("0").rstrip(".")
    return _signed(f"{mantissa}e{int(exponent)}" if letter else mantissa)


def _signed(text: str) -> str:
    return "0" if text == "-0" else text.replace("-", "−", 1) if text.startswith("-") else text
