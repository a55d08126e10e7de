"""A place among tokens: what comes next, how deep, and which words are signs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from nnutils.lint.language.tokens import Token
from nnutils.lint.language.tree import Node
from nnutils.lint.language.words import OPERATORS
from nnutils.lint.remembering import remembered
from nnutils.slips.precision import parse_written

__all__ = ["Cursor", "Phrases", "UnreadableError", "is_symbol", "two", "whole_number"]

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


class Phrases:
    """Names of several words, as tuples, in the order in which they became known.

    >>> known = Phrases([("hidden", "units")])
    >>> known.add(("output", "units"))
    >>> ("hidden", "units") in known, len(known), known.longest
    (True, 2, 2)
    """

    def __init__(self, names: Collection[tuple[str, ...]] = ()) -> None:
        """Begin with some names."""
        self._places: dict[tuple[str, ...], int] = {}
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        self.longest = 0
        """So many words the longest of them has."""
        for name in names:
            self.add(name)

    def __contains__(self, name: object) -> bool:
        """Return whether a name is known."""
        return name in self._places

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """Return the names in order."""
        return iter(self._places)

    def __len__(self) -> int:
        """Return how many names are known."""
        return len(self._places)

    def add(self, name: tuple[str, ...]) -> None:
        """Note a name; one that is known already keeps its place."""
        if name not in self._places:
            self._places[name] = len(self._places)
            self._by_first.setdefault(name[0].lower(), []).append(name)
            self.longest = max(self.longest, len(name))

    def stand_in(self, tokens: Sequence[Token], since: int = 0) -> bool:
        """Return whether any name stands among tokens, of those that came after the first ``since`` ones.

        >>> from nnutils.lint.numbers import ENGLISH
        >>> from nnutils.lint.language.tokens import tokens_of
        >>> from nnutils.lint.sheets import piece_of
        >>> tokens = tokens_of(piece_of("3 hidden units"), ENGLISH)
        >>> known = Phrases([("hidden", "units")])
        >>> known.stand_in(tokens), known.stand_in(tokens, since=1)
        (True, False)
        """
        if since >= len(self):
            return False
        words = [token.text.lower() for token in tokens if token.kind != "end"]
        for place, word in enumerate(words):
            for name in self._by_first.get(word, ()):
                wanted = [part.lower() for part in name]
                if self._places[name] >= since and words[place : place + len(name)] == wanted:
                    return True
        return False


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
