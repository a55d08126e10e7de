"""The page around a hand-out: its head, its style and its formulas."""

from __future__ import annotations

import html
from pathlib import Path

from nnutils.book.contents.reading import read_config
from nnutils.book.pages.mathematics import characters_of, style_sheet, typeset

__all__ = ["printed_page"]

STYLE = Path(__file__).resolve().parent / "paper.css"


def printed_page(book: Path, title: str, body: str, style: str = "") -> str:
    """Return a whole page of a hand-out, in HTML; ``style`` is added to that of all hand-outs.

    Its formulas are MathML, and their font is in it: the page needs no other file.

    Raises:
        BookError: for a formula that cannot be set.
    """
    author = str(read_config(book).get("author", ""))
    text = typeset(body)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{html.escape(title)}</title>
<meta name="author" content="{html.escape(author)}">
<style>
{style_sheet(characters_of(text))}{STYLE.read_text(encoding="utf-8")}{style}</style>
</head>
<body>
{text}
</body>
</html>
"""
