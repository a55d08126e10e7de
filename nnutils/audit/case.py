"""What one check brings: the computed value, named alternatives, and the points to evaluate them at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from nnutils.audit.statements.claim import Charged
from nnutils.audit.statements.expressions import evaluate
from nnutils.core.errors import ClaimError
from nnutils.slips import Quantity

__all__ = ["Case", "Point", "Reading"]

Point = Mapping[str, object]
"""The quantities that a formula names, and their values."""


@dataclass(frozen=True)
class Reading:
    """One way to read a formula: the right value under it, and the quantities that its names then stand for.

    For a convention that changes the quantities themselves (vectors as rows, say), not only the right value,
    and for a missing hypothesis: its points are those at which the hypothesis is met.
    ``computed`` takes the same forms as in ``Audit.check``; ``given`` and ``samples`` replace those of the
    check.
    """

    computed: object
    given: Point = field(default_factory=dict)
    samples: Sequence[Point] | None = None


@dataclass(frozen=True)
class Case:
    """Everything that one check brings; ``Audit.check`` says what each argument means."""

    computed: object
    conventions: Mapping[str, object] = field(default_factory=dict)
    slips: Mapping[str, object] = field(default_factory=dict)
    missing: Mapping[str, object] = field(default_factory=dict)
    given: Point = field(default_factory=dict)
    samples: Sequence[Point] | None = None
    rtol: float = 1e-9
    atol: float = 0.0
    evidence: str = ""
    cause: str = ""
    charged: Charged | Literal[""] = ""
    why: str | Mapping[str, str] = ""
    derivation: object = None
    among: Sequence[Quantity] = ()


def points_of(source: Case | Reading) -> list[Point]:
    """Return the points at which to evaluate: each sample with ``given`` added, or ``given`` alone.

    Raises:
        ClaimError: for an empty list of samples.
    """
    if source.samples is None:
        return [source.given]
    if not source.samples:
        raise ClaimError(
            "samples is empty, so there is nothing to judge on.", remedy="Give at least one sample."
        )
    return [{**source.given, **sample} for sample in source.samples]


def value_at(value: object, point: Point) -> object:
    """Return the value at one point of an expression, of a function of the point, or of a constant.

    Raises:
        ClaimError: whatever ``evaluate`` raises.
    """
    if isinstance(value, str):
        return evaluate(value, point)
    return value(point) if callable(value) else value


def values_at_points(value: object, source: Case | Reading, what: str) -> list[object]:
    """Return one value for each point; a list stands for one value for each sample.

    Without samples a list is one value itself, such as a vector. ``what`` names the value in an error.

    Raises:
        ClaimError: for a list that is not as long as the samples, and whatever ``evaluate`` raises.
    """
    points = points_of(source)
    if source.samples is None or not isinstance(value, list | tuple):
        return [value_at(value, point) for point in points]
    if len(value) != len(points):
        raise ClaimError(
            f"{what} is a list of {len(value)} values for {len(points)} samples.",
            remedy="Give one value for each sample, or a function of the sample.",
        )
    return list(value)
