"""One number of a question in the place of another: the previous layer's, the input's, the biases as well."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from nnutils.slips.network_numbers import Quantity, role_of
from nnutils.slips.places import Place
from nnutils.slips.rules import called, groups_of, shown
from nnutils.slips.slip import DEEPER, Slip, slip_of
from nnutils.slips.tree import Node

__all__ = ["Others", "exchanged"]

_SAME_ROLE, _OTHER_ROLE = 0.9, 1.9
_HINT = "One number stands in the place of another."


class Others:
    """The other numbers of a question, one for each value: of a wanted role where there is one."""

    def __init__(self, among: Iterable[Quantity]) -> None:
        self.all = tuple(among)
        self._by_role: dict[str, dict[object, Quantity]] = {}

    def of(self, role: str) -> dict[object, Quantity]:
        """Return the numbers by their values."""
        if role not in self._by_role:
            ordered = sorted(self.all, key=lambda quantity: quantity.role == role)
            self._by_role[role] = {quantity.value: quantity for quantity in ordered}
        return self._by_role[role]


def exchanged(place: Place, others: Others) -> Iterator[Slip]:
    """Yield the slips that put another number of the same question in the place of one."""
    node = place.node
    role = role_of(node)
    if role and (node.given or role == "count") and not _is_one_side(place):
        for quantity in {**others.of(role), **_beside(place)}.values():
            if quantity.value != node.value and place.fits(quantity.value):
                yield _slip(place, quantity, role, called(node))
    if node.operation == "multiply":
        for name, pair in groups_of(node):
            side, role = pair[0].value, role_of(pair[0])
            rest = math.prod(part.value for part in node.arguments if part not in pair)
            for quantity in {**others.of(role), **_parts(node.arguments)}.values():
                if quantity.value != side and place.fits(rest * quantity.value**2):
                    yield _slip(place, quantity, role, f"{name} {shown(side)}")
    if place.parent is None:
        yield from _biases(place, others)
        yield from _a_layer_of_the_total(place, others)


def _is_one_side(place: Place) -> bool:
    """Whether the place is one side of a square: nobody changes only one of the two."""
    return place.parent is not None and any(place.node in pair for _, pair in groups_of(place.parent.node))


def _beside(place: Place) -> dict[object, Quantity]:
    """Return the named parts of the same product or sum."""
    return {} if place.parent is None else _parts(place.parent.node.arguments)


def _parts(nodes: Iterable[Node]) -> dict[object, Quantity]:
    return {
        node.value: Quantity(role_of(node), node.name.replace("_", " "), node.value)
        for node in nodes
        if node.name
    }


def _slip(place: Place, quantity: Quantity, role: str, instead_of: str) -> Slip:
    rank = (_SAME_ROLE if quantity.role == role else _OTHER_ROLE) + DEEPER * place.depth
    words = f"{shown(quantity.value)}, the {quantity.words}, in the place of {instead_of}"
    return slip_of("another number", rank, _HINT, words)


def _biases(place: Place, others: Others) -> Iterator[Slip]:
    """Yield the slip that counts biases where they are not asked for."""
    for quantity in others.all:
        if quantity.words.startswith("biases of") and place.fits(place.node.value + quantity.value):
            words = f"the {shown(quantity.value)} {quantity.words} are counted too"
            yield slip_of("biases counted", 0.5, "Are biases asked for?", words)


def _a_layer_of_the_total(place: Place, others: Others) -> Iterator[Slip]:
    """Yield the slips that leave out or repeat a layer whose share stands in two places of a total."""
    if place.node.name != "parameters":
        return
    for quantity in others.all:
        if quantity.words.startswith("parameters of"):
            words = f"the {shown(quantity.value)} {quantity.words} are"
            if place.fits(place.node.value - quantity.value):
                yield slip_of("a term left out", 1.0, "A term is missing.", f"{words} left out of the sum")
            if place.fits(place.node.value + quantity.value):
                yield slip_of("a term used twice", 1.6, "A term is there twice.", f"{words} added twice")
