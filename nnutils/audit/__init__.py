"""The audit of solution sheets: what a sheet states is data, and its verdict is computed.

The way from a statement to its verdict, module by module:

- ``session``: the ``Audit`` of one notebook reads its claims (``claims``, ``claim``), and passes each of
  them, with what a check brings (``case``), to the judge.
- ``judging``: the judge looks up the kind of the claim, lets it compare, and draws the conclusion.
- ``kinds``: one module for each kind of claim, with what it may state and how it is judged.
- ``verdict``: what was found becomes a verdict. ``table`` shows verdicts, ``report`` collects stored ones.
- ``precision``, ``expressions``, ``plain_values``, ``value_text``: numbers and formulas as written, computed
  values as plain Python values, and how both are shown.

``python -m nnutils.audit --json`` lists every verdict that is stored in the notebooks.
"""

from nnutils.audit.case import Reading
from nnutils.audit.claim import Claim, Stated
from nnutils.audit.claims import load_claims
from nnutils.audit.errors import MissingPackageError, UndefinedOperationError
from nnutils.audit.expressions import evaluate
from nnutils.audit.report import Problem, Summary, collect, problems, summary
from nnutils.audit.session import Audit
from nnutils.audit.table import VerdictTable, count_verdicts
from nnutils.audit.verdict import MIME, Verdict

__all__ = [
    "MIME",
    "Audit",
    "Claim",
    "MissingPackageError",
    "Problem",
    "Reading",
    "Stated",
    "Summary",
    "UndefinedOperationError",
    "Verdict",
    "VerdictTable",
    "collect",
    "count_verdicts",
    "evaluate",
    "load_claims",
    "problems",
    "summary",
]
