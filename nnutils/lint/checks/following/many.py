"""So many of each, and so many of them: 'each neuron has 401 parameters; the 120 neurons have 48,120'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from nnutils.lint.checks.following.claims import Claim, exactly, shown
from nnutils.lint.checks.following.story import Quantity, Story, alike
from nnutils.lint.values import Value

__all__ = ["many_of_each"]

_WORD = r"[^\W\d_][\w-]*"
_HAS = (
    r"(?:has|have|had|needs?|takes?|requires?|contains?|holds?|costs?|consists? of|does|uses?|stores?"
    r"|lasts?"
    r"|with|contributes?|gets?|is|are|occup(?:y|ies)|fills?|covers?|comprises?|process(?:es)?|sees?|adds?)"
)
_EACH = re.compile(
    rf"(?<!\w)(?:each|every|a single|an?|(?:(?<=^ )|(?<=[.\n;:] ))one)(?!\w)(?: of (?:the|these|those"
    rf"|our) *(?P<count>§))? "
    rf"(?P<noun>(?!of\b){_WORD}(?: (?!{_HAS}\b){_WORD})?)"
    rf" (?:(?:then|therefore|thus|again|so) )?{_HAS}(?!\w)[^§¤.;\n]{{0,30}}?(?P<number>§)(?!%)"
)
_EACH_OF = re.compile(
    rf"(?<!\w)(?:each|every one|every single one) (?:of (?:them|these|those"
    rf"|which) )?{_HAS}?(?!\w)[^§¤.;\n]{{0,30}}?(?P<number>§)(?!%)"
)
_PER = re.compile(
    rf"(?P<number>§)(?!%)(?P<words>(?: {_WORD}){{0,3}}?) (?:per|for (?:each|every)|at (?:each|every)|in "
    rf"(?:each|every))"
    rf" (?P<noun>{_WORD}(?: {_WORD})?)"
)
_APIECE = re.compile(rf"(?P<number>§)(?!%)(?P<words>(?: {_WORD}){{0,3}}?) (?:each|apiece)(?!\w)")
_AT_EACH = re.compile(
    r"(?<!\w)(?:for|at|in|per) (?:each|every|one) (?P<noun>"
    + _WORD
    + r"(?: "
    + _WORD
    + r")?)[^§¤.;\n]{0,40}?(?P<number>§)(?!%)"
)
_STRONG = re.compile(
    r"(?<!\w)(?:so|hence|thus|therefore|consequently|accordingly|al+together|total|totals|together"
    r"|overall|in all"
    r"|comes? to|amounts? to|makes?|making|gives?|giving|yields?|yielding|results? in|leaves us with"
    r"|leads? to|end up with|ie"
    r"|that is|that are|which is|equals?|obtain|get|as a result)(?!\w)|[:=→≈]",
)
_GRID = re.compile(
    r"(?P<one>§) (?:rows|times horizontally|positions horizontally|horizontally|steps horizontally|wide"
    r"|across|per row) ?(?:,|and|by|times)? ?(?:and )? *(?P<two>§)"
    r" (?:columns|times vertically|positions vertically|vertically|steps vertically|high|down|per column"
    r"|rows)[^§¤.;\n]{0,30}? *(?P<stated>§)(?!%)(?! per)"
)
_BRACKETED = re.compile(
    rf"(?P<stated>§)(?!%)(?: {_WORD}){{0,3}} *\( *(?P<one>§)(?: {_WORD})? (?:per|in each|for each) "
    rf"(?P<noun>{_WORD}),?"
    rf" (?:and|times|in)? ?(?P<two>§) (?P=noun)\w{{0,2}} *\)"
)
_OF_SIZE = re.compile(
    r"(?P<number>§)(?: (?!of\b)[^\W\d][\w-]*){0,2} (?:maps|channels|filters|kernels|images|planes|blocks"
    r"|groups|patches|windows|heads|gates|rows|columns)"
    r" (?:of|with|à|having) (?:size |shape )?(?P<each>[§¤])(?P<words>(?: (?!so\b)[^\W\d][\w-]*){0,2})"
    r"(?P<way>[^§¤.;\n]{0,60}?)(?P<stated>§)(?!%)"
)
_ALL_OF_THEM = re.compile(
    rf"^(?: {_WORD}){{1,2}}?(?: (?:therefore|together|thus|then|so))? (?:have|take|need|require|contain"
    rf"|cost|last|hold|make|give|has|takes|needs|use|are|occupy|fill|see) (?:about |in all )?$"
)
_IN_ALL = re.compile(r"(?: [^\W\d][\w-]*){0,2} (?:in total|in all|altogether|overall|together)(?!\w)")
_IN_SO_MANY = re.compile(r"(?: [^\W\d][\w-]*){0,2} (?:in|for|after|during|over|within) (?:the )?§")
_TOLD = re.compile(r"(?<!\w)(?:has|have|had)(?: \w+){0,2} *$")
_AFTER = re.compile(r"^(?: [^\W\d][\w-]*){0,2} (?:after|in|for|over|during|within|across) *(?:the |all )?$")
_MAYBE = re.compile(r"(?<!\w)(?:(?<!left )(?<!up )(?<!us )with|from|into|in|to|on|at|for|of|by) *$")
_FAR = 400
_MOST_AFTER = 6
_LEAST, _MOST_TIMES = Fraction(1, 40), Fraction(5, 2)
_VERBS = frozenset(
    "has have does needs need takes take contains holds costs gets requires is are was a an the we one you do"
    " contributes stores uses lasts layer".split()
)


def many_of_each(story: Story) -> Iterator[Claim]:
    """Yield each number that must be the product of how many there are and how much each has."""
    yield from _grids(story)
    done: set[int] = set()
    for pattern in (_PER, _AT_EACH, _EACH, _EACH_OF, _APIECE):
        for found in pattern.finditer(story.text):
            number = story.found(found, "number")
            if number.at in done or number.bare or number.spelled:
                continue
            named = found["noun"] if "noun" in found.re.groupindex else ""
            noun = tuple(word for word in re.findall(_WORD, named or "") if word not in _VERBS)
            for claim in _products(story, number, noun, found):
                done.add(number.at)
                yield claim


def _products(story: Story, number: Quantity, noun: Sequence[str], found: re.Match[str]) -> Iterator[Claim]:
    own = story.nouns(number)
    end = story.end_of_sentence(story.end_of_sentence(number.at) + 1)
    after = [one for one in story.between(number.at + 1, min(end, number.at + _FAR)) if not one.percent][
        :_MOST_AFTER
    ]
    counts = _counts(story, number, noun, found, after)
    if counts is None or counts.percent:
        return
    for total in after:
        if total is counts or total.bare or total.spelled or total.at < found.end("number"):
            continue
        nouns = story.nouns(total)
        if total.at < counts.at:
            if not _AFTER.match(story.text[total.at + 1 : counts.at]):
                continue
            lead = "so"
        else:
            lead = story.text[max(counts.at + 1, number.at + 1, min(found.end(), total.at)) : total.at]
            if _ALL_OF_THEM.match(lead) and (not nouns or alike(nouns, own)):
                lead = "so"
        same = bool(own) and alike(nouns, own)
        told = _STRONG.search(lead) or _TOLD.search(lead) or _IN_ALL.match(story.text, total.at + 1)
        same = same and (lead == "so" or told is not None)
        if not (same or (_STRONG.search(lead) and not (own and nouns))) or _MAYBE.search(lead):
            if not (lead == "so" or (_STRONG.search(lead) and nouns)):
                continue
        if re.search(r"\b(?:per|each|every)\b", lead[-30:]):
            continue
        if alike(nouns, story.nouns(counts)) and not same:
            continue
        if total.at > counts.at and _IN_SO_MANY.match(story.text, total.at + 1):
            continue
        if re.match(r"(?: [^\W\d]+){0,3} (?:per|each|for each)\b", story.text[total.at + 1 :]):
            continue
        value = number.value * counts.value
        why = f"{counts.text} · {number.text} = {shown(value)}."
        between = story.between(min(number.at, counts.at), total.at)
        others = [value + one.value for one in between] + [one.value for one in between]
        others += [value * one.value for one in between] + [number.value * one.value for one in between]
        others += [(number.value + exactly(1)) * counts.value, value + counts.value]
        if not total.made:
            near = len([one for one in between if not one.spelled]) <= 3
            sure = near and (same or not nouns or lead == "so") and _of_that_size(total, value)
            yield Claim(total, value, why, tuple(others), sure=sure, about=story.about(total))
        return


def _of_that_size(total: Quantity, value: Value) -> bool:
    """Whether a number may be meant as a product: one that is much larger counts more than that."""
    ratio = total.value.nominal / value.nominal if value.nominal else Fraction(0)
    return _LEAST < ratio < _MOST_TIMES or ratio in (10, 100)


def _grids(story: Story) -> Iterator[Claim]:
    for found in _GRID.finditer(story.text):
        one, two, stated = (story.found(found, name) for name in ("one", "two", "stated"))
        if not stated.made and not stated.spelled:
            value = one.value * two.value
            yield Claim(
                stated, value, f"{one.text} · {two.text} = {shown(value)}.", about=story.about(stated)
            )
    for found in _BRACKETED.finditer(story.text):
        stated, one, two = (story.found(found, name) for name in ("stated", "one", "two"))
        value = one.value * two.value
        if not (stated.made or stated.spelled):
            yield Claim(stated, value, f"{one.text} · {two.text} = {shown(value)}.", (one.value, two.value))
    for found in _OF_SIZE.finditer(story.text):
        number, each, stated = (story.found(found, name) for name in ("number", "each", "stated"))
        nouns = story.nouns(stated)
        if (
            stated.made
            or stated.spelled
            or not _STRONG.search(found["words"] + found["way"])
            or re.search(r"\b(?:per|each)\b", found["way"][-20:])
        ):
            continue
        value = number.value * each.value
        sure = not nouns or bool(
            re.match(r"(?:feature|value|number|entr|input|element|activation|unit|weight|param)", nouns[-1])
        )
        others = (value + number.value, each.value, number.value, (each.value + exactly(1)) * number.value)
        yield Claim(stated, value, f"{number.text} · {each.text} = {shown(value)}.", others, sure=sure)


def _counts(
    story: Story, number: Quantity, noun: Sequence[str], found: re.Match[str], after: Sequence[Quantity]
) -> Quantity | None:
    """Return how many there are of what has so much each."""
    own = story.nouns(number)
    if "count" in found.re.groupindex and found["count"]:
        return story.found(found, "count")
    begin = story.sentence(number.at, 1)
    before = [one for one in story.between(begin, number.at) if not (one.percent or one.bare)]
    if noun:
        same = [
            one for one in (*after, *reversed(before)) if alike(story.nouns(one), noun) and not one.percent
        ]
        same = [one for one in same if not alike(story.nouns(one), own) or alike(noun, own)]
        return same[0] if same else None
    here = [one for one in before if story.nouns(one) and one.at >= story.sentence(number.at, 0)]
    return here[-1] if here else None
