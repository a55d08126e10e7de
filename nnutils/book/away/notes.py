"""Worked numbers on paper: a small number behind each leads to the note that says how it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnutils.book.away.articles import tag_of
from nnutils.core.words import counted

if TYPE_CHECKING:  # what reads HTML is imported by what needs it
    from bs4.element import Tag

__all__ = ["add_notes"]

_WORK = ("title", "data-work")
"""Where the derivation of a number stands: before and after the page's script has taken it."""


def add_notes(article: Tag, address: str) -> int:
    """Give each worked number of a page its note, at the end of the page; return how many notes it has.

    A derivation that comes again leads to the same note. A number whose derivation is the number itself, a
    given one, has none.
    """
    notes: dict[str, int] = {}
    for number in article.select(".worked"):
        work = next((str(number[name]) for name in _WORK if number.get(name)), "")
        for name in (*_WORK, "role", "aria-describedby", "aria-expanded"):
            number.attrs.pop(name, None)
        if not work or work == number.get_text():
            continue
        at = notes.setdefault(work, len(notes) + 1)
        mark = tag_of("sup", class_="mark")
        mark.append(tag_of("a", str(at), href=f"#{address}--note-{at}", aria_label=f"note {at}"))
        number.insert_after(mark)
    if notes:
        article.append(_list(notes, address))
    return len(notes)


def _list(notes: dict[str, int], address: str) -> Tag:
    section = tag_of("section", class_="notes", id=f"{address}--notes")
    words = "How the numbers of this page were made"
    section.append(tag_of("p", words, class_="title"))
    rows = tag_of("ol")
    for work, at in notes.items():
        rows.append(tag_of("li", work, id=f"{address}--note-{at}"))
    section.append(rows)
    section["aria-label"] = f"{words}: {counted(len(notes), 'note')}"
    return section
