"""The operators of an exact number: with exact numbers they give one again, with a float a plain float."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Self, overload

from nnutils.core.numerals import Exact

__all__ = ["Arithmetic"]


class Arithmetic(ABC):
    """The parent of ``Worked``: each operator on either side, handed to one method under its name."""

    __slots__ = ()

    @classmethod
    @abstractmethod
    def combine(cls, operation: str, left: object, right: object) -> Self | float:
        """Carry out one of the ``OPERATIONS`` of ``nnutils.core.derivation``."""

    @overload
    def __add__(self, other: Self | Exact) -> Self: ...
    @overload
    def __add__(self, other: float) -> float: ...
    def __add__(self, other: object) -> Self | float:
        return self.combine("add", self, other)

    @overload
    def __radd__(self, other: Self | Exact) -> Self: ...
    @overload
    def __radd__(self, other: float) -> float: ...
    def __radd__(self, other: object) -> Self | float:
        return self.combine("add", other, self)

    @overload
    def __sub__(self, other: Self | Exact) -> Self: ...
    @overload
    def __sub__(self, other: float) -> float: ...
    def __sub__(self, other: object) -> Self | float:
        return self.combine("subtract", self, other)

    @overload
    def __rsub__(self, other: Self | Exact) -> Self: ...
    @overload
    def __rsub__(self, other: float) -> float: ...
    def __rsub__(self, other: object) -> Self | float:
        return self.combine("subtract", other, self)

    @overload
    def __mul__(self, other: Self | Exact) -> Self: ...
    @overload
    def __mul__(self, other: float) -> float: ...
    def __mul__(self, other: object) -> Self | float:
        return self.combine("multiply", self, other)

    @overload
    def __rmul__(self, other: Self | Exact) -> Self: ...
    @overload
    def __rmul__(self, other: float) -> float: ...
    def __rmul__(self, other: object) -> Self | float:
        return self.combine("multiply", other, self)

    @overload
    def __truediv__(self, other: Self | Exact) -> Self: ...
    @overload
    def __truediv__(self, other: float) -> float: ...
    def __truediv__(self, other: object) -> Self | float:
        return self.combine("divide", self, other)

    @overload
    def __rtruediv__(self, other: Self | Exact) -> Self: ...
    @overload
    def __rtruediv__(self, other: float) -> float: ...
    def __rtruediv__(self, other: object) -> Self | float:
        return self.combine("divide", other, self)

    @overload
    def __floordiv__(self, other: Self | Exact) -> Self: ...
    @overload
    def __floordiv__(self, other: float) -> float: ...
    def __floordiv__(self, other: object) -> Self | float:
        return self.combine("floor_divide", self, other)

    @overload
    def __rfloordiv__(self, other: Self | Exact) -> Self: ...
    @overload
    def __rfloordiv__(self, other: float) -> float: ...
    def __rfloordiv__(self, other: object) -> Self | float:
        return self.combine("floor_divide", other, self)

    @overload
    def __mod__(self, other: Self | Exact) -> Self: ...
    @overload
    def __mod__(self, other: float) -> float: ...
    def __mod__(self, other: object) -> Self | float:
        return self.combine("remainder", self, other)

    @overload
    def __rmod__(self, other: Self | Exact) -> Self: ...
    @overload
    def __rmod__(self, other: float) -> float: ...
    def __rmod__(self, other: object) -> Self | float:
        return self.combine("remainder", other, self)

    @overload
    def __pow__(self, other: Self | Exact) -> Self: ...
    @overload
    def __pow__(self, other: float) -> float: ...
    def __pow__(self, other: object) -> Self | float:
        return self.combine("power", self, other)

    @overload
    def __rpow__(self, other: Self | Exact) -> Self: ...
    @overload
    def __rpow__(self, other: float) -> float: ...
    def __rpow__(self, other: object) -> Self | float:
        return self.combine("power", other, self)
