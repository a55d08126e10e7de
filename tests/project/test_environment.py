"""tools/environment.py makes an environment where one is missing or unfit, and leaves a good one alone."""

from __future__ import annotations

import ast
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tools import environment
from tools.pages import ROOT

OWN = f".venv-{sys.version_info[0]}.{sys.version_info[1]}"
Commands = list[list[str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the script a small project to work on."""
    (tmp_path / "requirements.txt").write_text(
        "numpy==2.4.6\ntorch==2.13.0 ; x\ntorchx==1\n", encoding="utf-8"
    )
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(environment, "ROOT", str(tmp_path))
    monkeypatch.delenv("UV_TORCH_BACKEND", raising=False)
    return tmp_path


@pytest.fixture
def commands(project: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Stand in for venv and pip: record what would be run; 'venv' makes an empty file for a Python."""
    ran: Commands = []

    def call(command: list[str], **_: object) -> int:
        if command[1:3] == ["-m", "venv"]:
            shutil.rmtree(command[-1], ignore_errors=True)
            python = Path(environment.python_in(command[-1]))
            python.parent.mkdir(parents=True)
            python.touch()
        if command[1] == "-m":
            ran.append(command[2:])
        return 0 if Path(command[0]).exists() else 1

    monkeypatch.setattr(environment, "call", call)
    monkeypatch.setattr(subprocess, "call", call)  # whether a Python starts
    return ran


def names(commands: Commands) -> list[str]:
    """What was run, in order; the list is emptied."""
    found = [command[0] for command in commands]
    commands.clear()
    return found


def test_the_usual_environment_is_made_once(project: Path, commands: Commands) -> None:
    environment.main()
    assert names(commands) == ["venv", "pip"]
    environment.main()
    assert names(commands) == []
    assert (project / ".venv").is_dir()
    assert not (project / OWN).exists()


def test_an_environment_for_one_python_leaves_the_usual_one(project: Path, commands: Commands) -> None:
    environment.main()
    before = (project / ".venv" / environment.STAMP).read_text(encoding="utf-8")
    names(commands)
    environment.main(versioned=True)
    assert names(commands) == ["venv", "pip"]
    assert (project / OWN).is_dir()
    environment.main()
    assert names(commands) == []
    assert (project / ".venv" / environment.STAMP).read_text(encoding="utf-8") == before


def remove_stamp(project: Path) -> None:
    (project / ".venv" / environment.STAMP).unlink()


def remove_python(project: Path) -> None:
    Path(environment.python_in(project / ".venv")).unlink()


def rename_from_another(project: Path) -> None:
    """An environment that was moved: its scripts still name its old folder."""
    stamp = project / ".venv" / environment.STAMP
    stamp.write_text(stamp.read_text().replace(".venv", OWN), encoding="utf-8")


def change_requirements(project: Path) -> None:
    (project / "requirements.txt").write_text("numpy==2.4.7\n", encoding="utf-8")


def change_metadata(project: Path) -> None:
    (project / "pyproject.toml").write_text("# changed\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (remove_stamp, ["venv", "pip"]),
        (remove_python, ["venv", "pip"]),
        (rename_from_another, ["venv", "pip"]),
        (change_requirements, ["venv", "pip"]),
        (change_metadata, ["pip"]),
    ],
)
def test_an_environment_that_is_no_longer_fit_is_made_again(
    project: Path, commands: Commands, change: Callable[[Path], None], expected: list[str]
) -> None:
    environment.main()
    names(commands)
    change(project)
    environment.main()
    assert names(commands) == expected
    environment.main()
    assert names(commands) == []


def test_an_installation_that_fails_is_not_taken_for_a_good_one(
    project: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.main()
    change_metadata(project)
    with monkeypatch.context() as broken:
        broken.setattr(environment, "call", lambda command, **_: int("pip" in command))
        with pytest.raises(SystemExit, match=r"requirements\.txt could not be installed"):
            environment.main()
    names(commands)
    environment.main()
    assert names(commands) == ["venv", "pip"]


def test_a_link_is_replaced_and_its_target_kept(project: Path, commands: Commands) -> None:
    target = project / "elsewhere"
    target.mkdir()
    (target / "precious").touch()
    (project / ".venv").symlink_to(target)
    environment.main()
    assert not (project / ".venv").is_symlink()
    assert (target / "precious").exists()


@pytest.mark.parametrize("old", [(2, 7, 18), (3, 6, 15), (3, 10, 13)])
def test_an_old_python_is_told_so(
    project: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch, old: tuple[int, ...]
) -> None:
    monkeypatch.setattr(sys, "version_info", old)
    with pytest.raises(SystemExit, match=rf"needs Python 3\.11 or newer, .* is Python {old[0]}\.{old[1]}\."):
        environment.main()
    assert names(commands) == []


def test_an_old_python_can_read_the_script() -> None:
    tree = ast.parse((ROOT / "tools/environment.py").read_text(encoding="utf-8"), feature_version=(3, 4))
    too_new = (ast.JoinedStr, ast.NamedExpr, ast.AnnAssign, ast.AsyncFunctionDef, ast.YieldFrom)
    for node in ast.walk(tree):
        assert not isinstance(node, too_new)
        if isinstance(node, ast.FunctionDef):
            assert not node.returns and not any(arg.annotation for arg in node.args.args)
            assert not node.args.kwonlyargs


def test_a_python_without_venv_is_told_which_package_has_it(
    project: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        environment.main()


def test_a_backend_of_torch_is_installed_with_uv_and_before_the_rest(
    project: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_TORCH_BACKEND", "cpu")
    environment.main()
    _, get_uv, get_torch, get_rest = commands
    assert get_uv[:2] == ["pip", "install"] and get_uv[-1].endswith("uv.txt")
    assert get_torch[:3] == ["uv", "pip", "install"] and "--no-deps" in get_torch
    assert get_torch[-3:] == ["--torch-backend", "cpu", "torch==2.13.0"]
    assert get_rest[-2:] == ["-r", "requirements.txt"]


def script_in(folder: Path) -> Path:
    """Copy the script into a project in which nothing is to be installed."""
    (folder / "tools").mkdir(parents=True)
    for file in ("requirements.txt", "pyproject.toml"):
        (folder / file).write_text("# nothing\n", encoding="utf-8")
    return Path(shutil.copy(ROOT / "tools/environment.py", folder / "tools"))


def started(script: Path) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-u", str(script)], stdout=pipe, stderr=pipe, text=True)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals and locks as POSIX has them")
def test_one_that_is_stopped_says_so_in_a_line_and_the_next_two_take_turns(tmp_path: Path) -> None:
    script = script_in(tmp_path / "ein Ordner ✓")
    stopped = started(script)
    assert stopped.stdout and "Creating .venv" in stopped.stdout.readline()
    time.sleep(0.3)  # venv is at work
    stopped.send_signal(signal.SIGINT)
    _, err = stopped.communicate(timeout=60)
    assert stopped.returncode == 130 and "Run the command again" in err and len(err.split("\n")) == 3, err
    assert not (script.parents[1] / ".venv" / environment.STAMP).exists()

    both = [started(script), started(script)]
    said = [process.communicate(timeout=300) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("Creating .venv" in out for out, _ in said) == 1
    assert sum("Somebody else is making .venv" in out for out, _ in said) == 1
    again = started(script)
    assert again.communicate(timeout=60) == ("", "") and again.returncode == 0


def test_a_folder_that_may_not_be_written_is_named(project: Path, commands: Commands) -> None:
    (project / ".venv.lock").mkdir()  # as little to be opened as a file in a folder without that right
    with pytest.raises(SystemExit, match=r"\.venv cannot be made here: .*: .*\.venv\.lock"):
        environment.main()
    assert names(commands) == []


@pytest.mark.slow
def test_a_real_environment_is_made_in_its_own_folder(tmp_path: Path) -> None:
    """No stand-ins, but nothing to install; run as make does, from another folder."""
    script = script_in(tmp_path)

    def run(*options: str) -> str:
        command = [sys.executable, script, *options]
        return subprocess.run(
            command, cwd=tmp_path / "tools", check=True, capture_output=True, text=True
        ).stdout

    assert f"Creating {OWN} with" in run("--versioned")
    assert run("--versioned") == ""
    python = tmp_path / run("--versioned", "--where").strip()
    prefix = subprocess.run(
        [python, "-c", "import sys; print(sys.prefix)"], check=True, capture_output=True, text=True
    )
    assert Path(prefix.stdout.strip()) == tmp_path / OWN
    assert not (tmp_path / ".venv").exists()


def test_the_script_needs_the_standard_library_only() -> None:
    tree = ast.parse((ROOT / "tools/environment.py").read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert imported <= sys.stdlib_module_names
