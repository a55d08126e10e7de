"""The text layer of PDF files, read by pypdf."""

from __future__ import annotations

import io
import logging

from nnutils.core.errors import LintError
from nnutils.core.extras import need
from nnutils.lint.readers.placed import placed
from nnutils.lint.readers.plain import plain_blocks
from nnutils.lint.readers.preparing import LARGEST, prepared
from nnutils.lint.sheets import Piece, Sheet, Table

__all__ = ["pdf_sheet", "sheet_of_pages"]

_MOST_PAGES = 2000
_LARGEST_FILE = 100_000_000


def pdf_sheet(source: bytes, name: str) -> Sheet:
    """Return the text of a PDF file. Each page is a part; lines are counted from the top of the page.

    Raises:
        LintError: for a file that is damaged, protected by a password or too large, and for one without text.
        ImportError: where pypdf is not installed.
    """
    need("nnutils.lint", "pypdf", extra="lint")
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    if len(source) > _LARGEST_FILE:
        raise LintError(f"{name} has {len(source):,} bytes, more than {_LARGEST_FILE:,}.", remedy="Split it.")
    if b"%PDF-" not in source[:1024]:
        raise LintError(f"{name} is not a PDF file: it does not begin with %PDF.")
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # what it repairs by itself is no news to who asked for a check
    try:
        reader = PdfReader(io.BytesIO(source))
        if reader.is_encrypted and not reader.decrypt(""):
            raise LintError(f"{name} is protected by a password.", remedy="Save it without one.")
        pages = []
        for page in reader.pages[:_MOST_PAGES]:
            pages.append(page.extract_text().replace("\0", " "))
            if sum(map(len, pages)) > LARGEST:
                raise LintError(f"{name} has more than {LARGEST:,} characters of text.", remedy="Split it.")
    except LintError:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        RecursionError,
        OSError,
        OverflowError,
        NotImplementedError,
    ) as error:
        raise LintError(f"{name} is damaged: {error}.", remedy="Print it into a new PDF file.") from error
    finally:
        logger.setLevel(level)
    if not any(sign.isalnum() for page in pages for sign in page):
        raise LintError(
            f"{name} has no text that can be read: it seems to be scanned.",
            remedy="Run text recognition (OCR) on it first, with ocrmypdf for example.",
        )
    return sheet_of_pages(pages, name)


def sheet_of_pages(pages: list[str], name: str) -> Sheet:
    """Return the texts of pages as a sheet. Each page is a part, with lines of its own."""
    blocks: list[Piece | Table] = []
    parts = []
    start = 0
    for number, page in enumerate(pages, 1):
        parts.append((start, f"page {number}"))
        blocks += plain_blocks(prepared(placed(page, start)))
        start += len(page) + 1
    return Sheet(name, "\n".join(pages), tuple(blocks), tuple(parts), (), "PDF", by_part=True)
