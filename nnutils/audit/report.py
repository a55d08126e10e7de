"""The collected audit: the verdicts of all audit files, counted, and compared with the claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nnutils.audit.causes import CauseList, RootCause, root_causes
from nnutils.audit.claim_files.claims import check_part, load_claims, parts_of
from nnutils.audit.explanations import Explanations, explanations_of
from nnutils.audit.files import load_audit
from nnutils.audit.listing.rows import StatementList
from nnutils.audit.statements.claim import Claim
from nnutils.audit.table import VerdictTable, count_verdicts, score_text, select
from nnutils.audit.verdict import SYMBOLS, Verdict
from nnutils.core.errors import BookError, ClaimError
from nnutils.core.numerals import set_signs
from nnutils.core.places import book_folder, question_files
from nnutils.core.reading import file_text, is_listed
from nnutils.core.tables import Table

__all__ = ["Problem", "Summary", "collect", "summary"]


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
    """Every verdict, and the counts by sheet; renders as a table of sheets and verdicts.

    ``problems`` says what keeps the audit from being complete; where it is empty, every claim has its
    verdict.
    """

    verdicts: tuple[Verdict, ...]
    problems: tuple[Problem, ...] = ()

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

    def table(
        self,
        only: str | Sequence[str] | None = None,
        sheet: str | None = None,
        question: str | None = None,
    ) -> VerdictTable:
        """Return the verdicts, by sheet; only some verdicts, one sheet or one question where named."""
        return VerdictTable(select(self.verdicts, only, sheet, question))

    def question(self, name: str) -> StatementList:
        """Return the statements on one question, such as 'q3', as an audit page lists them.

        Raises:
            ClaimError: for a question that no statement is about.
        """
        found = select(self.verdicts, question=name)
        if not found:
            raise ClaimError(
                f"No statement is about question {name!r}.",
                remedy=f"There are statements about {', '.join(self._questions) or 'no question'}.",
            )
        return StatementList(found)

    @property
    def _questions(self) -> list[str]:
        return sorted({v.question for v in self.verdicts}, key=lambda name: int(name.lstrip("q")))

    @property
    def disputed(self) -> VerdictTable:
        """The table of the verdicts on what is not right: all but confirmed and given."""
        return VerdictTable(tuple(v for v in self.verdicts if not v.is_right))

    @property
    def statements(self) -> int:
        """How many claims are statements of a solution: all but those that restate the question."""
        return self.claims - self.total["given"]

    @property
    def restored(self) -> int:
        """How many statements were read through the damage of a scan."""
        return sum(bool(verdict.restored) for verdict in self.verdicts)

    @property
    def score(self) -> str:
        """The verdicts in words, as ``Audit.score`` gives them for one question."""
        return score_text(self.total["confirmed"], self.statements, self.total["given"])

    def roots(self, only: str | Sequence[str] | None = None) -> tuple[RootCause, ...]:
        """Return the root causes of the disputed statements, or of those with some verdicts only."""
        return root_causes(select(self.verdicts, only))

    @property
    def causes(self) -> CauseList:
        """The root causes that somebody is charged with, and the statements that each one spoils."""
        return CauseList(tuple(cause for cause in self.roots() if cause.charged))

    @property
    def explanations(self) -> Explanations:
        """The wrong numbers, each with the slips that a search finds; says which share is explained."""
        return explanations_of(self.verdicts)

    @property
    def overview(self) -> Table:
        """The table of counts: a row for each verdict, a column for each sheet; given stands last, apart."""
        columns = [*self.counts.values(), self.total]
        rows: list[tuple[str | int, ...]] = [
            (f"{symbol} {name}", *(counts[name] for counts in columns)) for name, symbol in SYMBOLS.items()
        ]
        rows.append(("claims", *(sum(counts.values()) for counts in columns)))
        return Table(("sheet", *self.counts, "total"), rows, last_is_total=bool(self.verdicts))

    @property
    def _restored_line(self) -> str:
        return f"Restored from a damaged scan: {self.restored}." if self.restored else ""

    @property
    def _explained_line(self) -> str:
        return self.explanations.sentence if len(self.explanations) else ""

    def __str__(self) -> str:
        lines = (str(self.overview), self._restored_line, self._explained_line)
        return "\n".join(filter(None, lines))

    __repr__ = __str__

    def _repr_html_(self) -> str:
        lines = (self._restored_line, self._explained_line)
        return self.overview._repr_html_() + "".join(f"<p>{set_signs(line)}</p>" for line in lines if line)


def summary(root: Path | str | None = None, part: str | None = None) -> Summary:
    """Run the audit files of the book, or of one part, and sum up their verdicts.

    The verdicts are sorted by sheet and question; within a question they keep the order of claims.yml. The
    kinds of problems: "bad claims" (a claims.yml that cannot be read), "unknown part" (claims of a part that
    _toc.yml does not have), "broken audit" (an audit file that fails), "never judged".

    Raises:
        BookError: where there is no book, and for a _toc.yml that cannot be read.
        ClaimError: for an unknown part.
        MissingPackageError: where PyYAML is not installed.
    """
    book = book_folder(root)
    if part is not None:
        check_part(part, book)
    claims, found = _claims_of_book(book, part)
    verdicts: list[Verdict] = []
    for path in question_files("audits", book, part):
        try:
            verdicts += load_audit(f"{path.parents[1].name}/{path.stem}", book).verdicts
        except Exception as error:
            details = f"{type(error).__name__}: {' '.join(str(error).split())}"
            found.append(Problem("broken audit", path.relative_to(book).as_posix(), details))
    judged = {verdict.id for verdict in verdicts}
    found += [
        Problem("never judged", name, claim.says) for name, claim in claims.items() if name not in judged
    ]
    verdicts.sort(key=lambda v: (v.sheet, int(v.question.lstrip("q"))))
    return Summary(tuple(verdicts), tuple(found))


def collect(root: Path | str | None = None, part: str | None = None) -> list[dict[str, Any]]:
    """Return all verdicts, sorted: the fields of ``Verdict.as_dict``.

    Raises:
        what ``summary`` raises.
    """
    return [verdict.as_dict() for verdict in summary(root, part).verdicts]


def _claims_of_book(book: Path, part: str | None) -> tuple[dict[str, Claim], list[Problem]]:
    """Return the claims by id, and a problem for each file that cannot be read."""
    claims: dict[str, Claim] = {}
    found: list[Problem] = []
    contents = book / "_toc.yml"
    listed = file_text(contents, contents.name, BookError) if is_listed(contents) else None
    for name in parts_of(book) if part is None else [part]:
        file = f"chapters/{name}/claims.yml"
        if listed is not None and f"chapters/{name}/" not in listed:
            found.append(Problem("unknown part", file, "_toc.yml has no page of this part"))
        try:
            claims |= {claim.id: claim for claim in load_claims(name, book)}
        except ClaimError as error:
            found.append(Problem("bad claims", file, " ".join(str(error).split())))
    return claims, found
