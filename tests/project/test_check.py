"""tools/check.py runs every step with the project's own tools, and says which of them failed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tools import check
from tools.check import typed_files


def test_mypy_checks_the_chapters_as_soon_as_they_hold_python(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.mypy]\nfiles = ["nnutils"]\n', encoding="utf-8")
    (tmp_path / "chapters/part/practice").mkdir(parents=True)
    assert typed_files(tmp_path) == ["nnutils"]
    (tmp_path / "chapters/part/practice/q1.py").touch()
    assert typed_files(tmp_path) == ["nnutils", "chapters"]


def test_the_tools_are_those_of_the_usual_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(check, "ROOT", tmp_path)
    monkeypatch.setattr(check, "USUAL", tmp_path / "python")
    assert check.python() == sys.executable  # there is no other
    (tmp_path / "python").touch()
    assert check.python() == str(tmp_path / "python")
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv-3.12"))
    assert check.python() == sys.executable


@pytest.mark.slow
def test_every_step_runs_and_those_that_fail_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    modules = {"one": ["this"], "two": ["nothing.of.this.name"], "three": ["this"]}
    monkeypatch.setattr(check, "steps", lambda: modules)
    monkeypatch.setattr(check, "USUAL", Path(sys.executable))
    assert check.main([]) == 1
    said = capsys.readouterr().out
    assert said.splitlines()[-1].endswith("failed: two")
    assert "--- three: this" in said
    assert check.main(["three"]) == 0
    assert check.main(["four"]) == 2
