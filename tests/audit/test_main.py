"""The command ``python -m nnutils.audit``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from support.audit_book import HEADER, PART, write_audit, write_book, write_claims

from nnutils.audit import collect, summary
from nnutils.audit.__main__ import main

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path)


def test_the_command_lists_json(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json", "--root", str(book)]) == 0
    assert json.loads(capsys.readouterr().out) == collect(book)
    assert main(["--json", "--root", str(book), "--part", PART]) == 0
    assert json.loads(capsys.readouterr().out) == collect(book)


def test_the_command_sums_up_and_fails_on_a_problem(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(book)]) == 0
    assert capsys.readouterr().out.splitlines()[-2].split() == ["claims", "2", "2", "4"]
    (book / "chapters" / PART / "audits/q3.py").unlink()
    assert main(["--root", str(book)]) == 1
    assert "never judged: 001-q3-conv1-units" in capsys.readouterr().err
    write_claims(book, 'sheets: ["002"]\nclaims: []\n', "empty")
    assert main(["--root", str(book), "--part", "empty"]) == 0


def test_the_command_lists_the_wrong_numbers_with_their_slips(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--explanations", "--root", str(book)]) == 0
    page = capsys.readouterr().out
    assert page == summary(book).explanations.as_markdown()
    assert "| 10,542,972 | 105,415,200 | not explained |" in page
    assert "| 15,415,200 | 105,415,200 | 15,415,200 is 105,415,200 without one 0. |" in page


def test_the_command_cuts_a_long_list_of_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    claim = '- {{id: 001-q3-x{}, sheet: "001", says: units, stated: 5, kind: number}}\n'
    write_claims(tmp_path, HEADER + "".join(claim.format(i) for i in range(25)))
    assert main(["--root", str(tmp_path)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert sum(line.startswith("never judged: 001-q3-x") for line in lines) == 20
    assert lines[-1] == "never judged: 5 more"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--root", "missing"], "'missing' has no folder 'chapters'"),
        (["--json", "--root", "missing"], "'missing' has no folder 'chapters'"),
        (["--part", "sorting"], "There is no chapters/sorting/claims.yml"),
    ],
)
def test_the_command_refuses_a_folder_or_part_that_does_not_exist(
    arguments: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert problem in capsys.readouterr().err


def test_the_command_names_an_audit_file_that_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_audit(write_book(tmp_path), "def audit():\n    return 1 / 0\n")
    for options in ([], ["--json"]):
        assert main([*options, "--root", str(tmp_path)]) == 1
        shown = capsys.readouterr()
        assert (
            f"broken audit: chapters/{PART}/audits/q3.py (ZeroDivisionError: division by zero)" in shown.err
        )
        assert "never judged: 001-q3-conv1-units" in shown.err
        assert "ZeroDivisionError" not in shown.out


PROBE = """
import runpy, sys
sys.argv = ["nnutils.audit", *sys.argv[1:]]
try:
    runpy.run_module("nnutils.audit", run_name="__main__", alter_sys=True)
finally:
    loaded = [name for name in ("numpy", "torch", "matplotlib") if name in sys.modules]
    sys.stderr.write(f"loaded: {loaded}")
"""


def test_the_command_loads_nothing_heavy_and_warns_of_nothing(book: Path) -> None:
    command = [sys.executable, "-c", PROBE, "--json", "--root", str(book)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert len(json.loads(run.stdout)) == 4
    assert run.stderr == "loaded: []"
    command[2] = "import numpy\n" + PROBE  # the probe can fail
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stderr == "loaded: ['numpy']"
