"""What a book of lessons needs beside the library: sentences with computed figures, and a ``Lesson``.

After ``%load_ext nnutils.book`` a notebook can have cells that begin with ``%%prose``: Markdown, with
expressions in double braces. The output is compared on every run like any other, and it reads the same in
JupyterLab, in a plain viewer and on the site.
"""

from nnutils.core.extras import need

need("nnutils.book", "IPython", extra="book")

from nnutils.book.lesson import Lesson, Sheets
from nnutils.book.magic import load_ipython_extension
from nnutils.book.prose import ProseError, render

__all__ = ["Lesson", "ProseError", "Sheets", "load_ipython_extension", "render"]
