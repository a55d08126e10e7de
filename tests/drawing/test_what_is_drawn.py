"""What every picture shows, text by text and line by line, is what was stored when somebody looked at it.

Other tests say why a picture is as it is. This one notices what they say nothing of: a style, a place.
"""

from __future__ import annotations

import difflib
import re
from typing import Any

import pytest
from support.drawn_listing import FOLDER, listing, stored_text
from support.every_picture import EVERY

from nnutils import drawing

STORE = "If it is as it should be: PYTHONPATH=.:tests .venv/bin/python -m support.drawn_listing"


def file_of(name: str) -> str:
    return f"{name.replace(' ', '_')}.txt"


@pytest.mark.parametrize("name", EVERY)
def test_a_picture_is_as_stored(name: str) -> None:
    stored = (FOLDER / file_of(name)).read_text(encoding="utf-8").splitlines()
    now = stored_text(name).splitlines()
    changes = "\n".join(difflib.unified_diff(stored, now, "stored", "now", lineterm="", n=0))
    assert not changes, f"{changes}\n{STORE}"


def test_every_function_that_draws_is_listed_and_nothing_that_is_gone() -> None:
    named = " ".join(code for draw in EVERY.values() for code in names_in(draw))
    assert {name for name in drawing.__all__ if name.startswith("draw_")} <= set(named.split())
    assert {path.name for path in FOLDER.iterdir()} == {file_of(name) for name in EVERY}


def names_in(draw: Any) -> tuple[str, ...]:
    """The names that a function uses, its own among them."""
    own = getattr(draw, "__name__", "")
    return (own, *draw.__code__.co_names)


def plot(**changed: Any) -> list[str]:
    """The listing of a line and a word, one of which may be another."""
    given = {"end": 1.0, "colour": "#1f2328", "width": 1.5, "word": "w", "at": 0.5, "size": 9, "dashes": "-"}
    given |= changed
    figure, axes = drawing.panels(1)
    axes[0].plot([0, given["end"]], [0, 1], given["dashes"], color=given["colour"], linewidth=given["width"])
    axes[0].text(given["at"], 0.5, given["word"], fontsize=given["size"])
    axes[0].set(xlim=(0, 2), ylim=(0, 2))
    return listing(figure)


@pytest.mark.parametrize(
    "changed",
    [
        {"end": 1.02}, {"colour": "#1f2329"}, {"width": 1.6}, {"word": "v"}, {"at": 0.51}, {"size": 9.5},
        {"dashes": "--"}, {"word": ""},
    ],
)  # fmt: skip
def test_a_changed_line_or_word_changes_the_listing(changed: dict[str, Any]) -> None:
    assert plot() == plot()
    assert plot(**changed) != plot()


def test_the_listing_names_what_is_drawn() -> None:
    (word,) = [line for line in plot() if line.startswith("text 'w'")]
    assert re.search(r"at \d+\.\d \d+\.\d \| font-size: 9px", word)
    assert any("stroke: #1f2328; stroke-width: 1.5" in line for line in plot())
