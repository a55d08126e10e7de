"""Pictures for a dark page: every stored picture has one, and it can be read."""

from __future__ import annotations

import colorsys
import itertools
import json
import re
from pathlib import Path

import pytest
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.figure import Figure
from support.contrast import contrast, luminance
from support.drawing_samples import PICTURES
from support.seen_pictures import svg_of

from nnutils.core.errors import DrawingError
from nnutils.drawing import PALETTE, panels, to_svg
from nnutils.drawing.dark import DARK, LETTERS_ON_BARS, dark_colour, in_the_dark
from nnutils.drawing.style import FEWER_TAPS, HEIGHTS
from tools.pages import ROOT

PAGE = "#121212"  # what the theme has behind the text in the dark
COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
NOTEBOOKS = [ROOT / "intro.ipynb", *sorted((ROOT / "chapters").rglob("*.ipynb"))]


def stored(notebook: Path) -> list[str]:
    """The SVG pictures in the outputs of a notebook."""
    if not notebook.is_file():
        return []
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    found = [
        output["data"]["image/svg+xml"]
        for cell in cells
        for output in cell.get("outputs", ())
        if "image/svg+xml" in output.get("data", {})
    ]
    return ["".join(one) for one in found]


STORED = {f"{path.stem}-{n}": svg for path in NOTEBOOKS for n, svg in enumerate(stored(path))}


def bare(svg: str) -> str:
    """A picture without its colours."""
    return COLOUR.sub("", svg).replace('<svg fill=""', "<svg")


def test_lines_and_letters_stand_out_from_the_page_and_from_tints() -> None:
    assert DARK.card == PAGE
    for below in (DARK.card, *DARK.tints):
        assert min(contrast(text, below) for text in DARK.texts) >= 4.5
        # Stricter than in the light, where only ink reaches 3 on every tint.
        assert min(contrast(line, below) for line in DARK.lines) >= 3
    # The bounds can fail: two colours of the light palette would.
    assert contrast(PALETTE.value_text, DARK.card) < 4.5
    assert contrast(PALETTE.ink, DARK.card) < 3


def test_bars_differ_and_what_is_written_on_them_can_be_read() -> None:
    assert min(contrast(a, b) for a, b in itertools.pairwise(DARK.bars)) >= 1.3
    assert contrast(LETTERS_ON_BARS, DARK.bars[0]) >= 4.5
    assert min(contrast(DARK.ink, bar) for bar in DARK.bars[1:]) >= 4.5
    assert contrast(dark_colour(PALETTE.bars[1], "line"), DARK.card) >= 3


def test_tints_are_dark_and_keep_their_hue() -> None:
    for light, dark in zip(PALETTE.tints, DARK.tints, strict=True):
        assert contrast(dark, "#000000") < 3
        hues = [colorsys.rgb_to_hls(*(int(c[i : i + 2], 16) / 255 for i in (1, 3, 5))) for c in (light, dark)]
        if light not in (PALETTE.white, PALETTE.grey_tint):
            assert abs(hues[0][0] - hues[1][0]) < 0.04


def test_a_colour_is_something_else_as_letters_than_as_an_area() -> None:
    assert dark_colour("#FFFFFF") == DARK.white
    assert dark_colour("#ffffff", "letters") == LETTERS_ON_BARS
    assert dark_colour("#E69F00") != dark_colour("#E69F00", "line")


def test_greys_are_turned_round() -> None:
    greys = [dark_colour(grey) for grey in ("#000000", "#333333", "#808080", "#BFBFBF", "#EEEEEE")]
    assert greys == sorted(greys, reverse=True)
    assert greys[0] == DARK.ink
    assert contrast(greys[-1], PAGE) < 1.5


@pytest.mark.parametrize("colour", ["#FF0000", "#0072B3", "#FCFCF9", "red", "#fff", "rgb(0, 0, 0)", ""])
def test_an_unknown_colour_is_refused(colour: str) -> None:
    with pytest.raises(DrawingError, match="no dark counterpart"):
        dark_colour(colour)


def test_an_unknown_use_is_refused() -> None:
    with pytest.raises(DrawingError, match="no use of a colour"):
        dark_colour("#FFFFFF", "border")


@pytest.mark.parametrize("name", STORED)
def test_every_stored_picture_has_a_dark_twin(name: str) -> None:
    svg = STORED[name]
    dark = in_the_dark(svg)
    assert bare(dark) == bare(svg)
    left = set(COLOUR.findall(dark.lower())) & {PALETTE.card.lower(), PALETTE.ink.lower(), "#ffffff"}
    assert not left
    assert f"fill: {PAGE}" in dark


def test_there_are_stored_pictures() -> None:
    assert len(STORED) >= 40


@pytest.mark.slow
@pytest.mark.parametrize("name", PICTURES)
def test_every_kind_of_picture_has_a_dark_twin(name: str) -> None:
    svg = svg_of(name)
    assert bare(in_the_dark(svg)) == bare(svg)


@pytest.mark.parametrize(("light", "lighter"), [(HEIGHTS, True), (FEWER_TAPS, False)])
def test_the_colours_of_a_map_keep_their_order(light: tuple[str, ...], lighter: bool) -> None:
    shades = LinearSegmentedColormap.from_list("map", list(light))
    dark = [dark_colour(to_hex(shades(step / 20))) for step in range(21)]
    lights = [luminance(colour) for colour in dark]
    assert lights == sorted(lights, reverse=not lighter) and len(set(dark)) > 15


def drawn(colour: str) -> Figure:
    figure, (ax,) = panels()
    ax.plot([0, 1], [0, 1], color=colour)
    ax.text(0, 0, "black", color="black")
    return figure


def test_a_line_in_a_foreign_colour_is_named() -> None:
    with pytest.raises(DrawingError, match="#ff0000 as line"):
        in_the_dark(to_svg(drawn("red")))


def test_black_letters_which_an_svg_leaves_out_become_light() -> None:
    dark = in_the_dark(to_svg(drawn(PALETTE.ink)))
    assert re.search(rf'<svg fill="{DARK.ink.lower()}"', dark)
    text = re.search(r"<text[^>]*>black", dark)
    assert text and ("fill:" not in text[0] or DARK.ink.lower() in text[0])
