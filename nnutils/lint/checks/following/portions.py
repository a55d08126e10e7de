"""Parts of a whole, and what is left of it: 'half of them, 512', '12 of 80 wrong: the accuracy is 85 %'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from nnutils.lint.checks.following.claims import Claim, exactly, shown
from nnutils.lint.checks.following.story import Quantity, Story
from nnutils.lint.values import UndefinedError, Value

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
_WAY = (
    r"(?: *[,:(=→–—-] *| )(?:(?:ie|that is|so|which is"
    r"|hence|thus|namely|or|are|is|makes?|gives?|about|roughly|of them|exactly|leaving)[ ,]*){0,3}"
)
_PART = re.compile(
    rf"(?<!\w)(?P<part>{'|'.join(_PARTS)}) (?:of|the) (?:the |these |those |its |our |all )*"
    rf"(?P<whole>§)(?!%)(?P<nouns>(?: (?!or\b|and\b|of\b|in\b|are\b|is\b)[^\W\d][\w-]*){{0,3}}?)"
    rf"{_WAY}(?P<stated>§)(?!%)"
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
_WRONG = re.compile(
    r"(?P<part>§)(?!%)(?: [^\W\d][\w-]*){0,2} (?:out of|of) (?:the |all |its )?(?P<whole>§)(?!%)"
    r"(?P<said>[^§¤]{0,90}?)(?P<share>§)%"
)
_OF_THE = re.compile(
    r"(?<!\w)(?:of|among|out of) (?:the |these |those |our |all )*(?P<whole>§)(?!%)"
    r"(?: [^\W\d][\w-]*){0,4},?(?: [^§¤.;\n()]{0,20})? *(?P<part>§)(?!%)"
    r"(?P<said>[^§¤]{0,80}?)(?P<share>§)%"
)
_OF_WHICH = re.compile(
    r"(?P<whole>§)(?!%)(?: [^\W\d][\w-]*){0,3}, (?:of which|of these|of them|and of these) "
    r"(?P<part>§)(?!%)(?P<said>[^§¤.;\n]{0,40}?)(?P<share>§)%"
)
_OF_THESE = re.compile(
    r"(?P<whole>§)(?!%)(?: [^\W\d][\w-]*){0,4}[.;:] (?:of|among) (?:these|those|them|which),? *"
    r"(?P<part>§)(?!%)(?P<said>[^§¤.;\n]{0,40}?)(?P<share>§)%"
)
_BAD = re.compile(
    r"\b(?:wrong\w*|error\w*|incorrect\w*|misclassif\w*|mistake\w*|fail\w*|lost|misses|missed)\b"
)
_GOOD = re.compile(r"\b(?:accura\w*|right|correct\w*|pass\w*|succe\w*|hits?)\b")
_TELLING = re.compile(r"(?<!\w)(?:is|are|so|hence|thus|of|ie|rate|accuracy)(?!\w)[^§¤]{0,40}$|[:=] *$")
_ALONG = re.compile(r"(?<!\w)(?:each|every|per|axis|side|edge|dimension|direction)(?!\w)")
_SECOND = re.compile(r"(?P<share>§)%(?P<between>[^§¤.;\n]{0,40}?)(?P<stated>§)%")
_REST = re.compile(
    r"(?P<share>§)%(?P<between>[^§¤.;\n]{0,80}?)(?<!\w)(?:remaining|rest|others?"
    r"|other)(?!\w)[^§¤.;\n]{0,30}?(?P<stated>§)%"
)
_CHANCE = re.compile(
    r"(?<!\w)probabilit\w*[^.;\n,]{0,40}? (?:is|of|=|at) *(?P<one>§)(?!%),? (?:so|hence|thus|therefore"
    r"|and)(?!\w)[^.;\n]{0,50}?(?:is|=|has|of|with) *(?P<stated>§)(?!%)(?! *[§¤])"
)
_TO_ONE = re.compile(
    r"(?P<terms>(?:[^\W\d]\w* ?= ?§[^§¤.\n=]{1,20}){2,8}) ?= ?(?P<stated>§)(?!%)[^.\n]{0,60}(?:sums?"
    r"|adds?) (?:up )?to (?:one|1|§)"
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
            if factor > 1:
                others = (*others, before[-1].value * exactly(factor + 1))
            yield from _made(story, stated, before[-1], factor, others)
    for found in _QUARTER_GONE.finditer(story.text):
        factor = 1 - _PARTS[found["part"]]
        yield from _made(story, story.found(found, "stated"), story.found(found, "whole"), factor, ())
    yield from _of_percent(story)
    yield from _shares(story)
    yield from _complements(story)


def _made(
    story: Story, stated: Quantity, whole: Quantity, factor: Fraction, others: tuple[Value, ...]
) -> Iterator[Claim]:
    if stated.made or stated.bare or whole.at >= stated.at and factor > 1:
        return
    value = whole.value * exactly(factor)
    yield Claim(stated, value, f"It is {shown(value)}.", others, about=story.about(stated))


def _of_percent(story: Story) -> Iterator[Claim]:
    for found in (*_REMOVED.finditer(story.text), *_SHARE_OF.finditer(story.text)):
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


def _shares(story: Story) -> Iterator[Claim]:
    """Yield shares that a sentence gives with both numbers, and the share of the others behind."""
    for pattern in (_WRONG, _OF_THE, _OF_WHICH, _OF_THESE):
        for found in pattern.finditer(story.text):
            whole, part, share = (story.found(found, name) for name in ("whole", "part", "share"))
            if (
                part.value.nominal > whole.value.nominal
                or part.value.nominal <= 0
                or share.made
                or part.bare
                or whole.bare
            ):
                continue
            try:
                value = exactly(100) * part.value / whole.value
            except UndefinedError:
                continue
            rest = exactly(100) - value
            ahead = story.text[story.sentence(found.start()) : found.start()]
            bad = bool(_BAD.search(ahead + found[0][: -len(found["said"]) - 2])) or bool(
                _BAD.search(found["said"][:20])
            )
            turned = (bad and _GOOD.search(found["said"][-30:])) or (
                not bad and _BAD.search(found["said"][-30:])
            )
            told = _told_as_share(found["said"])
            if not told and not (_TELLING.search(found["said"]) and (bad or _GOOD.search(ahead + found[0]))):
                continue
            if _ALONG.search(ahead + found[0]):
                continue
            main, other = (rest, value) if turned else (value, rest)
            why = f"{part.text} of {whole.text} are {shown(value)} %."
            yield Claim(share, main, why, () if bad or turned else (other,), about=story.about(share))
            second = _SECOND.match(story.text, share.at)
            if second and (_GOOD if not turned and bad else _BAD).search(second["between"]):
                yield Claim(story.found(second, "stated"), exactly(100) - main, why)


def _told_as_share(said: str) -> bool:
    """Whether the words between two numbers and a share say that it is the share of the one in the other."""
    return (
        re.fullmatch(
            r"(?: [^\W\d][\w-]*){0,4} *(?:[,(=:]|or|ie|that is|which is|so|,? *about|roughly| )* *", said
        )
        is not None
    )


def _complements(story: Story) -> Iterator[Claim]:
    for found in _REST.finditer(story.text):
        share, stated = story.found(found, "share"), story.found(found, "stated")
        begin = story.sentence(stated.at)
        every = [one for one in story.between(begin, stated.at) if one.percent]
        value = exactly(100)
        for one in every:
            value = value - one.value
        if value.nominal > 0 and share in every:
            yield Claim(stated, value, f"Of 100 % {shown(value)} % are left.", (exactly(100) - share.value,))
    for found in _CHANCE.finditer(story.text):
        one, stated = story.found(found, "one"), story.found(found, "stated")
        if not 0 < one.value.nominal < 1 or stated.made:
            continue
        if not re.search(r"\b(?:other|opposite|that of|not|complement\w*|class [ab01]|negative)\b", found[0]):
            continue
        value = exactly(1) - one.value
        if stated.value.nominal in (0, 1):
            continue
        yield Claim(stated, value, f"1 − {one.text} = {shown(value)}.", (one.value,))
    for found in _TO_ONE.finditer(story.text):
        terms = story.between(found.start("terms"), found.end("terms"))
        stated = story.found(found, "stated")
        if all(0 <= one.value.nominal < 1 for one in terms) and not stated.made:
            value = exactly(1)
            for one in terms:
                value = value - one.value
            yield Claim(stated, value, f"With {shown(value)} they sum to 1.")
