"""Linting sees inside sentences: what only they use is used, and what they need has to exist."""

from __future__ import annotations

import subprocess
from pathlib import Path

import nbformat
import pytest
from support.notebook_files import NOTEBOOKS, ROOT

from nnutils.book.__main__ import main
from nnutils.book.linting import command, copy_all, notebooks_below, with_expressions


def write(path: Path, *cells: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])  # type: ignore[no-untyped-call]
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]
    return path


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
    source = write(tmp_path / "book/intro.ipynb", *cells)
    (copy,) = copy_all([source], source.parent)
    found = subprocess.run(command([copy]), cwd=ROOT, capture_output=True, text=True)
    assert (found.returncode == 0) == (rule is None), found.stdout
    assert rule is None or rule in found.stdout


def test_the_notebooks_of_a_book_are_found_and_those_made_by_machines_are_not(tmp_path: Path) -> None:
    for place in (
        "intro",
        "chapters/part/01",
        "_build/lint/intro",
        "chapters/.ipynb_checkpoints/01",
        ".venv/x",
    ):
        write(tmp_path / f"{place}.ipynb")
    found = [path.relative_to(tmp_path).as_posix() for path in notebooks_below(tmp_path)]
    assert found == ["chapters/part/01.ipynb", "intro.ipynb"]
    assert set(NOTEBOOKS) <= set(notebooks_below(ROOT))


@pytest.mark.slow
def test_the_command_lints_a_book_under_its_own_settings(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "lesson.ipynb", "import math", "%%prose\nIt is {{ 3 }}.")
    assert main(["lint", "--root", str(tmp_path)]) == 1
    assert "F401" in capfd.readouterr().out
    (tmp_path / "ruff.toml").write_text('lint.ignore = ["F401"]\n', encoding="utf-8")
    assert main(["lint", "--root", str(tmp_path)]) == 0


@pytest.mark.slow
def test_code_cells_are_as_wide_as_the_page(tmp_path: Path) -> None:
    wide = f"names = [{', '.join(repr('x' * 8) for _ in range(7))}]"
    assert 78 < len(wide) < 110
    path = write(tmp_path / "lesson.ipynb", wide)
    (tmp_path / "module.py").write_text(wide.replace("'", '"') + "\n", encoding="utf-8")
    assert main(["lint", "--root", str(tmp_path)]) == 1
    assert main(["lint", "--format", "--root", str(tmp_path)]) == 0
    assert main(["lint", "--root", str(tmp_path)]) == 0
    assert "x" * 8 in path.read_text(encoding="utf-8")
    assert len((tmp_path / "module.py").read_text(encoding="utf-8").splitlines()) == 1
