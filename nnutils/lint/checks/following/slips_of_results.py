"""Results with two digits exchanged: only what the numbers right before make is asked, whatever the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from nnutils.lint.checks.following.claims import Claim, exactly, shown, sum_of
from nnutils.lint.checks.following.story import Quantity, Story
from nnutils.lint.values import UndefinedError, Value

__all__ = ["results_around"]

_CUE = re.compile(
    r"(?:(?<!\w)(?:is|are|be|makes?|gives?|yields?|get|gets|has|have|needs?|requires?|takes?|contains?|costs?"
    r"|equals?|means|becomes?|obtain|find|count|counts|totals?|altogether|together|sum|so|thus|hence|therefore"
    r"|then|i\.?e\.?|namely|leaves?|leaving|saves?|holds?|stores?|to|up with|in all)(?: us)?|[:=→,;]) *"
    r"(?:(?:about|roughly|approximately|nearly|exactly|already|only|just|some|a total of|no fewer than) *)?$"
)
_PLACED = re.compile(
    r"(?<!\w)(?:(?<!consists )(?<!consist )(?<!total )of|with|than|per|by|from|the|for|in|over|on|versus"
    r"|against|vs|not|between|and|plus|minus"
    r"|times"
    r"|another|further|other|size|dimension|length|year|page|seed|than|about|or) *$|[-–+/×]\s*$"
)
_PERHAPS = re.compile(r"(?<!\w)(?:includ|with the|each)")
_FEWEST, _MOST = 4, 6


def results_around(story: Story) -> Iterator[Claim]:
    """Yield numbers of four digits and more with what the last few numbers before them make."""
    for stated in story.quantities:
        written = stated.written
        if (
            stated.made
            or stated.spelled
            or stated.percent
            or written is None
            or written.unit is not None
            or written.significant < _FEWEST
        ):
            continue
        begin = story.sentence(stated.at, 1)
        before = [one for one in story.between(begin, stated.at) if not (one.percent or one.spelled)][-_MOST:]
        lead = story.text[(before[-1].at if before else begin) + 1 : stated.at]
        if len(before) < 2 or not _CUE.search(lead) or _PLACED.search(lead):
            continue
        others = _others([one.value for one in story.quantities if one.at < stated.at][-12:])
        last = before[-1], before[-2]
        added = not _PERHAPS.search(story.text[before[-2].at : stated.at])
        for value, work in _makings(before, last, added=added):
            yield Claim(
                stated, value, f"{work} = {shown(value)}.", others, sure=False, about=story.about(stated)
            )


def _makings(
    before: Sequence[Quantity], last: tuple[Quantity, Quantity], *, added: bool
) -> Iterator[tuple[Value, str]]:
    one, two = last
    if one.value.nominal == 1 or two.value.nominal == 1:
        return
    yield two.value * one.value, f"{two.text} · {one.text}"
    if len(before) > 2:
        three = before[-3]
        yield three.value * two.value * one.value, f"{three.text} · {two.text} · {one.text}"
        yield three.value * one.value, f"{three.text} · {one.text}"
        if added:
            yield sum_of((three.value, two.value, one.value)), f"{three.text} + {two.text} + {one.text}"
    if added and not (one.spelled or two.spelled or one.bare or two.bare):
        yield two.value + one.value, f"{two.text} + {one.text}"
        large, small = (one, two) if one.value.nominal > two.value.nominal else (two, one)
        yield large.value - small.value, f"{large.text} − {small.text}"


def _others(values: Sequence[Value]) -> tuple[Value, ...]:
    """Return what else a number may be: one told before, or what two or three of them make."""
    made = list(values)
    for one, two in combinations(values, 2):
        made += [one + two, one - two, two - one, one * two]
        for top, bottom in ((one, two), (two, one)):
            try:
                made.append(top / bottom)
            except UndefinedError:
                continue
    for start in range(len(values)):
        made.append(sum_of(values[start:]))
    made += [a * b * c for a, b, c in zip(values, values[1:], values[2:], strict=False)]
    made += [(a + exactly(1)) * b for a in values for b in values]
    made += [a * b + c for a, b, c in zip(values, values[1:], values[2:], strict=False)]
    return tuple(made)
