"""Where boxes stand on a page and in a site: behind the question, their files in a folder of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

__all__ = ["AFTER_OURS", "FILES", "FOLDER", "load_files", "place_boxes", "question_section", "write_files"]

FILES = Path(__file__).resolve().parent / "files"
"""The folder with the scripts and the style of the boxes."""

FOLDER = "_practice"
"""Where they are in the site. Below ``_static``, every page would load every script."""

AFTER_OURS = 810
"""Where Sphinx puts the files of the boxes: behind the styles and scripts of every page."""

_SECTION = "question"  # the section that the boxes close, by the id that Sphinx makes from its heading


def question_section(doctree: nodes.document) -> nodes.section | None:
    """Return the section of a page that asks its question; None for a page without one."""
    sections = doctree.findall(nodes.section)
    return next((one for one in sections if _SECTION in one["ids"]), None)


def place_boxes(asks: nodes.section, markup: str) -> None:
    """Put boxes, as HTML, at the end of the section that asks the question."""
    asks.append(nodes.raw("", markup, format="html"))


def load_files(app: Sphinx, priority: int = AFTER_OURS) -> None:
    """Have a page load the style, and the script that loads the others when they are needed."""
    app.add_css_file(f"../{FOLDER}/boxes.css", priority=priority)
    app.add_js_file(f"../{FOLDER}/loader.js", priority=priority, loading_method="defer")


def write_files(app: Sphinx, files: Iterable[Path], data: Mapping[str, str]) -> None:
    """Write files of the boxes into a site, and the data of each question, by its name, as a script."""
    target = Path(app.outdir) / FOLDER
    target.mkdir(exist_ok=True)
    for file in files:
        (target / file.name).write_bytes(file.read_bytes())
    for name, script in data.items():
        (target / f"{name.replace('/', '-')}.js").write_text(script, encoding="utf-8")
