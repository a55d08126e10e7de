"""The Sphinx side: the tags and the end of each page, and the files at the root of the site."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.util import logging

from nnutils.book.pages.found.about import about_page
from nnutils.book.pages.found.cards import write_card
from nnutils.book.pages.found.crawlers import write_for_crawlers
from nnutils.book.pages.found.descriptions import description_of
from nnutils.book.pages.found.icons_of_site import write_icons
from nnutils.book.pages.found.logos import Logo, read_logo
from nnutils.book.pages.found.metadata import icon_tags, sharing_tags
from nnutils.book.pages.found.not_found import page_not_found
from nnutils.book.pages.found.publication import Publication, read_publication
from nnutils.core.errors import DrawingError, NNUtilsError

__all__ = ["CARDS", "connect"]

CARDS = "_cards"
"""The folder of the pictures that shared links show."""

_known: WeakKeyDictionary[Sphinx, tuple[Publication, Logo | None]] = WeakKeyDictionary()
_say = logging.getLogger(__name__)


def connect(app: Sphinx) -> None:
    """Have the tags and the files made; called by the extension."""
    app.add_config_value("book_repository", "", "html")
    app.add_config_value("book_contact", "", "html")
    app.add_config_value("book_package", "", "html")
    app.connect("config-inited", _read)
    app.connect("html-page-context", _add_to_page)
    app.connect("build-finished", _write_files)


def _read(app: Sphinx, config: Config) -> None:
    try:
        book = read_publication(config, Path(app.confdir))
    except NNUtilsError as error:
        raise ConfigError(str(error)) from None
    if book.address:
        config.html_baseurl = book.address  # from which Sphinx writes the canonical addresses
    icon = Path(app.confdir) / str(config.html_favicon or config.html_logo or "")
    logo = None
    if icon.suffix == ".svg":
        try:
            logo = read_logo(icon)
        except DrawingError as error:
            _say.info("The site has the logo as its only icon: %s", error)
    _known[app] = (book, logo)


def _add_to_page(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    book, logo = _known[app]
    tags = icon_tags(context["pathto"]("", 1)) if logo else ""
    if doctree is not None:
        title = app.env.titles[page].astext()
        address = f"{page}{app.builder.out_suffix}"  # type: ignore[attr-defined]
        card = f"{CARDS}/{_part(app, page) or 'book'}.png"
        shared = sharing_tags(book, _name(app), address, title, description_of(doctree), card)
        tags = f"{tags}\n{shared}"
        source = str(app.env.doc2path(page, base=False))
        notebook = ""
        if source.endswith(".ipynb") and context.get("has_source") and context.get("sourcename"):
            notebook = context["pathto"](f"_sources/{context['sourcename']}", 1)
        context["shell_foot"] = about_page(book, title, address, source, notebook, app.config.book_package)
    context["metatags"] = f"{context.get('metatags', '')}\n{tags}\n"


def _name(app: Sphinx) -> str:
    """Return the name of the site: its title, which Sphinx makes of the project where none is set."""
    return str(app.config.html_title or app.config.project)


def _part(app: Sphinx, page: str) -> str:
    """Return the part of a page, which is its folder where that has an index; nothing for the book itself."""
    folder = page.rpartition("/")[0]
    return folder.rpartition("/")[2] if folder and f"{folder}/index" in app.env.titles else ""


def _write_files(app: Sphinx, problem: Exception | None) -> None:
    if problem is not None or app.builder.format != "html":
        return
    book, logo = _known[app]
    site, suffix = Path(app.outdir), app.builder.out_suffix  # type: ignore[attr-defined]
    pages = sorted(app.env.found_docs)
    write_for_crawlers(site, book.address, [f"{page}{suffix}" for page in pages])
    root = app.config.root_doc
    first = [root, *app.env.toctree_includes.get(root, [])]
    choice = [(f"{page}{suffix}", app.env.titles[page].astext()) for page in first if page in app.env.titles]
    text = page_not_found(_name(app), book.address, choice, app.config.language)
    (site / "404.html").write_text(text, encoding="utf-8")
    if logo:
        write_icons(logo, site)
    if not book.address:
        _say.info(
            "The address of the site is not known, so there is no sitemap.xml, no canonical address and no "
            "picture for shared links. Set BOOK_ADDRESS, or html: baseurl in _config.yml."
        )
        return
    parts = {_part(app, page): page.rpartition("/")[0] for page in pages}
    for part, folder in parts.items():
        title = app.env.titles[f"{folder}/index"].astext() if part else ""
        write_card(site / CARDS / f"{part or 'book'}.png", _name(app), title, logo)
