"""Parameters of a layer told in a sentence: '64 filters of size 5 × 5 on 128 channels: 204,800 weights'."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from nnutils.core.worked import Worked
from nnutils.lint.checks.field.clauses import clauses, running_text
from nnutils.lint.checks.field.layer_words import COUNT, Layer, layers_in, whole_number
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.sheets import Piece
from nnutils.slips import Slip, explain

__all__ = ["check_layer_sentences"]

_SORT = r"(?:weights?|parameters?|params|biases|bias terms?)"
_ADJECTIVES = r"(?:(?:trainable|learnable|free|different|shared|learned|total|kernel|filter|connection)[ ])*"
_STATED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<n>{COUNT})[ ]{_ADJECTIVES}(?P<sort>{_SORT})\b",
        rf"\b(?P<sort>{_SORT})(?:[ ](?:in all|in total|altogether))?"
        r"(?:[ ](?:is|are|gives?|makes?|equals?|of|number|total))?[ ]?[:=→]?[ ]?"
        rf"(?P<n>{COUNT})(?![ ]?(?:[×*·/+−^x@]|{_ADJECTIVES}{_SORT}))",
    )
)
_OTHER_LAYERS = re.compile(
    r"\bgroup|depthwise|depth-wise|separable|\bGPUs?\b|low-rank|factori[sz]ed|pruned|quanti[sz]ed"
    r"|\bLSTM|\bGRU|attention|sparse|locally|instead|would|\bif\b",
    re.IGNORECASE,
)
_ALL_LAYERS = re.compile(r"\b(?:total|all|network|model|sum|together|altogether|next|other)\b", re.IGNORECASE)
_SINGLE = re.compile(
    r"\b(?:each|every|per|apiece|one|single|an?\s+(?:\w+\s+)?(?:units?|neurons?|nodes?|kernels?|filters?)"
    r"|jede[rsnm]?|pro|je|ein\w*|chacun\w*|chaque|par|un[ea]?|cada|ogni)\b",
    re.IGNORECASE,
)
"""Words that may speak of one unit or one kernel alone."""

_WITHOUT = re.compile(
    r"\b(?:without|excluding|not including|not counting|ignoring|no|exclude|omitting)\b[^.;]{0,20}\bbias",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"\bwith (?:them|these)\b|\b(?:including|with|counting|include)\b[^.;\d]{0,20}\bbias", re.IGNORECASE
)
_WITH_HERE = re.compile(
    r"[ ,]*\(?(?:in[ ](?:all|total)[ ])?(?:(?:with|including|incl\.?|counting)\s+"
    r"(?:the\s+|all\s+|its\s+|\d+\s+)?bias"
    r"|(?:the\s+)?bias(?:es)?(?:\s+are)?\s+(?:included|counted)|weights\s+and\s+biases\))",
    re.IGNORECASE,
)
"""What stands directly behind a number of parameters that certainly counts the biases."""

_SAME_LAYER = re.compile(
    r"\bit\b|\bas a whole\b|\bthe(?:se)?\s+(?:whole\s+)?(?:layer|filters|kernels|neurons|units)\b",
    re.IGNORECASE,
)
_OTHER_THINGS = re.compile(r"\b(?:network|net|model|next|other|second|last)\b", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?:(?:Counting|Including|With)\s+(?:the\s+|all\s+)?biases,?\s+)?"
    r"(?:(?:So|Thus|Hence|Then|Therefore|Altogether|Together|In (?:total|all)),?\s+)?"
    r"(?:(?:that|this|it|its\s+parameters)\b|the(?:se)?\s+(?:layer|filters|kernels)\b|(?:trainable\s+|learnable\s+)?parameters\b)",
    re.IGNORECASE,
)
"""How a sentence begins that says more about the layer of the sentence before."""

_PRODUCT = re.compile(rf"(?P<product>(?:{COUNT}\s*[×·*x]\s*)+{COUNT})\s*=\s*$")


_UNEXPLAINED = 1000.0


@dataclass(frozen=True)
class _Stated:
    value: int
    text: str
    sort: str
    start: int
    end: int
    behind_biases: bool
    counts_biases: bool = False


def check_layer_sentences(context: Context) -> Iterator[Finding]:
    """Judge each number of weights, biases or parameters that stands beside the layer that has them.

    >>> from nnutils.lint import lint
    >>> report = lint("There are 64 filters of size 5 × 5 on 128 channels: 204,080 weights.")
    >>> [(one.stated, one.computed, one.why) for one in report.wrong]
    [('204,080', '204,800', '5 · 5 · 128 · 64 = 204,800.')]
    """
    for piece in running_text(context):
        if not re.search(_SORT, piece.text, re.IGNORECASE):
            continue
        before: list[Layer] = []
        for start, end in clauses(piece.text):
            if _OTHER_LAYERS.search(piece.text, start, end):
                before = []
                continue
            layers = layers_in(piece.text, start, end, context.style)
            stated = list(_stated(context, piece.text, start, end))
            told = layers or ([] if _ALL_LAYERS.search(piece.text, start, end) else before)
            if len(told) == 1:
                near = bool(layers) or _GOES_ON.match(piece.text, start) is not None
                for one in stated:
                    found = _judged(context, piece, (start, end), told[0], one, near=near)
                    between = sorted((told[0].start, one.start))
                    if found.verdict == "right" or _of_the_layer(piece.text[slice(*between)]):
                        yield found
            before = layers


def _of_the_layer(between: str) -> bool:
    """Return whether what stands between a layer and a number goes on about this layer."""
    _, semicolon, last = between.rpartition(";")
    return not semicolon or bool(_SAME_LAYER.search(last) and not _OTHER_THINGS.search(last))


def _stated(context: Context, text: str, start: int, end: int) -> Iterator[_Stated]:
    taken: set[int] = set()
    for place, pattern in enumerate(_STATED):
        for found in pattern.finditer(text, start, end):
            value = whole_number(found["n"], context.style)
            low, high = found.span("n")
            if value is None or not taken.isdisjoint(range(low, high)) or _part_of_a_formula(text, low):
                continue
            taken.update(range(low, high))
            sort = found["sort"].lower()
            behind = bool(place) and sort.startswith("bias")
            counts = _WITH_HERE.match(text, found.end(), end) is not None and not behind
            yield _Stated(value, found["n"], sort, min(low, found.start()), found.end(), behind, counts)


def _part_of_a_formula(text: str, start: int) -> bool:
    """Return whether a number is a factor or a term, or the value of a product that has another value."""
    before = text[max(0, start - 100) : start]
    if re.search(r"[×*·/+−^@x-]\s*$", before):
        return True
    product = _PRODUCT.search(before)
    if product is None:
        return False
    factors = re.split(r"\s*[×·*x]\s*", product["product"])
    digits = [re.sub(r"\D", "", factor) for factor in factors]
    number = re.match(r"[\d,.'’\u2009\u202f]*\d", text[start:])
    return number is not None and math.prod(map(int, digits)) != int(re.sub(r"\D", "", number[0]))


def _readings(layer: Layer, text: str, sort: str, *, behind_biases: bool) -> dict[int, Worked]:
    """Return what a number of this sort may be, the most natural reading first."""
    weights, biases, each = layer.weights, layer.biases, layer.each
    both = (weights + biases).named("parameters")
    if sort.startswith("bias") and not behind_biases:
        found = [biases]
    elif behind_biases or _WITH.search(text):
        found = [both, weights, biases]
    elif _WITHOUT.search(text):
        found = [weights]
    else:
        found = [both, weights] if sort.startswith("param") and "bias" in text.lower() else [weights, both]
    if not sort.startswith("bias") and _SINGLE.search(text):
        found += [each, each + Worked(1, "bias")]
    return {int(one): one for one in found}


def _judged(
    context: Context, piece: Piece, clause: tuple[int, int], layer: Layer, stated: _Stated, *, near: bool
) -> Finding:
    text = piece.text[slice(*clause)]
    readings = _readings(layer, text, stated.sort, behind_biases=stated.behind_biases)
    verdict: Verdict = "right"
    slips: tuple[Slip, ...] = ()
    if stated.counts_biases and stated.sort.startswith("param"):  # not the weights alone
        readings = {value: one for value, one in readings.items() if value != int(layer.weights)}
    if stated.value in readings:
        meant = readings[stated.value]
    else:
        # The sentence may mean any of them; the one that a known slip leads away from is the likeliest.
        verdict = "wrong" if near else "suspicious"
        found = [(one, tuple(explain(one, context.plain(stated.text)))) for one in readings.values()]
        meant, slips = min(found, key=lambda pair: pair[1][0].rank if pair[1] else _UNEXPLAINED)
    return context.finding(
        piece,
        min(layer.start, stated.start),
        max(stated.end, stated.start),
        "parameters",
        verdict,
        stated=stated.text,
        computed=f"{int(meant):,}",
        why=f"{meant.work}." if meant.arguments else f"Each {layer.filters} has one bias.",
        slips=[one.sentence for one in slips[:2]],
    )
