"""Short pages: sections that fold, hidden code whose label says what it does, two switches for a page."""

from nnutils.book.pages.folding.labels import label, only_draws, with_labels
from nnutils.book.pages.folding.marks import differing, marked, write_marks

__all__ = ["differing", "label", "marked", "only_draws", "with_labels", "write_marks"]
