"""Softmax told in a sentence: 'The logits (4, −2, 2) give p ≈ (0.879, 0.002, 0.119) by softmax.'"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from nnutils.lint.checks.field.agreement import agreement, number_of, value_text
from nnutils.lint.checks.field.arrays import Array, softmax
from nnutils.lint.checks.field.clauses import running_text
from nnutils.lint.checks.field.vector_text import Literal, items_of
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.language import Node
from nnutils.lint.sheets import Piece
from nnutils.lint.values import UndefinedError, Value

__all__ = ["check_softmax_sentences"]

_SOFTMAX = re.compile(r"soft-?max", re.IGNORECASE)
_OTHER = re.compile(
    r"temperature|log[- ]?soft-?max|\bnot\b|instead|wrong|masked|T\s*=|gradient|derivative|jacobian"
    r"|\bbefore (?:the )?softmax",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"[≈=→⇒:]|\b(?:into|giv\w*|becom\w*|yield\w*|turn\w*|lead\w*|get|obtain\w*|result\w*|makes?|are|is|has|with|produc\w*|map\w*)\b",
    re.IGNORECASE,
)
_LOGITS = re.compile(r"\b(?:logits?|scores?|pre-?activations?|outputs? z|z)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?]\s+(?=[A-Z])|\n\s*\n")
_FURTHEST = 160


def check_softmax_sentences(context: Context) -> Iterator[Finding]:
    """Judge the probabilities that a sentence says softmax makes of the numbers before them.

    >>> from nnutils.lint import lint
    >>> text = "Softmax turns the scores (4, −2, 2) into (0.879, 0.002, 0.191)."
    >>> [(one.stated, one.why) for one in lint(text).wrong if one.kind == "softmax"]
    [('0.191', 'The softmax of (4, −2, 2) has 0.119 here.')]
    """
    for piece in running_text(context):
        if not _SOFTMAX.search(piece.text):
            continue
        items = items_of(context, piece)
        arrays = [item for item in items if isinstance(item, Literal) and len(item.entries) > 1]
        for scores, probabilities in zip(arrays, arrays[1:], strict=False):
            if _belong_together(piece.text, scores, probabilities):
                yield from _judged(context, piece, scores, probabilities)


def _belong_together(text: str, scores: Literal, probabilities: Literal) -> bool:
    """Whether two arrays are what softmax is applied to and what it gives, in one sentence."""
    between = text[scores.end : probabilities.start]
    if scores.called or len(scores.entries) != len(probabilities.entries) or len(between) > _FURTHEST:
        return False
    if _SENTENCE.search(between) or ";" in between or not _LEADING.search(between):
        return False
    begin = max((found.end() for found in _SENTENCE.finditer(text, 0, scores.start)), default=0)
    after = _SENTENCE.search(text, probabilities.end)
    sentence = text[begin : after.start() if after else len(text)]
    inside = text[scores.start : probabilities.end]
    return (
        _SOFTMAX.search(sentence) is not None and _OTHER.search(sentence) is None and inside.count("=") <= 1
    )


def _judged(context: Context, piece: Piece, scores: Literal, stated: Literal) -> Iterator[Finding]:
    try:
        given, told = scores.array(), stated.array()
        right = softmax(Array((given.entries,), True)).entries
    except UndefinedError:
        return
    strange = sum(not 0 <= one.nominal <= 1 for one in told.entries)  # one of them may have a slip
    if strange > 1 or _adds_up(given.entries):
        return
    verdicts = [_verdict(entry, value) for entry, value in zip(stated.entries, right, strict=True)]
    fitting = sum(verdict in ("right", "rounded") for verdict in verdicts)
    named = _LOGITS.search(piece.text[max(0, scores.start - 40) : scores.start]) is not None
    if not fitting or (2 * fitting < len(verdicts) and not named):
        return  # no entry fits: another network is meant
    text = piece.text[scores.start : scores.end]
    for entry, value, verdict in zip(stated.entries, right, verdicts, strict=True):
        number = number_of(entry)
        yield context.finding(
            piece, entry.start, entry.end, "softmax", verdict,
            stated=piece.text[entry.start : entry.end], computed=value_text(value, number),
            why="" if verdict == "right" else f"The softmax of {text} has {value_text(value, number)} here.",
        )  # fmt: skip


def _verdict(entry: Node, value: Value) -> Verdict:
    number = number_of(entry)
    return "suspicious" if number is None else agreement(number, value)


def _adds_up(entries: tuple[Value, ...]) -> bool:
    """Whether numbers are probabilities themselves."""
    total = sum((one.nominal for one in entries), Fraction(0))
    return all(one.nominal >= 0 for one in entries) and abs(total - 1) < Fraction(1, 50)
