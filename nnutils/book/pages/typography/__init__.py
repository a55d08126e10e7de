"""What pages set better than their source can say: numbers that stay whole, a list that is one."""

from nnutils.book.pages.typography.pages import connect
from nnutils.book.pages.typography.whole_numbers import kept_together

__all__ = ["connect", "kept_together"]
