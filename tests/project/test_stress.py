"""tools/stress.py: a book several times over is a whole book, and what it takes is measured, not judged."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from nnutils.core.errors import BookError
from tools import stress
from tools.copies import copied, questions_in
from tools.pages import problems
from tools.stress import Measured, line, measure, report, sizes

CONTENTS = """\
format: jb-book
root: intro
parts:
  - caption: First steps
    chapters:
      - file: chapters/steps/index
        sections:
          - file: chapters/steps/01_one
  - caption: Reference
    chapters:
      - file: glossary
"""
LESSON = {
    "cells": [
        {"cell_type": "markdown", "source": "# One\n[steps](../steps/index.md), footsteps/ and steps."},
        {"cell_type": "code", "source": 'Lesson("steps/q1")', "outputs": []},
    ]
}


def write_book(folder: Path) -> Path:
    """Write a book of one part with one lesson; return its folder."""
    files = {
        "_toc.yml": CONTENTS,
        "intro.md": "# A book\n[steps](chapters/steps/index.md)\n",
        "glossary.md": "# Words\n",
        "chapters/steps/index.md": "# Steps\n`steps`\n",
        "chapters/steps/01_one.ipynb": json.dumps(LESSON),
        "chapters/steps/practice/q1.py": "",
        "_build/html/index.html": "of before",
        "nnutils/__init__.py": "",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture()
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path / "book")


def test_a_larger_book_has_each_part_so_many_times_and_every_page(book: Path, tmp_path: Path) -> None:
    larger = copied(book, tmp_path / "larger", 3)
    assert questions_in(larger) == ["steps/q1", "steps_2/q1", "steps_3/q1"]
    contents = yaml.safe_load((larger / "_toc.yml").read_text(encoding="utf-8"))
    captions = [group["caption"] for group in contents["parts"]]
    assert captions == ["First steps", "First steps 2", "First steps 3", "Reference"]
    assert [one for one in problems(larger / "nowhere", larger) if "not built" not in one] == []
    assert not (larger / "_build").exists() and not (larger / "nnutils").exists()


def test_a_copy_speaks_of_itself_and_the_first_is_as_it_was(book: Path, tmp_path: Path) -> None:
    larger = copied(book, tmp_path / "larger", 2)
    lesson = json.loads((larger / "chapters/steps_2/01_one.ipynb").read_text(encoding="utf-8"))
    words, code = (cell["source"] for cell in lesson["cells"])
    assert words == "# One\n[steps](../steps_2/index.md), footsteps/ and steps."
    assert code == 'Lesson("steps_2/q1")'
    assert (larger / "chapters/steps_2/index.md").read_text(encoding="utf-8") == "# Steps\n`steps_2`\n"
    for name in ("intro.md", "chapters/steps/01_one.ipynb", "chapters/steps/index.md"):
        assert (larger / name).read_bytes() == (book / name).read_bytes()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("100", "BOOK=108"),
        ("", "BOOK=18"),
        ("0", "BOOK=18"),
        ("-18", "BOOK=18"),
        ("many", "BOOK=18"),
        ("1e3", "BOOK=18"),
    ],
)
def test_what_is_no_multiple_is_named_with_what_is(asked: str, words: str) -> None:
    with pytest.raises(BookError, match=f"has 18 lessons.*{asked!r}") as caught:
        sizes(asked, 18)
    assert words in str(caught.value) and "180 for ten" in str(caught.value)


def test_a_book_without_lessons_does_not_grow() -> None:
    with pytest.raises(BookError, match="no lessons"):
        sizes("18", 0)


def test_a_square_is_no_line_and_a_line_is() -> None:
    assert line([18, 36, 90], [1 + 2 * 18, 1 + 2 * 36, 1 + 2 * 90]).largest_deviation == 0
    assert line([18, 36, 90], [18**2, 36**2, 90**2]).largest_deviation > 0.3


def test_all_processes_count_in_time_and_memory(tmp_path: Path) -> None:
    child = "block = bytearray(120_000_000)\\nimport time\\nfor _ in range(9): time.sleep(.2)"
    work = "sum(i * i for i in range(3_000_000))"
    code = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{work}'], check=True); "
        f"subprocess.run([sys.executable, '-c', '{child}'], check=True)"
    )
    idle = measure(["-c", "pass"], tmp_path)
    taken = measure(["-c", code], tmp_path)
    assert taken.processor_seconds > idle.processor_seconds
    assert taken.megabytes > 120


def test_what_fails_is_an_error_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(BookError, match=r"failed in a book of copies:\n(.*\n)*.*no such lesson"):
        measure(["-c", "raise SystemExit('no such lesson')"], tmp_path)


def test_what_is_stored_has_a_row_for_each_size(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, str]] = []

    def measured(command: Sequence[str], folder: Path) -> Measured:
        lessons = len(questions_in(folder))
        seen.append((lessons, " ".join(command)))
        return Measured(10.0 + lessons, 5.0, 100)

    monkeypatch.setattr(stress, "measure", measured)
    stored = report(book, [1, 3])
    assert list(stored) == ["lessons", "sizes", "test", "build", "pages_megabytes", "lines"]
    assert (stored["lessons"], stored["sizes"]) == (1, [1, 3])
    assert stored["test"] == [
        {"processor_seconds": 11.0, "wall_seconds": 5.0, "megabytes": 100},
        {"processor_seconds": 13.0, "wall_seconds": 5.0, "megabytes": 100},
    ]
    fitted = stored["lines"]
    assert isinstance(fitted, dict)
    assert fitted["test"] == {"start": 10.0, "per_lesson": 1.0, "largest_deviation": 0.0}
    assert [lessons for lessons, _ in seen] == [1, 1, 3, 3]
    assert all("tools/book.py" in words or "pytest --nbval" in words for _, words in seen)
    assert str(book) not in json.dumps(stored)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals are sent to a process")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_leaves_no_scratch_folder_and_no_process(number: int, tmp_path: Path) -> None:
    marker = tmp_path / "started"
    command = f"import pathlib, time; pathlib.Path({str(marker)!r}).touch(); time.sleep(600)"
    code = f"""
import sys
sys.path.insert(0, {str(stress.ROOT)!r})
from tools import stress
real = stress.measure
stress.measure = lambda given, folder: real(["-c", {command!r}], folder)
sys.exit(stress.main(["18"]))
"""
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    process = subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stderr=subprocess.PIPE, text=True
    )
    while not marker.exists() and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, "The scratch folder is removed" in err) == (130, True), err
    assert [path.name for path in tmp_path.iterdir()] == ["started"]
