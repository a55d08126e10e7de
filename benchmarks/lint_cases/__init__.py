"""Worked solutions drawn from a seed, in several styles of writing, right or with slips at known places.

Eight sets of styles: ``first`` was written before the checker, the others after it by somebody who had
neither read the checker nor run it. The right numbers come from ``nnutils``, and each is compared with the
arithmetic that the sheet itself determines; the wrong ones are slips of the pen, or slips that
``nnutils.slips.predict`` knows.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from . import eighth, fifth, first, fourth, second, seventh, sixth, third
from .case import Case, Placed
from .styles import STYLES

__all__ = ["SETS", "STYLES", "Case", "Placed", "draw"]

SETS = {
    made.__name__.rpartition(".")[2]: tuple(
        name for name, style in STYLES.items() if style.__module__.startswith(f"{made.__name__}.")
    )
    for made in (first, second, third, fourth, fifth, sixth, seventh, eighth)
}
"""The styles of each set. All sets enter their styles when they are imported."""


def draw(number: int, seed: int = 1) -> Iterator[Case]:
    """Yield so many sheets, the styles in turns, the same for the same seed."""
    chance = random.Random(seed)
    names = list(STYLES)
    for place in range(number):
        name = names[place % len(names)]
        yield STYLES[name](chance, f"{name}-{place // len(names) + 1}")
