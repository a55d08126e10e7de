"""One number of a question in place of another: the previous layer's, the input's; biases counted as well."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from nnutils.slips.naming import called, in_words, number_called, shown
from nnutils.slips.network_numbers import COUNTED, MISTAKEN_FOR, Quantity, role_of, sort_of
from nnutils.slips.places import Place
from nnutils.slips.rules import PLAIN, RULES, counts_operations, groups_of
from nnutils.slips.slip import DEEPER, Slip, slip_of
from nnutils.slips.tree import Node, Number

__all__ = ["Others", "exchanged"]

_SAME_ROLE, _OTHER_ROLE = 0.9, 1.9
_AFTER_RULES = PLAIN + 0.05
_COMPUTED = (*COUNTED, "row")  # numbers that are exchanged although they are computed in the derivation
_SAME = 1e-12  # floats computed in two ways
_HINT = "One number is used in place of another."


@dataclass(frozen=True, slots=True)
class _Known:
    """A number that may be used in place of another, with its sort and its layer."""

    quantity: Quantity
    sort: str
    layer: str


class Others:
    """The other numbers of a question; of those with the same value the one that fits a place best."""

    def __init__(self, among: Iterable[Quantity]) -> None:
        self._all = [_Known(one, sort_of(one.role, one.words), _layer_of(one)) for one in among]
        self._by_value: dict[Number, list[_Known]] = {}
        for known in self._all:
            self._by_value.setdefault(known.quantity.value, []).append(known)
        self._layers = frozenset(known.layer for known in self._all) - {""}
        self._rows = {known.quantity.words for known in self._all if known.sort == "row"}
        self._of_root: dict[Node, frozenset[str]] = {}
        self._biases: dict[Node, dict[Number, str]] = {}

    def with_value(self, value: Number, place: Place, sort: str) -> Quantity | None:
        """Return the number of this value that people put at a place of some sort; None where there is none.

        Of several it is one of the same sort, then of the same role, then of the same layer, then the first.
        """
        same = [known for known in self._by_value.get(value, ()) if known.sort in MISTAKEN_FOR[sort]]
        if len(same) > 1:
            role, layers = _role(sort), self.layers(place)
            same.sort(key=lambda one: (one.sort != sort, _role(one.sort) != role, one.layer not in layers))
        return same[0].quantity if same else None

    def every(self, place: Place, sort: str) -> list[Quantity]:
        """Return all numbers that people put at a place of some sort, one for each value."""
        found = (self.with_value(value, place, sort) for value in self._by_value)
        return [quantity for quantity in found if quantity is not None]

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
                known.layer
                for known in self._by_value.get(root.value, ())
                if known.quantity.words.startswith(words)
            )
        return self._of_root[root]

    def parameters_of_layers(self) -> Iterator[tuple[str, Number]]:
        """Yield the parameters of each layer, in words and as a number."""
        for known in self._all:
            if known.sort == "parameters" and known.layer:
                yield known.quantity.words, known.quantity.value

    def biases_of(self, place: Place) -> dict[Number, str]:
        """Return the biases that may be counted with a whole value, each with what is said about them."""
        if place.node not in self._biases:
            found = self._biases_with(place.node, self.layers(place))
            self._biases[place.node] = {value: words for value, words in found if value}
        return self._biases[place.node]

    def _biases_with(self, root: Node, layers: frozenset[str]) -> Iterator[tuple[Number, str]]:
        """Yield a layer's own biases, or all of a total; and one for each unit, where units are read."""
        operations = counts_operations(root)
        if not operations and self.sort(root) not in ("weights", "parameters", "connections"):
            return
        if any(part.name.startswith("biases") for one in root.arguments for part in (one, *one.arguments)):
            return  # they are in it already
        total = not layers and root.operation == "add"
        if total:
            layers = frozenset(part.name for part in root.arguments) & self._layers or self._layers
        counts = {known.quantity.words: known.quantity.value for known in self._all if known.sort in COUNTED}
        known = [layer for layer in sorted(layers) if f"biases of {layer}" in counts]
        for group in [known] if total else [[layer] for layer in known]:
            if not operations:
                number = sum(counts[f"biases of {layer}"] for layer in group)
                biases = (
                    f"all {shown(number)} biases" if total else f"the {shown(number)} biases of {group[0]}"
                )
                yield number, f"{biases} are counted too"
            if operations or self.sort(root) == "connections":
                units = sum(counts.get(f"units of {layer}", 0) for layer in group)
                yield units, f"one bias for each of the {shown(units)} units is counted too"

    def sort(self, node: Node) -> str:
        """Return what sort of number a part of a derivation is: a row of the table, or what its name says."""
        return "row" if node.name in self._rows else sort_of(role_of(node), node.name)


_OF_A_LAYER = re.compile(r" (?:of|before) (\S+)(?: without .*)?$")


def _layer_of(quantity: Quantity) -> str:
    """Return the layer that a number belongs to; '' where its words name none."""
    found = _OF_A_LAYER.search(quantity.words)
    return found[1] if found else ""


