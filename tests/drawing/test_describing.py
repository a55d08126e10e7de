"""An alternative text is kept with the figure, written into its SVG, and read out of it unchanged."""

from __future__ import annotations

import copy
import io
import pickle
from typing import Any

import matplotlib
import pytest
from matplotlib.figure import Figure

from nnutils.core.errors import DrawingError
from nnutils.drawing import describe, draw_bars, draw_contours, panels, to_svg, use_style
from nnutils.drawing.describing import described, description, written_description
from nnutils.drawing.svg import SVG_METADATA

TEXT = "Two lines, one of them < 3 & the other “steep”: −1 → x₁."


def plot() -> Figure:
    figure, (ax,) = panels()
    ax.plot([0, 1], [0, 1])
    return figure


@pytest.fixture()
def own_backends(monkeypatch: pytest.MonkeyPatch) -> None:
    backends = dict(matplotlib.backend_bases._default_backends)  # type: ignore[attr-defined]
    monkeypatch.setattr(matplotlib.backend_bases, "_default_backends", backends)


def test_the_svg_says_what_the_figure_was_given() -> None:
    svg = to_svg(describe(plot(), TEXT))
    assert written_description(svg) == TEXT
    assert "<title>" not in svg, "a title is a tooltip"


def test_a_session_in_the_style_writes_it_too(own_backends: None) -> None:
    use_style()
    figure = describe(plot(), TEXT)
    stored = io.BytesIO()
    figure.savefig(stored, format="svg", bbox_inches="tight", metadata=SVG_METADATA)
    assert stored.getvalue().decode() == to_svg(figure)
    stored = io.BytesIO()
    figure.savefig(stored, format="svg")  # as somebody saves a picture by hand
    assert written_description(stored.getvalue().decode()) == TEXT


def test_a_description_given_when_saving_comes_first(own_backends: None) -> None:
    use_style()
    stored = io.BytesIO()
    describe(plot(), TEXT).savefig(stored, format="svg", metadata={"Description": "another"})
    assert written_description(stored.getvalue().decode()) == "another"


def test_a_figure_without_a_text_has_none() -> None:
    figure = plot()
    figure.set_label("Figure 1")  # pyplot's name of a window
    assert description(figure) is None
    assert written_description(to_svg(figure)) is None


def test_another_text_changes_its_own_line_and_nothing_else() -> None:
    first, other, none = (
        to_svg(figure).splitlines()
        for figure in (describe(plot(), TEXT), describe(plot(), TEXT.replace("3", "4")), plot())
    )
    changed = [(a, b) for a, b in zip(first, other, strict=True) if a != b]
    ((before, after),) = changed
    assert "3 &amp;" in before and "4 &amp;" in after
    assert [line for line in first if line != before] == none
    assert to_svg(describe(plot(), TEXT)).splitlines() == first


def test_the_last_text_counts_and_the_figure_comes_back() -> None:
    figure = plot()
    assert describe(describe(figure, TEXT), f"  {TEXT}!\n") is figure
    assert description(figure) == f"{TEXT}!"


def test_a_copied_figure_keeps_its_text() -> None:
    figure = describe(plot(), TEXT)
    assert description(pickle.loads(pickle.dumps(figure))) == TEXT
    assert description(copy.deepcopy(figure)) == TEXT


@pytest.mark.parametrize(
    ("alt", "message"),
    [
        (None, r"got None \(NoneType\)"),
        (b"Twenty bytes are not a text.", r"\(bytes\)"),
        ("", "'' has 0 characters.*at least 20"),
        ("a" * 19, "has 19 characters"),
        (" " * 10 + "a" * 19 + " " * 10, "has 19 characters"),
        ("A line from 0 to 1.\nAnother line.", "more than one line"),
        ("A line from 0 to 1.\u2028Another line.", "more than one line"),
        ("A line from 0 to 1.\tAnother line.", "control character, '.t'"),
        ("A line from 0 to 1.\x00 Another line.", "control character"),
        ("A line from 0 to 1. \ud800 Another line.", "half a character"),
        ("A line from 0 to 1. \ufffe Another line.", "unassigned character"),
    ],
)
def test_what_is_no_alternative_text_is_refused(alt: Any, message: str) -> None:
    figure = describe(plot(), TEXT)
    with pytest.raises(DrawingError, match=message):
        describe(figure, alt)
    assert description(figure) == TEXT


def test_twenty_characters_are_enough() -> None:
    assert description(describe(plot(), "a" * 20)) == "a" * 20


def test_only_the_pictures_own_description_is_read() -> None:
    inner = to_svg(describe(plot(), TEXT))
    nested = f'<svg xmlns="http://www.w3.org/2000/svg"><g>{inner[inner.index("<svg") :]}</g></svg>'
    assert written_description(nested) is None


def test_what_is_not_svg_is_refused() -> None:
    with pytest.raises(DrawingError, match="not SVG"):
        written_description("<svg><g></svg>")


# --- what the drawing functions do with it ------------------------------------------------------------------


def test_a_text_of_ones_own_comes_before_the_computed_one() -> None:
    assert description(draw_bars({"a": {"n": 1}}, alt=TEXT)) == TEXT
    assert description(draw_bars({"a": {"n": 1}})) not in (None, TEXT)


def test_a_drawing_in_given_axes_leaves_the_text_of_the_figure() -> None:
    figure, (ax,) = panels()
    assert description(draw_bars({"a": {"n": 1}}, ax=ax)) is None
    figure, (ax,) = panels()
    describe(figure, TEXT)
    assert description(draw_contours({"sum": lambda x1, x2: x1 + x2}, ax=[ax])) == TEXT


def test_a_text_for_a_part_of_a_picture_is_refused() -> None:
    figure, (ax,) = panels()
    with pytest.raises(DrawingError, match="several axes.*\n.*describe"):
        described(figure, TEXT, ax, "computed")
    with pytest.raises(DrawingError, match="several axes"):
        draw_bars({"a": {"n": 1}}, alt=TEXT, ax=ax)
