"""The edition for students: the site with questions, hints and boxes for answers, without solutions."""

from nnutils.book.student.building import build
from nnutils.book.student.hashing import hashed
from nnutils.book.student.leaks import Leak, finder_for, leaks_in

__all__ = ["Leak", "build", "finder_for", "hashed", "leaks_in"]
