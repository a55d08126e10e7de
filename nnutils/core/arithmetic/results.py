"""The exact results of arithmetic, and the operations that have none."""

from __future__ import annotations

from fractions import Fraction
from typing import Protocol

from nnutils.core.derivation import OPERATIONS
from nnutils.core.errors import WorkedError
from nnutils.core.numerals import MOST_DIGITS, Exact, power_too_long

__all__ = ["Operand", "result"]


class Operand(Protocol):
    """What is asked of the two numbers: a value, and for an error what it is called and how it was made."""

    @property
    def value(self) -> Exact:
        """The number."""

    @property
    def name(self) -> str:
        """What it is called, or an empty string."""

    @property
    def work(self) -> str:
        """How it was made."""


def result(operation: str, a: Operand, b: Operand) -> Exact:
    """Return the exact result of one of the ``OPERATIONS`` on two numbers.

    Raises:
        WorkedError: for a division by zero, and for a power that is not exact or too long to write.

    >>> from nnutils.core.worked import Worked
    >>> result("divide", Worked(1), Worked(4)), result("multiply", Worked(3), Worked(4))
    (Fraction(1, 4), 12)
    """
    if operation in ("divide", "floor_divide", "remainder") and b.value == 0:
        divisor = f"{b.name}, which is 0" if b.name else "0"
        raise WorkedError(
            f"{a.work} cannot be divided by {divisor}.", remedy="Divide by a number other than 0."
        )
    if operation == "power":
        return _power(a, b)
    if operation == "divide":
        return Fraction(a.value) / b.value  # two ints would give a float
    value: Exact = OPERATIONS[operation](a.value, b.value)
    return value


def _power(base: Operand, exponent: Operand) -> Exact:
    if not isinstance(exponent.value, int):
        raise WorkedError(
            f"{base.work} to the power {exponent.work} is not an exact number.",
            remedy="Use a whole exponent.",
        )
    if base.value == 0 and exponent.value < 0:
        raise WorkedError("0 to a negative power divides by 0.", remedy="Use an exponent of at least 0.")
    if power_too_long(base.value, exponent.value):
        raise WorkedError(
            f"{base.work} to the power {exponent.work} has more than {MOST_DIGITS:,} digits.",
            remedy="Use a smaller exponent, or compute with logarithms.",
        )
    return Fraction(base.value) ** exponent.value
