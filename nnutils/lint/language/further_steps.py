"""So many more of what was counted: '96 · 54 = 5184. I forgot the biases, 96 more: 5280'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nnutils.lint.language.clauses import clause_before, partners
from nnutils.lint.language.sides import side_before
from nnutils.lint.language.steps import Step
from nnutils.lint.language.tokens import Token
from nnutils.lint.language.tree import Node

__all__ = ["steps_of_more"]

_MORE = frozenset("more mehr".split())
_MARKS = ",;.:!(–—"
_SHARED = frozenset("per each every times by if not no than pro je jeweils".split())
_ANNOUNCING = frozenset("makes make gives give is are that's ergibt macht".split())
_FARTHEST, _LEAST = 12, 3


def steps_of_more(tokens: Sequence[Token]) -> Iterator[Step]:
    """Yield the sums of a result and of what the next clause or sentence calls so many more.

    >>> from nnutils.lint.language import tokens_of
    >>> from nnutils.lint.numbers import ENGLISH
    >>> from nnutils.lint.sheets import piece_of
    >>> text = "96 * 54 = 5184. Hmm, I forgot the biases, 96 more: 5280."
    >>> [step.sign for step in steps_of_more(tokens_of(piece_of(text), ENGLISH))]
    ['+']
    """
    for index in range(_LEAST, len(tokens) - 2):
        if tokens[index].text.lower() not in _MORE or tokens[index].kind != "word":
            continue
        operand, result = _whole(tokens[index - 1]), _result_before(tokens, index - 1)
        stated = _announced(tokens, index + 1)
        if operand is None or result is None or stated is None:
            continue
        before = _node(tokens[result])
        partner = partners(tokens)
        first = clause_before(tokens, result - 1, partner)
        made_of = side_before(tokens, first, result - 1, (), weak=False).node
        node = Node("add", (before, operand), start=before.start, end=operand.end)
        yield Step(
            before, operand, node, stated, False, "+", False, index - 2, (), (), (), made_of
        )  # fmt: skip


def _whole(token: Token) -> Node | None:
    if token.number is None or token.number.value.denominator != 1:
        return None
    return _node(token)


def _node(token: Token) -> Node:
    return Node("number", number=token.number, start=token.start, end=token.end)


def _result_before(tokens: Sequence[Token], place: int) -> int | None:
    """Return where the number behind '=' stands that is the last one before a clause with words only."""
    marked = False
    for index in range(place - 1, max(place - 1 - _FARTHEST, 1), -1):
        token = tokens[index]
        if token.kind == "number":
            return index if marked and tokens[index - 1].text in ("=", "≈") else None
        if token.kind == "word":
            if token.text.lower() in _SHARED:
                return None
        elif token.kind == "end" or token.text in _MARKS:
            marked = True
        else:
            return None
    return None


def _announced(tokens: Sequence[Token], place: int) -> Node | None:
    """Return the number that a colon, a sign or a verb announces there, if its statement ends with it."""
    token, number = tokens[place], tokens[place + 1]
    announces = token.text in (":", "=") or token.text.lower() in _ANNOUNCING
    if not announces or number.number is None:
        return None
    after = tokens[place + 2] if place + 2 < len(tokens) else None
    ended = after is None or after.kind in ("mark", "end", "close", "word")
    return _node(number) if ended else None
