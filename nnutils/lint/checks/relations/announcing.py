"""Values that words announce plainly: '32 kernels times 216 weights, hence 6,912 weights'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nnutils.lint.checks.relations.explaining import explained, work
from nnutils.lint.checks.relations.judging import Judged, compared
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.language import Link, Node, Side, Token
from nnutils.lint.language.phrases import ADDING, CHANGING, EACH, FILLING, SAME
from nnutils.lint.sheets import Piece

__all__ = ["check_groups", "counts_more", "is_plain"]

_PLAIN = frozenset(
    """
    hence so thus therefore i.e. d.h. that which gives give giving makes make making
    yields yielding get obtain
    results resulting leads comes amounts namely
    also ergibt ergeben macht
    donc soit font fait donne donnent c'est-à-dire decir sea da dan cioè ossia quindi dà danno fa
    seja dá dão portanto dus geeft
    """.split()
)
_BEING = frozenset("is are ist sind est sont es son è sono é são".split())
_OPERATOR = re.compile(r"\b(?:times|plus|minus|mal|fois|moins|por|veces|vezes|keer|maal)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_STEM = 4
_AND = ("and", "und", "et", "y", "e", "en")
_HAVING = frozenset("of with à a mit zu von je avec de con di com met van having".split())
_CLEAR_SUM = ("add", "multiply", "group", "number", "power")
_MOST_NOUNS, _LONGEST = 4, 14
_LIKELY = 2


def is_plain(piece: Piece, tokens: Sequence[Token], left: Side, link: Link, right: Side) -> bool:
    """Return whether words announce a number as nothing but the value of what stands before them.

    What was counted stands before the words, and the number counts the same, or nothing is said of it.
    """
    if left.node is None or right.node is None or left.before or link.first >= len(tokens):
        return False
    if any(node.operation not in _CLEAR_SUM for node in left.node.walk()):
        return False
    said = {one.text.lower() for one in tokens[link.first : link.last]}
    last = max(node.end for node in left.node.walk() if node.operation == "number")
    counted = _WORD.findall(piece.text[last : tokens[link.first].start].lower())
    after = [one for one in tokens[link.last :][:20] if one.start >= right.node.end]
    in_words = _OPERATOR.search(piece.text, left.node.start, left.node.end) is not None
    if said & _PLAIN:
        return (bool(counted) or in_words) and _same(counted, after)
    # '32 kernels times 216 weights are 6,912 weights'
    return (
        bool(said & _BEING and counted)
        and in_words
        and bool(after)
        and after[0].kind == "word"
        and _same(counted, after)
    )


def counts_more(piece: Piece, left: Side, right: Side, judged: Judged) -> bool:
    """Return whether a number counts other things, one more for each: '9 inputs, so 10 weights'."""
    if left.node is None or right.node is None or judged.value is None:
        return False
    numbers = [node for node in left.node.walk() if node.number is not None]
    stated = next((node.number for node in right.node.walk() if node.number is not None), None)
    if stated is None or not numbers:
        return False
    more = stated.value - judged.value.nominal
    if more not in {1, *(node.number.value for node in numbers if node.number is not None)}:
        return False
    counted = _WORD.findall(piece.text[max(node.end for node in numbers) : right.node.start].lower())
    after = _WORD.match(piece.text[right.node.end : right.node.end + 40].lower().lstrip())
    return (
        bool(counted) and after is not None and not any(after[0][:_STEM] == word[:_STEM] for word in counted)
    )


def _same(counted: Sequence[str], after: Sequence[Token]) -> bool:
    """Whether what stands behind a number says that it counts the same things, and nothing more."""
    words = list[str]()
    for token in after:
        if token.kind != "word" or token.text.lower() in _AND:
            break
        words.append(token.text.lower())
    else:
        token = None
    ended = token is None or token.kind in ("mark", "close", "end", "word")
    changed = CHANGING.intersection(words) or (ADDING.intersection(words))
    if changed and words[-2:] not in (["in", "all"], ["in", "total"]):
        return False
    words = [word for word in words if word not in FILLING and word not in ("all", "total", "in")]
    stems = {word[:_STEM] for word in counted}
    # '4,860 plus 20, so 4,880 parameters': what is counted is said behind the result only
    return ended and (not stems or all(word[:_STEM] in stems for word in words))


def check_groups(context: Context) -> Iterator[Finding]:
    """Judge the number of things in several groups of so many each.

    >>> from nnutils.lint import lint
    >>> one = lint("With 32 kernels of 216 weights each we get 13,824 weights.").findings[0]
    >>> one.verdict, one.computed
    ('wrong', '6,912')
    """
    for piece in context.sheet.pieces():
        if piece.kind == "code":
            continue
        tokens = context.tokens(piece)
        for place, token in enumerate(tokens):
            if token.kind == "word" and token.text.lower() in EACH:
                yield from _group(context, piece, tokens, place)


def _each_of(tokens: Sequence[Token], each: int) -> tuple[int, int] | None:
    """Return where A and B stand in 'each of the A nodes reads B values'."""
    first = _number(tokens, each, 1)
    said = [one.text.lower() for one in tokens[each + 1 : first]]
    if first is None or not said or said[0] not in _HAVING:
        return None
    second = first + 1
    while second < len(tokens) and second - first <= 6 and tokens[second].kind == "word":
        if tokens[second].text.lower() in _AND:
            return None
        second += 1
    if second >= len(tokens) or tokens[second].kind != "number" or second - first < 3:
        return None
    return first, second


def _group(context: Context, piece: Piece, tokens: Sequence[Token], each: int) -> Iterator[Finding]:
    """Judge 'A kernels of B weights each, so C weights'; in German 'each' stands before B."""
    if (pair := _each_of(tokens, each)) is not None:
        yield from _product(context, piece, tokens, pair, pair[1] + 1)
        return
    second = _number(tokens, each, -1)
    if second is None or not _having(tokens, second):
        second = _number(tokens, each, 1) if each + 1 < len(tokens) else None
    if second is None:
        return
    having = second - 1
    while having > 0 and tokens[having].kind == "word" and tokens[having].text.lower() in _HAVING | EACH:
        having -= 1
    if having == second - 1:
        return
    first = _number(tokens, having + 1, -1)
    if first is not None and first != having:
        yield from _product(context, piece, tokens, (first, second), max(each, second) + 1)


def _product(
    context: Context, piece: Piece, tokens: Sequence[Token], factors_at: tuple[int, int], behind: int
) -> Iterator[Finding]:
    """Judge the number that is announced behind two factors."""
    first, second = factors_at
    third = _announced(tokens, behind)
    if third is None:
        return
    if first and tokens[first - 1].kind in ("sign", "relation", "number"):
        return
    factors = [_node(tokens[first]), _node(tokens[second])]
    product = Node("multiply", tuple(factors), start=factors[0].start, end=factors[1].end)
    judged = compared(product, "=", _node(tokens[third]), {})
    counted = [one.text.lower() for one in tokens[second + 1 : third] if one.kind == "word"]
    plain = _same(counted, tokens[third + 1 : third + 10])
    if judged.verdict == "unchecked" or (judged.verdict != "right" and not plain):
        return
    stated = tokens[third]
    wrong = judged.verdict == "wrong"
    yield context.finding(
        piece, tokens[first].start, stated.end, "arithmetic", judged.verdict,
        stated=piece.text[stated.start : stated.end], computed=judged.computed,
        why="" if judged.verdict == "right" else work(product, piece.text, judged),
        slips=explained(product, stated.text, judged) if wrong else (), at=stated.start,
    )  # fmt: skip


def _number(tokens: Sequence[Token], place: int, step: int) -> int | None:
    """Return where the next number stands, with nothing but a few words between; None if none does."""
    index = place + step
    while (
        0 <= index < len(tokens)
        and abs(index - place) <= _MOST_NOUNS
        and tokens[index].kind in ("word", "end")
    ):
        index += step
    found = 0 <= index < len(tokens) and tokens[index].kind == "number"
    return index if found else None


def _having(tokens: Sequence[Token], number: int) -> bool:
    return bool(number) and tokens[number - 1].text.lower() in _HAVING


def _announced(tokens: Sequence[Token], place: int) -> int | None:
    """Return where the number stands that words announce: ', so 6,912', ' we get 6,912'."""
    told = False
    for index in range(place, min(place + _LONGEST, len(tokens))):
        token = tokens[index]
        if token.kind == "number":
            after = tokens[index + 1] if index + 1 < len(tokens) else None
            alone = after is None or after.kind not in ("sign", "percent", "relation")
            return index if told and alone else None
        lower = token.text.lower()
        if token.kind == "word":
            told |= lower in _PLAIN
            if lower in ADDING or not (lower in _PLAIN | SAME | FILLING or index < place + 3):
                return None
        elif token.kind not in ("end", "relation") and token.text not in (",", ":", ";", "–", "-"):
            return None
        else:
            told |= token.text in ("=", ":")
    return None


def _node(token: Token) -> Node:
    return Node("number", number=token.number, start=token.start, end=token.end)
