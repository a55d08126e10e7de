"""The style of the pictures: contrast, sizes, the same bytes in every run and on every Python."""

from __future__ import annotations

import io
import itertools
import os
import subprocess
import sys
from collections.abc import Iterable
from numbers import Integral
from pathlib import Path
from typing import Any

import matplotlib
import pytest
from matplotlib.figure import Figure
from support.contrast import contrast
from support.drawing_samples import (
    HALF,
    PICTURES,
    SIX,
    texts,
)
from support.seen_pictures import figure_of, svg_of

from nnutils.drawing import (
    PALETTE,
    draw_mlp,
    panels,
    to_svg,
)
from nnutils.drawing.style import SMALL_FONT_SIZE


@pytest.fixture(scope="module")
def pictures() -> dict[str, Figure]:
    return {name: figure_of(name) for name in PICTURES}


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)  # a published borderline case


def test_lines_and_texts_stand_out_from_the_card() -> None:
    assert min(contrast(colour, PALETTE.card) for colour in PALETTE.lines) >= 3
    assert min(contrast(colour, PALETTE.card) for colour in PALETTE.texts) >= 4.5
    # The bounds can fail: these two of Okabe and Ito's colours would fail as a line and as a text.
    assert contrast("#E69F00", PALETTE.card) < 3
    assert contrast("#D55E00", PALETTE.card) < 4.5


def test_texts_stand_out_from_the_fills_they_stand_on() -> None:
    assert min(contrast(text, tint) for text in PALETTE.texts for tint in PALETTE.tints) >= 4.5
    assert contrast(PALETTE.white, PALETTE.bars[0]) >= 4.5
    assert min(contrast(PALETTE.ink, bar) for bar in PALETTE.bars[1:]) >= 4.5


def test_neighbouring_bars_differ_in_lightness() -> None:
    assert min(contrast(a, b) for a, b in itertools.pairwise(PALETTE.bars[:3])) >= 1.3


@pytest.mark.slow
@pytest.mark.parametrize("name", PICTURES)
def test_no_letter_is_too_small(pictures: dict[str, Figure], name: str) -> None:
    figure = pictures[name]
    smallest = min(text.get_fontsize() for text in texts(figure))
    assert smallest >= SMALL_FONT_SIZE >= 9
    # On a phone a figure is 350 px wide; points of the figure shrink with it.
    assert smallest * 350 / (72 * figure.get_figwidth()) >= 6.5 or figure.get_figwidth() <= 350 / 96


@pytest.mark.parametrize("name", PICTURES)
def test_the_background_is_opaque(name: str) -> None:
    assert figure_of(name).get_facecolor()[3] == 1
    assert PALETTE.card.lower() in svg_of(name)


def run(code: str, seed: str = "0") -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "MPLBACKEND": "agg"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    return done.stdout


@pytest.mark.slow
def test_the_same_data_give_the_same_bytes_in_every_process() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parents[1])!r})\n"
        "from support.drawing_samples import PICTURES\n"
        "from nnutils.drawing import to_svg\n"
        "for name, draw in PICTURES.items(): print(name, to_svg(draw()))"
    )
    elsewhere = run(code, "1")
    assert elsewhere.count("</svg>") == len(PICTURES)
    assert elsewhere == "".join(f"{name} {svg_of(name)}\n" for name in PICTURES)


def integers_only(numbers: Iterable[Any], start: Any = 0) -> Any:
    """Add up integers; refuse floats, whose sum has another last digit from Python 3.12 on."""
    numbers = list(numbers)
    assert all(isinstance(number, Integral) for number in (*numbers, start)), (
        f"sum of {numbers}: use math.fsum"
    )
    return sum(numbers, start)


@pytest.mark.parametrize("name", PICTURES)
def test_no_picture_depends_on_how_sum_adds_floats(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [module for path, module in sys.modules.items() if path.startswith("nnutils.drawing")]:
        monkeypatch.setattr(module, "sum", integers_only, raising=False)
    to_svg(PICTURES[name]())


def test_without_the_fixed_salt_the_bytes_would_differ() -> None:
    figure, (ax,) = panels()
    ax.plot([0, 1], [0, 1])
    assert to_svg(figure) == to_svg(figure)
    with matplotlib.rc_context({"svg.hashsalt": None}):
        first, second = io.StringIO(), io.StringIO()
        figure.savefig(first, format="svg", metadata={"Date": None})
        figure.savefig(second, format="svg", metadata={"Date": None})
    assert first.getvalue() != second.getvalue()


def test_a_changed_weight_changes_the_bytes() -> None:
    changed = [SIX[0], [[*SIX[1][0][:-1], HALF], SIX[1][1]]]
    assert to_svg(draw_mlp(SIX)) != to_svg(draw_mlp(changed))


def test_the_svg_names_no_day_and_no_version_and_keeps_text_as_text() -> None:
    svg = svg_of("2-3-2")
    assert "<dc:date>" not in svg and "Matplotlib v" not in svg
    assert "b = 0.25" in svg


@pytest.mark.slow
def test_use_style_shows_svg_in_ipython_and_survives_a_late_pyplot() -> None:
    code = (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance()\n"
        "from nnutils import drawing\n"
        "drawing.use_style()\n"
        "figure, (ax,) = drawing.panels()\n"
        "first = shell.display_formatter.format(figure)[0]['image/svg+xml']\n"
        "import matplotlib_inline.backend_inline as inline\n"
        "inline.configure_inline_support(shell, 'inline')\n"
        "second = shell.display_formatter.format(figure)[0]\n"
        "print(sorted(second), second['image/svg+xml'] == first, 'dc:date' in first)"
    )
    assert run(code).strip() == (
        "['application/vnd.nnutils.narrow+svg', 'image/png', 'image/svg+xml', 'text/plain'] True False"
    )


@pytest.mark.slow
def test_a_figure_is_not_registered_with_pyplot() -> None:
    code = (
        "import matplotlib.pyplot as plt\n"
        "from nnutils import drawing\n"
        "drawing.use_style()\n"
        "drawing.draw_mlp([[[1]]]); drawing.panels(2)\n"
        "print(len(plt.get_fignums()))"
    )
    assert run(code).strip() == "0"
