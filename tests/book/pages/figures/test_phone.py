"""Every picture of the lessons on the narrowest phone: whole, and with letters that can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.notebook_files import QUESTIONS, code_cells, name, read
from support.phone import COLUMN, smallest_letter

from nnutils.drawing.narrow.showing import NARROW_SVG

LARGE_ENOUGH = 11.0  # pixels


@pytest.mark.parametrize("path", QUESTIONS, ids=name)
def test_every_picture_has_a_version_for_a_phone_with_large_letters(path: Path) -> None:
    pictures = [
        output.data
        for cell in code_cells(read(path))
        for output in cell.outputs
        if "image/svg+xml" in output.get("data", {})
    ]
    assert pictures and all(NARROW_SVG in one for one in pictures)
    small = [size for one in pictures if (size := smallest_letter(one[NARROW_SVG], COLUMN)) < LARGE_ENOUGH]
    assert not small
    # the wide one would not do
    assert all(smallest_letter(one["image/svg+xml"], COLUMN) < LARGE_ENOUGH for one in pictures)


def test_the_size_of_letters_is_that_on_the_screen() -> None:
    texts = "".join(f"<text style=\"font: {font} 'A'\">a</text>" for font in ("10px", "bold 9px"))
    svg = f'<svg width="{{}}pt" height="9pt">{texts}</svg>'
    assert smallest_letter(svg.format(216), 288) == pytest.approx(12)
    assert smallest_letter(svg.format(432), 288) == pytest.approx(6)
    assert smallest_letter(svg.format(100), 288) == pytest.approx(12), "a small picture is not made larger"
    with pytest.raises(AssertionError):
        smallest_letter(re.sub("<text.*</text>", "", svg.format(216)), 288)
