"""The end of a page: its notebook and how to run it, its source, how to report a slip, how to cite it."""

from __future__ import annotations

from html import escape

from nnutils.book.pages.found.citing import as_bibtex, as_text
from nnutils.book.pages.found.links import install_line, report_link, source_link
from nnutils.book.pages.found.publication import Publication

__all__ = ["about_page"]


def about_page(
    book: Publication, title: str, page: str, file: str, notebook: str = "", package: str = ""
) -> str:
    """Return the end of a page as HTML.

    Arguments: the book; title and address of the page; its source, from the book's folder; where it is a
    notebook, its address from this page; the package that notebooks need, with its extras.
    """
    links = [
        _link(notebook, "Download the notebook", " download"),
        _link(source_link(book, file), "Source of this page"),
        _link(report_link(book, title, file), "Report a slip on this page"),
    ]
    shown = " <span aria-hidden='true'>·</span> ".join(filter(None, links))
    parts = [f"<p>{shown}</p>" if shown else ""]
    if notebook and (line := install_line(book, package)):
        where = "" if book.repository else " in a copy of the book’s repository"
        needs = f"<p>It needs Python and the book’s library. Install it{where}:</p>{_code(line)}"
        parts.append(_closed("Run this notebook", needs))
    citation = f"<p>{escape(as_text(book, title, page))}</p>{_code(as_bibtex(book, title, page))}"
    parts.append(_closed("Cite this page", citation))
    inside = "\n".join(filter(None, parts))
    return f'<section class="about-page d-print-none" aria-label="About this page">\n{inside}\n</section>'


def _link(address: str, text: str, more: str = "") -> str:
    return f'<a href="{escape(address)}"{more}>{text}</a>' if address else ""


def _closed(summary: str, inside: str) -> str:
    return f"<details><summary>{summary}</summary>{inside}</details>"


def _code(text: str) -> str:
    # with the classes by which the button that copies finds it
    return f'<div class="highlight"><pre>{escape(text)}</pre></div>'
