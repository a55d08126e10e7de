"""A place among tokens: what comes next, how deep, and which words are signs."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from nnutils.lint.language.known_names import Phrases
from nnutils.lint.language.tokens import Token
from nnutils.lint.language.tree import Node
from nnutils.lint.language.words import OPERATORS
from nnutils.lint.remembering import remembered
from nnutils.slips.precision import parse_written

__all__ = ["Cursor", "UnreadableError", "is_symbol", "two", "whole_number"]

DEEPEST = 120
"""So many levels of brackets, sums and signs may stand inside one another."""

_FEW_LETTERS = 2
_FIRST_OF_OPERATORS = frozenset(words[0] for words in OPERATORS)


class UnreadableError(ValueError):
    """Tokens that are not an expression."""


def is_symbol(token: Token) -> bool:
    """Return whether a word is a name of mathematics rather than a word of the language: k, x_1, W1, σ.

    >>> [is_symbol(Token("word", text, 0, len(text))) for text in ("k", "x_1", "h2", "weights", "I")]
    [True, True, True, False, True]
    """
    return token.kind == "word" and _symbolic(token.text)


@remembered
def _symbolic(word: str) -> bool:
    letters = sum(map(str.isalpha, word))
    return letters < _FEW_LETTERS or "_" in word or any(map(str.isdigit, word))


class Cursor:
    """Tokens with a place in them: what comes next, and the signs that words stand for."""

    def __init__(self, tokens: Sequence[Token], names: Collection[tuple[str, ...]]) -> None:
        self.tokens, self.names, self.at, self.depth = tokens, names, 0, 0
        self.longest = names.longest if isinstance(names, Phrases) else max(map(len, names), default=0)

    # What comes next

    def peek(self, ahead: int = 0) -> Token | None:
        """Return the next token, or one further on; None behind the last one."""
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def sign(self, *wanted: str) -> str:
        """Take one of these signs, or the words that stand for one; return it, or an empty string."""
        token = self.peek()
        if token is None or token.kind not in ("sign", "word"):
            return ""
        if token.kind == "sign":
            if token.text not in wanted:
                return ""
            self.at += 1
            return token.text
        if token.text.lower() in _FIRST_OF_OPERATORS:
            for length in (2, 1):
                words = tuple(one.text.lower() for one in self.tokens[self.at : self.at + length])
                meant = OPERATORS.get(words)
                after = self.peek(length)
                if meant == "of" and (after is None or after.kind not in ("number", "open")):
                    continue
                if meant in wanted and after is not None:
                    self.at += length
                    return str(meant)
        return ""

    def deeper(self) -> None:
        """Note one level more; refuse too many."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise UnreadableError("too much inside one another")


def two(operation: str, left: Node, right: Node) -> Node:
    """Return an operation on two nodes."""
    return Node(operation, (left, right), start=left.start, end=right.end)


def whole_number(digits: str, token: Token) -> Node:
    """Return digits as a number that stands at a token."""
    return Node("number", number=parse_written(digits), start=token.start, end=token.end)
