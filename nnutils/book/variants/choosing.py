"""Which questions, drawn from which seeds: what '1..30' and 'foundations sizing_networks/q4' name."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from nnutils.book.contents.lessons import page_of, question_name, title_of
from nnutils.book.contents.listing import Part, parts_with_lessons
from nnutils.book.contents.reading import read_notebook
from nnutils.core.errors import BookError
from nnutils.core.messages import brief
from nnutils.core.places import book_folder
from nnutils.practice import Asked, Question, load

__all__ = [
    "Variant",
    "add_choices",
    "chosen_parts",
    "chosen_seeds",
    "library_version",
    "variants_of",
]

MOST_SEEDS = 1000
"""How many variants one command makes at most."""

_SEEDS = "Write SEEDS=7, SEEDS=1,4,7 or SEEDS=1..30: whole numbers, the smaller one first."


@dataclass(frozen=True)
class Variant:
    """A question for one seed, or as it was given where ``seed`` is None; ``lesson`` is its notebook."""

    question: Question
    seed: int | None
    lesson: Path
    part: str = ""
    givens: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def title(self) -> str:
        """The title of the lesson."""
        return title_of(read_notebook(self.lesson), self.lesson.stem)

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """What is asked, each with its answer."""
        return self.question.asked(self.givens)

    @cached_property
    def marks(self) -> dict[str, int]:
        """The marks of each part of the question."""
        return self.question.parts(self.givens)

    @cached_property
    def statement(self) -> str:
        """The question in words, as Markdown."""
        return self.question.statement(self.givens)


def chosen_seeds(text: str) -> tuple[int, ...]:
    """Return the seeds that a text names, each once, in its order; none for an empty text.

    Raises:
        BookError: for what is not a list of whole numbers and ranges, and for more than 1,000 seeds.

    >>> chosen_seeds("1..4, 9"), chosen_seeds(" 7 "), chosen_seeds("")
    ((1, 2, 3, 4, 9), (7,), ())
    """
    if not text.strip():
        return ()
    seeds: dict[int, None] = {}
    for piece in text.split(","):
        found = re.fullmatch(r"\s*([0-9]{1,9})\s*(?:\.\.\s*([0-9]{1,9})\s*)?", piece)
        if found is None:
            raise BookError(f"SEEDS={brief(text)} does not name seeds.", remedy=_SEEDS)
        first = int(found[1])
        last = int(found[2] or first)
        if last < first:
            raise BookError(f"SEEDS={brief(text)} counts down from {first} to {last}.", remedy=_SEEDS)
        if len(seeds) + last - first >= MOST_SEEDS:
            raise BookError(
                f"SEEDS={brief(text)} names more than {MOST_SEEDS:,} seeds.",
                remedy="Make them in several runs.",
            )
        seeds |= dict.fromkeys(range(first, last + 1))
    return tuple(seeds)


def chosen_parts(text: str = "", root: Path | None = None) -> list[Part]:
    """Return the parts of the book that a text names, with the lessons named; by default all, in its order.

    A name is that of a part's folder, or of one question: 'foundations', 'foundations/q4'.

    Raises:
        BookError: for a name that the book does not have, and for a book without lessons.
    """
    book = book_folder(root)
    parts = list(parts_with_lessons(book))
    names = re.findall(r"[^\s,]+", text)
    named = {path: str(question_name(page_of(path, book), book)) for part in parts for path in part.lessons}
    known = {part.folder for part in parts} | set(named.values())
    if strangers := [name for name in names if name not in known]:
        raise BookError(
            f"PARTS names {brief(strangers[0])}, which the book does not have.",
            remedy=f"Its parts are {', '.join(part.folder for part in parts)}; one question is "
            f"{named[parts[0].lessons[0]]}.",
        )
    if not names:
        return parts
    kept = []
    for part in parts:
        lessons = [path for path in part.lessons if {part.folder, named[path]} & set(names)]
        if lessons:
            kept.append(Part(part.folder, part.title, tuple(lessons)))
    return kept


def variants_of(part: Part, seed: int | None, root: Path | None = None) -> list[Variant]:
    """Return the questions of a part for one seed, or as they were given."""
    book = book_folder(root)
    made = []
    for lesson in part.lessons:
        question = load(str(question_name(page_of(lesson, book), book)), book)
        givens = question.givens() if seed is None else question.draw(seed)
        made.append(Variant(question, seed, lesson, part.title, givens))
    return made


def add_choices(parser: argparse.ArgumentParser) -> None:
    """Add the options ``--seeds`` and ``--parts`` to a command."""
    parser.add_argument(
        "--seeds", default="", metavar="1..30", help="seeds to draw from: 7 or 1,4,7 or 1..30"
    )
    parser.add_argument(
        "--parts", default="", metavar="NAMES", help="parts or questions: 'foundations sizing_networks/q4'"
    )


def library_version() -> str:
    """Return the version that all made with these files goes by."""
    return str(sys.modules["nnutils"].__version__)  # loaded before any of its parts
