"""Quantities of lists told in words: 'The dot product of (2, 5) and (3, 1) equals 11'."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from nnutils.lint.checks.field.agreement import agreement, value_text
from nnutils.lint.checks.field.clauses import running_text
from nnutils.lint.checks.relations.doubts import denied
from nnutils.lint.checks.sentences.numbers_told.lists import LISTED, NUMBER, Numbers, numbers_in
from nnutils.lint.checks.sentences.numbers_told.quantities import OF_ONE, OF_TWO
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.sheets import Piece
from nnutils.lint.values import Value
from nnutils.slips.precision import WrittenNumber

__all__ = ["check_numbers_told"]

_FILLERS = (
    r"(?:\s+(?:then|thus|therefore|hence|approximately|about|again|now|just|simply|the|a|an|vector|matrix))*"
)
_IS = (
    r"\s*(?:,?\s*(?:which|that)\s+)?(?:is|are|equals?|gives|yields|=|≈|:|→|comes? to|amounts? to|makes?"
    r"|results? in"
    r"|becomes?|evaluates? to|turns? into|turns? out to be|of|as|being|produces|returns|leads? to)"
    + _FILLERS
    + r"\s*"
)
_STATED = rf"(?P<stated>{LISTED}|{NUMBER})"
_GIVEN = re.compile(
    r"(?P<noun>scores|logits|values|numbers|vector|batch|list|data|samples?|activations|inputs?|measurements"
    r"|observations|entries|weights|soft-?max|(?:norm|length|mean|average|variance) of)"
    r"(?:\s+(?:of|are|is|for|the|vector|logits|scores|values|points|[a-z]\s*=))*"
    rf"\s*:?\s*(?P<list>{LISTED})",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"\b(?:normali[sz]ed|exponentiated|centred|centered|new|updated|resulting|output)\s+$", re.IGNORECASE
)
"""Words before numbers that were computed, and are not given."""

_LATER = {
    words: re.compile(
        rf"\b(?:{words})\b(?:\s+(?:of (?:these|them|this|the \w+)|function|vector|values))?"
        rf"(?:{_IS}|\s+){_STATED}",
        re.IGNORECASE,
    )
    for words in OF_ONE
}
_ADDED = re.compile(
    rf"\b(?:add up to|sum up to|sum to|sums to|adds up to|together make){_FILLERS}\s+(?P<stated>{NUMBER})"
)
_DIVIDED = re.compile(
    r"\b(?:dividing|normali[sz]ing|normali[sz]ation|division)\b[^.;:\d]{0,40}?\b"
    rf"(?:gives?|yields?|obtain|get|have|find|leads? to|results? in|returns)"
    rf"{_FILLERS}\s*:?\s*(?P<stated>{LISTED})",
    re.IGNORECASE,
)
_EXPONENTIATED = re.compile(
    rf"\bexponentiat\w+\b.{{0,80}}?\b(?:gives?|yields?|obtain|get|have|find|to)\s+(?P<stated>{LISTED})",
    re.IGNORECASE,
)
_PAIRS = {
    words: re.compile(
        rf"\b(?:{words})\s+(?:(?:of|between|for)\s+)?(?:the vectors?\s+)?(?:\w\s*=\s*)?(?P<one>{LISTED})"
        rf"\s*(?:and|with|ᵀ|⊤|\^\(?[T⊤]\)?|⊗|⊙|·|∘|×)\s*(?:\w\s*=\s*)?(?P<other>{LISTED}){_IS}{_STATED}",
        re.IGNORECASE,
    )
    for words in OF_TWO
}
_SINGLES = {
    words: re.compile(
        rf"\b(?:{words})\s+(?:of|applied to|for)\s+(?:the\s+)?(?:vector|numbers|values|batch|list|data)?\s*"
        rf"(?:\w\s*=\s*)?(?P<one>{LISTED}){_IS}{_STATED}",
        re.IGNORECASE,
    )
    for words in OF_ONE
}
_HAS = {
    words: re.compile(
        rf"(?P<one>{LISTED})\s+(?:has|have|with)\s+(?:an?\s+|the\s+|its\s+)?(?:{words})"
        rf"(?:{_IS}|\s+){_STATED}",
        re.IGNORECASE,
    )
    for words in OF_ONE
}
_OTHER_NORM = re.compile(r"\b(?:L|ℓ|l)_?[1∞]|L¹|\b1-norm|Manhattan|taxicab|\bmax|infinity|∞", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?]\s|\n\s*\n")
_SHORT_LINE = 80
_MOST_SENTENCES = 3
_OF_THEM = re.compile(
    r"(?:[,.;:(\n*•-]|^|\b(?:its|their|the|whose|a|an|with|and|into|has|have|sample|population))[\s*_]*$",
    re.IGNORECASE,
)
"""What stands before a quantity of the numbers given; a gradient norm is one of something else."""

_ELSEWHERE = re.compile(
    r"\b(?:normal|gaussian|drawn?|draw|distribut\w*|random|sampled|initiali\w+|after|afterwards|now|standardi\w+"
    r"|zero mean|unit variance|target|epochs?|runs?|accuracy|tried|temperature|smoothing|dropout|scaled)\b",
    re.IGNORECASE,
)
_FURTHEST, _BEFORE = 400, 40
_ALIKE = 0.1
_UNITS_OFF = Fraction(5, 2)


def check_numbers_told(context: Context) -> Iterator[Finding]:
    """Judge each quantity of numbers that a sentence gives, in the sentence or soon behind it.

    >>> from nnutils.lint import lint
    >>> report = lint("The values 2, 4, 6 and 8 have mean 5 and variance 20.")
    >>> [(one.stated, one.computed) for one in report.wrong]
    [('20', '5')]
    """
    if context.style.decimal != ".":
        return
    carried: Numbers | None = None
    for piece in running_text(context):
        if piece.kind not in ("text", "heading") or not any(sign.isdigit() for sign in piece.text):
            carried = None
            continue
        yield from _of_piece(context, piece)
        given = list(_GIVEN.finditer(piece.text)) if len(piece.text) < _SHORT_LINE else []
        if given:
            carried = numbers_in(piece.text, *given[0].span("list"), context.style)
        elif carried is not None:
            lines = [(words, pattern.match(piece.text)) for words, pattern in _LATER.items()]
            told = [(words, found) for words, found in lines if found is not None]
            for words, found in told:
                yield from _judged(context, piece, found, _of_one(words, carried, piece.text))
            carried = carried if told else None


def _of_piece(context: Context, piece: Piece) -> Iterator[Finding]:
    text = piece.text
    for words, pattern in _PAIRS.items():
        for found in pattern.finditer(text):
            lists = [numbers_in(text, *found.span(name), context.style) for name in ("one", "other")]
            if lists[0] is not None and lists[1] is not None:
                yield from _judged(context, piece, found, _of_two(words, lists[0], lists[1]))
    for table in (_SINGLES, _HAS):
        for words, pattern in table.items():
            for found in pattern.finditer(text):
                one = numbers_in(text, *found.span("one"), context.style)
                if one is not None:
                    yield from _judged(context, piece, found, _of_one(words, one, text))
    yield from _said_later(context, piece)


def _said_later(context: Context, piece: Piece) -> Iterator[Finding]:
    """Judge what is said of the numbers that a piece gives once, behind them."""
    text = piece.text
    given = [found for found in _GIVEN.finditer(text) if not _MADE.search(text, 0, found.start())]
    for place, found in enumerate(given):
        one = numbers_in(text, *found.span("list"), context.style)
        if one is None or len(one.rows) > 1:
            continue
        first = max(0, found.start() - _BEFORE)
        stop = given[place + 1].start() if place + 1 < len(given) else len(text)
        stop = min(stop, _end_of_sentences(text, found.end()))
        for words, pattern in _LATER.items():
            for later in pattern.finditer(text, found.end(), stop):
                if not _OF_THEM.search(text[: later.start()]) or _ELSEWHERE.search(
                    text[first : later.end() + _BEFORE]
                ):
                    continue
                yield from _judged(context, piece, later, _of_one(words, one, text))
        for pattern, words in ((_ADDED, "sum"), (_DIVIDED, "|"), (_EXPONENTIATED, "exponentials")):
            key = next((name for name in OF_ONE if name.startswith(words)), "")
            for later in pattern.finditer(text, first if words == "exponentials" else found.end(), stop):
                made = _divided(one) if words == "|" else _of_one(key, one)
                yield from _judged(context, piece, later, made)


def _end_of_sentences(text: str, start: int) -> int:
    """Return where the sentence of a place ends, and a few more: they go on with its numbers."""
    ends = [found.start() for found in _SENTENCE.finditer(text, start)]
    return min(ends[_MOST_SENTENCES - 1] if len(ends) >= _MOST_SENTENCES else len(text), start + _FURTHEST)


def _divided(one: Numbers) -> list[list[float]]:
    made = list[list[float]]()
    for words in OF_ONE:
        if words.startswith(("normal", "soft")):
            made += _of_one(words, one)
    return made


def _of_one(words: str, one: Numbers, text: str = "") -> list[list[float]]:
    if len(one.values) < 2:
        return []
    try:
        if words == "norm" and not _OTHER_NORM.search(text):
            return OF_ONE[words]([float(value) for value in one.values])[:1]
        return OF_ONE[words]([float(value) for value in one.values])
    except (OverflowError, ValueError, ZeroDivisionError):
        return []


def _of_two(words: str, one: Numbers, other: Numbers) -> list[list[float]]:
    try:
        return OF_TWO[words]([float(value) for value in one.values], [float(value) for value in other.values])
    except (OverflowError, ValueError, ZeroDivisionError):
        return []


def _judged(
    context: Context, piece: Piece, found: re.Match[str], expected: Sequence[Sequence[float]]
) -> Iterator[Finding]:
    """Yield that a number is wrong where no reading of the words leads to it."""
    text = piece.text
    stated = numbers_in(text, *found.span("stated"), context.style)
    if stated is None or denied(piece, found.start(), found.end()):
        return
    fitting = [made for made in expected if len(made) == len(stated.written)]
    if not fitting and expected and len(expected[0]) == 1 and found["stated"][0] not in "([":
        start, end = stated.places[0]  # 'the mean 5, 3 of them'
        stated, fitting = Numbers(stated.written[:1], ((start, end),), (1,)), [list(one) for one in expected]
    if not fitting or any(_fits(stated.written, made) for made in fitting):
        return
    nearest = min(fitting, key=lambda made: _distance(stated.written, made))
    if _distance(stated.written, nearest) < _ALIKE * math.fsum(map(abs, nearest)):
        fitting = [nearest]  # that is what is meant
    wrong = [place for place, one in enumerate(stated.written) if not _fits([one], [fitting[0][place]])]
    for place in wrong if len(wrong) < len(stated.written) or len(wrong) == 1 else wrong[:1]:
        start, end = stated.places[place]
        value = Fraction(fitting[0][place]).limit_denominator(10**9)
        shown = value_text(Value(value, value, value, False), stated.written[place])
        yield context.finding(
            piece, found.start(), found.end(), "quantity", "wrong", stated=text[start:end], computed=shown,
            why=f"Of the numbers given it is {shown}.", at=start,
        )  # fmt: skip


def _fits(written: Sequence[WrittenNumber], made: Sequence[float]) -> bool:
    return all(
        _near(one, Fraction(value).limit_denominator(10**9)) for one, value in zip(written, made, strict=True)
    )


def _distance(written: Sequence[WrittenNumber], made: Sequence[float]) -> float:
    return math.fsum(abs(float(one.value) - value) for one, value in zip(written, made, strict=True))


def _near(one: WrittenNumber, value: Fraction) -> bool:
    """Whether a number as written may be a value that was computed with rounded numbers on the way."""
    if agreement(one, Value(value, value, value, False)) != "wrong":
        return True
    return one.unit is not None and abs(one.value - value) <= _UNITS_OFF * one.unit
