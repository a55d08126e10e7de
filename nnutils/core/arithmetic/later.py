"""Numbers that are known at once, and whose derivation is made when somebody asks how they were made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from nnutils.core.errors import WorkedError

__all__ = ["Later"]

_DERIVED = ("operation", "arguments", "leaves")


class Later:
    """The parent of ``Worked`` that fills in the fields of a derivation when the first of them is read.

    Such a number has a value and a function that makes the number again, worked. Its other fields are slots
    that are still empty. Python asks ``__getattr__`` for nothing else, so a number that has them is as quick.
    """

    __slots__ = ("_derive",)

    def not_derived_yet(self) -> Callable[[], Any] | None:
        """Return the function that makes the derivation, or None where there is one already."""
        try:
            derive: Callable[[], Any] | None = object.__getattribute__(self, "_derive")
        except AttributeError:
            return None
        return derive

    if not TYPE_CHECKING:  # a type checker would let any name pass

        def __getattr__(self, field: str) -> object:
            """Make the derivation, and return the field of it."""
            if field in _DERIVED or field == "name":
                derive = self.not_derived_yet()
                if derive is not None:
                    self._take_over(derive())
                return object.__getattribute__(self, field)  # of another thread's, where that was first
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {field!r}")

    def _take_over(self, made: Any) -> None:
        """Copy the derivation of the same number; a name that was given stays."""
        if made.value != self.value:  # type: ignore[attr-defined]
            raise WorkedError(
                f"A number that was counted as {self.value!r} was derived as {made.value!r}.",  # type: ignore[attr-defined]
                remedy="Let the function that derives it make the same number.",
            )
        for field in _DERIVED:
            object.__setattr__(self, field, getattr(made, field))
        try:
            object.__getattribute__(self, "name")
        except AttributeError:
            object.__setattr__(self, "name", made.name)
        object.__setattr__(self, "_derive", None)
