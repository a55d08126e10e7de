"""The names that a sheet gives to values: where, which value, and whether a name has one value only."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nnutils.lint.language import Chain, Node, Side, Token, UnreadableError, label_before, parse_prefix
from nnutils.lint.language.known_names import Phrases
from nnutils.lint.language.words import SCALES
from nnutils.lint.values import CONSTANTS, Reading, UndefinedError, Value, compute

__all__ = ["Definition", "Known", "Names", "labels_with_numbers", "name_of", "worth"]

_NEAR = 6  # so many pieces later a name of words still means what it was last given
_MOST_VALUES = 8  # so many definitions back are tried


@dataclass(frozen=True)
class Definition:
    """A name given a value: in which piece and section, up to where, and the values it may have."""

    name: str
    values: tuple[Value, ...]
    piece: int
    end: int
    section: int


@dataclass(frozen=True)
class Known:
    """What a name may be worth at one place: the likeliest value first; ``certain`` if it is clear which."""

    values: tuple[Value, ...]
    certain: bool


@dataclass
class Names:
    """All names of a sheet, filled from its beginning to its end."""

    given: dict[str, list[Definition]] = field(default_factory=dict)
    first: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    """The distinct values that each name was given, the likeliest of each definition."""

    long: Phrases = field(default_factory=Phrases)
    """The names of several words, and those of one letter that could otherwise be a scale: 2k."""

    def add(self, name: str, values: Sequence[Value], piece: int, end: int, section: int) -> None:
        """Note that a name is given a value."""
        distinct = tuple({_key(value): value for value in values}.values())
        if name and distinct:
            if " " in name or name in SCALES:
                self.long.add(tuple(name.split(" ")))
            self.given.setdefault(name, []).append(Definition(name, distinct, piece, end, section))
            self.first.setdefault(name, set()).add(_key(distinct[0]))

    def at(self, name: str, piece: int, place: int, section: int) -> Known | None:
        """Return what a name is worth at a place; None if nothing was said of it before.

        It is certain where the sheet gave it this value in the same piece, or a few pieces before in the same
        section. A letter must have no other value in the whole sheet then; a word or v_3 may, and may stand
        further away if it has none.
        """
        every = self.given.get(name, [])
        count = bisect_right(every, (piece, place), key=lambda one: (one.piece, one.end))
        if not count:
            return None
        last = every[count - 1]
        values = {_key(value): value for value in last.values}
        others = every[max(0, count - _MOST_VALUES) : count - 1][::-1]
        later = every[count : count + _MOST_VALUES]  # an equation that is solved further down
        for one in (*others, *(one for one in later if one.piece == piece)):
            for value in one.values:
                values.setdefault(_key(value), value)
        first = self.first[name]
        word = any(map(str.isdigit, name)) or (len(name) > 2 and "_" not in name)
        near = last.section == section and piece - last.piece <= _NEAR
        certain = last.piece == piece or (near and (word or len(first) == 1)) or (word and len(first) == 1)
        return Known(tuple(values.values()), certain)

    def known_to(self, nodes: Sequence[Node], piece: int, place: int, section: int) -> dict[str, Known]:
        """Return what is known of the names in trees at a place."""
        found = {}
        for name in {name for node in nodes for name in node.names}:
            known = self.at(name, piece, place, section)
            if known is not None and (name not in CONSTANTS or known.certain):
                found[name] = known
        return found


def _key(value: Value) -> tuple[int, int]:
    """Return what tells values apart; the hash of a fraction would take far longer."""
    return value.nominal.numerator, value.nominal.denominator


def labels_with_numbers(
    tokens: Sequence[Token], names: Collection[tuple[str, ...]]
) -> Iterator[tuple[str, Node, int]]:
    """Yield what stands behind a colon without a relation: '# units: 186,624'; with where it ends."""
    for index, token in enumerate(tokens):
        if token.text != ":" or token.kind != "mark":
            continue
        label = label_before(tokens, index + 1, Side(None, 0, 0))
        if not label:
            continue
        try:
            node, length = parse_prefix(tokens[index + 1 : index + 40], names)
        except UnreadableError:
            continue
        after = tokens[index + 1 + length] if index + 1 + length < len(tokens) else None
        if after is None or after.kind in ("end", "mark"):
            yield " ".join(label), node, tokens[index + length].end


def name_of(chain: Chain) -> str:
    """Return what a chain defines: its label, or the name that stands alone on its left side."""
    first = chain.sides[0]
    if first.words:
        return " ".join(first.words)
    if first.node is not None and first.node.operation == "name":
        return first.node.text
    return " ".join(chain.label)


def worth(node: Node, known: Mapping[str, Known]) -> Value | None:
    """Return the most natural value of a tree; None where it has none, or where a name in it is uncertain."""
    if any(name in known and not known[name].certain for name in node.names):
        return None
    try:
        return compute(node, Reading({name: one.values[0] for name, one in known.items()}))
    except (UndefinedError, KeyError):
        return None
