"""The site as one file: the same bytes each time, in a folder of its own, without Python for the browser."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from support.small_site import PAGES, write_page, write_small_site

from nnutils.book.__main__ import main
from nnutils.book.away import packed_site
from nnutils.core.errors import BookError


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_small_site(tmp_path)


def test_the_same_site_gives_the_same_bytes_and_another_one_does_not(site: Path, tmp_path: Path) -> None:
    first, second, third = (tmp_path / name / "book.zip" for name in "abc")
    for file in (first, second, third):
        file.parent.mkdir()
    packed_site(site, first, tmp_path)
    for file in site.rglob("*.html"):
        os.utime(file, (1, 1))
        file.chmod(0o600)
    packed_site(site, second, tmp_path)
    assert first.read_bytes() == second.read_bytes()
    write_page(site, "intro", PAGES["intro"].replace("Start", "Begin"))
    packed_site(site, third, tmp_path)
    assert first.read_bytes() != third.read_bytes()


def test_everything_is_in_one_folder_with_a_readme(site: Path, tmp_path: Path) -> None:
    file = tmp_path / "book.zip"
    assert packed_site(site, file, tmp_path) == 5
    with zipfile.ZipFile(file) as packed:
        assert packed.testzip() is None
        assert sorted(packed.namelist()) == [
            "book/README.txt",
            "book/_images/one.svg",
            "book/chapters/sizes/01_one.html",
            "book/index.html",
            "book/intro.html",
        ]
        assert "open index.html" in packed.read("book/README.txt").decode()
        assert packed.read("book/intro.html") == (site / "intro.html").read_bytes()


def test_without_a_site_it_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    with pytest.raises(BookError, match="make book"):
        packed_site(tmp_path / "nothing", tmp_path / "book.zip", tmp_path)
    assert not (tmp_path / "book.zip").exists()


def test_the_command_prints_the_size(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert site.is_dir() and main(["zip"]) == 0
    assert "5 files, 0.0 MB" in capsys.readouterr().out
