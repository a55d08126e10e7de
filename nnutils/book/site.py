"""The Sphinx extension of a book: styles, scripts, formulas, folds, boxes, panels, audits, reference.

In a book's _config.yml, among ``sphinx: config: extensions``::

    - nnutils.book.site

The files are those in the folder ``static`` beside this module. A file of the same name in the book's own
``_static`` takes the place of one of them, and the book's own style sheets come after ours.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from nnutils.book.pages.auditing.pages import connect as connect_audit
from nnutils.book.pages.boxes.pages import connect as connect_boxes
from nnutils.book.pages.engine.pages import connect as connect_engine
from nnutils.book.pages.figures.pages import connect as connect_figures
from nnutils.book.pages.folding.pages import connect as connect_folds
from nnutils.book.pages.found.pages import connect as connect_found
from nnutils.book.pages.mathematics.pages import connect as connect_mathematics
from nnutils.book.pages.mathematics.pages import state_version
from nnutils.book.pages.reference.pages import connect as connect_reference
from nnutils.book.pages.shell.pages import connect as connect_shell
from nnutils.book.pages.typography import connect as connect_typography

__all__ = ["SCRIPTS", "STATIC", "STYLES", "setup"]

STATIC = Path(__file__).resolve().parent / "static"
"""The folder with the styles and scripts."""

STYLES = (
    "book.css",
    "layout.css",
    "tables.css",
    "scrollers.css",
    "verdicts.css",
    "worked.css",
    "folds.css",
    "figures.css",
    "reference.css",
)
SCRIPTS = ("worked.js", "scrollers.js")

_AFTER_THE_THEME = 800  # where Sphinx puts the files that a configuration names


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the styles and scripts to every page; called by Sphinx."""
    app.connect("config-inited", _add_folder)
    for style in STYLES:
        app.add_css_file(style, priority=_AFTER_THE_THEME)
    for script in SCRIPTS:
        app.add_js_file(script, priority=_AFTER_THE_THEME, loading_method="defer")
    connect_shell(app, STYLES, SCRIPTS)
    connect_found(app)
    connect_boxes(app)
    connect_engine(app)
    connect_typography(app)
    connect_folds(app)
    connect_figures(app)
    connect_mathematics(app)
    connect_audit(app)
    connect_reference(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": state_version()}


def _add_folder(app: Sphinx, config: Config) -> None:
    """Put our folder before the book's own, which is copied later and so wins."""
    config.html_static_path = [str(STATIC), *config.html_static_path]
