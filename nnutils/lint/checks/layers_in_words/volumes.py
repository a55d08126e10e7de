"""Images and maps told by their size, and how many numbers they hold: 'an RGB image of 224 by 224 pixels'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from nnutils.core.numerals import grouped
from nnutils.lint.checks.counts.widths import COUNT, whole_number
from nnutils.lint.checks.field.clauses import clauses, running_text
from nnutils.lint.checks.sentences.stored import EACH, RESULT, bytes_of_each, memory_finding
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.numbers import Style
from nnutils.lint.sheets import Piece
from nnutils.slips.precision import WrittenNumber

__all__ = ["check_volumes"]

_SIZE = re.compile(
    r"(?<![\w.,])(?P<size>\d{1,4}(?:[ ]?(?:×|x|\*|-by-|[ ]by[ ])[ ]?\d{1,4}){1,2})(?![\w]|[.,]\d"
    r"|[ ]?[×x*=][ ]?\d)",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"\b(?:images?|pictures?|photos?|frames?|maps?|volumes?|tensors?|batch"
    r"|arrays?|inputs?|pixels?|channels|MNIST|CIFAR)\b",
    re.IGNORECASE,
)
_PRODUCT = re.compile(r"\)?\s*(?:[×*·=+/]|x\s*\d|bytes?\b|bits?\b|B\b)")
"""What stands behind a size that is part of a computation."""

_COLOURED = re.compile(r"\b(?:RGB|colou?r(?:ed)?(?!\s+channels?)|(?:three|3)[ -]channel)\b", re.IGNORECASE)
_CHANNELS = re.compile(
    r"\b(?P<n>\d{1,4}|two|three|four)\s+(?:(?:colou?r|input|feature)\s+)?(?:channels|maps|planes)\b",
    re.IGNORECASE,
)
_BATCH = re.compile(
    rf"\b(?:batch(?:es)?|stack|set|collection)\s+of\s+(?P<a>{COUNT})"
    rf"|(?P<b>{COUNT})\s+(?:(?:such|RGB|gr[ea]y(?:scale)?|colou?r|square|training|input)\s+)*"
    r"(?:images|pictures|photos|frames)\b",
    re.IGNORECASE,
)
_THINGS = (
    r"(?:numbers|values|entries|intensities|floats|elements|components|pixel[ ]values|grey[ ]values"
    r"|activations)"
)
_OF_VECTORS = r"(?:inputs|features|dimensions|coordinates|units|neurons|nodes)"
_SORTS = r"(?:(?:real|raw|single|input|different|individual|grey|gray)[ ])*"
_STATED = re.compile(
    rf"(?P<n>{COUNT})[ ]{_SORTS}(?P<thing>{_THINGS}|{_OF_VECTORS}|pixels)\b"
    rf"|\bvectors?[ ](?:of|with)[ ](?:the[ ])?(?:length|size|dimension)[ ](?P<long>{COUNT})"
    rf"|\b(?:flatten(?:s|ed|ing)?|unrolled|vector|length)\b[^.;\d]{{0,30}}?(?P<flat>{COUNT})"
    r"(?![ ]?[×x*·/+]|[ ]\w+s\b)",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"\b(?:contains?|consists?|holds?|has|have|is|are"
    r"|makes?|gives?|yields?|comes?|amounts?|equals?|stores?|means"
    r"|i\.e\.|that is|flatten\w*|vector|unrolled|become\w*|thus|so|hence|with|in all|in total"
    r"|altogether)\b|[:=(→]",
    re.IGNORECASE,
)
_FLAT = re.compile(r"\bflatten\w*|\bvectors?\b|\bunroll\w*|\breshap\w*", re.IGNORECASE)
_SPOILT = re.compile(
    r"\b(?:kernels?|filters?|conv\w*|pool\w*|strid\w*|each|every|per|patch\w*|window|global|average"
    r"|mean|weights?"
    r"|connected|more|less|fewer|times|instead|would|if|or|respectively|crop\w*|pad\w*|upsampl\w*"
    r"|transpos\w*|resiz\w*"
    r"|grid|cells?|tokens?|heads?|hidden|classes|layer)\b|[·/+−]",
    re.IGNORECASE,
)
_BYTES_SPOILT = re.compile(
    r"\b(?:kernels?|filters?|conv\w*|pool\w*|more|less|fewer|times|instead|would|if|or|patch\w*"
    r"|compress\w*|jpe?g|png"
    r"|gradients?|weights?|parameters?)\b|[·/+−]",
    re.IGNORECASE,
)
_NEAR = Fraction(2)
_WORDS = {"two": 2, "three": 3, "four": 4}


@dataclass(frozen=True)
class _Volume:
    """How many numbers a size may stand for, the likeliest first, each with its factors."""

    counts: dict[int, str]
    start: int
    end: int


def check_volumes(context: Context) -> Iterator[Finding]:
    """Judge how many numbers, or bytes, a sentence says a picture of a told size has.

    >>> from nnutils.lint import lint
    >>> one = lint("An RGB image of 224 by 224 pixels contains 150,258 numbers.").wrong[0]
    >>> one.stated, one.computed, one.why
    ('150,258', '150,528', '224 · 224 · 3 = 150,528.')
    """
    for piece in running_text(context):
        if not _SIZE.search(piece.text):
            continue
        before: _Volume | None = None
        for start, end in clauses(piece.text):
            volume = _volume(piece.text, start, end, context.style)
            if volume is not None and not _SPOILT.search(piece.text, start, end):
                yield from _judged(context, piece, (volume.end, end), volume)
            elif before is not None and volume is None and _FLAT.match(piece.text, start):
                if not _SIZE.search(piece.text, start, end) and not _SPOILT.search(piece.text, start, end):
                    yield from _judged(context, piece, (start, end), before)
            if volume is not None and not _BYTES_SPOILT.search(piece.text, start, end):
                yield from _in_bytes(context, piece, (start, end), volume)
            before = volume


def _volume(text: str, start: int, end: int, style: Style) -> _Volume | None:
    found = list(_SIZE.finditer(text, start, end))
    if len(found) != 1 or not _PICTURE.search(text, start, end) or _PRODUCT.match(text, found[0].end()):
        return None
    one = found[0]
    sides = [int(side) for side in re.findall(r"\d+", one["size"])]
    channels = {_told(match["n"]) for match in _CHANNELS.finditer(text, start, end)}
    if len(channels) > 1 or 0 in sides:
        return None
    factors = list(sides)
    if len(sides) == 2 and channels:
        factors.append(channels.pop())
    elif len(sides) == 2 and _COLOURED.search(text, start, one.end() + 25):
        factors.append(3)
    ways = [factors]
    batches = {whole_number(match["a"] or match["b"], style) for match in _BATCH.finditer(text, start, end)}
    if len(batches) > 1:
        return None
    for batch in batches - {None, 1}:
        assert batch is not None
        ways.insert(0, [*factors, batch])
    return _Volume({prod(way): " · ".join(map(grouped, way)) for way in ways}, one.start(), one.end())


def _told(text: str) -> int:
    return _WORDS.get(text.lower()) or int(text)


def _judged(context: Context, piece: Piece, part: tuple[int, int], volume: _Volume) -> Iterator[Finding]:
    """Judge the only number of a part of a clause that may say how many numbers a volume holds."""
    text = piece.text
    stated = []
    for found in _STATED.finditer(text, *part):
        group = next(name for name in ("n", "long", "flat") if found[name])
        thing = (found["thing"] or "").lower()
        plain = bool(re.fullmatch(_OF_VECTORS, thing)) and not _FLAT.search(text, *part)
        if thing == "pixels" or plain:
            return
        stated.append((found, group))
    if len(stated) != 1:
        return
    found, group = stated[0]
    number = whole_number(found[group], context.style)
    if number is None or not _LEADING.search(text, part[0], found.start(group)):
        return
    right = next(iter(volume.counts))
    if number not in volume.counts and not 1 / _NEAR < Fraction(number, right) < _NEAR:
        return
    verdict = "right" if number in volume.counts else "wrong"
    yield context.finding(
        piece, *found.span(group), "units", "right" if verdict == "right" else "wrong", stated=found[group],
        computed=grouped(number if verdict == "right" else right),
        why="" if verdict == "right" else f"{volume.counts[right]} = {grouped(right)}.",
    )  # fmt: skip


def _in_bytes(context: Context, piece: Piece, part: tuple[int, int], volume: _Volume) -> Iterator[Finding]:
    """Judge how many bytes a volume takes, with so many bytes for each of its numbers or pixels."""
    text = piece.text
    each = list(EACH.finditer(text, *part))
    sizes = {bytes_of_each(one) for one in each}
    results = [
        one
        for one in RESULT.finditer(text, *part)
        if not any(two.start() <= one.start() < two.end() for two in each)
    ]
    if len(sizes) != 1 or len(results) != 1 or results[0].start() < volume.start:
        return
    (size,) = sizes
    judged = [
        one
        for count in volume.counts
        for one in memory_finding(
            context, piece, results[0], (WrittenNumber("", Fraction(count), None, 9), size), spoilt=False
        )
    ]
    best = next((one for one in judged if one.verdict == "right"), judged[0] if judged else None)
    if best is not None:
        yield best
