"""What is looked for in a sheet, one sort of statement each: every check finds its statements and judges them."""

from nnutils.lint.checks.relations import check_relations
from nnutils.lint.context import Check

__all__ = ["CHECKS"]

CHECKS: tuple[Check, ...] = (check_relations,)
"""All checks. Where two judge the same stretch of a sheet, the clearer finding is kept."""
