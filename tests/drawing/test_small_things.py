"""What is easily overlooked in a picture: a legend of one sign, a map of ten rows, a title, a broken line."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from nnutils import drawing
from nnutils.drawing.narrow import narrow_version


@pytest.mark.parametrize(
    ("sign", "words"), [(1, ["positive weight"]), (-1, ["negative weight"]), (0, ["positive", "negative"])]
)
def test_the_legend_of_a_network_names_the_signs_that_it_has(sign: int, words: list[str]) -> None:
    figure = drawing.draw_mlp([[[sign or 1, 2 * (sign or 1)]], [[sign or -1], [3 * (sign or -1)]]])
    legend = figure.axes[0].get_legend()
    assert legend is not None
    said = [text.get_text() for text in legend.get_texts()]
    assert len(said) == len(words)
    assert all(line.startswith(word) for line, word in zip(said, words, strict=True))


@pytest.mark.parametrize(("rows", "numbered"), [(10, True), (11, False)])
def test_ten_rows_are_numbered_one_by_one(rows: int, numbered: bool) -> None:
    figure = drawing.draw_tap_map({"a": [[9] * rows] * rows})
    figure.draw_without_rendering()
    (axes,) = figure.axes
    ticks = [text.get_text() for text in axes.get_xticklabels()]
    assert (ticks == [str(row) for row in range(rows)]) == numbered
    assert len(axes.texts) == rows * rows * numbered


def test_a_title_over_panels_below_each_other_takes_a_line() -> None:
    def height(title: str) -> float:
        figure, axes = drawing.panels(2)
        for panel in axes:
            panel.plot([0, 1], [0, 1])
        if title:
            figure.suptitle(title)
        thin = narrow_version(figure)
        assert isinstance(thin, Figure)
        return float(thin.get_figheight())

    assert height("") + 0.15 < height("T") < height("") + 0.5


@pytest.mark.parametrize("letters", [11, 16])
def test_an_equation_in_the_title_of_a_frame_stays_on_its_line(letters: int) -> None:
    title = "w" * letters + " b₀ = 0.1, b₁ = 0.15"
    slopes = {("x0", "u"): 0.5, ("u", "x1"): 1.0, ("x1", "y1"): -0.25}
    thin = narrow_version(drawing.draw_gradient_flow({title: slopes}))
    assert isinstance(thin, Figure)
    (shown,) = [
        text.get_text() for text in thin.findobj(Text) if isinstance(text, Text) and "b₁" in text.get_text()
    ]
    assert shown.replace("\u00a0", " ").split("\n") == [title[: letters + 10], title[letters + 11 :]]
