"""Sums and products in words: 'the product of 400 and 120 is 48,000', '48 weights and 2 biases, so …'."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from nnutils.lint.checks.relations.explaining import explained, work
from nnutils.lint.checks.relations.judging import Judged, compared, is_lone
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.language import Node, Token, UnreadableError, parse_prefix
from nnutils.lint.language.phrases import ABOUT, COMPARING, EACH, FILLING, SAME
from nnutils.lint.language.words import FUNCTIONS
from nnutils.lint.sheets import Piece

__all__ = ["check_in_words"]

_OPERATIONS = {
    "sum": "add", "summe": "add", "somme": "add", "suma": "add", "somma": "add", "soma": "add", "som": "add",
    "product": "multiply", "produkt": "multiply", "produit": "multiply", "producto": "multiply",
    "prodotto": "multiply", "produto": "multiply",
    "difference": "subtract", "differenz": "subtract", "différence": "subtract", "diferencia": "subtract",
    "differenza": "subtract", "diferença": "subtract", "verschil": "subtract",
    "quotient": "divide", "cociente": "divide", "quoziente": "divide", "quociente": "divide",
}  # fmt: skip
_AND = frozenset("and und et y e en plus".split())
_BEING = frozenset(
    """
    is are gives equals makes yields was be becomes so hence thus
    ist beträgt ergibt sind macht est vaut donne fait sont es da son è vale fa sono é são dá geeft
    """.split()
)
_TOGETHER = frozenset(
    """
    together altogether total all so hence thus giving making makes make that sum sums add
    zusammen insgesamt also macht ergibt ensemble tout total soit donc font juntos total insieme totale
    totaal samen dus
    """.split()
)
_ADVERBS = SAME | FILLING | _BEING | _TOGETHER | frozenset("up to come comes we get there".split())
_MOST_NOUNS, _LONGEST = 3, 9
_SIMILAR = 0.3
_FEWEST_DIGITS = 3
_LONGEST_WORK = 40
_NAMELY = ("namely", "nämlich", "i.e.", "d.h.")
_FIRST = frozenset((*_OPERATIONS, *_AND, *_NAMELY, "("))
_OPERATED = ("sign", "number")
_VALUE = ("=", "→", "≈")
"""What may stand before a number that is the value of something: 3 · 16 = 48 weights and 2 biases."""
_WEIGHTS = frozenset("weight weights gewichte gewichten poids pesos pesi gewichten".split())
_PARAMETERS = frozenset("parameters params param parameter paramètres parámetros parametri".split())
_ABOUT_OTHERS = EACH | frozenset("per in for all total together altogether network layers more with".split())
_BIASES = ("bias", "biais", "sesgo", "schwell")
_AFTER = ("sign", "percent", "relation", "number", "open")


def check_in_words(context: Context) -> Iterator[Finding]:
    """Judge sums, products, differences and quotients that are named, and sums of what 'and' joins.

    >>> from nnutils.lint import lint
    >>> one = lint("The product of 400 and 120 is 84,000.").findings[0]
    >>> one.verdict, one.computed
    ('wrong', '48,000')
    """
    for piece in context.sheet.pieces():
        if piece.kind == "code":
            continue
        tokens = context.tokens(piece)
        for place, token in enumerate(tokens):
            word = token.text.lower()
            if word not in _FIRST:
                continue
            if token.kind == "word" and word in _OPERATIONS:
                yield from _named(context, piece, tokens, place)
            elif token.kind == "word" and word in _AND:
                yield from _joined(context, piece, tokens, place)
            elif (word == "(" and token.kind == "open") or word in _NAMELY:
                yield from _spelled_out(context, piece, tokens, place)


def _named(context: Context, piece: Piece, tokens: Sequence[Token], place: int) -> Iterator[Finding]:
    """Judge 'the product of A and B is C'."""
    first = _number_behind(tokens, place + 1, 3)
    if first is None or any(one.kind != "word" for one in tokens[place + 1 : first]):
        return
    joint = _behind_words(tokens, first + 1)
    if joint is None or tokens[joint].text.lower() not in _AND | {"by", "durch", "par"}:
        return
    second = joint + 1
    if second >= len(tokens) or tokens[second].kind != "number":
        return
    being = _behind_words(tokens, second + 1, stop=_BEING)
    if being is None or not (tokens[being].text.lower() in _BEING or tokens[being].text in ("=", ":")):
        return
    third = _number_behind(tokens, being + 1, 2)
    if third is not None and not _words(tokens[being + 1 : third]) & COMPARING:
        operation = _OPERATIONS[tokens[place].text.lower()]
        yield from _judged(context, piece, tokens, (first, second, third), operation, sure=True)


def _joined(context: Context, piece: Piece, tokens: Sequence[Token], place: int) -> Iterator[Finding]:
    """Judge 'A weights and B biases, so C parameters'; what is far off may be about other things."""
    second = place + 1
    if second >= len(tokens) or tokens[second].kind != "number":
        return
    first = place - 1
    while first >= 0 and place - first <= _MOST_NOUNS and tokens[first].kind == "word":
        first -= 1
    if first < 0 or tokens[first].kind != "number":
        return
    if first and tokens[first - 1].kind in _AFTER and tokens[first - 1].text not in _VALUE:
        return
    third = _behind_words(tokens, second + 1, stop=_ADVERBS)
    if third is None:
        return
    told = tokens[third].text == ":"
    begin = third
    while third < len(tokens) and third - begin <= _LONGEST and tokens[third].kind != "number":
        token = tokens[third]
        if not (token.text.lower() in _ADVERBS or token.text in (",", ":", ";", "–", "-", "=", "(", "\n")):
            return
        told |= token.text.lower() in _TOGETHER
        third += 1
    if third >= len(tokens) or tokens[third].kind != "number" or third == begin:
        return
    behind = frozenset(one.text.lower() for one in tokens[third + 1 : third + 5])
    between = _words(tokens[second:third])
    both = bool(_words(tokens[first:second]) & _WEIGHTS and behind & _PARAMETERS)  # weights and biases
    both = both and any(word.startswith(_BIASES) for word in between)
    told |= both
    sure = both and not (between | behind) & _ABOUT_OTHERS
    if told or behind & {"total", "all", "altogether", "together", "insgesamt", "zusammen", "tout"}:
        yield from _judged(context, piece, tokens, (first, second, third), "add", sure=sure)


def _spelled_out(context: Context, piece: Piece, tokens: Sequence[Token], place: int) -> Iterator[Finding]:
    """Judge '48,000 weights (400 × 120)' and '48,000 weights, namely 400 × 120'."""
    number = place - 1
    while (
        number >= 0
        and place - number <= _MOST_NOUNS
        and (tokens[number].kind == "word" or tokens[number].text in (",", ":"))
    ):
        number -= 1
    if number < 0 or tokens[number].kind != "number" or (number and tokens[number - 1].kind in _OPERATED):
        return
    if any(one.text == "," and after.text.lower() in _AND for one, after in pairwise(tokens[number:place])):
        return  # 'sections 3.1, 3.2, and the appendix (3.9-5)': the bracket is that of the next one
    if tokens[place - 1].text.lower() in FUNCTIONS:
        return  # 1.8 ln(2 · 3)
    bracket, begin = tokens[place].kind == "open", place + 1
    equal = begin < len(tokens) and tokens[begin].text == "="
    begin += equal
    if begin >= len(tokens) or tokens[begin].kind not in ("number", "open"):
        return
    try:
        made, length = parse_prefix(tokens[begin : begin + _LONGEST_WORK])
    except UnreadableError:
        return
    after = tokens[begin + length] if begin + length < len(tokens) else None
    closed = after is None or after.kind in (("close",) if bracket else ("mark", "end", "close", "word"))
    if not made.operations or made.names or not closed or is_lone(made):
        return
    stated = _node(tokens[number])
    behind = tokens[begin + length + 1] if bracket and begin + length + 1 < len(tokens) else None
    if behind is not None and (behind.kind == "sign" or (behind.kind == "relation" and number < place - 1)):
        return  # the bracket is a part of what goes on: 131 K   weights: (3 · 3 · 16) · 32 = 4,608
    factor = number == place - 1 and behind is not None and behind.kind == "relation"  # 0.55 (1 − 0.55) = …
    about = stated.number is not None and not stated.number.value % 100
    judged = compared(made, "≈" if about else "=", stated, {})
    leaves = [node.number.value for node in made.walk() if node.number is not None]
    size = made.operation == "multiply" and len(set(leaves)) == 1  # '1,000 images (32 × 32)'
    sure = equal and not about
    if judged.verdict == "unchecked":
        return
    if judged.verdict != "right" and not sure and (size or factor or not _near(judged, stated)):
        return
    text = tokens[number].text
    right = judged.verdict == "right"
    yield context.finding(
        piece, stated.start, made.end, "arithmetic", judged.verdict, stated=text, computed=judged.computed,
        why="" if right else work(made, piece.text, judged), at=stated.start,
        slips=explained(made, text, judged) if judged.verdict == "wrong" else (),
    )  # fmt: skip


def _words(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(one.text.lower() for one in tokens if one.kind == "word")


def _number_behind(tokens: Sequence[Token], place: int, most: int) -> int | None:
    """Return where the next number stands, a few words further; None if something else comes before it."""
    for index in range(place, min(place + most + 1, len(tokens))):
        if tokens[index].kind == "number":
            return index
        if tokens[index].kind != "word":
            return None
    return None


def _behind_words(tokens: Sequence[Token], place: int, stop: frozenset[str] = _AND) -> int | None:
    """Return the place behind what is counted."""
    index = place
    while index < len(tokens) and index - place <= _MOST_NOUNS:
        token = tokens[index]
        if token.kind != "word" or token.text.lower() in stop or token.text.lower() in ("by", "durch", "par"):
            return index
        index += 1
    return None


def _judged(
    context: Context,
    piece: Piece,
    tokens: Sequence[Token],
    places: tuple[int, int, int],
    operation: str,
    *,
    sure: bool,
) -> Iterator[Finding]:
    first, second, third = (_node(tokens[place]) for place in places)
    after = tokens[places[2] + 1] if places[2] + 1 < len(tokens) else None
    if after is not None and after.kind in _AFTER:
        return
    one, other = first, second
    if operation == "subtract" and one.number and other.number and one.number.value < other.number.value:
        one, other = second, first  # the difference of 3 and 5 is 2
    made = Node(operation, (one, other), start=first.start, end=second.end)
    about = _words(tokens[places[1] : places[2]]) & ABOUT
    judged = compared(made, "≈" if about else "=", third, {})
    if judged.verdict == "unchecked" or (judged.verdict != "right" and not (sure or _near(judged, third))):
        return
    stated = piece.text[third.start : third.end]
    right = judged.verdict == "right"
    yield context.finding(
        piece, first.start, third.end, "arithmetic", judged.verdict, stated=stated, computed=judged.computed,
        why="" if right else work(made, piece.text, judged),
        slips=explained(made, stated, judged) if judged.verdict == "wrong" else (), at=third.start,
    )  # fmt: skip


def _near(judged: Judged, stated: Node) -> bool:
    """Whether a number is so near the right one, or has its digits, that it must be meant as it."""
    number = stated.number
    if number is None or judged.value is None or number.significant < _FEWEST_DIGITS or not number.value:
        return False
    if sorted(str(number.value)) == sorted(str(judged.value.nominal)):
        return True
    ratio = float(number.value / judged.value.nominal) if judged.value.nominal else 0.0
    return ratio > 0 and abs(math.log(ratio)) < _SIMILAR


def _node(token: Token) -> Node:
    return Node("number", number=token.number, start=token.start, end=token.end)
