"""The statements of the sheets as a reader looks them up: rows with an address each, and the same as data."""

from nnutils.audit.listing.data import as_csv, as_json, from_lines
from nnutils.audit.listing.groups import grouped
from nnutils.audit.listing.rows import LINES, StatementList

__all__ = ["LINES", "StatementList", "as_csv", "as_json", "from_lines", "grouped"]
