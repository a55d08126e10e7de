"""What is done to the code of a notebook when it is stored: drawing code is hidden, hidden code labelled."""

from __future__ import annotations

from typing import Any

from nbconvert.preprocessors import Preprocessor

from nnutils.book.pages.folding.marks import marked

__all__ = ["MarkCode"]


class MarkCode(Preprocessor):
    """A preprocessor of nbconvert: code that only draws is hidden, and hidden code says what it does."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook with the marks of its code cells; nbconvert calls this once."""
        return marked(nb), resources
