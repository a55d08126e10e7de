"""The collected audit: the verdicts stored in the notebooks, counted, and compared with the claims."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nnutils.audit.claim import Claim
from nnutils.audit.claims import book_folder, check_part, load_claims, parts_of
from nnutils.audit.table import VerdictTable, count_verdicts, select
from nnutils.audit.verdict import MIME, SYMBOLS, Verdict
from nnutils.core.errors import ClaimError
from nnutils.core.tables import Table

__all__ = [
    "Problem",
    "StoredAudit",
    "Summary",
    "collect",
    "problems",
    "read_notebooks",
    "summary",
]


@dataclass(frozen=True)
class StoredAudit:
    """What one notebook's stored output says: the name that the audit gave itself, and its verdicts."""

    path: str
    notebook: str
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True)
class Problem:
    """Something that keeps the audit from being complete: its kind, what it is about, and the details."""

    kind: str
    about: str
    details: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.about} ({self.details})"


@dataclass(frozen=True, repr=False)
class Summary:
    """Every verdict that is stored, and the counts by sheet; renders as a table of sheets and verdicts."""

    verdicts: tuple[Verdict, ...]

    @property
    def claims(self) -> int:
        """How many claims have a verdict."""
        return len(self.verdicts)

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """The counts by sheet and verdict, as Python ints: ``counts["001"]["wrong"]``."""
        sheets = sorted({verdict.sheet for verdict in self.verdicts})
        return {sheet: count_verdicts(v for v in self.verdicts if v.sheet == sheet) for sheet in sheets}

    @property
    def total(self) -> dict[str, int]:
        """The counts by verdict, over all sheets."""
        return count_verdicts(self.verdicts)

    def table(self, only: str | Sequence[str] | None = None, sheet: str | None = None) -> VerdictTable:
        """Return the verdicts themselves, grouped by sheet; only some verdicts, or one sheet, where named."""
        return VerdictTable(select(self.verdicts, only, sheet))

    @property
    def overview(self) -> Table:
        """The table of counts: a row for each verdict, a column for each sheet."""
        columns = [*self.counts.values(), self.total]
        rows: list[tuple[str | int, ...]] = [
            (f"{symbol} {name}", *(counts[name] for counts in columns)) for name, symbol in SYMBOLS.items()
        ]
        rows.append(("claims", *(sum(counts.values()) for counts in columns)))
        return Table(("sheet", *self.counts, "total"), rows, last_is_total=bool(self.verdicts))

    def __str__(self) -> str:
        return str(self.overview)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self.overview._repr_html_()


def summary(root: Path | str | None = None, part: str | None = None) -> Summary:
    """Sum up the verdicts stored in the notebooks of the book, or of one part.

    They are sorted by sheet and question, and within a question they keep the order of claims.yml.

    Raises:
        ClaimError: for an unknown part, and for stored verdicts that cannot be read.
    """
    verdicts = [verdict for stored in read_notebooks(root, part) for verdict in stored.verdicts]
    return Summary(tuple(sorted(verdicts, key=lambda v: (v.sheet, int(v.question.lstrip("q"))))))


def collect(root: Path | str | None = None, part: str | None = None) -> list[dict[str, Any]]:
    """Return all stored verdicts, sorted: ``{id, sheet, question, says, stated, computed, verdict, why}``.

    Raises:
        ClaimError: for an unknown part, and for stored verdicts that cannot be read.
    """
    return [verdict.as_dict() for verdict in summary(root, part).verdicts]


