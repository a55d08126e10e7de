"""The questions for a learning system, and their answers for a spreadsheet."""

from nnutils.book.exports.moodle import moodle_file
from nnutils.book.exports.spreadsheet import table_of_answers

__all__ = ["moodle_file", "table_of_answers"]
