"""One checkable statement of a solution sheet, as data."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Claim", "Stated"]

Stated = int | str | bool | None | list["Stated"]
"""What a claim can state, as YAML reads it. Floats are missing: YAML would drop their last zeros."""


@dataclass(frozen=True)
class Claim:
    """One checkable statement of a solution sheet, as written; it holds no right answer.

    ``stated`` is an int or a quoted number for kind number, a (nested) list of them for shape, the formula
    as text for formula and rule, and true or a list of cases for step and conclusion. Where ``legible`` is
    false (the scan, not the solver, damaged it) it may also be damaged text or None. ``expression``
    transcribes a formula, or the working of a number. ``digits`` says how many significant digits an
    approximate number means.
    """

    id: str
    sheet: str
    says: str
    stated: Stated
    kind: str
    expression: str = ""
    digits: int | None = None
    legible: bool = True
    note: str = ""

    @property
    def question(self) -> str:
        """The question that the id names, for example 'q3'."""
        return self.id.split("-")[1]
