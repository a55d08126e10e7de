"""Chance that gives the same variant on every Python: everything is made from ``Random(seed).random()``."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import TypeVar

from nnutils.core.errors import PracticeError
from nnutils.core.messages import shown, shown_with_type

__all__ = ["Draw"]

T = TypeVar("T")

_MOST_TRIES = 10_000


class Draw:
    """A source of random choices, the same for the same seed on every Python and every machine.

    Raises:
        PracticeError: for a seed that is not a whole number, and for a choice out of nothing.

    >>> draw = Draw(7)
    >>> draw.whole(1, 6), draw.choice(["a", "b", "c"]), draw.several([2, 3, 5, 7], 2)
    (2, 'a', [5, 2])
    """

    def __init__(self, seed: int) -> None:
        if type(seed) is not int:
            raise PracticeError(
                f"The seed {shown_with_type(seed)} is not a whole number.", remedy="Use 1, 2, 3, ..."
            )
        self._random = random.Random(seed)

    def whole(self, low: int, high: int, step: int = 1) -> int:
        """Return one of low, low + step, ..., not above high, each as likely as the others."""
        return self.choice(range(low, high + 1, step))

    def choice(self, options: Sequence[T]) -> T:
        """Return one of the options, each as likely as the others."""
        if not options:
            raise PracticeError("There is nothing to choose from.", remedy="Give at least one option.")
        # The only draw that Python promises to keep is random(), which is always below 1.
        return options[math.floor(self._random.random() * len(options))]

    def several(self, options: Sequence[T], count: int) -> list[T]:
        """Return ``count`` different options, in random order."""
        left = list(options)
        if not 0 <= count <= len(left):
            raise PracticeError(
                f"{count} different ones of {len(left)} options cannot be drawn.",
                remedy=f"Ask for at most {len(left)}.",
            )
        return [left.pop(self.choice(range(len(left)))) for _ in range(count)]

    def decimal(self, low: float, high: float, places: int) -> float:
        """Return a number between low and high (both included) with so many decimal places."""
        scale: int = 10**places
        return self.whole(round(low * scale), round(high * scale)) / scale

    def until(self, propose: Callable[[], T], accept: Callable[[T], bool]) -> T:
        """Return the first proposal that is accepted; ``propose`` draws from this source.

        Raises:
            PracticeError: where 10,000 proposals are refused.
        """
        for _ in range(_MOST_TRIES):
            proposal = propose()
            if accept(proposal):
                return proposal
        raise PracticeError(
            f"{_MOST_TRIES:,} draws in a row were refused, the last one {shown(proposal)}.",
            remedy="Draw from values that fit more often, or accept more.",
        )
