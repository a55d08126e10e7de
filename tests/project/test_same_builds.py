"""tools/same_builds.py: two builds of a commit are the same files, and what differs is named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools.pages import ROOT
from tools.same_builds import different


def test_what_differs_is_named_with_its_place(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for site in (one, two):
        (site / "a").mkdir(parents=True)
        (site / "a/same.html").write_text("same", encoding="utf-8")
    assert different(one, two) == []
    (one / "a/page.html").write_text(f"{'x' * 50}1 more", encoding="utf-8")
    (two / "a/page.html").write_text(f"{'x' * 50}2 more", encoding="utf-8")
    (one / "short.js").write_text("ab", encoding="utf-8")
    (two / "short.js").write_text("abc", encoding="utf-8")
    (two / "new.css").touch()
    page, new, short = different(one, two)
    assert page.startswith("a/page.html: at byte 50: ") and "1 more" in page and "2 more" in page
    assert new == "new.css: only in the second build"
    assert short.startswith("short.js: at byte 2")


@pytest.mark.variants
def test_two_builds_of_the_last_commit_are_the_same_files() -> None:
    made = subprocess.run(
        [sys.executable, str(ROOT / "tools/same_builds.py")], cwd=ROOT, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stdout + made.stderr
    assert "are the same." in made.stdout
