"""What each of several has, and what all have: 'each neuron has 401 parameters; the 120 have 48,120'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from nnutils.core.numerals import grouped
from nnutils.lint.checks.field.clauses import running_text
from nnutils.lint.checks.layers_in_words.widths import COUNT, whole_number
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.sheets import Piece

__all__ = ["check_each_and_all"]

_THING = (
    r"(?:filter|kernel|neuron|unit|node|map|head|block|layer|image|channel|gate|cell|position|patch"
    r"|sample|picture|plane)"
)
_SORT = (
    r"(?:weights?|parameters?|params|numbers|values|inputs|connections|multiplications|operations"
    r"|units|pixels|bytes)"
)
_EACH = re.compile(
    rf"\b(?:each|every|one|a\s+single)\s+(?:of\s+(?:the|these)\s+"
    rf"(?P<many>{COUNT})\s+)?(?:\w+\s+){{0,2}}?(?P<thing>{_THING})s?\b"
    rf"(?P<said>[^.;!?]{{1,160}})",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"(?P<n>{COUNT})\s+(?:(?:trainable|learnable|input|own)\s+)?{_SORT}\b", re.IGNORECASE)
_BIAS = re.compile(r"\b(?:and|plus|with|,)\s+(?:a|one|its|1)\s+(?:single\s+)?bias", re.IGNORECASE)
_ALL = re.compile(
    rf"[^\d=]{{0,40}}?\b(?:the|all|with|for|these|of|so|and)\s+(?:(?:all|the|these|are|there|have"
    rf"|we)\s+)*(?P<m>{COUNT})\s+"
    rf"(?:(?:\w+\s+)?(?P<thing>{_THING})s\b|of\s+them\b)(?P<words>[^\d=+×·*/]{{1,60}}?)"
    rf"(?P<total>{COUNT})(?!\s*(?:[×·*x+/=^%]|biases?\b|bits?\b|px\b|classes))",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"\b(?:have|has|had|need|use|contain|hold|give|make|making|is|are|come|amount|total|together"
    r"|altogether|all|sum|require"
    r"|cost|that|yield)\w*|[:=→]",
    re.IGNORECASE,
)
_SPOILT = re.compile(
    r"\b(?:only|half|more|less|fewer|instead|would|if|shared?|other|than|except|first|last)\b", re.IGNORECASE
)
_REACH = 120


def check_each_and_all(context: Context) -> Iterator[Finding]:
    """Judge what many have beside what each one has, where both count the same.

    >>> from nnutils.lint import lint
    >>> one = lint("Each neuron has 401 parameters; the 120 neurons have 48,210.").wrong[0]
    >>> one.stated, one.computed, one.why
    ('48,210', '48,120', '120 · 401 = 48,120.')
    """
    for piece in running_text(context):
        for each in _EACH.finditer(piece.text):
            if "\n\n" in each[0]:
                continue
            yield from _judged(context, piece, each)


def _judged(context: Context, piece: Piece, each: re.Match[str]) -> Iterator[Finding]:
    text, low, high = piece.text, each.start("said"), each.end()
    for found in _ALL.finditer(text, low, min(len(text), high + _REACH)):
        if re.search(r"\n\s*\n|[.!?]\s[^.]*[.!?]\s", text[low : found.start("m")]):
            return
        thing = (found["thing"] or each["thing"]).lower()
        counted = list(_COUNTED.finditer(text, low, found.start("m")))
        if not counted or thing != each["thing"].lower() or not _LEADING.search(found["words"]):
            continue
        if not re.match(r"\s+(?:weights|inputs|values)", text[found.end("total") :]):
            counted = [one for one in counted if " param" in one[0].lower()] or counted
        numbers = [number for one in counted if (number := whole_number(one["n"], context.style))]
        if _BIAS.search(text, low, found.start("m")):
            numbers += [number + 1 for number in numbers]
        many, total = whole_number(found["m"], context.style), whole_number(found["total"], context.style)
        if not numbers or not many or not total or _SPOILT.search(text, each.start(), found.end()):
            return
        right = {many * number: number for number in numbers}
        each_has = numbers[len(counted) - 1]
        best = min(right, key=lambda one: (abs(one - total), one))
        if total not in right and not Fraction(1, 2) < Fraction(total, best) < 2:
            return
        meant = total if total in right else many * each_has if len(right) == 1 else best
        yield context.finding(
            piece, *found.span("total"), "parameters", "right" if total in right else "wrong",
            stated=found["total"], computed=grouped(meant),
            why="" if total in right else f"{grouped(many)} · {grouped(right[meant])} = {grouped(meant)}.",
        )  # fmt: skip
        return
