"""Shares that a sentence tells without a sign: '17 of 22 points, that is 77 %'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.language import Token
from nnutils.lint.language.phrases import (
    ABOUT,
    ADDING,
    COMPARING,
    EXACTLY,
    FILLING,
    PART,
    PERCENT,
    SAME,
    WHOLE,
)
from nnutils.lint.language.words import SCALES
from nnutils.lint.sheets import Piece
from nnutils.slips.precision import WrittenNumber, at_precision, match

__all__ = ["check_sentences"]

_MOST_WORDS = 7
_MOST_BETWEEN = 12
"""So many words stand between the two numbers of which one is a part of the other."""

_MOST_NOUNS = 4
_FAR_BACK = 40
_SIMILAR = Fraction(3, 2)  # a share that is off by more may be that of something else
_ANNOUNCING = ABOUT | SAME | FILLING | EXACTLY | frozenset(
    "has have had gets got share she he they in it only just hat a en un het contains holds almost".split()
)  # fmt: skip
_STRONG = (
    SAME - frozenset(("or", "oder", "ou", "o", "word", "it", "say", "call"))
    | EXACTLY
    | frozenset("has hat gets in makes make macht fait equals gives beträgt ergibt sind un um".split())
)
_FROM = frozenset("from aus unter among".split())  # '8 % from 18 to 24'
_UP_TO = ("to", "bis", "à", "a", "until", "till")
_OR = ("or", "oder", "ou", "o")
_BEFORE_WHOLE = FILLING | frozenset(
    "all these those our its total whole overall entire grand altogether alle allen diesen insgesamt gesamten"
    " tous toutes ces nos todos estos esos tutti questi todas estes alle deze más total totale totaal".split()
)
_WITH_WHOLE = _BEFORE_WHOLE - WHOLE
_BEFORE_WHOLE |= WHOLE
_TELLING = _ANNOUNCING | _STRONG
_NUMBERED = frozenset(
    "layer layers schicht couche capa strato camada laag part step conv fc number no table figure sheet page"
    " question exercise problem slide lecture chapter section tabelle abbildung blatt seite".split()
)
_JOINING = ("and", "und", "y", "but", "aber", "while", "während", "tandis", "whereas")
_FOLLOWING = frozenset(
    "in im dans en nel nella na no are is were was lie lies sit sits sind ist liegen liegt sont est son"
    " están sono são altogether overall right correct richtig and und et y only".split()
)
"""Words behind a percentage that does not become one of something else by them."""


_SCALED = frozenset(("m", "mn", "bn", "tn", "mln", "Mill", "Mrd", "Mio", *SCALES))
"""Words behind a number that make it another one."""


@dataclass(frozen=True)
class _Pair:
    """A part and its whole as places of tokens, and whether it is clear that they are."""

    part: int
    whole: int
    clear: bool = True


def check_sentences(context: Context) -> Iterator[Finding]:
    """Judge each percentage that a sentence tells as the share of one number in another.

    >>> from nnutils.lint import lint
    >>> one = lint("Of all 127,426 weights the last layer has 81,130, which is 36.7 %.").findings[0]
    >>> one.verdict, one.computed, one.why
    ('wrong', '63.7 %', '81,130 / 127,426 = 63.7 %.')
    """
    for piece in context.sheet.pieces():
        if piece.kind == "code" or not any(sign.isdigit() for sign in piece.text):
            continue
        tokens = context.tokens(piece)
        for place, (token, after) in enumerate(pairwise(tokens)):
            if token.kind == "number" and _is_percent(after):
                yield from _judged(context, piece, tokens, place)


def _is_percent(token: Token) -> bool:
    return token.kind == "percent" or (token.kind == "word" and token.text.lower() in PERCENT)


def _judged(context: Context, piece: Piece, tokens: Sequence[Token], place: int) -> Iterator[Finding]:
    found = _behind(tokens, place) or _before(tokens, place)
    if found is None:
        return
    pair, strong = found
    if _scale_behind(tokens, pair.part) != _scale_behind(tokens, pair.whole):
        return  # '242 000 (0,3 % of 81,4 m)'
    yield from _share(context, piece, tokens, pair, place, strong=strong and pair.clear)


def _scale_behind(tokens: Sequence[Token], index: int) -> str:
    """Return the word of a scale behind a number that is not read as part of it: m, Mio."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return after.text if after is not None and after.kind == "word" and after.text in _SCALED else ""


# --- The two numbers before the percentage ----------------------------------------------------------------


