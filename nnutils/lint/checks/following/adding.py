"""Totals of what was told before: 'so the two layers have 19,392 parameters between them'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from nnutils.lint.checks.following.claims import Claim, exactly, shown, sum_of
from nnutils.lint.checks.following.story import Quantity, Story, alike

__all__ = ["totals_told"]

_ALL = (
    r"(?:in (?:all|total|sum)|summ?ing (?:them |these |it )?up|as a whole|taken together|al+together"
    r"|all together|together|overall|all told|all in all|combined"
    r"|between them"
    r"|total(?:s|ling|ing)?|sum|all of (?:that|this|them|it|these)|all(?= ?[:=→])|everything|both "
    r"(?:layers?|together|parts|blocks|of them)|both(?= ?:)|add(?:s|ed|ing)? (?:them )?up(?: to)?"
    r"|amounts? to|zusammen|insgesamt)"
)
_AHEAD = re.compile(
    rf"(?<!\w){_ALL}(?!\w)(?:(?!\bper\b|\beach\b|\bthan\b)[^§¤.;\n]){{0,60}}?(?P<total>§)(?!%)"
)
_BEHIND = re.compile(
    r"(?P<total>§)(?!%)(?: [^\W\d]+){0,4} *,? (?:in (?:all|total|sum)|al+together|all together|together"
    r"|overall|all told"
    r"|all in all|combined|between them)(?!\w)(?! *[:=]| (?:we|there|this|the|it|that)\b)"
)
_SO_ALL = re.compile(
    r"(?<!\w)(?:the|this|our|a) (?:(?:whole|entire|full|complete) )?(?:network|model|net|backbone"
    r"|autoencoder|architecture"
    r"|system|cnn|mlp|perceptron|gan|block|stack|unit|module)(?: as a whole)? (?:therefore|thus|hence"
    r"|then|so|consequently) "
    r"(?:has|have|contains?|comprises?|needs?|uses?) [^§¤.;\n]{0,20}?(?P<total>§)(?!%)"
)
_LABEL = re.compile(r"\n\W*(?:all|sum|total|together|altogether|both|overall|in (?:all|total)) *[:=→]? *$")
_MANY = 24
_FEW = 8


def totals_told(story: Story) -> Iterator[Claim]:
    """Yield each number that is said to be a total, with the sum of the numbers before it."""
    told: set[int] = set()
    for pattern in (_AHEAD, _BEHIND, _SO_ALL):
        for found in pattern.finditer(story.text):
            total = story.found(found, "total")
            if total.at not in told and not total.made:
                told.add(total.at)
                yield from _total(story, total)


def _total(story: Story, total: Quantity) -> Iterator[Claim]:
    before = [one for one in story.between(0, total.at) if not (one.spelled or one.percent)][-_MANY:]
    results = [one for one in before if not one.bare]
    if len(results) < 2:
        return
    nouns = story.nouns(total)
    others = _readings(story, total, before)
    sure = _of_one_kind(story, total, results, nouns)
    for terms in sure:
        longer = [sum_of(one.value for one in results[start:]) for start in range(len(results) - len(terms))]
        left_out = [sum_of(one.value for one in terms) + one.value for one in before if one not in terms]
        yield _claim(total, terms, (*longer, *left_out), sure=True)
    seen = {id(one) for terms in sure for one in terms}
    for size in range(2, min(len(results), _FEW) + 1):
        terms = results[-size:]
        if {id(one) for one in terms} != seen:
            yield _claim(total, terms, others, sure=False)
    if not sure and nouns:
        same = [one for one in results if alike(story.nouns(one), nouns)]
        if 2 <= len(same) <= _FEW:
            yield _claim(total, same, others, sure=False)
    last, other = results[-1], results[-2]
    why = f"{last.text} · {other.text} = {shown(last.value * other.value)}."
    yield Claim(total, last.value * other.value, why, others, sure=False)


def _claim(total: Quantity, terms: Sequence[Quantity], others: tuple, *, sure: bool) -> Claim:  # type: ignore[type-arg]
    value = sum_of(one.value for one in terms)
    why = f"{' + '.join(one.text for one in terms)} = {shown(value)}."
    return Claim(total, value, why, others, sure=sure)


def _of_one_kind(
    story: Story, total: Quantity, results: Sequence[Quantity], nouns: Sequence[str]
) -> list[list[Quantity]]:
    """Return the numbers that a total is the sum of: all of one sort, in its sentence and the two before."""
    lines = _lines_above(story, total)
    if lines:
        return [lines]
    for back in (0, 1, 2):
        begin = story.sentence(total.at, back)
        here = [one for one in results if one.at >= begin]
        counted = [one for one in here if story.nouns(one)]
        if len(here) < 2:
            continue
        kind = nouns or (story.nouns(counted[0]) if counted else ())
        same = [one for one in here if alike(story.nouns(one), kind)]
        if len(same) >= 2 and len(same) == len(here) and _one_noun(story, same):
            return [same]
        rest = [one for one in here if not story.nouns(one)]
        if back == 0 and same[:1] == here[:1] and len(same) + len(rest) == len(here):
            value = sum_of(one.value for one in here).nominal
            return [here] if value and Fraction(1, 2) < total.value.nominal / value < 2 else []
        return []
    return []


def _one_noun(story: Story, terms: Sequence[Quantity]) -> bool:
    first = story.nouns(terms[0])
    per = any(
        re.match(r"%?(?: [^\W\d]+){0,3} (?:per|each|for each)\b", story.text[one.at + 1 :]) for one in terms
    )
    return not per and all(alike(story.nouns(one), first) for one in terms[1:])


def _lines_above(story: Story, total: Quantity) -> list[Quantity]:
    """Return the results of the lines right above one that says 'all: 20042', if each is a computation."""
    begin = story.text.rfind("\n", 0, total.at) + 1
    if not _LABEL.search("\n" + story.text[begin : total.at]):
        return []
    terms: list[Quantity] = []
    while begin:
        above = story.text.rfind("\n", 0, begin - 1) + 1
        line = story.between(above, begin)
        if not line and not story.text[above:begin].strip() and terms:
            begin = above
            continue
        if not line or not line[-1].made or line[-1].percent or any(one.bare for one in line[-1:]):
            break
        terms.insert(0, line[-1])
        begin = above
    return terms if len(terms) > 1 else []


def _readings(story: Story, total: Quantity, before: Sequence[Quantity]) -> tuple:  # type: ignore[type-arg]
    """Return what else a total may be: a number told before, the sum of any of them, of products."""
    values = [one.value for one in before[-_FEW:]]
    made = list(values)
    sums = [exactly(0)]
    for one in values:
        sums += [total_ + one for total_ in sums]
    made += sums[1:]
    made += [one * other for n, one in enumerate(values) for other in values[n + 1 :]]
    made += [sum_of(one.value for one in before[start:]) for start in range(len(before))]
    products = [one * other for one, other in zip(values, values[1:], strict=False)]
    made += [one + other for one in products for other in (*products, *values)]
    return tuple(made)
