"""The same pictures for a dark page: each colour of the palette has a dark counterpart, by what it is for.

A colour means something else as letters than as an area: white letters stand on blue bars, white areas are
boxes of a graph. So areas, lines and letters have a table each. Whites and tints become dark; blue bars
become bright, and the white letters on them dark. Greys are turned round by their lightness, and colours
from one of our colour maps keep their place on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
from itertools import pairwise

from nnutils.core.errors import DrawingError
from nnutils.drawing.style import FEWER_TAPS, HEIGHTS, PALETTE, Palette

__all__ = ["DARK", "LETTERS_ON_BARS", "dark_colour", "in_the_dark"]

DARK = Palette(
    card="#121212",  # the page of the theme, so that a picture has no edge
    grid="#30363C",
    ink="#E6EAEE",
    muted="#B4BEC9",
    positive="#5CB3EC",
    negative="#FF8A4C",
    accent="#35C79A",
    value_text="#85C9F7",
    adjoint_text="#FFAA7A",
    blue_tint="#17405C",
    orange_tint="#523B0C",
    green_tint="#114737",
    grey_tint="#383E44",
    white="#1D2125",
    bars=("#5CB3EC", "#875A00", "#1D4A3D", "#8A4A6C", "#3A4047"),
)
"""The roles of ``PALETTE`` on a dark page: tints of the same hue, lines and letters lighter."""

LETTERS_ON_BARS = "#0E1419"
"""Letters on the first bar, which are white on a light page."""

_ROLES = [field.name for field in fields(Palette) if field.name != "bars"]
_FILLS = dict(zip(PALETTE.bars, DARK.bars, strict=True)) | {
    getattr(PALETTE, role): getattr(DARK, role) for role in _ROLES
}
_TABLES: dict[str, dict[str, str]] = {
    "area": _FILLS,
    "line": _FILLS | {PALETTE.bars[1]: PALETTE.bars[1]},  # bright enough as it is
    "letters": _FILLS | {PALETTE.white: LETTERS_ON_BARS},
}
_TABLES = {use: {light.lower(): dark for light, dark in table.items()} for use, table in _TABLES.items()}

_MAPS: tuple[tuple[Sequence[str], Sequence[str]], ...] = (
    (FEWER_TAPS, (DARK.bars[1], DARK.orange_tint, "#2A210F")),
    (HEIGHTS, ("#14232E", DARK.blue_tint, "#225678", "#2F6A93")),
)
_ROUNDING = 1.01  # a channel of a colour between two others is rounded, or cut

_TAG = re.compile(r"<([A-Za-z][\w:]*)\b[^>]*>")
_COLOUR = re.compile(
    r"(?P<before>\b(?P<property>fill|stroke|stop-color|color)(?:\s*:\s*|\s*=\s*[\"']\s*))(?P<value>[^;\"'>]+)"
)
_KEPT = re.compile(r"none|inherit|url\(#[^)]*\)")
_LETTERS = {"text", "tspan", "g"}  # matplotlib gives a group a colour where it holds a formula
_ROOT = re.compile(r"<svg\b")


def dark_colour(colour: str, use: str = "area") -> str:
    """Return what a colour of our pictures is on a dark page, as ``#rrggbb``.

    Arguments: the colour as ``#rrggbb``; its use: ``"area"``, ``"line"`` or ``"letters"``.

    Raises:
        DrawingError: a colour that is not in the palette, no grey, and not on a colour map of ours; or
            another use.

    >>> dark_colour("#FCFCFA")
    '#121212'
    >>> dark_colour("#FFFFFF", "letters")
    '#0E1419'
    """
    if use not in _TABLES:
        raise DrawingError(
            f"dark_colour: {use!r} is no use of a colour.", remedy=f"Use one of {', '.join(_TABLES)}."
        )
    known = _TABLES[use].get(colour.lower())
    if known:
        return known
    if re.fullmatch("#[0-9a-fA-F]{6}", colour):
        channels = _channels(colour)
        if len(set(channels)) == 1:
            return _turned_round(channels[0])
        for light, dark in _MAPS:
            if found := _on_the_map(channels, light, dark):
                return found
    raise DrawingError(
        f"{colour} as {use}: no dark counterpart is known for this colour.",
        remedy="Draw with the colours of nnutils.drawing.PALETTE, or with greys.",
    )


def in_the_dark(svg: str) -> str:
    """Return the SVG text of a picture of ours for a dark page: the same picture in other colours.

    Raises:
        DrawingError: the picture holds a colour that ``dark_colour`` does not know; all such are named.

    >>> in_the_dark('<svg><path style="fill: #fcfcfa; stroke: none"/></svg>')
    '<svg fill="#e6eaee"><path style="fill: #121212; stroke: none"/></svg>'
    """
    unknown: dict[str, None] = {}

    def in_tag(tag: re.Match[str]) -> str:
        def change(found: re.Match[str]) -> str:
            value = found["value"].strip()
            if _KEPT.fullmatch(value):
                return found[0]
            use = "letters" if tag[1] in _LETTERS else "line" if found["property"] == "stroke" else "area"
            try:
                return found["before"] + dark_colour(value, use).lower()
            except DrawingError:
                unknown[f"{value} as {use}"] = None
                return found[0]

        return _COLOUR.sub(change, tag[0])

    dark = _TAG.sub(in_tag, svg)
    if unknown:
        raise DrawingError(
            f"The picture has no dark counterpart; unknown colours: {', '.join(unknown)}.",
            remedy="Draw with the colours of nnutils.drawing.PALETTE, or with greys.",
        )
    # Black is not written into an SVG: it is what everything has that says nothing.
    return _ROOT.sub(f'<svg fill="{DARK.ink.lower()}"', dark, count=1)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def _written(channels: Sequence[float]) -> str:
    return "#" + "".join(f"{min(max(round(one), 0), 255):02X}" for one in channels)


def _turned_round(grey: int) -> str:
    """Return the grey that is as far from the dark card as this one is from the light card."""
    low, high = 0x1F, 0xFC  # ink and card of the light palette
    share = min(max((high - grey) / (high - low), 0), 1)
    return _written(
        [a + share * (b - a) for a, b in zip(_channels(DARK.card), _channels(DARK.ink), strict=True)]
    )


def _on_the_map(channels: Sequence[int], light: Sequence[str], dark: Sequence[str]) -> str | None:
    """Return the colour at the same place of the dark map; None for a colour that is not on the light one."""
    for (start, end), (dark_start, dark_end) in zip(pairwise(light), pairwise(dark), strict=True):
        a, b = _channels(start), _channels(end)
        way = [y - x for x, y in zip(a, b, strict=True)]
        share = sum((c - x) * w for c, x, w in zip(channels, a, way, strict=True)) / sum(w * w for w in way)
        share = min(max(share, 0), 1)
        if all(abs(x + share * w - c) <= _ROUNDING for x, w, c in zip(a, way, channels, strict=True)):
            ends = zip(_channels(dark_start), _channels(dark_end), strict=True)
            return _written([x + share * (y - x) for x, y in ends])
    return None
