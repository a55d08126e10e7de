"""Names of several words, such as 'hidden units': which ones are known, and where one stands in a text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from nnutils.lint.language.tokens import Token

__all__ = ["Phrases"]


class Phrases:
    """Names as tuples of words, in the order in which they became known.

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
