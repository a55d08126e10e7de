"""The theme's style sheets as one, the theme's scripts as one; both are made when all pages are written.

One request in place of twenty: on a slow line the first page would wait for most of them in turn.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

from nnutils.book.pages.shell.icons import with_own_icons
from nnutils.book.pages.shell.styles import licences, pruned, relocated, themes_without_scripts
from nnutils.book.pages.shell.used_names import names_in_pages, words_in_scripts

__all__ = ["MADE", "SCRIPTS", "SHEETS", "is_bundled", "remove_spare_files", "write_bundles"]

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
# What the theme gives a tab stop if it scrolls. It measures all of it as a page opens, also in closed folds, which a
# browser then has to lay out: most of a lesson. scrollers.js does this for what is in sight.
_SCROLLERS = re.compile(r'\["pre",[^\]]*"\.pst-scrollable-table-container"\]\.join\(", "\)')
_OWN_SCRIPTS = ("pyodide", "mathjax")  # folders whose scripts give no element a class of the theme
_PLACE = re.compile(rf"(_static/(?:{'|'.join(map(re.escape, MADE))}))\?v=0\b")


def is_bundled(file: str) -> bool:
    """Return whether a file, by its address in a page, is part of the style sheet or the script of the shell.

    >>> is_bundled("_static/copybutton.js"), is_bundled("styles/sphinx-book-theme.css"), is_bundled("fold.js")
    (True, True, False)
    """
    path = Path(file.removeprefix("_static/"))
    return any(path.match(pattern) for pattern in (*SHEETS, *SCRIPTS, "styles/theme.css"))


def write_bundles(site: Path) -> None:
    """Write the style sheets and the script of the shell, and have the pages name these very versions."""
    pages = {file: file.read_text(encoding="utf-8") for file in _pages(site)}
    static = site / "_static"
    if _found(
        static, SCRIPTS
    ):  # where no page had to be written, Sphinx copies nothing, and ours are there still
        _write_files(site, names_in_pages(pages.values()))
    marks = {f"_static/{name}": _mark(static / name) for name in MADE}
    for file, text in pages.items():
        marked = _PLACE.sub(lambda match: f"{match[1]}?v={marks[match[1]]}", text)
        if marked != text:
            file.write_text(marked, encoding="utf-8")


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


def _write_files(site: Path, names: set[str]) -> None:
    static = site / "_static"
    script = _script(static)
    words = words_in_scripts([script, *_scripts(site)])
    # a font's short class, such as "far", is a word of English in a script; there the long one counts
    fonts = names | {word for word in words if "-" in word}
    sheet = _sheet(static, names | words, fonts)
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


def _script(static: Path) -> str:
    """Join the scripts, each as it is but for what it would write to the console, and what it would measure."""
    texts = [file.read_text(encoding="utf-8") for file in _found(static, SCRIPTS)]
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


def _sheet(static: Path, names: set[str], fonts: set[str]) -> str:
    files = _found(static, SHEETS)
    texts = []
    for file in files:
        here = file.parent

        def place(address: str, here: Path = here) -> str:
            return os.path.relpath(here / address, static).replace(os.sep, "/")

        texts.append(relocated(file.read_text(encoding="utf-8"), place))
    css = with_own_icons("\n".join(pruned(text, names) for text in texts), static, fonts)
    return "\n".join([licences("\n".join(texts)), css])
