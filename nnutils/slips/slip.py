"""One slip: its kind, what to say before the working is asked for, and the sentence with its numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["DEEPER", "Slip", "slip_of"]

DEEPER = 0.03
"""What a slip inside a derivation loses in plausibility, for each level."""


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


def slip_of(kind: str, rank: float, hint: str, words: str) -> Slip:
    """Return a slip whose sentence is these words, with a capital letter and a full stop.

    >>> str(slip_of("a sign lost", 0.8, "Look at the sign.", "a sign is lost"))
    'A sign is lost.'
    """
    return Slip(kind, hint, words[0].upper() + words[1:] + ".", rank)
