"""Ways of writing numbers: what separates thousands, and what stands before the decimals."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

__all__ = ["CONTINENTAL", "ENGLISH", "Style", "styles_of", "with_joined_numbers"]

_SPACED = re.compile(r"(?<![\d.,] )(?<![\w.,])\d{1,3}(?: \d{3})+(?![\d\w]|[.,]\d| \d)")
_CONTINENTAL = re.compile(  # 1.234.567   1.234,5   3,14 behind a relation
    r"(?<![\w.,])(?:\d{1,3}(?:\.\d{3}){2,}(?![\d.,]\d)|\d{1,3}(?:\.\d{3})+,\d|0,\d*[1-9]\d*(?![\d,])"
    r"|[1-9]\d{0,2}\.\d{3}(?![\d.])|\d+,\d{1,2}(?![\d,]))"
)
_NARROW = r"\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}\N{NO-BREAK SPACE}"
_ONLY_CONTINENTAL = re.compile(
    r"(?<![\w.,])(?:\d{1,3}(?:\.\d{3}){2,}(?![\d.,]\d)"  # 1.234.567
    rf"|\d{{1,3}}(?:[. {_NARROW}]\d{{3}})+,\d{{1,2}}(?!\d)"  # 1.234,5   1 234,5
    rf"|\d+,\d{{1,2}}[\s{_NARROW}]?(?:%|[Mm]i[lo]|[kKMG][Bo]\b))"  # 8,5 %   8,5 Millionen   8,5 MB
    r"|(?:^|[ =≈])0,\d{2,}(?=[ ;.\n]|$)",  # 0,25
    re.MULTILINE,
)
# 1.234 may be one thousand, 0.234 may not
_GROUPED = re.compile(r"(?<![\w.,])[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?(?![\d.]|,\d)")
_PERHAPS_ENGLISH = re.compile(
    r"(?<![\w.,])(?!10\.\d{4,9}/)\d+(?:,\d{3})*\.\d|(?<![\w.,])\d{1,3}(?:,\d{3}){2,}|(?<!\d)\.\d"
)
_LONG_POINT = re.compile(r"(?<![\w.,])(?!10\.\d{4,9}/)\d+\.\d{4,}(?![\w]|[.,]\d)")
_LONG_COMMA = re.compile(r"(?<![\w.,])\d+,\d{4,}(?![\w]|[.,]\d)")
"""Decimals for certain: thousands have three digits. What begins a DOI is none."""

_WITH_COMMA = re.compile(r"(?<![\w.,(\[{])\d+,(?:\d{1,2}|\d{4,})(?![\d,)\]}])")
_WITH_POINT = re.compile(
    r"(?<![\w.,])(?:(?:0\.\d+|\d+\.(?:\d{1,2}|\d{4,}))(?![\d.])|\d{1,3}(?:,\d{3})+(?![\d,]))"
)
"""Numbers that only one of the two ways of writing can mean."""


@dataclass(frozen=True)
class Style:
    """A way of writing numbers: the mark before the decimals, and the marks between thousands.

    ``spaces`` says that a plain blank may stand between thousands too, as in 34 848.
    """

    name: str
    decimal: str
    groups: str
    spaces: bool = False


ENGLISH = Style("English", ".", ",'’_\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}\N{NO-BREAK SPACE}")
CONTINENTAL = Style("continental", ",", ".'’\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}\N{NO-BREAK SPACE}")


def styles_of(text: str, *, english: bool = True) -> tuple[Style, ...]:
    """Return the ways in which a text may write its numbers, the likelier one first.

    A text that holds nothing like 1.234,5 or 3,14 is English, one that holds 1.234,5 and nothing like 3.14 is
    continental. One with several numbers such as 2,5, and few such as 2.5, is likelier continental; so is one
    that is not in English. Where both are possible, whoever reads it tries both, and keeps the one in which
    more of its statements are right.

    >>> [style.name for style in styles_of("64 * 127 = 8.128")], len(styles_of("1,234 = 2"))
    (['English', 'continental'], 1)
    >>> [style.name for style in styles_of("sin(10) = -0.5440; 64 * 127 = 8.128")]
    ['English']
    """
    styles = [ENGLISH] if _CONTINENTAL.search(text) is None else [ENGLISH, CONTINENTAL]
    if _ONLY_CONTINENTAL.search(text) and not _PERHAPS_ENGLISH.search(_GROUPED.sub("0", text)):
        styles = [CONTINENTAL]
        if _SPACED.search(text) and not _GROUPED.search(text):  # 34 848 beside 8,5 %
            return (replace(CONTINENTAL, spaces=True),)
    points, commas = len(_LONG_POINT.findall(text)), len(_LONG_COMMA.findall(text))
    if points != commas:
        styles = [one for one in styles if one.decimal == ("." if points > commas else ",")] or styles
    commas, points = len(_WITH_COMMA.findall(text)), len(_WITH_POINT.findall(text))
    if len(styles) > 1 and (commas > points + 1 if english else commas >= points):
        styles.reverse()
    if _SPACED.search(text):
        spaced = [replace(style, spaces=True) for style in styles]
        styles = styles + spaced if english else spaced + styles
    return tuple(styles)


def with_joined_numbers(text: str) -> str:
    r"""Return a text in which no plain blank stands between thousands: 51 200 has a narrow one, as in print.

    >>> ascii(with_joined_numbers("51 200 weights"))
    "'51\\u202f200 weights'"
    """
    return _SPACED.sub(lambda found: found[0].replace(" ", "\N{NARROW NO-BREAK SPACE}"), text)
