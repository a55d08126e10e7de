"""The Sphinx side of the answer boxes: which pages have them, and the files that they load."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from nnutils.book.contents.lessons import question_name
from nnutils.book.pages.boxes.markup import data_script, section
from nnutils.book.pages.boxes.placing import FILES, load_files, place_boxes, question_section, write_files
from nnutils.core.errors import NNUtilsError
from nnutils.practice import Question, as_data, load

__all__ = ["connect", "lessons"]

_made: WeakKeyDictionary[Sphinx, dict[str, str]] = WeakKeyDictionary()  # by question, while a book is built
_say = logging.getLogger(__name__)


def connect(app: Sphinx) -> None:
    """Have the boxes put on the pages, and their files into the site; called by the extension."""
    app.connect("doctree-read", _insert)
    app.connect("html-page-context", _add_files)
    app.connect("build-finished", _write_files)


def lessons(app: Sphinx) -> Iterator[tuple[str, Question]]:
    """Yield the pages that have boxes, each with its question; without those whose practice file fails."""
    book = Path(app.srcdir)
    for page in sorted(app.env.found_docs):
        if name := question_name(page, book):
            with suppress(NNUtilsError):  # said when the page was read
                yield page, load(name, book)


def _insert(app: Sphinx, doctree: nodes.document) -> None:
    """Put the boxes at the end of the section that asks the question."""
    book = Path(app.srcdir)
    name = question_name(app.env.docname, book)
    if name is None:
        return
    asks = question_section(doctree)
    if asks is None:
        return
    try:
        question = load(name, book)
        data = as_data(question)
    except NNUtilsError as error:
        _say.warning("there are no answer boxes on this page: %s", error, location=app.env.docname)
        return
    app.env.note_dependency(question.file)
    place_boxes(asks, section(data))
    _made.setdefault(app, {})[name] = data_script(data)


def _add_files(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Have the pages of lessons load the style, and the script that loads the others when they are needed."""
    if doctree is not None and question_name(page, Path(app.srcdir)):
        load_files(app)


def _write_files(app: Sphinx, problem: Exception | None) -> None:
    """Write the files of the boxes and the data of each question into the site."""
    if problem is not None or app.builder.format != "html":
        return
    made = _made.pop(app, {})
    for _, question in lessons(app):
        if question.name not in made:  # its page was not read again
            with suppress(NNUtilsError):
                made[question.name] = data_script(as_data(question))
    if made:
        write_files(app, sorted(FILES.iterdir()), made)
