"""Lessons on paper: questions and model answers as one page to print, and sheets drawn from seeds."""

from nnutils.book.paper.binding import bound, bound_length
from nnutils.book.paper.handout import FOLDER, SEEDS_FOLDER, Handout, handouts
from nnutils.book.paper.markup import html_of_markdown, html_of_output
from nnutils.book.paper.sheets import drawn_sheets

__all__ = [
    "FOLDER",
    "SEEDS_FOLDER",
    "Handout",
    "bound",
    "bound_length",
    "drawn_sheets",
    "handouts",
    "html_of_markdown",
    "html_of_output",
]
