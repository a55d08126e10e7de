"""Where a line must not break: between a number and its percent sign, and inside a size such as 3 × 3."""

from __future__ import annotations

import re

__all__ = ["kept_together"]

_NO_BREAK = "\N{NO-BREAK SPACE}"
_PERCENT = re.compile(r"(?:(?<=\d)|^) (?=%)")  # at the beginning: behind a worked number
_TIMES = re.compile(r"(?<=\d) × (?=\d)")


def kept_together(text: str) -> str:
    """Return a text with spaces that do not break where a number would fall apart.

    >>> kept_together("30.9 % of 3 × 3 are 5 · 7").replace("\\N{NO-BREAK SPACE}", "~")
    '30.9~% of 3~×~3 are 5 · 7'
    """
    return _TIMES.sub(f"{_NO_BREAK}×{_NO_BREAK}", _PERCENT.sub(_NO_BREAK, text))
