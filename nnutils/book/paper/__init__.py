"""Lessons on paper: questions and model answers as one page to print."""

from nnutils.book.paper.handout import Handout, handouts
from nnutils.book.paper.markup import html_of_markdown, html_of_output

__all__ = ["Handout", "handouts", "html_of_markdown", "html_of_output"]
