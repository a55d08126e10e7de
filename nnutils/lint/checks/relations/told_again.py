"""Numbers told again: '8,514,496 weights, so about 8.5 million', '7 340 032 octets, soit 7,34 Mo'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import takewhile

from nnutils.lint.checks.relations.judging import Judged, compared
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.language import Node, Token, UnreadableError, parse_prefix
from nnutils.lint.language.clauses import LONGEST, clause_before, partners
from nnutils.lint.language.phrases import ABOUT, ADDING, CHANGING, EXACTLY, FILLING, SAME
from nnutils.lint.language.sides import side_before
from nnutils.lint.language.words import SCALES
from nnutils.lint.sheets import Piece
from nnutils.slips.precision import WrittenNumber

__all__ = ["check_told_again"]

_LONGEST = 14
"""So many tokens may stand between two numbers that are one."""

_MOST_NOUNS = 6
_FEWEST_DIGITS = 5
_STEM = 4
"""Nouns are the same that begin with so many letters alike: weight, weights."""

_SURE, _LIKELY, _DOUBTFUL = 2500, 30, 1
"""How many times the right number one may be that is announced as the same one."""

_BREAKS = frozenset((",", ";", ":", "–", "—", "(", "[", '"', "*", "."))
_ENDS = frozenset((".", ",", ";", ":", ")", "]", "!", "?", "–", "—", '"', "*", "\n"))
_JOINING = ("and", "und", "et", "y", "e", "en", "plus", "but", "aber", "mais", "sowie")
_TELLING = ABOUT | SAME | EXACTLY
_LEADING = _TELLING | FILLING
_BYTES = frozenset("byte bytes octet octets o b bit bits kb mb".split())
_BYTES_OF_ONE = tuple(Fraction(factor) for factor in (2, 4, 8, 1 / 2, 1 / 4, 1 / 8))


def check_told_again(context: Context) -> Iterator[Finding]:
    """Judge each number that is told again in short, or exactly behind its short form.

    >>> from nnutils.lint import lint
    >>> one = lint("So there are 8,514,496 weights. That is about 5.8 million.").findings[0]
    >>> one.verdict, one.stated, one.computed
    ('wrong', '5.8 million', '8,500,000')
    """
    for piece in context.sheet.pieces():
        if piece.kind != "code":
            tokens = context.tokens(piece)
            for place, token in enumerate(tokens):
                if token.kind == "number" and place and tokens[place - 1].kind != "sign":
                    yield from _told(context, piece, tokens, place)


def _told(context: Context, piece: Piece, tokens: Sequence[Token], place: int) -> Iterator[Finding]:
    """Judge the number at a place if it is one that stands before it, told again."""
    run = _run_before(tokens, place)
    if run == place:
        return
    said = _words(tokens[run:place])
    bracket = any(one.kind == "open" for one in tokens[run:place])
    if not (said & _TELLING or bracket or _short_behind(tokens, place)):
        return
    first = _number_before(tokens, run)
    if first is None:
        return
    if _is_scaled(tokens, place) or (said & ABOUT and _is_round(tokens[place], tokens[first])):
        exact, told = first, place
    elif (said & EXACTLY or bracket) and _is_scaled(tokens, first):
        exact, told = place, first
    else:
        return
    number = tokens[exact].number
    if number is None or number.significant < _FEWEST_DIGITS or _is_scaled(tokens, exact):
        return
    try:
        short, length = parse_prefix(list(takewhile(lambda one: one.kind != "end", tokens[told : told + 8])))
    except UnreadableError:
        return
    if short.names:
        return
    behind = exact + 1
    if told > exact:  # what is counted was passed over
        behind = next(
            (n for n in range(told + 1, told + length) if tokens[n].start >= short.end), told + length
        )
    most = _most(tokens, range(first + 1, run), range(run, place), behind)
    if _is_one_of_several(tokens, first):
        most = _DOUBTFUL
    yield from _judged(context, piece, tokens, exact, short, most)


def _run_before(tokens: Sequence[Token], place: int) -> int:
    """Return where the words and marks begin that lead to the number at a place, and mean nothing else."""
    index, stops = place, 0
    while index and place - index < _LONGEST:
        token = tokens[index - 1]
        if token.kind == "word":
            if token.text.lower() not in _LEADING:
                break
        elif token.text == ".":
            stops += 1
            # a new sentence has to say that it is about the number before: 'That is …'
            if stops > 1 or index >= place or tokens[index].text.lower() not in _LEADING:
                break
        elif token.kind == "relation":
            if token.text not in "=≈" or not any(one.kind == "open" for one in tokens[index - 2 : index - 1]):
                break
        elif token.kind == "sign":
            if token.text != "-" or token.close or tokens[index].close:
                break
        elif token.text not in _BREAKS and token.kind != "end":
            break
        index -= 1
    return index


def _words(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(one.text.lower() for one in tokens if one.kind == "word")


def _short_behind(tokens: Sequence[Token], place: int) -> bool:
    """Whether 'in short' or the like stands behind a number."""
    for index in range(place + 1, min(place + 8, len(tokens) - 1)):
        if tokens[index].kind == "mark":
            return False
        if tokens[index].text.lower() in ("in", "for") and tokens[index + 1].text.lower() in (
            "short",
            "round",
        ):
            return True
    return False


def _number_before(tokens: Sequence[Token], run: int) -> int | None:
    """Return where the number stands that is told again, before what is counted; None if none does."""
    index = run - 1
    while index >= 0 and run - index <= _MOST_NOUNS and _is_noun(tokens, index):
        index -= 1
    if index < 0 or tokens[index].kind != "number":
        return None
    before = tokens[index - 1] if index else None
    if before is not None and (before.kind in ("sign", "number") and before.text not in "#"):
        bullet = before.text in "-*" and (index == 1 or tokens[index - 2].kind == "end")
        return index if bullet else None
    return index


def _is_one_of_several(tokens: Sequence[Token], first: int) -> bool:
    """Whether a number ends a list, of which the next number may be the sum: '12,000 and 30,000 weights'."""
    joined = False
    for index in range(first - 1, max(first - 6, -1), -1):
        token = tokens[index]
        if token.kind == "number":
            return joined
        if token.kind not in ("word", "mark") or token.text in ".:?!":
            return False
        joined |= token.text.lower() in _JOINING or token.text in ",;"
    return False


def _is_noun(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.kind == "sign":  # multiply-adds
        return token.text == "-" and token.close
    return token.kind == "word" and token.text.lower() not in _JOINING


def _is_scaled(tokens: Sequence[Token], place: int) -> bool:
    """Whether a number has a scale, a unit in thousands, or a power of ten: 8.5 million, 34 MB, 2 × 10^6."""
    after = tokens[place + 1 : place + 4]
    if "e" in tokens[place].text.lower():
        return True
    if not after:
        return False
    if after[0].kind == "word":
        text = after[0].text
        return (text in SCALES and (len(text) > 1 or after[0].close or not text.isascii())) or _is_storage(
            text
        )
    return (
        len(after) == 3
        and after[0].text in ("×", "*")
        and after[1].text == "10"
        and after[2].text.startswith("^")
    )


def _is_storage(text: str) -> bool:
    """Whether a word is a unit of a thousand bytes or more."""
    lower = text.lower()
    return len(text) <= 9 and (
        (lower[:1] in ("k", "m", "g", "t") and lower[1:] in ("b", "ib", "o", "byte", "bytes", "bit"))
        and text not in ("to", "To", "mo", "go")
    )


def _is_round(token: Token, exact: Token) -> bool:
    """Whether a number ends in zeros where another one has digits: 8,500,000 for 8,514,496."""
    one, other = token.number, exact.number
    if one is None or other is None or one.value.denominator != 1 or other.value.denominator != 1:
        return False
    return not one.value % 1000 and bool(other.value % 1000) and bool(one.value)


def _most(tokens: Sequence[Token], nouns: range, run: range, behind: int) -> int:
    """Return how many times too large or small the second number may be, and still be meant as the first."""
    said = _words([tokens[index] for index in run])
    counted = [tokens[index].text.lower() for index in nouns if tokens[index].kind == "word"]
    after, stop = list[str](), behind
    while stop < len(tokens) and tokens[stop].kind == "word" and len(after) < _MOST_NOUNS:
        after.append(tokens[stop].text.lower())
        stop += 1
    short = _short_behind(tokens, behind - 1)
    ends = stop >= len(tokens) or tokens[stop].text in _ENDS or tokens[stop].kind in ("end", "close", "mark")
    changed = (not short and bool(CHANGING.intersection(after))) or not ends
    after = [word for word in after if word not in FILLING and word not in ABOUT]
    stems = {word[:_STEM] for word in counted}
    other = bool(after) and not short and not any(word[:_STEM] in stems for word in after)
    if changed or said & ADDING or (other and counted):
        return _DOUBTFUL
    if other:
        return _LIKELY if said & SAME else _DOUBTFUL
    return _SURE if said & SAME - {"or", "oder", "ou", "o", "so"} or short else _LIKELY


def _judged(
    context: Context, piece: Piece, tokens: Sequence[Token], exact: int, short: Node, most: int
) -> Iterator[Finding]:
    number = Node("number", number=tokens[exact].number, start=tokens[exact].start, end=tokens[exact].end)
    stored = any(node.operation == "unit" for node in short.walk())
    nouns = _words(tokens[exact + 1 : exact + 3])
    if (
        stored
        and not nouns & _BYTES
        and any(tokens[exact + 1 : exact + 2])
        and tokens[exact + 1].kind == "word"
    ):
        return  # so many parameters, so many megabytes
    judged = compared(number, "≈", short, {})
    if judged.verdict == "unchecked":
        return
    if judged.verdict != "right":
        if judged.verdict != "rounded" and not _near(judged, short, most):
            return
        if stored and not nouns & _BYTES and _of_numbers(number, short):
            return
        if _of_the_work(tokens, exact, short):
            return
    start, end = min(number.start, short.start), max(number.end, short.end)
    yield context.finding(
        piece, start, end, "approximation", judged.verdict,
        stated=piece.text[short.start : short.end], computed=judged.computed, why=judged.note, at=short.start,
    )  # fmt: skip


def _near(judged: Judged, short: Node, factor: int) -> bool:
    """Whether the two numbers may be meant as one: neither is so many times the other."""
    if judged.value is None or factor == _DOUBTFUL:
        return False
    ends = (judged.value.nominal / factor, judged.value.nominal * factor)
    bounds = (Node("number", number=WrittenNumber("", bound, None, 1)) for bound in ends)
    return [compared(bound, "<", short, {}).verdict for bound in bounds] == ["right", "wrong"]


def _of_numbers(number: Node, short: Node) -> bool:
    """Whether a number of bytes is right for so many numbers of 4 or 8 bytes."""
    assert number.number is not None
    each = (
        Node("number", number=WrittenNumber("", number.number.value * factor, None, 9))
        for factor in _BYTES_OF_ONE
    )
    return any(compared(one, "≈", short, {}).verdict in ("right", "rounded") for one in each)


def _of_the_work(tokens: Sequence[Token], exact: int, short: Node) -> bool:
    """Whether the short number is right for what stands before the sign, and the long one is not."""
    if not exact or tokens[exact - 1].kind != "relation":
        return False
    part = tokens[max(0, exact - 1 - LONGEST) : exact]
    link = len(part) - 1
    side = side_before(part, clause_before(part, link, partners(part)), link, (), weak=False)
    if side.node is None or side.node.names:
        return False
    long = Node("number", number=tokens[exact].number, start=tokens[exact].start, end=tokens[exact].end)
    if compared(side.node, "=", long, {}).verdict == "right":
        return False
    return compared(side.node, "≈", short, {}).verdict in ("right", "rounded")
