"""The PNG beside a picture shows the same, is small, and depends on neither the day nor the session."""

from __future__ import annotations

import io
import re
import struct
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

import matplotlib
import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.figure import Figure
from PIL import Image
from support.drawing_samples import PICTURES
from support.often import some
from support.seen_pictures import figure_of

from nnutils.drawing import draw_bars, panels, to_svg
from nnutils.drawing.narrow.showing import NARROW_SVG
from nnutils.drawing.preview import DPI, preview
from nnutils.drawing.style import PALETTE, styled

LARGEST = 24_000
"""Bytes: most are below half of it."""


def chunks(png: bytes) -> list[str]:
    place, found = 8, []
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        found.append(png[place + 4 : place + 8].decode())
        place += 12 + length
    return found


@pytest.mark.parametrize("name", some(PICTURES))
def test_it_is_small_and_shows_the_same_at_the_same_size(name: str) -> None:
    figure = PICTURES[name]()  # drawn again, some move by a few points
    before = to_svg(figure)
    shown = preview(figure)
    assert shown is not None
    png, size = shown
    assert len(png) < LARGEST
    assert set(chunks(png)) == {"IHDR", "PLTE", "IDAT", "IEND"}, "no date, no version, no resolution"
    # in points: 72 to the inch, where CSS has 96
    width, height = (float(side) for side in re.findall(r'(?:width|height)="([\d.]+)pt"', before)[:2])
    assert abs(size["width"] - width / 72 * 96) <= 2
    assert abs(size["height"] - height / 72 * 96) <= 2


@pytest.mark.parametrize("name", some(["bars", "contours", "taps", "volumes"]))
def test_it_moves_nothing_in_a_picture_that_is_shown_again(name: str) -> None:
    """The layout of matplotlib goes on from where things stand, so an SVG drawn twice may differ already."""
    alone, beside = PICTURES[name](), PICTURES[name]()
    assert to_svg(alone) == to_svg(beside)
    assert preview(beside) is not None
    assert to_svg(alone) == to_svg(beside)


@pytest.mark.parametrize("name", ["bars", "contours", "trace"])
def test_the_colours_are_those_of_the_picture(name: str) -> None:
    figure, full = figure_of(name), io.BytesIO()
    to_svg(figure)
    shown = preview(figure)
    assert shown is not None
    figure.set_layout_engine("none")
    with styled():
        figure.savefig(full, format="png", dpi=DPI, bbox_inches="tight")
    few, many = (np.asarray(Image.open(file).convert("RGB"), int) for file in (io.BytesIO(shown[0]), full))
    assert few.shape == many.shape
    assert np.abs(few - many).mean() < 2
    card = tuple(int(PALETTE.card[i : i + 2], 16) for i in (1, 3, 5))
    assert tuple(few[2, 2]) == card


def test_it_is_the_same_in_every_run_and_another_picture_is_another() -> None:
    one, same, other = (preview(draw_bars({"a": {"n": n}, "b": {"n": 9}})) for n in (4, 4, 5))
    assert one == same
    assert one != other


def test_nothing_is_shown_of_a_figure_without_content() -> None:
    assert preview(Figure()) is None
    figure = Figure()
    assert preview(figure.subfigures(1, 2)[0]) is None


# --- in a session -------------------------------------------------------------------------------------------


@pytest.fixture()
def shell(monkeypatch: pytest.MonkeyPatch) -> Iterator[InteractiveShell]:
    backends = dict(matplotlib.backend_bases._default_backends)  # type: ignore[attr-defined]
    monkeypatch.setattr(matplotlib.backend_bases, "_default_backends", backends)
    running = InteractiveShell.instance()
    try:
        with matplotlib.rc_context():
            yield running
    finally:
        InteractiveShell.clear_instance()


def bundle(shell: InteractiveShell, figure: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    assert shell.display_formatter is not None
    data, metadata = shell.display_formatter.format(figure)
    return data, metadata


def test_a_figure_is_shown_as_svg_and_as_png(shell: InteractiveShell) -> None:
    shell.run_cell("from nnutils.drawing import use_style\nuse_style()").raise_error()
    figure, _ = panels()
    data, metadata = bundle(shell, figure)
    assert set(data) == {"text/plain", "image/svg+xml", "image/png", NARROW_SVG}
    assert data["image/svg+xml"] == to_svg(figure)
    png = data["image/png"]
    assert (png if isinstance(png, bytes) else b64decode(png), metadata["image/png"]) == preview(figure)


def test_it_is_still_there_when_the_formats_are_set_again(shell: InteractiveShell) -> None:
    """pyplot does this when a later cell imports it first."""
    from IPython.core.pylabtools import select_figure_formats

    shell.run_cell("from nnutils.drawing import use_style\nuse_style()").raise_error()
    select_figure_formats(shell, {"svg"})
    assert {"image/svg+xml", "image/png", NARROW_SVG} <= set(bundle(shell, panels()[0])[0])
