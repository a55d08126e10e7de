"""Which reader a sheet goes to: the end of its name says the format."""

from __future__ import annotations

from nnutils.core.errors import LintError
from nnutils.lint.sheets import Sheet, piece_of

__all__ = ["read_sheet"]


def read_sheet(source: str | bytes, name: str) -> Sheet:
    """Return the sheet that a source holds.

    Raises:
        LintError: for a format that is not known, and for a source that is not in the format of its name.
    """
    if isinstance(source, bytes):
        try:
            source = source.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise LintError(f"{name} is not UTF-8 text: {error}.", remedy="Save it as UTF-8.") from None
    return Sheet(name, source, (piece_of(source),))
