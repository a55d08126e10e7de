"""What is looked for in a sheet: every check finds the statements of one sort, and judges them."""

from nnutils.lint.checks.relations import check_relations
from nnutils.lint.context import Check

__all__ = ["CHECKS"]

CHECKS: tuple[Check, ...] = (check_relations,)
"""All checks. Where two judge the same stretch of a sheet, the clearer finding is kept."""
