"""Numbers that a sentence relates without a sign: '17 of 22 points, that is 77 %', and numbers in short."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from nnutils.lint.checks.relations.judging import Judged, compared
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.language import Node, Token, parse_prefix
from nnutils.lint.language.cursor import UnreadableError
from nnutils.lint.language.words import SCALES
from nnutils.lint.sheets import Piece
from nnutils.slips.precision import WrittenNumber, at_precision, match

__all__ = ["check_sentences"]

_OF = (
    ("of",),
    ("of", "the"),
    ("of", "these"),
    ("of", "those"),
    ("of", "all"),
    ("out", "of"),
    ("out", "of", "the"),
    ("von",),
    ("von", "den"),
    ("sur",),
    ("de",),
    ("der",),
    ("des",),
    ("di",),
    ("de", "los"),
    ("of", "a", "total", "of"),
    ("of", "the", "total"),
    ("von", "insgesamt"),
)
_ANNOUNCING = frozenset(
    "is are has have had gets got that this which i.e. or makes make gives equals about exactly roughly "
    "genau sind ist hat das also etwa soit est a share of the to in he she it they were was only just".split()
)
_SHORT = frozenset(
    (
        "short",
        "roughly",
        "about",
        "or",
        "some",
        "approximately",
        "nearly",
        "almost",
        "i.e.",
        "rund",
        "etwa",
        "ca.",
        "circa",
        "d.h.",
    )
)
_COUNTED = frozenset(
    "step test page part question exercise chapter lecture week day task item problem section run round "
    "epoch schritt seite teil aufgabe frage kapitel woche tag étape partie".split()
)
"""Words behind which a number says which one: 'step 2 of 4, 37 % done'."""
_BYTES = re.compile(r"[kKMGT]i?B|[kMG]o|(?:kilo|mega|giga|kibi|mebi|gibi)(?:byte|octet)s?")
_BYTE = frozenset("byte bytes b octet octets".split())
_LINKING = _SHORT | frozenset(
    "is that this which or so thus hence therefore equals makes gives exactly i.e. d.h. also das sind ist "
    "genau soit donc".split()
)
_MOST_WORDS = 5
_SHORT_NUMBER = 4  # digits that nobody shortens
_NEAR = 3
_STRONG = frozenset(("that", "which", "i.e.", "d.h.", "das", "in", "=", "has", "gets", "exactly", "genau"))
_LARGE = 1000
_FAR = 30  # how far off a number may be that is announced as the same one
_SIMILAR = Fraction(3, 2)  # a share that is off by more may be that of something else


def check_sentences(context: Context) -> Iterator[Finding]:
    """Judge shares told in a sentence, and numbers told again in short."""
    for piece in context.sheet.pieces():
        if piece.kind != "code":
            tokens = context.tokens(piece)
            yield from _shares(context, piece, tokens)
            yield from _shares_before(context, piece, tokens)
            yield from _in_short(context, piece, tokens)


def _shares(context: Context, piece: Piece, tokens: Sequence[Token]) -> Iterator[Finding]:
    """Find 'A of B points, that is C %'. C follows at once, or behind words that announce it."""
    for index, token in enumerate(tokens):
        if token.kind != "number" or (index and tokens[index - 1].kind in ("sign", "relation", "number")):
            continue
        whole = _behind_of(tokens, index + 1)
        if whole is None or (index and tokens[index - 1].text.lower() in _COUNTED):
            continue
        share = _announced(tokens, whole + 1)
        if share is None:
            continue
        left = Node(
            "divide", (_number(token), _number(tokens[whole])), start=token.start, end=tokens[whole].end
        )
        strong = _strong(tokens[whole + 1 : share]) or _of_one_whole(token, tokens[whole])
        yield from _share(context, piece, left, tokens[share : share + 2], strong=strong)


def _shares_before(context: Context, piece: Piece, tokens: Sequence[Token]) -> Iterator[Finding]:
    """Find 'C % of the parameters (A of B)' and 'of the B parameters, A are here, that is C %'."""
    for index, token in enumerate(tokens):
        if token.kind == "number" and tokens[index + 1 : index + 2] and tokens[index + 1].kind == "percent":
            part = _next_number(tokens, index + 2)
            whole = _behind_of(tokens, part + 1) if part is not None else None
            if part is None or whole is None or _announced(tokens, whole + 1) is not None:
                continue
            if any(one.kind == "relation" for one in tokens[index:part]):
                continue
            share = index
        elif token.kind == "word" and token.text.lower() in ("of", "von") and _begins_a_clause(tokens, index):
            whole = _next_number(tokens, index + 1, words=2)
            part = _next_number(tokens, whole + 1) if whole is not None else None
            if whole is None or part is None or (further := _announced(tokens, part + 1)) is None:
                continue
            share = further
        else:
            continue
        if _of_one_whole(tokens[part], tokens[whole]):
            first, last = sorted((tokens[part], tokens[whole]), key=lambda one: one.start)
            left = Node(
                "divide", (_number(tokens[part]), _number(tokens[whole])), start=first.start, end=last.end
            )
            yield from _share(context, piece, left, tokens[share : share + 2], strong=True)


def _begins_a_clause(tokens: Sequence[Token], index: int) -> bool:
    return not index or tokens[index - 1].kind in ("end", "open") or tokens[index - 1].text in ",;:–-"


def _next_number(tokens: Sequence[Token], index: int, words: int = 8) -> int | None:
    """Return where the next number of a sentence stands, with so many words at most before it."""
    for place in range(index, min(index + words + 2, len(tokens))):
        token = tokens[place]
        if token.kind == "number":
            after = tokens[place + 1].kind if place + 1 < len(tokens) else "end"
            return None if after in ("sign", "percent") else place
        if token.kind not in ("word", "open") and token.text not in ",:":
            return None
    return None


def _of_one_whole(part: Token, whole: Token) -> bool:
    """Return whether two numbers are so large that a percentage beside them can only be their share."""
    if part.number is None or whole.number is None or part.number.value > whole.number.value:
        return False
    return whole.number.value >= _LARGE and part.number.significant > 2


def _behind_of(tokens: Sequence[Token], index: int) -> int | None:
    """Return where the number stands of which the one before is a part."""
    for skipped in range(3):  # '17 correct answers of 22'
        for words in _OF:
            end = index + skipped + len(words)
            between = tuple(one.text.lower() for one in tokens[index + skipped : end])
            if between == words and end < len(tokens) and tokens[end].kind == "number":
                after = tokens[end + 1] if end + 1 < len(tokens) else None
                if after is None or after.kind not in ("sign", "percent"):
                    return end
        if index + skipped >= len(tokens) or tokens[index + skipped].kind != "word":
            return None
    return None


def _announced(tokens: Sequence[Token], index: int) -> int | None:
    """Return where a number with a percent sign stands, behind a noun and words that announce it."""
    words = 0
    announced = False
    while index < len(tokens) and words <= _MOST_WORDS:
        token = tokens[index]
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.kind == "number":
            further = tokens[index + 2].text.lower() if index + 2 < len(tokens) else ""
            percent = after is not None and after.kind == "percent" and further not in ("of", "der", "des")
            return index if announced and percent else None
        if token.kind == "word":
            announced |= token.text.lower() in _ANNOUNCING
            words += 1
        elif token.kind in ("relation", "open") or token.text in ",:–-":
            announced = True
        elif token.kind != "end":
            return None
        index += 1
    return None


def _in_short(context: Context, piece: Piece, tokens: Sequence[Token]) -> Iterator[Finding]:
    """Find '22,579,200 multiplications, 2.3 × 10^7 in short' and '36,864,000, or about 37 million'."""
    for index, token in enumerate(tokens):
        if token.kind != "number" or token.number is None or not _has_many_digits(token):
            continue
        place, told = index + 1, False
        while place < len(tokens) and place - index <= _MOST_WORDS and _between(tokens[place]):
            told |= tokens[place].text.lower() in _SHORT
            place += 1
        if place >= len(tokens) or place == index + 1 or tokens[place].kind != "number":
            continue
        try:
            line = itertools.takewhile(lambda one: one.kind != "end", tokens[place : place + 6])
            right, length = parse_prefix(list(line))
        except UnreadableError:
            continue
        told |= any(one.text.lower() in ("in", "for") for one in tokens[place + 1 : place + length + 1])
        scaled = (
            right.operation == "multiply"
            or "e" in tokens[place].text.lower()
            or tokens[place + 1 : place + 2]
            and tokens[place + 1].text in SCALES
        )
        if scaled and _restated_bytes(tokens, index, place):
            yield from _short(context, piece, _number(token), right, None)
            continue
        if not told or not scaled:
            continue
        strong = _strong(tokens[index + 1 : place + length + 1])
        yield from _short(context, piece, _number(token), right, _FAR if strong else _NEAR)


def _between(token: Token) -> bool:
    """Return whether a token may stand between a number and the same one in short."""
    return token.kind in ("word", "open", "relation") or (token.kind == "mark" and token.text == ",")


def _restated_bytes(tokens: Sequence[Token], index: int, place: int) -> bool:
    """Return whether 'N bytes, so M MB' stands there: that is one size, however far the two are apart."""
    between, unit = tokens[index + 1 : place], tokens[place + 1 : place + 2]
    if not unit or not _BYTES.fullmatch(unit[0].text) or between[0].text.lower() not in _BYTE:
        return False
    linking = [one for one in between[1:] if one.kind == "word"]
    return len(between) > 1 and all(one.text.lower() in _LINKING for one in linking)


def _has_many_digits(token: Token) -> bool:
    return token.number is not None and sum(sign.isdigit() for sign in token.number.text) > _SHORT_NUMBER


def _strong(tokens: Sequence[Token]) -> bool:
    """Whether words say plainly that the next number is the same one: 'that is', 'i.e.', 'in short'."""
    return any(one.text.lower() in _STRONG for one in tokens)


def _share(
    context: Context, piece: Piece, left: Node, tokens: Sequence[Token], *, strong: bool
) -> Iterator[Finding]:
    part, whole = (node.number for node in left.arguments)
    written = tokens[0].number
    if part is None or whole is None or written is None or not whole.value:
        return
    share = part.value / whole.value * 100
    unit = written.unit or Fraction(1)
    rounded = WrittenNumber(written.text, written.value, unit, written.significant)
    found = match(rounded, share)
    verdict: Verdict = "right" if found == "equal" else "rounded" if found == "last digit" else "wrong"
    if verdict == "wrong" and abs(share - written.value) <= unit * 3 / 2:
        verdict = "rounded"  # 0.00 % of something is one step off, too
    if verdict == "wrong" and not strong and not share / _SIMILAR < written.value < share * _SIMILAR:
        return
    computed = f"{at_precision(rounded, share)} %"
    why = f"{part.text} / {whole.text} = {computed}."
    start, end = min(left.start, tokens[0].start), max(left.end, tokens[-1].end)
    yield context.finding(
        piece, start, end, "share", verdict,
        stated=piece.text[tokens[0].start : tokens[-1].end], computed=computed, why=why, at=tokens[0].start,
    )  # fmt: skip


def _short(context: Context, piece: Piece, left: Node, right: Node, most: int | None) -> Iterator[Finding]:
    """Judge a number told again; one that is so many times off is about something else."""
    judged = compared(left, "≈" if most is not None else "=", right, {})
    far = judged.verdict == "wrong" and most is not None and not _near(judged, right, most)
    if judged.verdict == "unchecked" or far:
        return
    yield context.finding(
        piece, left.start, right.end, "approximation", judged.verdict,
        stated=piece.text[right.start : right.end], computed=judged.computed, why=judged.note, at=right.start,
    )  # fmt: skip


def _near(judged: Judged, right: Node, factor: int) -> bool:
    """Whether the two numbers may be meant as one: neither is so many times the other."""
    if judged.value is None:
        return False
    ends = (judged.value.nominal / factor, judged.value.nominal * factor)
    bounds = (Node("number", number=WrittenNumber("", bound, None, 1)) for bound in ends)
    return [compared(bound, "<", right, {}).verdict for bound in bounds] == ["right", "wrong"]


def _number(token: Token) -> Node:
    return Node("number", number=token.number, start=token.start, end=token.end)
