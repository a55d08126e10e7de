"""PDF files: their text page by page, and those that have none."""

from __future__ import annotations

import io

import pytest

from nnutils.core.errors import LintError
from nnutils.lint.readers import read_sheet


def pdf(*pages: str, password: str = "") -> bytes:
    """Return a PDF file with some lines of text on each page."""
    pypdf = pytest.importorskip("pypdf")
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = pypdf.PdfWriter()
    font = DictionaryObject(
        {
            NameObject(f"/{k}"): NameObject(f"/{v}")
            for k, v in {"Type": "Font", "Subtype": "Type1", "BaseFont": "Courier"}.items()
        }
    )
    for text in pages:
        page = writer.add_blank_page(300, 300)
        lines = "".join(f"({line}) Tj T* " for line in text.split("\n") if text)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 14 TL 20 250 Td {lines}ET".encode())
        page[NameObject("/Contents")] = stream
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_pages_are_parts_with_lines_of_their_own() -> None:
    sheet = read_sheet(pdf("One\n3 * 4 = 12", "Two\n5 * 5 = 26"), "a.pdf")
    piece = next(piece for piece in sheet.pieces() if "26" in piece.text)
    start, end = piece.span(piece.text.index("5"), len(piece.text))
    assert sheet.source[start:end] == "5 * 5 = 26"
    where = sheet.where(start)
    assert (where.line, where.column, where.part, sheet.format) == (2, 1, "page 2", "PDF")


def test_what_cannot_be_read() -> None:
    whole = pdf("3 * 4 = 12")
    for source, said in (
        (pdf(""), "no text that can be read"),
        (pdf("3 = 3", password="x"), "protected by a password"),
        (b"no PDF", "not a PDF file"),
        (b"%PDF-1.7\n garbage", "damaged"),
        (whole[: len(whole) // 3], "damaged"),
    ):
        with pytest.raises(LintError, match=said):
            read_sheet(source, "a.pdf")
    with pytest.raises(LintError, match="as bytes"):
        read_sheet("text", "a.pdf")


def test_without_pypdf_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    imported = builtins.__import__

    def missing(name: str, *rest: object, **named: object) -> object:
        if name.partition(".")[0] == "pypdf":
            raise ModuleNotFoundError("No module named 'pypdf'", name="pypdf")
        return imported(name, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("importlib.import_module", lambda name: missing(name))
    with pytest.raises(ImportError, match=r'pip install "nnutils\[lint\]"'):
        read_sheet(b"%PDF-1.4", "a.pdf")
