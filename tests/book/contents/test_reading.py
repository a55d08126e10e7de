"""The files of a book: read, or a sentence on why one cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnutils.book.contents.reading import book_title, read_contents, read_settings
from nnutils.core.errors import BookError


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text("# nothing yet\n", encoding="utf-8")
    assert read_settings(tmp_path / "_config.yml") == {}
    assert book_title(tmp_path) == "Questions"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: [1", "_toc.yml is not YAML"),
        ("- a\n- b\n", r"_toc.yml holds \['a', 'b'\]"),
        (None, "There is no _toc.yml"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(text: str | None, words: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "_toc.yml").write_text(text, encoding="utf-8")
    with pytest.raises(BookError, match=words):
        read_contents(tmp_path)
