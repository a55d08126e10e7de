"""Arrows that lead from working to its result: '(3 − 7)² → 16, (5 − 7)² → 4'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nnutils.lint.checks.relations.judging import compared, is_lone
from nnutils.lint.language import Chain

__all__ = ["with_sure_arrows"]

_FEWEST = 2


def with_sure_arrows(chains: Sequence[Chain]) -> list[Chain]:
    """Return the chains of a paragraph, arrows as signs of equality where enough of them lead to values.

    An arrow alone may lead to anything: to the next size, to what comes next. Where two or more of a
    paragraph, and at least half, lead from arithmetic to its value, the others are meant to do so, too.
    """
    arrows = [place for place, chain in enumerate(chains) if _leads_to_a_number(chain)]
    right = sum(_holds(chains[place]) for place in arrows)
    made = list(chains)
    if right >= _FEWEST and 2 * right >= len(arrows):
        for place in arrows:
            link = replace(chains[place].links[0], sign="=", weak=False)
            made[place] = replace(chains[place], links=(link,))
    return made


def _leads_to_a_number(chain: Chain) -> bool:
    if len(chain.links) != 1 or chain.links[0].sign != "→":
        return False
    left, right = chain.sides[0].node, chain.sides[1].node
    if left is None or right is None or left.names or right.names:
        return False
    return bool(left.operations) and not is_lone(left) and is_lone(right)


def _holds(chain: Chain) -> bool:
    left, right = chain.sides[0].node, chain.sides[1].node
    assert left is not None and right is not None
    return compared(left, "=", right, {}).verdict == "right"
