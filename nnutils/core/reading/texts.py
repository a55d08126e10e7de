"""A text that somebody gives: whether it is one, and short enough to be read at once."""

from __future__ import annotations

import re

from nnutils.core.errors import NNUtilsError
from nnutils.core.messages import shown_with_type

__all__ = ["needs_text"]

_HALVES = re.compile("[\ud800-\udfff]")


def needs_text(text: object, longest: int, error: type[NNUtilsError], remedy: str = "") -> str:
    """Return ``text`` if it is a text of at most ``longest`` characters that can be written in UTF-8.

    Raises:
        NNUtilsError: of the kind ``error``, for anything but text, for one that is too long, and for half of
            a pair of surrogates, which is no character.

    >>> from nnutils.core.errors import ExpressionError
    >>> needs_text("3 + 4", 200, ExpressionError)
    '3 + 4'
    >>> needs_text(None, 200, ExpressionError, "Type a number.")
    Traceback (most recent call last):
    nnutils.core.errors.ExpressionError: What is read here is a text; got None of type NoneType.
      Type a number.
    """
    if not isinstance(text, str):
        raise error(f"What is read here is a text; got {shown_with_type(text)}.", remedy=remedy)
    if len(text) > longest:
        raise error(f"A text of {len(text):,} characters is too long.", remedy=f"Type at most {longest:,}.")
    if half := _HALVES.search(text):
        raise error(
            f"Character {half.start() + 1} of the text, {half[0]!r}, is half of a character.",
            remedy="Type it again, or leave it out.",
        )
    return text
