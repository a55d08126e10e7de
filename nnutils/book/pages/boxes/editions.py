"""The edition of the book that a site is built for: with solutions, or for students.

The edition for students is built from lessons without solutions, by ``nnutils.book.student``.
"""

from __future__ import annotations

from sphinx.application import Sphinx

__all__ = ["EDITION", "STUDENT", "is_for_students"]

EDITION = "nnutils_edition"
"""The configuration value that names the edition."""

STUDENT = "student"
"""Its value in the edition for students; empty in the book with solutions."""


def is_for_students(app: Sphinx) -> bool:
    """Return whether the site is built for students.

    >>> from types import SimpleNamespace
    >>> is_for_students(SimpleNamespace(config=SimpleNamespace(nnutils_edition="student")))
    True
    >>> is_for_students(SimpleNamespace(config=SimpleNamespace()))
    False
    """
    return getattr(app.config, EDITION, "") == STUDENT
