"""The citation of a page: as a line of text, and for BibTeX."""

from __future__ import annotations

import re
import unicodedata

from nnutils.book.pages.found.publication import Publication

__all__ = ["as_bibtex", "as_text"]

_SPECIAL = re.compile(r"[\\{}&%$#_~^]")
_WRITTEN = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def as_text(book: Publication, title: str, page: str) -> str:
    """Return the citation of a page as a line of text.

    Arguments: the book, the title of the page, and its address below the root.

    >>> as_text(Publication("Solved", ("A. Author",), "1.0", "2030", "https://x.org/"), "Softmax", "s.html")
    'A. Author (2030). “Softmax”. In: Solved, version 1.0. https://x.org/s.html'
    """
    authors = ", ".join(book.authors)
    who = f"{authors} ({book.year})" if authors and book.year else authors or book.year
    where = book.title if title == book.title else f"“{title}”. In: {book.title}"
    version = f", version {book.version}" if book.version else ""
    parts = [f"{who}." if who else "", f"{where}{version}.", book.address + page if book.address else ""]
    return " ".join(filter(None, parts))


def as_bibtex(book: Publication, title: str, page: str) -> str:
    """Return the entry of a page for BibTeX.

    Arguments: as for the line of text.

    >>> print(as_bibtex(Publication("Solved", ("A. Author",), "1.0"), "Sizes & weights", "s.html"))
    @misc{solved-sizes-weights,
      author = {{A. Author}},
      title = {Sizes \\& weights},
      howpublished = {In: Solved},
      note = {Version 1.0}
    }
    """
    key = _key(title if title == book.title else f"{book.title.partition(':')[0]} {title}")
    fields = {
        "author": " and ".join(f"{{{_escaped(one)}}}" for one in book.authors),
        "title": _escaped(title),
        "howpublished": "" if title == book.title else f"In: {_escaped(book.title)}",
        "note": f"Version {_escaped(book.version)}" if book.version else "",
        "year": book.year,
        "url": book.address + page if book.address else "",
    }
    rows = [f"  {name} = {{{text}}}" for name, text in fields.items() if text]
    return "@misc{" + ",\n".join([key, *rows]) + "\n}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: _WRITTEN.get(match[0], f"\\{match[0]}"), text)


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))
