"""Weights and biases told one after the other: 'weights = 500, biases = 20 → 520', 'plus 16 biases: 2416'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nnutils.lint.checks.following.claims import Claim, shown
from nnutils.lint.checks.following.story import Story

__all__ = ["with_biases_told"]

_BOTH = re.compile(
    r"(?<!\w)weights *(?:[:=]|is|are)? *(?P<weights>§)(?!%) *(?:[,;+/&(]|and|plus| )* *bias(?:es)? *"
    r"(?:[:=]|is|are)? *(?P<biases>§)(?!%)"
    r" *(?:[,;)] *)?(?:[→:=]|so|hence|thus|together|altogether|total|in total|sum|which makes|that makes"
    r"|giving|makes|in all|and in all)"
    r"(?: (?:we|have|get|that|is|are|in|all|total|of|together|parameters)|[:=→]){0,4} *(?P<stated>§)(?!%)"
)
_COUNTED = re.compile(
    r"(?P<weights>§)(?!%) weights(?: (?!each|per|apiece)[^\W\d][\w-]*){0,2}? *(?:,|and|plus|\+|&| )+ *"
    r"(?:the |its |another |further )*(?P<biases>§)(?!%) bias(?:es)? *"
    r"(?:[,;:=→)(–—.]|so|hence|thus|together|altogether|total|which makes|that makes|giving|gives|makes"
    r"|in all|and in all|i|ie|make|come to|comes to"
    r"|add up to|amount to|yield|yields|for|a|we|have|get|that|is|are|in|of|it|has|this|leaves us with"
    r"|the|layer|therefore| )+(?P<stated>§)(?!%)"
    r"(?! (?:weights|biases|layers|units|inputs|outputs|neurons|filters|channels|maps))"
)
_BEFORE = re.compile(
    r"(?P<stated>§)(?!%)(?: (?:parameters?|params|numbers|values|in total|trainable|learnable"
    r"|in all)){0,3}(?: *(?:\(|:|=|,|as|because of|namely|–|—))+"
    r" *(?:it has |there are |of |we have )?(?P<weights>[§¤])(?: weights)(?: (?!each|per"
    r"|apiece)[^\W\d][\w-]*){0,2}? *(?:,|and|plus|\+|&| )+ *(?P<biases>§) bias(?:es)?"
)
_ADDED = re.compile(
    r"(?:^|\n|[.,;])\W*(?:(?:then|now|and|also) )?(?:plus|\+|adding|add|with|together with|including"
    r"|counting) (?:the |its |another |further )*(?P<biases>§)(?!%) bias(?:es)?(?: (?:terms?|values?"
    r"|parameters?))?"
    r" *(?:[:=→,]|gives?|makes?|yields?|we get|we have|is|are|that is|that makes|this makes|comes to"
    r"|results in|in total|in all|altogether| )+(?P<stated>§)(?!%)"
)
_OF_BOTH = re.compile(
    r"param|number|value|trainable|learnable|free|adjustable|variable|entr|coefficient|unknown"
)


def with_biases_told(story: Story) -> Iterator[Claim]:
    """Yield each number that must be the weights and the biases before it, or behind it in brackets."""
    for pattern in (_BOTH, _COUNTED, _BEFORE):
        for found in pattern.finditer(story.text):
            weights, biases, stated = (story.found(found, name) for name in ("weights", "biases", "stated"))
            nouns = story.nouns(stated)
            if stated.made or stated.spelled or (nouns and not _OF_BOTH.match(nouns[0])):
                continue
            value = weights.value + biases.value
            earlier = story.between(story.sentence(stated.at, 2), min(weights.at, stated.at))
            others = [value + one.value for one in earlier]
            others += [value * one.value for one in earlier]
            why = f"{shown(weights.value)} + {biases.text} = {shown(value)}."
            yield Claim(stated, value, why, tuple(others), about=story.about(stated))
    for found in _ADDED.finditer(story.text):
        biases, stated = story.found(found, "biases"), story.found(found, "stated")
        before = [
            one for one in story.between(story.sentence(found.start() + 1, 1), biases.at) if not one.percent
        ]
        if not before or stated.made:
            continue
        value = before[-1].value + biases.value
        others = [one.value + biases.value for one in before]
        others += [one.value * other.value + biases.value for one in before for other in before]
        why = f"{before[-1].text} + {biases.text} = {shown(value)}."
        yield Claim(stated, value, why, tuple(others), sure=before[-1].made, about=story.about(stated))
