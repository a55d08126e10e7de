"""Linting sees inside sentences: what only they use is used, and what they need has to exist."""

from __future__ import annotations

import subprocess
from pathlib import Path

import nbformat
import pytest
from support.notebook_files import ROOT

from tools.lint_notebooks import command, copy_all, with_expressions


def test_a_sentence_becomes_its_expressions() -> None:
    assert with_expressions("%%prose\nOf {{ n:,}} a share of {{ f(a,\n b):.1%}}.") == "n\nf(a,  b)"
    assert with_expressions("n = 3") == "n = 3"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        (["import math", "%%prose\nIt is {{ math.pi:.2f }}."], None),
        (["import math", "%%prose\nIt is $2$ {{ 3 }}."], "F401"),
        (["n = 3", "%%prose\nIt is {{ m }}."], "F821"),
    ],
)
def test_names_are_followed_into_sentences(cells: list[str], rule: str | None, tmp_path: Path) -> None:
    source = tmp_path / "book/intro.ipynb"
    source.parent.mkdir()
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])  # type: ignore[no-untyped-call]
    nbformat.write(notebook, source)  # type: ignore[no-untyped-call]
    (copy,) = copy_all(source.parent, tmp_path / "copies")
    found = subprocess.run(command([copy]), cwd=ROOT, capture_output=True, text=True)
    assert (found.returncode == 0) == (rule is None), found.stdout
    assert rule is None or rule in found.stdout
