"""Relations between numbers: what stands on both sides, the names in them, and whether they hold."""

from nnutils.lint.checks.relations.check import check_relations
from nnutils.lint.checks.relations.in_sentences import check_sentences
from nnutils.lint.checks.relations.in_words import check_words
from nnutils.lint.checks.relations.running import check_running_computations

__all__ = ["check_relations", "check_running_computations", "check_sentences", "check_words"]
