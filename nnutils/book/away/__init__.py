"""The book to take away: every page in one document to print, and the site as one file."""

from nnutils.book.away.entries import Entry, book_entries
from nnutils.book.away.packing import SITE, packed_site
from nnutils.book.away.whole import FILE, numbered, whole_book

__all__ = ["FILE", "SITE", "Entry", "book_entries", "numbered", "packed_site", "whole_book"]
