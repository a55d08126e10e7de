"""What each of several has, and what all have: 'each neuron has 401 parameters; the 120 have 48,120'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from math import prod

from nnutils.core.numerals import grouped
from nnutils.lint.checks.counts.widths import COUNT, whole_number
from nnutils.lint.checks.field.clauses import running_text
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
        yield from _told_at_once(context, piece)
        for each in _EACH.finditer(piece.text):
            if "\n\n" in each[0]:
                continue
            yield from _judged(context, piece, each)


_OF_ALL = re.compile(
    rf"(?P<m>{COUNT})\s+(?P<thing>\w+)\s+(?:of|with)\s+(?P<n>{COUNT})\s+{_SORT}\s+each[\s,:=]*"
    r"(?:(?:make|makes|are|is|gives?|come|comes|to|amounts?|so|that|in|all|total|we|get|have"
    r"|i\.e\.)[\s,]+)*"
    rf"(?P<total>{COUNT})(?=\s+{_SORT}|\s*(?:[.,;)]|$))",
    re.IGNORECASE,
)
_LAYER_HAS = re.compile(
    rf"[^.;]{{0,30}}?(?:(?P<h>\d+)\s*[×x]\s*)?(?P<n>{COUNT})\s+(?P<sort>units|dimensions|neurons"
    rf"|values|weights"
    rf"|parameters|inputs)\b"
    r"[^.;\d]{0,12}?\b(?:so|thus|hence|therefore|i\.e\.|together|altogether|in total|in all"
    r"|which)\b[^.;\d]{0,40}?"
    rf"(?P<total>{COUNT})(?:\s+(?P=sort)|(?=\s*(?:[.;,)]|$)))",
    re.IGNORECASE,
)


def _told_at_once(context: Context, piece: Piece) -> Iterator[Finding]:
    """Judge '512 rows of 768 numbers each make …' and 'each of the 16 maps has 10 × 10 units, so …'."""
    for found in _OF_ALL.finditer(piece.text):
        yield from _product(context, piece, found, (found["m"], found["n"]))
    for each in _EACH.finditer(piece.text):
        has = _LAYER_HAS.match(piece.text, each.start("said")) if each["many"] else None
        if has is not None and not _SPOILT.search(has[0]):
            yield from _product(context, piece, has, (each["many"], has["h"] or "1", has["n"]))


def _product(
    context: Context, piece: Piece, found: re.Match[str], factors: tuple[str, ...]
) -> Iterator[Finding]:
    numbers = [whole_number(one, context.style) for one in factors]
    total = whole_number(found["total"], context.style)
    right = prod(one for one in numbers if one)
    if None in numbers or not total or not right / 2 < total < 2 * right:
        return
    work = " · ".join(grouped(one) for one in numbers if one and one > 1)
    yield context.finding(
        piece, *found.span("total"), "units", "right" if total == right else "wrong",
        stated=found["total"], computed=grouped(right),
        why="" if total == right else f"{work} = {grouped(right)}.",
    )  # fmt: skip


def _judged(context: Context, piece: Piece, each: re.Match[str]) -> Iterator[Finding]:
    text, low, high = piece.text, each.start("said"), each.end()
    for found in _ALL.finditer(text, low, min(len(text), high + _REACH)):
        if re.search(r"\n\s*\n|[.!?]\s[^.]*[.!?]\s", text[low : found.start("m")]):
            return
        thing = (found["thing"] or each["thing"]).lower()
        counted = list(_COUNTED.finditer(text, low, found.start("m")))
        if not counted or thing != each["thing"].lower() or not _LEADING.search(found["words"]):
            continue
        counts_biases = False
        if not re.match(r"\s+(?:weights|inputs|values)", text[found.end("total") :]):
            counted = [one for one in counted if " param" in one[0].lower()] or counted
            counts_biases = bool(re.match(r"\s+param", text[found.end("total") :]))
        numbers = [number for one in counted if (number := whole_number(one["n"], context.style))]
        if _BIAS.search(text, low, found.start("m")):
            own = {one["n"] for one in counted if counts_biases and re.search(r"weights|inputs", one[0])}
            alone = {
                whole_number(one, context.style) for one in own
            }  # without the bias that all are to count
            numbers = [one for one in numbers if one not in alone] + [number + 1 for number in numbers]
        many, total = whole_number(found["m"], context.style), whole_number(found["total"], context.style)
        behind = re.match(r"[*\s]*\s(?P<noun>[a-z]{3,})", text[found.end() :])
        if behind and not re.fullmatch(
            rf"(?:{_SORT}|in|altogether|together|all|total|and|trainable)", behind["noun"]
        ):
            return  # it counts something else
        if not numbers or not many or not total or _SPOILT.search(text, each.start(), found.end()):
            return
        right = {many * number: number for number in numbers}
        each_has = numbers[min(len(counted), len(numbers)) - 1]
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
