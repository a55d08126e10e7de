"""The pictures in a lesson's Question section, as they are stored in its notebook."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from nnutils.book.contents.reading import read_notebook
from nnutils.book.contents.sections import QUESTION, section
from nnutils.drawing.describing import written_description

__all__ = ["Picture", "question_pictures"]


@dataclass(frozen=True)
class Picture:
    """A picture as a file: its ``name``, its ``data``, and the ``words`` for those who cannot see it."""

    name: str
    data: bytes
    words: str


def question_pictures(lesson: Path) -> tuple[Picture, ...]:
    """Return the pictures of a lesson's question as given, in order.

    They are the PNG beside the SVG where there is one: some learning systems do not show an SVG.

    Raises:
        BookError: for a lesson without a question.
    """
    found: list[Picture] = []
    for cell in section(read_notebook(lesson).cells, QUESTION, f"{lesson.parent.name}/{lesson.name}"):
        for output in cell.outputs if cell.cell_type == "code" else ():
            data = output.get("data", {})
            svg = data.get("image/svg+xml")
            words = (written_description(svg) if svg else "") or ""
            name = f"{lesson.stem}_{len(found) + 1}"
            if "image/png" in data:
                found.append(Picture(f"{name}.png", base64.b64decode(data["image/png"]), words))
            elif svg:
                found.append(Picture(f"{name}.svg", svg.encode(), words))
    return tuple(found)
