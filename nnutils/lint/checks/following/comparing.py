"""Two numbers compared: 'a difference of 32', 'a factor of 8.4', 'about 116,500 times fewer'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nnutils.lint.checks.following.claims import Claim, exactly, shown
from nnutils.lint.checks.following.story import Quantity, Story, alike
from nnutils.lint.values import UndefinedError, Value

__all__ = ["compared_numbers"]

_DIFFERENCE = re.compile(
    r"(?<!\w)(?:difference|gap|drop|gain|rise|increase|decrease|reduction|improvement|fall|saves?|saving"
    r"|savings)"
    r"(?: (?:of|is|are|by|to|in|the|just|only|exactly|about|roughly|between|them|two|we|therefore|thus"
    r"|then)|[:=,]){0,4}"
    r" *(?P<stated>§)(?!%)"
)
_MORE = re.compile(
    r"(?:(?<!\w)(?:ie|so|that is|which is|by|hence|thus|save|saves)|[,(:;=–—])(?: (?:about|exactly|it|we"
    r"|this|needs?|has|have|is|are))* *(?P<stated>§)(?!%)(?: [^\W\d]+){0,2} (?:more|fewer"
    r"|less)(?!\w)(?! (?:than *[§¤]|of))"
)
_MORE_OF_THEM = re.compile(
    r"(?<!\w)(?:has|have|needs?|is|are|uses?) *(?P<stated>§)(?!%)(?: [^\W\d]+){0,2} (?:more|fewer"
    r"|less) *(?:[.;,]|$)"
)
_SHARE_MORE = re.compile(
    r"(?P<stated>§)% (?P<way>smaller|less|fewer|cheaper|lower|shorter|larger|more|higher"
    r"|bigger)(?!\w)(?! than *[§¤])"
)
_POINTS = re.compile(r"(?P<stated>§)%? (?:percentage )?points?(?!\w)")
_FACTOR = re.compile(
    r"(?<!\w)(?:factor|ratio|quotient|reduction factor|speed- ?up|speedup) *(?:(?:of|is|by|about|roughly|a"
    r"|around|nearly"
    r"|almost|approximately|therefore|thus|then) |[:=≈] *){0,3} *(?P<stated>§)(?!%)"
)
_TIMES = re.compile(
    r"(?P<stated>§)(?!%) (?:times|fold|x) (?:as|fewer|more|less|smaller|larger|bigger|faster|slower"
    r"|cheaper|the|that|those)(?!\w)"
)
_FROM_TO = re.compile(
    r"(?<!\w)from *(?P<one>§)(?P<unit>%?)(?: [^\W\d]+){0,2} (?:down |up )?to *(?P<two>§)"
    r"(?P=unit)(?:[^§¤.;\n]{0,40}§(?!%))?[^§¤.;\n]{0,30}?"
    r"(?<!\w)(?:by|or|ie|of) (?:about |roughly |some |nearly |around )?(?P<share>§)%"
)
_COMPARED = re.compile(
    r"(?<!\w)(?:factors?|times|ratio|chapters?|pages?|points?|questions?|exercises?)(?!\w)"
)
_MOST, _LARGE = 6, 100


def compared_numbers(story: Story) -> Iterator[Claim]:
    """Yield each number that is said to be how much more than another one a number is, or how many times."""
    for pattern, sign in (
        (_DIFFERENCE, "−"),
        (_MORE, "−"),
        (_MORE_OF_THEM, "−"),
        (_FACTOR, "/"),
        (_TIMES, "/"),
    ):
        for found in pattern.finditer(story.text):
            stated = story.found(found, "stated")
            if not (stated.made or stated.spelled):
                yield from _of_two(story, stated, sign)
    for found in _POINTS.finditer(story.text):
        stated = story.found(found, "stated")
        here = [one for one in story.between(story.sentence(stated.at), stated.at) if one.percent]
        if len(here) == 2 and not stated.made:
            value = _worked(here[0].value, here[1].value, "−")
            if value is not None:
                yield Claim(
                    stated,
                    value,
                    f"{here[1].text} − {here[0].text} = {shown(value)}.",
                    about=story.about(stated),
                )
    for found in _SHARE_MORE.finditer(story.text):
        yield from _in_percent(story, story.found(found, "stated"), found["way"])
    for found in _FROM_TO.finditer(story.text):
        one, two, share = (story.found(found, name) for name in ("one", "two", "share"))
        apart = one.value - two.value
        wide = apart if apart.nominal > 0 else -apart
        try:
            value, other = (exactly(100) * wide / whole.value for whole in (one, two))
        except UndefinedError:
            continue
        others = (wide,) if one.percent else ()
        yield Claim(
            share,
            value,
            f"{shown(wide)} of {one.text} are {shown(value)} %.",
            others,
            about=story.about(share),
        )
        del other


def _of_two(story: Story, stated: Quantity, sign: str) -> Iterator[Claim]:
    begin = story.sentence(stated.at, 2)
    before = [one for one in story.between(begin, stated.at) if not (one.spelled or one.bare)][-_MOST:]
    here = [one for one in before if one.at >= story.sentence(stated.at)]
    if len(before) < 2:
        return
    counted = here if len(here) >= 2 else before
    first, last = counted[-2:]
    like = [one for one in counted[:-1] if alike(story.nouns(one), story.nouns(last))]
    first = like[-1] if like else first
    values = [one.value for one in before]
    others = [made for n, one in enumerate(values) for two in values[:n] if (made := _worked(one, two, sign))]
    others += values
    others += [made for one in values if (made := _worked(one, exactly(1), sign))] if sign == "−" else []
    end = story.end_of_sentence(stated.at)
    behind = [one.value for one in story.between(stated.at + 1, end)]
    others += [made for one in behind for two in values if (made := _worked(one, two, sign))]
    value = _worked(first.value, last.value, sign)
    if value is None or value.nominal == 0:
        return
    top, bottom = (first, last) if first.value.nominal >= last.value.nominal else (last, first)
    why = f"{top.text} {sign} {bottom.text} = {shown(value)}."
    between = story.text[first.at : last.at]
    differing = story.nouns(first) and story.nouns(last) and not like
    sure = (
        len(counted) == 2
        and last.percent == first.percent
        and not differing
        and not _COMPARED.search(between)
    )
    sure = sure and _of_one_size(story, stated, (first, last), sign)
    yield Claim(stated, value, why, tuple(others), sure=sure, about=story.about(stated))


def _of_one_size(story: Story, stated: Quantity, pair: tuple[Quantity, Quantity], sign: str) -> bool:
    """Whether a difference counts what the two numbers count; a quotient counts nothing."""
    nouns, (first, last) = story.nouns(stated), pair
    if sign == "/" and first.at < story.sentence(stated.at):
        return all(one.value.nominal >= _LARGE for one in (first, last)) or alike(
            story.nouns(first), story.nouns(last)
        )
    return sign == "/" or not nouns or not story.nouns(first) or alike(nouns, story.nouns(first))


def _worked(one: Value, other: Value, sign: str) -> Value | None:
    large, small = (one, other) if one.nominal >= other.nominal else (other, one)
    try:
        return large - small if sign == "−" else large / small
    except UndefinedError:
        return None


def _in_percent(story: Story, stated: Quantity, way: str) -> Iterator[Claim]:
    """Yield by how many per cent one of the two numbers of a sentence is larger or smaller."""
    here = [
        one for one in story.between(story.sentence(stated.at), stated.at) if not (one.spelled or one.bare)
    ]
    if len(here) != 2 or any(one.percent or one.value.nominal < _LARGE for one in here) or stated.made:
        return
    if (
        story.nouns(here[0])
        and story.nouns(here[1])
        and not alike(story.nouns(here[0]), story.nouns(here[1]))
    ):
        return
    small, large = sorted((one.value for one in here), key=lambda one: one.nominal)
    grown = way in ("larger", "more", "higher", "bigger")
    value = exactly(100) * (large - small) / (small if grown else large)
    yield Claim(stated, value, f"It is {shown(value)} %.", about=story.about(stated))
