"""The pages of a book in reading order, each with its place in the table of contents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nnutils.book.contents.listing import page_of_entry, parts_of_contents
from nnutils.book.contents.reading import read_contents
from nnutils.core.errors import BookError

__all__ = ["Entry", "book_entries"]

_LISTS = ("chapters", "sections", "entries", "subtrees")


@dataclass(frozen=True)
class Entry:
    """A page: its name without a suffix, how deep it stands (0 is a chapter), the part that it opens."""

    page: str
    depth: int = 0
    caption: str = ""

    @property
    def address(self) -> str:
        """Return the name of the page in one document of all pages, where it begins each name of an anchor.

        >>> Entry("chapters/audit").address
        'chapters.audit'
        """
        return self.page.replace("/", ".")


def book_entries(book: Path) -> tuple[Entry, ...]:
    """Return every page that the table of contents of a book lists, the first page included, each once.

    Raises:
        BookError: for a book without a table of contents, and for one without pages.
    """
    contents = read_contents(book)
    root = [Entry(page_of_entry({"file": contents["root"]}))] if "root" in contents else []
    found: dict[str, Entry] = {}
    for entry in (*root, *_listed(contents)):
        found.setdefault(entry.page, entry)
    if not found:
        raise BookError("_toc.yml lists no page.", remedy="Name the first page as root: 'root: intro'.")
    return tuple(found.values())


def _listed(contents: Mapping[str, Any]) -> Iterator[Entry]:
    for part in parts_of_contents(contents):
        caption = str(part.get("caption", ""))
        for entry in _below(part, 0):
            yield Entry(entry.page, entry.depth, caption)
            caption = ""  # it stands before the first page of the part


def _below(node: Mapping[str, Any], depth: int) -> Iterator[Entry]:
    for key in _LISTS:
        for entry in node.get(key) or ():
            if "file" in entry:
                yield Entry(page_of_entry(entry), depth)
            yield from _below(entry, depth + 1)
