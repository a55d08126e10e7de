"""The text of a file, or one sentence that says why it cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

from nnutils.core.errors import NNUtilsError

__all__ = ["LARGEST", "file_text", "has_file", "has_folder", "is_listed"]

LARGEST = 5_000_000
"""Bytes of the largest text file that is read."""


def file_text(path: Path, name: str, error: type[NNUtilsError], largest: int = LARGEST) -> str:
    """Return what a file holds, as text in UTF-8; ``name`` is what an error calls it.

    Raises:
        NNUtilsError: of the kind ``error``, for a file that is not there or is a folder, a link that leads
            to itself, a file that may not be read, one that is too large, and bytes that are not UTF-8.
    """
    try:
        # Neither a folder nor a pipe, from which nothing may ever come, holds a text.
        if is_listed(path) and not path.is_file():
            kind = "a folder" if path.is_dir() else "a link that leads nowhere" if path.is_symlink() else ""
            raise error(f"{name} is {kind or 'no ordinary file'}.", remedy="Put a text file in its place.")
        with path.open("rb") as stream:
            content = stream.read(largest + 1)
    except OSError as problem:
        raise error(
            f"{name} cannot be read: {problem.strerror or problem}.", remedy="Name a file that can be read."
        ) from None
    if len(content) > largest:
        raise error(f"{name} is larger than {largest:,} bytes.", remedy="Split it.")
    try:
        # As text files are opened: every line ends in a line feed.
        return content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as problem:
        raise error(
            f"{name} is not UTF-8 text: byte {problem.start + 1} is {content[problem.start]:#04x}.",
            remedy="Save it as UTF-8.",
        ) from None


def has_file(path: Path) -> bool:
    """Return whether there is a file; a name that no file can have names none."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # too long, a link to itself, or a null character in it
        return False


def has_folder(path: Path) -> bool:
    """Return whether there is a folder; a name that no folder can have names none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def is_listed(path: Path) -> bool:
    """Return whether the folder lists something of this name, be it a file, a folder or a broken link."""
    try:
        return os.path.lexists(path)
    except (OSError, ValueError):
        return False
