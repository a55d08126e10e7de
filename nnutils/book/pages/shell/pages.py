"""The Sphinx side of the shell: its templates, what each page loads, and the files made at the end."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from nnutils.book.pages.shell.bundles import Own, is_bundled, remove_spare_files, write_bundles
from nnutils.book.pages.shell.contents import Contents
from nnutils.book.pages.shell.navigation import naming
from nnutils.book.pages.shell.pictures import with_sizes

__all__ = ["THEME", "connect"]

THEME = "sphinx_book_theme"
"""The theme that the shell knows."""

_HERE = Path(__file__).resolve().parent
_TABS = "design-tabs.js"
_FIRST, _LAST = 100, 900  # before the theme, which is there at 500, and after every other listener


def connect(app: Sphinx, styles: tuple[str, ...], scripts: tuple[str, ...]) -> None:
    """Have the shell put around the pages of a book in this theme; called by the extension.

    The styles and scripts, files of ``_static`` that the extension adds to every page, become part of the
    shell's.
    """
    app.connect("config-inited", partial(_add_folders, own=Own(styles, scripts)))


def _add_folders(app: Sphinx, config: Config, own: Own) -> None:
    if config.html_theme != THEME:
        return
    # the book's own templates come before ours, and its own static files replace ours
    config.templates_path = [*config.templates_path, str(_HERE / "templates")]
    config.html_static_path = [str(_HERE / "files"), *config.html_static_path]
    app.connect("html-page-context", Contents().give, priority=_FIRST)
    app.connect("html-page-context", partial(_settle_page, own=own), priority=_LAST)
    app.connect("build-finished", partial(_write_files, own=own), priority=_LAST)


def _settle_page(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object, own: Own
) -> None:
    """Take from a page what the shell's own files hold, and what it has no use for."""
    body = context.get("body") or ""
    if body:
        context["body"] = body = with_sizes(body, app.builder.images, Path(app.outdir))
    if "generate_toctree_html" in context:
        context["generate_toctree_html"] = naming(context["generate_toctree_html"])
    context.setdefault("default_mode", "auto")
    context.setdefault("shell_foot", "")
    context["shell_bootstrap"] = "data-bs-" in body
    context["css_files"] = [file for file in context["css_files"] if not is_bundled(_name(file), own)]
    scripts = [file for file in context["script_files"] if not is_bundled(_name(file), own)]
    if "sd-tab-set" not in body:
        scripts = [file for file in scripts if not _name(file).endswith(_TABS)]
    for script in scripts:
        # An inline script cannot wait, except as a module: these need what the shell's script brings.
        said = getattr(script, "attributes", {})
        if str(said.get("body", "")).startswith("DOCUMENTATION_OPTIONS."):
            said["type"] = "module"
    context["script_files"] = scripts


def _name(file: Any) -> str:
    return str(getattr(file, "filename", file) or "")


def _write_files(app: Sphinx, problem: Exception | None, own: Own) -> None:
    if problem is None and app.builder.format == "html":
        write_bundles(Path(app.outdir), own)
        remove_spare_files(Path(app.outdir))
