"""What the solution sheets state, as data: ``chapters/<part>/claims.yml``, checked field by field."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from nnutils.audit.expressions import parse
from nnutils.audit.precision import parse_written
from nnutils.core.errors import ClaimError

__all__ = [
    "Claim",
    "FORMULAS",
    "KINDS",
    "PARTS",
    "Plain",
    "STEPS",
    "find_root",
    "load_claims",
    "make_claim",
    "sheets_of",
]

PARTS: Mapping[str, tuple[str, ...]] = {
    "sorting_backprop_alexnet": ("000", "001"),
    "foundations": ("002",),
    "sizing_networks": ("003",),
    "stacked_convolutions": ("004",),
}
"""The parts of the book, and the solution sheets that each of them audits."""

KINDS = ("number", "shape", "formula", "rule", "step", "conclusion")
FORMULAS = ("formula", "rule")
STEPS = ("step", "conclusion")

_FIELDS = ("id", "sheet", "says", "stated", "kind", "expression", "digits", "legible", "note")
_REQUIRED = ("id", "sheet", "says", "stated", "kind")
_ID = re.compile(r"(?P<sheet>\d{3})-(?P<question>q\d+)-[a-z0-9]+(-[a-z0-9]+)*")

Plain = int | str | bool | None | list["Plain"]


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
    stated: Plain
    kind: str
    expression: str = ""
    digits: int | None = None
    legible: bool = True
    note: str = ""

    @property
    def question(self) -> str:
        """The question that the id names, for example 'q3'."""
        return self.id.split("-")[1]


def load_claims(part: str, root: Path | str | None = None) -> tuple[Claim, ...]:
    """Read the claims of a part, in the order of the file.

    Raises:
        ClaimError: for a part that the book does not have, a missing file, broken YAML, and every claim that
            ``make_claim`` refuses; the message names the file, the line, the id and the field.
    """
    sheets = sheets_of(part)
    path = (find_root() if root is None else Path(root)) / "chapters" / part / "claims.yml"
    file = f"chapters/{part}/claims.yml"
    if not path.is_file():
        raise ClaimError(
            f"There is no {file}.", remedy="Write the claims of this part's sheets there, as a YAML list."
        )
    claims: dict[str, Claim] = {}
    for line, fields in _items(path.read_text(encoding="utf-8"), file):
        claim = make_claim(fields, sheets, where=f"{file}, line {line}, claim {_name(fields)}")
        if claim.id in claims:
            raise ClaimError(
                f"The id {claim.id} is used twice.",
                where=f"{file}, line {line}, claim {claim.id}, field id",
                remedy="Give each statement its own id.",
            )
        claims[claim.id] = claim
    return tuple(claims.values())


def sheets_of(part: str) -> tuple[str, ...]:
    """Return the sheets that a part audits.

    Raises:
        ClaimError: for a part that the book does not have.
    """
    if part not in PARTS:
        raise ClaimError(f"The book has no part {part!r}.", remedy=f"The parts are {', '.join(PARTS)}.")
    return PARTS[part]


def find_root(start: Path | None = None) -> Path:
    """Return the book's folder: the nearest with ``chapters/``, upwards from ``start`` or from here.

    Raises:
        ClaimError: where there is none.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents, Path(__file__).resolve().parents[2]):
        if (folder / "chapters").is_dir():
            return folder
    raise ClaimError(
        "No folder 'chapters' here or in any folder above.",
        remedy="Run from inside the book, or name its root.",
    )


def make_claim(fields: object, sheets: tuple[str, ...], *, where: str = "") -> Claim:
    """Check the fields of one claim and return it.

    Raises:
        ClaimError: for an unknown or missing field, a field of the wrong type or with a value that is not
            allowed; the message names the field and says what is allowed.

    >>> fields = {"id": "001-q3-out", "sheet": "001", "says": "units", "stated": 1000, "kind": "number"}
    >>> make_claim(fields, ("000", "001")).question
    'q3'
    """
    if not isinstance(fields, dict):
        raise ClaimError("A claim is a mapping.", where=where, remedy=f"Its fields: {', '.join(_FIELDS)}.")
    if first := next(_problems(fields, sheets), None):
        field, problem, allowed = first
        raise ClaimError(
            problem, where=f"{where}, field {field}" if where else f"field {field}", remedy=allowed
        )
    return Claim(**fields)


