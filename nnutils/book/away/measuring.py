"""What a printed book says of itself: on which page of paper each page of the site begins."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from nnutils.core.errors import BookError

__all__ = ["page_numbers"]


def page_numbers(pdf: Path, addresses: Iterable[str]) -> dict[str, int]:
    """Return by its name on which page of a PDF each place is, counted from 1.

    Raises:
        BookError: for a place that the PDF has not.
    """
    from pypdf import PdfReader

    reader = PdfReader(pdf)
    places = reader.named_destinations
    found = {}
    for address in addresses:
        place = places.get(address) or places.get(f"/{address}")
        number = None if place is None else reader.get_destination_page_number(place)
        if number is None:
            raise BookError(
                f"{pdf.name} has no place {address!r}.",
                remedy="Print it from the document that 'python -m nnutils.book whole' writes.",
            )
        found[address] = number + 1
    return found
