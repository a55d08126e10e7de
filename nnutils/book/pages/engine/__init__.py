"""Python in the reader's browser: variants of a question, and panels that answer what is typed.

``bundle`` packs what runs there; ``files/`` holds the scripts that run it. Pyodide itself comes from a folder
``pyodide`` at the root of the site, and a book without it builds as well.
"""

from nnutils.book.pages.engine.bundle import make_bundle
from nnutils.book.pages.engine.panel_markup import panel

__all__ = ["make_bundle", "panel"]
