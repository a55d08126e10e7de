"""The errors of nnutils: each says what was asked, what was given, why it cannot be, and what would work."""

from __future__ import annotations

__all__ = [
    "BookError",
    "ClaimError",
    "ConstructionError",
    "CountError",
    "DrawingError",
    "ExpressionError",
    "GradCheckError",
    "LintError",
    "NNUtilsError",
    "NetworkError",
    "PracticeError",
    "SizeError",
    "SlipError",
    "TraceError",
    "WorkedError",
]


class NNUtilsError(ValueError):
    """The parent of every error of this library, itself a ``ValueError``.

    ``problem`` says what was asked, what was given and why it cannot be; ``where`` points at the place in the
    network, the trace or the file; ``remedy`` says what would work. The message is these three, a line each.

    >>> print(SizeError("a 5 x 5 window on a 4 x 4 input", where="at 'pool'", remedy="Use kernel_size <= 4."))
    a 5 x 5 window on a 4 x 4 input
      at 'pool'
      Use kernel_size <= 4.
    """

    def __init__(self, problem: str, *, where: str = "", remedy: str = "") -> None:
        """Join the three parts into one message and keep each of them."""
        self.problem, self.where, self.remedy = problem, where, remedy
        super().__init__("\n  ".join(part for part in (problem, where, remedy) if part))


class WorkedError(NNUtilsError):
    """A number that is not exact, or an operation that would make it inexact."""


class SizeError(NNUtilsError):
    """A size that no layer can have: a window larger than its input, a negative padding, half a pixel."""


class NetworkError(NNUtilsError):
    """A network whose layers do not fit together."""


class CountError(NNUtilsError):
    """A layer or operator for which no counting rule exists."""


class TraceError(NNUtilsError):
    """A function that cannot be recorded, or whose record cannot be swept."""


class GradCheckError(NNUtilsError):
    """A gradient that differs from central differences, or one that they cannot decide."""


class ConstructionError(NNUtilsError):
    """A network construction asked for with impossible sizes."""


class ClaimError(NNUtilsError):
    """A claim that is recorded, judged or looked up in the wrong way."""


class DrawingError(NNUtilsError):
    """A picture asked for with data that cannot be drawn."""


class LintError(NNUtilsError):
    """A sheet that is not there, is not what its name says, or cannot be read."""


class BookError(NNUtilsError):
    """A book, or a file of it, that is not where it was looked for or cannot be used for what was asked."""


class PracticeError(NNUtilsError):
    """A practice file that is not complete, givens that it cannot answer, or answers that differ from its."""


class ExpressionError(NNUtilsError):
    """A typed number or expression that cannot be read or computed."""


class SlipError(NNUtilsError):
    """A stated value, or rows of a trace, that cannot be explained."""