def _before(tokens: Sequence[Token], place: int) -> tuple[_Pair, bool] | None:
    """Find 'A of B, that is P %' and 'of B … A, that is P %'; and whether the words say it plainly."""
    run = place
    words, announced = 0, False
    while run and words <= _MOST_WORDS:
        token = tokens[run - 1]
        if token.kind == "word":
            announced |= token.text.lower() in _ANNOUNCING
            words += 1
        elif token.kind in ("relation", "open") or token.text in (",", ":", "–", "-", "—", ";"):
            announced = True
        elif token.kind != "end" and token.text not in ('"', "*"):
            break
        run -= 1
    if not announced or not run or tokens[run - 1].kind != "number":
        return None
    behind = tokens[place + 2] if place + 2 < len(tokens) else None
    if behind is not None and behind.kind == "word" and behind.text.lower() not in _FOLLOWING:
        return None  # a percentage of something else: '80 % of the time', '80 % faster'
    between = tokens[run:place]
    said = _words(between)
    if said & COMPARING or said.intersection(_JOINING):
        return None
    cut = len(between)
    while cut and (between[cut - 1].kind != "word" or between[cut - 1].text.lower() in _TELLING):
        cut -= 1
    last = between[cut:]  # ', which is 77 %', but not 'has passed, 77 % did'
    if any(one.text == ";" for one in between) and not _words(last) & SAME:
        return None  # another statement
    bracket = between[-1].kind == "open" or (len(between) > 1 and between[-2].kind == "open")
    closed = place + 2 < len(tokens) and tokens[place + 2].kind == "close"
    strong = bool(_words(last) & _STRONG)
    strong |= any(one.text == "," and two.text.lower() in _OR for one, two in pairwise(last))
    strong |= any(one.text == "=" for one in between) or (bracket and closed)
    strong |= between[-1].text == ":" and _ends(tokens, place + 2)
    if said & ADDING:
        return None
    pair = _pair(tokens, run - 1)
    if pair is not None and any(_is_label(tokens, index) for index in (pair.part, pair.whole)):
        return None
    return None if pair is None else (pair, strong)


def _is_label(tokens: Sequence[Token], index: int) -> bool:
    """Whether a number is the number of something: 'Table 3 of 10'."""
    return bool(index) and tokens[index - 1].text.lower() in _NUMBERED


def _ends(tokens: Sequence[Token], place: int) -> bool:
    """Whether a statement ends at a place."""
    return place >= len(tokens) or tokens[place].kind in ("mark", "end", "close")


