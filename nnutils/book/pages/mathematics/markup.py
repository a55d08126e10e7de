"""Formulas that stand in HTML as TeX."""

from __future__ import annotations

import html
import re

from nnutils.book.pages.mathematics.rendering import display_tex, mathml

__all__ = ["typeset", "with_signs"]

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


# A formula in a line, and the signs that touch it. A long one, which scrolls with its line, has a class.
_TOUCHED = re.compile(r"([(“‘]*)(<math>(?:(?!</?math).)*</math>)([,.;:!?)’”]*)", re.DOTALL)


def with_signs(markup: str) -> str:
    """Return HTML in which a formula keeps the bracket before it and the comma behind it on its line.

    A browser may break a line on either side of MathML, whatever stands there.

    >>> with_signs("(<math><mi>x</mi></math>, <math><mi>y</mi></math>")
    '<span class="math-end">(<math><mi>x</mi></math>,</span> <math><mi>y</mi></math>'
    """
    return _TOUCHED.sub(_kept, markup)


def _kept(found: re.Match[str]) -> str:
    before, formula, behind = found.groups()
    return f'<span class="math-end">{found[0]}</span>' if before or behind else formula


def _typeset(found: re.Match[str]) -> str:
    tex = html.unescape(found["tex"]).strip()
    if tex.startswith(r"\("):
        made = mathml(tex.removeprefix(r"\(").removesuffix(r"\)").strip())
    else:
        made = mathml(display_tex(tex.removeprefix(r"\[").removesuffix(r"\]")), display=True)
    if found["tag"] == "span":
        return made
    return f'<div{found["before"]}{found["names"].split()[0]}"{found["after"]}>{made}</div>'
