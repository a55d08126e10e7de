"""A logo is drawn as it is, pixel for pixel where its shapes are; what cannot be drawn is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from nnutils.book.pages.found.cards import write_card
from nnutils.book.pages.found.icons_of_site import FAVICON_SIDES, TOUCH_SIDE, write_icons
from nnutils.book.pages.found.logos import Logo, read_logo
from nnutils.book.pages.found.metadata import CARD_HEIGHT, CARD_WIDTH
from nnutils.core.errors import DrawingError
from tools.pages import ROOT

RED, BLUE, GREEN, CLEAR = (255, 0, 0, 255), (0, 0, 255, 255), (0, 128, 0, 255), (0, 0, 0, 0)


def logo(tmp_path: Path, inside: str, head: str = 'viewBox="0 0 10 10"') -> Logo:
    file = tmp_path / "logo.svg"
    file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {head}>{inside}</svg>', encoding="utf-8")
    return read_logo(file)


def test_shapes_stand_where_the_file_says(tmp_path: Path) -> None:
    inside = (
        '<g fill="#ff0000"><rect x="1" y="1" width="3" height="3"/>'
        '<g><circle cx="7" cy="7" r="2" fill="blue"/></g></g>'
        '<path d="M1 6 L4 6 4 9 1 9Z" fill="none" stroke="green" stroke-width="1"/>'
    )
    picture = logo(tmp_path, inside).picture(100)
    at = {
        place: picture.getpixel(place) for place in [(25, 25), (70, 70), (60, 20), (25, 75), (40, 75), (5, 5)]
    }
    assert at == {
        (25, 25): RED,
        (70, 70): BLUE,
        (60, 20): CLEAR,
        (25, 75): CLEAR,
        (40, 75): GREEN,
        (5, 5): CLEAR,
    }


@pytest.mark.parametrize(
    "inside",
    [
        "<text>A</text>",
        '<rect transform="scale(2)"/>',
        '<g style="fill: red"/>',
        '<g class="a"/>',
        "<image/>",
    ],
)
def test_what_cannot_be_drawn_is_refused(tmp_path: Path, inside: str) -> None:
    with pytest.raises(DrawingError, match="logo.svg has a <"):
        logo(tmp_path, inside)


@pytest.mark.parametrize("head", ["", 'viewBox="0 0 1"', 'viewBox="a b c d"', 'viewBox="'])
def test_a_file_without_a_box_is_refused(tmp_path: Path, head: str) -> None:
    with pytest.raises(DrawingError, match=r"logo\.svg"):
        logo(tmp_path, "", head)


def test_the_icons_have_their_sizes(tmp_path: Path) -> None:
    write_icons(read_logo(ROOT / "_static/logo.svg"), tmp_path)
    with Image.open(tmp_path / "favicon.ico") as icon:
        assert icon.info["sizes"] == {(side, side) for side in FAVICON_SIDES}
    with Image.open(tmp_path / "apple-touch-icon.png") as touch:
        assert touch.size == (TOUCH_SIDE, TOUCH_SIDE) and touch.mode == "RGB"
        assert touch.getpixel((0, 0)) == (255, 255, 255)
        assert len(touch.getcolors(maxcolors=100_000) or []) > 50, "an empty picture has one colour"


@pytest.mark.parametrize("part", ["", "Sorting, backprop, AlexNet", "A very long name of a part " * 4])
def test_the_picture_of_a_link_shows_all_of_its_text(tmp_path: Path, part: str) -> None:
    file = tmp_path / "cards/one.png"
    write_card(file, "Show Your Work", part, read_logo(ROOT / "_static/logo.svg"))
    with Image.open(file) as picture:
        assert picture.size == (CARD_WIDTH, CARD_HEIGHT)
        plain = picture.convert("L").point(lambda value: 255 if value < 140 else 0)
    assert file.stat().st_size < 60_000
    left, top, right, bottom = plain.crop((0, 0, CARD_WIDTH, CARD_HEIGHT - 40)).getbbox() or (0, 0, 0, 0)
    assert left > 40 and top > 30 and right < CARD_WIDTH - 20 and bottom < CARD_HEIGHT - 45
