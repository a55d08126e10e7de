"""What is known of one statement after it was looked at: where it stands, its verdict, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["UNCHECKED", "Cause", "Finding", "Note", "Verdict"]

Verdict = Literal["right", "wrong", "rounded", "suspicious", "unchecked"]
"""``rounded``: the last digit is off by one, as after rounding on the way.

``suspicious``: wrong in one reading only.
"""

Cause = Literal[
    "",
    "name",
    "two values",
    "function",
    "letters",
    "unreadable",
    "undefined",
    "too large",
    "too long",
    "context",
]

UNCHECKED: dict[Cause, str] = {
    "name": "a name has no value",
    "two values": "a name has two values",
    "function": "a function is not known",
    "letters": "it is about letters, not numbers",
    "unreadable": "a part could not be read",
    "undefined": "it has no value, such as a division by zero",
    "too large": "a number is too large",
    "too long": "a side has more parts than are read",
    "context": "it needs what the sheet does not say",
}
"""Why a statement was not checked, in words."""


@dataclass(frozen=True)
class Finding:
    """A statement of a sheet, judged: line and column from 1, as written, what is right instead, and why.

    ``start`` and ``end`` are offsets in the source of the sheet. ``kind`` says what sort of statement it is
    ('arithmetic', 'total', 'output size'), ``cause`` why it was not checked, one of ``UNCHECKED``.
    ``slips`` are sentences, most plausible first, that say how the stated value may have come about.
    """

    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    statement: str
    kind: str
    verdict: Verdict
    stated: str = ""
    computed: str = ""
    why: str = ""
    slips: tuple[str, ...] = ()
    cause: Cause = ""
    part: str = ""


@dataclass(frozen=True)
class Note:
    """Something to know about a sheet that is no statement of it, such as a comment that silences nothing.

    Line and column are from 1; ``start`` and ``end`` are offsets in the source of the sheet.
    """

    start: int
    end: int
    line: int
    column: int
    text: str
    part: str = ""
