"""A question as code: its givens, fair variants from a seed, what is asked, and the answers with their work.

A practice file defines five functions:

- ``givens()`` returns the question's own data by name, as plain values and layers;
- ``draw(seed)`` returns the givens of a fair variant, the same on every Python;
- ``asked(givens)`` returns what is asked, each with its answer: a tuple of ``Asked``;
- ``parts(givens)`` returns the marks of each part of the question by its label, as on the page;
- ``statement(givens)`` returns the question in words, as Markdown.

It may define ``numbers(givens)``: the named numbers of the question, one of which a reader may put in the
place of another (``nnutils.slips.Quantity``), such as ``quantities(network)``.

It uses the standard library and the parts of ``nnutils`` that need nothing else. ``load("foundations/q4")``
finds ``chapters/foundations/practice/q4.py`` in the book around, checks it, and returns the ``Question``.
"""

from nnutils.practice.agreement import Agreement, compare
from nnutils.practice.answers_as_text import answer_text, with_unit
from nnutils.practice.asked import Answer, Asked, Convention
from nnutils.practice.computing import computed
from nnutils.practice.draws import Draw
from nnutils.practice.exporting import as_data
from nnutils.practice.judging import Judgement, judge
from nnutils.practice.known_numbers import named_numbers
from nnutils.practice.marks import earned
from nnutils.practice.question import Question, load, questions
from nnutils.practice.source import as_source, one_line

__all__ = [
    "Agreement",
    "Answer",
    "Asked",
    "Convention",
    "Draw",
    "Judgement",
    "Question",
    "answer_text",
    "as_data",
    "as_source",
    "compare",
    "computed",
    "earned",
    "judge",
    "load",
    "named_numbers",
    "one_line",
    "questions",
    "with_unit",
]
