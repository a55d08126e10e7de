"""The audit of one question: it judges what the sheets state there, and shows the verdicts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from nnutils.audit.case import Case, Point
from nnutils.audit.claim_files.claims import load_claims, part_of_sheet
from nnutils.audit.errors import located
from nnutils.audit.judging import judge
from nnutils.audit.searching import working_as_written
from nnutils.audit.statements.claim import Charged, Claim
from nnutils.audit.statements.expressions import evaluate
from nnutils.audit.table import VerdictTable, count_verdicts, score_text, select
from nnutils.audit.verdict import Verdict
from nnutils.core.errors import BookError, ClaimError
from nnutils.core.messages import shown
from nnutils.core.places import question_of
from nnutils.slips import Quantity

__all__ = ["Audit"]


class Audit:
    """What the sheets state about one question, and the verdicts on it.

    ``question`` is '<part>/q<number>': 'foundations/q2' judges the claims in chapters/foundations/claims.yml
    whose ids contain 'q2'. ``root`` is the book's folder; by default the nearest one upwards that has
    ``chapters/``. An audit file names itself: ``Audit.of(__file__)``.

    Shown at the end of a cell it is the table of all verdicts, as text and as HTML. ``figures`` holds what a
    page may quote beside the verdicts.

    Raises:
        BookError: for a name that is not a question's, and where there is no book.
        ClaimError: for a part that has no claims, and for a broken claims.yml.
        MissingPackageError: where PyYAML is not installed.
    """

    def __init__(self, question: str, *, root: Path | str | None = None) -> None:
        self.name = question
        self._root = root
        self.part, self.question = question_of(question)
        self._all = {claim.id: claim for claim in load_claims(self.part, root)}
        self.claims = tuple(claim for claim in self._all.values() if claim.question == self.question)
        self.figures: dict[str, Any] = {}
        self._verdicts: dict[str, Verdict] = {}
        self._cases: dict[str, Case] = {}

    @classmethod
    def of(cls, file: str) -> Audit:
        """Return the audit that belongs to an audit file, chapters/<part>/audits/q<number>.py.

        Raises:
            BookError: for a file in another place.
        """
        path = Path(file).resolve()
        if path.parent.name != "audits" or len(path.parents) < 4 or path.parents[2].name != "chapters":
            raise BookError(
                f"{path.name} is not an audit file of a book.",
                where=f"in {path.parent.name}/",
                remedy="An audit file is chapters/<part>/audits/q<number>.py.",
            )
        return cls(f"{path.parents[1].name}/{path.stem}", root=path.parents[3])

    def check(
        self,
        claim_id: str,
        computed: object,
        *,
        why: str | Mapping[str, str] = "",
        evidence: str = "",
        conventions: Mapping[str, object] | None = None,
        slips: Mapping[str, object] | None = None,
        missing: Mapping[str, object] | None = None,
        given: Point | None = None,
        samples: Sequence[Point] | None = None,
        rtol: float = 1e-9,
        atol: float = 0.0,
        cause: str = "",
        charged: Charged | Literal[""] = "",
        derivation: object = None,
        among: Sequence[Quantity] = (),
    ) -> Verdict:
        """Judge one claim against the computed value, and return the verdict, which is kept.

        ``computed`` is an expression of the code, never a value typed in: a number, an array, a bool, or the
        list of all cases, as the claim's kind asks. For a formula it may be a value, a list with a value for
        each sample, a function of the sample, or an expression in its names; so may the alternatives.

        ``conventions``, ``slips`` and ``missing`` name alternatives: other right values, wrong computations,
        and terms or hypotheses that were left out. They are reported only where they reproduce the statement.
        A hypothesis comes with whether the step holds with it, or for a formula as a ``Reading``. ``given``
        and ``samples`` hold the quantities that the claim's expression names. ``evidence`` is shown beside
        the computed value, ``why`` after the computed reason: plain text unless the claim is confirmed, or a
        mapping from verdicts to text.

        A wrong number is explained by search: ``derivation`` is how the computed value came about, where that
        does not show it itself, and ``among`` holds other numbers that may stand in the place of one.

        ``cause`` names what is behind a statement that is not right, the same for all statements that one
        slip spoils, and ``charged`` who made it: 'sheet', 'assignment' or 'scan'. Both are ignored where the
        statement is right, and they come before those of claims.yml.

        Raises:
            ClaimError: for an id that is unknown, belongs to another part or question, or was judged before,
                and for values that do not suit the claim.
        """
        claim = self._claim(claim_id)
        if claim_id in self._verdicts:
            raise ClaimError(
                f"{claim_id} is judged twice.",
                where=f"in the audit of {self.name}",
                remedy="Keep only one check of it.",
            )
        case = Case(
            computed,
            conventions=conventions or {},
            slips=slips or {},
            missing=missing or {},
            given=given or {},
            samples=samples,
            rtol=rtol,
            atol=atol,
            evidence=evidence,
            why=why,
            cause=cause,
            charged=charged,
            derivation=derivation,
            among=tuple(among),
        )
        self._cases[claim_id] = case
        with located(f"claim {claim_id}"):
            self._verdicts[claim_id] = judge(claim, case)
        return self._verdicts[claim_id]

    def check_working(self, claim_id: str, *, given: Point | None = None, **options: Any) -> Verdict:
        """Judge a number against nothing but the working written beside it.

        ``given`` holds the quantities that the working names; ``options`` are those of ``check``. A wrong
        number is explained from the working.

        Raises:
            ClaimError: for a claim without ``expression``, and for all that ``check`` refuses.
        """
        claim = self._claim(claim_id)
        if claim.judged_as != "number" or not claim.expression:
            raise ClaimError(
                f"{claim_id} has no working.",
                remedy="Give it kind: number and an expression, or use check().",
            )
        options.setdefault("derivation", working_as_written(claim.expression, given or {}))
        return self.check(claim_id, evaluate(claim.expression, given or {}), given=given, **options)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts so far, in the order of claims.yml."""
        return tuple(self._verdicts[claim.id] for claim in self.claims if claim.id in self._verdicts)

    @property
    def unjudged(self) -> tuple[Claim, ...]:
        """The claims of this question that have no verdict yet."""
        return tuple(claim for claim in self.claims if claim.id not in self._verdicts)

    @property
    def disputed(self) -> VerdictTable:
        """The table of the verdicts on what is not right: all but confirmed and given."""
        return VerdictTable(tuple(v for v in self.verdicts if not v.is_right))

    @property
    def score(self) -> str:
        """The verdicts in words: 'Of 22 statements 20 are confirmed. 3 more only restate the question.'

        What restates the question is no statement of the solution; it is counted apart.
        """
        confirmed, given = self.counts()["confirmed"], self.counts()["given"]
        return score_text(confirmed, len(self.verdicts) - given, given)

    def case(self, claim_id: str) -> Case:
        """Return what the check of a claim brought, so that another wording can be judged by it.

        Raises:
            ClaimError: for a claim that was not judged.
        """
        return self._cases[self[claim_id].id]

    def claim(self, claim_id: str) -> Claim:
        """Return a claim of this question.

        Raises:
            ClaimError: for an id of another question or part, and for one that does not exist.
        """
        return self._claim(claim_id)

    def number(self, claim_id: str) -> int:
        """Return the whole number that a claim states, without the commas or spaces as written.

        Raises:
            ClaimError: for a claim that does not state a whole number, and for what ``claim`` refuses.
        """
        stated = self._claim(claim_id).stated
        digits = re.sub(r"[,\s]", "", stated) if isinstance(stated, str) else str(stated)
        if isinstance(stated, bool) or not re.fullmatch(r"-?\d+", digits, re.ASCII):
            raise ClaimError(
                f"{claim_id} states {shown(stated)}, which is not a whole number.",
                remedy="Use claim() and read its field stated.",
            )
        return int(digits)

    def table(self, only: str | Sequence[str] | None = None, sheet: str | None = None) -> VerdictTable:
        """Return a table of some verdicts, for a page; the whole audit is shown by the audit itself."""
        return VerdictTable(select(self.verdicts, only, sheet))

    def counts(self) -> dict[str, int]:
        """Return how many claims have each verdict, as Python ints."""
        return count_verdicts(self.verdicts)

    def __getitem__(self, claim_id: str) -> Verdict:
        """Return the verdict on a claim.

        Raises:
            ClaimError: for a claim that was not judged.
        """
        if claim_id not in self._verdicts:
            raise ClaimError(f"{self._claim(claim_id).id} is not judged yet.", remedy="Check it first.")
        return self._verdicts[claim_id]

    def __len__(self) -> int:
        return len(self.claims)

    def __repr__(self) -> str:
        return str(self._table)

    def _repr_html_(self) -> str:
        return self._table._repr_html_()

    @property
    def _table(self) -> VerdictTable:
        return VerdictTable(self.verdicts, tuple(f"{claim.id} ({claim.says})" for claim in self.unjudged))

    def _claim(self, claim_id: str) -> Claim:
        """Return a claim of this question; for any other id, say whose it is.

        Raises:
            ClaimError: for an id of another question or part, and for one that does not exist.
        """
        claim = self._all.get(claim_id)
        if claim is not None and claim.question == self.question:
            return claim
        file = f"chapters/{self.part}/claims.yml"
        sheet = str(claim_id).split("-")[0]
        owner = part_of_sheet(sheet, self._root) or self.part
        if claim is not None:
            problem, remedy = (
                f"{claim_id} is a claim of {claim.question}.",
                f"This audit judges {self.question}.",
            )
        elif owner != self.part:
            problem, remedy = f"{claim_id} is a claim of the part {owner}.", f"This audit judges {self.part}."
        else:
            problem, remedy = (
                f"{claim_id} is not in {file}.",
                "Record the statement there, or correct the id.",
            )
        raise ClaimError(problem, where=f"in the audit of {self.name}", remedy=remedy)
