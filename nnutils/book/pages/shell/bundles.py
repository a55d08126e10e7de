"""The style sheets of every page as one, its scripts as one, and the versions of what a page loads.

One request in place of twenty: on a slow line the first page would wait for most of them in turn. All of it
is made when all pages are written.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from nnutils.book.pages.shell.icons import with_own_icons
from nnutils.book.pages.shell.styles import licences, pruned, relocated, themes_without_scripts
from nnutils.book.pages.shell.used_names import names_in_pages, words_in_scripts

__all__ = ["MADE", "SCRIPTS", "SHEETS", "Own", "is_bundled", "remove_spare_files", "write_bundles"]

SHEETS = (
    "basic.css",  # imported by the theme
    "styles/pydata-sphinx-theme.css",
    "pygments.css",
    "styles/sphinx-book-theme.css",
    "copybutton.css",
    "mystnb.*.css",
    "sphinx-design.min.css",
    "adjustments.css",
    "about.css",
)
"""The style sheets of the theme and of Sphinx, as patterns below ``_static``, in the order that counts."""

SCRIPTS = (
    "documentation_options.js",
    "doctools.js",
    "sphinx_highlight.js",
    "clipboard.min.js",
    "copybutton.js",
    "scripts/sphinx-book-theme.js",
    "scripts/pydata-sphinx-theme.js",
    "menus.js",
)
"""The scripts of the theme and of Sphinx that every page needs, in the order in which they run."""

MADE = ("shell.css", "shell.js", "without-scripts.css")
"""What is made of them, below ``_static``."""

_SPARE = (
    "scripts/*.map",
    "scripts/fontawesome.js*",
    "styles/*.map",
    "styles/theme.css",
    "vendor/fontawesome/webfonts/*",
    "locales/*/LC_MESSAGES/*",
    "images/logo_*",
    "*webpack-macros.html",
)
"""What the theme brings and no page loads."""

_BOOTSTRAP = "scripts/bootstrap.js"
_SAYS = re.compile(r"\bconsole\.(?:log|info|debug)\(")
# What the theme gives a tab stop if it scrolls. It measures all of it as a page opens, also in closed folds,
# which a browser then has to lay out: most of a lesson. scrollers.js does this for what is in sight.
_SCROLLERS = re.compile(r'\["pre",[^\]]*"\.pst-scrollable-table-container"\]\.join\(", "\)')
_OWN_SCRIPTS = ("pyodide", "mathjax")  # folders whose scripts give no element a class of the theme
# An address without a version, or with that of a file which was to be made. A logo is a picture and an icon.
_LOADED = re.compile(
    r"""(?P<before><(?:link\b[^>]*\shref|script\b[^>]*\ssrc|img\b[^>]*\ssrc(?=="[./]*_static/))=")"""
    r"""(?P<address>(?!/|[a-z]+:)[^"?#]+\.(?:css|js|ico|svg|png))(?:\?v=0)?(?=")"""
)


@dataclass(frozen=True)
class Own:
    """Our style sheets and scripts of every page, files of ``_static``, in the order that counts."""

    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()


def is_bundled(file: str, own: Own = Own()) -> bool:
    """Return whether a file, by its address in a page, is part of the style sheet or the script of the shell.

    >>> is_bundled("_static/copybutton.js"), is_bundled("styles/sphinx-book-theme.css"), is_bundled("fold.js")
    (True, True, False)
    """
    path = Path(file.removeprefix("_static/"))
    if path.as_posix() in (*own.styles, *own.scripts):
        return True
    return any(path.match(pattern) for pattern in (*SHEETS, *SCRIPTS, "styles/theme.css"))


def write_bundles(site: Path, own: Own = Own()) -> None:
    """Write the style sheets and the script of the shell; have pages name the versions of what they load."""
    pages = {file: file.read_text(encoding="utf-8") for file in _pages(site)}
    static = site / "_static"
    # where no page had to be written, Sphinx copies nothing, and what was made before is there still
    if _found(static, SCRIPTS):
        _write_files(site, names_in_pages(pages.values()), own)
    mark = cache(_mark)
    for file, text in pages.items():
        marked = with_versions(text, file.parent, mark)
        if marked != text:
            file.write_text(marked, encoding="utf-8")


def with_versions(page: str, folder: Path, mark: Callable[[Path], str]) -> str:
    """Return a page that names the version of each style sheet, script and icon which it loads from the site.

    What has a version is kept by the browser of a reader, who would ask on each page whether it has changed.
    """

    def versioned(match: re.Match[str]) -> str:
        file = folder / unquote(match["address"])
        return f"{match['before']}{match['address']}?v={mark(file)}" if file.is_file() else match[0]

    return _LOADED.sub(versioned, page)


def remove_spare_files(site: Path) -> None:
    """Remove what the theme brings and no page loads, as far as it is there."""
    static = site / "_static"
    used = any(_BOOTSTRAP in file.read_text(encoding="utf-8") for file in _pages(site))
    spare = [*_SPARE, *SHEETS, *SCRIPTS, *([] if used else [f"{_BOOTSTRAP}*"])]
    for pattern in spare:
        for file in static.glob(pattern):
            file.unlink()
    for folder, _, _ in os.walk(static, topdown=False):
        if folder != str(static) and not os.listdir(folder):
            os.rmdir(folder)


def _pages(site: Path) -> list[Path]:
    return [file for file in sorted(site.rglob("*.html")) if "_static" not in file.parts]


def _found(static: Path, patterns: Iterable[str]) -> list[Path]:
    return [file for pattern in patterns for file in sorted(static.glob(pattern))]


def _write_files(site: Path, names: set[str], own: Own) -> None:
    static = site / "_static"
    script = _script(static, own)
    words = words_in_scripts([script, *_scripts(site)])
    # a font's short class, such as "far", is a word of English in a script; there the long one counts
    fonts = names | {word for word in words if "-" in word}
    sheet = _sheet(static, names | words, fonts, own)
    others = [
        file.read_text(encoding="utf-8") for file in sorted(site.rglob("*.css")) if not _ours(file, static)
    ]
    texts = (sheet, script, themes_without_scripts("\n".join([sheet, *others])))
    for name, text in zip(MADE, texts, strict=True):
        (static / name).write_text(text, encoding="utf-8")


def _mark(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:8]


def _ours(file: Path, static: Path) -> bool:
    """Return whether a style sheet is one that the shell makes, or is part of it."""
    if static not in file.parents:
        return False
    name = file.relative_to(static).as_posix()
    return name in MADE or is_bundled(name)


def _script(static: Path, own: Own) -> str:
    """Join the scripts, each as it is but for what it would write to the console or measure."""
    texts = [file.read_text(encoding="utf-8") for file in _found(static, (*SCRIPTS, *own.scripts))]
    texts = [re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.M) for text in texts]
    return "\n;\n".join(_SCROLLERS.sub('":not(*)"', _SAYS.sub("void (", text)) for text in texts)


def _scripts(site: Path) -> list[str]:
    """Return the other scripts that pages may load."""
    files = [
        file
        for file in sorted(site.rglob("*.js"))
        if file.relative_to(site).parts[0] not in _OWN_SCRIPTS and file.parent.name != "scripts"
    ]
    return [file.read_text(encoding="utf-8") for file in files]


def _sheet(static: Path, names: set[str], fonts: set[str], own: Own) -> str:
    files = _found(static, SHEETS)
    texts = []
    for file in files:
        here = file.parent

        def place(address: str, here: Path = here) -> str:
            return os.path.relpath(here / address, static).replace(os.sep, "/")

        texts.append(relocated(file.read_text(encoding="utf-8"), place))
    css = with_own_icons("\n".join(pruned(text, names) for text in texts), static, fonts)
    # ours are short, and for elements too that Python makes in the browser: they stay whole
    ours = [file.read_text(encoding="utf-8") for file in _found(static, own.styles)]
    return "\n".join([licences("\n".join(texts)), css, *ours])
