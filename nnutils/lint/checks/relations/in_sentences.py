"""Numbers that a sentence relates without a sign: '17 of 22 points, that is 77 %', and numbers in short."""

from __future__ import annotations

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
)
_FIRST_OF = frozenset(words[0] for words in _OF)
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
_MOST_WORDS = 5
_NEAR = 3
_STRONG = frozenset(("that", "which", "i.e.", "d.h.", "das", "in", "=", "has", "gets", "exactly", "genau"))
_FAR = 30  # how far off a number may be that is announced as the same one
_SIMILAR = Fraction(3, 2)  # a share that is off by more may be that of something else


def check_sentences(context: Context) -> Iterator[Finding]:
    """Judge shares told in a sentence, and numbers told again in short."""
    for piece in context.sheet.pieces():
        if piece.kind != "code":
            tokens = context.tokens(piece)
            yield from _shares(context, piece, tokens)
            yield from _in_short(context, piece, tokens)


def _shares(context: Context, piece: Piece, tokens: Sequence[Token]) -> Iterator[Finding]:
    """Find 'A of B points, that is C %'. C follows at once, or behind words that announce it."""
    for index, token in enumerate(tokens):
        if token.kind != "number" or (index and tokens[index - 1].kind in ("sign", "relation", "number")):
            continue
        whole = _behind_of(tokens, index + 1)
        if whole is None:
            continue
        share = _announced(tokens, whole + 1)
        if share is None:
            continue
        left = Node(
            "divide", (_number(token), _number(tokens[whole])), start=token.start, end=tokens[whole].end
        )
        strong = _strong(tokens[whole + 1 : share])
        yield from _share(context, piece, left, tokens[share : share + 2], strong=strong)


def _behind_of(tokens: Sequence[Token], index: int) -> int | None:
    """Return where the number stands of which the one before is a part."""
    for skipped in range(3):  # '17 correct answers of 22'
        first = tokens[index + skipped].text.lower() if index + skipped < len(tokens) else ""
        for words in _OF if first in _FIRST_OF else ():
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
        if token.kind != "number" or token.number is None or token.number.significant <= _MOST_WORDS - 1:
            continue
        place, told = index + 1, False
        while place < len(tokens) and place - index <= _MOST_WORDS and tokens[place].kind in ("word", "mark"):
            if tokens[place].text not in (",", "(") and tokens[place].kind == "mark":
                break
            told |= tokens[place].text.lower() in _SHORT
            place += 1
        if place >= len(tokens) or place == index + 1 or tokens[place].kind != "number":
            continue
        try:
            right, length = parse_prefix(tokens[place : place + 6])
        except UnreadableError:
            continue
        told |= any(one.text.lower() in ("in", "for") for one in tokens[place + 1 : place + length + 1])
        scaled = (
            right.operation == "multiply"
            or "e" in tokens[place].text.lower()
            or tokens[place + 1 : place + 2]
            and tokens[place + 1].text in SCALES
        )
        if not told or not scaled:
            continue
        strong = _strong(tokens[index + 1 : place + length + 1])
        yield from _short(context, piece, _number(token), right, _FAR if strong else _NEAR)


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
    end = tokens[-1].end
    yield context.finding(
        piece, left.start, end, "share", verdict,
        stated=piece.text[tokens[0].start : end], computed=computed, why=why, at=tokens[0].start,
    )  # fmt: skip


def _short(context: Context, piece: Piece, left: Node, right: Node, most: int) -> Iterator[Finding]:
    judged = compared(left, "≈", right, {})
    if judged.verdict == "unchecked" or (judged.verdict == "wrong" and not _near(judged, right, most)):
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
