"""Parameters told as weights and biases: '6 filters of 5×5 weights plus 6 biases: 156'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import prod

from nnutils.core.numerals import grouped
from nnutils.lint.checks.counts.widths import COUNT, whole_number
from nnutils.lint.checks.field.clauses import running_text
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.numbers import Style
from nnutils.lint.sheets import Piece

__all__ = ["check_weights_and_biases"]

_N = COUNT.removesuffix(r"(?![,.]?\w)") + r"(?![,.]?[\d])"
_FACTORS = rf"{_N}(?:\s*[×·*x]\s*{_N})*"
_WEIGHTS = rf"(?P<work>{_FACTORS})(?:\s*=\s*(?P<result>{COUNT}))?"
_OF_FILTERS = (
    rf"(?:(?P<filters>{COUNT})\s+(?:filters|kernels)\s+(?:of|with)\s+(?:size\s+)?)?{_WEIGHTS}"
    r"(?:\s+(?:(?:kernel|filter|connection)\s+)?weights?)?(?P<each>\s+each)?"
)
_BIASES = (
    rf"(?:there\s+are\s+|its\s+|the\s+|also\s+|another\s+|further\s+)*(?P<biases>{COUNT})\s+bias(?:es"
    rf"|\s+terms|\s+values)?\b"
)
_AND = r"\s*(?:,?\s*(?:and|plus)\s+(?:also\s+|another\s+)?|\+\s*|,\s*(?:plus\s+|and\s+)?)"
_SORT = r"(?:(?:trainable|learnable|free)\s+)?(?:parameters?|params|numbers)"
_LEADS = (
    r"[\s,;:.(–—-]*(?:(?:so|thus|hence|therefore|then|which|that|this|it|we|get|have|has|in|all|total"
    r"|together|altogether"
    r"|sum|makes?|making|gives?|giving|is|are|i\.e\.|leading|to|a|of"
    r"|comes?|amounts?|parameters?|layer|the|for)[\s,:]+)*"
    r"[\s=→⇒:>-]*[\s*]*"
)
_BEHIND = r"(?![\d]|[.,]\d|\s*[×·*x+/^](?!\*)|\s*(?:weights?|biases|bias)\b)"

_GOES_ON = re.compile(r"\W*(?:plus|\+|and)\s+\d+\s+bias", re.IGNORECASE)

_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 156 parameters here: 6 filters of 5×5 weights plus 6 biases
        rf"(?P<n>{COUNT})[*\s]*(?:{_SORT}\s*)?(?:(?:here|in\s+all|in\s+total|altogether)\s*)?"
        r"(?:[,:(]|\bas\b|\bbecause\b|\bnamely\b)\s*"
        r"(?:(?:because|since|as|namely|i\.e\.|that\s+is|made\s+of|consisting\s+of|there\s+are|of)[\s,]+)*"
        rf"{_OF_FILTERS}{_AND}{_BIASES}",
        # 864 weights and 32 biases, in total 896
        rf"{_OF_FILTERS}{_AND}{_BIASES}{_LEADS}(?P<n>{COUNT}){_BEHIND}",
        # weights = 5·5·20 = 500, biases = 20 → 520
        rf"\bweights?\b[^\S\n]*[:=][^\S\n]*{_WEIGHTS}\s*[,;\n]\s*bias(?:es)?\s*[:=]\s*(?P<biases>{COUNT})"
        rf"(?![ ]?[×·*x+/=]){_LEADS}(?P<n>{COUNT}){_BEHIND}",
        # 784 pixels plus a bias, thus 785 parameters
        rf"(?P<work>{COUNT})(?P<result>)\s+(?:\w+\s+)?(?:weights|inputs|pixels|values|features"
        rf"|activations)\s*"
        r"(?:,?\s*(?:and|plus|with)|\+|,)\s+(?:a|one|its|1)\s+(?:single\s+|own\s+)?bias\b"
        rf"{_LEADS}(?P<n>{COUNT})\s+{_SORT}",
        # 24 kernels of 7 × 7 × 3, … 3,528 weights; adding a bias for each kernel leaves 3,552 parameters
        rf"(?P<biases>{COUNT})\s+(?:filters|kernels|neurons|units)\b[^.]{{1,60}}?(?P<work>{COUNT})"
        rf"(?P<result>)\s+weights"
        r"[^.\d]{0,30}?\b(?:a|one|1)\s+bias\s+(?:for\s+each|per|for\s+every|each)\b[^.\d]{0,40}?"
        rf"(?P<n>{COUNT})\s+{_SORT}",
        # 16 · 150 = 2400, and below it: plus 16 biases: 2416
        rf"(?P<work>{_FACTORS})\s*=\s*(?P<result>{COUNT})(?:\s+weights?)?[\s,;.*•-]*(?:plus|\+"
        rf"|and)\s+{_BIASES}"
        rf"{_LEADS}(?P<n>{COUNT}){_BEHIND}",
    )
)


def check_weights_and_biases(context: Context) -> Iterator[Finding]:
    """Judge a number of parameters beside the weights and the biases that it counts.

    >>> from nnutils.lint import lint
    >>> one = lint("We need 165 parameters here: 6 filters of 5×5 weights plus 6 biases.").wrong[0]
    >>> one.stated, one.computed, one.why
    ('165', '156', '150 weights and 6 biases are 156.')
    """
    before: Piece | None = None
    for one in running_text(context):
        piece = _joined(before, one) if before is not None and _GOES_ON.match(one.text) else one
        before = one
        if "bias" not in piece.text.lower():
            continue
        places: set[int] = set()
        for pattern in _FORMS:
            for found in pattern.finditer(piece.text):
                if found.start("n") not in places and "\n\n" not in found[0]:
                    places.add(found.start("n"))
                    yield from _judged(context, piece, found)


def _joined(above: Piece, below: Piece) -> Piece:
    """Return two items of a list as one stretch of text: the second goes on with the result of the first."""
    return Piece(f"{above.text}\n{below.text}", (*above.places, above.places[-1], *below.places))


def _weights(found: re.Match[str], style: Style) -> set[int]:
    """Return how many weights are told: as a product, as its result, of one filter or of all."""
    factors = [whole_number(one, style) for one in re.findall(_N, found["work"])]
    if not all(factors):
        return set()
    made = {prod(one for one in factors if one)}
    if found["result"] and (result := whole_number(found["result"], style)):
        made.add(result)
    groups = found.re.groupindex
    filters = whole_number(found["filters"], style) if "filters" in groups and found["filters"] else None
    if filters:
        return {one * filters for one in made} | (set() if found["each"] else made)
    return made


def _judged(context: Context, piece: Piece, found: re.Match[str]) -> Iterator[Finding]:
    stated = whole_number(found["n"], context.style)
    biases = whole_number(found["biases"], context.style) if "biases" in found.groupdict() else 1
    weights = _weights(found, context.style)
    if stated is None or not biases or not weights:
        return
    best = max(weights)
    right = {one + biases for one in weights}
    each = "per|" not in found.re.pattern and bool(
        re.search(r"\b(?:each|every|per|apiece)\b", found[0], re.IGNORECASE)
    )
    if stated not in right and (
        stated in weights | {biases} or each and not found.groupdict().get("filters")
    ):
        return  # the weights alone, or those of one filter
    if stated not in right and not best / 2 < stated < 2 * (best + biases):
        return
    total, said = best + biases, f"{grouped(biases)} biases" if biases > 1 else "a bias"
    yield context.finding(
        piece, *found.span("n"), "parameters", "right" if stated in right else "wrong", stated=found["n"],
        computed=grouped(stated if stated in right else total),
        why="" if stated in right else f"{grouped(best)} weights and {said} are {grouped(total)}.",
    )  # fmt: skip
