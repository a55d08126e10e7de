"""Rows of a table that certainly read the row above them, so that what they state can be judged by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import isqrt

from nnutils.lint.checks.networks.steps.step import Step
from nnutils.lint.checks.networks.written_sizes import Picture, features_of

__all__ = ["channels_are_certain", "features_are_certain", "size_is_certain"]

_KEEPING = ("pool", "average", "activation", "norm")
"""Layers that keep the channels of their input."""
_ENOUGH = 2


def size_is_certain(steps: Sequence[Step], index: int) -> bool:
    """Return whether a convolution certainly reads the row above: the first one, directly below the input."""
    return steps[index].row.settings.kind == "conv" and _first_below_input(steps, index, skipping=())


def channels_are_certain(steps: Sequence[Step], index: int) -> bool:
    """Return whether the rows above certainly say how many channels a convolution reads.

    It is the first one below the input, or its number is the next one: conv3 behind conv2. Poolings, listed
    or not, keep the channels.
    """
    if steps[index].row.settings.kind != "conv" or steps[index].row.settings.depthwise:
        return False
    return _first_below_input(steps, index, skipping=_KEEPING) or _next_in_number(steps, index, _KEEPING)


def features_are_certain(
    steps: Sequence[Step], index: int, stated: Fraction | None, *, pooled: bool, whole: bool
) -> bool:
    """Return whether a full layer certainly reads the row above, or cannot have the weights ``stated``.

    Behind another full layer it does. Behind a convolution the table may leave out a pooling; then the
    number is wrong if no height and width of a smaller picture with these channels give it, in a table
    that is ``whole`` or has convolutions that follow each other.
    """
    step = steps[index]
    if step.row.settings.kind != "linear" or not index:
        return False
    above = _above(steps, index, ("activation", "norm"))
    if above is not None and above.row.settings.kind == "linear":
        label = step.row.label
        last = label is not None and (label.kind == "output" or not label.number)
        return last or _next_in_number(steps, index, ("activation", "norm"))
    sizes = [one.verdict for each in steps if each.leaning for one in each.found if one.kind == "output size"]
    if sizes.count("right") <= sizes.count("wrong") // 2:
        return False
    if pooled:
        return True
    convolved = [one for each in steps if each.row.settings.kind == "conv" for one in each.found]
    fitting = sum(one.kind == "output size" and one.verdict == "right" for one in convolved)
    if not whole and fitting < _ENOUGH:
        return False  # rows may be left out
    numbered = step.row.label is not None and step.row.label.number not in ("", "1")
    return not numbered and stated is not None and not _of_a_smaller_picture(step, stated)


def _first_below_input(steps: Sequence[Step], index: int, skipping: Sequence[str]) -> bool:
    above, label = _above(steps, index, skipping), steps[index].row.label
    return (
        above is not None
        and above.row.settings.kind == "input"
        and label is not None
        and label.number in ("", "1")
    )


def _next_in_number(steps: Sequence[Step], index: int, skipping: Sequence[str]) -> bool:
    above, label = _above(steps, index, skipping), steps[index].row.label
    before = above.row.label if above is not None else None
    if label is None or before is None or before.kind != label.kind:
        return False
    if not label.number.isdigit() or not before.number.isdigit():
        return False
    return int(label.number) == int(before.number) + 1


def _above(steps: Sequence[Step], index: int, skipping: Sequence[str]) -> Step | None:
    for above in reversed(steps[:index]):
        if above.row.settings.kind not in skipping:
            return above
    return None


def _of_a_smaller_picture(step: Step, stated: Fraction) -> bool:
    """Return whether a count may come from a picture that a pooling made smaller."""
    units = step.row.settings.filters or next(
        (size for one in step.stated if (size := features_of(one)) is not None), None
    )
    if not units or stated.denominator != 1:
        return True
    known = [one for one in step.inputs if len(one) == 3 and None not in one]
    for bias in (0, 1):
        features = (stated - units * bias) / units
        if features.denominator == 1 and any(_fits(int(features), one) for one in known):
            return True
    return not known


def _fits(features: int, picture: Picture) -> bool:
    channels, height, width = (size or 0 for size in picture)
    if features <= 0 or not channels or features % channels:
        return False
    return any(wide <= width for wide in _widths(features // channels, height, width))


def _widths(pixels: int, height: int, width: int) -> Iterator[int]:
    """Yield the widths of pictures of so many pixels; a pooling keeps a square a square."""
    if height == width:
        if isqrt(pixels) ** 2 == pixels:
            yield isqrt(pixels)
        return
    yield from (pixels // high for high in range(1, height + 1) if pixels % high == 0)
