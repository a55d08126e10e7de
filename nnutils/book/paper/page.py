"""The page around a hand-out: its head, its style and its formulas."""

from __future__ import annotations

import html
import os
from pathlib import Path

from nnutils.book.contents.reading import read_config
from nnutils.core.errors import BookError

__all__ = ["printed_page"]

STYLE = Path(__file__).resolve().parent / "paper.css"


def printed_page(book: Path, folder: Path, title: str, body: str, style: str = "") -> str:
    """Return a whole page for a folder of the book, in HTML; ``style`` is added to that of all hand-outs.

    MathJax is the book's own copy, so nothing is fetched from elsewhere.

    Raises:
        BookError: where the book has no copy of MathJax.
    """
    script = os.path.relpath(_mathjax(book), folder).replace(os.sep, "/")
    author = str(read_config(book).get("author", ""))
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{html.escape(title)}</title>
<meta name="author" content="{html.escape(author)}">
<style>
{STYLE.read_text(encoding="utf-8")}{style}</style>
<script>MathJax = {{options: {{enableMenu: false}}, svg: {{fontCache: "global"}}}};</script>
<script src="{script}" defer></script>
</head>
<body>
{body}
</body>
</html>
"""


def _mathjax(book: Path) -> Path:
    """Return the book's copy of MathJax, in one of the folders that its site carries along.

    Raises:
        BookError: where it has none.
    """
    sphinx = read_config(book).get("sphinx", {}).get("config", {})
    for folder in sphinx.get("html_extra_path", []):
        scripts: list[Path] = sorted((book / str(folder)).glob("**/tex-*.js"))
        if scripts:
            return scripts[0]
    raise BookError(
        "The book has no copy of MathJax, so formulas could not be printed.",
        where="html_extra_path in _config.yml",
        remedy="Put tex-svg-full.js into one of these folders.",
    )
