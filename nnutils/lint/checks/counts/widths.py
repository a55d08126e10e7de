"""Networks of dense layers told by their widths: 'an MLP 784-128-10', 'layers of size 20, 50 and 3'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nnutils.lint.numbers import Style, read_number

__all__ = ["COUNT", "whole_number", "widths_in"]

COUNT = r"(?<![\w.,])\d[\d,.'’\u2009\u202f]*(?<![,.])(?![,.]?\w)"
"""A count, perhaps with separators between thousands."""

_N = r"\d[\d,]*(?<!,)"
_NET = (
    r"(?:MLPs?|perceptrons?|(?:neural[ ]|dense[ ]|fully[ -]connected[ ]|feed-?[ ]?forward[ ])net(?:work)?s?"
    r"|auto-?encoders?|feed-?[ ]?forward(?:[ ](?:sub-?layer|block|part|layers?))?|FFN|DNN|ANN"
    r"|networks?|nets?|architecture|shape)"
)
_JOINED = rf"{_N}(?:[ ]?(?:-|–|—|→|->|⇒)[ ]?{_N}){{2,9}}"
_LISTED = rf"{_N}(?:,[ ]{_N}){{1,9}},?[ ](?:and|to)[ ]{_N}|[(\[]{_N}(?:,[ ]?{_N}){{2,9}}[)\]]"
_WIDTHS = re.compile(
    rf"\b{_NET}\b[ ]?(?:\w+[ ]){{0,3}}(?:[:(\[]|with|of|is|has)?[ ]?"
    rf"(?:(?:layers?|sizes?|of|widths?|units|the)[ :=]*)*"
    rf"[(\[]?(?P<joined>{_JOINED})(?![\w.,]*\d|[ ]?[×x*/])"
    rf"|\b(?P<ahead>{_JOINED})[ ](?:dense[ ]|neural[ ]|fully[ -]connected[ ]|feed-?forward[ ])*"
    r"(?:MLP|network|net|perceptron|auto-?encoder)\b"
    r"|\b(?:(?:layers?|hidden[ ]layers?)[ ](?:of|with|have)[ ](?:the[ ])?(?:sizes?|widths?|dimensions?)"
    rf"|(?:layer[ ])(?:sizes?|widths?|dimensions?))(?:[ ](?:of|are|is))?[ :=]*(?P<listed>{_LISTED}"
    rf"|{_JOINED})"
    r"(?![\w.,]*\d|[ ]?[×x*/])",
    re.IGNORECASE,
)
_CONVOLVED = re.compile(r"\bconv|\bfilter|\bkernel|\bchannel|\bpool", re.IGNORECASE)


def whole_number(text: str, style: Style) -> int | None:
    """Return a text as a whole number, read as the sheet writes numbers; None if it is not one.

    >>> from nnutils.lint.numbers import ENGLISH
    >>> whole_number("204,800", ENGLISH), whole_number("2.5", ENGLISH)
    (204800, None)
    """
    if text.startswith("0") and len(text) > 1:
        return None  # the end of 204 080, say
    found = read_number(text, style)
    return int(found.value) if found is not None and found.unit is None else None


def widths_in(text: str, start: int, end: int, style: Style) -> Iterator[tuple[list[int], int]]:
    """Yield the widths of each network of dense layers that a stretch names, and where it begins.

    >>> from nnutils.lint.numbers import ENGLISH
    >>> list(widths_in("An MLP 784-128-10 of 13-05-2020", 0, 31, ENGLISH))
    [([784, 128, 10], 3)]
    """
    if _CONVOLVED.search(text, start, end):
        return
    for found in _WIDTHS.finditer(text, start, end):
        group = next(one for one in ("joined", "ahead", "listed") if found[one])
        numbers = re.findall(_N, re.sub(r"(?<=\d),(?=\d{1,2}(?!\d))", " ", found[group]))
        widths = [whole_number(one, style) for one in numbers]
        if all(widths):
            yield [one for one in widths if one], found.start()
