"""The fields of a claim beside its statement: which kinds have them, and what they may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from nnutils.audit.errors import located
from nnutils.audit.kinds import KINDS
from nnutils.audit.statements.claim import CHARGED, Claim
from nnutils.audit.statements.expressions import parse
from nnutils.core.errors import ClaimError
from nnutils.core.messages import shown

__all__ = ["FIELDS", "GIVEN", "REQUIRED", "bad_field", "check_fields", "check_stated"]

GIVEN = "given"
"""The kind of a claim that restates the question; its field ``of`` names the kind that compares it."""

REQUIRED = ("id", "sheet", "says", "stated", "kind")
_OPTIONAL = ("of", "expression", "digits", "legible", "restored", "readings", "cause", "charged", "note")
FIELDS = (*REQUIRED, *_OPTIONAL)
"""Every field of claims.yml."""


def bad_field(field: object, problem: str, remedy: str) -> ClaimError:
    """Return the error for one field."""
    return ClaimError(problem, where=f"field {field}", remedy=remedy)


def check_fields(fields: Mapping[str, Any]) -> None:
    """Check every field but the id, the sheet and the statement itself.

    Raises:
        ClaimError: for a field of the wrong type, with a value that is not allowed, or of another kind.
    """
    for field in ("says", "note", "expression", "cause"):
        if field in fields and not (isinstance(fields[field], str) and fields[field].strip()):
            raise bad_field(field, f"{shown(fields[field])} is not text.", "Write a quoted string.")
    legible = fields.get("legible", True)
    if not isinstance(legible, bool):
        raise bad_field("legible", f"{shown(legible)} is neither true nor false.", "Allowed: true, false.")
    _check_kind(fields)
    _check_own_fields(fields, fields.get("of", fields["kind"]))
    if "charged" in fields and fields["charged"] not in CHARGED:
        raise bad_field(
            "charged", f"{shown(fields['charged'])} made no slip.", f"Allowed: {', '.join(CHARGED)}."
        )
    restored = fields.get("restored", False)
    if not (isinstance(restored, bool) or (isinstance(restored, str) and restored.strip())):
        raise bad_field(
            "restored", f"{shown(restored)} is not text.", "Write true, or how the statement is read."
        )


def check_stated(claim: Claim) -> None:
    """Check the statement by its kind, and every reading of it.

    Raises:
        ClaimError: for a statement that the kind cannot make.
    """
    kind = KINDS[claim.judged_as]
    for reading in claim.readings:
        with located("field readings"):
            if kind.is_formula:
                parse(str(reading))
            else:
                kind.check_stated(replace(claim, stated=reading, legible=True))
    if claim.stated is None:
        if claim.legible:
            raise bad_field("stated", "Nothing is stated.", "null is allowed only with legible: false.")
        return
    if not claim.legible and isinstance(claim.stated, str):
        return  # what the scan has left, whatever it looks like
    kind.check_stated(claim)


def _check_kind(fields: Mapping[str, Any]) -> None:
    kind, of = fields["kind"], fields.get("of")
    if not isinstance(kind, str) or kind not in (*KINDS, GIVEN):
        kinds = ", ".join((*KINDS, GIVEN))
        raise bad_field("kind", f"{shown(kind)} is not a kind.", f"The kinds are {kinds}.")
    if (kind == GIVEN) != ("of" in fields):
        raise bad_field(
            "of",
            "Missing field." if kind == GIVEN else f"A claim of kind {kind} does not have of.",
            "A claim of kind given, and no other, names the kind that compares it, such as of: number.",
        )
    if "of" in fields and (not isinstance(of, str) or of not in KINDS):
        raise bad_field("of", f"{shown(of)} is not a kind.", f"The kinds are {', '.join(KINDS)}.")


def _check_own_fields(fields: Mapping[str, Any], name: str) -> None:
    """Check the fields that only some kinds have: ``expression``, ``digits`` and ``readings``."""
    kind = KINDS[name]
    for field in ("expression", "digits"):
        if field in fields and field not in kind.fields:
            having = ", ".join(other for other in KINDS if field in KINDS[other].fields)
            raise bad_field(
                field, f"A claim of kind {name} does not have {field}.", f"Kinds that do: {having}."
            )
    if "digits" in fields:
        digits = fields["digits"]
        if not isinstance(digits, int) or isinstance(digits, bool) or digits < 1:
            raise bad_field("digits", f"{shown(digits)} is not a number of digits.", "Allowed: 1, 2, 3, ...")
    if "readings" in fields:
        _check_readings(fields, name)
    if "expression" in fields:
        try:
            parse(fields["expression"])
        except ClaimError as error:
            raise bad_field("expression", error.problem, error.remedy) from error
    elif kind.is_formula and fields.get("legible", True):
        raise bad_field(
            "expression",
            "Missing field.",
            f"A claim of kind {name} is judged by evaluating it: write it as a Python expression.",
        )


def _check_readings(fields: Mapping[str, Any], name: str) -> None:
    readings = fields["readings"]
    if fields.get("legible", True) or "restored" in fields:
        raise bad_field(
            "readings",
            "Only a statement that nothing restores has readings.",
            "Write legible: false and leave restored out, or leave readings out.",
        )
    if not KINDS[name].has_readings or "expression" in fields:
        having = ", ".join(kind for kind in KINDS if KINDS[kind].has_readings)
        raise bad_field(
            "readings",
            f"A claim of kind {name} with an expression has no readings."
            if "expression" in fields
            else f"A claim of kind {name} has no readings.",
            f"Kinds that do, without an expression beside them: {having}.",
        )
    if not isinstance(readings, list) or len({str(reading) for reading in readings}) < max(len(readings), 2):
        raise bad_field(
            "readings",
            f"{shown(readings)} is not a choice.",
            "Write a list of two different readings, or more.",
        )
