"""The reference of a book: entries from docstrings, links that lead to them, how the book is checked.

The Sphinx side is in ``pages``; pytest writes the record of a full run with ``recording``.
"""

from nnutils.book.pages.reference.checked import text_of_checks
from nnutils.book.pages.reference.code_links import NamesInCode, with_links
from nnutils.book.pages.reference.terms import link_terms
from nnutils.book.runs.records import Holdings, Run, holdings, read_run

__all__ = [
    "Holdings",
    "NamesInCode",
    "Run",
    "holdings",
    "link_terms",
    "read_run",
    "text_of_checks",
    "with_links",
]
