"""What README and docs say about `nnutils lint` is so: the output, the options, the hook, the workflow."""

from __future__ import annotations

import argparse
import io
import re
import shlex
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from nnutils.cli import main
from nnutils.cli.command_line import _parser
from tools.pages import ROOT

GUIDE = (ROOT / "docs/checking_sheets.md").read_text(encoding="utf-8")
SHEET = ROOT / "docs/sheet_with_slips.md"
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def blocks(language: str, text: str = GUIDE) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def options_of_lint() -> set[str]:
    for action in _parser("")._actions:
        if isinstance(action, argparse._SubParsersAction):
            made = action.choices["lint"]._actions
            return {name for one in made for name in one.option_strings} - {"-h", "--help"}
    raise LookupError("no commands")


def test_the_readme_shows_what_is_printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## Check a sheet of your own\n")[2].partition("\n## ")[0]
    command, output = blocks("", section)
    assert main(shlex.split(command)[1:]) == 1
    assert capsys.readouterr().out == output
    assert output.count(": wrong: ") == 4


def test_every_option_is_explained_and_no_other() -> None:
    table = re.findall(r"^\| `(--[\w-]+)", GUIDE, re.MULTILINE)
    assert sorted(table) == sorted(options_of_lint())


def test_the_commands_of_the_guide_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / SHEET.name).write_bytes(SHEET.read_bytes())
    (commands,) = blocks("sh")
    for line in commands.splitlines():
        program, *arguments = shlex.split(line)
        assert program == "nnutils"
        if "<" in arguments:
            at = arguments.index("<")
            stream = io.BytesIO(Path(arguments[at + 1]).read_bytes())
            monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=stream))
            arguments = arguments[:at]
        assert main(arguments) == 1
        assert ": wrong: " in capsys.readouterr().out
    assert (tmp_path / "checked.html").is_file()


def test_the_hook_is_whole_and_its_command_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert set(HOOK) >= {"id", "name", "entry", "language"} and HOOK["language"] == "python"
    assert set(HOOK["types_or"]) == {"markdown", "tex", "html", "jupyter"}
    program, *arguments = shlex.split(HOOK["entry"])
    assert program == "nnutils"
    assert main([*arguments, str(SHEET)]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 4


def test_the_settings_of_the_guide_name_this_hook() -> None:
    settings, workflow = (yaml.safe_load(block) for block in blocks("yaml"))
    (hook,) = settings["repos"][0]["hooks"]
    assert hook["id"] == HOOK["id"] and set(hook["args"]) & options_of_lint() == {"--network"}
    steps: list[dict[str, Any]] = workflow["jobs"]["lint"]["steps"]
    assert workflow["permissions"]["security-events"] == "write"
    (upload,) = [step for step in steps if "upload-sarif" in step.get("uses", "")]
    runs = [step["run"] for step in steps if step.get("run", "").startswith("nnutils ")]
    for run in runs:
        given = {word for word in shlex.split(run) if word.startswith("--")}
        assert given <= options_of_lint()
    assert f"> {upload['with']['sarif_file']}" in runs[1]
    assert [step.get("if") for step in steps[-2:]] == ["always()", "always()"]
