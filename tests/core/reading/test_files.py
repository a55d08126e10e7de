"""The text of a file; what is none says so, and nothing is waited for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from nnutils.core.errors import BookError
from nnutils.core.reading import file_text, has_file, has_folder, is_listed


def test_every_line_ends_in_a_line_feed_as_in_files_opened_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("é\r\nb\rc\n".encode())
    assert file_text(path, "a.txt", BookError) == path.read_text(encoding="utf-8") == "é\nb\nc\n"


@pytest.mark.skipif(os.name == "nt", reason="links need a permission there, and there are no pipes")
@pytest.mark.parametrize(
    ("lay", "problem"),
    [
        (lambda path: None, "a.txt cannot be read: No such file or directory."),
        (Path.mkdir, "a.txt is a folder."),
        (lambda path: path.symlink_to(path.name), "a.txt is a link that leads nowhere."),
        (lambda path: path.symlink_to("b"), "a.txt is a link that leads nowhere."),
        (lambda path: os.mkfifo(path), "a.txt is no ordinary file."),
        (lambda path: path.write_bytes(b"ab\xff"), "a.txt is not UTF-8 text: byte 3 is 0xff."),
        (lambda path: path.write_bytes(b"x" * 101), "a.txt is larger than 100 bytes."),
    ],
)
def test_what_is_no_text_is_refused_in_words(
    tmp_path: Path, lay: Callable[[Path], object], problem: str
) -> None:
    lay(tmp_path / "a.txt")
    with pytest.raises(BookError) as caught:
        file_text(tmp_path / "a.txt", "a.txt", BookError, largest=100)
    assert caught.value.problem == problem and caught.value.remedy


@pytest.mark.skipif(os.name == "nt", reason="links need a permission there")
@pytest.mark.parametrize("name", ["nothing", "a" * 5000, "a\0b", "loop", "loop/in"])
def test_a_name_that_no_file_has_is_no_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    assert not has_file(tmp_path / name) and not has_folder(tmp_path / name)
    assert is_listed(tmp_path / name) == (name == "loop")


def test_what_is_there_is_found(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert has_file(tmp_path / "a") and has_folder(tmp_path) and is_listed(tmp_path / "a")
    assert not has_folder(tmp_path / "a") and not has_file(tmp_path)
