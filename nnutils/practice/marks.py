"""The marks of a question's parts, as they are written behind each part."""

from __future__ import annotations

from collections.abc import Mapping

from nnutils.core.words import counted

__all__ = ["earned"]


def earned(parts: Mapping[str, int]) -> dict[str, str]:
    """Return the words for the marks of each part, by its label.

    >>> earned({"a": 4, "b": 1})
    {'a': '*[4 marks]*', 'b': '*[1 mark]*'}
    """
    return {label: f"*[{counted(marks, 'mark')}]*" for label, marks in parts.items()}
