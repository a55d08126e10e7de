"""tools/book.py: a site is built whole or not at all, and two builds take turns."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import book as tool
from tools.pages import ROOT
from tools.same_builds import digests


def write_book(folder: Path) -> Path:
    """Write a book of one page, with the tool that builds it; return its folder."""
    folder.mkdir(parents=True)
    (folder / "_config.yml").write_text("title: One\nonly_build_toc_files: true\n", encoding="utf-8")
    (folder / "_toc.yml").write_text("format: jb-book\nroot: intro\n", encoding="utf-8")
    (folder / "intro.md").write_text("# One page\n\nWords.\n", encoding="utf-8")
    (folder / "tools").mkdir()
    for name in ("book.py", "pages.py"):
        shutil.copy(ROOT / "tools" / name, folder / "tools")
    return folder


def started(folder: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(folder / "tools/book.py")]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=pipe, stderr=pipe, text=True)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book in a folder with a space and letters beyond ASCII, built once."""
    folder = write_book(tmp_path_factory.mktemp("books") / "mein Büchlein ✓")
    process = started(folder)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, out + err
    assert "All 1 pages of _toc.yml are there." in out
    return folder


def remains(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "_build").iterdir())


@pytest.mark.slow
def test_a_build_leaves_the_site_and_nothing_else(small: Path) -> None:
    assert (small / "_build/html/index.html").is_file()
    assert set(remains(small)) <= {"html", "book.lock"}


@pytest.mark.slow
def test_a_page_that_cannot_be_built_leaves_the_site_of_before(small: Path) -> None:
    before = digests(small / "_build/html")
    page = small / "intro.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n[nowhere](nowhere.md)\n", encoding="utf-8")
    process = started(small)
    _, err = process.communicate(timeout=300)
    page.write_text(text, encoding="utf-8")
    assert process.returncode != 0 and "The site of before is still there." in err
    assert digests(small / "_build/html") == before
    assert set(remains(small)) <= {"html", "book.lock"}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
@pytest.mark.parametrize(("number", "after"), [(signal.SIGINT, 0.7), (signal.SIGTERM, 0.2)])
def test_whoever_stops_a_build_keeps_the_site_of_before(
    small: Path, number: signal.Signals, after: float
) -> None:
    before = digests(small / "_build/html")
    process = started(small)
    while not list((small / "_build").glob("unfinished-*")):
        assert process.poll() is None
        time.sleep(0.01)
    time.sleep(after)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130 and "Nothing is half-built" in err and "Traceback" not in err
    assert digests(small / "_build/html") == before
    assert set(remains(small)) <= {"html", "book.lock"}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
def test_what_a_killed_build_has_left_is_removed_by_the_next_and_two_take_turns(small: Path) -> None:
    before = digests(small / "_build/html")
    killed = started(small)
    while not list((small / "_build").glob("unfinished-*/_build")):
        assert killed.poll() is None
        time.sleep(0.01)
    killed.kill()
    killed.communicate()
    left = list((small / "_build").glob("unfinished-*"))
    assert left and digests(small / "_build/html") == before
    one, two = started(small), started(small)
    said = [process.communicate(timeout=300)[0] for process in (one, two)]
    assert [one.returncode, two.returncode] == [0, 0], said
    assert sum("Another build of this book is running" in text for text in said) == 1
    assert any(f"Removing {left[0].name}" in text for text in said)
    assert digests(small / "_build/html") == before
    assert set(remains(small)) <= {"html", "book.lock"}


def test_a_folder_comes_back_when_the_new_one_cannot_take_its_place(tmp_path: Path) -> None:
    old = tmp_path / "html"
    old.mkdir()
    (old / "page").write_text("old", encoding="utf-8")
    with pytest.raises(FileNotFoundError):
        tool.replaced(old, tmp_path / "missing", tmp_path / "aside")
    assert (old / "page").read_text(encoding="utf-8") == "old"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    folder = write_book(tmp_path / "book")
    (folder / "_build").write_text("not a folder", encoding="utf-8")
    process = started(folder)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1 and "cannot be built here: File exists" in err and "Traceback" not in err
