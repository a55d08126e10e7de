"""What a book's own files say: settings, table of contents, which page asks which question, its sections.

Every other part of ``nnutils.book`` asks here, so that each of these is worked out in one place.
"""

from nnutils.book.contents.lessons import question_name, title_of
from nnutils.book.contents.listing import Part, pages_listed, parts_with_lessons
from nnutils.book.contents.reading import read_notebook, read_settings
from nnutils.book.contents.sections import section

__all__ = [
    "Part",
    "pages_listed",
    "parts_with_lessons",
    "question_name",
    "read_notebook",
    "read_settings",
    "section",
    "title_of",
]
