"""Results that a section tells behind the numbers that they follow from, judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nnutils.lint.checks.following.adding import totals_told
from nnutils.lint.checks.following.averaging import averages
from nnutils.lint.checks.following.biases import with_biases_told
from nnutils.lint.checks.following.claims import Claim, agrees, in_its_unit, in_reach, slipped
from nnutils.lint.checks.following.comparing import compared_numbers
from nnutils.lint.checks.following.converting import converted
from nnutils.lint.checks.following.many import many_of_each
from nnutils.lint.checks.following.portions import portions
from nnutils.lint.checks.following.reasons import answers_with_reasons
from nnutils.lint.checks.following.shares import shares_told
from nnutils.lint.checks.following.story import Story, stories
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding

__all__ = ["check_following"]

_FORMS: tuple[Callable[[Story], Iterator[Claim]], ...] = (
    totals_told,
    many_of_each,
    compared_numbers,
    converted,
    portions,
    shares_told,
    averages,
    answers_with_reasons,
    with_biases_told,
)


def check_following(context: Context) -> Iterator[Finding]:
    """Judge each number that a sentence says to follow from those before it.

    >>> from nnutils.lint import lint
    >>> text = "The first layer has 896 parameters, the second 18,496 parameters, together 19,932."
    >>> one = lint(text).wrong[0]
    >>> one.stated, one.computed, one.why
    ('19,932', '19,392', '896 + 18,496 = 19,392.')
    """
    for story in stories(context):
        claims: dict[int, list[Claim]] = {}
        for form in _FORMS:
            for claim in form(story):
                claims.setdefault(claim.stated.at, []).append(claim)
        for told in claims.values():
            found = _judged(context, story, told)
            if found is not None:
                yield found


def _judged(context: Context, story: Story, told: list[Claim]) -> Finding | None:
    """Judge a number by all that is said of it: one reading in which it is right is enough."""
    verdicts = [agrees(one.stated, one.value, about=one.about) for one in told]
    right = next((one for one, verdict in zip(told, verdicts, strict=True) if verdict), None)
    if right is not None:
        return _finding(context, right, right=True)
    sure = [one.sure for one in told]
    if any(
        verdict is None and (known or not any(sure)) for verdict, known in zip(verdicts, sure, strict=True)
    ):
        return None
    near = [one for one in told if not _otherwise(one) and not _so_many_times(story, one)]
    wrong = [one for one in near if one.sure and in_reach(one.stated, one.value)]
    loose = [one for one in near if not one.sure]
    if not wrong and not any(_otherwise(one) for one in told):
        wrong = [one for one in loose if slipped(one.stated, one.value)]
    return _finding(context, wrong[0], right=False) if wrong else None


def _otherwise(claim: Claim) -> bool:
    """Whether a number is right in another way in which it may be meant."""
    return any(agrees(claim.stated, other, about=claim.about) for other in claim.others)


def _so_many_times(story: Story, claim: Claim) -> bool:
    """Whether another number of the sentence makes it right: 'two groups of 48 kernels of 5 × 5 × 48'."""
    others = story.between(story.sentence(claim.stated.at), claim.stated.at)
    return any(agrees(claim.stated, claim.value * one.value, about=claim.about) for one in others)


def _finding(context: Context, claim: Claim, *, right: bool) -> Finding:
    stated = claim.stated
    return context.finding(
        stated.piece, stated.start, stated.end, "result", "right" if right else "wrong",
        stated=stated.text, computed=stated.text if right else in_its_unit(stated, claim.value),
        why="" if right else claim.why,
    )  # fmt: skip
