"""A spelling checker for worked solutions: ``lint`` finds the statements of a sheet and recomputes them.

>>> from nnutils.lint import lint
>>> print(lint("Weights: 96 * 11 * 11 * 3 = 34,484.").wrong[0].computed)
34,848
"""

from nnutils.lint.finding import UNCHECKED, Finding, Note, Verdict
from nnutils.lint.linting import lint, lint_sheet
from nnutils.lint.report import Coverage, Report
from nnutils.lint.reports import as_lines, coverage_lines

__all__ = [
    "UNCHECKED",
    "Coverage",
    "Finding",
    "Note",
    "Report",
    "Verdict",
    "as_lines",
    "coverage_lines",
    "lint",
    "lint_sheet",
]
