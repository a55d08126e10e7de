"""The parts of a question in its text: labels and marks, as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode

_LABEL = re.compile(
    r"\*\*\((?P<own>\w+)\)\*\*"  # **(a)**
    r"|^\*\*(?P<word>[A-Z]\w+)\.\*\*"  # **Table.**
    r"|^\s*(?:- \((?P<roman>[ivx]+)\)|(?P<number>\d+)\.) ",  # inside a part: - (i), or 1.
    re.MULTILINE,
)
_MARKS = re.compile(r"\*\[(\d+) marks?\]\*")


def parts_in(text: str) -> list[tuple[str, int]]:
    """Label and marks of each part, in order; '(b)' with a list inside has parts such as b.1 or b.ii."""
    found, own, label, end = [], "", "", 0
    for match in [*_LABEL.finditer(text), None]:
        between = text[end : match.start() if match else len(text)]
        found += [(label, int(number)) for number in _MARKS.findall(between)]
        if match is None:
            break
        inside = match["roman"] or match["number"]
        if inside and not own:
            continue  # a list before the first part
        own = own if inside else match["own"] or match["word"].lower()
        label, end = f"{own}.{inside}" if inside else own, match.end()
    return found


def between(notebook: Any, first: str, *ends: str) -> list[Any]:
    """The cells below a heading, up to the next one that begins with one of the ends; of text its part."""
    found, inside = [], False
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            found += [cell] * inside
            continue
        lines = []
        for line in cell.source.splitlines():
            if line == first:
                inside = True
            elif inside and line.startswith(ends):
                inside = False
            elif inside:
                lines.append(line)
        found += [NotebookNode(cell_type="markdown", source="\n".join(lines))] * bool(lines)
    return found


def stored(cell: Any) -> str:
    """What a reader sees of a cell's text."""
    if cell.cell_type == "markdown":
        return str(cell.source)
    return "\n\n".join(output.get("data", {}).get("text/markdown", "") for output in cell.outputs)


def stored_question(notebook: Any) -> Iterator[str]:
    """The texts of a lesson's question, as stored."""
    return map(stored, between(notebook, "## Question", "## "))
