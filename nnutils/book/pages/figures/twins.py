"""A dark twin for each picture of a page, written beside it and shown in its place in the dark theme."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, unquote

from nnutils.core.errors import DrawingError
from nnutils.drawing.dark import in_the_dark

__all__ = ["with_twins"]

_PICTURE = re.compile(r"<img\b[^>]*>")
_SOURCE = re.compile(r'(\ssrc=")([^"]*_images/)([^"/]+\.svg)(")')
_CLASS = re.compile(r'\sclass="([^"]*)"')
_SETTLED = {
    "only-light",
    "only-dark",
    "dark-light",
}  # the theme's own names for pictures of one theme or both


def with_twins(body: str, images: Mapping[str, str], site: Path) -> tuple[str, list[str]]:
    """Return the HTML of a page whose SVG pictures each have a dark twin, and what is wrong, one line each.

    Both stand in the page with the theme's classes for one theme, and load when they are shown, so only one
    is fetched and read aloud. The twins are written to the folder ``_images`` of the site. A picture with a
    colour that has no dark counterpart is left as it is, and so is one that already says what it is for.

    Arguments: the HTML; the names below ``_images`` by the file that each comes from; the folder of the site.
    """
    sources = {name: Path(source) for source, name in images.items()}
    wrong: list[str] = []

    def change(found: re.Match[str]) -> str:
        tag = found[0]
        source, classes = _SOURCE.search(tag), _CLASS.search(tag)
        if source is None or (classes and _SETTLED & set(classes[1].split())):
            return tag
        name = unquote(source[3])
        # a picture of a notebook is in the site already; others are copied there at the end
        written = site / "_images" / name
        file = sources[name] if name in sources and sources[name].is_file() else written
        try:
            dark = in_the_dark(file.read_text(encoding="utf-8"))
        except OSError:
            return tag  # Sphinx itself warns of a picture that is not there
        except DrawingError as error:
            wrong.append(f"{name}: {error}")
            return tag
        twin = f"{name.removesuffix('.svg')}-dark.svg"
        written.parent.mkdir(parents=True, exist_ok=True)
        (written.parent / twin).write_text(dark, encoding="utf-8")
        other = tag[: source.start(3)] + quote(twin) + tag[source.end(3) :]
        return _marked(tag, "only-light") + _marked(other, "only-dark")

    return _PICTURE.sub(change, body), wrong


def _marked(tag: str, name: str) -> str:
    """Add a class to a picture, which waits to be fetched until it is shown."""
    if _CLASS.search(tag):
        tag = _CLASS.sub(lambda found: f' class="{found[1]} {name}"', tag, count=1)
    else:
        tag = tag.replace("<img", f'<img class="{name}"', 1)
    return tag if " loading=" in tag else tag.replace("<img", '<img loading="lazy"', 1)
