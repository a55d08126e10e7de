"""The edition for students: the book's site with questions, hints and boxes for answers, and without solutions."""

from nnutils.book.student.building import build
from nnutils.book.student.hashing import hashed
from nnutils.book.student.leaks import Leak, finder_for, leaks_in

__all__ = ["Leak", "build", "finder_for", "hashed", "leaks_in"]
