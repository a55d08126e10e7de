"""What is looked for in a sheet: every check finds the statements of one sort, and judges them."""

from nnutils.lint.checks.field.distributions import check_distributions
from nnutils.lint.checks.field.layer_sentences import check_layer_sentences
from nnutils.lint.checks.field.same_padding import check_same_padding
from nnutils.lint.checks.field.sizes import check_sizes
from nnutils.lint.checks.field.vectors import check_vectors
from nnutils.lint.checks.relations import check_relations
from nnutils.lint.context import Check

__all__ = ["CHECKS"]

CHECKS: tuple[Check, ...] = (
    check_relations,
    check_sizes,
    check_same_padding,
    check_layer_sentences,
    check_distributions,
    check_vectors,
)
"""All checks. Where two judge the same stretch of a sheet, the clearer finding is kept."""
