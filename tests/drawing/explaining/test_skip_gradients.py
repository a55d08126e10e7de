"""The gradient through two skips: every length beside its arrow, the skips bare, and the words for it."""

from __future__ import annotations

import math

import pytest
from support.narrow_pictures import narrow_of

from nnutils.core.errors import DrawingError
from nnutils.drawing import draw_skip_gradients
from nnutils.drawing.describing import description

BAR = "\N{COMBINING MACRON}"
SIZES = {"y": 2, "r": 1, "Vr": 1.25, "h": 3, "z": 0.5, "Wz": 0.75, "x": 4}


def test_each_length_stands_in_its_column_and_the_skips_carry_those_of_their_targets() -> None:
    axes = draw_skip_gradients(SIZES).axes[0]
    low = sorted((text.get_position()[0], text.get_text()) for text in axes.texts if text.get_gid() == "size")
    assert [text for _, text in low] == ["4", "0.75", "0.5", "3", "1.25", "1", "2"]
    skips = [text.get_text() for text in axes.texts if text.get_gid() == "skip"]
    assert [text.split() for text in skips] == [[last + BAR, size] for last, size in (("h", "3"), ("y", "2"))]


def test_the_text_says_what_comes_together() -> None:
    text = description(draw_skip_gradients(SIZES, title="Back")) or ""
    assert text.startswith("Back. ")
    assert ", of length 2," in text and "becomes 1.25" in text and ", of length 3" in text
    assert "the 0.75 from the other layer" in text and text.endswith(", of length 4.")


def test_letters_do_not_overlap() -> None:
    figure = draw_skip_gradients(dict.fromkeys(SIZES, 0.000123456))
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    assert not [(a, b) for i, a in enumerate(boxes) for b in boxes[:i] if a.overlaps(b)]


def test_sizes_have_the_names_of_the_vectors() -> None:
    with pytest.raises(DrawingError, match="Give those of y, r, h, z, x, Vr, Wz"):
        draw_skip_gradients({"y": 1})
    with pytest.raises(DrawingError, match="the size of h is nan"):
        draw_skip_gradients(SIZES | {"h": math.nan})


ONES = dict.fromkeys(("y", "r", "Vr", "h", "z", "Wz", "x"), 1.0)


@pytest.mark.parametrize(
    ("sizes", "abreast"), [(ONES, True), ({**ONES, "x": 0.000123, "y": 0.000321}, False)]
)
def test_on_a_phone_the_chains_run_from_top_to_bottom(sizes: dict[str, float], abreast: bool) -> None:
    thin = narrow_of(draw_skip_gradients(sizes, title="One block, forwards and backwards"))
    spots = {text.get_text(): text.get_position() for text in thin.axes[0].texts}
    (left, top), (right, below) = spots["forwards"], spots["backwards"]
    assert (left < right and top == below) if abreast else top > below
    assert spots["x"][1] > spots["h"][1] > spots["y"][1]
