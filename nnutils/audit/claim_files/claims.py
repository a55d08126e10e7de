"""What the solution sheets state, as data: ``chapters/<part>/claims.yml``, checked field by field."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nnutils.audit.claim_files.fields import FIELDS, REQUIRED, bad_field, check_fields, check_stated
from nnutils.audit.errors import MissingPackageError, located
from nnutils.audit.statements.claim import Claim
from nnutils.core.errors import ClaimError
from nnutils.core.messages import shown
from nnutils.core.places import book_folder
from nnutils.core.reading import file_text, is_listed, yaml_loader

if TYPE_CHECKING:
    import yaml

__all__ = [
    "check_part",
    "load_claims",
    "make_claim",
    "part_of_sheet",
    "parts_of",
    "sheets_of",
]

_SHEET = re.compile(r"\w+", re.ASCII)
_ID = re.compile(r"\w+-q\d{1,6}-[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_EXAMPLE = 'sheets: ["001", "002"], then claims: and under it each claim as \'- id: ...\''


def load_claims(part: str, root: Path | str | None = None) -> tuple[Claim, ...]:
    """Return the claims of a part, in the order of its file.

    ``root`` is the book's folder; by default the nearest one upwards that has ``chapters/``.

    Raises:
        ClaimError: for a part without claims.yml, broken YAML, a file that does not name its sheets, and
            every claim that ``make_claim`` refuses; the message names the file, the line, the id and the
            field.
        MissingPackageError: where PyYAML is not installed.
    """
    file = f"chapters/{part}/claims.yml"
    return _claims_in(file_text(_claims_file(part, root), file, ClaimError), file)


# An audit page reads one file for each question of its part, and it takes as long as the judging.
@lru_cache(maxsize=16)
def _claims_in(text: str, file: str) -> tuple[Claim, ...]:
    """Return the claims in the text of a claims.yml, which is called ``file`` in messages."""
    sheets, items = _read(text, file)
    claims: dict[str, Claim] = {}
    for line, fields in items:
        name = str(fields.get("id", "without id")) if isinstance(fields, dict) else "without id"
        with located(f"{file}, line {line}, claim {name}"):
            claim = make_claim(fields, sheets)
            if claim.id in claims:
                raise bad_field("id", f"The id {claim.id} is used twice.", "Give each statement its own id.")
        claims[claim.id] = claim
    return tuple(claims.values())


def parts_of(root: Path | str | None = None) -> tuple[str, ...]:
    """Return the parts of a book that have claims: the folders below ``chapters/`` with a claims.yml.

    Raises:
        ClaimError: for a claims.yml that is not in the folder of a part, where nothing would read it.
    """
    book = book_folder(root)
    # What only has this name, such as a link that leads nowhere, is listed too: reading it says what it is.
    found = sorted(
        Path(folder) / "claims.yml"
        for folder, folders, files in os.walk(book / "chapters")
        if "claims.yml" in (*folders, *files)
    )
    for path in found:
        if path.parent.parent != book / "chapters":
            raise ClaimError(
                f"{path.relative_to(book).as_posix()} is not in the folder of a part, so nothing reads it.",
                remedy="Move it to chapters/<part>/claims.yml.",
            )
    return tuple(path.parent.name for path in found)


def sheets_of(part: str, root: Path | str | None = None) -> tuple[str, ...]:
    """Return the sheets whose statements a part judges, as its claims.yml names them.

    Raises:
        ClaimError: for a part without claims.yml, and for a file that does not name its sheets.
        MissingPackageError: where PyYAML is not installed.
    """
    file = f"chapters/{part}/claims.yml"
    return _read(file_text(_claims_file(part, root), file, ClaimError), file)[0]


def part_of_sheet(sheet: str, root: Path | str | None = None) -> str:
    """Return the part that judges a sheet, or an empty string; a file that cannot be read names none."""
    for part in parts_of(root):
        try:
            if sheet in sheets_of(part, root):
                return part
        except ClaimError:
            continue
    return ""


def check_part(part: str, root: Path | str | None = None) -> None:
    """Refuse a part that has no claims.

    Raises:
        ClaimError: where there is no ``chapters/<part>/claims.yml``.
    """
    _claims_file(part, root)


def _claims_file(part: str, root: Path | str | None) -> Path:
    path = book_folder(root) / "chapters" / part / "claims.yml"
    if not is_listed(path):
        known = ", ".join(parts_of(root))
        raise ClaimError(
            f"There is no chapters/{part}/claims.yml.",
            remedy=f"The parts with claims are {known}." if known else "No part of this book has claims yet.",
        )
    return path


def make_claim(fields: object, sheets: tuple[str, ...]) -> Claim:
    """Return a claim, its fields checked; ``sheets`` are those that it may belong to.

    Raises:
        ClaimError: for an unknown or missing field, a field of the wrong type or with a value that is not
            allowed; the message names the field and says what is allowed.

    >>> fields = {"id": "001-q3-out", "sheet": "001", "says": "units", "stated": 1000, "kind": "number"}
    >>> make_claim(fields, ("000", "001")).question
    'q3'
    """
    if not isinstance(fields, dict):
        raise ClaimError("A claim is a mapping.", remedy=f"Its fields: {', '.join(FIELDS)}.")
    for field in fields:
        if field not in FIELDS:
            raise bad_field(field, "Unknown field.", f"The fields are {', '.join(FIELDS)}.")
    for field in REQUIRED:
        if field not in fields:
            raise bad_field(field, "Missing field.", f"Every claim has {', '.join(REQUIRED)}.")
    _check_identity(fields, sheets)
    check_fields(fields)
    readings = tuple(fields.get("readings", ()))
    claim = Claim(**{**fields, "readings": readings})
    check_stated(claim)
    return claim


def _check_identity(fields: Mapping[str, Any], sheets: tuple[str, ...]) -> None:
    """Check the id and the sheet, which each name the other."""
    claim_id, sheet = fields["id"], fields["sheet"]
    if not isinstance(claim_id, str) or not _ID.fullmatch(claim_id):
        raise bad_field(
            "id",
            f"{shown(claim_id)} is not an id.",
            "An id is <sheet>-q<question>-<slug>: 001-q3-conv1-units.",
        )
    if sheet not in sheets:
        allowed = ", ".join(f'"{name}"' for name in sheets)
        raise bad_field(
            "sheet", f"{shown(sheet)} is not a sheet of this part.", f"Allowed, quoted: {allowed}."
        )
    if not claim_id.startswith(f"{sheet}-"):
        raise bad_field("id", f"{claim_id} does not start with its sheet.", f"It starts with {sheet}-.")


def _read(text: str, file: str) -> tuple[tuple[str, ...], list[tuple[int, object]]]:
    """Return the sheets that a claims.yml names, and its claims, each with the line on which it starts."""
    try:
        import yaml  # here, so that the rest of the audit works where PyYAML is not installed
    except ImportError as error:
        raise MissingPackageError(
            "Reading claims.yml needs PyYAML, which is not installed.",
            where=file,
            remedy='Install it with the library: pip install "nnutils[audit]"',
        ) from error
    try:
        loader = yaml_loader(text)
        node = loader.get_single_node()
        top = node.value if isinstance(node, yaml.MappingNode) else []
        keys = [str(key.value) for key, _ in top]
        if sorted(keys) != ["claims", "sheets"]:
            raise ClaimError(
                f"The file has {', '.join(keys)[:200] or 'neither sheets nor claims'} at its top; "
                "it needs sheets and claims, once each.",
                where=file,
                remedy=f"Write {_EXAMPLE}.",
            )
        parts = {str(key.value): value for key, value in top}
        sheets = loader.construct_object(parts["sheets"], deep=True)
        items = parts["claims"].value or []  # nothing behind "claims:" is an empty list
        if items and not isinstance(parts["claims"], yaml.SequenceNode):
            raise ClaimError("The claims are not a list.", where=file, remedy=f"Write {_EXAMPLE}.")
        for item in items:
            if isinstance(item, yaml.MappingNode):
                _refuse_repeated_fields(item, file)
        claims = [(item.start_mark.line + 1, loader.construct_object(item, deep=True)) for item in items]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise ClaimError(
            f"The YAML cannot be read: {getattr(error, 'problem', None) or error}.",
            where=f"{file}{line}",
            remedy="Quote texts that hold ': ' or '#', and indent the fields of a claim alike.",
        ) from error
    return _checked_sheets(sheets, file), claims


def _checked_sheets(sheets: object, file: str) -> tuple[str, ...]:
    """Return the names of the sheets, or say which of them cannot begin an id."""
    named = sheets if isinstance(sheets, list) else []
    bad = [name for name in named if not isinstance(name, str) or not _SHEET.fullmatch(name)]
    if not named or bad or len(set(named)) < len(named):
        raise ClaimError(
            f"{shown((bad or [sheets])[0])} does not name the sheets of this part."
            if not named or bad
            else "A sheet is named twice.",
            where=f"{file}, field sheets",
            remedy='Write a list of different quoted names of letters, digits and _: sheets: ["001", "002"].',
        )
    return tuple(named)


def _refuse_repeated_fields(item: yaml.MappingNode, file: str) -> None:
    """Refuse a claim with a field given twice: PyYAML would silently keep the last one."""
    seen = set()
    for key, _ in item.value:
        if str(key.value) in seen:
            raise ClaimError(
                f"The field {key.value} is given twice.",
                where=f"{file}, line {key.start_mark.line + 1}",
                remedy="Keep one of the two.",
            )
        seen.add(str(key.value))
