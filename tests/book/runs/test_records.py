"""The record of a full run: what pytest writes at its end, and what the page says of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from nnutils.book.pages.reference.checked import text_of_checks
from nnutils.book.runs.recording import is_full_run
from nnutils.book.runs.records import (
    RECORD,
    Holdings,
    Run,
    digest_of,
    holdings,
    notebooks_of,
    read_run,
    write_run,
)

RUN = Run("2026-05-03T07:08:09+00:00", 754.6, True, 2, 30, 41, 500, 60, 0, 0, "same", {"Python": "3.13.1"})
HELD = Holdings(2, 30, 41, {"confirmed": 5, "wrong": 1})


@pytest.fixture()
def book(tmp_path: Path) -> Path:
    """A book with a page and a notebook, a test, and an example in a docstring."""
    code = nbformat.v4.new_code_cell("print(1)\n2", execution_count=1)
    code.outputs = [
        nbformat.v4.new_output("stream", name="stdout", text="1\n"),
        nbformat.v4.new_output("execute_result", data={"text/plain": "2"}, execution_count=1),
    ]
    left_out = nbformat.v4.new_code_cell("# NBVAL_IGNORE_OUTPUT\nprint(3)", execution_count=2)
    left_out.outputs = [nbformat.v4.new_output("stream", name="stdout", text="4\n")]
    cells = [nbformat.v4.new_markdown_cell("# Lesson"), code, left_out]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "lesson.ipynb")
    (tmp_path / "_toc.yml").write_text("root: intro\nchapters:\n- file: lesson\n", encoding="utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_one.py").write_text("def test_one():\n    assert True\n", encoding="utf-8")
    (tmp_path / "shop.py").write_text('"""A shop.\n\n>>> 1 + 1\n2\n"""\n', encoding="utf-8")
    options = '--nbval --doctest-modules -m "not rare"'
    settings = f"[pytest]\ntestpaths = lesson.ipynb tests shop.py\naddopts = {options}\nmarkers = rare\n"
    (tmp_path / "pytest.ini").write_text(settings, encoding="utf-8")
    return tmp_path


def run(book: Path, *options: str) -> Run | None:
    own = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "nnutils.book.pytest_plugin",
    ]
    result = subprocess.run([*command, *options], cwd=book, env=own, capture_output=True, text=True)
    assert result.returncode in (0, 1), result.stdout + result.stderr
    return read_run(book)


@pytest.mark.slow
def test_a_full_run_of_two_workers_is_recorded(book: Path) -> None:
    made = run(book, "-n", "2")
    assert made and made.passed and made.failed == made.skipped == 0
    assert (made.notebooks, made.cells, made.outputs, made.tests, made.examples) == (1, 2, 2, 1, 1)
    assert made.digest == digest_of(notebooks_of(book)) and "Python" in made.versions and made.seconds > 0


@pytest.mark.slow
def test_a_run_that_fails_is_recorded_as_such(book: Path) -> None:
    (book / "tests/test_one.py").write_text("def test_one():\n    assert False\n", encoding="utf-8")
    made = run(book, "-n", "0")
    assert made and not made.passed and made.failed == 1
    assert "**The run failed**: 1 check did not pass." in text_of_checks(made, HELD, {}, made.digest)


@pytest.mark.slow
def test_a_part_of_the_suite_is_not_recorded(book: Path) -> None:
    assert run(book, "-n", "0", "tests") is None


PARTS = [["tests"], ["-k", "one"], ["-m", "not other"], ["--deselect", "x.py"], ["--collect-only"], ["--lf"]]


def test_a_full_run_is_told_from_a_part(
    book: Path, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(book)
    assert is_full_run(pytester.parseconfig())
    assert [options for options in PARTS if is_full_run(pytester.parseconfig(*options))] == []


def test_a_record_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    assert read_run(tmp_path) is None
    write_run(tmp_path, RUN)
    assert read_run(tmp_path) == RUN
    path = tmp_path / RECORD
    path.write_text(json.dumps({"passed": True}), encoding="utf-8")
    assert read_run(tmp_path) is None
    path.write_text("{", encoding="utf-8")
    assert read_run(tmp_path) is None


def test_the_files_of_a_book_are_counted(book: Path) -> None:
    held = holdings(book, ["wrong", "confirmed", "confirmed"])
    assert held == Holdings(1, 2, 3, {"confirmed": 2, "wrong": 1})
    assert list(held.verdicts) == ["confirmed", "wrong"]


def test_the_page_says_what_the_run_was() -> None:
    text = text_of_checks(RUN, HELD, RUN.versions, "same")
    for part in (
        "3 May 2026",
        "12 min 35 s",
        "30 code cells of 2 notebooks",
        "41 outputs",
        "500 tests",
        "60 docstrings",
    ):
        assert part in text, part
    assert "Nothing failed." in text and "changed since" not in text and "failed**" not in text
    assert "6 statements of solution sheets: 5 confirmed and 1 wrong" in text
    assert text.count("list-table") == 1


def test_the_page_says_where_the_build_is_not_that_of_the_run() -> None:
    text = text_of_checks(RUN, HELD, {"Python": "3.14.0"}, "other")
    assert "changed since" in text and "3.13.1" in text and "3.14.0" in text
    assert "Nothing failed." not in text_of_checks(replace(RUN, passed=False, failed=2), HELD, {}, "same")


def test_without_a_run_the_page_says_so_and_what_is_known() -> None:
    text = text_of_checks(None, HELD, {"Python": "3.14.0"}, "same")
    assert "No full run" in text and "41 stored outputs" in text and "3.14.0" in text
    assert "Nothing failed" not in text
