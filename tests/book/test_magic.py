"""The cell magic in a running IPython: the sentence is the output, and it uses the notebook's names."""

from __future__ import annotations

import gc
from typing import Any

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from nbconvert.exporters import NotebookExporter
from traitlets.config import Config

from nnutils.book.magic import COLLECTING
from nnutils.book.prose import ProseError


@pytest.fixture()
def shell(monkeypatch: pytest.MonkeyPatch) -> InteractiveShell:
    running = InteractiveShell()
    running.run_line_magic("load_ext", "nnutils.book")
    return running


def shown(shell: InteractiveShell, cell: str) -> dict[str, Any]:
    bundles: list[dict[str, Any]] = []
    shell.display_pub.publish = lambda data, **_: bundles.append(data)
    result = shell.run_cell(cell)
    result.raise_error()
    (bundle,) = bundles
    return bundle


def test_a_sentence_is_shown_as_markdown_and_as_text(shell: InteractiveShell) -> None:
    shell.run_cell("from nnutils import Worked\nn = Worked(2) * 3")
    bundle = shown(shell, "%%prose\n**It** has {{ n }} weights.\n")
    assert bundle["text/plain"] == "**It** has 6 weights."
    assert bundle["text/markdown"].endswith('title="2 · 3 = 6">6</span> weights.')


def test_an_error_is_the_cells_error(shell: InteractiveShell) -> None:
    result = shell.run_cell("%%prose\nIt has {{ missing }} weights.", silent=True)
    assert isinstance(result.error_in_exec, ProseError)


def test_a_sentence_whose_condition_fails_shows_nothing(shell: InteractiveShell) -> None:
    shell.run_cell("n = 6")
    assert shown(shell, "%%prose if n > 5\nIt has {{ n }}.")["text/plain"] == "It has 6."
    bundles: list[Any] = []
    shell.display_pub.publish = lambda data, **_: bundles.append(data)
    assert shell.run_cell("%%prose if n > 6\nIt has {{ missing }}.").success
    assert bundles == []
    assert isinstance(shell.run_cell("%%prose when n\nIt.", silent=True).error_in_exec, ProseError)


def marked(source: str, metadata: dict[str, Any]) -> dict[str, Any]:
    cell = nbformat.v4.new_code_cell(source, metadata=metadata)  # type: ignore[no-untyped-call]
    notebook = nbformat.v4.new_notebook(cells=[cell])  # type: ignore[no-untyped-call]
    settings = Config({"Exporter": {"preprocessors": ["nnutils.book.marking.MarkProse"]}})
    text, _ = NotebookExporter(config=settings).from_notebook_node(notebook)
    stored: dict[str, Any] = nbformat.reads(text, as_version=4).cells[0].metadata  # type: ignore[no-untyped-call]
    return stored


SENTENCE = {"tags": ["remove-input"], "jupyter": {"source_hidden": True}}


def test_storing_marks_a_sentence_and_nothing_else() -> None:
    assert marked("%%prose\n{{ n }}", {}) == SENTENCE
    assert marked("%%prose\n{{ n }}", dict(SENTENCE)) == SENTENCE
    assert marked("n = 3", {}) == {}
    assert marked("n = 3", {"tags": ["hide-input"]}) == {"tags": ["hide-input"]}
    assert marked("n = 3", {"tags": ["remove-input"]}) == {"tags": ["remove-input"]}


def test_a_cell_that_was_a_sentence_loses_its_marks() -> None:
    assert marked("n = 3", dict(SENTENCE)) == {}


def test_python_looks_for_unused_objects_less_often(shell: InteractiveShell) -> None:
    before = gc.get_threshold()
    try:
        gc.set_threshold(700, 10, 10)
        shell.run_line_magic("reload_ext", "nnutils.book")
        assert gc.isenabled() and gc.get_threshold() == COLLECTING
    finally:
        gc.set_threshold(*before)
