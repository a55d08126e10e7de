"""One slip: its kind, what to say before the working is asked for, and the sentence with its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = ["DEEPER", "Slip", "either", "slip_of", "ties"]

DEEPER = 0.03
"""What a slip inside a derivation loses in plausibility, for each level."""


_SAME_RANK = 1e-9  # ranks are sums of decimals


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


def ties(slips: Sequence[Slip]) -> tuple[Slip, ...]:
    """Return the most plausible slips of a sorted list: the first, and those that are as plausible.

    >>> slips = [slip_of(kind, rank, "", kind) for kind, rank in (("a", 1), ("b", 1), ("c", 2))]
    >>> [slip.kind for slip in ties(slips)]
    ['a', 'b']
    """
    return tuple(slip for slip in slips if slip.rank - slips[0].rank < _SAME_RANK)


def either(slips: Sequence[Slip]) -> str:
    """Say the most plausible slip, and with it those that are as plausible; nothing where there is none.

    >>> either([slip_of("a", 1, "", "a zero is lost"), slip_of("b", 1, "", "a factor is left out")])
    'Either: A zero is lost. Or: A factor is left out.'
    >>> either([slip_of("a", 1, "", "a zero is lost")])
    'A zero is lost.'
    """
    best = [slip.sentence for slip in ties(slips)]
    return (
        " ".join([f"Either: {best[0]}", *(f"Or: {one}" for one in best[1:])]) if best[1:] else "".join(best)
    )
