"""Parts of a whole, and what is left of it: 'half of them, 512', 'removing 90 % of 266,610 leaves 26,661'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from nnutils.lint.checks.following.claims import Claim, exactly, shown
from nnutils.lint.checks.following.story import Quantity, Story
from nnutils.lint.values import Value

__all__ = ["portions"]

_PARTS = {
    word: Fraction(size)
    for words, size in (
        ("half", "1/2"),
        ("a third|one third", "1/3"),
        ("two thirds", "2/3"),
        ("a quarter|one quarter", "1/4"),
        ("three quarters", "3/4"),
        ("a fifth|one fifth", "1/5"),
        ("a tenth|one tenth", "1/10"),
        ("twice", "2"),
    )
    for word in words.split("|")
}
_LINK = (
    r"(?:(?:ie|that is|so|which is|hence|thus|namely|or|are|is|makes?|gives?|about|roughly|of them"
    r"|exactly|leaving)"
    r"[ ,]*)"
)
_WAY = rf"(?: *[,:(=→–—-] *{_LINK}{{0,3}}| {_LINK}{{1,3}})"
_PART = re.compile(
    rf"(?<!\w)(?P<part>{'|'.join(_PARTS)}) (?:of|the) (?:the |these |those |its |our |all )*"
    rf"(?P<whole>§)(?!%)(?P<nouns>(?: (?!or\b|and\b|of\b|in\b|are\b|is\b)[^\W\d][\w-]*){{0,3}}?)"
    rf"(?: of (?:one|each|a|the) \w+)?{_WAY}(?P<stated>§)(?!%| of (?!them))"
)
_OF_THEM = re.compile(
    rf"(?<!\w)(?P<part>{'|'.join(_PARTS)}) (?:of (?:them|these|those|that|it|which)|that|as many|as much"
    rf"|as long)(?!\w)"
    rf"[^§¤.;\n]{{0,12}}?{_WAY}(?P<stated>§)(?!%)"
)
_BEFORE = re.compile(
    r"(?P<stated>§)(?!%)(?: [^\W\d][\w-]*){0,2},? (?P<part>half|a third|a quarter|a tenth) of (?:them"
    r"|these|those)"
)
_CHANGED = re.compile(
    r"(?<!\w)(?P<verb>doubl(?:es?|ed|ing)|tripl(?:es?|ed|ing)|halv(?:es?|ed|ing)|quadrupl(?:es?|ed|ing))"
    r" (?:it |them )?(?:(?:the|a|an|its|our|from|batch size|size|of|number|count) ){0,5} *"
    r"(?P<whole>§)(?!%)(?: [^\W\d][\w-]*){0,3}?"
    r" *(?:to|into|,? giving|gives|yields|makes|leaves|and gives|→|,? ie|,? so) *(?P<stated>§)(?!%)"
)
_DOUBLED = {"doubl": Fraction(2), "tripl": Fraction(3), "halv": Fraction(1, 2), "quadrupl": Fraction(4)}
_IN_ALL = re.compile(r"(?: [^\W\d]\w*)?,? (?:in (?:total|all)|altogether|together|overall)")
_NOT_THESE = re.compile(
    r"(?<!\w)of (?:the |all )?(?P<whole>§)(?!%)(?: [^\W\d][\w-]*){1,2},? "
    r"(?P<part>§)(?!%) [^§¤.;\n]{0,40}?(?:and|,) (?:the )?"
    r"(?:(?:other|remaining) )?(?P<stated>§)(?!%) (?:(?:others|of them) )?(?:are|is|were|was|do"
    r"|did) not(?!\w)"
)
_HELD_BACK = re.compile(
    r"(?<!\w)(?:of|from) (?:the |these |our |all )*(?P<whole>§)(?!%)(?P<words>[^§¤.;\n]{0,40}?)"
    r"(?P<share>§)%[^§¤.;\n]{0,30}?"
    r"(?P<cue>ie|that is|that are|which is|hence|so|thus|=|:|or) *(?:about )?(?P<stated>§)(?!%)"
)
_GONE = re.compile(
    r"(?P<part>§) of (?:the |all )?(?P<whole>§)(?!%)[^§¤.;\n]{0,40}?(?:leav\w+|remain\w*|left with"
    r"|so that|and keeps?)"
    r"[^§¤.;\n]{0,12}? *(?P<stated>§)(?!%)(?! *(?:of|out))"
)
_MINUS = re.compile(
    r"(?P<whole>§)(?!%)(?: [^\W\d][\w-]*){1,3} (?:minus|less|without) (?:the |its |all )?(?P<part>§)(?!%)"
    r"(?: [^\W\d][\w-]*){0,3}? (?:leaves?|gives?|makes?|is|are|yields?|equals?) *(?P<stated>§)(?!%)"
)
_ONE_HALF = re.compile(
    r"(?<!\w)of (?:the |these |all )?(?P<whole>§)(?!%)(?: [^\W\d][\w-]*){0,2},? (?:(?:one|a) )?"
    r"(?P<part>half|third|quarter)"
    r"[^§¤.;\n]{1,30}?,? (?:so|ie|hence|thus|leaving|that is) *(?P<stated>§)(?!%)"
)
_REMOVED = re.compile(
    r"(?<!\w)(?P<verb>remov\w+|prun\w+|drop\w*|discard\w*|zero\w*|keep\w*|kept|retain\w*) (?:out )?"
    r"(?:about )?(?P<share>§)% (?:of )?(?:the |all |its |our )*"
    r"(?P<whole>§)(?!%)(?P<words>[^§¤.;\n]{0,30}?)(?P<cue>remain\w*|left|leav\w+|stay\w*|so"
    r"|leaving)?[^§¤.;\n]{0,12}?(?P<stated>§)(?!%)(?P<behind>(?: [^\W\d]+){0,3})"
)
_QUARTER_GONE = re.compile(
    rf"(?<!\w)(?P<part>{'|'.join(_PARTS)}) of (?:the |these |all )*(?P<whole>§)(?!%)"
    rf"(?: [^\W\d][\w-]*){{0,2}} (?:are|is|were|was) "
    r"(?:pruned|removed|dropped|discarded|lost|zeroed|deleted)[^§¤.;\n]{0,20}?(?:leav\w+|remain\w*|so"
    r"|left) [^§¤.;\n]{0,12}? *(?P<stated>§)(?!%)"
)
_SHARE_OF = re.compile(
    r"(?P<share>§)% of (?:the |these |all |our )*(?P<whole>§)(?!%)(?P<words>[^§¤.;\n]{0,40}?)"
    r"(?P<cue>that is|that are|ie|is|are|which is|hence|so|thus|=|make|makes|:) *(?:about )?"
    r"(?P<stated>§)(?!%)"
)


def portions(story: Story) -> Iterator[Claim]:
    """Yield each number that must be a certain part of one before it, or what such a part leaves."""
    for found in (*_PART.finditer(story.text), *_CHANGED.finditer(story.text)):
        whole, stated = story.found(found, "whole"), story.found(found, "stated")
        if "part" in found.re.groupindex:
            factor = _PARTS[found["part"]]
        else:
            factor = next(size for verb, size in _DOUBLED.items() if found["verb"].startswith(verb))
        left = whole.value * exactly(1 - factor) if "leav" in found[0] else None
        yield from _made(story, stated, whole, factor, () if left is None else (left,))
    for found in (*_OF_THEM.finditer(story.text), *_BEFORE.finditer(story.text)):
        stated = story.found(found, "stated")
        before = [
            one for one in story.between(story.sentence(found.start(), 1), stated.at) if not one.percent
        ]
        if before:
            factor = _PARTS[found["part"]]
            others = tuple(one.value * exactly(factor) for one in before[:-1])
            if factor > 1 and _IN_ALL.match(story.text, stated.at + 1):
                yield from _made(story, stated, before[-1], factor + 1, others)
                continue
            if factor > 1:
                others = (*others, before[-1].value * exactly(factor + 1))
            yield from _made(story, stated, before[-1], factor, others)
    for found in _QUARTER_GONE.finditer(story.text):
        factor = 1 - _PARTS[found["part"]]
        yield from _made(story, story.found(found, "stated"), story.found(found, "whole"), factor, ())
    for found in _ONE_HALF.finditer(story.text):
        whole, stated = story.found(found, "whole"), story.found(found, "stated")
        factor = next(size for word, size in _PARTS.items() if word.endswith(found["part"]))
        yield from _made(story, stated, whole, factor, (whole.value * exactly(1 - factor),))
    for found in (
        *_NOT_THESE.finditer(story.text),
        *_GONE.finditer(story.text),
        *_MINUS.finditer(story.text),
    ):
        whole, part, stated = (story.found(found, name) for name in ("whole", "part", "stated"))
        if not stated.made and part.value.nominal < whole.value.nominal:
            value = whole.value - part.value
            yield Claim(stated, value, f"{whole.text} − {part.text} = {shown(value)}.")
    yield from _of_percent(story)


def _made(
    story: Story, stated: Quantity, whole: Quantity, factor: Fraction, others: tuple[Value, ...]
) -> Iterator[Claim]:
    if stated.made or stated.bare or whole.at >= stated.at and factor > 1:
        return
    value = whole.value * exactly(factor)
    yield Claim(stated, value, f"It is {shown(value)}.", others, about=story.about(stated))


def _of_percent(story: Story) -> Iterator[Claim]:
    for found in (
        *_REMOVED.finditer(story.text),
        *_SHARE_OF.finditer(story.text),
        *_HELD_BACK.finditer(story.text),
    ):
        whole, share, stated = (story.found(found, name) for name in ("whole", "share", "stated"))
        if stated.made or stated.bare:
            continue
        part = whole.value * share.value * exactly(Fraction(1, 100))
        rest = whole.value - part
        words = (found["cue"] or "") + " " + (found["behind"] if "behind" in found.re.groupindex else "")
        kept = "verb" in found.re.groupindex and found["verb"].startswith(("keep", "kept", "retain"))
        left = re.search(r"remain|left|leav|stay", words) is not None and not kept
        main, other = (rest, part) if left else (part, rest)
        text = f"{share.text} % of {whole.text} are {shown(part)}" + (
            f", and {shown(rest)} are left." if left else "."
        )
        yield Claim(stated, main, text, () if left else (other,), about=story.about(stated))
