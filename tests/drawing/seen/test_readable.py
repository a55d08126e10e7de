"""What holds for every picture as its reader sees it, wide and on a phone, on a light page and a dark one."""

from __future__ import annotations

import inspect
import itertools
from typing import Any

import pytest
from support.contrast import contrast
from support.drawn import Drawn, Shape, Word
from support.every_picture import EVERY
from support.seen_pictures import figure_of, picture

from nnutils import drawing
from nnutils.drawing.dark import DARK
from nnutils.drawing.describing import description
from nnutils.drawing.style import PALETTE

WAYS = [(name, phone) for name in EVERY for phone in (False, True)]
TITLES = {
    "block": "Residual block", "branches": "Inception 3a", "taps": "Taps", "bars": "Layers",
    "shares": "Shares", "mlp named": "A pair", "volumes flat": "Dense", "contours constant": "Flat",
    "folds": "Folds", "reverse sweep": "The sweep", "signal windows": "Windows", "simplex": "Softmax",
    "skip gradients": "Back", "weight uses": "Uses",
}  # fmt: skip
PALE = {PALETTE.grid, PALETTE.card, DARK.grid, DARK.card}
FAINT = {"affine steps": {PALETTE.bars[1]}, "temperature": {"#999999"}, "tap windows": {PALETTE.bars[1]}}
"""Lines that are wide or meant to recede, by picture."""


def beneath(drawn: Drawn, word: Word) -> Shape:
    """The area that a word is written on."""
    return [one for one in drawn.shapes if one.order < word.order and one.covers(word.centre)][-1]


@pytest.mark.parametrize(("name", "phone"), WAYS)
def test_words_are_in_the_picture_apart_and_not_covered(name: str, phone: bool) -> None:
    drawn = picture(name, phone=phone)
    for word in drawn.words:
        free = min(word.left, word.top, drawn.width - word.right, drawn.height - word.bottom)
        assert free > 2, f"{word.text!r} is at the edge"
        covering = [one for one in drawn.shapes if one.order > word.order and one.covers(word.centre)]
        assert not covering, f"{word.text!r} is hidden behind {covering[0].groups}"
    for a, b in itertools.combinations(drawn.words, 2):
        across, down = (
            min(a.right, b.right) - max(a.left, b.left),
            min(a.bottom, b.bottom) - max(a.top, b.top),
        )
        assert across < 0.5 or down < 0.5, f"{a.text!r} and {b.text!r} overlap"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("name", "phone"), WAYS)
def test_words_and_lines_stand_out_on_a_light_page_and_on_a_dark_one(
    name: str, phone: bool, dark: bool
) -> None:
    drawn = picture(name, phone=phone, dark=dark)
    card = drawn.shapes[0].fill
    assert card == (DARK if dark else PALETTE).card.lower()
    for word in drawn.words:
        fill = beneath(drawn, word).fill
        assert contrast(word.colour, fill) >= 4.5, f"{word.text!r} in {word.colour} on {fill}"
    allowed = {colour.lower() for colour in PALE | FAINT.get(name, set())}
    for one in drawn.shapes:
        if one.stroke and one.width and one.stroke not in allowed and not one.fill:
            assert contrast(one.stroke, card) >= 3, f"{one.groups} in {one.stroke}"


@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("name", TITLES)
def test_a_title_stands_above_everything_bold_and_at_the_left(name: str, phone: bool) -> None:
    drawn = picture(name, phone=phone)
    title = drawn.word(TITLES[name])
    assert title.bold and title.size == max(word.size for word in drawn.words if word.size < 16) >= 12
    others = [one for one in (*drawn.words, *drawn.shapes[1:]) if one is not title and one.order > 1]
    drawn_ones = [one for one in others if one.bottom > one.top or one.right > one.left]
    framed = [one for one in drawn_ones if not (isinstance(one, Shape) and not one.stroke)]
    assert all(one.top >= title.bottom for one in framed)
    assert title.left < 0.12 * drawn.width or name in {"bars", "shares", "contours constant", "weight uses"}
    alt = description(figure_of(name))
    assert alt is not None and (alt.startswith(TITLES[name]) or name == "simplex")


def test_a_picture_without_a_title_has_none() -> None:
    for name in ("recorded", "bars plain", "contours", "taps slim", "volumes", "2-6-2"):
        assert all(not word.bold or word.within("axes") for word in picture(name).words)


def test_each_function_with_a_title_is_drawn_with_one() -> None:
    titled = {
        name
        for name in drawing.__all__
        if name.startswith("draw_") and "title" in inspect.signature(getattr(drawing, name)).parameters
    }
    named = {code for name in TITLES for code in names_in(EVERY[name])}
    named |= {code for name in ("block", "mlp named") for code in names_in(EVERY[name])}
    assert titled <= named


def names_in(draw: Any) -> tuple[str, ...]:
    return (getattr(draw, "__name__", ""), *draw.__code__.co_names)


@pytest.mark.parametrize(
    ("name", "phone"),
    [
        (name, phone)
        for name in ("taps", "bars", "shares", "contours", "affine steps", "steepening", "tap windows",
                     "weight uses", "temperature")
        for phone in (False, True)
    ],
)  # fmt: skip
def test_a_legend_shows_what_is_drawn(name: str, phone: bool) -> None:
    drawn = picture(name, phone=phone)
    outside = [one for one in drawn.shapes if not one.within("legend")]
    samples = [one for one in drawn.marked("legend") if (one.fill or one.stroke) and one.points]
    assert len(samples) >= len(drawn.texts("legend")) > 0
    for sample in samples:
        if sample.fill and sample.closed:
            assert any(one.fill == sample.fill for one in outside), sample.fill
        else:
            assert any(one.stroke == sample.stroke for one in outside), sample.stroke
            dashed = [bool(one.dashes) for one in outside if one.stroke == sample.stroke]
            assert bool(sample.dashes) in dashed
