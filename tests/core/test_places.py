"""Where a book is found, and the files of its questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnutils.core.errors import BookError
from nnutils.core.places import book_folder, question_file, question_files, question_of, run_file


def write(root: Path, file: str, text: str = "value = 1\n") -> Path:
    path = root / "chapters" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_book_is_found_from_inside_a_part(tmp_path: Path) -> None:
    write(tmp_path, "sizes/practice/q1.py")
    assert book_folder(start=tmp_path / "chapters/sizes/practice") == tmp_path
    assert book_folder(tmp_path) == book_folder(str(tmp_path)) == tmp_path


def test_a_folder_that_is_not_a_book_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(BookError, match="has no folder 'chapters'"):
            book_folder(folder)


@pytest.mark.parametrize(
    "name", ["q1", "sizes/q0", "sizes/q01", "sizes/1", "sizes/q1/x", "../sizes/q1", "", "sizes/q1 "]
)
def test_a_name_that_is_not_a_questions_is_refused(name: str) -> None:
    with pytest.raises(BookError, match="does not name a question"):
        question_of(name)


def test_the_files_of_questions_come_in_order(tmp_path: Path) -> None:
    for file in ("b/practice/q10.py", "b/practice/q2.py", "a/practice/q3.py", "a/audits/q1.py", "a/q1.py"):
        write(tmp_path, file)
    found = [
        path.relative_to(tmp_path / "chapters").as_posix() for path in question_files("practice", tmp_path)
    ]
    assert found == ["a/practice/q3.py", "b/practice/q2.py", "b/practice/q10.py"]
    assert [path.name for path in question_files("practice", tmp_path, "b")] == ["q2.py", "q10.py"]
    assert question_file("a/q1", "audits", tmp_path) == tmp_path / "chapters/a/audits/q1.py"


def test_a_missing_file_is_named_with_those_that_exist(tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    with pytest.raises(BookError, match="There is no chapters/a/practice/q1.py") as caught:
        question_file("a/q1", "practice", tmp_path)
    assert caught.value.remedy == "No question has a file in practice/ yet."
    write(tmp_path, "a/practice/q2.py")
    with pytest.raises(BookError, match="The book has a/q2"):
        question_file("a/q1", "practice", tmp_path)


@pytest.mark.parametrize("name", ["helpers", "q", "q0", "q01", "q1b", "__init__"])
def test_a_file_that_nothing_would_run_is_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path, f"a/audits/{name}.py")
    with pytest.raises(BookError, match=f"chapters/a/audits/{name}.py is not named after a question"):
        question_files("audits", tmp_path)


def test_a_file_is_run_afresh_and_may_define_dataclasses(tmp_path: Path) -> None:
    text = "from __future__ import annotations\nfrom dataclasses import dataclass\n"
    text += "@dataclass\nclass A:\n    x: int\n"
    path = write(tmp_path, "a/practice/q1.py", text + "made = []\n")
    first = run_file(path)
    first.made.append(1)
    assert run_file(path).made == [] and first.A(2).x == 2


def test_what_a_file_raises_is_passed_on_and_leaves_no_module(tmp_path: Path) -> None:
    path = write(tmp_path, "a/practice/q1.py", "1 / 0\n")
    with pytest.raises(ZeroDivisionError):
        run_file(path)
    path.write_text("value = 2\n", encoding="utf-8")
    assert run_file(path).value == 2
