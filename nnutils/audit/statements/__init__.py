"""What the sheets state: claims as data, and numbers and formulas as somebody wrote them."""

from nnutils.audit.statements.claim import Claim, Stated
from nnutils.audit.statements.expressions import evaluate

__all__ = ["Claim", "Stated", "evaluate"]
