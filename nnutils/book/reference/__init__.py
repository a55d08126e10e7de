"""The reference of a book: entries from docstrings, links that lead to them, how the book is checked.

The Sphinx side is in ``pages``; pytest writes the record of a full run with ``recording``.
"""

from nnutils.book.reference.checked import checked
from nnutils.book.reference.code_links import NamesInCode, with_links
from nnutils.book.reference.records import Holdings, Run, holdings, read_run
from nnutils.book.reference.terms import link_terms

__all__ = ["Holdings", "NamesInCode", "Run", "checked", "holdings", "link_terms", "read_run", "with_links"]
