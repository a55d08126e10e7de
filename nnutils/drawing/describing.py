"""The alternative text of a picture: kept with the figure, written into its SVG, read out of it again.

It travels inside the SVG as its description (Dublin Core), which no browser shows as a tooltip. So a stored
text is compared on every run together with the picture.
"""

from __future__ import annotations

import unicodedata
from xml.etree import ElementTree

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnutils.core.errors import DrawingError

__all__ = [
    "SHORTEST",
    "describe",
    "described",
    "description",
    "written_description",
]

SHORTEST = 20
"""A text of fewer characters does not say what a picture shows."""

# An attribute of the figure, so that it is copied and pickled along; matplotlib uses the label as a name.
_ATTRIBUTE = "nnutils_description"
_ELEMENT = "{http://purl.org/dc/elements/1.1/}description"
_UNWRITABLE = {"Cc": "a control character", "Cs": "half a character", "Cn": "an unassigned character"}


def describe(figure: Figure, alt: str) -> Figure:
    """Store the alternative text of a picture with the figure, and return the figure.

    The text says in one or two sentences what a reader sees who cannot see the picture. The functions that
    draw a whole picture do this by themselves; call it for a figure of your own, on the last line of a cell.

    Raises:
        DrawingError: not a text, fewer than 20 characters, more than one line, characters that XML lacks.

    >>> from nnutils.drawing import panels
    >>> figure, (ax,) = panels()
    >>> describe(figure, f"A straight line from {0} to {1}.") is figure
    True
    """
    setattr(figure, _ATTRIBUTE, _checked(alt))
    return figure


def description(figure: Figure) -> str | None:
    """Return the alternative text stored with a figure, or None.

    >>> from nnutils.drawing import panels
    >>> figure, (ax,) = panels()
    >>> description(figure), description(describe(figure, "A frame with nothing in it."))
    (None, 'A frame with nothing in it.')
    """
    found: str | None = getattr(figure, _ATTRIBUTE, None)
    return found


def described(figure: Figure, alt: str | None, ax: Axes | None, computed: str) -> Figure:
    """Return a figure just drawn with the text given, or else with the computed one.

    A drawing inside somebody else's axes is a part of a picture, and the figure keeps the text that it has.

    Raises:
        DrawingError: a text for a drawing inside given axes, or one that ``describe`` refuses.
    """
    if ax is None:
        return describe(figure, computed if alt is None else alt)
    if alt is not None:
        raise DrawingError(
            f"alt={alt!r} describes one drawing, but a picture of several axes has one text for all.",
            remedy="Leave out alt, and call describe(figure, text) when all of them are drawn.",
        )
    return figure


def written_description(svg: str) -> str | None:
    """Return the alternative text that stands in an SVG picture, or None if it has none.

    Raises:
        DrawingError: the text is not SVG.

    >>> from nnutils.drawing import panels, to_svg
    >>> figure, (ax,) = panels()
    >>> written_description(to_svg(describe(figure, "Nothing yet: 1 < 2 & so on.")))
    'Nothing yet: 1 < 2 & so on.'
    """
    try:
        root = ElementTree.fromstring(svg.encode())
    except ElementTree.ParseError as error:
        raise DrawingError(f"This picture is not SVG: {error}.", remedy="Store it again.") from None
    # Only the picture's own: one that is drawn inside it may have a description too.
    found = root.find(f"{{*}}metadata//{_ELEMENT}")
    return None if found is None else found.text


def _checked(alt: str) -> str:
    remedy = "Say in one or two sentences what the picture shows."
    if not isinstance(alt, str):
        raise DrawingError(f"An alternative text is text, got {alt!r} ({type(alt).__name__}).", remedy=remedy)
    text = alt.strip()
    if len(text.splitlines()) > 1:
        raise DrawingError(f"The alternative text {text!r} has more than one line.", remedy=remedy)
    for character in text:
        if fault := _UNWRITABLE.get(unicodedata.category(character)):
            raise DrawingError(f"The alternative text {text!r} holds {fault}, {character!r}.", remedy=remedy)
    if len(text) < SHORTEST:
        raise DrawingError(
            f"The alternative text {text!r} has {len(text)} characters; it takes at least {SHORTEST} to say "
            "what a picture shows.",
            remedy=remedy,
        )
    return text
