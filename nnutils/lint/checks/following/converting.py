"""Numbers told in another unit: '54,000 s = 15 h', '25.6 million parameters at 4 bytes are 102.4 MB'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from nnutils.lint.checks.following.claims import Claim, exactly, shown
from nnutils.lint.checks.following.story import Quantity, Story

__all__ = ["converted"]

_UNITS = {
    word: Fraction(size)
    for words, size in (
        ("ms milliseconds", "1/1000"),
        ("s sec secs second seconds", "1"),
        ("min mins minute minutes", "60"),
        ("h hr hrs hour hours", "3600"),
        ("d day days", "86400"),
        ("week weeks", "604800"),
    )
    for word in words.split()
}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_ABOUT = r"(?:(?:about|roughly|around|approximately|some|nearly|almost|just|exactly|over|under) )?"
_MEANS = (
    r"(?:or|so|that is|which is|ie|are|is|makes?|equals?|which makes|thus|hence|therefore|comes? to"
    r"|amounts? to|corresponds? to"
    r"|this is|in other words,?|which equals|that are|which are|that makes|that's|and that is)"
)
_TOLD = re.compile(
    rf"(?P<one>§) (?P<from>{_UNIT})(?!\w)(?: ?[=≈→] ?| ?[,(] ?{_MEANS} | {_MEANS} | ?\((?:=|≈)? ?)"
    rf"{_ABOUT}(?P<two>§) (?P<to>{_UNIT})(?!\w)(?! (?:per|and ?§|later|more|less|longer|each))"
)
_AT_A_RATE = re.compile(
    r"(?<!\w)(?:at|with) (?:a rate of )?(?P<rate>§) (?P<what>[^\W\d]\w*) ?(?:per|/|a) ?(?:second|s"
    r"|sec)(?!\w)[^§¤.;\n]{0,20}?(?P<count>§) (?P=what)"
    r"[^§¤.;\n]{0,25}?(?P<stated>§) (?:s|seconds|sec)(?!\w)"
)
_BYTES = r"(?:bytes?|b|octets?)"
_STORED_AS = r"(?P<stored>§) (?P<unit>[kmgt]i?b|(?:kilo|mega|giga)?bytes)(?!\w)"
_TYPE = (
    r"(?P<type>float ?32|float ?64|float ?16|fp ?32|fp ?64|fp ?16|bfloat16|bf16|int8|(?:half|single"
    r"|double)[ -]precision"
    r"|floats?)(?!\w)"
)
_STORED = re.compile(
    rf"(?P<count>§)(?: (?!at\b|with\b|of\b|each\b)[^\W\d][\w-]*){{0,3}}[^§¤\n]{{0,40}}?"
    rf"(?P<each>§) {_BYTES}(?!\w)"
    rf"(?: (?:each|apiece|per \w+|a piece))?(?:[^§¤.;\n]{{0,40}}?){_STORED_AS}"
)
_NAMED = re.compile(
    rf"(?P<count>§)(?: [^\W\d][\w-]*){{0,3}}?[^§¤\n]{{0,40}}?(?<!\w){_TYPE}[^§¤.;\n]{{0,30}}?{_STORED_AS}"
)
_BEHIND = re.compile(
    rf"(?P<count>§)(?: [^\W\d][\w-]*){{0,3}}[^§¤.;\n]{{0,30}}?{_STORED_AS} (?:in|as|with|at|for) "
    rf"(?:\w+ )?{_TYPE}"
)
_AGAIN = re.compile(rf"[^§¤.;\n]{{0,30}}?(?<!\w){_TYPE}[^§¤.;\n]{{0,20}}?{_STORED_AS}")
_SIZES = {
    word: size
    for words, size in (
        ("float floats float32 fp32 single", 4),
        ("float64 fp64 double", 8),
        ("float16 fp16 bfloat16 bf16 half", 2),
        ("int8", 1),
    )
    for word in words.split()
}
_OTHER = re.compile(
    r"\b(?:gradients?|momentum|optimi[sz]er|moments?|adam|batch|per image|activations and|compress\w*)\b"
)
_NOT_COUNTED = re.compile(r"\b(?:[kmgt]i?b|bytes?|bits?|epochs?|images?|layers?|steps?|s|ms|h)\b")
_BINARY = {"k": 1, "m": 2, "g": 3, "t": 4}


def converted(story: Story) -> Iterator[Claim]:
    """Yield each number that tells the one before it in another unit of time, or numbers as bytes."""
    for found in _TOLD.finditer(story.text):
        one, two = story.found(found, "one"), story.found(found, "two")
        first, second = _UNITS[found["from"]], _UNITS[found["to"]]
        if first == second or two.made:
            continue
        value = one.value * exactly(first / second)
        why = f"{one.text} {found['from']} are {shown(value)} {found['to']}."
        yield Claim(two, value, why, about=story.about(two))
    for found in _AT_A_RATE.finditer(story.text):
        rate, count, stated = (story.found(found, name) for name in ("rate", "count", "stated"))
        if not stated.made and rate.value.nominal:
            value = count.value / rate.value
            yield Claim(
                stated, value, f"{count.text} / {rate.text} = {shown(value)}.", about=story.about(stated)
            )
    for pattern in (_STORED, _NAMED, _BEHIND):
        for found in pattern.finditer(story.text):
            count = story.found(found, "count")
            yield from _stored(story, found, count)
            again = _AGAIN.match(story.text, found.end())
            while again is not None:
                yield from _stored(story, again, count)
                again = _AGAIN.match(story.text, again.end())


def _stored(story: Story, found: re.Match[str], count: Quantity) -> Iterator[Claim]:
    stored = story.found(found, "stored")
    if (
        stored.made
        or stored.bare
        or count.percent
        or _OTHER.search(story.text[story.sentence(stored.at) : stored.at])
    ):
        return
    if "each" in found.re.groupindex:
        each = story.found(found, "each")
        size = each.value
    else:
        size = exactly(
            _SIZES[
                re.split(
                    "[ -]", found["type"].replace(" 32", "32").replace(" 16", "16").replace(" 64", "64")
                )[0]
            ]
        )
    if (
        not 0 < size.nominal <= 16
        or count.value.nominal < 30
        or _NOT_COUNTED.match(" ".join(story.nouns(count)[:1]))
    ):
        return
    value = count.value * size
    power = _BINARY.get(found["unit"][0], 0) if found["unit"] != "bytes" else 0
    others = [value * exactly(Fraction(1000, 1024) ** power)]
    why = f"{count.text} · {shown(size)} bytes = {shown(value)} bytes."
    ratio = stored.value.nominal / value.nominal if value.nominal else Fraction(0)
    if Fraction(1, 30) < ratio < 30:
        yield Claim(stored, value, why, tuple(others), about=story.about(stored) or power > 0)
