"""Python code as a tree, where a text may be such code."""

from __future__ import annotations

import ast
import warnings

__all__ = ["parsed_python"]


def parsed_python(text: str) -> ast.Module | None:
    """Return the tree of a text that is Python code, and None of any other text.

    What Python would warn of, as of a number that a word follows at once, is not said to the reader.

    >>> parsed_python("n = 7").body[0].targets[0].id
    'n'
    >>> parsed_python("The size is 7.")
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
