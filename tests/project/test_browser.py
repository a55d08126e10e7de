"""tools/browser.py finds the browser that is there, and says how to get one where there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.browser import MISSING, find
from tools.pages import ROOT


def program(folder: Path, name: str) -> str:
    file = folder / (f"{name}.bat" if os.name == "nt" else name)
    file.write_text("", encoding="utf-8")
    file.chmod(0o755)
    return str(file)


def test_the_first_of_the_usual_names_is_taken(tmp_path: Path) -> None:
    assert find({"PATH": str(tmp_path)}) is None
    chrome = program(tmp_path, "google-chrome")
    assert str(find({"PATH": str(tmp_path)})).lower() == chrome.lower()
    chromium = program(tmp_path, "chromium")
    assert str(find({"PATH": str(tmp_path)})).lower() == chromium.lower()


def test_the_browser_that_is_named_is_taken_and_no_other(tmp_path: Path) -> None:
    program(tmp_path, "chromium")
    own = program(tmp_path, "own")
    assert find({"PATH": str(tmp_path), "CHROMIUM": own}) == own
    assert find({"PATH": str(tmp_path), "CHROMIUM": str(tmp_path / "nowhere")}) is None


@pytest.mark.slow
def test_without_a_browser_one_sentence_says_how_to_get_it() -> None:
    """On any Python: `.ci/run` asks before anything is installed."""
    command = [sys.executable, "-S", str(ROOT / "tools/browser.py")]
    result = subprocess.run(
        command, env={**os.environ, "CHROMIUM": "/nowhere"}, capture_output=True, text=True
    )
    assert (result.returncode, result.stdout, result.stderr) == (1, "", MISSING + "\n")
    assert "apt-get install chromium" in MISSING
