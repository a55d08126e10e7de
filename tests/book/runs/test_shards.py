"""A test run that is divided among machines: which part is asked for, and the record of all parts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from nnutils.book import __main__ as command
from nnutils.book.runs.records import Run, digest_of, notebooks_of, read_run
from nnutils.book.runs.shards import DURATIONS, SHARDS, Shard, ShardRecord, joined, read_shards
from nnutils.core.errors import BookError

RUN = Run("2026-05-03T07:08:09+00:00", 90.0, True, 2, 30, 41, 500, 60, 0, 1, "same", {"Python": "3.13.1"})


def record(number: int, of: int = 2, run: Run = RUN, *failures: str) -> ShardRecord:
    return ShardRecord(Shard(number, of), run, failures, {f"test_{number}": 1.5})


@pytest.mark.parametrize("text", ["", "2", "0/4", "5/4", "2/0", "-1/4", "1/4/2", "a/b", "1.5/4", "٢/4"])
def test_what_is_not_a_shard_is_refused(text: str) -> None:
    with pytest.raises(BookError, match="is not one") as caught:
        Shard.parse(text)
    assert "2/4" in caught.value.remedy


def test_two_records_make_one_run() -> None:
    other = replace(RUN, began="2026-05-03T07:00:00+00:00", seconds=120.5, tests=7, outputs=1, notebooks=1)
    whole = joined([record(1), record(2, 2, other)])
    assert (whole.tests, whole.outputs, whole.notebooks, whole.skipped) == (507, 42, 3, 2)
    assert (whole.began, whole.seconds, whole.passed) == (other.began, 120.5, True)
    failed = replace(RUN, passed=False, failed=1)
    assert not joined([record(1), record(2, 2, failed, "test_b")]).passed


@pytest.mark.parametrize(
    ("shards", "said"),
    [
        ([], "nothing to join"),
        ([record(1, 3), record(3, 3)], "Of 3 shards 2 is missing"),
        ([record(3, 4)], "1, 2 and 4 are missing"),
        ([record(1), record(2), record(2)], "3 records of 2 shards"),
        ([record(1), record(2), record(1, 3)], "in 2 and 3 parts"),
        ([record(1), record(2, 2, replace(RUN, digest="other"))], "same notebooks"),
    ],
)
def test_records_that_are_not_one_run_are_not_joined(shards: list[ShardRecord], said: str) -> None:
    with pytest.raises(BookError, match=said):
        joined(shards)


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"shard": {"number": 1}}', "\ud800"])
def test_a_file_that_is_not_a_record_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "1-of-2.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(BookError, match="1-of-2.json is not the record of a shard"):
        read_shards([tmp_path])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book with two notebooks of two cells, and three tests, one of which takes longest."""
    for name in ("first", "second"):
        cells = []
        for source, output in (("a = 1\nprint(a)", "1\n"), ("print(a + 1)", "2\n")):
            cell = nbformat.v4.new_code_cell(source, execution_count=len(cells) + 1)
            cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text=output)]
            cells.append(cell)
        nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / f"{name}.ipynb")
    (tmp_path / "_toc.yml").write_text("root: first\nchapters:\n- file: second\n", encoding="utf-8")
    (tmp_path / "test_some.py").write_text(
        "def test_a(): pass\ndef test_b(): pass\ndef test_c(): pass\n", encoding="utf-8"
    )
    settings = "[pytest]\ntestpaths = first.ipynb second.ipynb test_some.py\naddopts = --nbval\n"
    (tmp_path / "pytest.ini").write_text(settings, encoding="utf-8")
    return tmp_path


def run(book: Path, *options: str) -> subprocess.CompletedProcess[str]:
    own = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    plugins = ("-p", "no:cacheprovider", "-p", "nnutils.book.pytest_plugin")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *plugins, *options],
        cwd=book,
        env=own,
        capture_output=True,
        text=True,
    )


@pytest.mark.slow
def test_the_shards_together_are_the_whole(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    known = {f"{name}.ipynb::Cell {n}": 1.0 for name in ("first", "second") for n in (0, 1)}
    known |= {f"test_some.py::test_{letter}": 0.5 for letter in "abc"}
    (book / "_build").mkdir()
    (book / DURATIONS).write_text(json.dumps(known), encoding="utf-8")
    for number in (1, 2):
        result = run(book, "--shard", f"{number}/2", "-n", str(number - 1))
        assert result.returncode == 0, result.stdout + result.stderr
    one, two = read_shards([book / SHARDS])
    assert not set(one.durations) & set(two.durations)
    assert {*one.durations, *two.durations} == set(known), "each test runs in one of them"
    assert (one.run.notebooks, two.run.notebooks, two.run.tests) == (2, 0, 3), "no notebook is divided"
    assert read_run(book) is None, "a shard is not a full run"

    monkeypatch.chdir(book)
    assert command.main(["join"]) == 0
    assert "7 passed, 0 failed" in capsys.readouterr().out
    whole = read_run(book)
    assert whole and (whole.cells, whole.tests, whole.notebooks) == (4, 3, 2)
    assert whole.digest == digest_of(notebooks_of(book))
    assert set(json.loads((book / DURATIONS).read_text(encoding="utf-8"))) == set(known)


@pytest.mark.slow
def test_what_fails_in_a_shard_fails_in_all_and_is_named(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "test_some.py").write_text("def test_a(): assert False\n", encoding="utf-8")
    assert run(book, "--shard", "1/1", "-n", "0").returncode == 1
    monkeypatch.chdir(book)
    assert command.main(["join"]) == 1
    said = capsys.readouterr()
    assert "FAILED test_some.py::test_a" in said.err and "4 passed, 1 failed" in said.out
    first = book / "first.ipynb"
    first.write_text(first.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        command.main(["join"])
    assert "have changed since the shards ran" in capsys.readouterr().err


@pytest.mark.slow
def test_a_shard_that_cannot_be_is_one_line(book: Path) -> None:
    result = run(book, "--shard", "5/4")
    assert result.returncode == 4 and "'5/4' is not one" in result.stderr
    assert "Traceback" not in result.stderr
