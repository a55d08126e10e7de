"""A new question, laid out: it runs, it keeps every rule, and nothing is half made."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from book import test_model_answers, test_notebooks, test_typed_figures
from support.notebook_files import ROOT, failing_cells, read

from nnutils.book.__main__ import main
from nnutils.book.new_question import lay_out
from nnutils.book.variants.varying import executed, with_givens
from nnutils.core.errors import BookError
from nnutils.core.places import run_file
from nnutils.practice import load

pytestmark = pytest.mark.slow

PART = "sizing_networks"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this book with one part."""
    folder = tmp_path_factory.mktemp("book")
    ignored = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__")
    shutil.copytree(ROOT / f"chapters/{PART}", folder / f"chapters/{PART}", ignore=ignored)
    for file in ("pyproject.toml", "conftest.py", "_toc.yml"):
        shutil.copy(ROOT / file, folder)
    (folder / "tests/changed_givens").mkdir(parents=True)
    return folder


@pytest.fixture
def book(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "book"))


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_next_question_is_laid_out_and_passes(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(book)
    made = lay_out(PART, "counting_biases", "Counting biases", book)
    number = max(int(path.name[:2]) for path in (book / f"chapters/{PART}").glob("[0-9]*.ipynb"))
    lesson = book / f"chapters/{PART}/{number:02d}_counting_biases.ipynb"
    question = f"{PART}/q{number}"
    changed = {f"chapters/{PART}/index.md", "_toc.yml"}
    new = set(files(book)) - set(before)
    assert {path for path in new if "__pycache__" not in path} == set(made) - changed
    assert {path for path, text in before.items() if files(book)[path] != text} == changed
    card = f":::{{grid-item-card}} Counting biases\n:link: {lesson.stem}\n"
    assert card in (book / f"chapters/{PART}/index.md").read_text(encoding="utf-8")
    contents = (book / "_toc.yml").read_text(encoding="utf-8")
    assert contents.index(f"chapters/{PART}/{lesson.stem}\n") < contents.index(f"chapters/{PART}/audit\n")

    changes = run_file(book / f"tests/changed_givens/{question}.py")
    monkeypatch.setitem(test_typed_figures.TYPED, question, changes.TYPED)
    for module in (test_notebooks, test_model_answers, test_typed_figures):
        for name, rule in vars(module).items():  # every rule that a test states for one notebook
            if name.startswith("test_") and rule.__code__.co_varnames[:1] == ("path",):
                rule(lesson)
    assert failing_cells(book, lesson) == {lesson.stem: set()}
    loaded = load(question, book)
    notebook = executed(with_givens(read(lesson), loaded.draw(1), lesson.name), lesson.parent, lesson.name)
    assert "weights." in json.dumps(notebook)
    python = [path for path in made if path.endswith(".py")]
    for command in (["ruff", "check"], ["ruff", "format", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", *command, *python], cwd=book, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("part", "name", "problem"),
    [
        ("sizes", "biases", "There is no part 'sizes'.*\n  The parts are sizing_networks"),
        (PART, "Counting Biases", "'Counting Biases' cannot name a lesson"),
        (PART, "../biases", "cannot name a lesson"),
        (PART, "", "cannot name a lesson"),
        (PART, "dense_network", "01_dense_network.ipynb has this name"),
    ],
)
def test_what_cannot_be_laid_out_is_refused(template: Path, part: str, name: str, problem: str) -> None:
    before = files(template)
    with pytest.raises(BookError, match=problem):
        lay_out(part, name, root=template)
    assert files(template) == before


def test_a_part_without_cards_or_entries_is_refused_before_anything_is_written(book: Path) -> None:
    index = book / f"chapters/{PART}/index.md"
    text = index.read_text(encoding="utf-8")
    index.write_text("# Sizing networks\n", encoding="utf-8")
    before = files(book)
    with pytest.raises(BookError, match="has no grid of cards"):
        lay_out(PART, "biases", root=book)
    assert files(book) == before
    index.write_text(text, encoding="utf-8")
    (book / "_toc.yml").write_text("format: jb-book\nroot: intro\n", encoding="utf-8")
    before = files(book)
    with pytest.raises(BookError, match="_toc.yml has no lesson of the part"):
        lay_out(PART, "biases", root=book)
    assert files(book) == before


def test_where_the_lesson_does_not_run_nothing_is_kept(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(path: Path) -> str:
        raise RuntimeError("no kernel")

    monkeypatch.setattr("nnutils.book.executing.execute", fails)
    before = files(book)
    with pytest.raises(BookError, match="nothing was kept: no kernel"):
        lay_out(PART, "biases", root=book)
    assert files(book) == before


def test_the_command_says_in_one_line_what_is_wrong(
    template: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(template)
    with pytest.raises(SystemExit) as caught:
        main(["question", "sizes", "biases"])
    assert caught.value.code == 2 and len(capsys.readouterr().err.splitlines()) == 1
