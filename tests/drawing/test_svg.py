"""SVG text depends on what is drawn, and not on the last bit of a float that moves no line."""

from __future__ import annotations

import io
import math
import re

import matplotlib
import pytest
from matplotlib.figure import Figure

from nnutils.drawing import panels, to_svg, use_style
from nnutils.drawing.style import styled
from nnutils.drawing.svg import SVG_METADATA, stable_names


def plot(width: float = 0.8, end: float = 1.0) -> Figure:
    with styled():
        figure = Figure(figsize=(4, 3))
        axes = figure.add_axes((0.1, 0.1, width, 0.8))
        axes.plot([0, end], [0, 1])
    return figure


def matplotlibs_own(figure: Figure) -> str:
    text = io.StringIO()
    with styled():
        figure.savefig(text, format="svg", bbox_inches="tight", metadata=SVG_METADATA)
    return text.getvalue()


def test_the_last_bit_of_a_float_does_not_change_the_text() -> None:
    width = math.nextafter(0.8, 1)
    assert matplotlibs_own(plot()) != matplotlibs_own(plot(width))  # so there is something to make stable
    assert to_svg(plot()) == to_svg(plot(width))


def test_a_moved_line_changes_the_text() -> None:
    assert to_svg(plot(end=1.0)) != to_svg(plot(end=1.001))


def test_clips_are_found_where_they_are_used_and_differ_between_pictures() -> None:
    first, second = to_svg(plot()), to_svg(plot(end=0.5))
    for svg in (first, second):
        used = set(re.findall(r"url\(#([^)]+)\)", svg))
        assert used and used == set(re.findall(r'<clipPath id="([^"]+)"', svg))
    assert not set(re.findall(r"clip-\w+-\d+", first)) & set(re.findall(r"clip-\w+-\d+", second))


def test_several_clips_keep_apart() -> None:
    figure, axes = panels(2)
    for ax in axes:
        ax.plot([0, 1], [0, 1])
    names = re.findall(r'<clipPath id="([^"]+)"', to_svg(figure))
    assert len(names) == len(set(names)) == 2


def test_names_that_are_not_clips_stay_as_they_are() -> None:
    text = '<g id="p0123456789x"/><use href="#m0123456789"/>'
    assert stable_names(text) == text


def test_a_session_in_the_style_writes_stable_files(monkeypatch: pytest.MonkeyPatch) -> None:
    backends = dict(matplotlib.backend_bases._default_backends)  # type: ignore[attr-defined]
    monkeypatch.setattr(matplotlib.backend_bases, "_default_backends", backends)
    use_style()
    stored = io.BytesIO()
    plot().savefig(stored, format="svg", bbox_inches="tight", metadata=SVG_METADATA)
    assert stored.getvalue().decode() == to_svg(plot())
