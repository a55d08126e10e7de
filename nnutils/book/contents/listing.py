"""The table of contents: which pages it lists, the parts with lessons, and pages added to it.

The file is _toc.yml in the form of jupyter-book: https://jupyterbook.org/v1/structure/toc.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from nnutils.book.contents.lessons import LESSON, question_name
from nnutils.book.contents.reading import read_contents
from nnutils.core.errors import BookError

__all__ = [
    "Part",
    "page_of_entry",
    "pages_below",
    "pages_in_text",
    "pages_listed",
    "parts_of_contents",
    "parts_with_lessons",
    "with_pages_behind",
]

_LISTS = ("parts", "chapters", "sections", "entries", "subtrees")
_LINE = re.compile(r"^(?P<before>[ ]*- file: *)(?P<page>\S+?)(?:\.md|\.ipynb)?[ ]*(?: #.*)?$", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """A part of the book: its ``folder``, its ``title`` in the table of contents, and its lessons."""

    folder: str
    title: str
    lessons: tuple[Path, ...]


def page_of_entry(entry: Mapping[str, Any]) -> str:
    """Return the page that an entry lists, without a suffix.

    >>> page_of_entry({"file": "chapters/audit.ipynb"})
    'chapters/audit'
    """
    return re.sub(r"\.(?:md|ipynb)$", "", str(entry["file"]))


def pages_below(node: Mapping[str, Any]) -> Iterator[str]:
    """Yield the pages that stand below a part or an entry of the table of contents, in reading order.

    >>> list(pages_below({"file": "a", "sections": [{"file": "b", "sections": [{"file": "c"}]}]}))
    ['b', 'c']
    """
    for key in _LISTS:
        for entry in node.get(key) or ():
            if "file" in entry:
                yield page_of_entry(entry)
            yield from pages_below(entry)


def pages_listed(contents: Mapping[str, Any]) -> tuple[str, ...]:
    """Return every page of a table of contents, the first page included, each once.

    >>> pages_listed({"root": "intro", "parts": [{"chapters": [{"file": "a.md"}, {"url": "https://a.b"}]}]})
    ('intro', 'a')
    """
    root = [re.sub(r"\.(?:md|ipynb)$", "", str(contents["root"]))] if "root" in contents else []
    return tuple(dict.fromkeys([*root, *pages_below(contents)]))


def parts_of_contents(contents: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the parts of a table of contents; one without parts is a single part itself."""
    parts: Sequence[Mapping[str, Any]] = contents.get("parts", [contents])
    return parts or ()


def parts_with_lessons(book: Path) -> tuple[Part, ...]:
    """Return the parts of a book that have lessons, in the order of its table of contents.

    A lesson is one that has a practice file. A folder with lessons is a part of its own.

    Raises:
        BookError: for a book without a table of contents, and for one without lessons.
    """
    found = []
    for part in parts_of_contents(read_contents(book)):
        files = [book / f"{page}.ipynb" for page in pages_below(part) if question_name(page, book)]
        for folder, lessons in groupby(files, key=lambda file: file.parent.name):
            found.append(Part(folder, str(part.get("caption", "")), tuple(lessons)))
    if not found:
        raise BookError("No part of _toc.yml has a lesson.", remedy=LESSON)
    return tuple(found)


def pages_in_text(text: str) -> list[str]:
    """Return the pages that a table of contents lists below the first one, from its text as it stands."""
    return [line["page"] for line in _LINE.finditer(text)]


def with_pages_behind(text: str, added: Mapping[str, Sequence[str]]) -> str:
    """Return the text of a table of contents with pages added behind others; comments stay.

    >>> print(with_pages_behind("- file: a # first\\n- file: b\\n- file: c", {"a": ["a1", "a2"]}))
    - file: a # first
    - file: a1
    - file: a2
    - file: b
    - file: c
    """
    return _LINE.sub(
        lambda line: "\n".join(
            [line[0], *(f"{line['before']}{page}" for page in added.get(line["page"], ()))]
        ),
        text,
    )
