"""The Sphinx extension of the edition for students: answer boxes that know hashes in place of answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from nnutils.book.pages.boxes.editions import EDITION
from nnutils.book.pages.boxes.markup import data_script, section
from nnutils.book.pages.boxes.placing import FILES, load_files, place_boxes, question_section, write_files
from nnutils.book.student.sources import DATA

__all__ = ["JUDGE", "OWN_FILES", "SHARED", "data_of", "setup"]

JUDGE = "hashed"
"""The script that judges what is typed, without its suffix."""

OWN_FILES = Path(__file__).resolve().parent / "files"

SHARED = (
    "boxes.css",
    "boxes.js",
    "formulas.js",
    "loader.js",
    "numbers.js",
    "reading.js",
    "show.js",
    "typed.js",
)
"""The files of the boxes that this edition has as well: all but what works with answers, and variants."""


def setup(app: Sphinx) -> dict[str, Any]:
    """Have the boxes put on the pages, and their files into the site; called by Sphinx."""
    app.add_config_value(EDITION, "", "env")
    app.connect("doctree-read", _insert)
    app.connect("html-page-context", _add_files)
    app.connect("build-finished", _write_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def data_of(app: Sphinx, page: str) -> dict[str, Any] | None:
    """Return the data of the boxes of a page; None for a page without boxes."""
    file = Path(app.srcdir) / DATA / f"{page}.json"
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None


def _insert(app: Sphinx, doctree: nodes.document) -> None:
    """Put the boxes at the end of the section that asks the question."""
    data = data_of(app, app.env.docname)
    asks = question_section(doctree)
    if data is not None and asks is not None:
        place_boxes(asks, section(data, JUDGE))


def _add_files(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Have the pages of lessons load the style, and the script that loads the others when they are needed."""
    if doctree is not None and data_of(app, page) is not None:
        load_files(app)


def _write_files(app: Sphinx, problem: Exception | None) -> None:
    """Write the scripts and the data of the questions into the site."""
    if problem is not None or app.builder.format != "html":
        return
    files = [*(FILES / name for name in SHARED), OWN_FILES / f"{JUDGE}.js"]
    asked = [data for page in sorted(app.env.found_docs) if (data := data_of(app, page))]
    write_files(app, files, {data["question"]: data_script(data) for data in asked})
