"""Worked solutions drawn from a seed, in several styles of writing, right or with slips at known places.

Written before the checker that they measure. The right numbers come from ``nnutils``, and each is compared
with the arithmetic that the sheet itself determines; the wrong ones are slips of the pen, or slips that
``nnutils.slips.predict`` knows.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from . import foreign, latex, markdown, notebooks, plain, web
from .case import Case, Placed
from .styles import STYLES

__all__ = ["STYLES", "Case", "Placed", "draw"]

_ = (foreign, latex, markdown, notebooks, plain, web)


def draw(number: int, seed: int = 1) -> Iterator[Case]:
    """Yield so many sheets, the styles in turns, the same for the same seed."""
    chance = random.Random(seed)
    names = list(STYLES)
    for place in range(number):
        name = names[place % len(names)]
        yield STYLES[name](chance, f"{name}-{place // len(names) + 1}")
