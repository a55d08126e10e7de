"""A text of a picture breaks between words, not within a formula or an equation."""

from __future__ import annotations

import pytest

from nnutils.drawing import panels
from nnutils.drawing.narrow.lines import break_lines


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("short", 3.0, ["short"]),
        ("one two three", 0.7, ["one two", "three"]),
        ("a $x + y + z$ b", 0.3, ["a", "$x + y + z$", "b"]),
        ("layers of 3 × 3 in x = 1", 0.8, ["layers of", "3 × 3 in", "x = 1"]),
        ("two  lines\nof  its own", 3.0, ["two  lines", "of  its own"]),
        ("unbreakable", 0.2, ["unbreakable"]),
        ("", 1.0, [""]),
    ],
)
def test_lines_end_between_words(text: str, room: float, lines: list[str]) -> None:
    _, (axes,) = panels()
    note = axes.text(0, 0, text, fontsize=10)
    break_lines(note, room)
    assert note.get_text().split("\n") == lines


def test_a_label_along_the_axis_is_measured_along_it() -> None:
    _, (axes,) = panels()
    label = axes.set_ylabel("gradient at the input")
    break_lines(label, 0.9)
    assert label.get_text() == "gradient at\nthe input"
