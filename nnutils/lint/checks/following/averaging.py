"""Sums and means of numbers that a sentence lists: 'squares 1, 4, 9, total 14, so the mean is 4.667'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nnutils.lint.checks.following.claims import Claim, exactly, shown, sum_of
from nnutils.lint.checks.following.story import Quantity, Story
from nnutils.lint.values import UndefinedError

__all__ = ["averages"]

_LIST = r"(?P<list>§(?:, *(?:and *)?§| (?:and|&) *§){1,11})(?![%\w])"
_SUM = re.compile(
    _LIST + r"(?: [^\W\d][\w-]*){0,2}[.,;:]? (?:[^\W\d][\w']* ){0,5}?"
    r"(?:sum(?: of(?: the)? [a-z]+)?|total|add up to|adds up to|sum to|sums to|altogether|together)(?!\w)"
    r" *(?:(?:is|of|are|make|makes|to|which) |[=:]){0,2} *(?P<stated>§)(?!%)"
)
_MEAN = re.compile(
    r"(?<!\w)(?:mean|average|mse|mae|on average|averaged?|mean squared error)(?!\w)(?: (?:is|of|error"
    r"|loss|value|therefore|thus|then|hence"
    r"|absolute|squared|equals|gives|are|we|get|about|it|over|the|batch|all|per|sample|comes|to)"
    r"|[:=≈]){0,6} *(?P<stated>§)(?!%)"
)
_AT_ONCE = re.compile(r"[^.;§]{0,60}")
_SAMPLES = re.compile(
    r"§ (?:samples?|examples?|points?|values?|images?|items?|errors?|terms?|observations?|numbers?"
    r"|inputs?)(?!\w)"
)


def averages(story: Story) -> Iterator[Claim]:
    """Yield each number that is said to be the sum or the mean of those right before it."""
    for found in _SUM.finditer(story.text):
        terms = story.between(found.start("list"), found.end("list"))
        stated = story.found(found, "stated")
        if (
            len(terms) > 1
            and not any(one.percent or one.bare or one.spelled for one in terms)
            and not stated.made
        ):
            value = sum_of(one.value for one in terms)
            why = f"{' + '.join(one.text for one in terms)} = {shown(value)}."
            before = story.between(story.sentence(stated.at, 1), stated.at)
            earlier = [sum_of(one.value for one in before[n:]) for n in range(len(before))]
            yield Claim(stated, value, why, tuple(earlier), about=story.about(stated))
    for found in _MEAN.finditer(story.text):
        stated = story.found(found, "stated")
        if not stated.made:
            yield from _mean(story, stated)


def _mean(story: Story, stated: Quantity) -> Iterator[Claim]:
    begin = story.sentence(stated.at, 1)
    before = [one for one in story.between(begin, stated.at) if not one.spelled]
    if not before:
        return
    here = story.text[begin : stated.at]
    listed = list(re.finditer(_LIST, here))
    many = [story.at(begin + one.start()) for one in _SAMPLES.finditer(here)]
    total = next((one for one in reversed(before) if one not in many), None)
    if total is None:
        return
    if total.bare and len(total.factors) == 2 and total.at >= story.sentence(stated.at):
        value = total.value  # 1.44 over 4 examples
        yield Claim(
            stated, value, f"It is {shown(value)}.", sure=total is before[-1], about=story.about(stated)
        )
        return
    sizes = [one.value for one in many]
    terms = list[Quantity]()
    if listed:
        terms = story.between(begin + listed[-1].start(), begin + listed[-1].end())
        if total in terms and not many:
            total = None
    elif total.made and len(total.factors) > 1:
        sizes.append(exactly(len(total.factors)))
    spelled = [one.value for one in story.between(begin, stated.at) if one.spelled]
    values = []
    for size in [*sizes, *([exactly(len(terms))] if terms else [])]:
        base = sum_of(one.value for one in terms) if total is None else total.value
        if size.nominal:
            try:
                values.append(base / size)
            except UndefinedError:
                continue
    if terms:
        values.append(sum_of(one.value for one in terms) / exactly(len(terms)))
    if not values:
        return
    every = [*values, *(one.value / size for one in before for size in spelled if size.nominal)]
    directly = (
        bool(listed) and before[-1] in terms and _AT_ONCE.fullmatch(here[listed[-1].end() :]) is not None
    )
    yield Claim(
        stated,
        values[0],
        f"The mean is {shown(values[0])}.",
        tuple(every),
        sure=directly or bool(many),
        about=story.about(stated),
    )
