"""Equations of which words are a part: 'the update w − ηg yields 1.9', 'wx comes to 4.5', 'f(2) is 7'."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from nnutils.lint.checks.letters.equations import Equation, equations_among
from nnutils.lint.checks.letters.products import with_products
from nnutils.lint.context import Context
from nnutils.lint.language import tokens_of
from nnutils.lint.sheets import Piece

__all__ = ["spoken_equations"]

_VERB = re.compile(
    r"(?<=[\w)\]²³])(?P<verb>,?\s+(?:(?:thus|then|therefore|hence|again|just|simply|now)\s+)?"
    r"(?:yields|gives|equals|becomes|is equal to|evaluates to|comes to|amounts to|results in|leads to|makes"
    r"|turns out to be|works out to|is|=>|⇒|→)"
    r"(?:\s+(?:then|thus|therefore|just|exactly|simply|about|approximately|roughly|us))?)\s+(?=[-−]?\d)"
)


def spoken_equations(context: Context, piece: Piece, names: Collection[str]) -> Iterator[Equation]:
    """Yield the equations of a piece, with verbs before a number as signs, and products of names seen.

    >>> from nnutils.lint.numbers import ENGLISH
    >>> from nnutils.lint.sheets import Sheet, piece_of
    >>> piece = piece_of("The update w − ηg yields 1.9.")
    >>> context = Context(Sheet("", "", (piece,)), ENGLISH)
    >>> [len(one.sides) for one in spoken_equations(context, piece, {"w", "η", "g"})]
    [2]
    """
    text = _VERB.sub(_sign, piece.text)
    read = piece if text == piece.text else replace(piece, text=text)
    tokens = context.tokens(piece) if read is piece else tokens_of(read, context.style)
    yield from equations_among(read, with_products(tokens, names))


def _sign(found: re.Match[str]) -> str:
    """Return a sign of equality with blanks around it, as long as the words."""
    return " =".ljust(len(found[0]))
