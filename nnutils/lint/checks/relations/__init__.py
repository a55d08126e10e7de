"""Relations between numbers: what stands on both sides, the names in them, and whether they hold."""

from nnutils.lint.checks.relations.announcing import check_groups
from nnutils.lint.checks.relations.check import check_relations
from nnutils.lint.checks.relations.computed_in_words import check_words
from nnutils.lint.checks.relations.in_sentences import check_sentences
from nnutils.lint.checks.relations.in_words import check_in_words
from nnutils.lint.checks.relations.running import check_running_computations
from nnutils.lint.checks.relations.told_again import check_told_again

__all__ = [
    "check_groups",
    "check_in_words",
    "check_relations",
    "check_running_computations",
    "check_sentences",
    "check_told_again",
    "check_words",
]
