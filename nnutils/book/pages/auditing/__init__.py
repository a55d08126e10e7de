"""The audit on the pages of the site: addresses of statements, filters, search by number, files of data."""

from nnutils.book.pages.auditing.markup import filters
from nnutils.book.pages.auditing.statements import statements_in

__all__ = ["filters", "statements_in"]
