"""Vectors called probabilities, a distribution or the output of softmax: their entries add up to 1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from nnutils.core.numerals import number_text
from nnutils.lint.checks.field.clauses import running_text
from nnutils.lint.checks.field.vector_text import Literal, items_of
from nnutils.lint.checks.tables.probability_lists import Listed, listed_probabilities
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.language import Node
from nnutils.lint.sheets import Piece
from nnutils.lint.values import Reading, UndefinedError, Value, compute

__all__ = ["check_distributions"]

_WORD = re.compile(
    r"softmax|probabilit|distribut|wahrscheinlichk|verteilung|probabilid|distribu|kansen", re.IGNORECASE
)
_ANNOUNCED = re.compile(
    r"(?P<clear>\bsoftmax\b\s*(?:\([^()=]{0,40}\)|\(\[[^()=\[\]]{0,80}\]\))\s*(?:=|≈|→|:)"
    r"|\bsoftmax[- ](?:outputs?|vectors?|probabilities|values)\b[^\[\](){}.;=]{0,30}[=≈:]?"
    r"|\b(?:the|a)[ ]softmax[ ](?:is|gives|yields|returns|outputs|produces)"
    r"|\b(?:probability|class|categorical|predicted|output|target|prior|posterior|uniform)[ ](?:\w+[ ])?"
    r"distributions?\b[^\[\](){}.;=]{0,30}[=≈:]?|\bprobability vectors?\b[^\[\](){}.;=]{0,30}[=≈:]?"
    r"|\bclass probabilities\b[^\[\](){}.;=]{0,30}[=≈:]?)"
    r"|(?P<likely>\b(?:probabilities|distributions?)\b[^\[\](){}.;=]{0,30}[=≈:]?)",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"^\s*(?:[^\W\d_]\w?(?:_\w|\u0302)?(?:\([^()]{0,10}\))?\s*[=≈:]\s*)?(?:[≈=:→]|is|are)?\s*$"
)
_OTHER = re.compile(
    r"\bare not\b|unnormali|not normali|before (?:the )?softmax|not sum|n.t sum|not a (?:valid |prob)"
    r"|sigmoid|independent|log[- ]?prob|log[- ]?softmax|dropout|drop |keep|per[- ]class|each class"
    r"|multi-?label|cumulative|marginal|transition|conditional"
    r"|\bmean\b|covariance|sub-?distribution|gradient|derivative|of heads|top[- ]?\w+ ",
    re.IGNORECASE,
)
_INPUT = re.compile(r"logits?\b|scores?\b", re.IGNORECASE)
_NEAR = 130
_FEW = 8
_MOST_PIECES = 6
"""So many pieces behind one that names softmax, probabilities are still its output."""


def check_distributions(context: Context) -> Iterator[Finding]:
    """Judge whether the entries of each vector that is called a distribution can add up to 1.

    Each entry may be half a unit of its last digit more or less than written.

    >>> from nnutils.lint import lint
    >>> one = lint("The class probabilities are [0.09, 0.24, 0.76].").findings[0]
    >>> one.verdict, one.why
    ('wrong', 'The entries add up to 1.09; probabilities add up to 1.')
    """
    softmax = -1 - _MOST_PIECES
    for number, piece in enumerate(running_text(context)):
        if not _WORD.search(piece.text):
            continue
        for item in items_of(context, piece):
            if isinstance(item, Literal) and not item.called and len(item.entries) > 1:
                found = _judged(context, piece, item)
                if found is not None:
                    yield found
        if "softmax" in piece.text.lower():
            softmax = number
        for one in listed_probabilities(context, piece):
            found = _in_a_list(context, piece, one, softmax=number - softmax <= _MOST_PIECES)
            if found is not None:
                yield found


def _judged(context: Context, piece: Piece, one: Literal) -> Finding | None:
    announced = _announced(piece.text, one)
    if announced is None or 1 not in (len(one.rows), len(one.rows[0])):
        return None
    stated = piece.text[one.start : one.end]
    found = _verdict(one.entries, clear=announced[1])
    if found is None:
        return None
    return context.finding(
        piece, announced[0], one.end, "distribution", found[0], stated=stated, why=found[1]
    )


def _in_a_list(context: Context, piece: Piece, one: Listed, *, softmax: bool) -> Finding | None:
    before = piece.text[max(0, one.first - _NEAR) : one.first].rpartition("\n\n")[2].rpartition(". ")[2]
    if _OTHER.search(before) or _OTHER.search(piece.text[one.first : one.end + 80].split("\n")[0]):
        return None
    found = _verdict(one.entries, clear=softmax)
    if found is None:
        return None
    stated = piece.text[one.start : one.end]
    return context.finding(piece, one.first, one.end, "distribution", found[0], stated=stated, why=found[1])


def _verdict(entries: Sequence[Node], *, clear: bool) -> tuple[Verdict, str] | None:
    """Return whether entries can add up to 1, and the reason; None if they are no probabilities."""
    values = [_value(entry) for entry in entries]
    known = [value for value in values if value is not None]
    strange = sum(not -1 <= value.nominal <= 2 for value in known)
    # one of several may have a slip
    if len(known) < len(values) or (strange and not (clear and strange == 1 and len(known) > 2)):
        return None
    total = sum((value.nominal for value in known), Fraction(0))
    slack = sum((value.high - value.low for value in known), Fraction(0)) / 2
    text = number_text(float(total), significant=8)
    verdict: Verdict
    if any(value.high < 0 for value in known):
        verdict, why = "wrong", "A probability is not negative."
    elif abs(total - 1) <= max(slack, Fraction(1, 10**9)):
        verdict, why = "right", ""
        if abs(total - 1) > Fraction(1, 20) and len(known) < _FEW:  # one digit each: seldom rounded so far
            verdict, why = "suspicious", f"The entries add up to {text}."
    else:
        # Digits that were cut off leave a sum that is up to twice as far below 1.
        near = abs(total - 1) <= 2 * slack
        verdict = "rounded" if near else "wrong"
        why = f"The entries add up to {text}; probabilities add up to 1."
    if verdict == "wrong" and not clear:
        verdict = "suspicious"
    return verdict, why


def _announced(text: str, one: Literal) -> tuple[int, bool] | None:
    """Return where a vector is called a distribution, and whether that is clear; None if nowhere."""
    first = max(0, one.start - _NEAR)
    before = text[first : one.start]
    line = max(before.rfind("\n\n"), 0)
    found = None
    for match in _ANNOUNCED.finditer(before, line):
        if _NAME.match(before[match.end() :]):
            found = match
    if found is None:
        return None
    around = (
        before[max(line, before.rfind(". ", 0, found.start())) :],
        text[one.end : one.end + 80].split("\n")[0],
    )
    if any(_OTHER.search(part) or _INPUT.search(part) for part in around):
        return None
    return first + found.start(), found["clear"] is not None


def _value(entry: Node) -> Value | None:
    try:
        return compute(entry, Reading())
    except UndefinedError:
        return None
