"""The kinds of claims: what each may state, which arguments of a check it reads, and how it is judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nnutils.audit.case import Case
from nnutils.audit.kinds import formula, number, shape, step
from nnutils.audit.statements.claim import Claim
from nnutils.audit.verdict import Found

__all__ = ["ARGUMENTS", "KINDS", "Kind"]

ARGUMENTS = ("conventions", "slips", "missing", "given", "samples", "derivation", "among")
"""The arguments of a check that not every kind reads."""


@dataclass(frozen=True)
class Kind:
    """What is particular to one kind of claim.

    ``check_stated`` refuses a statement that this kind cannot make; ``judge`` compares it with what a check
    brings. ``fields`` are the fields of claims.yml that other kinds do not have. ``arguments`` are those
    of ``ARGUMENTS`` that ``judge`` reads. ``is_formula`` says that the statement is written as LaTeX and
    needs an expression that can be evaluated; ``has_readings`` that a damaged one can be read in several
    ways.
    """

    check_stated: Callable[[Claim], None]
    judge: Callable[[Claim, Case], Found]
    fields: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    is_formula: bool = False
    has_readings: bool = True


_FORMULA = Kind(formula.check_stated, formula.judge, ("expression",), ARGUMENTS[:5], is_formula=True)
_STEP = Kind(step.check_stated, step.judge, (), ("conventions", "missing"), has_readings=False)

KINDS: Mapping[str, Kind] = {
    "number": Kind(
        number.check_stated,
        number.judge,
        fields=("expression", "digits"),
        arguments=("conventions", "slips", "missing", "given", "derivation", "among"),
    ),
    "shape": Kind(
        shape.check_stated, shape.judge, arguments=("conventions", "slips", "given", "derivation", "among")
    ),
    # A rule is a formula for a derivative, and a conclusion the last step of an argument: the tables and
    # counts tell them apart, the judge does not.
    "formula": _FORMULA,
    "rule": _FORMULA,
    "step": _STEP,
    "conclusion": _STEP,
}
"""Every kind of claim by its name, in the order in which errors list them."""