def read_notebooks(root: Path | str | None = None, part: str | None = None) -> list[StoredAudit]:
    """Return the verdicts stored in each notebook below ``chapters/`` that has any, sorted by path.

    A notebook that shows its audit more than once counts with its last output.

    Raises:
        ClaimError: for an unknown part, a file that is not a notebook, and verdicts that cannot be read.
    """
    book = book_folder(root)
    if part is not None:
        check_part(part, book)
    found = []
    for path in sorted((book / "chapters" / (part or "")).rglob("*.ipynb")):
        if ".ipynb_checkpoints" in path.parts:  # copies that Jupyter keeps
            continue
        name = path.relative_to(book).as_posix()
        try:
            bundles = _stored_bundles(json.loads(path.read_text(encoding="utf-8")))
            if bundles:
                verdicts = tuple(Verdict.from_dict(fields) for fields in bundles[-1]["verdicts"])
                found.append(StoredAudit(name, str(bundles[-1]["notebook"]), verdicts))
        except (KeyError, TypeError, ValueError) as error:  # a ClaimError is a ValueError
            reason = error.problem.removesuffix(".") if isinstance(error, ClaimError) else repr(error)
            raise ClaimError(
                f"The verdicts stored in {name} cannot be read: {reason}.", remedy="Run the notebook again."
            ) from error
    return found


def problems(root: Path | str | None = None, part: str | None = None) -> list[Problem]:
    """Compare the stored verdicts of the book, or of one part, with its claims; [] is a complete audit.

    The kinds: "bad claims" (a claims.yml that cannot be read), "never judged", "judged twice", "unknown id"
    (judged, but not in the file), "stale" (the statement was changed after it was judged), "wrong notebook"
    (an audit under another notebook's name), "unknown part" (claims of a part that _toc.yml does not have).

    Raises:
        ClaimError: for an unknown part, and for stored verdicts that cannot be read.
        MissingPackageError: where PyYAML is not installed.
    """
    book = book_folder(root)
    stored_audits = read_notebooks(book, part)
    claims, found = _claims_of_book(book, part)
    judged: dict[str, list[tuple[str, Verdict]]] = defaultdict(list)
    for stored in stored_audits:
        if stored.path != f"chapters/{stored.notebook}.ipynb":
            found.append(Problem("wrong notebook", stored.path, f"its audit is named {stored.notebook}"))
        for verdict in stored.verdicts:
            judged[verdict.id].append((stored.path, verdict))
    found += [
        Problem("never judged", name, claim.says) for name, claim in claims.items() if name not in judged
    ]
    for name, places in judged.items():
        paths = " and ".join(path for path, _ in places)
        if len(places) > 1:
            found.append(Problem("judged twice", name, f"in {paths}"))
        if name not in claims:
            found.append(Problem("unknown id", name, f"judged in {paths}, but not in any claims.yml"))
        else:
            found += [p for path, verdict in places if (p := _stale(verdict, claims[name], path))]
    return found


def _claims_of_book(book: Path, part: str | None) -> tuple[dict[str, Claim], list[Problem]]:
    """Return the claims by id, and a problem for each file that cannot be read."""
    claims: dict[str, Claim] = {}
    found: list[Problem] = []
    contents = book / "_toc.yml"
    listed = contents.read_text(encoding="utf-8") if contents.is_file() else None
    for name in parts_of(book) if part is None else [part]:
        file = f"chapters/{name}/claims.yml"
        if listed is not None and f"chapters/{name}/" not in listed:
            found.append(Problem("unknown part", file, "_toc.yml has no page of this part"))
        try:
            claims |= {claim.id: claim for claim in load_claims(name, book)}
        except ClaimError as error:
            found.append(Problem("bad claims", file, " ".join(str(error).split())))
    return claims, found


def _stored_bundles(notebook: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return what the audits of a notebook have stored, in the order of its outputs."""
    outputs = (output for cell in notebook["cells"] for output in cell.get("outputs", []))
    return [output["data"][MIME] for output in outputs if MIME in output.get("data", {})]


def _stale(verdict: Verdict, claim: Claim, path: str) -> Problem | None:
    """Return a problem if the statement is not the one that was judged."""
    stored, now = (verdict.stated, verdict.says, verdict.sheet), (claim.stated, claim.says, claim.sheet)
    if stored == now:
        return None
    return Problem(
        "stale", claim.id, f"{path} judged {stored[0]!r}, claims.yml now says {now[0]!r}: run it again"
    )
