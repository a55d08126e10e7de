"""The Sphinx extension brings its styles and scripts to any book, and lets the book replace them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from nnutils.book.site import SCRIPTS, STATIC, STYLES

pytestmark = pytest.mark.slow


def build(source: Path, *own: str) -> Path:
    """Build a book of one page that has nothing but the extension, and perhaps files of its own."""
    source.mkdir()
    settings = [
        "extensions = ['nnutils.book.site']",
        "html_theme = 'basic'",
        "html_static_path = ['_static']",
    ]
    (source / "_static").mkdir()
    for file in own:
        (source / "_static" / file).write_text("/* the book's own */", encoding="utf-8")
    settings.append(f"html_css_files = {[file for file in own if file not in STYLES]}")
    (source / "conf.py").write_text("\n".join(settings), encoding="utf-8")
    (source / "index.rst").write_text("Title\n=====\n", encoding="utf-8")
    target = source / "built"
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", str(source), str(target)]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    return target


def loaded(site: Path) -> list[str]:
    """The files of _static that the page loads, in order."""
    page = (site / "index.html").read_text(encoding="utf-8")
    return re.findall(r'(?:src|href)="_static/([\w.-]+)', page)


def test_every_file_is_one_that_a_page_loads() -> None:
    assert sorted(path.name for path in STATIC.iterdir()) == sorted([*STYLES, *SCRIPTS])


def test_a_page_loads_the_files_in_order_after_those_of_the_theme(tmp_path: Path) -> None:
    site = build(tmp_path / "book", "own.css")
    files = loaded(site)
    assert [file for file in files if file.endswith(".css")][-len(STYLES) - 1 :] == [*STYLES, "own.css"]
    assert [file for file in files if file.endswith(".js")][-len(SCRIPTS) :] == list(SCRIPTS)
    for file in (*STYLES, *SCRIPTS):
        assert (site / "_static" / file).read_bytes() == (STATIC / file).read_bytes()


def test_a_file_of_the_books_own_takes_the_place_of_ours(tmp_path: Path) -> None:
    site = build(tmp_path / "book", "book.css")
    assert (site / "_static/book.css").read_text(encoding="utf-8") == "/* the book's own */"
    assert (site / "_static/folds.css").read_bytes() == (STATIC / "folds.css").read_bytes()
