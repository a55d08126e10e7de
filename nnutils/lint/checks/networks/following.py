"""Rows of a table that follow each other: how far a row may be judged by the row above as its input."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from nnutils.core.errors import NNUtilsError
from nnutils.lint.checks.networks.made_sizes import made_sizes
from nnutils.lint.checks.networks.rows import LayerRow
from nnutils.lint.checks.networks.settings import Settings
from nnutils.lint.checks.networks.steps.reading_above import (
    channels_are_certain,
    features_are_certain,
    size_is_certain,
)
from nnutils.lint.checks.networks.steps.step import Step
from nnutils.lint.checks.networks.written_sizes import Picture, agree
from nnutils.lint.checks.tables.cells import number_cell
from nnutils.lint.checks.tables.column_roles import Role
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding

__all__ = ["Judge", "Shape", "trusted"]

Judge = Callable[[LayerRow, list[Picture]], Step]
"""Judges a row for a given output of the row above."""

# Window, stride and padding of the poolings that tables leave out.
_POOLINGS = (
    (2, 2, 0),
    (3, 2, 0),
    (3, 2, 1),
    (3, 3, 0),
)
_MOST_AHEAD = 4


@dataclass(frozen=True)
class Shape:
    """What a table lists: its poolings, and a total, so that no row with parameters is left out.

    ``drawn`` says that it is a list in which arrows lead from each layer to its size.
    """

    pooled: bool
    total: bool
    drawn: bool = False


def trusted(context: Context, steps: Sequence[Step], shape: Shape, judge: Judge) -> Iterator[Finding]:
    """Yield what was found; what leans on the row above is wrong only where rows follow each other.

    A table may leave out poolings, or hold branches: most of its rows have to agree with those above them,
    and sizes of pictures are judged only in a table that has poolings, or where the rows below bear it out.
    """
    leaning = [(one, step) for step in steps if step.leaning for one in step.found]
    for index, step in enumerate(steps):
        for one in step.found:
            if not step.leaning or one.verdict not in ("wrong", "rounded"):
                yield one
                continue
            sizes = one.kind == "output size"
            like = [other for other, at in leaning if not at.loose and (other.kind == "output size") == sizes]
            verdicts = Counter(other.verdict for other in like)
            many = verdicts["wrong"] if shape.drawn else 2 * verdicts["wrong"]
            follows = verdicts["right"] >= 2 and many <= verdicts["right"]
            follows |= not sizes and _directly_behind(steps, index, shape.pooled)
            doubtful = not follows or step.loose or (sizes and not shape.pooled)
            if doubtful and not _certain(context, steps, index, one, shape, judge):
                why = "Its row does not say its input, and the row above may not be it."
                one = replace(one, verdict="unchecked", computed="", cause="context", why=why, slips=())
            yield one


def _certain(
    context: Context, steps: Sequence[Step], index: int, found: Finding, shape: Shape, judge: Judge
) -> bool:
    """Return whether a cell is wrong whatever the other rows of its table are like."""
    step = steps[index]
    if found.kind == "output size":
        if step.row.output is not None and step.row.output.impossible:
            return True
        return (step.explicit and size_is_certain(steps, index)) or _borne_out(steps, index, judge)
    roles: tuple[Role, ...] = ("parameters", "weights")
    role = next((one for one in roles if found.kind.startswith(one)), None)
    if role is None:
        return False
    if channels_are_certain(steps, index):
        return True
    piece = step.row.cells[role]
    cell = number_cell(piece, context.style)
    exact = cell is not None and cell.scale == 1 and cell.written.unit is None
    stated = cell.value if cell is not None and exact else None
    return features_are_certain(
        steps, index, stated, pooled=shape.pooled and not step.loose, whole=shape.total
    )


def _directly_behind(steps: Sequence[Step], index: int, pooled: bool) -> bool:
    """Return whether a row certainly reads the row above, so that its counts can be judged.

    Every size that leans on a row above has to fit. A convolution's own size is one of them; a dense layer
    stands behind another one, or in a table that lists its poolings.
    """
    sizes = [one.verdict for step in steps if step.leaning for one in step.found if one.kind == "output size"]
    if "right" not in sizes or "wrong" in sizes or not index:
        return False
    kind, above = steps[index].row.settings.kind, steps[index - 1].row.settings.kind
    step = steps[index]
    own = [one.verdict for one in step.found if one.kind == "output size"]
    # Branches of one input have its size all of them; a size that changed tells which row was read.
    label = step.row.label
    numbered = step.explicit and label is not None and bool(label.number) and any(map(_changed, steps))
    if kind == "conv":
        return own == ["right"] and (numbered or _changed(step))
    return kind == "linear" and (above == "linear" or pooled)


def _changed(step: Step) -> bool:
    """Return whether a row states all its settings, and a size that is not that of the row above."""
    same = any(one[-2:] == other[-2:] for one in step.inputs for other in step.stated)
    return step.explicit and step.leaning and bool(step.stated) and not same


def _borne_out(steps: Sequence[Step], index: int, judge: Judge) -> bool:
    """Return whether other cells say that a size is wrong: a row below follows the right size, not this one.

    The last row that could say so is wrong too if all the others follow, and no pooling that the table
    leaves out makes its size.
    """
    step = steps[index]
    if not step.explicit:
        return False
    if _only_channels(step):
        return True
    right, stated = step.computed, list(step.stated)
    for below in steps[index + 1 : index + 1 + _MOST_AHEAD]:
        if below.row.input is not None:
            own = below.row.input.pictures()
            return _any_agree(own, right) and not _any_agree(own, stated)
        if not below.explicit and below.row.settings.kind in ("conv", "pool", None):
            return False
        first, second = judge(below.row, right), judge(below.row, stated)
        judged = {one.start: one.verdict for one in first.found if one.verdict != "unchecked"}
        if judged:
            same = [one for one in second.found if one.start in judged and one.verdict == "right"]
            return set(judged.values()) == {"right"} and len(same) < len(judged)
        right, stated = first.outputs, second.outputs
    sizes = [one.verdict for step in steps if step.leaning for one in step.found if one.kind == "output size"]
    alone = sizes.count("wrong") == 1 and "right" in sizes
    return alone and steps[0].row.settings.kind == "input" and not _pooling_left_out(step)


def _only_channels(step: Step) -> bool:
    """Return whether a stated size has the right height and width, and other channels than its filters."""
    made = [one for one in step.computed if len(one) == 3]
    return step.row.settings.filters is not None and any(
        len(one) == 3 and None not in one and one[1:] == other[1:] for one in step.stated for other in made
    )


def _pooling_left_out(step: Step) -> bool:
    """Return whether a stated size is right behind a usual pooling that the table does not list."""
    for window, stride, padding in _POOLINGS:
        setting = Settings("pool", (window, window), None, (stride, stride), (padding, padding))
        try:
            pooled, _ = made_sizes(setting, step.inputs)
            made, _ = made_sizes(step.row.settings, [one.shape for one in pooled])
            behind, _ = made_sizes(setting, step.computed)
        except NNUtilsError:
            continue
        if _any_agree(step.stated, [one.shape for one in (*made, *behind)]):
            return True
    return False


def _any_agree(some: Sequence[Picture], others: Sequence[Picture]) -> bool:
    return any(agree(one, other) for one in some for other in others)
