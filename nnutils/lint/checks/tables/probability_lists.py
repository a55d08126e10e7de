"""Probabilities listed in a sentence without brackets: 'the probabilities are 0.09, 0.24 and 0.67'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nnutils.lint.context import Context
from nnutils.lint.language import Node, Token
from nnutils.lint.sheets import Piece

__all__ = ["Listed", "listed_probabilities"]

_CALLED = re.compile(
    r"softmax|probabilit|wahrscheinlichkeit|distribution|verteilung|distribuc|distribui|distribuz"
    r"|kansen|kansverdeling|verdeling"
)
_OTHERS = re.compile(  # of one thing each, or of different experiments
    r"\b(?:true|correct|right|winning|predicted|same|first|second|target) class"
    r"|of (?:class|the class|heads|success)"
    r"|samples?\b|examples?\b|\bimages?\b|\bpictures\b|bilder\b|\bstudents\b|\bcoins?\b|beispiele?\b"
    r"|epochs?\b|trials?\b|pictures?\b|\bdays?\b|patients?\b|\busers?\b|\bruns?\b|\bfolds?\b|\bmodels?\b"
    r"|\b(?:first|top|last|largest|highest|smallest|some)\b|(?:two|three|four|five) of\b|\betc\b|…|\.\.\."
    r"|\bp\([^()]*\|",
    re.IGNORECASE,
)
_BETWEEN = frozenset(
    """
    of the for other remaining rest are is become becomes then thus so as follows about approximately roughly
    two three four five six seven eight nine ten all classes inputs logits outputs output values value vector
    distribution probabilities probability softmax gives give get we obtain yields and to a given by which
    sind ist lauten dann also etwa die der den für vier drei fünf klassen werte ergibt man erhält
    wahrscheinlichkeiten
    sont est donc alors environ les des pour quatre trois cinq classes valeurs probabilités donne
    son es entonces las los para cuatro tres cinco clases probabilidades da
    sono le i per tre quattro classi probabilità são as os quatro três probabilidades
    zijn de voor drie vier klassen kansen
    """.split()
)
_AND = ("and", "und", "et", "y", "e", "en", "sowie")
_MOST_BETWEEN = 12
_FEWEST, _MOST = 3, 200


class Listed:
    """Probabilities in a row: their entries as trees, where they are called so, and where they stand."""

    def __init__(self, entries: Sequence[Node], first: int) -> None:
        self.entries, self.first = tuple(entries), first
        self.start, self.end = entries[0].start, entries[-1].end


def listed_probabilities(context: Context, piece: Piece) -> Iterator[Listed]:
    """Yield the lists of numbers that a piece calls probabilities, without brackets around them.

    >>> from nnutils.lint.numbers import ENGLISH
    >>> from nnutils.lint.sheets import Sheet, piece_of
    >>> piece = piece_of("So the probabilities are 0.09, 0.24 and 0.67.")
    >>> (found,) = listed_probabilities(Context(Sheet("a.txt", piece.text, (piece,)), ENGLISH), piece)
    >>> [entry.number.text for entry in found.entries]
    ['0.09', '0.24', '0.67']
    """
    tokens, place = context.tokens(piece), 0
    while place < len(tokens):
        if tokens[place].kind == "word" and _CALLED.search(tokens[place].text.lower()):
            read = _list_behind(tokens, place + 1)
            if read is not None:
                (entries, behind), first = read, tokens[place].start
                near = piece.text[max(0, first - 80) : first].rpartition("\n")[2]
                around = near.rpartition(". ")[2] + piece.text[first : entries[-1].end + 60]
                if not _OTHERS.search(around.split("\n\n")[0]):
                    yield Listed(entries, first)
                place = behind
                continue
        place += 1


def _list_behind(tokens: Sequence[Token], first: int) -> tuple[list[Node], int] | None:
    """Return the entries of a list that begins a few words behind a place, and where it ends."""
    place = first
    while place < len(tokens) and place - first < _MOST_BETWEEN and not _entry_at(tokens, place):
        token = tokens[place]
        known = token.kind == "word" and (
            token.text.lower() in _BETWEEN or _CALLED.search(token.text.lower())
        )
        if not known and token.text not in (":", "=", "≈", "→", ",", "\n", "(", ")"):
            return None
        place += 1
    entries = list[Node]()
    while len(entries) < _MOST and (begin := _entry_at(tokens, place)):
        number = begin - 1
        node = Node(
            "number", number=tokens[number].number, start=tokens[number].start, end=tokens[number].end
        )
        place = begin
        if place < len(tokens) and tokens[place].kind == "percent":
            node = Node("percent", (node,), start=node.start, end=tokens[place].end)
            place += 1
        entries.append(node)
        place = _behind_separator(tokens, place)
    if len(entries) < _FEWEST or len({entry.operation for entry in entries}) > 1:
        return None
    decimals = sum(
        entry.operation == "percent" or entry.number is not None and entry.number.unit is not None
        for entry in entries
    )
    after = tokens[place] if place < len(tokens) else None
    goes_on = after is not None and after.kind in (
        "sign",
        "relation",
        "number",
        "open",
        "ellipsis",
        "percent",
    )
    return None if goes_on or decimals < 2 else (entries, place)


def _entry_at(tokens: Sequence[Token], place: int) -> int:
    """Return the place behind an entry that begins here, perhaps with a name; 0 if none does."""
    if place >= len(tokens):
        return 0
    if tokens[place].kind == "number":
        return place + 1
    named = [one.kind for one in tokens[place : place + 3]] == ["word", "relation", "number"]
    if named and tokens[place + 1].text in "=≈" and tokens[place].text[:1] in "pPqyŷaσ":
        return place + 3
    return 0


def _behind_separator(tokens: Sequence[Token], place: int) -> int:
    """Return where the next entry may begin: behind a comma, a stroke, an 'and', or a comma and an 'and'."""
    index = place
    while index < len(tokens) and index - place < 3:
        token = tokens[index]
        wrapped = token.kind == "end" and index > place
        if not (wrapped or token.text in (",", ";", "/", "|") or token.text.lower() in _AND):
            break
        index += 1
    return index if _entry_at(tokens, index) else place
