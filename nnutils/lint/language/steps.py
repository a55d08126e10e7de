"""Computations that go on behind a comma or a full stop: '51,200, plus 64 biases makes 51,264'."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nnutils.lint.language.clauses import clause_before, partners
from nnutils.lint.language.cursor import UnreadableError, whole_number
from nnutils.lint.language.parser import parse_prefix
from nnutils.lint.language.sides import side_before
from nnutils.lint.language.tokens import Token
from nnutils.lint.language.tree import Node

__all__ = ["Step", "steps_in"]

_OPERATIONS: dict[str, str] = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide"}


def _phrases(sign: str, *phrases: str) -> dict[tuple[str, ...], str]:
    return {tuple(phrase.split()): sign for phrase in phrases}


_BEFORE_A_NUMBER = (
    _phrases("+", "+", "plus", "adding", "add", "with", "together with", "including", "counting")
    | _phrases("+", "zuzüglich", "dazu", "dazu kommen", "hinzu kommen", "addiert man", "mit", "samt")
    | _phrases("+", "en ajoutant", "on ajoute", "avec", "y compris", "ajoutons")
    | _phrases("-", "minus", "less", "subtracting", "without", "abzüglich", "weniger", "ohne", "moins")
    | _phrases("-", "en retirant", "on retire", "sans")
    | _phrases("*", "times", "multiplied by", "multiplying by", "mal", "multipliziert mit", "fois")
    | _phrases("*", "multiplié par", "multipliés par", "en multipliant par")
    | _phrases("/", "divided by", "dividing by", "geteilt durch", "dividiert durch", "divisé par")
    | _phrases("/", "divisés par")
)
"""Words at the beginning of a clause that take up the number before it, and what they do to it."""

_ALONE: dict[tuple[str, ...], tuple[str, str]] = {
    tuple(phrase.split()): (sign, number)
    for sign, number, phrases in (
        ("*", "2", "doubled|twice that|twice this|two times that|verdoppelt|das doppelte|doublé|le double"),
        ("*", "3", "tripled|three times that|verdreifacht|das dreifache|triplé|le triple"),
        ("/", "2", "halved|half of that|half of it|half of this|halbiert|die hälfte|la moitié"),
    )
    for phrase in phrases.split("|")
}
_ONLY_BIASES = frozenset(
    tuple(phrase.split())
    for phrase in "with|together with|mit|samt|avec|without|ohne|sans|including|counting|y compris".split("|")
)
"""Words that mean a sum only before what is added to weights: 'with 64 filters' adds nothing."""

_SIGNS = frozenset(
    (word,) for word in ("+", "plus", "minus", "less", "times", "mal", "fois", "moins", "weniger")
)
"""Words that are signs, too: 'of 50 and minus 30' goes on with nothing. They need a mark before them."""

_BIASES = ("bias", "biais", "schwellenwert", "sesgo")
"""What words for biases begin with."""

_LINKING = frozenset(
    "and then now if we by after when und dann nun wenn man et puis si on cela das es ce that this it".split()
)
_CONJUNCTIONS = frozenset(("and", "und", "et", "then", "dann", "puis"))
_ARTICLES = frozenset(
    "the a an its their these those our all only die der das den dem ihre les le la l ses ces i".split()
)
_ANNOUNCING = frozenset(
    "gives give giving makes make making is are get gets got obtain obtains yields yield leaves leave leaving"
    " has have total totals altogether becomes become remain remains brings so i.e. reach"
    " ergibt ergeben macht machen sind ist also insgesamt bleibt bleiben erhält erhalten hat haben zusammen"
    " fait font donne donnent soit est sont obtient obtenons reste restent donc d.h.".split()
)
_STOPPING = frozenset(
    "per more than not but for at from other another next previous instead would where layer layers"
    " je pro jeweils mehr als nicht aber für pour par chaque autre plus"
    " first second third last block".split()
)
_SHARED_OUT = frozenset("each every jeweils je pro per chacun chaque apiece".split())
_FIRST_WORDS = frozenset(words[0] for words in (*_BEFORE_A_NUMBER, *_ALONE))
_SMALL = {"one": "1", "two": "2", "three": "3", "eins": "1", "zwei": "2"}
_MARKS = ",;.:(–—-"
_LONGEST_WAY = 8
_LONGEST_PHRASE = 3
_MOST_NOUNS = 4


@dataclass(frozen=True)
class _Phrase:
    """Words that take up a number, their sign, and the number in them: 'doubled' is '* 2'."""

    words: tuple[str, ...]
    sign: str
    number: str = ""


@dataclass(frozen=True)
class Step:
    """A number, what a clause behind it does to it, and the number that this is said to make.

    ``node`` is the whole computation; ``operand`` is None where the clause says only 'the biases'. It is
    ``vague`` where the number before may have the operand in it already: 'with the biases'. ``index`` is
    the token at which the clause begins, and the nouns are the words behind the three numbers.
    """

    before: Node
    operand: Node | None
    node: Node
    stated: Node
    about: bool
    sign: str
    vague: bool
    index: int
    nouns: tuple[str, ...]
    nouns_before: tuple[str, ...]
    nouns_behind: tuple[str, ...]
    made_of: Node | None = None
    """What the number before is said to be equal to, as in a = b, plus c."""

    @property
    def end(self) -> int:
        """Where the statement ends in the text."""
        return self.stated.end

    @property
    def about_biases(self) -> bool:
        """Whether the clause is about biases."""
        return any(word.startswith(_BIASES) for word in self.nouns)


def steps_in(tokens: Sequence[Token]) -> Iterator[Step]:
    """Yield the computations among tokens that take up the number of the clause before."""
    partner: dict[int, int] | None = None
    waiting: dict[int, Node] = {}  # by where a clause ends: what it makes, where it does not say that
    for index, token in enumerate(tokens):
        if index < 2 or (token.kind != "word" and token.text != "+"):
            continue
        found = _phrase(tokens, index)
        if found is None or (begin := _boundary(tokens, index, found)) is None:
            continue
        partner = partners(tokens) if partner is None else partner
        last = _without_nouns(tokens, begin)
        first = clause_before(tokens, last, partner)
        before, made_of = waiting.get(last), None
        if before is None:
            before = side_before(tokens, first, last, (), weak=False).node
            if first and tokens[first - 1].kind == "relation" and tokens[first - 1].text == "=":
                start = clause_before(tokens, first - 1, partner)
                made_of = side_before(tokens, start, first - 1, (), weak=False).node
        if before is None or before.names or not _numbers(before):
            continue
        step, end, node = _step(tokens, index, found, before)
        if step is not None:
            yield replace(step, made_of=made_of)
        elif node is not None:
            waiting[end] = node


def _without_nouns(tokens: Sequence[Token], end: int) -> int:
    """Return where the number ends that stands before a few words at the end of a clause."""
    place = end
    while place > 1 and end - place < _MOST_NOUNS and tokens[place - 1].kind == "word":
        place -= 1
    return place if tokens[place - 1].kind in ("number", "close") else end


def _numbers(node: Node) -> bool:
    return any(one.operation == "number" for one in node.walk())


def _phrase(tokens: Sequence[Token], index: int) -> _Phrase | None:
    if tokens[index].text.lower() not in _FIRST_WORDS:
        return None
    for length in range(_LONGEST_PHRASE, 0, -1):
        words = tuple(one.text.lower() for one in tokens[index : index + length])
        if words in _BEFORE_A_NUMBER:
            return _Phrase(words, _BEFORE_A_NUMBER[words])
        if words in _ALONE:
            return _Phrase(words, *_ALONE[words])
    return None


def _boundary(tokens: Sequence[Token], index: int, found: _Phrase) -> int | None:
    """Return where the clause before a phrase ends; None if the phrase is not at the beginning of one."""
    if tokens[index].text == "+" and tokens[index - 1].kind == "end":
        return None  # an item of a list
    place, marks, joined = index, 0, False
    while place > 0 and index - place < 5:
        before = tokens[place - 1]
        if before.text == "]" and place > 2 and tokens[place - 3].text == "[":  # the points of a step
            place -= 2
            marks += 1
        elif before.kind in ("mark", "open", "end") and (before.text in _MARKS or before.kind == "end"):
            marks += 1
        elif before.kind == "word" and before.text.lower() in _LINKING:
            joined |= before.text.lower() in _CONJUNCTIONS
        else:
            break
        place -= 1
    return place if place and (marks or (joined and found.words not in _SIGNS)) else None


def _step(
    tokens: Sequence[Token], index: int, phrase: _Phrase, before: Node
) -> tuple[Step | None, int, Node | None]:
    """Return what a clause states; else where its operand ends, and the computation without a result."""
    place = index + len(phrase.words)
    while place < len(tokens) and tokens[place].text.lower() in _ARTICLES:
        place += 1
    operand: Node | None = whole_number(phrase.number, tokens[index]) if phrase.number else None
    if operand is None and place < len(tokens) and (small := _SMALL.get(tokens[place].text.lower())):
        operand, place = whole_number(small, tokens[place]), place + 1
    elif operand is None and place < len(tokens) and tokens[place].kind in ("number", "open"):
        operand, place = _operand(tokens, place)
        if operand is None:
            return None, 0, None
        if place + 1 < len(tokens) and tokens[place].kind == "relation" and tokens[place].text == "=":
            value, end = _operand(tokens, place + 1)  # plus 3 × 32 = 96 biases, that is 896
            if value is not None and _way(tokens, end, phrase.sign) is not None:
                operand, place = value, end
    node = before if operand is None else _computation(phrase.sign, before, operand)
    way = _way(tokens, place, phrase.sign)
    if way is None:
        return None, place, None if operand is None else node
    target, words, announced = way
    nouns = tuple(word for word in words if word not in _ANNOUNCING | _LINKING)
    biases = any(word.startswith(_BIASES) for word in nouns)
    vague = phrase.words in _ONLY_BIASES
    if not (announced or (biases and vague)):
        return None, place, None if operand is None else node
    if (vague or operand is None) and not biases:
        return None, place, None
    stated, _ = _operand(tokens, target)
    if stated is None:
        return None, place, None
    about = any(one.text in "≈~" for one in tokens[place:target])
    behind = _words(tokens, before.end), _words(tokens, stated.end)
    return Step(before, operand, node, stated, about, phrase.sign, vague, index, nouns, *behind), place, None


def _operand(tokens: Sequence[Token], place: int) -> tuple[Node | None, int]:
    """Return the expression without names that begins at a place, and where it ends without its nouns."""
    try:
        made, used = parse_prefix(tokens[place : place + 40])
    except UnreadableError:
        return None, place
    end = place + used
    while end > place and tokens[end - 1].kind == "word" and tokens[end - 1].start >= made.end:
        end -= 1
    return (None if made.names else made), end


def _computation(sign: str, before: Node, operand: Node) -> Node:
    if sign in "+-" and operand.operation == "percent":  # plus 19 %: of what stands before
        operand = Node("multiply", (before, operand), start=operand.start, end=operand.end)
    return Node(_OPERATIONS[sign], (before, operand), start=before.start, end=operand.end)


def _way(tokens: Sequence[Token], place: int, sign: str) -> tuple[int, tuple[str, ...], bool] | None:
    """Return where the number behind an announcement stands, the words before it, and if some announce it."""
    words, announced = list[str](), False
    behind = _behind_a_remark(tokens, place)
    for index in range(behind, min(behind + _LONGEST_WAY, len(tokens))):
        token = tokens[index]
        word = token.text.lower()
        if index > behind and _phrase(tokens, index) is not None:
            return None
        if token.kind == "number":
            return index, tuple(words), announced
        if token.kind == "relation" and token.text in "=≈→":
            announced = True
        elif token.kind == "word":
            if word in _STOPPING or any(map(str.isdigit, word)):
                return None
            if sign in "+-" and word in _SHARED_OUT:
                return None
            announced |= word in _ANNOUNCING
            words.append(word)
        elif token.text == ":":
            announced = True
        elif token.text != "," and token.kind != "end":
            return None
    return None


def _behind_a_remark(tokens: Sequence[Token], place: int) -> int:
    """Return where words in brackets end that begin at a place: 'plus one (the rest is cut off): 14'."""
    end = place + 1
    while end < len(tokens) and end - place < _LONGEST_WAY and tokens[end].kind == "word":
        end += 1
    remark = place < len(tokens) and tokens[place].text == "(" and end < len(tokens)
    return end + 1 if remark and tokens[end].text == ")" else place


def _words(tokens: Sequence[Token], place: int) -> tuple[str, ...]:
    """Return the words that stand directly behind a place of the text."""
    words: list[str] = []
    first = bisect_left(tokens, place, key=lambda token: token.start)
    for token in tokens[first : first + _LONGEST_PHRASE]:
        if token.kind != "word":
            break
        words.append(token.text.lower())
    return tuple(words)
