"""One slip: its kind, what to say before the working is asked for, and the sentence with its numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Slip"]


@dataclass(frozen=True)
class Slip:
    """A slip that gives the stated number.

    ``kind`` is its name in the table of rules. ``hint`` says what went wrong without a number that gives the
    answer away; ``sentence``, which is also ``str()``, has the numbers. A smaller ``rank`` is more plausible.
    """

    kind: str
    hint: str
    sentence: str
    rank: float = field(default=0.0, compare=False)

    def __str__(self) -> str:
        return self.sentence
