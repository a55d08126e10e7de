"""Layers told in a sentence: '64 filters of size 5 × 5 on 128 channels', 'from 500 to 750 units'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from nnutils.core.worked import Worked, total
from nnutils.lint.checks.counts.widths import COUNT, whole_number, widths_in
from nnutils.lint.checks.field.settings import Setting, settings_in
from nnutils.lint.numbers import Style

__all__ = ["COUNT", "Layer", "layers_in", "whole_number"]

_MAPS = r"(?:channels?|maps?|feature[ -]maps?|planes?)"
_UNITS = (
    r"(?:units?|neurons?|nodes?|inputs?|outputs?|features?|hidden|values|activations|classes|logits|scores)"
)
_INPUTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<n>{COUNT})[ ](?:input|incoming|in)[ -]{_MAPS}",
        rf"\bconv[^.;]{{0,60}}?(?P<n>{COUNT})[ ]in\b(?=[^.;]{{0,20}}?\d[ ]out\b)",
        r"\b(?:on|over|across|sees?|covers?|contains?|through|of|with|has|to)[ ]"
        r"(?:each of[ ])?(?:the[ ]|all[ ])*"
        rf"(?P<n>{COUNT})[ ]{_MAPS}",
        rf"\b(?:in_channels|C_in|c_in|C_\{{in\}})[ ]?=[ ]?(?P<n>{COUNT})",
    )
)
_OUTPUTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<n>{COUNT})[ ](?:output|outgoing|out)[ -]{_MAPS}",
        rf"(?<=[ ]in,[ ])(?P<n>{COUNT})[ ]out\b",
        rf"\b(?:out_channels|C_out|c_out|C_\{{out\}})[ ]?=[ ]?(?P<n>{COUNT})",
    )
)
_FROM_TO = re.compile(
    rf"(?:\bfrom[ ])?(?P<a>{COUNT})(?:[ ]{_MAPS})?[ ]?(?:to|→|->|into)[ ]?"
    rf"(?P<b>{COUNT})[ ]{_MAPS}"
    rf"|\b(?:takes|taking|brings|reduces|reducing|compresses|squeezes|expands|maps|turns|leads)[ ]"
    rf"(?P<c>{COUNT})[ ]{_MAPS}[ ]"
    rf"(?:down[ ]|up[ ])?(?:in)?to[ ](?P<d>{COUNT})"
    rf"(?![ ]?(?:[×x%*]|(?:units|neurons|nodes|pixels|classes|inputs|features|filters|kernels)\b))"
    rf"|\bconv\w*\.?[ ]?\d{{1,2}}[ ]?[×x][ ]?\d{{1,2}},?[ ]\(?(?P<e>{COUNT})[ ]?(?:→|->"
    rf"|to)[ ]?(?P<f>{COUNT})",
    re.IGNORECASE,
)
_COLOURS = re.compile(
    r"\b(?:on|of|over|for|to)[ ](?:an?|the)[ ](?:(?P<three>RGB|colou?r)|gr[ea]y(?:-?scale)?)[ ]"
    r"(?:images?|pictures?|inputs?)",
    re.IGNORECASE,
)
_TERSE = re.compile(
    rf"\bconv\w*\.?[ ]?:[ ](?P<k>1?\d)[ ]?[×x][ ]?(?P=k),[ ](?P<a>{COUNT})[ ]?(?:→|->"
    rf"|to)[ ]?(?P<b>{COUNT})(?=,|[ ]\()",
    re.IGNORECASE,
)
"""All of a layer in short: 'conv2: 5x5, 32 -> 64'."""

_ON_SIZE = re.compile(
    r"\b(?:on|input(?:[ ]of)?)[ ]"
    r"(?:an?[ ])?(?P<h>\d{1,4})[ ]?[×x][ ]?(?P=h)[ ]?[×x][ ]?(?P<n>\d{1,4})(?![\d.,]*\d)",
    re.IGNORECASE,
)
"""The channels of a picture that a layer works on: 'on 56 × 56 × 64'."""

_DENSE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:from|connect(?:s|ing)?|maps?|mapping|between)[ ](?:the[ ])?"
        rf"(?P<a>{COUNT})(?:[ ]{_UNITS}){{0,2}}"
        rf"[ ](?:to|and|with|onto|into|→)[ ](?:the[ ])?(?P<b>{COUNT})"
        rf"(?=[ ]{_UNITS}|\D{{0,3}}[:,.(]|[ ](?:has|needs|takes|have))",
        rf"\b(?:reads?|takes|receives|gets|sees)[ ](?:all[ ])?(?:the[ ])?(?P<a>{COUNT})[ ]{_UNITS}"
        rf"(?:,|[ ]and)[ ](?:it[ ])?(?:has|with|outputs|contains)[ ](?P<b>{COUNT})[ ]{_UNITS}",
        rf"(?P<a>{COUNT})[ ]inputs?(?:[ ]{_UNITS})?(?:[ ]and|[ ]to|,|[ ]into|[ ]→)[ ]"
        r"(?:(?:it[ ])?(?:has|have|with|gives|makes|produces|contains|feeds)[ ])?"
        rf"(?P<b>{COUNT})[ ]{_UNITS}",
        rf"(?P<b>{COUNT})[ ]{_UNITS}\)?[ ](?:(?:is|are|that|which|sits?|fully|each|directly)[ ]){{0,3}}"
        rf"(?:connected[ ]to|on[ ]top[ ]of|read(?:s|ing)?|sees?|receives?|gets?|looks?[ ]at|fed[ ]by"
        rf"|behind)[ ](?:(?:all|each|of|the|its)[ ])*"
        rf"(?P<a>{COUNT})[ ](?:(?:hidden|input)[ ])?{_UNITS}",
        rf"(?P<b>{COUNT})[ ](?:(?:hidden|output)[ ])?(?:units?|neurons?|nodes?)[ ](?:with|of)[ ]"
        rf"(?P<a>{COUNT})[ ](?:inputs?|weights)[ ](?:each|apiece)\b",
        rf"(?P<a>{COUNT})[ ]{_UNITS}(?:[ ]{_UNITS})?[ ]"
        r"(?:fully connected to|connected to|each connected to|feeding)"
        rf"[ ](?:all[ ])?(?P<b>{COUNT})[ ]{_UNITS}",
        r"\b(?:fully[ -]connected|dense|linear)\b[^.;:\d]{0,25}"
        rf"(?P<a>{COUNT})[ ]?(?:→|->|to)[ ]?(?P<b>{COUNT})",
        rf"\bin_features[ ]?=[ ]?(?P<a>{COUNT}),[ ]?out_features[ ]?=[ ]?(?P<b>{COUNT})",
    )
)
_WIDTH = rf"{COUNT}[ ](?:hidden[ ]|output[ ])?(?:units?|neurons?|nodes?|hidden|outputs?)"
_CHAIN = re.compile(
    rf"(?P<first>{COUNT})[ ]inputs?(?:[ ](?:units?|neurons?|nodes?|features?))?"
    rf"(?P<rest>(?:(?:,[ ]?(?:and[ ]|then[ ])?|[ ](?:and|to|into|then|→)[ ]){_WIDTH})"
    rf"{{1,9}}(?:,[ ]?and[ ]|,[ ]?|[ ](?:and|to|into|then|→)[ ]){COUNT}[ ]outputs?\b)",
    re.IGNORECASE,
)
"""A network of dense layers: '784 inputs, 100 hidden units and 10 outputs'."""

_WIDTHS = re.compile(rf"{COUNT}[ ](?:inputs?|hidden|outputs?|units?|neurons?|nodes?|layers?)", re.IGNORECASE)


@dataclass(frozen=True)
class Layer:
    """A layer told by a sentence: the weights of it, the biases, and where the telling begins."""

    weights: Worked
    biases: Worked
    each: Worked
    """The weights of one filter, or of one unit."""

    filters: str
    start: int


def layers_in(text: str, start: int, end: int, style: Style) -> list[Layer]:
    """Return the layers that a stretch of text tells; of several, nobody can say which is meant.

    A network of dense layers counts as one, with the weights and biases of all.
    """
    whole = list(_networks(text, start, end, style))
    whole = whole or [_network(*one) for one in widths_in(text, start, end, style)]
    # of three widths, two that stand beside each other are no layer of which the rest of the text speaks
    several = len(_WIDTHS.findall(text, start, end)) > 2
    dense = whole or ([] if several else list(_dense(text, start, end, style)))
    return [*_convolutions(text, start, end, style), *dense]


def _networks(text: str, start: int, end: int, style: Style) -> Iterator[Layer]:
    for chain in _CHAIN.finditer(text, start, end):
        counts = [chain["first"], *re.findall(COUNT, chain["rest"])]
        widths = [whole_number(one, style) for one in counts]
        if all(widths):
            yield _network([width for width in widths if width], chain.start())


def _network(widths: list[int], start: int) -> Layer:
    pairs = list(pairwise(widths))
    weights = total((Worked(a, "inputs") * Worked(b, "outputs") for a, b in pairs), "weights")
    biases = total((Worked(b, "biases") for _, b in pairs), "biases")
    return Layer(weights, biases, weights, "unit", start)


def _convolutions(text: str, start: int, end: int, style: Style) -> Iterator[Layer]:
    found = settings_in(text, start, end)
    for terse in _TERSE.finditer(text, start, end):
        reads, makes = whole_number(terse["a"], style), whole_number(terse["b"], style)
        if reads and makes:
            side = Worked(int(terse["k"]), "kernel size")
            each = side * side * Worked(reads, "channels")
            weights = (each * Worked(makes, "filters")).named("weights")
            yield Layer(
                weights, Worked(makes, "biases"), each.named("weights of a filter"), "filter", terse.start()
            )
            return
    kernels = [one for one in found if one.role == "kernel" and isinstance(one.value, tuple)]
    if len({one.value for one in kernels}) != 1:
        return
    kernel = kernels[0]
    inputs = _counts(_INPUTS, text, start, end, style)
    outputs = _counts(_OUTPUTS, text, start, end, style)
    filters = [one for one in found if one.role == "filters" and isinstance(one.value, tuple)]
    outputs |= {(int(one.value[0]), one.start) for one in filters}
    for pair in _FROM_TO.finditer(text, start, end):
        ends = (
            whole_number(pair["a"] or pair["c"] or pair["e"], style),
            whole_number(pair["b"] or pair["d"] or pair["f"], style),
        )
        if ends[0] and ends[1]:
            inputs = {(ends[0], pair.start())}
            outputs = outputs or {(ends[1], pair.start())}
    on = {(whole_number(one["n"], style) or 0, one.start()) for one in _ON_SIZE.finditer(text, start, end)}
    inputs = inputs or {one for one in on if one[0]}
    if not inputs:
        inputs = {(3 if one["three"] else 1, one.start()) for one in _COLOURS.finditer(text, start, end)}
    sides, deep = _kernel(kernel)
    if deep:
        inputs = {(deep, kernel.start)}
    if len({n for n, _ in inputs}) != 1 or len({n for n, _ in outputs}) != 1:
        return
    (channels, first), (made, second) = min(inputs), min(outputs)
    each = Worked(sides[0], "kernel height") * Worked(sides[1], "kernel width") * Worked(channels, "channels")
    weights = (each * Worked(made, "filters")).named("weights")
    begin = min(kernel.start, first, second)
    yield Layer(weights, Worked(made, "biases"), each.named("weights of a filter"), "filter", begin)


def _kernel(kernel: Setting) -> tuple[tuple[int, int], int | None]:
    """Return height and width of a kernel, and its depth where it is told."""
    sizes = kernel.value
    assert isinstance(sizes, tuple)
    if len(sizes) < 3:
        return (sizes[0], sizes[-1]), None
    if sizes[1] == sizes[2] != sizes[0]:
        return (sizes[1], sizes[2]), sizes[0]
    return (sizes[0], sizes[1]), sizes[2]


def _counts(
    patterns: tuple[re.Pattern[str], ...], text: str, start: int, end: int, style: Style
) -> set[tuple[int, int]]:
    for pattern in patterns:
        found = {
            (number, match.start())
            for match in pattern.finditer(text, start, end)
            if (number := whole_number(match["n"], style))
        }
        if found:
            return found
    return set()


def _dense(text: str, start: int, end: int, style: Style) -> Iterator[Layer]:
    found: dict[tuple[int, int], int] = {}
    for pattern in _DENSE:
        for match in pattern.finditer(text, start, end):
            inputs, outputs = whole_number(match["a"], style), whole_number(match["b"], style)
            if inputs and outputs and not re.match(rf"[ ]{_MAPS}", text[match.end() :]):
                found.setdefault((inputs, outputs), match.start())
    if len(found) == 1:
        (((inputs, outputs), begin),) = found.items()
        each = Worked(inputs, "inputs")
        weights = (each * Worked(outputs, "outputs")).named("weights")
        yield Layer(weights, Worked(outputs, "biases"), each, "unit", begin)
