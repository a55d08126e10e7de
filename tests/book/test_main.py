"""The commands of a book: each one is there, and what cannot be done is said in one line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from nnutils.book.__main__ import COMMANDS, Command, main


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that cannot be carried out; return what it says."""
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    return capsys.readouterr().err


def test_the_help_names_every_command_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    text = " ".join(capsys.readouterr().out.split())
    for name in COMMANDS:
        assert name in text
    assert "execute Executes notebooks in place" in text


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["execute", "no.ipynb"], "There is no notebook no.ipynb. Name a file"),
        (["execute", "."], ". is a folder. Put a text file in its place."),
        (["execute", "text.ipynb"], "text.ipynb is not a notebook"),
        (["execute", "list.ipynb"], "list.ipynb is not a notebook"),
        (["lint", "--root", "empty"], "There is no notebook in 'empty' or below."),
        (["lint", "--root", "nowhere"], "There is no notebook in 'nowhere' or below."),
        (["lint"], "text.ipynb is not a notebook"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    arguments: list[str],
    line: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.ipynb").write_text("no JSON", encoding="utf-8")
    (tmp_path / "list.ipynb").write_text("[]", encoding="utf-8")
    if arguments == ["lint"]:
        (tmp_path / "list.ipynb").unlink()
    message = said(capsys, *arguments)
    assert line in message
    assert message.count("\n") == 1


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "invalid choice: 'lent'" in said(capsys, "lent")
    assert "the following arguments are required: COMMAND" in said(capsys)


def test_a_missing_library_is_named_with_what_installs_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(COMMANDS, "lint", Command("nnutils.book.linting", ("no_such_library",), "test"))
    message = said(capsys, "lint")
    assert message == (
        "python -m nnutils.book lint needs no_such_library, which is not installed. "
        'Install it: pip install "nnutils[test]"\n'
    )


@pytest.mark.slow
def test_no_command_loads_what_another_one_needs() -> None:
    modules = [command.module for command in COMMANDS.values()]
    heavy = sorted({library for command in COMMANDS.values() for library in command.needs})
    code = f"import sys, {', '.join(modules)}\nprint(*set({heavy}) & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_a_command_that_is_stopped_says_so_in_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("nnutils.book.runs.shards.run", stop)
    assert main(["join"]) == 130
    assert capsys.readouterr().err == "\nStopped. No file is half-written: run the command again.\n"
