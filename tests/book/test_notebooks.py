"""Every notebook is stored as executed, has the book's shape, and types no result into its prose."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from support.notebook_files import (
    NOTEBOOKS,
    PICTURE,
    PREVIEW,
    QUESTIONS,
    code_cells,
    is_sentence,
    name,
    prose,
    read,
    texts,
    without_fences,
)

from nnutils.book.magic import MAGIC
from nnutils.book.prose import condition, figures
from tools.pages import ROOT, listed, source

HEADINGS = [
    "Question",
    "Hints",
    "Solution",
    "How we know",
    "What the sheets say",
    "Going further",
    "In one minute",
]
LONGEST_CELL = 25

# What may hold a number in prose: figures that are computed, code, roles, the targets of links, addresses.
NOT_PROSE = re.compile(r"\{\{.*?\}\}|\{[^}`]+\}`[^`]*`|`+[^`]+`+|\]\([^)]*\)|<[^<>\s]+>|https?://\S+")
# Five digits or more, or thousands set apart as in prose or in TeX: 290,400 or 290\,400 or 290{,}400.
LARGE_NUMBER = re.compile(
    r"(?<![\w.])(?:\d{1,3}(?:(?:\{,\}|\\[,;! ]|[,\u2009\u202f\u00a0])\d{3})+|\d{5,})(?![\w])"
)
UNSTABLE = re.compile(r" at 0x[0-9a-f]{6,}|/(?:home|Users|tmp|root|work|var)/|[A-Z]:\\")

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
every_question = pytest.mark.parametrize("path", QUESTIONS, ids=name)
GENERATED = ("chapters/beside_its_peers",)
"""Pages that are written from stored data, which `tests/project` compares with them."""


def outputs(path: Path) -> list[tuple[int, Any]]:
    return [(number, output) for number, cell in enumerate(code_cells(read(path))) for output in cell.outputs]


def headings(notebook: Any, level: int) -> list[str]:
    found = re.compile(rf"^#{{{level}}}\s+(.*?)\s*$", re.MULTILINE)
    return [title for text in prose(notebook) for title in found.findall(without_fences(text))]


def typed_numbers(markdown: str) -> list[str]:
    return LARGE_NUMBER.findall(NOT_PROSE.sub(" ", without_fences(markdown)))


def test_there_are_notebooks() -> None:
    assert QUESTIONS, "no notebook found below chapters/: every test here would pass without testing anything"


@every_notebook
def test_every_code_cell_is_stored_as_executed_in_order(path: Path) -> None:
    cells = code_cells(read(path))
    assert cells
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert all(cell.source.strip() for cell in cells), "an empty code cell"


@every_notebook
def test_there_are_stored_outputs_and_no_errors(path: Path) -> None:
    stored = [output for _, output in outputs(path)]
    assert any(texts(output) for output in stored), "no stored text: re-execution would prove nothing"
    assert not [output.ename for output in stored if output.output_type == "error"]


@every_notebook
def test_no_output_changes_from_machine_to_machine(path: Path) -> None:
    for number, output in outputs(path):
        assert output.get("name") != "stderr", f"cell {number}: warnings hold paths"
        for container, key in texts(output):
            found = UNSTABLE.search(str(container[key]))
            assert not found, f"cell {number}: {key} holds an address or a path: {found and found[0]}"


@every_notebook
def test_nothing_is_exempt_from_the_comparison(path: Path) -> None:
    for number, cell in enumerate(code_cells(read(path))):
        tags = {tag.lower() for tag in cell.metadata.get("tags", [])}
        assert not {tag for tag in tags if tag.startswith("nbval")}, f"cell {number}: tags {tags}"
        assert not re.search(r"^\s*#\s*(NBVAL|PYTEST_VALIDATE)_", cell.source, re.MULTILINE), f"cell {number}"
        last = cell.source.rstrip().splitlines()[-1]
        assert not last.split("  #")[0].rstrip().endswith(";"), (
            f"cell {number}: nbval does not honour the ';'"
        )


def picture_kinds(cell: Any) -> list[list[str]]:
    """The kinds of picture in each output of a cell that has any."""
    found = [[k for k in output.get("data", {}) if k.startswith("image/")] for output in cell.outputs]
    return [sorted(kinds, reverse=True) for kinds in found if kinds]


@every_notebook
def test_pictures_are_svg_one_to_a_cell_with_an_alternative_text(path: Path) -> None:
    for number, cell in enumerate(code_cells(read(path))):
        kinds = picture_kinds(cell)
        if kinds:
            assert kinds == [[PICTURE, PREVIEW]], (
                f"cell {number}: the pages show one alternative text a cell, nbval compares SVG, a notebook "
                "that is not trusted shows PNG; use_style() stores both, so run `make notebooks`"
            )
            alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
            assert len(alt) >= 20, (
                f"cell {number}: metadata mystnb.image.alt does not say what the picture shows"
            )


@every_notebook
def test_metadata_hold_nothing_that_changes_by_itself(path: Path) -> None:
    notebook = read(path)
    assert (notebook.nbformat, notebook.nbformat_minor >= 5) == (4, True), "cells need ids that stay the same"
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.language_info == {"name": "python"}
    for cell in notebook.cells:
        assert set(cell.metadata) <= {"mystnb", "tags", "jupyter"}, "run `make notebooks`"


@every_notebook
def test_a_sentence_is_folded_away_and_nothing_else_is(path: Path) -> None:
    for cell in read(path).cells:
        folded = cell.metadata.get("jupyter") == {"source_hidden": True}
        assert folded == is_sentence(cell), f"run `make notebooks`: {cell.source[:60]!r}"
        assert not is_sentence(cell) or "remove-input" in cell.metadata.tags


@every_notebook
def test_a_sentence_has_one_output_and_no_heading(path: Path) -> None:
    for number, cell in enumerate(code_cells(read(path))):
        if is_sentence(cell):
            line, _, text = cell.source.partition("\n")
            conditional = bool(condition(line.removeprefix(MAGIC)))
            kinds = [set(output.data) for output in cell.outputs]
            assert kinds == [{"text/markdown", "text/plain"}] or (conditional and not kinds), number
            assert not re.search(r"^#", cell.source, re.MULTILINE), (
                f"cell {number}: a heading is a Markdown cell"
            )
            assert conditional or figures(text), f"cell {number} computes nothing: make it a Markdown cell"


@every_notebook
def test_nothing_is_glued(path: Path) -> None:
    notebook = read(path)
    assert not [cell.source[:60] for cell in notebook.cells if "glue" in cell.source]
    stored = [output for cell in code_cells(notebook) for output in cell.outputs]
    assert not [output for output in stored if "scrapbook" in output.get("metadata", {})]


@every_notebook
def test_cells_are_short(path: Path) -> None:
    for number, cell in enumerate(code_cells(read(path))):
        lines = len(cell.source.splitlines())
        assert lines <= LONGEST_CELL, f"cell {number} has {lines} lines: what is long belongs in nnutils"


@every_notebook
def test_one_title_comes_first(path: Path) -> None:
    notebook = read(path)
    assert notebook.cells[0].cell_type == "markdown"
    assert notebook.cells[0].source.startswith("# ")
    assert len(headings(notebook, 1)) == 1


@every_question
def test_the_sections_are_there_in_order(path: Path) -> None:
    """The site folds by these headings (nnutils/book/pages/folding/pages.py)."""
    assert headings(read(path), 2) == HEADINGS


@every_question
def test_how_we_know_has_parts_that_fold_and_the_first_comes_early(path: Path) -> None:
    text = "\n".join(prose(read(path)))
    section = text[text.index("## How we know") : text.index("## What the sheets say")]
    assert len(re.findall(r"^### ", section, re.MULTILINE)) >= 2
    cells = [cell.source for cell in read(path).cells]
    start = next(n for n, source in enumerate(cells) if source.startswith("## How we know"))
    first = next(n for n in range(start, len(cells)) if re.search(r"^### ", cells[n], re.MULTILINE))
    assert first - start <= 4, "above the first part stands what is for all of them"


@every_question
def test_there_are_hints_to_open(path: Path) -> None:
    text = "\n".join(prose(read(path)))
    hints = text[text.index("## Hints") : text.index("## Solution")]
    assert 2 <= len(re.findall(r"^(?:`{3,}|:{3,})\{dropdown\}", hints, re.MULTILINE)) <= 4


@every_question
def test_fresh_exercises_are_the_last_cell(path: Path) -> None:
    sources = [cell.source for cell in read(path).cells]
    assert [n for n, source in enumerate(sources) if "lesson.exercises" in source] == [len(sources) - 1]
    assert read(path).cells[-1].metadata["tags"] == ["remove-input"]


@every_question
def test_the_givens_come_before_the_question_in_words(path: Path) -> None:
    cells = read(path).cells
    tags = [set(cell.metadata.get("tags", [])) for cell in cells]
    givens = [number for number, found in enumerate(tags) if "parameters" in found]
    assert len(givens) == 1, "one cell holds the givens, tagged `parameters`"
    hints = next(number for number, cell in enumerate(cells) if "## Hints" in cell.source)
    sentences = [number for number, cell in enumerate(cells) if is_sentence(cell)]
    assert givens[0] < sentences[0] < hints, "the question is asked in words, with the givens computed"


@every_question
def test_no_sheet_is_judged_in_a_lesson(path: Path) -> None:
    cells = [cell for cell in code_cells(read(path)) if not is_sentence(cell)]
    judging = re.compile(r"\b(Audit|load_audit|load_claims|check_working|claim_id)\b|\baudit\.check\(")
    assert not [cell.source[:60] for cell in cells if judging.search(cell.source)], "it belongs into audits/"
    shown = [cell.source for cell in cells if "lesson.sheets" in cell.source]
    assert shown == ["lesson.sheets"], "one line shows what is disputed"
    compared = [cell for cell in cells if "lesson.compare(" in cell.source]
    assert compared, "the answers are compared with those of the practice file"


@pytest.mark.parametrize("page", [page for page in listed() if page not in GENERATED])
def test_no_result_is_typed_into_the_prose(page: str) -> None:
    path = source(page)
    assert path is not None, f"{page} is in _toc.yml, but there is no such page"
    pieces = prose(read(path)) if path.suffix == ".ipynb" else [path.read_text(encoding="utf-8")]
    for piece in pieces:
        found = typed_numbers(piece)
        assert not found, (
            f"{path.relative_to(ROOT)}: {found} in {piece[:60]!r}: compute it, in a %%prose cell"
        )


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("There are 290,400 units.", ["290,400"]),
        (r"so $96 \cdot 3025 = 290\,400$ units", [r"290\,400"]),
        ("so $290{,}400$ or 60954656", ["290{,}400", "60954656"]),
        ("There are {{ units:, }} units, see {ref}`a-290400`, `290400` and [here](x-290400.md).", []),
        ("AlexNet of 2012 has 4096 units; (3, 224, 224); 1e-12; 0.123456", []),
        ("```python\nx = 290400\n```\n", []),
        ("```{dropdown} Hint\nIt is 290400.\n```\n", ["290400"]),
        ("````{dropdown} Hint\n```\n290400\n```\nIt is 60954656.\n````\n", ["60954656"]),
        ("{{ total(290400) }} or\n{{ 12345 }}\n\n```python\n290400\n```\n\nIt is 60954656.", ["60954656"]),
    ],
)
def test_typed_numbers_are_told_from_code_and_figures(markdown: str, found: list[str]) -> None:
    assert typed_numbers(markdown) == found


@every_question
def test_the_card_of_a_lesson_carries_its_title(path: Path) -> None:
    title = headings(read(path), 1)[0]
    cards = (path.parent / "index.md").read_text(encoding="utf-8")
    assert f":::{{grid-item-card}} {title}\n:link: {path.stem}\n" in cards
