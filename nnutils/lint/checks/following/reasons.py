"""An answer before its reason: 'The answer is 156, because 5 · 5 · 6 = 150 and there are 6 biases.'"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from nnutils.lint.checks.following.claims import Claim, exactly, shown, sum_of
from nnutils.lint.checks.following.story import Story

__all__ = ["answers_with_reasons"]

_ANSWER = re.compile(
    r"(?:^|(?<=[.\n:])) *(?:\(?\w{1,2}[.)] *)?(?P<lead>(?:(?:the|our|final|correct|so|hence|right) )*"
    r"(?:answers?|results?|solution|it|that|this|there|we"
    r"|(?:the|its) (?:count|number|output|side|total|sum|layer|network|model)(?: (?:of|size) \w+)?)(?:'s"
    r"|’s| [^\W\d]\w*){0,3} *[:=]? *|)(?P<stated>§)(?!%)(?P<words>(?: [^\W\d][\w-]*){0,3}?)"
    r" *(?:[,;–—-] *)?(?P<cue>(?:because|since|as|for|namely|the reason is)(?!\w)|\(|:)(?P<reason>[^.\n]*)"
)
_BIASES = re.compile(r"§ (?:of the |more )?(?:bias|biases)\b")
_EACH_HAS_ONE = re.compile(r"each of the (?P<number>§) \w+ has (?:a|one|its own) bias")


def answers_with_reasons(story: Story) -> Iterator[Claim]:
    """Yield each answer with what the reason behind it adds or multiplies."""
    for found in _ANSWER.finditer(story.text):
        stated = story.found(found, "stated")
        reason = found["reason"]
        if (not found["lead"] and found["cue"] not in ("because", "since")) or "bias" in found["words"]:
            continue
        if stated.made or stated.spelled or (found["cue"] in "(:" and " bias" not in reason):
            continue
        given = story.between(found.start("reason"), found.end("reason"))
        if not given or any(one.percent for one in given):
            continue
        results = [one for one in given if one.made or story.nouns(one)[:1] == ("weights",)]
        loose = [one for one in given if not (one.made or one.bare)]
        biases = [story.at(found.start("reason") + one.start()) for one in _BIASES.finditer(reason)]
        values = [one.value for one in given]
        others = [*values, *(one + other for one, other in combinations(values, 2))]
        others += [one * other for one, other in combinations(values, 2)]
        others += [one - other for one, other in combinations(values, 2)] + [
            other - one for one, other in combinations(values, 2)
        ]
        others += [sum_of(values)]
        product = exactly(1)
        for one in values:
            product = product * one
        others.append(product)
        if re.search(r"(?<!\w)(?:we|i|one) adds?(?!\w)|sum of", reason) and len(given) > 2:
            value = sum_of(values)
            yield Claim(stated, value, f"{' + '.join(one.text for one in given)} = {shown(value)}.")
            continue
        each = _EACH_HAS_ONE.search(reason)
        if results and each:
            more = story.at(found.start("reason") + each.start("number"))
            value = results[-1].value + more.value
            yield Claim(stated, value, f"{results[-1].text} + {more.text} = {shown(value)}.")
        elif results and biases:
            value = results[-1].value + biases[-1].value
            why = f"{results[-1].text} + {biases[-1].text} = {shown(value)}."
            yield Claim(
                stated, value, why, tuple(o for o in others if o.nominal != results[-1].value.nominal)
            )
        elif len(results) > 1 and not loose:
            value = sum_of(one.value for one in results)
            why = f"{' + '.join(one.text for one in results)} = {shown(value)}."
            yield Claim(stated, value, why, tuple(others), sure=False)
        elif results and not loose:
            value = results[-1].value
            yield Claim(stated, value, f"Behind it is {results[-1].text}.", tuple(others))
        elif len(given) == 2 and biases and (given[0].bare or loose):
            value = given[0].value + biases[-1].value
            why = f"{shown(given[0].value)} + {biases[-1].text} = {shown(value)}."
            yield Claim(stated, value, why, tuple(others[2:]))
