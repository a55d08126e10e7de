"""Answers that tell again what was computed above them: 'Answer: side 64; 5,856 parameters'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from nnutils.lint.checks.relations.judging import compared, is_lone, shown_value
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.language import Node, Token, UnreadableError, chains_in, parse_prefix
from nnutils.lint.language.phrases import ABOUT, ADDING, CHANGING, COMPARING, FILLING
from nnutils.lint.sheets import Piece
from nnutils.lint.values import Reading, UndefinedError, Value, compute, written_value
from nnutils.slips.precision import WrittenNumber

__all__ = ["check_answers"]

_ANSWER = re.compile(
    r"^[ \t>*#•–-]*(?:(?:the|final|short|in|so|la|die|der)\s+)*"
    r"(?:answers?|results?|short|summary|summing up|outcome|antworte?n?|ergebniss?e?|kurz"
    r"|réponses?|résultats?"
    r"|respuestas?|resultados?|rispost[ae]|risultat[oi]|respostas?|antwoord(?:en)?|resultaat)"
    r"(?:\s+\(?\w{1,2}\))?\s*(?:[:.–—-]|\b(?:is|are)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_STEM, _MOST_NOUNS, _LONGEST_ITEM, _MOST_CLAUSE = 4, 4, 16, 40
_FEWEST = 3
_MOST = 200
_ENDS = (";", ",", ".", "and", "und", "et", "y", "e")
_OTHERS = (CHANGING | COMPARING | ADDING) - frozenset("and und et y e en in im of i".split()) | frozenset(
    """
    both all two three whole entire network net model layers total sum first last other difference
    beide alle ganzen netz netzwerk deux toutes réseau ambas todas toda dos red entrambi tutti rete
    """.split()
)
"""Words with which an answer may be about more, or less, than one number above it."""


@dataclass(frozen=True)
class _Known:
    """A number that stands above an answer, what it may be the value of, and the words about it."""

    values: tuple[Value, ...]
    words: frozenset[str]
    counted: bool
    """Whether the words stand behind it, as in '48 weights'."""

    result: bool
    """Whether it was computed there; what is only told may be given, and the answer another one."""


def check_answers(context: Context) -> Iterator[Finding]:
    """Judge each number of an answer beside the numbers above it that are about the same thing.

    >>> from nnutils.lint import lint
    >>> text = "There are 24 · 243 = 5,832 weights.\\n\\nAnswer: 5,382 weights"
    >>> [(one.line, one.stated, one.computed) for one in lint(text).wrong]
    [(3, '5,382', '5,832')]
    """
    known: list[_Known] = []
    for piece in context.sheet.pieces():
        if piece.kind == "code":
            continue
        if piece.kind == "heading":
            known = []
            continue
        tokens, begin = context.tokens(piece), 0
        for found in _ANSWER.finditer(piece.text):
            first = next((n for n, one in enumerate(tokens) if one.start >= found.end()), len(tokens))
            known += _stated(tokens[begin:first])
            last = next((n for n in range(first, len(tokens)) if tokens[n].kind == "end"), len(tokens))
            yield from _answered(context, piece, tokens[first:last], known)
            known, begin = [], last
        known = [*known, *_stated(tokens[begin:])][-_MOST:]


def _stated(tokens: Sequence[Token]) -> list[_Known]:
    """Return the numbers among tokens with what they are about."""
    made = list[_Known]()
    values: dict[int, tuple[Value, ...]] = {}
    results = set[int]()
    for chain in chains_in(tokens):
        nodes = [side.node for side in chain.sides if side.node is not None and not side.node.names]
        every = tuple(value for node in nodes if (value := _value(node)) is not None)
        for node in nodes:
            values[node.start] = every
        if any(node.operations for node in nodes):
            results.update(node.start for node in nodes)
    for place, token in enumerate(tokens):
        if token.number is None or (place and tokens[place - 1].kind == "sign"):
            continue
        behind = _words_behind(tokens, place + 1)
        own = written_value(token.number)
        above = values.get(token.start, (own,))
        if behind:
            made.append(_Known((*above, own), behind, True, token.start in results))
        elif values.get(token.start):
            made.append(_Known(above, _words_before(tokens, place), False, token.start in results))
    return made


def _value(node: Node) -> Value | None:
    try:
        return compute(node, Reading())
    except UndefinedError:
        return None


def _words_behind(tokens: Sequence[Token], place: int) -> frozenset[str]:
    words = set[str]()
    for token in tokens[place : place + _MOST_NOUNS]:
        if token.kind != "word":
            break
        words.add(token.text.lower())
    return _telling(words)


def _words_before(tokens: Sequence[Token], place: int) -> frozenset[str]:
    """Return the words of a sentence before a place, or those of a label: 'Multiplications: 64 · 9 = 576'."""
    words = set[str]()
    for token in reversed(tokens[max(0, place - _MOST_CLAUSE) : place]):
        if token.text in (".", ";") or token.kind == "end" or (token.text == ":" and words):
            break
        if token.kind == "word":
            words.add(token.text.lower())
    return _telling(words)


def _telling(words: set[str]) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in words - FILLING - ABOUT if len(word) >= _FEWEST)


def _answered(
    context: Context, piece: Piece, tokens: Sequence[Token], known: Sequence[_Known]
) -> Iterator[Finding]:
    begin = 0
    for place in range(len(tokens) + 1):
        if place < len(tokens) and tokens[place].text.lower() not in _ENDS:
            continue
        item = tokens[begin:place]
        begin = place + 1
        if item and len(item) <= _LONGEST_ITEM:
            found = _item(context, piece, item, known)
            if found is not None:
                yield found


def _item(context: Context, piece: Piece, item: Sequence[Token], known: Sequence[_Known]) -> Finding | None:
    """Judge one part of an answer: a single number with the words about it."""
    first = next((place for place, one in enumerate(item) if one.kind == "number"), None)
    if first is None:
        return None
    try:
        stated, length = parse_prefix(item[first:])
    except UnreadableError:
        return None
    if not is_lone(stated) or stated.names:
        return None
    length = max(1, sum(one.start < stated.end for one in item[first : first + length]))
    others = [*item[:first], *item[first + length :]]
    if any(one.kind not in ("word", "mark", "end") and one.text not in "=≈:" for one in others):
        return None
    words = {one.text.lower() for one in others if one.kind == "word"}
    nouns = _telling(words)
    same = [one for one in known if one.words & nouns]
    same = [one for one in same if one.counted] or same
    about = bool(words & ABOUT) or stated.number is None or "≈" in {one.text for one in others}
    about = about or bool(
        stated.number and stated.number.text != piece.text[item[first].start : item[first].end]
    )
    right, best = _agreeing(same, stated, about=about)
    if best is None or (best != "right" and (words & _OTHERS or _is_a_sum(same, stated))):
        return None
    if best == "wrong" and not (_counted(same) or len({one.values[-1].nominal // 1 for one in same}) == 1):
        return None  # words before several numbers: nobody can say which one is meant
    if best == "wrong" and not any(one.result or _resembles(one, stated) for one in same):
        return None
    return context.finding(
        piece, stated.start, stated.end, "answer", best, stated=piece.text[stated.start : stated.end],
        computed="" if right is None else shown_value(right, stated.number),
        why="" if best == "right" or right is None else f"Above it is {shown_value(right)}.",
    )  # fmt: skip


def _resembles(known: _Known, stated: Node) -> bool:
    """Whether two numbers have the same digits in another order, or one of them has one digit more."""
    if stated.number is None or known.values[-1].nominal.denominator != 1:
        return False
    one, other = (re.sub(r"\D", "", text) for text in (stated.number.text, str(known.values[-1].nominal)))
    short, long = sorted((one, other), key=len)
    if len(long) < _FEWEST or len(long) - len(short) > 1:
        return len(short) == len(long) > 1 and sorted(short) == sorted(long)
    left = iter(long)
    return sorted(short) == sorted(long) or len(short) < len(long) and all(digit in left for digit in short)


def _counted(same: Sequence[_Known]) -> bool:
    return any(one.counted for one in same)


def _agreeing(same: Sequence[_Known], stated: Node, *, about: bool) -> tuple[Value | None, Verdict | None]:
    """Return the value above that a number tells again, and the verdict; the nearest one where none is."""
    nearest: tuple[Fraction, Value] | None = None
    best: Verdict | None = None
    own = _value(stated)
    for value in (value for one in same for value in one.values):
        number = WrittenNumber(
            "", value.nominal, None if value.nominal.denominator == 1 else Fraction(1, 10**9), 9
        )
        judged = compared(Node("number", number=number), "≈" if about else "=", stated, {})
        if judged.verdict == "right":
            return value, "right"
        if judged.verdict == "rounded":
            best = "rounded"
        if own is not None:
            apart = abs(own.nominal - value.nominal)
            nearest = min(nearest or (apart, value), (apart, value), key=lambda one: one[0])
    if nearest is None:
        return None, None
    return nearest[1], best or "wrong"


def _is_a_sum(same: Sequence[_Known], stated: Node) -> bool:
    """Whether a number is the sum of numbers above it: the parameters of both layers, say."""
    own = _value(stated)
    values = list({one.values[-1].nominal for one in same})[:12]
    if own is None:
        return True
    every = [sum(values, Fraction(0)), *(one + other for one, other in combinations(values, 2))]
    every += [one * other for one, other in combinations(values, 2)]
    return any(abs(own.nominal - one) <= abs(one) / 100 for one in every)