def _problems(fields: Mapping[str, Any], sheets: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Yield field, problem and what is allowed; later ones may only follow from the first."""
    for field in fields:
        if field not in _FIELDS:
            yield str(field), "Unknown field.", f"The fields are {', '.join(_FIELDS)}."
    for field in _REQUIRED:
        if field not in fields:
            yield field, "Missing field.", f"Every claim has {', '.join(_REQUIRED)}."
    claim_id, sheet, kind, legible = (
        fields["id"],
        fields["sheet"],
        fields["kind"],
        fields.get("legible", True),
    )
    if not isinstance(claim_id, str) or not _ID.fullmatch(claim_id):
        yield "id", f"{claim_id!r} is no id.", "An id is <sheet>-q<question>-<slug>: 001-q3-conv1-units."
    if sheet not in sheets:
        allowed = ", ".join(f'"{name}"' for name in sheets)
        yield "sheet", f"{sheet!r} is no sheet of this part.", f"Allowed, quoted: {allowed}."
    if not claim_id.startswith(f"{sheet}-"):
        yield "id", f"{claim_id} does not start with its sheet.", f"It starts with {sheet}-."
    if kind not in KINDS:
        yield "kind", f"{kind!r} is no kind.", f"The kinds are {', '.join(KINDS)}."
    for field in ("says", "note", "expression"):
        text = fields.get(field, "left out")
        if not isinstance(text, str) or not text.strip():
            yield field, f"{text!r} is no text.", "Write a quoted string."
    if not isinstance(legible, bool):
        yield "legible", f"{legible!r} is no truth value.", "Allowed: true, false."
    if "digits" in fields:
        digits = fields["digits"]
        if kind != "number":
            yield "digits", f"A {kind} has no significant digits.", "Only a number has them."
        if not isinstance(digits, int) or isinstance(digits, bool) or digits < 1:
            yield "digits", f"{digits!r} is no number of digits.", "Allowed: 1, 2, 3, ..."
    if "expression" in fields:
        if kind not in ("number", *FORMULAS):
            yield "expression", f"A {kind} has none.", "Only number, formula and rule have one."
        try:
            parse(fields["expression"])
        except ClaimError as error:
            yield "expression", error.problem, error.remedy
    elif kind in FORMULAS and legible:
        yield "expression", "Missing field.", f"A {kind} is judged by evaluating it: transcribe it to Python."
    problem, allowed = _stated_problem(Claim(**fields))
    if problem:
        yield "stated", problem, allowed


def _stated_problem(claim: Claim) -> tuple[str, str]:
    """Say what is wrong with ``stated`` and what is allowed; two empty texts where nothing is."""
    stated, kind = claim.stated, claim.kind
    if stated is None:
        return (
            ("", "")
            if not claim.legible
            else ("Nothing is stated.", "null is allowed only with legible: false.")
        )
    if not claim.legible and (isinstance(stated, str) or (kind == "shape" and isinstance(stated, list))):
        return "", ""
    if kind == "number":
        return _number_problem(stated, claim.digits)
    if kind == "shape":
        return _list_problem(stated)
    if kind in FORMULAS:
        text = isinstance(stated, str) and stated.strip()
        return (
            ("", "")
            if text
            else (f"{stated!r} is no text.", "Allowed: the formula as written, as a quoted string.")
        )
    if stated is True:
        return "", ""
    cases = stated if isinstance(stated, list) else []
    distinct = {" ".join(case.split()) for case in cases if isinstance(case, str) and case.strip()}
    if cases and len(distinct) == len(cases):
        return "", ""
    return (
        f"{stated!r} is no statement.",
        "Allowed: true, or a list of different cases, each a quoted string.",
    )


def _number_problem(stated: object, digits: int | None = None) -> tuple[str, str]:
    allowed = (
        'Allowed: an int, or a quoted string that keeps the digits, such as "1.7160", "10,542,972", "-1/81".'
    )
    if isinstance(stated, float):
        return f"{stated!r} is unquoted, so that YAML drops its last zeros.", allowed
    if isinstance(stated, bool) or not isinstance(stated, int | str):
        return f"{stated!r} is no number.", allowed
    try:
        parse_written(stated, digits)
    except ValueError as error:
        return f"{error}.", allowed
    return "", ""


def _list_problem(stated: object) -> tuple[str, str]:
    if not isinstance(stated, list) or not stated:
        return f"{stated!r} is no list.", "Allowed: a list of numbers, or of rows of numbers: [98, 98, 5]."
    if any(isinstance(entry, list) for entry in stated):
        lengths = {len(row) if isinstance(row, list) else -1 for row in stated}
        if len(lengths) > 1:
            return f"{stated!r} has rows of different lengths.", "Allowed: a list of rows of one length."
        return next((problem for row in stated if (problem := _list_problem(row))[0]), ("", ""))
    return next((problem for entry in stated if (problem := _number_problem(entry))[0]), ("", ""))


def _items(text: str, file: str) -> list[tuple[int, object]]:
    """Return the items of a YAML list, each with the line on which it starts."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise ClaimError(
                "The file is not a list of claims.", where=file, remedy="Start each claim with '- id: ...'."
            )
        return [(item.start_mark.line + 1, loader.construct_object(item, deep=True)) for item in node.value]
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise ClaimError(f"The YAML cannot be read: {error.problem}.", where=f"{file}{line}") from error
    finally:
        loader.dispose()


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader, except that a field given twice is an error instead of the last one winning."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        seen: set[str] = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"field {key.value} is given twice", key.start_mark
                )
            seen.add(str(key.value))
        return super().construct_mapping(node, deep=deep)


def _name(fields: object) -> str:
    return str(fields.get("id", "without id")) if isinstance(fields, dict) else "without id"
