"""How an answer in floats is computed: the last row of a trace, which leads back to the inputs."""

from __future__ import annotations

from collections.abc import Callable

from nnutils.autodiff import Traced, trace
from nnutils.autodiff.trace_tables import Row
from nnutils.autodiff.trace_tables.rows import RowWriter

__all__ = ["computed"]

_DIGITS = 6


def computed(function: Callable[..., Traced], **values: float) -> Row:
    """Return the derivation of a function's value at the values given by name, for ``Asked.work``.

    No derivative is taken, so it is enough that the function itself has a value.

    Raises:
        TraceError: for a function that has none there.

    >>> row = computed(lambda x1, x2: x1 * x2, x1=3.0, x2=0.5)
    >>> row.value, row.operation, [part.name for part in row.arguments]
    (1.5, 'multiply', ['x1', 'x2'])
    """
    recorded = trace(function, **values)
    writer = RowWriter(recorded.tape, recorded.output, recorded.output_name, _DIGITS, "names")
    return writer.evaluation().rows[-1]
