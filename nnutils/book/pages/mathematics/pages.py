"""The Sphinx side of the formulas: each becomes MathML as its page is read, and the site gets their font.

A formula that cannot be set is a warning with its page and its TeX; ``jupyter-book build -W`` stops at it.
"""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from nnutils.book.pages.mathematics.characters import characters_of
from nnutils.book.pages.mathematics.fonts import FONT, missing_characters, style_sheet
from nnutils.book.pages.mathematics.markup import typeset, with_signs
from nnutils.book.pages.mathematics.rendering import FILES, SCRIPTS, display_tex, mathml
from nnutils.core.errors import BookError

__all__ = ["FOLDER", "STYLE", "connect", "state_version"]

FOLDER = "_mathematics"
"""Where the style and the scripts are in the site. Below ``_static``, every page would load every script."""

STYLE = "mathematics.css"

_RENDERER = "mathml"
_MADE = "mathml"  # the attribute of a node that holds what is shown
_BEFORE_TITLES = 400  # Sphinx collects the titles of pages and sections, which may hold formulas, at 500
_LAST = 900  # what other parts of the book put on a page as HTML is there by now
_AFTER_OURS = 805  # behind the styles and scripts of every page
_say = logging.getLogger(__name__)


def connect(app: Sphinx) -> None:
    """Have formulas rendered as MathML; called by the extension."""
    app.add_html_math_renderer(_RENDERER, (_write_inline, None), (_write_block, None))
    app.connect("config-inited", _settle)
    app.connect("doctree-read", _render, priority=_BEFORE_TITLES)
    app.connect("doctree-read", _render_html, priority=_LAST)
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
    app.connect("env-updated", _write_files)
    app.connect("html-page-context", _add_files)


def state_version() -> int:
    """Return a number that changes with what renders formulas, so that pages read before are read again."""
    ours = sorted(Path(__file__).parent.glob("*.py"))
    contents = b"".join(path.read_bytes() for path in [*SCRIPTS, *ours])
    return int(hashlib.sha256(contents).hexdigest()[:8], 16)


def _settle(app: Sphinx, config: Config) -> None:
    config.html_math_renderer = _RENDERER
    if "myst_update_mathjax" in config:
        config.myst_update_mathjax = False  # there is none to update


def _render(app: Sphinx, doctree: nodes.document) -> None:
    """Render each formula of a page, and note the characters that the page needs."""
    if app.builder.format != "html":
        return
    formulas = [*doctree.findall(nodes.math), *doctree.findall(nodes.math_block)]
    if formulas:
        _note(app.env, "".join(map(_markup, formulas)))


def _render_html(app: Sphinx, doctree: nodes.document) -> None:
    """Render the formulas in outputs that are HTML, such as tables."""
    if app.builder.format != "html":
        return
    for node in doctree.findall(nodes.raw):
        if "html" not in node.get("format", "").split():
            continue
        written = node.astext()
        try:
            made = typeset(written)
        except BookError as error:
            _say.warning("%s", error, location=node if node.line else app.env.docname)
            continue
        if made != written:
            node.children = [nodes.Text(made)]
        if "<math" in made:
            _note(app.env, made)


def _note(env: BuildEnvironment, markup: str) -> None:
    """Note the characters in the formulas of the page that is being read."""
    shown = characters_of(markup)
    if absent := missing_characters(shown):
        _say.warning("%s has no letter for %s", FONT.name, ", ".join(absent), location=env.docname)
    known = _characters(env)
    known[env.docname] = known.get(env.docname, frozenset()) | shown


def _markup(node: nodes.Element) -> str:
    """Return a formula as MathML; one that cannot be set as its TeX, with a warning."""
    if _MADE not in node:
        display = isinstance(node, nodes.math_block)
        tex = display_tex(node.astext()) if display else node.astext()
        try:
            node[_MADE] = mathml(tex, display=display)
        except BookError as error:
            _say.warning("%s", error, location=node)
            node[_MADE] = f"<math><merror><mtext>{html.escape(tex)}</mtext></merror></math>"
    return str(node[_MADE])


def _write_inline(writer: Any, node: nodes.Element) -> None:
    """Write a formula in a line; called by Sphinx."""
    writer.body.append(_markup(node))
    raise nodes.SkipNode


def _write_block(writer: Any, node: nodes.Element) -> None:
    """Write a formula on a line of its own, with its number where it has a label; called by Sphinx."""
    writer.body.append(writer.starttag(node, "div", CLASS="math"))
    if node.get("number"):
        writer.body.append(f'<span class="eqno">({get_node_equation_number(writer, node)})')
        writer.add_permalink_ref(node, "Link to this equation")
        writer.body.append("</span>")
    writer.body.append(f"{_markup(node)}</div>\n")
    raise nodes.SkipNode


def _characters(env: BuildEnvironment) -> dict[str, frozenset[str]]:
    """Return the characters of each page with formulas, kept from one build to the next."""
    if not hasattr(env, "nn_mathematics"):
        env.nn_mathematics = {}  # type: ignore[attr-defined]
    known: dict[str, frozenset[str]] = env.nn_mathematics  # type: ignore[attr-defined]
    return known


def _forget(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    _characters(env).pop(page, None)


def _merge(app: Sphinx, env: BuildEnvironment, pages: Iterable[str], other: BuildEnvironment) -> None:
    _characters(env).update({page: known for page, known in _characters(other).items() if page in pages})


def _write_files(app: Sphinx, env: BuildEnvironment) -> None:
    """Write the style with the font, and what typesets in the browser, before the pages that link them."""
    if app.builder.format != "html":
        return
    target = Path(app.outdir) / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    used: frozenset[str] = frozenset().union(*_characters(env).values())
    style = style_sheet(used) if used else (FILES / STYLE).read_text(encoding="utf-8")
    (target / STYLE).write_text(style, encoding="utf-8")
    for script in SCRIPTS:
        (target / script.name).write_bytes(script.read_bytes())


def _add_files(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Have pages with formulas load their style."""
    if page in _characters(app.env):
        app.add_css_file(f"../{FOLDER}/{STYLE}", priority=_AFTER_OURS)
        context["body"] = with_signs(context["body"])
