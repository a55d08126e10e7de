"""Shares of a whole in per cent, and those of the others: '12 of 80 wrong: the accuracy is 85 %'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from nnutils.lint.checks.following.claims import Claim, exactly, shown
from nnutils.lint.checks.following.story import Story
from nnutils.lint.values import UndefinedError

__all__ = ["shares_told"]

_WRONG = re.compile(
    r"(?P<part>§)(?!%)(?: [^\W\d][\w-]*){0,2} (?:out of|of) (?:the |all |its )?(?P<whole>§)(?!%)"
    r"(?P<said>[^§¤\n]{0,90}?)(?P<share>§)%"
)
_OF_THE = re.compile(
    r"(?<!\w)(?:of|among|out of|from) (?:the |these |those |our |all )*(?P<whole>§)(?!%)"
    r"(?: [^\W\d][\w-]*){0,4},?(?: [^§¤.;\n()]{0,20})? *(?P<part>§)(?!%)"
    r"(?P<said>[^§¤\n]{0,80}?)(?P<share>§)%"
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
    r"\b(?:wrong\w*|error\w*|incorrect\w*|misclassif\w*|mistakes?|mistaken|fail\w*|lost|misses|missed)\b"
)
_GOOD = re.compile(r"\b(?:accura\w*|right|correct\w*|pass\w*|succe\w*|hits?)\b")
_TELLING = re.compile(r"(?<!\w)(?:is|are|so|hence|thus|of|ie|rate|accuracy)(?!\w)[^§¤]{0,40}$|[:=] *$")
_OTHERS = re.compile(r"(?<!\w)(?:and (?!thus|so|hence)|but|while|whereas|model|others?|rest)")
_OF_OTHERS = re.compile(r"% of (?!them|all|these|the (?:time|cases|total))")
_ALONG = re.compile(r"(?<!\w)(?:each|every|per|axis|side|edge|dimension|direction)(?!\w)")
_SECOND = re.compile(r"(?P<share>§)%(?P<between>[^§¤.;\n]{0,40}?)(?P<stated>§)%")
_REST = re.compile(
    r"(?P<share>§)%(?P<between>[^§¤.;\n]{0,80}?)(?<!\w)(?:remaining|rest|others?"
    r"|other)(?!\w)[^§¤.;\n]{0,30}?(?P<stated>§)%"
)
_CHANCE = re.compile(
    r"(?<!\w)probabilit\w*[^.;\n,]{0,40}?(?: (?:is|of|=|at))? *(?P<one>§)(?!%),? (?:so|hence|thus|therefore"
    r"|and)(?!\w)[^.;\n]{0,50}?(?:is|=|has|of|with) *(?P<stated>§)(?!%)(?! *[§¤])"
)
_TO_ONE = re.compile(
    r"(?P<terms>(?:[^\W\d]\w* ?= ?§[^§¤.\n=]{1,20}){2,8}) ?= ?(?P<stated>§)(?!%)[^.\n]{0,60}(?:sums?"
    r"|adds?) (?:up )?to (?:one|1|§)"
)
_OF_CLASSES = re.compile(
    r"(?P<terms>(?: p ?\([^()§]{1,12}\) ?= ?§,?(?: and)?){2,8}),? (?:so|hence|thus|therefore|and thus|then)"
    r" p ?\([^()§]{1,12}\) ?= ?(?P<stated>§)(?!%)"
)
_OPPOSITE = re.compile(
    r"(?<!\w)(?P<one>accuracy|error)(?: rate)?(?: (?:is|of|was|at)| ?[=:])? *(?P<share>§)%,? (?:(?:so"
    r"|hence|thus|therefore"
    r"|and|ie|which means|corresponding to|that is|this means) )[^§¤.;\n]{0,20}?(?<!\w)"
    r"(?P<other>accuracy|error)(?: rate)?"
    r"(?: (?:is|of|was|at)| ?[=:])? *(?P<stated>§)%"
)
_OPPOSITE_PART = re.compile(
    r"(?<!\w)(?P<one>accuracy|error)(?: rate)?(?: (?:is|of|was|at)| ?[=:])? *(?P<share>§)(?!%)[,;]? "
    r"(?:so|hence|thus|therefore|consequently|and|ie|which means) [^§¤.;\n]{0,30}?(?<!\w)"
    r"(?P<other>accuracy|error)"
    r"(?: rate)?(?: (?:is|of|was|at)| ?[=:])? *(?P<stated>§)(?!%)"
)
_WITH_RATE = re.compile(
    r"(?<!\w)(?P<rate>error|accuracy)(?: rate)? (?:is |of )?(?P<share>§)%[^§¤.;\n]{0,12}?(?: (?:on|for"
    r"|of|over|and|with))"
    r" (?:the |all )?(?P<whole>§)(?!%)[^§¤;\n]{0,40}?(?P<stated>§)(?!%)(?P<words>(?: [^\W\d]\w*){0,5})"
)


def shares_told(story: Story) -> Iterator[Claim]:
    """Yield each share that a sentence gives with both numbers, and each one that the others leave."""
    yield from _shares(story)
    yield from _complements(story)


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
            told = pattern is not _WRONG and _told_as_share(found["said"])
            if not told and not (_TELLING.search(found["said"]) and (bad or _GOOD.search(ahead + found[0]))):
                continue
            if _OTHERS.search(found["said"]) or _OF_OTHERS.match(story.text, share.at + 1):
                continue
            if "." in found["said"] and " of " in found["said"]:
                continue  # that of others, perhaps
            if _ALONG.search(ahead + found[0]) or (found[0].startswith("from") and " to " in found[0]):
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
    for pattern, all_of_it in ((_OPPOSITE, 100), (_OPPOSITE_PART, 1)):
        for found in pattern.finditer(story.text):
            share, stated = story.found(found, "share"), story.found(found, "stated")
            if found["one"] != found["other"] and 0 < share.value.nominal < all_of_it and not stated.made:
                value = exactly(all_of_it) - share.value
                yield Claim(stated, value, f"{all_of_it} − {share.text} = {shown(value)}.")
    for found in _WITH_RATE.finditer(story.text):
        share, whole, stated = (story.found(found, name) for name in ("share", "whole", "stated"))
        bad, good = _BAD.search(found["words"]), _GOOD.search(found["words"])
        if stated.made or not (bad or good) or (bad and good):
            continue
        part = whole.value * share.value * exactly(Fraction(1, 100))
        value = part if (found["rate"] == "error") == bool(bad) else whole.value - part
        yield Claim(
            stated, value, f"{share.text} of {whole.text} make {shown(value)}.", about=story.about(stated)
        )
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
    for found in (*_TO_ONE.finditer(story.text), *_OF_CLASSES.finditer(story.text)):
        terms = story.between(found.start("terms"), found.end("terms"))
        stated = story.found(found, "stated")
        if all(0 <= one.value.nominal < 1 for one in terms) and not stated.made:
            value = exactly(1)
            for one in terms:
                value = value - one.value
            yield Claim(stated, value, f"With {shown(value)} they sum to 1.")
