"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from nnutils.book.whole_files import write_whole


def test_a_text_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "é a.txt"
    write_whole(file, "one\n")
    write_whole(file, "zwei ✓\n")
    assert file.read_bytes() == "zwei ✓\n".encode()
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("stops", [KeyboardInterrupt, OSError])
def test_whoever_stops_it_keeps_the_old_text(
    stops: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    write_whole(file, "old\n")

    def stop(*_: object) -> None:
        assert file.read_text(encoding="utf-8") == "old\n"  # up to the last moment
        raise stops

    monkeypatch.setattr(os, "replace", stop)
    with pytest.raises(stops):
        write_whole(file, "new\n")
    assert file.read_text(encoding="utf-8") == "old\n"
    assert list(tmp_path.iterdir()) == [file], "nothing is left beside it"


def test_a_text_that_cannot_be_encoded_leaves_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    write_whole(file, "old\n")
    with pytest.raises(UnicodeEncodeError):
        write_whole(file, "\ud800")
    assert file.read_text(encoding="utf-8") == "old\n" and list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(sys.platform == "win32", reason="rights and links as POSIX has them")
def test_rights_and_links_stay(tmp_path: Path) -> None:
    file, link = tmp_path / "a.txt", tmp_path / "b.txt"
    file.touch(mode=0o640)
    file.chmod(0o640)
    link.symlink_to(file)
    write_whole(link, "new\n")
    assert link.is_symlink() and file.read_text(encoding="utf-8") == "new\n"
    assert file.stat().st_mode & 0o777 == 0o640
    plain, ours = tmp_path / "c.txt", tmp_path / "d.txt"
    plain.touch()
    write_whole(ours, "")
    assert ours.stat().st_mode == plain.stat().st_mode
