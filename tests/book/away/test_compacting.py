"""A PDF is made small without a change of what it holds: each object is compared through another reader."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import Destination

from nnutils.book.away.compacting import compacted
from nnutils.core.errors import BookError


def plain_pdf(pages: int = 300) -> bytes:
    """A PDF with more objects than one stream of objects takes, written with a plain table of places."""
    writer = PdfWriter()
    for number in range(pages):
        writer.add_blank_page(100 + number, 200)
        writer.add_outline_item(title=f"page {number}", page_number=number)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_pages_and_bookmarks_stay_and_the_file_is_smaller() -> None:
    plain = plain_pdf()
    small = compacted(plain)
    assert len(small) < len(plain) / 3
    before, after = PdfReader(io.BytesIO(plain)), PdfReader(io.BytesIO(small), strict=True)
    assert [page.mediabox.width for page in after.pages] == [page.mediabox.width for page in before.pages]
    marks = [one for one in after.outline if isinstance(one, Destination)]
    assert [one.title for one in marks] == [f"page {number}" for number in range(300)]
    assert [after.get_destination_page_number(one) for one in marks] == list(range(300))


def test_what_is_no_plain_pdf_is_refused() -> None:
    with pytest.raises(BookError, match="plain table"):
        compacted(compacted(plain_pdf(2)))
