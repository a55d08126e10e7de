"""One checkable statement of a solution sheet, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

__all__ = ["CHARGED", "Charged", "Claim", "Stated"]

Stated = int | str | bool | None | list["Stated"]
"""What a claim can state, as YAML reads it. Floats are missing: YAML would drop their last zeros."""

Charged = Literal["sheet", "assignment", "scan"]

CHARGED: tuple[Charged, ...] = get_args(Charged)
"""Who can have made a slip: the sheet, the assignment that it answers, or the scan of the sheet."""


@dataclass(frozen=True)
class Claim:
    """One checkable statement of a solution sheet, as written; it holds no right answer.

    ``stated`` is an int or a quoted number for kind number, a (nested) list of them for shape, the formula
    as text for formula and rule, and true or a list of cases for step and conclusion. Where ``legible`` is
    false (the scan, not the solver, damaged it) it may also be damaged text or None. ``expression``
    transcribes a formula, or the working of a number. ``digits`` says how many significant digits an
    approximate number means.

    A claim of kind given restates the question; ``of`` is the kind by which it is compared with the
    question's data. ``restored`` says how a damaged statement was read, where the sheet itself or its
    arithmetic decides it. ``readings`` lists every possible reading where nothing decides: texts for a
    formula, else what ``stated`` may be. ``cause`` names the slip behind a statement that is not right, the
    same for all statements that it spoils, and ``charged`` who made it, if not the sheet.
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
    of: str = ""
    restored: bool | str = False
    readings: tuple[Stated, ...] = ()
    cause: str = ""
    charged: Charged | Literal[""] = ""

    @property
    def judged_as(self) -> str:
        """The kind whose rules compare the claim: its own, or for kind given the kind ``of``."""
        return self.of or self.kind

    @property
    def question(self) -> str:
        """The question that the id names, for example 'q3'."""
        return self.id.split("-")[1]
