"""The Sphinx side of the answer boxes: which pages have them, and the files that they load."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from nnutils.book.boxes.markup import data_script, section
from nnutils.core.errors import NNUtilsError
from nnutils.practice import Question, as_data, load

__all__ = ["FILES", "FOLDER", "connect", "lessons", "question_name"]

FILES = Path(__file__).resolve().parent / "files"
"""The folder with the scripts and the style of the boxes."""

FOLDER = "_practice"
"""Where they are in the site. Below ``_static``, every page would load every script."""

SECTION = "question"
"""The section of a lesson that the boxes close, by the id that Sphinx makes from its heading."""

_AFTER_OURS = 810  # behind the styles and scripts of every page
_LESSON = re.compile(r"chapters/(\w+)/0*([1-9]\d*)_\w+", re.ASCII)
_made: WeakKeyDictionary[Sphinx, dict[str, str]] = WeakKeyDictionary()  # by question, while a book is built
_say = logging.getLogger(__name__)


def connect(app: Sphinx) -> None:
    """Have the boxes put on the pages, and their files into the site; called by the extension."""
    app.connect("doctree-read", _insert)
    app.connect("html-page-context", _add_files)
    app.connect("build-finished", _write_files)


def question_name(page: str, book: Path) -> str | None:
    """Return the question of a page by its name without a suffix; None where there is no practice file.

    >>> question_name("intro", Path())
    """
    match = _LESSON.fullmatch(page)
    if match is None or not (book / "chapters" / match[1] / "practice" / f"q{match[2]}.py").is_file():
        return None
    return f"{match[1]}/q{match[2]}"


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
    asks = next((one for one in doctree.findall(nodes.section) if SECTION in one["ids"]), None)
    if asks is None:
        return
    try:
        question = load(name, book)
        data = as_data(question)
    except NNUtilsError as error:
        _say.warning("there are no answer boxes on this page: %s", error, location=app.env.docname)
        return
    app.env.note_dependency(question.file)
    asks.append(nodes.raw("", section(data), format="html"))
    _made.setdefault(app, {})[name] = data_script(data)


def _add_files(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Have the pages of lessons load the style, and the script that loads the others when they are needed."""
    if doctree is not None and question_name(page, Path(app.srcdir)):
        app.add_css_file(f"../{FOLDER}/boxes.css", priority=_AFTER_OURS)
        app.add_js_file(f"../{FOLDER}/loader.js", priority=_AFTER_OURS, loading_method="defer")


def _write_files(app: Sphinx, problem: Exception | None) -> None:
    """Write the files of the boxes and the data of each question into the site."""
    if problem is not None or app.builder.format != "html":
        return
    made = _made.pop(app, {})
    for _, question in lessons(app):
        if question.name not in made:  # its page was not read again
            with suppress(NNUtilsError):
                made[question.name] = data_script(as_data(question))
    if not made:
        return
    target = Path(app.outdir) / FOLDER
    target.mkdir(exist_ok=True)
    for file in sorted(FILES.iterdir()):
        (target / file.name).write_bytes(file.read_bytes())
    for name, script in made.items():
        (target / f"{name.replace('/', '-')}.js").write_text(script, encoding="utf-8")
