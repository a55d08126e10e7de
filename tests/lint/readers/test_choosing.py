"""Which reader a file goes to, and files that no reader takes."""

from __future__ import annotations

import pytest

from nnutils.core.errors import LintError
from nnutils.lint.readers import read_sheet
from nnutils.lint.readers.choosing import SUFFIXES

SIGN = "3 \N{MULTIPLICATION SIGN} 4 = 12"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.md", "Markdown"),
        ("dir.x/A.MD", "Markdown"),
        ("a.txt", "text"),
        ("README", "text"),
        (".hidden", "text"),
        ("a.b.tex", "LaTeX"),
        ("C:\\x.y\\a.htm", "HTML"),
    ],
)
def test_the_end_of_the_name_says_the_format(name: str, form: str) -> None:
    assert read_sheet(SIGN, name).format == form


def test_an_unknown_format_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(LintError, match=r"format \.docx is not known") as caught:
        read_sheet(SIGN, "a.docx")
    assert all(f".{suffix}" in str(caught.value) for suffix in SUFFIXES if suffix)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_a_mark(encoding: str) -> None:
    sheet = read_sheet(SIGN.encode(encoding), "a.txt")
    assert sheet.source == SIGN and [piece.text for piece in sheet.pieces()] == [SIGN]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (SIGN.encode("latin-1"), r"not UTF-8 text: byte 3 is 0xd7"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "binary file"),
        (b"a\0b", "binary file"),
        ("a\0b", "binary file"),
        ("x" * 5_000_001, r"5,000,001 characters, which is more than a sheet's 5,000,000"),
        (b"x" * 5_000_001, r"5,000,001 bytes"),
        (SIGN.encode("utf-16-le")[:-1], "binary file|not UTF-8"),
    ],
)  # fmt: skip
def test_what_is_no_text(source: str | bytes, said: str) -> None:
    with pytest.raises(LintError, match=said):
        read_sheet(source, "a.md")


def test_lone_surrogates_are_unreadable_characters() -> None:
    sheet = read_sheet("a \ud800 3 = 3", "a.md")
    assert sheet.source == "a \N{REPLACEMENT CHARACTER} 3 = 3"


def test_signs_that_turn_the_direction_are_passed_over() -> None:
    sheet = read_sheet("\u202e3 * 4\u202c = 12", "a.md")
    (piece,) = sheet.pieces()
    assert piece.text == "3 * 4 = 12" and piece.span(0, 1) == (1, 2)


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.tex", "a.html"])
@pytest.mark.parametrize("source", ["", " \n\t\r\n", "\ufeff"])
def test_an_empty_sheet_has_no_pieces(name: str, source: str) -> None:
    assert not [piece for piece in read_sheet(source, name).pieces() if piece.text]


def test_the_largest_sheet_is_read() -> None:
    assert read_sheet("word " * 199_999, "a.md").blocks
