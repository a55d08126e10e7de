"""Facts that a command has left in a file: what is read, what is shown, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nnutils.book.runs.facts import Facts, commit_of, read_facts, text_of_facts, write_facts
from nnutils.core.errors import BookError
from tools.pages import ROOT

MUTANTS = Facts("Faults", "make mutants SEED=1", "abc1234", (("faults", 1200), ("caught", "99.2 %")))


def test_what_is_written_is_read_in_the_order_of_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "a/b"
    inputs = Facts("Inputs", "make fuzz", "def5678", (("inputs", 1), ("slowest, in s", 0.5)))
    write_facts(folder / "mutants.json", MUTANTS, {"survivors": ["x"]})
    write_facts(folder / "fuzz.json", inputs)
    assert read_facts(folder) == [inputs, MUTANTS]
    assert json.loads((folder / "mutants.json").read_text(encoding="utf-8"))["survivors"] == ["x"]


def test_the_text_names_the_command_the_commit_and_each_number() -> None:
    text = text_of_facts([MUTANTS])
    for part in (
        "**Faults**",
        "``make mutants SEED=1``",
        "``abc1234``",
        "* - faults\n     - 1,200",
        "- 99.2 %",
    ):
        assert part in text, part


WHOLE = {"title": "T", "command": "c", "commit": "1", "facts": [["a", 1]]}


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"title": 3},
        {"commit": None},
        {"facts": []},
        {"facts": [["a"]]},
        {"facts": [["a", True]]},
        {"facts": [["a", [1]]]},
        {"facts": 3},
    ],
    ids=str,
)
def test_a_file_that_does_not_hold_facts_is_named(change: dict[str, object], tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps({**WHOLE, **change}), encoding="utf-8")
    with pytest.raises(BookError, match="one.json does not hold facts"):
        read_facts(tmp_path)


def test_a_missing_folder_holds_no_facts_and_what_is_no_json_is_named(tmp_path: Path) -> None:
    assert read_facts(tmp_path / "nowhere") == [] and text_of_facts([]) == ""
    (tmp_path / "one.json").write_text("{", encoding="utf-8")
    with pytest.raises(BookError, match="one.json does not hold facts"):
        read_facts(tmp_path)


def test_a_folder_without_git_has_no_commit(tmp_path: Path) -> None:
    assert commit_of(tmp_path) == "without a commit"


def test_the_facts_of_this_book_are_those_of_commands_that_exist() -> None:
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    kept = read_facts(ROOT / "docs/status")
    assert kept
    for one in kept:
        assert f"\n{one.command.split()[1]}: " in targets, one.command
        assert len(one.commit) >= 7 and int(one.commit, 16) >= 0