def exchanged(place: Place, others: Others) -> Iterator[Slip]:
    """Yield the slips that put another number of the same question in the place of one."""
    node = place.node
    sort = others.sort(node)
    if sort and (node.given or sort in _COMPUTED) and not _is_one_side(place):
        beside = () if place.parent is None else place.parent.node.arguments
        for quantity in _fitting(place, sort, others, beside):
            if quantity.value != node.value:
                least = _AFTER_RULES if _given_by_a_rule(place, quantity.value, sort) else 0.0
                yield _slip(place, quantity, sort, called(node), least)
    if node.operation == "multiply":
        for name, pair in groups_of(node):
            side, sort = pair[0].value, others.sort(pair[0])
            rest = math.prod(part.value for part in node.arguments if part not in pair)
            for quantity in _fitting(place, sort, others, node.arguments, rest):
                if quantity.value != side:
                    yield _slip(place, quantity, sort, number_called(side, in_words(name)))
    if place.parent is None:
        yield from _biases(place, others)
        yield from _a_layer_of_the_total(place, others)


def _given_by_a_rule(place: Place, value: Number, sort: str) -> bool:
    """Whether a plain slip in the arithmetic of a place gives a value there, which tells more than a name.

    The weights in place of the parameters are the biases left out. A row of a trace that another row reads
    was computed before, so nobody slips in its arithmetic there.
    """
    if sort == "row" and place.parent is not None:
        return False
    return any(
        made is not None and math.isclose(made, value, rel_tol=_SAME)
        for rule in RULES
        if rule.rank <= PLAIN
        for made, _ in rule.candidates(place)
    )


def _is_one_side(place: Place) -> bool:
    """Whether the place is one side of a square: nobody changes only one of the two."""
    return place.parent is not None and any(place.node in pair for _, pair in groups_of(place.parent.node))


def _fitting(
    place: Place, sort: str, others: Others, beside: Iterable[Node], rest: Number | None = None
) -> list[Quantity]:
    """Return the numbers that would do at a place: others of the question, and named parts beside it.

    There is one of each value, of the wanted sort where possible. With ``rest``, a product, they are to stand
    there twice, as both sides of a square.
    """
    wanted = place.exactly
    if wanted is not None:
        if rest is not None:  # only one number has the square that is missing
            square = Fraction(wanted) / Fraction(rest) if rest and wanted > 0 else Fraction(0)
            wanted = math.isqrt(square.numerator) if square.denominator == 1 else 0
            if wanted**2 != square:
                return []
        found = others.with_value(wanted, place, sort)
        if found is None or _role(sort) != found.role:
            found = next((one for one in _parts(beside, sort, others) if one.value == wanted), found)
        return [found] if found else []
    every = {quantity.value: quantity for quantity in others.every(place, sort)}
    for part in _parts(beside, sort, others):
        if part.value not in every or every[part.value].role != _role(sort):
            every[part.value] = part
    return [
        quantity
        for quantity in every.values()
        if place.fits(quantity.value if rest is None else rest * quantity.value**2)
    ]


def _parts(beside: Iterable[Node], sort: str, others: Others) -> Iterator[Quantity]:
    """Yield the named parts of a sum or product that people put in the place of one of a sort."""
    for node in beside:
        if node.name and others.sort(node) in MISTAKEN_FOR[sort]:
            yield Quantity(_role(others.sort(node)), in_words(node.name), node.value)


def _role(sort: str) -> str:
    """Return the role that numbers of a sort have."""
    return "count" if sort in COUNTED else sort


def _slip(place: Place, quantity: Quantity, sort: str, instead_of: str, least: float = 0.0) -> Slip:
    rank = max(least, _SAME_ROLE if quantity.role == _role(sort) else _OTHER_ROLE)
    words = f"{number_called(quantity.value, in_words(quantity.words))} is used in place of {instead_of}"
    return slip_of("another number", rank + DEEPER * place.depth, _HINT, words)


def _biases(place: Place, others: Others) -> Iterator[Slip]:
    """Yield the slip that counts biases where they are not asked for."""
    for value, words in others.biases_of(place).items():
        if place.fits(place.node.value + value):
            yield slip_of("biases counted", 0.5, "Are biases asked for?", words)


def _a_layer_of_the_total(place: Place, others: Others) -> Iterator[Slip]:
    """Yield the slips that leave out or repeat a layer whose share stands in two places of a total."""
    node = place.node
    if node.name != "parameters":
        return
    terms = {part.value for part in node.arguments}  # which the rules of a sum tell
    for words, value in others.parameters_of_layers():
        if value == node.value or value in terms:
            continue
        if place.fits(node.value - value):
            left_out = f"the {shown(value)} {words} are left out of the sum"
            yield slip_of("a term left out", 1.0, "A term is missing.", left_out)
        if place.fits(node.value + value):
            twice = f"the {shown(value)} {words} are added twice"
            yield slip_of("a term used twice", 1.6, "A term is there twice.", twice)
