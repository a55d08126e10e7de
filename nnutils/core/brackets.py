"""Where a formula needs brackets: one scale of precedence, for every writer of formulas."""

from __future__ import annotations

__all__ = [
    "ATOM",
    "FRACTION",
    "MATRIX",
    "POWER",
    "PRODUCT",
    "REMAINDER",
    "SIGN",
    "SUM",
    "bracketed",
    "fitted",
]

# Loosest first. People disagree on how to read a + b mod c, so the remainder binds loosest of all; a sign
# comes before a sum, because -a + b needs no brackets but a + (-b) does.
REMAINDER, SIGN, SUM, PRODUCT, FRACTION, POWER, ATOM = range(7)
MATRIX = FRACTION
"""A matrix product binds more tightly than an elementwise one, as a fraction with a bar does."""


def bracketed(text: str, *, latex: bool = False) -> str:
    r"""Return a formula in round brackets, which in LaTeX grow with it.

    >>> bracketed("a + b"), bracketed("a + b", latex=True)
    ('(a + b)', '\\left(a + b\\right)')
    """
    return rf"\left({text}\right)" if latex else f"({text})"


def fitted(text: str, precedence: int, needed: int, *, latex: bool = False) -> str:
    """Return a part of a formula as it stands in its place: in brackets where it binds too loosely.

    >>> fitted("a + b", SUM, PRODUCT), fitted("a · b", PRODUCT, SUM)
    ('(a + b)', 'a · b')
    """
    return bracketed(text, latex=latex) if precedence < needed else text
