"""Files that are written whole or not at all, also when the program is stopped in between."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

__all__ = ["write_whole"]


def write_whole(path: Path, text: str) -> None:
    r"""Write a text to a file, with ``\n`` as the end of each line, so that nobody ever finds half of it.

    The text goes to a file beside it first, which then takes its place in one step. A link is followed: the
    file that it points to is replaced, and the link stays.

    Raises:
        OSError: if the folder does not exist or cannot be written; the old file stays as it was.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_whole(Path(folder) / "a.txt", "one\n")
    ...     sorted(file.name for file in Path(folder).iterdir())
    ['a.txt']
    """
    path = Path(os.path.realpath(path))
    descriptor, beside = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(beside, path.stat().st_mode if path.exists() else 0o666 & ~_mask())
        os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def _mask() -> int:
    """Return what the user's new files may not be, which can be read only by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
