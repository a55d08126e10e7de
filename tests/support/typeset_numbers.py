"""The numbers in typeset text, read back: what a solution sheet shows, as numbers again."""

from __future__ import annotations

import html
import re
from fractions import Fraction

_WHOLE = r"\d(?:\{,\}\d|\d)*"
_NUMBER = re.compile(
    rf"(?P<sign>-)?(?:\\frac\{{(?P<above>{_WHOLE})\}}\{{(?P<below>{_WHOLE})\}}"
    rf"|(?P<plain>{_WHOLE}(?:\.\d+)?)(?: \\cdot 10\^\{{(?P<exponent>-?\d+)\}})?)"
)


def typeset_numbers(markup: str) -> list[Fraction]:
    r"""Return the numbers of the formulas in HTML, in order.

    >>> typeset_numbers(r"\(290{,}400\), \((-\frac{1}{2}, 1.5 \cdot 10^{-3})\)")
    [Fraction(290400, 1), Fraction(-1, 2), Fraction(3, 2000)]
    """
    found = []
    for formula in re.findall(r"\\\((.*?)\\\)", html.unescape(markup), re.DOTALL):
        for number in _NUMBER.finditer(formula):
            if number["above"]:
                value = Fraction(*(int(number[half].replace("{,}", "")) for half in ("above", "below")))
            else:
                value = Fraction(number["plain"].replace("{,}", ""))
                value *= Fraction(10) ** int(number["exponent"] or 0)
            found.append(-value if number["sign"] else value)
    return found
