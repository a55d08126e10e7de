"""Where the clause before a relation begins, and where the one behind it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nnutils.lint.language.links import relation_words
from nnutils.lint.language.tokens import Token

__all__ = ["LONGEST", "clause_after", "clause_before", "partners"]

LONGEST = 80
_LONGEST_NAME = 3
"""So many tokens of a side are read."""

_BREAKING = '.;:?!"“”„»«‘\\&'
_CONJUNCTIONS = ("and", "und", "et", "but", "because", "where", "while", "if")


def partners(tokens: Sequence[Token]) -> dict[int, int]:
    """Return for each bracket that has a partner the place of it, both ways."""
    waiting: list[int] = []
    found: dict[int, int] = {}
    for index, token in enumerate(tokens):
        if token.kind == "open":
            waiting.append(index)
        elif token.kind == "close" and waiting:
            other = waiting.pop()
            found[index], found[other] = other, index
    return found


def _breaks(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.kind == "mark":
        return token.text in _BREAKING or token.text == ","
    if token.kind == "end":
        return not _goes_on(tokens, index)
    return token.kind == "word" and token.text.lower() in _CONJUNCTIONS


def _goes_on(tokens: Sequence[Token], index: int) -> bool:
    """Whether a line that ends here goes on: by a sign at its end or at the beginning of the next."""
    before = tokens[index - 1] if index else None
    following = range(index + 1, min(index + LONGEST, len(tokens)))
    after = next((tokens[place] for place in following if tokens[place].kind != "end"), None)
    if before is None or after is None:
        return False
    if before.kind == "relation" or after.kind == "relation":
        return True
    if before.kind == "sign" and before.text in ("+", "-", "*", "×", "/", "//", "^"):
        return True
    if after.kind == "sign" and (
        after.text in ("×", "/", "^", "+") or (after.text in "*-" and after.formula)
    ):
        return True
    lasting = before.kind == "word" and before.text.lower() in ("times", "plus", "minus", "by")
    prose = before.kind == "word" and after.kind == "word" and not _names_another(tokens, index)
    return lasting or (prose and not before.formula)


def _names_another(tokens: Sequence[Token], index: int) -> bool:
    """Whether a line ends with a number and its unit and the next begins with a name: 'input = …'."""
    if index < 2 or tokens[index - 2].kind != "number":
        return False
    place = index + 1
    while place < len(tokens) and place - index <= _LONGEST_NAME and tokens[place].kind == "word":
        place += 1
    return index + 1 < place < len(tokens) and tokens[place].text == "="


def _stands_apart(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token begins another statement of its line: 'tanh(1) = 0.7616   sqrt(4) = 2'."""
    token, before = tokens[index], tokens[index - 1]
    if not token.wide or token.formula or before.kind not in ("number", "close", "percent"):
        return False
    return token.kind in ("word", "open", "number")


def clause_before(tokens: Sequence[Token], place: int, partner: Mapping[int, int]) -> int:
    """Return where the clause begins that ends before a relation."""
    index = place
    while index > 0 and place - index < LONGEST:
        last = index - 1
        token = tokens[last]
        if token.kind == "close":
            if last not in partner:
                break
            index = partner[last]
            continue
        if token.kind in ("relation", "open"):
            break
        if index < place and _stands_apart(tokens, index):
            break
        if (
            _breaks(tokens, last)
            and not (index == place and token.kind == "end")
            and not (index == place and token.text == ",")
        ):
            break
        index = last
    return index


def clause_after(tokens: Sequence[Token], place: int, partner: Mapping[int, int]) -> int:
    """Return where the clause ends that begins behind a relation; a relation, or the word of one, ends it."""
    index = place
    while index < len(tokens) and index - place < LONGEST:
        token = tokens[index]
        if index > place and _stands_apart(tokens, index):
            break
        if token.kind == "open" and index in partner:
            index = partner[index] + 1
            continue
        if token.kind in ("relation", "close", "open"):
            break
        if _breaks(tokens, index) and not (index == place and token.kind == "end"):
            if token.text == "," and index + 1 < len(tokens) and relation_words(tokens, index + 1):
                index += 1
                break
            break
        if token.kind == "word" and index > place and relation_words(tokens, index):
            break
        index += 1
    return index
