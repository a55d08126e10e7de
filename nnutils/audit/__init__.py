"""The audit of solution sheets: what a sheet states is data, and its verdict is computed.

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
