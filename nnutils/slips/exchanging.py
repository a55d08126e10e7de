"""One number of a question in the place of another: the previous layer's, the input's, the biases as well."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction

from nnutils.slips.network_numbers import Quantity, role_of
from nnutils.slips.places import Place
from nnutils.slips.rules import called, groups_of, shown
from nnutils.slips.slip import DEEPER, Slip, slip_of
from nnutils.slips.tree import Node, Number

__all__ = ["Others", "exchanged"]

_SAME_ROLE, _OTHER_ROLE = 0.9, 1.9
_HINT = "One number stands in the place of another."


class Others:
    """The other numbers of a question, one for each value: of a wanted role where there is one."""

    def __init__(self, among: Iterable[Quantity]) -> None:
        self.all = tuple(among)
        self._by_role: dict[str, dict[object, Quantity]] = {}
        self._rows = {quantity.words for quantity in self.all if quantity.role == "row"}

    def of(self, role: str) -> dict[object, Quantity]:
        """Return the numbers by their values."""
        if role not in self._by_role:
            ordered = sorted(self.all, key=lambda quantity: quantity.role == role)
            self._by_role[role] = {quantity.value: quantity for quantity in ordered}
        return self._by_role[role]

    def role(self, node: Node) -> str:
        """Return what a part of a derivation is: a row of the table, or what its name says."""
        return "row" if node.name in self._rows else role_of(node)


def exchanged(place: Place, others: Others) -> Iterator[Slip]:
    """Yield the slips that put another number of the same question in the place of one."""
    node = place.node
    role = others.role(node)
    if role and (node.given or role in ("count", "row")) and not _is_one_side(place):
        beside = () if place.parent is None else place.parent.node.arguments
        for quantity in _fitting(place, role, others, beside):
            if quantity.value != node.value:
                yield _slip(place, quantity, role, called(node))
    if node.operation == "multiply":
        for name, pair in groups_of(node):
            side, role = pair[0].value, role_of(pair[0])
            rest = math.prod(part.value for part in node.arguments if part not in pair)
            for quantity in _fitting(place, role, others, node.arguments, rest):
                if quantity.value != side:
                    yield _slip(place, quantity, role, f"{name} {shown(side)}")
    if place.parent is None:
        yield from _biases(place, others)
        yield from _a_layer_of_the_total(place, others)


def _is_one_side(place: Place) -> bool:
    """Whether the place is one side of a square: nobody changes only one of the two."""
    return place.parent is not None and any(place.node in pair for _, pair in groups_of(place.parent.node))


def _fitting(
    place: Place, role: str, all_others: Others, beside: Iterable[Node], rest: Number | None = None
) -> list[Quantity]:
    """Return the numbers that would do at a place: others of the question, and named parts beside it.

    There is one of each value, of the wanted role where possible. With ``rest``, a product, they are to stand
    there twice, as both sides of a square.
    """
    others = all_others.of(role)
    parts: dict[object, Quantity] = {}
    for node in beside:
        same = others.get(node.value)
        if node.name and (same is None or same.role != role):
            parts[node.value] = Quantity(role_of(node), node.name.replace("_", " "), node.value)
    wanted = place.exactly
    if wanted is None:
        return [
            quantity
            for quantity in {**others, **parts}.values()
            if place.fits(quantity.value if rest is None else rest * quantity.value**2)
        ]
    if rest is not None:  # only one number has the square that is missing
        square = Fraction(wanted) / Fraction(rest) if rest and wanted > 0 else Fraction(0)
        wanted = math.isqrt(square.numerator) if square.denominator == 1 else 0
        if wanted**2 != square:
            return []
    quantity = parts.get(wanted) or others.get(wanted)
    return [quantity] if quantity else []


def _slip(place: Place, quantity: Quantity, role: str, instead_of: str) -> Slip:
    rank = (_SAME_ROLE if quantity.role == role else _OTHER_ROLE) + DEEPER * place.depth
    the = "" if quantity.role == "row" else "the "
    words = f"{shown(quantity.value)}, {the}{quantity.words}, in the place of {instead_of}"
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
