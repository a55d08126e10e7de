"""What the sheet of spring states about two dice, judged by counting the outcomes one by one."""

from __future__ import annotations

from itertools import product

from nnutils.audit import Audit

__all__ = ["audit"]

SIDES = 6


def _ways(total: int) -> int:
    return sum(a + b == total for a, b in product(range(1, SIDES + 1), repeat=2))


def audit() -> Audit:
    """Return the judged audit."""
    outcomes = len(list(product(range(SIDES), repeat=2)))
    judged = Audit.of(__file__)
    judged.check("spring-q1-outcomes", outcomes)
    judged.check("spring-q1-ways", _ways(7))
    judged.check("spring-q1-probability", _ways(7) / outcomes)
    unordered = sum(a + b == 4 for a in range(1, SIDES + 1) for b in range(a, SIDES + 1))
    judged.check("spring-q1-ways-to-four", _ways(4), slips={"1 + 3 and 3 + 1 are counted as one": unordered})
    p = _ways(7) / outcomes
    judged.check("spring-q1-product", p * p, given={"p": p}, slips={"added in place of multiplied": "p + p"})
    judged.figures["four"] = _ways(4)
    return judged
