"""The decimals of a sheet that were not rounded: what it was given, and what follows from that exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from nnutils.lint.language import Node, Token, chains_in
from nnutils.lint.values import Reading, UndefinedError, compute

__all__ = ["exact_and_rounded", "exact_numbers", "only_of"]

_MOST_TOKENS = 60_000
_FEW_DIGITS = 4
_FINE = Fraction(1, 1000)


def exact_numbers(pieces: Iterable[Sequence[Token]]) -> frozenset[Fraction]:
    """Return the decimals among tokens that are exact, each piece in turn.

    A number is given where nothing is computed beside it and no ≈ leads to it: 'β = 0.9', 'the errors 0.2 and
    0.1'. With β, 1 − β is exact, and so is what is computed of exact numbers only.

    >>> from nnutils.lint.language import tokens_of
    >>> from nnutils.lint.numbers import ENGLISH
    >>> from nnutils.lint.sheets import piece_of
    >>> texts = ("with β = 0.9 and w ≈ 0.33", "v = 0.9 · 2 + 0.1 · 3 = 2.1", "s = 0.33 · 2 = 0.66")
    >>> found = exact_numbers(tokens_of(piece_of(text), ENGLISH) for text in texts)
    >>> sorted(map(float, found))
    [0.1, 0.9, 2.1]
    """
    exact, rounded = exact_and_rounded(pieces)
    return exact - rounded


def exact_and_rounded(pieces: Iterable[Sequence[Token]]) -> tuple[frozenset[Fraction], frozenset[Fraction]]:
    """Return the decimals among tokens that are exact in some place, and those that were rounded in some."""
    exact, rounded, left = set[Fraction](), set[Fraction](), _MOST_TOKENS
    for tokens in pieces:
        left -= len(tokens)
        if left < 0:
            break
        working = _within_working(tokens)
        for place, token in enumerate(tokens):
            if token.number is not None and token.number.unit is not None and not working[place]:
                _note(tokens, place, exact, rounded)
        for chain in chains_in(tokens):
            for before, link, after in zip(chain.sides, chain.links, chain.sides[1:], strict=False):
                if before.node is not None and after.node is not None and link.sign == "=":
                    _result(before.node, after.node, exact, rounded)
    return frozenset(exact), frozenset(rounded)


def only_of(node: Node, exact: frozenset[Fraction]) -> bool:
    """Return whether all decimals of a tree are exact."""
    return all(
        one.number is None or one.number.unit is None or abs(one.number.value) in exact for one in node.walk()
    )


def _within_working(tokens: Sequence[Token]) -> list[bool]:
    """Return for each token whether it is in a bracket within an expression: 2 · (−0.4), f(0.4)."""
    made = [False] * len(tokens)
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token.kind == "open":
            opened.append(place)
        elif token.kind == "close" and opened:
            first = opened.pop()
            before = tokens[first - 1] if first else None
            after = tokens[place + 1] if place + 1 < len(tokens) else None
            called = before is not None and (
                before.kind in ("sign", "number", "close") or (before.kind == "word" and tokens[first].close)
            )
            if called or (after is not None and after.kind in ("sign", "relation")):
                made[first : place + 1] = [True] * (place + 1 - first)
    return made


def _note(tokens: Sequence[Token], place: int, exact: set[Fraction], rounded: set[Fraction]) -> None:
    """Note a number that is given, with its complement, or one that was rounded."""
    number = tokens[place].number
    assert number is not None
    value = number.value
    first = place - 1 if place and tokens[place - 1].text == "-" else place
    before = tokens[first - 1] if first else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if before is not None and before.kind == "relation" and before.text != "=":
        rounded.add(value)
        return
    if number.significant > _FEW_DIGITS or (
        after is not None and after.kind in ("sign", "relation", "ellipsis")
    ):
        return
    if before is not None and (
        before.kind == "sign" or before.kind == "relation" and not _names(tokens, first - 1)
    ):
        return
    if number.unit is not None and number.unit <= _FINE and _in_a_list(before, after):
        return  # p = (0.268, 0.727, 0.005) was computed, more likely than given
    exact.add(value)
    if 0 < value < 1:
        exact.add(1 - value)


def _in_a_list(before: Token | None, after: Token | None) -> bool:
    """Whether a number stands between two of a bracket and its commas."""
    around = [one for one in (before, after) if one is not None]
    return len(around) == 2 and all(one.kind in ("open", "close") or one.text in ",;" for one in around)


def _names(tokens: Sequence[Token], equal: int) -> bool:
    """Whether a name alone stands before a sign of equality."""
    if not equal or tokens[equal - 1].kind != "word":
        return False
    return equal < 2 or tokens[equal - 2].kind not in ("sign", "relation")


def _result(before: Node, after: Node, exact: set[Fraction], rounded: set[Fraction]) -> None:
    stated = after.arguments[0] if after.operation == "negative" else after
    if stated.number is None or stated.number.unit is None or before.names or not before.operations:
        return
    try:
        value = compute(before, Reading())
    except UndefinedError:
        return
    if (
        value.exact
        and abs(value.nominal) == stated.number.value
        and only_of(before, frozenset(exact - rounded))
    ):
        exact.add(stated.number.value)
    elif (
        abs(abs(value.nominal) - stated.number.value) <= stated.number.unit
        and abs(value.nominal) != stated.number.value
    ):
        rounded.add(stated.number.value)
