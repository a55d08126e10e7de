"""Formulas that stand in HTML as TeX."""

from __future__ import annotations

import html
import re

from nnutils.book.mathematics.rendering import display_tex, mathml

__all__ = ["typeset"]

# An element of the class 'math' or 'formula' that holds \(...\), \[...\] or an environment, and no element.
_FORMULA = re.compile(
    r'<(?P<tag>span|div)(?P<before>[^<>]*\bclass=")(?P<names>(?:[^"<>]* )?(?:math|formula)(?: [^"<>]*)?)"'
    r"(?P<after>[^<>]*)>\s*(?P<tex>\\(?:\(|\[|begin\{)[^<]*)</(?P=tag)>"
)


def typeset(markup: str) -> str:
    r"""Return HTML with its formulas as MathML: those in elements of the class ``math`` or ``formula``.

    Raises:
        BookError: for TeX that cannot be read.

    >>> typeset(r'<p>If <span class="math notranslate nohighlight">\(x &lt; 2\)</span>.</p>')
    '<p>If <math><mrow><mi>x</mi><mo>&lt;</mo><mn>2</mn></mrow></math>.</p>'
    """
    return _FORMULA.sub(_typeset, markup)


def _typeset(found: re.Match[str]) -> str:
    tex = html.unescape(found["tex"]).strip()
    if tex.startswith(r"\("):
        made = mathml(tex.removeprefix(r"\(").removesuffix(r"\)").strip())
    else:
        made = mathml(display_tex(tex.removeprefix(r"\[").removesuffix(r"\]")), display=True)
    if found["tag"] == "span":
        return made
    return f'<div{found["before"]}{found["names"].split()[0]}"{found["after"]}>{made}</div>'
