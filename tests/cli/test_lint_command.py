"""The command `nnutils lint`: files, standard input, forms, exit status, and what it refuses."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from nnutils.cli import main, sheets
from nnutils.lint.readers.choosing import SUFFIXES

WRONG = "The layer has 96 * 11 * 11 * 3 = 34,484 weights.\n"
RIGHT = "It has 96 * 11 * 11 * 3 = 34,848 weights, and n * 3 = 15.\n"
SAID = "wrong.md:1:15: wrong: 96 * 11 * 11 * 3 = 34,484 weights: it is 34,848."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wrong.md").write_text(WRONG, encoding="utf-8")
    (tmp_path / "right.md").write_text(RIGHT, encoding="utf-8")
    yield tmp_path


def said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int) -> str:
    assert main(["lint", *arguments]) == status
    seen = capsys.readouterr()
    assert not seen.err or status == 2
    return seen.out


def test_what_is_wrong_is_one_line_and_the_status_is_1(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "wrong.md", status=1).splitlines()
    assert lines[0].startswith(SAID)
    assert lines[1] == "1 sheet, 5 numbers, 1 statement; 1 checked: 1 wrong."


def test_where_nothing_is_wrong_the_status_is_0(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "right.md", status=0).splitlines()
    assert lines[0].startswith("1 sheet, ") and "1 right" in lines[0]
    assert said(capsys, "right.md", "--quiet", status=0) == ""
    assert ":1:8: right: " in said(capsys, "right.md", "--all", status=0)


def test_several_files_are_counted_together(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "right.md", "wrong.md", status=1)
    assert SAID in text and "\n2 sheets, " in text
    assert said(capsys, "right.md", "wrong.md", "--quiet", status=1).count("\n") == 1


def standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(content)))


def test_the_standard_input_needs_a_format(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    standard_input(monkeypatch, WRONG.encode())
    assert "standard input:1:15: wrong" in said(capsys, "-", "--format", "md", status=1)
    standard_input(monkeypatch, WRONG.encode())
    assert main(["lint", "-"]) == 2
    assert "Add --format, one of md, tex" in capsys.readouterr().err


def test_a_format_may_be_said_where_the_name_does_not(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "sheet.solution").write_text(WRONG, encoding="utf-8")
    text = said(capsys, "sheet.solution", "--format", "txt", status=1)
    assert text.startswith("sheet.solution:1:15: wrong")


def test_every_format_that_can_be_said_is_one_that_is_read() -> None:
    assert set(sheets.FORMATS) < set(SUFFIXES)
    assert {SUFFIXES[form] for form in sheets.FORMATS} | {"text"} == set(SUFFIXES.values())


def test_a_notebook_says_the_cell_and_shows_what_was_typed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["Nothing here."]},
        {"cell_type": "markdown", "metadata": {}, "source": ["so\n", "$3 \\cdot 4 = 13$, 2 + 2 = 5\n"]},
        {"cell_type": "markdown", "metadata": {}, "source": ["<!-- nnutils: ignore-next -->\n", "1 + 1 = 3"]},
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    standard_input(monkeypatch, json.dumps(notebook, indent=1).encode())
    lines = said(capsys, "-", "--format", "ipynb", status=1).splitlines()
    assert "(cell 2): wrong: 3 \\cdot 4 = 13: it is 12." in lines[0]
    assert "(cell 2): wrong: 2 + 2 = 5: it is 4." in lines[1]
    assert "1 silenced by comments" in lines[2]


def test_json_is_one_object_for_all_files(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(said(capsys, "right.md", "wrong.md", "--json", status=1))
    assert [one["file"] for one in data["files"]] == ["right.md", "wrong.md"]
    assert [(one["file"], one["computed"]) for one in data["findings"]] == [("wrong.md", "34,848")]
    everything = json.loads(said(capsys, "right.md", "wrong.md", "--json", "--all", status=1))
    assert len(everything["findings"]) == everything["coverage"]["statements"] > 1


def test_sarif_names_tool_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    log = json.loads(said(capsys, "wrong.md", "--sarif", status=1))
    assert log["runs"][0]["tool"]["driver"]["version"]
    assert [one["level"] for one in log["runs"][0]["results"]] == ["error"]


def test_claims_are_yaml_of_what_is_wrong_and_right(capsys: pytest.CaptureFixture[str]) -> None:
    draft = yaml.safe_load(said(capsys, "right.md", "wrong.md", "--claims", status=1))
    assert draft["sheets"] == ["right", "wrong"]
    assert [one["stated"] for one in draft["claims"]] == ["34,848", "34,484"]


def test_the_page_is_written_beside_the_lines(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    for _ in range(2):  # a page of ours may be replaced
        assert SAID in said(capsys, "wrong.md", "--html", "out.html", status=1)
    assert "34,848" in (folder / "out.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("out", "words"),
    [
        ("wrong.md", "The page cannot be wrong.md"),
        ("notes.html", "did not write it"),
        ("none/out.html", "cannot be written"),
    ],
)
def test_no_other_file_becomes_a_page(
    out: str, words: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "notes.html").write_text("<p>Mine</p>", encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        main(["lint", "wrong.md", "--html", out])
    assert stopped.value.code == 2
    line = capsys.readouterr().err
    assert words in line and line.count("\n") == 1
    assert (folder / "wrong.md").read_text(encoding="utf-8") == WRONG
    assert (folder / "notes.html").read_text(encoding="utf-8") == "<p>Mine</p>"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("none.md", "There is no file none.md. Name a sheet"),
        ("folder", "folder is a folder. Name the sheets in it, such as folder/*.md."),
        ("large.md", "large.md is larger than 99 bytes. Split it."),
        ("bytes.md", "bytes.md"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_the_other_sheets_are_checked(
    name: str, words: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sheets, "LARGEST", 99)
    (folder / "folder").mkdir()
    (folder / "large.md").write_text("1 + 1 = 3 " * 10, encoding="utf-8")
    (folder / "bytes.md").write_bytes(b"\x00\x01\xff\xfe\x80 1 + 1 = 3 \x00")
    assert main(["lint", name, "wrong.md"]) == 2
    seen = capsys.readouterr()
    assert words in seen.err and seen.err.count("\n") == 1 and "Traceback" not in seen.err
    assert SAID in seen.out
    data = (main(["lint", name, "--json"]), json.loads(capsys.readouterr().out))
    assert data[0] == 2 and data[1]["files"] == [] and data[1]["unread"][0]["file"] == name


def test_a_network_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["lint", "wrong.md", "--network", "3x8x8 foo(3)"])
    assert stopped.value.code == 2 and "'foo' is not a kind of layer" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("variable", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colours_are_for_terminals(
    variable: dict[str, str],
    coloured: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    assert "\x1b" not in said(capsys, "wrong.md", status=1)
    for name, value in variable.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert ("\x1b[1;31mwrong\x1b[0m" in said(capsys, "wrong.md", status=1)) == coloured
