"""Every lesson runs to its end on other givens, and what it then shows does not contradict them.

`make test` tries a drawn variant of two lessons, one of counts and one of derivatives. `make test-variants`
tries three of each lesson, and the changes by hand that tests/changed_givens lists.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from support.changed_givens import CHANGED, IMPOSSIBLE
from support.notebook_files import QUESTIONS, ROOT, code_cells, name, pictures, read, texts

from nnutils.book.exercises import Exercises
from nnutils.book.variants.making import question_behind
from nnutils.book.variants.varying import executed, givens_cell, with_givens
from nnutils.core.errors import PracticeError
from nnutils.practice import as_source

pytestmark = pytest.mark.slow


def practice_of(path: Path) -> Path:
    return path.parent / "practice" / f"q{int(path.name.partition('_')[0])}.py"


BY_NAME = {question_behind(path, ROOT).name: path for path in QUESTIONS if practice_of(path).is_file()}
FIRST = 1
# These on every run, all of them in `make test-variants`, which the workflow runs each week.
OFTEN = ("sizing_networks/03_cnn_table.ipynb",)
DRAWN = [
    pytest.param(path, seed, id=f"{name(path)}-{seed}", marks=() if often else pytest.mark.variants)
    for path in QUESTIONS
    for seed in (FIRST, 2, 3)
    for often in [seed == FIRST and name(path).endswith(OFTEN)]
]


every_lesson = pytest.mark.parametrize("path", QUESTIONS, ids=name)

# What no page may show, whatever its givens: a figure that was not computed, a gap in a list.
BROKEN = re.compile(r"\{\{|\bnan\b|\bNone\b|, ,|\w ,")
FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)


def shown(notebook: Any) -> list[str]:
    """Return what the sentences of a notebook say."""
    return [
        output.data["text/markdown"]
        for cell in code_cells(notebook)
        for output in cell.outputs
        if "text/markdown" in output.get("data", {})
    ]


def run_until(text: str, path: Path, givens: dict[str, Any]) -> None:
    """Execute a lesson on other givens up to the first code cell that holds a text."""
    notebook = with_givens(read(path), givens, path.name)
    last = next(
        n for n, cell in enumerate(notebook.cells) if cell.cell_type == "code" and text in cell.source
    )
    notebook.cells = notebook.cells[: last + 1]
    executed(notebook, path.parent, name(path))


def run(path: Path, givens: dict[str, Any]) -> Any:
    """Execute a lesson on other givens, and look at what every page has to fulfil."""
    question = question_behind(path, ROOT)
    notebook = executed(with_givens(read(path), givens, path.name), path.parent, name(path))
    for sentence in (FORMULA.sub("0", text) for text in shown(notebook)):
        assert not BROKEN.search(sentence), f"{BROKEN.search(sentence)} in: {sentence}"
    for cell in code_cells(notebook):
        for output in cell.outputs:
            assert output.get("name") != "stderr", output.get("text")
            if pictures(output):
                assert len(cell.metadata["mystnb"]["image"]["alt"]) >= 20
    if givens != question.givens():
        said = "".join(
            str(data[kind]) for cell in code_cells(notebook) for o in cell.outputs for data, kind in texts(o)
        )
        assert not re.search("statements? .{0,12}confirmed", said), "verdicts are shown on changed givens"
        if (path.parent / "audits" / f"{question.name.partition('/')[2]}.py").is_file():
            assert "The verdicts on the sheets belong to that question" in said
    return notebook


@every_lesson
def test_the_givens_of_the_lesson_are_those_of_the_practice_file(path: Path) -> None:
    question = question_behind(path, ROOT)
    cell = givens_cell(read(path), name(path))
    names: dict[str, Any] = {}
    exec("from nnutils import *\nfrom nnutils.networks import *", names)
    known = set(names)
    exec(cell.source, names)
    assert {key: value for key, value in names.items() if key not in known} == question.givens()
    exec(as_source(question.draw(1)), names)
    assert {key: value for key, value in names.items() if key not in known} == question.draw(1)


@pytest.mark.parametrize(("path", "seed"), DRAWN)
def test_a_drawn_variant_runs_to_its_end(path: Path, seed: int) -> None:
    givens = question_behind(path, ROOT).draw(seed)
    assert givens != question_behind(path, ROOT).givens()
    run(path, givens)


# tests/practice/test_thousand_variants.py compares the answers with another route on every run
@pytest.mark.variants
@every_lesson
def test_the_lesson_reaches_the_answers_of_its_exercises(path: Path) -> None:
    question = question_behind(path, ROOT)
    for seed in Exercises(question, question.givens(), 2).seeds:
        if seed != FIRST:  # of this one the whole page is run above
            run_until("lesson.compare(", path, question.draw(seed))


@pytest.mark.variants
@pytest.mark.parametrize(
    ("lesson", "change"),
    [(lesson, change) for lesson, rows in CHANGED.items() for change, _ in rows],
    ids=lambda part: part if isinstance(part, str) else ", ".join(part),
)
def test_a_change_by_hand_runs_to_its_end(lesson: str, change: dict[str, Any]) -> None:
    path = BY_NAME[lesson]
    givens = question_behind(path, ROOT).givens()
    assert givens | change != givens
    run(path, givens | change)


@pytest.mark.parametrize("lesson", CHANGED)
def test_every_given_is_changed_by_hand_at_least_once(lesson: str) -> None:
    assert set(question_behind(BY_NAME[lesson], ROOT).givens()) == {
        key for change, _ in CHANGED[lesson] for key in change
    }


def test_every_lesson_has_changes_by_hand() -> None:
    assert set(CHANGED) == set(IMPOSSIBLE) == set(BY_NAME)


@pytest.mark.parametrize(
    ("lesson", "change", "words"),
    [(lesson, change, words) for lesson, rows in IMPOSSIBLE.items() for change, words in rows],
    ids=lambda part: part if isinstance(part, str) else ", ".join(part),
)
def test_impossible_givens_are_refused_by_name(lesson: str, change: dict[str, Any], words: str) -> None:
    question = question_behind(BY_NAME[lesson], ROOT)
    with pytest.raises(PracticeError, match=re.escape(words)) as caught:
        question.asked(question.givens() | change)
    assert any(f"The given {key} = " in caught.value.problem or key in caught.value.problem for key in change)
