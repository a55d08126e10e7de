"""A small book with one lesson and its practice file."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from support.practice_book import PART, PRACTICE, write_practice

LESSON = f"chapters/{PART}/01_weights"
CELLS = [
    new_markdown_cell("# Counting <weights>\n\nAfter this page you can count."),
    new_markdown_cell("## Question"),
    new_code_cell("width = 3"),
    new_code_cell(
        "%%prose\n{{ width }} nodes?",
        outputs=[new_output("display_data", {"text/markdown": "**(a)** 3 nodes? *[10 marks]*"})],
    ),
    new_markdown_cell("As code:", metadata={"tags": ["screen-only"]}),
    new_markdown_cell("## Hints\n\nA hint."),
    new_markdown_cell("## Solution\n\n### Model answer\n\nIt has"),
    new_code_cell(
        "12", outputs=[new_output("execute_result", {"text/plain": "12 weights"}, execution_count=1)]
    ),
    new_markdown_cell("since $3 \\cdot 4 = 12$.\n\n### Why\n\nAn explanation."),
]


def write_book(root: Path, practice: str = PRACTICE) -> Path:
    """Write the book into a folder, with another practice file where one is given."""
    write_practice(root, practice)
    (root / "_config.yml").write_text("title: A Book\nauthor: A. Writer\n", encoding="utf-8")
    (root / "_toc.yml").write_text(
        f"parts:\n- caption: Sizes\n  chapters:\n  - file: x\n    sections:\n    - file: {LESSON}\n",
        encoding="utf-8",
    )
    write_lesson(root, CELLS)
    return root


def write_lesson(book: Path, cells: list[nbformat.NotebookNode]) -> None:
    """Write the cells of the lesson."""
    nbformat.write(new_notebook(cells=cells), book / f"{LESSON}.ipynb")
