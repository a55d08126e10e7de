"""The cell magic ``%%prose``: a cell that holds a sentence, and shows it with its figures."""

from __future__ import annotations

import gc

from IPython.core.interactiveshell import InteractiveShell

from nnutils.book.prose import holds, render, without_markup

__all__ = ["COLLECTING", "MAGIC", "load_ipython_extension"]

MAGIC = "%%prose"
"""How such a cell begins."""

COLLECTING = (50_000, 20, 50)
"""How many new objects Python makes before it looks for unused ones; by itself it is 700.

torch and SymPy make hundreds of thousands that stay, and to look through them again and again is a fifth of
what importing them costs.
"""


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Make ``%%prose`` known to an IPython; called by ``%load_ext nnutils.book``."""
    gc.set_threshold(*COLLECTING)

    def prose(line: str, cell: str) -> None:
        """Show the cell's text as Markdown, with each ``{{ expression }}`` computed.

        ``%%prose if condition`` shows it only where the condition holds.
        """
        if not holds(line, shell.user_ns):
            return
        markdown = render(cell.strip(), shell.user_ns)
        bundle = {"text/markdown": markdown, "text/plain": without_markup(markdown)}
        shell.display_pub.publish(bundle)

    shell.register_magic_function(prose, "cell", "prose")  # type: ignore[arg-type]
