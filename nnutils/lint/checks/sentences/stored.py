"""Memory told in a sentence: 'with 4 bytes each, the 277,895 parameters need 1,111,580 bytes'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from nnutils.core.numerals import grouped
from nnutils.lint.checks.field.clauses import running_text
from nnutils.lint.checks.relations.judging import compared
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.language import Node, UnreadableError, parse_prefix, tokens_of
from nnutils.lint.numbers import read_number
from nnutils.lint.sheets import Piece, piece_of
from nnutils.slips.precision import WrittenNumber

__all__ = ["EACH", "RESULT", "bytes_of_each", "check_stored", "memory_finding"]

_NUMBER = r"\d[\d,.'’\u00a0\u2009\u202f]*(?:(?<![,.])|(?=\d))"
_BYTE = r"(?:bytes?|octets?|ottetti|B)(?!\w)"
EACH = re.compile(
    rf"(?<![\w.,])(?:(?P<bytes>\d{{1,2}}|one|two|four|eight|zwei|vier|acht|deux|quatre|huit"
    rf"|dos|cuatro|ocho|due|quattro|otto)"
    rf"[\s-]{_BYTE}|(?P<bits>8|16|32|64)[\s-]?bits?\b|(?:float|fp|int|uint|bf"
    rf"|bfloat)[\s-]?(?P<type>8|16|32|64)\b"
    r"|(?P<named>single|double|half) precision)",
    re.IGNORECASE,
)
_WORDS = {
    "one": 1, "two": 2, "four": 4, "eight": 8, "zwei": 2, "vier": 4, "acht": 8, "deux": 2, "quatre": 4,
    "huit": 8, "dos": 2, "cuatro": 4, "ocho": 8, "due": 2, "quattro": 4, "otto": 8,
}  # fmt: skip
_NAMED = {"half": 2, "single": 4, "double": 8}
_COUNT = re.compile(
    rf"(?<![\w.,])(?P<n>{_NUMBER})\s+(?:(?P<scale>million|billion|M)\s+)?(?:[^\W\d_]{{2,14}}\s+){{0,2}}"
    r"(?:parameters?|params|weights?|numbers?|values?|floats?|entries|activations?|units|biases)\b",
    re.IGNORECASE,
)
RESULT = re.compile(
    rf"(?<![\w.,×·*/=+-])(?P<n>{_NUMBER})\s?(?P<unit>(?:[kKMG]i?)?(?:B|bytes?|octets?|o)"
    rf"|(?:kilo|mega|giga)(?:bytes?|octets?))"
    r"(?![\w/-])",
    re.IGNORECASE,
)
_BY_EACH = re.compile(
    rf"\s*(?:(?:at|with|je|mit|à|con|a)\s+)?(?:{EACH.pattern})"
    r"\s*(?:each|apiece|je|chacun|cada uno|ciascuno)?"
    r"\s*(?:[:=→,]|makes?|gives?|is|are)\s*(?=\d)",
    re.IGNORECASE,
)
_TOLD_LAST = re.compile(
    rf"[=→:]\s*(?P<n>{_NUMBER})(?:\s+(?:parameters?|params|weights?|in total|in all))?[\s.;,]*$"
)
_SENTENCE = re.compile(r"[.;!?](?=\s|$)|\n\s*\n")
_LEADING = re.compile(
    r"\b(?:need|needs|take|takes|occup(?:y|ies)|use|uses|require|requires|is|are|so|hence"
    r"|thus|makes|gives|give|come to"
    r"|comes to|amounts? to|requiring|taking|occupying|makes|belegen|belegt|brauchen"
    r"|braucht|benötigen|benötigt"
    r"|sind|ist|ergibt|occupent|prennent|soit|font|ocupan|son|necesitan|requieren|es decir"
    r"|occupano|cioè|that|in total"
    r"|memory|storage|about|roughly|some|which)\b|[:=≈→(]",
    re.IGNORECASE,
)
_SPOILING = re.compile(
    r"\b(?:and|plus|more|less|fewer|save[sd]?|saving|instead|per image|per batch|batch"
    r"|images?|gradients?|momentum"
    r"|optimi[sz]er|adam|each layer|compress\w*|und|et|y)\b(?!\s+(?:so|hence|thus|bias"
    r"|need|take|occup|each|with|there))",
    re.IGNORECASE,
)
_OR = re.compile(r"\d\s*(?:or|to|oder|bis|ou|à|o|–|-|/|,)\s*$")
_EXPONENT = {"k": 1, "m": 2, "g": 3}
_FARTHEST = 30
_DIGIT = re.compile(r"\d")


def check_stored(context: Context) -> Iterator[Finding]:
    """Judge how much memory a sentence says so many numbers need, with so many bytes each.

    >>> from nnutils.lint import lint
    >>> one = lint("At 4 bytes each, the 277,895 parameters need 1,111,850 bytes.").findings[0]
    >>> one.stated, one.computed, one.why
    ('1,111,850 bytes', '1,111,580', '277,895 · 4 bytes = 1,111,580 bytes.')
    """
    pieces = list(running_text(context))
    every = {bytes_of_each(found) for piece in pieces for found in EACH.finditer(piece.text)}
    for number, piece in enumerate(pieces):
        if not every or not RESULT.search(piece.text):
            continue
        if number and _BY_EACH.match(piece.text) and (found := _TOLD_LAST.search(pieces[number - 1].text)):
            yield from _of_the_last(context, piece, found["n"])
        begin = 0
        for stop in [*(found.end() for found in _SENTENCE.finditer(piece.text)), len(piece.text)]:
            yield from _judged(context, piece, (begin, stop), every)
            begin = stop


def _judged(
    context: Context, piece: Piece, sentence: tuple[int, int], every: set[Fraction]
) -> Iterator[Finding]:
    """Judge the first number of bytes in a sentence; how many each has may be told elsewhere in the sheet."""
    text, (begin, end) = piece.text, sentence
    each = list(EACH.finditer(text, begin, end))
    sizes = {bytes_of_each(found) for found in each} or every
    if any(_OR.search(text, begin, found.start()) for found in each):
        return
    counts = list(_COUNT.finditer(text, begin, end))
    if (
        not counts and each and text[:begin].endswith(";")
    ):  # '138,357,544 parameters; with 2 bytes each that is'
        counts = list(_COUNT.finditer(text, max(0, text.rfind(".", 0, begin)), begin))
    if len(sizes) != 1 or len(counts) != 1:
        return
    (size,) = sizes
    count = _scaled(read_number(counts[0]["n"], context.style), counts[0]["scale"])
    if count is None or count.value.denominator != 1 or count.value < _FARTHEST:
        return
    for found in RESULT.finditer(text, max(counts[0].end(), begin), end):
        if any(one.start() <= found.start() < one.end() for one in each):
            continue
        between = text[counts[0].end() : found.start()]
        if re.search(r"\d\s*[×·*+/=]|[=]", re.sub(r"\s*=\s*$", "", between)):
            return  # written out: that is judged as arithmetic
        if not _LEADING.search(between):
            continue
        spoilt = _SPOILING.search(text, begin, end) is not None
        yield from memory_finding(context, piece, found, (count, size), spoilt=spoilt)
        return  # what follows tells this number again


def _scaled(count: WrittenNumber | None, scale: str | None) -> WrittenNumber | None:
    """Return a count in millions or billions as a count; as it is where no scale is told."""
    if count is None or not scale:
        return count
    value = count.value * (10**9 if scale.lower() == "billion" else 10**6)
    return WrittenNumber("", value, None, 9)


def _of_the_last(context: Context, piece: Piece, number: str) -> Iterator[Finding]:
    """Judge 'at 4 bytes each: 1,111,580 bytes', right below the number of them."""
    each, result = EACH.search(piece.text), RESULT.search(piece.text)
    if each is not None and result is not None and result.start() < each.end():
        result = RESULT.search(piece.text, each.end())
    count = read_number(number, context.style)
    if each is None or result is None or count is None or count.value.denominator != 1:
        return
    if count.value < _FARTHEST or not _BY_EACH.match(piece.text[: result.end()]):
        return
    if _DIGIT.search(piece.text, each.end(), result.start()):
        return
    yield from memory_finding(context, piece, result, (count, bytes_of_each(each)), spoilt=False)


def bytes_of_each(found: re.Match[str]) -> Fraction:
    """Return how many bytes a match of ``EACH`` says each number has.

    >>> bytes_of_each(EACH.search("16-bit floats"))
    Fraction(2, 1)
    """
    if found["bytes"]:
        said = found["bytes"].lower()
        return Fraction(_WORDS[said] if said in _WORDS else int(said))
    if found["named"]:
        return Fraction(_NAMED[found["named"].lower()])
    return Fraction(int(found["bits"] or found["type"]), 8)


def memory_finding(
    context: Context,
    piece: Piece,
    found: re.Match[str],
    given: tuple[WrittenNumber, Fraction],
    *,
    spoilt: bool,
) -> Iterator[Finding]:
    """Yield the finding about a match of ``RESULT``; none where it is wrong, but may be about something else.

    ``given`` are the numbers that are stored, and the bytes of each; ``spoilt`` says that other words may
    change what is meant.
    """
    count, size = given
    right = count.value * size
    stated = _node(context, found[0])
    if stated is None:
        return
    exact = Node("number", number=WrittenNumber("", right, None, 9))
    judged = compared(exact, "≈" if _exponent(found["unit"]) else "=", stated, {})
    if judged.verdict != "right" and (
        judged.verdict == "unchecked" or spoilt or not _near(found, context, right)
    ):
        return
    start, end = found.span()
    work = f"{grouped(int(count.value))} · {size} bytes = {grouped(int(right))} bytes."
    yield context.finding(
        piece, start, end, "memory", judged.verdict, stated=found[0], computed=judged.computed,
        why="" if judged.verdict == "right" else work,
    )  # fmt: skip


def _exponent(unit: str) -> int:
    """Return the power of a thousand that a unit has: 2 for MB, 0 for bytes."""
    return _EXPONENT.get(unit[0].lower(), 0) if len(unit) > 1 else 0


def _node(context: Context, text: str) -> Node | None:
    try:
        node, _ = parse_prefix(tokens_of(piece_of(text), context.style))
    except UnreadableError:
        return None
    return None if node.names else node


def _near(found: re.Match[str], context: Context, right: Fraction) -> bool:
    """Whether a number may be meant as the memory: not thousands of times more or less."""
    number = read_number(found["n"], context.style)
    if number is None or not number.value:
        return False
    ratio = number.value * 1000 ** _exponent(found["unit"]) / right
    return bool(Fraction(1, _FARTHEST) < ratio < _FARTHEST)
