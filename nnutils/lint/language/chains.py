"""Chains of relations in a text, a = b ≈ c: what stands on each side, and what the whole is called."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from nnutils.lint.language.clauses import clause_after, clause_before, partners
from nnutils.lint.language.links import Link, links_among
from nnutils.lint.language.sides import Side, label_before, side_after, side_before, whole_side
from nnutils.lint.language.tokens import Token

__all__ = ["Chain", "chains_in"]


@dataclass(frozen=True)
class Chain:
    """Sides with a link between each two, and what the first of them is called, if something."""

    sides: tuple[Side, ...]
    links: tuple[Link, ...]
    label: tuple[str, ...] = ()


def chains_in(tokens: Sequence[Token], names: Collection[tuple[str, ...]] = ()) -> list[Chain]:
    """Return the chains of relations among tokens, in order."""
    links = links_among(tokens)
    if not links:
        return []
    partner = partners(tokens)
    chains: list[Chain] = []
    sides: list[Side] = []
    used: list[Link] = []
    label: tuple[str, ...] = ()
    for index, link in enumerate(links):
        if used and link.weak and not (sides[-1].node is not None and sides[-1].node.operations):
            chains.append(Chain(tuple(sides), tuple(used), label))
            used = []
        if not used:
            first = clause_before(tokens, link.first, partner)
            side = side_before(tokens, first, link.first, names, weak=link.weak)
            sides, label = [side], label_before(tokens, first, side)
        following = links[index + 1] if index + 1 < len(links) else None
        stop = clause_after(tokens, link.last, partner)
        used.append(link)
        if following is not None and stop == following.first:
            whole = whole_side(tokens, link.last, stop, names)
            if whole is not None:
                sides.append(whole)
                continue
        sides.append(side_after(tokens, link.last, stop, names))
        chains.append(Chain(tuple(sides), tuple(used), label))
        used = []
    return chains
