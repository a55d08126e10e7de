"""Makes hand-outs as HTML to print: all questions, without and with model answers, or sheets for seeds.

In a book's folder: ``python -m nnutils.book handout [--seeds 1..30] [--parts NAMES]``. Without seeds there
are two pages in ``_build/handout``: the questions as given, and the same with model answers. With seeds there
are a question sheet and a keyed solution sheet for each, in ``_build/handout/seeds``. A cell tagged
``screen-only`` is left out: what only serves the notebook, such as the question as code.
"""

from __future__ import annotations

import argparse
import html
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nnutils.book.contents.lessons import title_of
from nnutils.book.contents.reading import book_title, read_notebook
from nnutils.book.contents.sections import MODEL_ANSWER, QUESTION, SCREEN_ONLY, has_tag, section
from nnutils.book.paper.markup import html_of_markdown, html_of_output
from nnutils.book.paper.page import printed_page
from nnutils.book.paper.sheets import drawn_sheets
from nnutils.book.variants.choosing import add_choices, chosen_parts, chosen_seeds
from nnutils.book.whole_files import write_whole
from nnutils.core.places import book_folder

__all__ = ["FOLDER", "SEEDS_FOLDER", "Handout", "add_arguments", "handouts", "lesson_on_paper", "run"]

FOLDER = "_build/handout"
SEEDS_FOLDER = f"{FOLDER}/seeds"


@dataclass(frozen=True)
class Handout:
    """One page to print: its ``name``, ``title`` and HTML."""

    name: str
    title: str
    html: str


def handouts(root: Path | None = None, parts: str = "") -> tuple[Handout, Handout]:
    """Return the hand-out of the questions and the one with the model answers, of the book around.

    ``parts`` names the parts or questions to take; by default all.

    Raises:
        BookError: where there is no book, for a book without lessons, for a part that it does not have, and
            for a lesson without a question or a model answer.
    """
    book = book_folder(root)
    title = book_title(book)
    chosen = chosen_parts(parts, book)
    made = []
    for name, subtitle, answers in (
        ("questions", "Questions", False),
        ("model_answers", "Questions and model answers", True),
    ):
        pages = [
            f'<header>\n<p class="book">{html.escape(title)}</p>\n'
            f'<h1 class="title">{html.escape(subtitle)}</h1>\n</header>'
        ]
        for part in chosen:
            pages.append(f'<h1 class="part">{html.escape(part.title)}</h1>')
            pages += [lesson_on_paper(lesson, answers=answers) for lesson in part.lessons]
        whole = f"{title}: {subtitle}"
        made.append(Handout(name, whole, printed_page(book, whole, "\n".join(pages))))
    return made[0], made[1]


def lesson_on_paper(path: Path, *, answers: bool) -> str:
    """Return a lesson's question, and its model answer where asked for, as HTML without code.

    Raises:
        BookError: for a lesson without one of them.
    """
    lesson = read_notebook(path)
    pieces = [f"<h2>{html.escape(title_of(lesson, path.stem))}</h2>"]
    pieces += _section(lesson, QUESTION, path)
    if answers:
        pieces += ['<section class="answer">', "<h3>Model answer</h3>"]
        pieces += [*_section(lesson, MODEL_ANSWER, path), "</section>"]
    return '<article class="question">\n' + "\n".join(pieces) + "\n</article>"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command ``handout``."""
    add_choices(parser)


def run(options: argparse.Namespace) -> int:
    """Write the hand-outs as HTML, and print where they are."""
    book = book_folder()
    seeds = chosen_seeds(options.seeds)
    if seeds:
        folder = book / SEEDS_FOLDER
        pages = dict(drawn_sheets(seeds, options.parts, book))
        shutil.rmtree(folder, ignore_errors=True)  # sheets of an earlier run would be printed with these
    else:
        folder = book / FOLDER
        pages = {page.name: page.html for page in handouts(book, options.parts)}
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        file = folder / f"{name}.html"
        write_whole(file, text)
        print(os.path.relpath(file))
    return 0


def _section(lesson: Any, heading: str, path: Path) -> Iterator[str]:
    """Yield what a reader sees below a heading, as HTML."""
    for cell in section(lesson.cells, heading, f"{path.parent.name}/{path.name}"):
        if has_tag(cell, SCREEN_ONLY):
            continue
        if cell.cell_type == "markdown":
            yield html_of_markdown(cell.source)
        elif cell.cell_type == "code":
            yield from map(html_of_output, cell.outputs)
