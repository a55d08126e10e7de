"""The sections of a lesson and the tags of its cells: what stands below which heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from nnutils.core.errors import BookError

__all__ = [
    "MODEL_ANSWER",
    "PARAMETERS",
    "QUESTION",
    "SCREEN_ONLY",
    "SOLUTION",
    "Heading",
    "has_tag",
    "headings",
    "section",
]

QUESTION, SOLUTION, MODEL_ANSWER = "## Question", "## Solution", "### Model answer"
"""The headings of a lesson that the book looks for."""

PARAMETERS = "parameters"
"""The tag of the cell that holds a lesson's givens."""

SCREEN_ONLY = "screen-only"
"""The tag of a cell that serves the notebook only: it is not printed, and not in an edition for students."""

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,}|:{3,})")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")


@dataclass(frozen=True)
class Heading:
    """A heading of a Markdown text: its words, its ``level``, and the number of its line, from 0."""

    text: str
    level: int
    line: int

    @property
    def written(self) -> str:
        """The heading as it is written: '## Question'."""
        return f"{'#' * self.level} {self.text}"


def headings(text: str) -> Iterator[Heading]:
    """Yield the headings of a Markdown text; what is fenced off is no heading.

    >>> [heading.written for heading in headings("# One\\n```\\n# comment\\n```\\n##  Two")]
    ['# One', '## Two']
    """
    fence = ""
    for number, line in enumerate(text.splitlines()):
        if found := _FENCE.match(line):
            mark = found[1]
            if not fence:
                fence = mark
            elif mark.startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif not fence and (heading := _HEADING.match(line)):
            yield Heading(heading[2], len(heading[1]), number)


def has_tag(cell: Any, tag: str) -> bool:
    """Return whether a cell of a notebook has a tag."""
    return tag in cell.metadata.get("tags", ())


def section(cells: Sequence[Any], heading: str, where: str) -> list[Any]:
    """Return the cells below a heading, up to the next one of its level or above; none of those is changed.

    A cell of text that holds a heading in its middle gives the piece that belongs to the section. ``heading``
    is as written, '## Question'; ``where`` says in an error which lesson it is.

    Raises:
        BookError: for a lesson without this heading.
    """
    level = len(heading.partition(" ")[0])
    found: list[Any] = []
    inside = False
    for cell in cells:
        if cell.cell_type != "markdown":
            found += [cell] * inside
            continue
        lines = cell.source.splitlines()
        start, end = (0 if inside else None), len(lines)
        for one in headings(cell.source):
            if start is None and one.written == heading:
                inside, start = True, one.line + 1
            elif start is not None and one.level <= level:
                inside, end = False, one.line
                break
        piece = "\n".join(lines[start:end]).strip() if start is not None else ""
        if piece:
            found.append(type(cell)({**cell, "source": piece}))
        if start is not None and not inside:
            return found
    if not inside:
        raise BookError(
            f"There is no heading {heading!r}.",
            where=where,
            remedy="Give the lesson a cell of text that begins with this heading.",
        )
    return found
