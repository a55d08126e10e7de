"""Answer boxes below the question of a lesson: their markup, their scripts, and the data to judge with."""

from nnutils.book.pages.boxes.markup import answer_form, data_script, section

__all__ = ["answer_form", "data_script", "section"]
