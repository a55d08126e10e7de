"""The labels stand in the notebooks, and so do the tags of code that only draws."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from support.notebook_files import NOTEBOOKS, QUESTIONS, code_cells, name, read

from nnutils.book.__main__ import main
from nnutils.book.executing import PREPROCESSORS
from nnutils.book.pages.folding import differing, write_marks
from nnutils.book.pages.folding.labels import HIDDEN
from nnutils.book.pages.folding.marking import MarkCode

PICTURE = {"image/svg+xml": "<svg/>", "text/plain": "<Figure>"}
LABEL = "code_prompt_show"


def written(path: Path, source: str, metadata: dict[str, object], *outputs: dict[str, str]) -> Path:
    cell = nbformat.v4.new_code_cell(source, metadata=metadata, id="one", execution_count=1)  # type: ignore[no-untyped-call]
    cell.outputs = [nbformat.v4.new_output("display_data", data=data) for data in outputs]  # type: ignore[no-untyped-call]
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)  # type: ignore[no-untyped-call]
    return path


@pytest.mark.parametrize(
    ("source", "before", "after"),
    [
        ("drawing.f()", {}, {"tags": [HIDDEN], "mystnb": {LABEL: "Code that draws the figure"}}),
        (
            "drawing.f()",
            {"mystnb": {"image": {"alt": "Bars."}}, "tags": ["tape"]},
            {
                "mystnb": {"image": {"alt": "Bars."}, LABEL: "Code that draws the figure"},
                "tags": ["tape", HIDDEN],
            },
        ),
        ("drawing.f()", {"tags": ["show-input"]}, {"tags": ["show-input"]}),
        ("drawing.f()", {"tags": ["remove-input"]}, {"tags": ["remove-input"]}),
        ("assert drawing.f()", {"mystnb": {LABEL: "Imports"}}, {}),
        ("# My own\nf()", {"tags": [HIDDEN]}, {"tags": [HIDDEN], "mystnb": {LABEL: "My own"}}),
    ],
)
def test_marks_are_written_once(
    tmp_path: Path, source: str, before: dict[str, object], after: dict[str, object]
) -> None:
    path = written(tmp_path / "lesson.ipynb", source, before, PICTURE)
    expected = [path] if before != after else []
    assert differing([path]) == expected
    assert write_marks([path]) == expected
    assert read(path).cells[0].metadata == after
    assert read(path).cells[0].outputs[0].data == PICTURE
    assert differing([path]) == []
    first = path.read_bytes()
    assert first.endswith(b"}\n") or not expected
    assert write_marks([path]) == [] and path.read_bytes() == first


def test_a_notebook_that_is_stored_after_its_execution_is_marked() -> None:
    cell = nbformat.v4.new_code_cell("import math", metadata={"tags": [HIDDEN]})  # type: ignore[no-untyped-call]
    stored, _ = MarkCode().preprocess(nbformat.v4.new_notebook(cells=[cell]), {})  # type: ignore[no-untyped-call]
    assert stored.cells[0].metadata.mystnb == {LABEL: "Imports"}
    assert f"{MarkCode.__module__}.{MarkCode.__name__}" in PREPROCESSORS


@pytest.mark.slow
def test_the_linter_finds_what_is_not_marked_and_the_formatter_marks_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "lesson.ipynb", "1 + 1", {"tags": [HIDDEN]})
    assert main(["lint", "--root", str(tmp_path)]) == 1
    assert (
        "lesson.ipynb: code that only draws is in sight, or hidden code has no label"
        in capsys.readouterr().out
    )
    assert main(["lint", "--format", "--root", str(tmp_path)]) == 0
    assert "marked lesson.ipynb" in capsys.readouterr().out
    assert read(path).cells[0].metadata.mystnb[LABEL] == "Code that prepares the next step"


# --- the notebooks of the book -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_hidden_code_says_what_it_does_and_two_in_a_row_say_different_things(path: Path) -> None:
    before = ""
    for cell in read(path).cells:
        said = ""
        if cell.cell_type == "code" and HIDDEN in cell.metadata.get("tags", ()):
            said = cell.metadata.get("mystnb", {}).get(LABEL, "")
            assert 5 <= len(said) <= 60, f"{cell.source[:60]!r}: say in a first comment what it does"
            assert said != before, f"{cell.source[:60]!r} follows other code with the label {said!r}"
        before = said


def test_no_notebook_waits_for_its_marks() -> None:
    assert differing(NOTEBOOKS) == [], "run `python -m nnutils.book lint --format`"


@pytest.mark.parametrize("path", QUESTIONS, ids=name)
def test_the_comparison_with_the_practice_file_and_code_of_both_routes_stay_in_sight(path: Path) -> None:
    notebook = read(path)
    hiding = {HIDDEN, "remove-input", "remove-cell", "hide-cell"}
    shown = {cell.id for cell in code_cells(notebook) if not hiding & set(cell.metadata.get("tags", ()))}
    section, routes = "", set()
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and "\n## " in f"\n{cell.source}":
            section = f"\n{cell.source}".partition("\n## ")[2].splitlines()[0]
        if cell.id in shown:
            routes.add(section)
        assert "lesson.compare(" not in cell.source or cell.id in shown, "the comparison is hidden"
    assert {"Solution", "How we know"} <= routes
