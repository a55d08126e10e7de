"""Lessons in JupyterLab, as stored and after "restart and run all": what a reader sees there in Chromium."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from support.notebook_files import NOTEBOOKS, SPECIMEN, code_cells, copy_project, is_sentence, read
from support.page_checks import bad_pictures, raw_text, unset_formulas

from tools.browser import Lab, jupyterlab, show_notebook, wait_until_drawn
from tools.pages import ROOT

pytestmark = pytest.mark.slow

PATIENCE = 120_000  # milliseconds, on a busy machine
SHOWN = ".jp-Notebook :is(.jp-MarkdownCell, .jp-OutputArea)"  # where the reader's texts are
NAMES = [path.relative_to(ROOT).as_posix() for path in NOTEBOOKS]
ONE = SPECIMEN.relative_to(ROOT).as_posix()

# A kernel that is restarted while it starts may never answer.
READY = """() => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel;
  return kernel?.status === 'idle' && kernel.connectionStatus === 'connected';
}"""

# True once every code cell has run; what went wrong, as soon as something has.
FINISHED = """() => {
  const notebook = window.jupyterapp.shell.currentWidget.content;
  const cells = notebook.widgets.filter((one) => one.model.type === 'code');
  const outputs = cells.flatMap((one) => one.model.outputs.toJSON());
  const error = outputs.find((one) => one.output_type === 'error');
  if (error) return `${error.ename}: ${error.evalue}`;
  return cells.every((one) => one.model.executionCount && one.model.executionState === 'idle');
}"""


@pytest.fixture(scope="module")
def folder(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the book; without a browser none is made."""
    one = tmp_path_factory.mktemp("lab")
    copy_project(one)
    shutil.copy(ROOT / "intro.ipynb", one)
    shutil.copy(ROOT / "conventions.md", one)
    return one


@pytest.fixture(scope="module")
def lab(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with jupyterlab(folder, NAMES, tmp_path_factory.mktemp("state")) as one:
        yield one


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as one:
        one.set_default_timeout(PATIENCE)
        yield one


@pytest.fixture()
def page(context: BrowserContext) -> Iterator[Page]:
    one = context.new_page()
    yield one
    one.close()


def faults(page: Page, notebook: Any) -> list[str]:
    """What a reader of this notebook would miss, or see and should not."""
    shown, stored = page.locator(".jp-Notebook"), [o for cell in code_cells(notebook) for o in cell.outputs]
    texts = [c.source for c in notebook.cells if c.cell_type == "markdown"]
    texts += [o["data"]["text/markdown"] for o in stored if "text/markdown" in o.get("data", {})]
    expected = {
        "details": sum(len(re.findall(r"^[`:]{3,}\{dropdown\}", text, re.M)) for text in texts),
        '.jp-RenderedSVG img[src^="data:image/svg+xml"]': sum(
            "image/svg+xml" in o.get("data", {}) for o in stored
        ),
        ".jp-InputPlaceholder:visible": sum(map(is_sentence, notebook.cells)),
        ".jp-RenderedMySTMarkdown:visible": sum("text/markdown" in o.get("data", {}) for o in stored),
    }
    counted = {selector: shown.locator(selector).count() for selector in expected}
    found = [f"{counted[one]} of {expected[one]}: {one}" for one in expected if counted[one] != expected[one]]
    sources = shown.locator(".jp-CodeCell .cm-content:visible").all_inner_texts()
    found += [f"a sentence's source: {text[:60]}" for text in sources if text.startswith("%%prose")]
    broken = [one for one in bad_pictures(page, SHOWN) if one.startswith("not loaded")]
    return found + broken + raw_text(page, SHOWN) + unset_formulas(page, SHOWN)


def run_all(page: Page) -> str | bool:
    """Clear the outputs, restart and run all cells, as the menus do; True, or the first error."""
    page.wait_for_function(READY, timeout=PATIENCE)
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    assert page.locator(".jp-OutputArea-output").count() == 0
    page.evaluate("() => void window.jupyterapp.commands.execute('notebook:restart-run-all')")
    page.locator(".jp-Dialog .jp-mod-accept").click()
    outcome: str | bool = page.wait_for_function(FINISHED, timeout=300_000).json_value()
    return outcome


def end_kernels(page: Page) -> None:
    page.evaluate("() => window.jupyterapp.serviceManager.sessions.shutdownAll()")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One lesson takes some ten seconds: `make test` opens one of them, `make test-site` all."""
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", NAMES if metafunc.config.getoption("--every-lesson") else [ONE])


def test_a_lesson_reads_as_it_should(lab: Lab, page: Page, name: str) -> None:
    notebook = read(ROOT / name)
    show_notebook(page, lab.notebook(name), len(notebook.cells))
    assert not faults(page, notebook), "as stored"
    assert run_all(page) is True
    wait_until_drawn(page, len(notebook.cells))
    assert not faults(page, notebook), "after running all cells"
    end_kernels(page)


def write_excerpt(file: Path, *cells: Any) -> Any:
    """Write a notebook of a few cells, and return it."""
    notebook = nbformat.v4.new_notebook(cells=list(cells), metadata=read(SPECIMEN).metadata)
    file.write_text(nbformat.writes(notebook), encoding="utf-8")
    return notebook


def test_faults_of_a_notebook_are_noticed(lab: Lab, folder: Path, page: Page) -> None:
    """A notebook that nobody trusted, with an unfolded sentence; and one with a cell that fails."""
    cells = code_cells(read(SPECIMEN))
    sentence = next(cell for cell in cells if is_sentence(cell))
    picture = next(cell for cell in cells if any("image/svg+xml" in o.get("data", {}) for o in cell.outputs))
    hint = nbformat.v4.new_markdown_cell("```{dropdownn} Hint 1\nWrite it down.\n```\n\nSo {{ units }}.")
    sentence.metadata = {}
    failing = nbformat.v4.new_code_cell("1 / 0")
    notebook = write_excerpt(folder / "excerpt.ipynb", hint, picture, sentence, failing)
    show_notebook(page, lab.notebook("excerpt.ipynb"), 4)
    found = "\n".join(faults(page, notebook))
    assert "0 of 1: .jp-RenderedSVG" in found
    assert "0 of 1: .jp-InputPlaceholder" in found
    assert "a sentence's source: %%prose" in found
    assert "a placeholder: " in found
    picture.source = sentence.source = "1"
    notebook = write_excerpt(folder / "failing.ipynb", picture, failing, sentence)
    show_notebook(page, lab.notebook("failing.ipynb"), 3)
    assert str(run_all(page)).startswith("ZeroDivisionError")
    end_kernels(page)


@pytest.mark.variants  # weekly: it takes long
def test_a_citation_is_a_link(lab: Lab, folder: Path, page: Page) -> None:
    cells = [cell for path in NOTEBOOKS for cell in read(path).cells if "references.md)" in cell.source]
    citing = next(cell for cell in cells if cell.cell_type == "markdown")
    cited = citing.source.partition("[(")[2].partition(")]")[0]
    write_excerpt(folder / "citing.ipynb", citing)
    show_notebook(page, lab.notebook("citing.ipynb"), 1)
    page.locator(f'.jp-Notebook a:has-text("({cited})")').first.wait_for()
    assert not page.locator('.jp-Notebook [title="Citation Not Found"]').count()
