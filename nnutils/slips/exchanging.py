"""One number of a question in the place of another: the previous layer's, the input's, the biases as well."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from nnutils.slips.naming import called, in_words, number_called, shown
from nnutils.slips.network_numbers import Quantity, role_of
from nnutils.slips.places import Place
from nnutils.slips.rules import groups_of
from nnutils.slips.slip import DEEPER, Slip, slip_of
from nnutils.slips.tree import Node, Number

__all__ = ["Others", "exchanged"]

_SAME_ROLE, _OTHER_ROLE = 0.9, 1.9
_HINT = "One number stands in the place of another."


class Others:
    """The other numbers of a question, one for each value: the one that fits a place best."""

    def __init__(self, among: Iterable[Quantity]) -> None:
        self.all = tuple(among)
        self._found: dict[tuple[str, str, frozenset[str]], dict[object, Quantity]] = {}
        self._rows = {quantity.words for quantity in self.all if quantity.role == "row"}
        self._of_root: dict[Node, frozenset[str]] = {}
        self._biases: dict[Node, dict[int, str]] = {}
        self._layers = frozenset(_layer_of(quantity) for quantity in self.all) - {""}

    def at(self, place: Place, role: str) -> dict[object, Quantity]:
        """Return the numbers by their values.

        Of equal ones that of the wanted role, which is the column for a count, then that of the same layer,
        then the first.
        """
        column = _column(place.node.name) if role == "count" else ""
        wanted = (role, column, self.layers(place))
        if wanted not in self._found:
            best: dict[object, Quantity] = {}
            for quantity in sorted(self.all, key=lambda quantity: _strangeness(quantity, *wanted)):
                best.setdefault(quantity.value, quantity)
            self._found[wanted] = best
        return self._found[wanted]

    def layers(self, place: Place) -> frozenset[str]:
        """Return the layers that a place may belong to, by its name or the whole value; none for a total."""
        at: Place | None = place
        while at is not None:
            name = at.node.name
            for layer in (name, name.rpartition(" of ")[2], name.partition(" ")[0]):
                if layer in self._layers:
                    return frozenset((layer,))
            root, at = at.node, at.parent
        if root not in self._of_root:
            words = f"{root.name} of "
            self._of_root[root] = frozenset(
                _layer_of(quantity)
                for quantity in self.all
                if quantity.value == root.value and quantity.words.startswith(words)
            )
        return self._of_root[root]

    def biases_of(self, place: Place) -> dict[int, str]:
        """Return the biases that may be counted with a whole value, each with what is said about them."""
        if place.node not in self._biases:
            found = self._biases_with(place.node, self.layers(place))
            self._biases[place.node] = {value: words for value, words in found if value}
        return self._biases[place.node]

    def _biases_with(self, root: Node, layers: frozenset[str]) -> Iterator[tuple[int, str]]:
        """Yield a layer's own biases, or all of a total; for connections also one for each unit."""
        counts = {quantity.words: int(quantity.value) for quantity in self.all if quantity.role == "count"}
        units = sum(int(part.value) for part in root.arguments if part.name == "units")
        if root.operation == "add" and not layers:
            wanted = {part.name for part in root.arguments} & self._layers or self._layers
            known = [layer for layer in wanted if f"biases of {layer}" in counts]
            biases = sum(counts[f"biases of {layer}"] for layer in known)
            yield biases, f"all {shown(biases)} biases are counted too"
            units = sum(counts.get(f"units of {layer}", 0) for layer in known)
        else:
            for words, value in reversed(counts.items()):
                if words.startswith("biases of ") and (
                    not layers or words.removeprefix("biases of ") in layers
                ):
                    yield value, f"the {shown(value)} {words} are counted too"
        if _column(root.name) == "connections":
            yield units, f"one bias for each of the {shown(units)} units is counted too"

    def role(self, node: Node) -> str:
        """Return what a part of a derivation is: a row of the table, or what its name says."""
        return "row" if node.name in self._rows else role_of(node)


_OF_A_LAYER = re.compile(r" (?:of|before) (\S+)(?: without .*)?$")


def _layer_of(quantity: Quantity) -> str:
    """Return the layer that a number belongs to; '' where its words name none."""
    found = _OF_A_LAYER.search(quantity.words)
    return found[1] if found else ""


def _column(words: str) -> str:
    return words.removeprefix("the ").split(" ")[0]


def _strangeness(quantity: Quantity, role: str, column: str, layers: frozenset[str]) -> tuple[bool, bool]:
    same = quantity.role == role and (role != "count" or _column(quantity.words) == column)
    return (not same, _layer_of(quantity) not in layers)


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
                    yield _slip(place, quantity, role, number_called(side, in_words(name)))
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
    others = all_others.at(place, role)
    parts: dict[object, Quantity] = {}
    for node in beside:
        same = others.get(node.value)
        if node.name and (same is None or same.role != role):
            parts.setdefault(node.value, Quantity(role_of(node), in_words(node.name), node.value))
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
    words = f"{number_called(quantity.value, in_words(quantity.words))} stands in the place of {instead_of}"
    return slip_of("another number", rank, _HINT, words)


def _biases(place: Place, others: Others) -> Iterator[Slip]:
    """Yield the slip that counts biases where they are not asked for."""
    for value, words in others.biases_of(place).items():
        if place.fits(place.node.value + value):
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
