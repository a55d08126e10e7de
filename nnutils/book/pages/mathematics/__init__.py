"""Formulas rendered where the book is built: TeX becomes MathML, and the site's font holds what they use.

Temml does it, in V8 from a wheel: a reader's browser runs no script for the formulas of a page. The same
Temml typesets in the browser what is made there, variants and live panels, and is loaded for these only.
"""

from nnutils.core.extras import need

need("nnutils.book.pages.mathematics", "py_mini_racer", "fontTools", "brotli", extra="book")

from nnutils.book.pages.mathematics.characters import characters_of
from nnutils.book.pages.mathematics.fonts import style_sheet
from nnutils.book.pages.mathematics.markup import typeset
from nnutils.book.pages.mathematics.rendering import mathml

__all__ = ["characters_of", "mathml", "style_sheet", "typeset"]
