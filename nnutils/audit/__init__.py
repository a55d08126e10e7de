"""The audit of solution sheets: what a sheet states is data, and its verdict is computed.

The way from a statement to its verdict, module by module:

- ``statements``: the claims of a part as its claims.yml records them, numbers and formulas as written.
- ``files``: runs a question's audit file, chapters/<part>/audits/q<number>.py, which makes an ``Audit``.
- ``session``: the ``Audit`` of one question passes each claim, with what a check brings (``case``), to the
  judge.
- ``judging``: the judge looks up the kind of the claim, lets it compare, and draws the conclusion.
- ``kinds``: one module for each kind of claim, with what it may state and how it is judged.
- ``verdict``: what was found becomes a verdict. ``table`` shows verdicts, ``report`` sums up those of a book,
  ``causes`` groups what is not right by its root cause, ``listing`` is what an audit page lists.
- ``searching`` looks for the slips behind a wrong number; ``explanations`` lists what it finds.
- ``plain_values``, ``value_text``: computed values as plain Python values, and how they are shown.

``python -m nnutils.audit --json`` runs every audit file and lists the verdicts.
"""

from nnutils.audit.case import Reading
from nnutils.audit.causes import RootCause
from nnutils.audit.claim_files.claims import load_claims
from nnutils.audit.errors import MissingPackageError, UndefinedOperationError
from nnutils.audit.explanations import Explanations
from nnutils.audit.files import load_audit
from nnutils.audit.listing.rows import StatementList
from nnutils.audit.report import Problem, Summary, collect, summary
from nnutils.audit.session import Audit
from nnutils.audit.statements.claim import Claim, Stated
from nnutils.audit.statements.expressions import evaluate
from nnutils.audit.table import VerdictTable, count_verdicts
from nnutils.audit.verdict import Verdict

__all__ = [
    "Audit",
    "Claim",
    "Explanations",
    "MissingPackageError",
    "Problem",
    "Reading",
    "RootCause",
    "Stated",
    "StatementList",
    "Summary",
    "UndefinedOperationError",
    "Verdict",
    "VerdictTable",
    "collect",
    "count_verdicts",
    "evaluate",
    "load_audit",
    "load_claims",
    "summary",
]
