"""The audit of solution sheets: what a sheet states is data, and its verdict is computed.

``python -m nnutils.audit --json`` lists every verdict that is stored in the notebooks.
"""

from nnutils.audit.claims import Claim, Plain, load_claims
from nnutils.audit.expressions import UndefinedOperationError, evaluate
from nnutils.audit.judging import Reading
from nnutils.audit.report import MIME, Problem, Summary, collect, problems, summary
from nnutils.audit.session import Audit
from nnutils.audit.table import VerdictTable, count_verdicts
from nnutils.audit.verdict import Verdict

__all__ = [
    "MIME",
    "Audit",
    "Claim",
    "Plain",
    "Problem",
    "Reading",
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
