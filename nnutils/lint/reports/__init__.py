"""What was found, as somebody or something reads it: lines, JSON, SARIF, a page, a draft of claims."""

from nnutils.lint.reports.claims_draft import as_claims
from nnutils.lint.reports.data import as_data
from nnutils.lint.reports.lines import as_lines, coverage_lines
from nnutils.lint.reports.page import GENERATOR, as_page
from nnutils.lint.reports.sarif import as_sarif
from nnutils.lint.reports.wording import Unread, one_line, sentence

__all__ = [
    "GENERATOR",
    "Unread",
    "as_claims",
    "as_data",
    "as_lines",
    "as_page",
    "as_sarif",
    "coverage_lines",
    "one_line",
    "sentence",
]
