"""Runs jupyter-book on the sources of a site, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from nnutils.core.errors import BookError

__all__ = ["build_site"]

_MAIN = "from jupyter_book.cli.main import main; main()"
_LAST = 12  # lines of what it said, which the message of an error holds


def build_site(sources: Path, *options: str) -> Path:
    """Build the site of a folder of sources with these options; return the folder of its pages.

    Raises:
        BookError: where jupyter-book fails; the message holds its last lines.
    """
    command = [sys.executable, "-c", _MAIN, "build", str(sources), *options, "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        last = "\n".join((done.stdout + done.stderr).splitlines()[-_LAST:])
        raise BookError(f"jupyter-book stopped:\n{last}", remedy="Build the book itself first: make book")
    return sources / "_build/html"
