"""The relations among tokens: signs, words that state one, and words that often announce a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nnutils.lint.language.tokens import Token
from nnutils.lint.language.words import RELATIONS, WEAK

__all__ = ["Link", "links_among", "relation_words"]

_LONGEST_INDEX = 80

_FIRST_WORDS = {words[0] for words in (*RELATIONS, *WEAK)}


@dataclass(frozen=True)
class Link:
    """A relation: its sign, and whether it is only a word or an arrow that often announces a value."""

    sign: str
    first: int
    last: int
    weak: bool = False


def links_among(tokens: Sequence[Token]) -> list[Link]:
    """Return the relations among tokens in order; those that follow one another directly are one."""
    found, index = list[Link](), 0
    indexed = _inside_an_index(tokens)
    while index < len(tokens):
        token = tokens[index]
        if token.kind not in ("relation", "word") or index in indexed:
            index += 1
        elif token.kind == "relation":
            found.append(Link(token.text, index, index + 1, token.text == "→"))
            index += 1
        elif token.kind == "word" and (words := relation_words(tokens, index)):
            length, sign = words
            found.append(Link(sign or "=", index, index + length, not sign))
            index += length
        else:
            index += 1
    return _joined(found, tokens)


def _joined(links: list[Link], tokens: Sequence[Token]) -> list[Link]:
    """Return links with those that follow one another directly as one: ', so =' or 'is ≈'."""
    made: list[Link] = []
    for link in links:
        between = tokens[made[-1].last : link.first] if made else ()
        if made and all(one.kind == "end" or one.text == "," for one in between):
            strong = link if not link.weak else made[-1]
            made[-1] = Link(strong.sign, made[-1].first, link.last, link.weak and made[-1].weak)
        else:
            made.append(link)
    return made


def relation_words(tokens: Sequence[Token], index: int) -> tuple[int, str] | None:
    """Return how many words of a relation begin at a place, and its sign; none if they only announce."""
    for length in (4, 3, 2, 1) if tokens[index].text.lower() in _FIRST_WORDS else ():
        words = tuple(token.text.lower() for token in tokens[index : index + length])
        if len(words) < length:
            continue
        if words in RELATIONS:
            return length, RELATIONS[words]
        if words in WEAK:
            return length, ""
    return None


def _inside_an_index(tokens: Sequence[Token]) -> set[int]:
    """Return the places of what stands in the index of a sum: ∑_{i=1}."""
    found: set[int] = set()
    for index, token in enumerate(tokens):
        if token.text == "{" and index and token.kind == "open" and tokens[index - 1].text == "_":
            end = index
            while end < len(tokens) and end < index + _LONGEST_INDEX and tokens[end].text != "}":
                found.add(end)
                end += 1
    return found
