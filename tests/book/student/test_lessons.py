"""What is left of a lesson for students: title, question, hints; of the code only the givens."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest

from nnutils.book.student.lessons import DRAWN, reduced_lesson
from nnutils.core.errors import BookError
from nnutils.drawing.narrow.showing import NARROW_SVG

MARKDOWN, CODE = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
SVG = "<svg></svg>"
KERNEL = {"name": "python3", "display_name": "Python 3"}


def shown(**data: str) -> Any:
    kinds = {"text": "text/plain", "markdown": "text/markdown", "svg": "image/svg+xml", "html": "text/html"}
    return nbformat.v4.new_output("display_data", data={kinds[name]: value for name, value in data.items()})


def lesson(*inside: Any) -> Any:
    title = (
        "# One layer\n\nYou can count.\n\n**Part:** sizes · **Sheets:** 000 and 001 · **Time:** 5 minutes\n\n"
    )
    first = [
        MARKDOWN(title + '**To run it:** `pip install ".[book]"`; then it runs.'),
        MARKDOWN("## Question"),
    ]
    last = [
        MARKDOWN("## Hints\n\nOne."),
        MARKDOWN("## Solution\n\n12"),
        CODE("3 * 4", outputs=[shown(text="12")]),
    ]
    return nbformat.v4.new_notebook(cells=[*first, *inside, *last], metadata={"kernelspec": KERNEL})


def cells(*inside: Any) -> list[tuple[str, str]]:
    return [(cell.cell_type, cell.source) for cell in reduced_lesson(lesson(*inside), "lesson").cells[2:-1]]


def test_title_question_and_hints_are_left() -> None:
    made = reduced_lesson(lesson(), "lesson")
    nbformat.validate(made)
    assert [cell.source for cell in made.cells] == [
        "# One layer\n\nYou can count.\n\n**Part:** sizes · **Time:** 5 minutes",
        "## Question",
        "## Hints\n\nOne.",
    ]
    assert made.metadata == {"kernelspec": KERNEL}


def test_code_goes_but_for_the_givens() -> None:
    givens = CODE(
        "width = 3", metadata={"tags": ["parameters"]}, outputs=[shown(text="12")], execution_count=2
    )
    made = reduced_lesson(lesson(CODE("import nnutils"), givens, CODE("width * 4")), "lesson").cells[2]
    assert (made.source, made.outputs, made.execution_count) == ("width = 3", [], None)
    assert cells(CODE("import nnutils"), givens, CODE("width * 4")) == [("code", "width = 3")]


def test_a_sentence_becomes_its_text_and_a_picture_stays() -> None:
    drawing = CODE("draw(12)", outputs=[shown(svg=SVG, text="<Figure 12>", html="<p>12</p>")])
    drawing.metadata["mystnb"] = {"image": {"alt": "A layer."}}
    prose = CODE("%%prose\nThree: {{ 3 }}", outputs=[shown(markdown="Three: 3", text="Three: 3")])
    assert cells(prose, drawing) == [("markdown", "Three: 3"), ("code", DRAWN)]
    kept = reduced_lesson(lesson(drawing), "lesson").cells[2]
    assert kept.outputs[0].data == {"image/svg+xml": SVG}
    assert kept.metadata == {"tags": ["remove-input"], "mystnb": {"image": {"alt": "A layer."}}}


def test_a_picture_stays_with_its_version_for_a_phone() -> None:
    data = {"image/svg+xml": SVG, NARROW_SVG: SVG, "text/plain": "<Figure 12>"}
    drawing = CODE("draw(12)", outputs=[nbformat.v4.new_output("display_data", data=data)])
    kept = reduced_lesson(lesson(drawing), "lesson").cells[2]
    assert kept.outputs[0].data == {"image/svg+xml": SVG, NARROW_SVG: SVG}


def test_other_outputs_and_what_serves_the_notebook_go() -> None:
    stream = nbformat.v4.new_output("stream", text="12")
    data = nbformat.v4.new_output("execute_result", data={"application/json": {"answer": 12}})
    screen = {"tags": ["screen-only"]}
    assert not cells(
        CODE("x", outputs=[stream, data, shown(text="12"), shown(html="<b>12</b>")]),
        MARKDOWN("As code:", metadata=screen),
        CODE("x", metadata=screen, outputs=[shown(markdown="12")]),
    )


def test_the_ids_of_cells_are_the_same_in_every_build() -> None:
    first, second = (reduced_lesson(lesson(MARKDOWN("a")), "lesson") for _ in range(2))
    assert nbformat.writes(first) == nbformat.writes(second)


@pytest.mark.parametrize("sources", [["# A"], ["# A", "## Question"], ["## Solution", "## Question"]])
def test_where_the_solution_begins_has_to_be_told(sources: list[str]) -> None:
    notebook = nbformat.v4.new_notebook(cells=[MARKDOWN(source) for source in sources])
    with pytest.raises(BookError, match="what of this lesson is its solution"):
        reduced_lesson(notebook, "chapters/part/01_a.ipynb")
