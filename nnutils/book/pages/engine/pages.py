"""The Sphinx side of Python in the browser: the archive, the scripts, the live panels on pages.

A panel is written as a block of code, so that it also reads where no site is built::

    ```{code-block} text
    :class: live-trace
    function: ln(x1) + x1*x2
    at: x1 = 2, x2 = 5
    ```

The class ``live-sheet`` makes a form that checks a worked solution; the block is the example that it offers.

In a site whose ``html_extra_path`` brings no folder ``pyodide``, and in an edition for students, panels stay
such blocks and there are no variants.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from nnutils.book.contents.lessons import question_name
from nnutils.book.pages.boxes.editions import is_for_students
from nnutils.book.pages.boxes.pages import lessons
from nnutils.book.pages.boxes.placing import FILES as BOXES
from nnutils.book.pages.boxes.placing import FOLDER, load_files, write_files
from nnutils.book.pages.engine.bundle import make_bundle
from nnutils.book.pages.engine.panel_markup import offer, panel, texts_of
from nnutils.book.pages.engine.sheet_markup import sheet_panel
from nnutils.core.errors import NNUtilsError

__all__ = ["FILES", "PYTHON", "connect", "python_files"]

FILES = Path(__file__).resolve().parent / "files"
"""The folder with the scripts and the style."""

PYTHON = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
"""The files of Pyodide that a browser loads, in the folder ``pyodide`` at the root of the site."""

_AFTER_THE_BOXES = 820
_PANELS = "nn_live_panels"  # in the metadata of a page: the scripts of its panels, one for each panel
_BOXES = re.compile(r'(<section class="practice".*?)(</section>)', re.DOTALL)
_say = logging.getLogger(__name__)


def connect(app: Sphinx) -> None:
    """Have panels and variants put on the pages, and their files into the site; called by the extension."""
    app.connect("doctree-read", _replace)
    app.connect("html-page-context", _add_files)
    app.connect("build-finished", _write_files)


def python_files(app: Sphinx) -> list[Path] | None:
    """Return the files of Pyodide that this site gets; None where some are missing, or none are wanted."""
    if is_for_students(app):
        return None
    for place in app.config.html_extra_path:
        found = [Path(app.confdir) / place / "pyodide" / name for name in PYTHON]
        if all(file.is_file() for file in found):
            return found
    return None


def _replace(app: Sphinx, doctree: nodes.document) -> None:
    """Put a panel in the place of each block of code that asks for one."""
    if app.builder.format != "html" or python_files(app) is None:
        return
    for block in list(doctree.findall(nodes.literal_block)):
        name = next((one for one in map(str, block["classes"]) if one.startswith("live-")), None)
        if name is None:
            continue
        scripts = app.env.metadata[app.env.docname].setdefault(_PANELS, [])
        try:
            script, markup = _panel(name.removeprefix("live-"), block.astext(), f"live-{len(scripts) + 1}")
        except NNUtilsError as error:
            _say.warning("%s", error, location=block)
            continue
        scripts.append(script)
        block.replace_self(nodes.raw("", markup, format="html"))


def _panel(kind: str, written: str, identity: str) -> tuple[str, str]:
    """Return the script of a panel and its markup, from what its block holds."""
    if kind == "sheet":
        return "sheet.js", sheet_panel(written, identity)
    return "panels.js", panel(kind, texts_of(kind, written), identity)


def _add_files(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Have pages with boxes or panels load what starts Python when a reader asks for it."""
    asks = doctree is not None and question_name(page, Path(app.srcdir)) is not None
    panels = app.env.metadata.get(page, {}).get(_PANELS, [])
    if not (asks or panels) or is_for_students(app):
        return
    attributes: dict[str, Any] = {"priority": _AFTER_THE_BOXES, "loading_method": "defer"}
    app.add_css_file(f"../{FOLDER}/engine.css", priority=_AFTER_THE_BOXES)
    if not asks:  # otherwise the boxes bring both
        load_files(app)
    about: dict[str, Any] = dict(_about(app))
    if asks:
        below = offer(about.get("data-megabytes"))
        context["body"] = _BOXES.sub(lambda found: f"{found[1]}{below}{found[2]}", context["body"], count=1)
        app.add_js_file(f"../{FOLDER}/variants.js", **attributes, **about)
    for script in dict.fromkeys(panels):
        app.add_js_file(f"../{FOLDER}/{script}", **attributes, **about)
    if "sheet.js" in panels:
        app.add_css_file(f"../{FOLDER}/sheet.css", priority=_AFTER_THE_BOXES)


def _about(app: Sphinx) -> dict[str, str]:
    """Return what the scripts have to know of Python: a mark of the archive, how much there is to load.

    A worker can count the bytes of what it fetches, not of the modules that it imports.
    """
    files = python_files(app)
    if files is None:
        return {}
    known: dict[str, str] | None = getattr(app, "_nn_python", None)
    if known is None:
        archive = make_bundle(Path(app.srcdir))
        contents = [archive, *(file.read_bytes() for file in files)]
        counted = len(archive) + sum(file.stat().st_size for file in files if file.suffix != ".mjs")
        on_the_line = sum(len(gzip.compress(content, 6)) for content in contents)
        marks = b"".join(file.read_bytes() for file in sorted(FILES.iterdir()))
        known = {
            "data-bytes": str(counted),
            "data-megabytes": f"{on_the_line / 1e6:.0f}",
            "data-mark": hashlib.sha256(archive + marks).hexdigest()[:12],
        }
        app._nn_python, app._nn_archive = known, archive  # type: ignore[attr-defined]
    return known


def _write_files(app: Sphinx, problem: Exception | None) -> None:
    """Write the scripts and the archive into the site."""
    if problem is not None or app.builder.format != "html":
        return
    if is_for_students(app):
        return
    panels = any(known.get(_PANELS) for known in app.env.metadata.values())
    if not panels and next(lessons(app), None) is None:
        return
    without_python = [FILES / "engine.css", FILES / "variants.js"]
    files = without_python if python_files(app) is None else sorted(FILES.iterdir())
    write_files(app, [*files, BOXES / "boxes.css", BOXES / "loader.js"], {})
    if _about(app):
        archive: bytes = app._nn_archive  # type: ignore[attr-defined]
        (Path(app.outdir) / FOLDER / "python.zip").write_bytes(archive)
