"""Vectors and matrices as sheets write them, and what is computed with them: [1, 2] + 3·[0, 1]."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

from nnutils.lint.checks.field.arrays import Array, combined, elementwise, softmax
from nnutils.lint.context import Context
from nnutils.lint.language import Node, Token, UnreadableError, parse
from nnutils.lint.sheets import Piece
from nnutils.lint.values import Reading, UndefinedError, compute

__all__ = ["Literal", "Run", "belongs", "items_of", "literals_in", "runs_in", "worths"]

_CLOSING = {"[": "]", "(": ")", "{": "}"}
_BY_ENTRY = ("relu", "sigmoid", "σ", "tanh", "exp", "ln", "sqrt", "sin", "cos", "softplus")
_TRANSPOSED = (["^", "(", "⊤", ")"], ["^", "(", "T", ")"], ["^", "⊤"], ["^", "T"], ["⊤"], ["ᵀ"])
_LONGEST = 300
_MOST_ITEMS = 40
_DEEPEST = 6
_MOST_READINGS = 60


@dataclass(frozen=True)
class Literal:
    """An array written out: the trees of its entries, and its stretch of the text."""

    rows: tuple[tuple[Node, ...], ...]
    flat: bool
    start: int
    end: int
    called: bool = False
    """Whether it is the arguments of a function."""

    named: bool = False
    """Whether a name stands for it here."""

    @property
    def entries(self) -> tuple[Node, ...]:
        """All entries, row by row."""
        return tuple(entry for row in self.rows for entry in row)

    def array(self) -> Array:
        """Return its values.

        Raises:
            UndefinedError: for an entry that has none.
        """
        rows = tuple(tuple(compute(entry, Reading()) for entry in row) for row in self.rows)
        return Array(rows, self.flat)


Item = Token | Literal


@dataclass(frozen=True)
class Run:
    """Sides of a chain, each as items, with the signs of the relations between them."""

    sides: tuple[tuple[Item, ...], ...]
    signs: tuple[str, ...]
    before: Item | None = None
    after: Item | None = None
    """What stands before and behind it."""


def items_of(context: Context, piece: Piece) -> list[Item]:
    """Return the tokens of a piece with each array in the place of its own tokens."""
    return context.once("arrays", piece, lambda: literals_in(context.tokens(piece)))


def literals_in(tokens: Sequence[Token]) -> list[Item]:
    """Return the tokens with each array in the place of its own tokens.

    A line break stays where it ends an expression: not behind a sign, nor before one.
    """
    found: list[Item] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.kind == "open" and token.text in "[({":
            read = _literal(tokens, place)
            if read is not None:
                found.append(read[0])
                place = read[1]
                continue
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        before = found[-1] if found else None
        goes_on = any(isinstance(one, Token) and one.kind in ("relation", "sign") for one in (before, after))
        if token.kind != "end" or not goes_on:
            found.append(token)
        place += 1
    return found


def _literal(tokens: Sequence[Token], first: int) -> tuple[Literal, int] | None:
    """Return the array that begins at a bracket, and the place behind it."""
    depth, cuts, last = 0, list[tuple[int, str]](), -1
    for place in range(first, min(len(tokens), first + _LONGEST)):
        token = tokens[place]
        if token.kind == "open":
            depth += 1
            if depth > _DEEPEST:
                return None
        elif token.kind == "close":
            depth -= 1
            if not depth:
                last = place
                break
        elif depth == 1 and token.kind == "mark" and token.text in ",;":
            cuts.append((place, token.text))
        elif token.kind == "relation" or token.kind == "mark" and token.text in ".?!:":
            return None
    if last < 0 or tokens[last].text != _CLOSING[tokens[first].text]:
        return None
    inside = [token for token in tokens[first + 1 : last] if token.kind != "end"]
    before = tokens[first - 1] if first else None
    called = (
        before is not None and before.kind == "word" and tokens[first].close and tokens[first].text == "("
    )
    rows = _rows(tokens, first, last, cuts) if cuts else _by_blanks(inside, tokens[first].text)
    if rows is None or len({len(row) for row in rows}) != 1:
        return None
    flat = len(rows) == 1 or len(rows[0]) == 1 and all(mark == ";" for _, mark in cuts) and bool(cuts)
    return Literal(rows, flat, tokens[first].start, tokens[last].end, called), last + 1


def _rows(
    tokens: Sequence[Token], first: int, last: int, cuts: list[tuple[int, str]]
) -> tuple[tuple[Node, ...], ...] | None:
    joined = list[tuple[int, str]]()
    for place, mark in cuts:
        if mark == ";" and joined and joined[-1] == (place - 1, ","):
            joined[-1] = place, ","  # a comma ends a line of the bracket: the row goes on in the next one
        else:
            joined.append((place, mark))
    cuts = joined
    places = [first, *(place for place, _ in cuts), last]
    parts = [[token for token in tokens[a + 1 : b] if token.kind != "end"] for a, b in pairwise(places)]
    parts = [part[:-1] if part and part[-1].text == "," else part for part in parts]
    nested = [_literal(part, 0) for part in parts if part and part[0].text == "["]
    if len(nested) == len(parts) and all(
        one and one[1] == len(part) for one, part in zip(nested, parts, strict=True)
    ):
        return tuple(one[0].rows[0] for one in nested if one is not None and len(one[0].rows) == 1) or None
    if all(mark == ";" for _, mark in cuts) and any(len(part) > 1 for part in parts):
        blank = [_entries_by_blanks(part) for part in parts]
        if all(blank):
            return tuple(one for one in blank if one)
    rows: list[list[Node]] = [[]]
    for index, part in enumerate(parts):
        try:
            rows[-1].append(parse(part))
        except (UnreadableError, RecursionError):
            return None
        if index < len(cuts) and cuts[index][1] == ";":
            rows.append([])
    return tuple(map(tuple, rows))


def _entries_by_blanks(part: Sequence[Token]) -> tuple[Node, ...] | None:
    """Read '3 −4' as two numbers: a row of [1 2; 3 −4]."""
    made, place = list[Node](), 0
    while place < len(part):
        width = 1 + (part[place].text == "-")
        one = part[place : place + width]
        if len(one) < width or one[-1].kind != "number" or (width > 1 and not one[-1].close):
            return None
        made.append(parse(one))
        place += width
    return tuple(made)


def _by_blanks(inside: list[Token], bracket: str) -> tuple[tuple[Node, ...], ...] | None:
    """Read [0.2 0.3 0.5]: numbers with blanks between them."""
    if (
        bracket != "["
        or len(inside) < 2
        or any(token.kind != "number" or token.close for token in inside[1:])
    ):
        return None
    if inside[0].kind != "number":
        return None
    return (tuple(parse([token]) for token in inside),)


def runs_in(items: Sequence[Item]) -> Iterator[Run]:
    """Yield the chains of relations that hold an array."""
    sides: list[list[Item]] = [[]]
    signs: list[str] = []
    first: Item | None = None
    for before, item in zip([None, *items], [*items, None], strict=True):
        function = isinstance(before, Token) and before.kind == "word" and belongs(before)
        if item is not None and belongs(item) and not (isinstance(item, Literal) and item.called > function):
            if isinstance(item, Token) and item.kind == "relation":
                sides.append([])
                signs.append(item.text)
            else:
                sides[-1].append(item)
            continue
        short = signs and max(map(len, sides)) <= _MOST_ITEMS
        if short and any(isinstance(one, Literal) for side in sides for one in side):
            yield Run(tuple(map(tuple, sides)), tuple(signs), first, item)
        sides, signs, first = [[]], [], item


def belongs(item: Item) -> bool:
    """Return whether an item may be a part of a chain of arrays."""
    if isinstance(item, Literal):
        return True
    if item.kind == "word":
        return item.text.lower() in (*_BY_ENTRY, "softmax", "t", "ᵀ", "e")
    return item.kind in ("number", "open", "close", "relation") or (
        item.kind == "sign" and item.text in "+-*×/@^⊤"
    )


def worths(side: Sequence[Item]) -> list[Array]:
    """Return what a side may be worth, the most natural reading first.

    Raises:
        UndefinedError: for a side that is not an expression, and for one without a value.
    """
    reader = _Reader(side)
    found = reader.sum()
    if reader.at < len(side):
        raise UndefinedError("unreadable")
    return found


class _Reader:
    """Sums and products of arrays and numbers, each as the list of its readings."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items, self.at, self.depth = items, 0, 0

    def take(self, *signs: str) -> str:
        item = self.items[self.at] if self.at < len(self.items) else None
        if isinstance(item, Token) and item.kind == "sign" and item.text in signs:
            self.at += 1
            return item.text
        return ""

    def sum(self) -> list[Array]:
        made = self.product()
        while sign := self.take("+", "-"):
            made = _all(sign, made, self.product())
        return made

    def product(self) -> list[Array]:
        made = self.signed()
        while self.at < len(self.items):
            sign = self.take("*", "×", "/", "@")
            if not sign and not (isinstance(self.items[self.at], Literal) and self.at):
                break
            made = _all("/" if sign == "/" else "*", made, self.signed())
        return made

    def signed(self) -> list[Array]:
        if self.take("-"):
            return [elementwise(lambda a: -a, one) for one in self.signed()]
        return self.operand()

    def operand(self) -> list[Array]:
        if self.at >= len(self.items):
            raise UndefinedError("unreadable")
        item = self.items[self.at]
        self.at += 1
        if isinstance(item, Literal):
            return [self.transposed(item.array())]
        if item.kind == "number":
            return [Array(((compute(parse([item]), Reading()),),))]
        if item.kind == "word" and self.at < len(self.items):
            return self.called(item.text.lower())
        if item.kind == "open" and item.text == "(":
            self.depth += 1
            made = self.sum() if self.depth < 20 else []
            self.depth -= 1
            end = self.items[self.at] if self.at < len(self.items) else None
            if not isinstance(end, Token) or end.text != ")":
                raise UndefinedError("unreadable")
            self.at += 1
            return [self.transposed(one) for one in made]
        raise UndefinedError("unreadable")

    def called(self, name: str) -> list[Array]:
        inside = self.operand()
        if name == "softmax":
            return [softmax(one) for one in inside]
        if name not in _BY_ENTRY:
            raise UndefinedError("function")
        call = Node("call", (Node("name", text="x"),), "sigmoid" if name == "σ" else name)
        return [elementwise(lambda a: compute(call, Reading({"x": a})), one) for one in inside]

    def transposed(self, one: Array) -> Array:
        after = self.items[self.at : self.at + 4]
        texts = [item.text for item in after if isinstance(item, Token)]
        for marks in _TRANSPOSED:
            if texts[: len(marks)] == marks:
                self.at += len(marks)
                return one.transposed
        return one


def _all(sign: str, lefts: list[Array], rights: list[Array]) -> list[Array]:
    made: list[Array] = []
    for left in lefts:
        for right in rights:
            with suppress(UndefinedError):  # of other shapes: another reading fits
                made.extend(combined(sign, left, right))
            if len(made) > _MOST_READINGS:
                return made[:_MOST_READINGS]
    if not made:
        raise UndefinedError("context")
    return made
