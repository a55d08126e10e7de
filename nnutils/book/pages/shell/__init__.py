"""The shell of every page: its head, styles, scripts and icons, so that a page is light and shows at once.

``nnutils.book.site`` connects it. It knows one theme, ``sphinx_book_theme``, and leaves others alone.
"""

from __future__ import annotations

__all__: list[str] = []