def _words(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(one.text.lower() for one in tokens if one.kind == "word")


def _pair(tokens: Sequence[Token], last: int) -> _Pair | None:
    """Return the part and its whole, of which the later one stands at a place."""
    if last and tokens[last - 1].kind in ("sign", "relation"):
        bullet = (
            tokens[last - 1].text in "-–*" and tokens[last - 2 : last - 1] and tokens[last - 2].kind == "end"
        )
        if not bullet:
            return None
    part = _part_of(tokens, last)
    if part is not None:
        return _Pair(part, last)
    return _whole_before(tokens, last)


def _part_of(tokens: Sequence[Token], whole: int) -> int | None:
    """Return where the number stands that a sentence calls a part of the one at a place: 'A points of B'."""
    index = whole - 1
    while index >= 0 and tokens[index].kind == "word" and tokens[index].text.lower() in _WITH_WHOLE:
        index -= 1
    if index < 0 or tokens[index].kind != "word" or tokens[index].text.lower() not in WHOLE:
        return None
    index -= 1
    for _ in range(4):  # 'out of', 'of the total of', '17 right answers of 22'
        if index < 0 or tokens[index].kind != "word":
            break
        index -= 1
    if index < 0 or tokens[index].kind != "number" or _operand(tokens, index):
        return None
    return index


def _whole_before(tokens: Sequence[Token], part: int) -> _Pair | None:
    """Return a part and the whole before it: 'of all B weights fc2 has A', 'B weights, of which A'."""
    index, words, numbers = part - 1, list[str](), 0
    while index >= 0 and part - index < _FAR_BACK and len(words) <= _MOST_BETWEEN:
        token = tokens[index]
        if token.kind == "number":
            if _is_label(tokens, index) or (
                token.number is not None and token.number.significant < 2 and numbers == 0
            ):
                index -= 1
                continue
            led = _led_by_whole(tokens, index)
            if led or PART.intersection(words) or (numbers == 0 and _of_them(tokens, part)):
                clear = numbers == 0 and not _operand(tokens, index)
                return _Pair(part, index, clear) if _larger(tokens[index], tokens[part]) else None
            numbers += 1
        elif token.kind == "word":
            words.append(token.text.lower())
        elif token.text in (".", "?", "!", ":") or token.kind in ("relation", "percent", "sign"):
            hyphen = token.text == "-"
            if not hyphen:
                return None
        index -= 1
    return None


def _led_by_whole(tokens: Sequence[Token], number: int) -> bool:
    """Whether 'of all' or the like stands before a number, at the beginning of what is said."""
    index = number - 1
    while index >= 0 and tokens[index].kind == "word" and tokens[index].text.lower() in _WITH_WHOLE:
        index -= 1
    if index < 0 or tokens[index].kind != "word" or tokens[index].text.lower() not in WHOLE:
        return False
    while index and tokens[index - 1].kind == "word" and tokens[index - 1].text.lower() in _BEFORE_WHOLE:
        index -= 1
    return not index or tokens[index - 1].kind in ("end", "mark", "open")


def _of_them(tokens: Sequence[Token], part: int) -> bool:
    """Whether 'of them' stands behind a number."""
    behind = [one.text.lower() for one in tokens[part + 1 : part + 3]]
    return (
        len(behind) == 2 and behind[0] in WHOLE and behind[1] in ("them", "these", "those", "ihnen", "diesen")
    )


def _larger(whole: Token, part: Token) -> bool:
    return whole.number is not None and part.number is not None and whole.number.value > part.number.value


def _operand(tokens: Sequence[Token], index: int) -> bool:
    return bool(index) and tokens[index - 1].kind in ("sign", "relation", "number")


# --- The numbers around the percentage, or behind it ------------------------------------------------------


def _behind(tokens: Sequence[Token], place: int) -> tuple[_Pair, bool] | None:
    """Find 'A, which is P % of all B', 'P % (A of B)' and 'P % of the weights: A of B'."""
    index = place + 2
    listed = _behind_what_is_counted(tokens, index)
    if listed is not None:
        part = listed + 1
        whole = next(
            (n for n in range(part + 1, min(part + 8, len(tokens))) if tokens[n].kind == "number"), None
        )
        if whole is not None and _part_of(tokens, whole) == part and whole + 1 < len(tokens):
            return _Pair(part, whole), tokens[whole + 1].kind in ("close", "word")
        return None
    if index >= len(tokens) or tokens[index].text.lower() not in WHOLE - _FROM:
        return None
    while index < len(tokens) and tokens[index].kind == "word":
        if tokens[index].text.lower() not in _BEFORE_WHOLE:
            return None
        index += 1
    if index >= len(tokens) or tokens[index].kind != "number":
        return None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is not None and (after.kind in ("sign", "percent", "relation") or after.text.lower() in _UP_TO):
        return None
    run, words = place, list[str]()
    while (
        run
        and place - run <= _MOST_WORDS
        and (tokens[run - 1].kind in ("word", "end", "open") or tokens[run - 1].text in ",:(")
    ):
        if tokens[run - 1].kind == "word":
            words.append(tokens[run - 1].text.lower())
        run -= 1
    if not run or tokens[run - 1].kind != "number" or _operand(tokens, run - 1) or run == place:
        return None
    return _Pair(run - 1, index), bool(_STRONG.intersection(words)) or tokens[place - 1].text in (",", "(")


def _behind_what_is_counted(tokens: Sequence[Token], index: int) -> int | None:
    """Return where a bracket or a colon stands behind a percentage and, perhaps, 'of the weights'."""
    end = index
    while end < len(tokens) and end - index <= _MOST_NOUNS and tokens[end].kind == "word":
        end += 1
    if end >= len(tokens) or (end > index and tokens[index].text.lower() not in WHOLE):
        return None
    return end if tokens[end].kind == "open" or (tokens[end].text == ":" and end > index) else None


# --- The verdict ------------------------------------------------------------------------------------------


def _share(
    context: Context, piece: Piece, tokens: Sequence[Token], pair: _Pair, place: int, *, strong: bool
) -> Iterator[Finding]:
    part, whole = tokens[pair.part].number, tokens[pair.whole].number
    written = tokens[place].number
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
    if verdict != "right" and not pair.clear:
        return
    computed = f"{at_precision(rounded, share)} %"
    why = f"{part.text} / {whole.text} = {computed}."
    first, last = tokens[place], tokens[place + 1]
    start = min(tokens[pair.part].start, tokens[pair.whole].start, first.start)
    end = max(tokens[pair.part].end, tokens[pair.whole].end, last.end)
    yield context.finding(
        piece, start, end, "share", verdict,
        stated=piece.text[first.start : last.end], computed=computed, why=why, at=first.start,
    )  # fmt: skip
