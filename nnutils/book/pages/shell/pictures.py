"""The sizes of pictures, written into the pages, so that nothing moves when a picture arrives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from PIL import Image

__all__ = ["natural_size", "with_sizes"]

_PICTURE = re.compile(r"<img\b[^>]*>")
_LENGTH = re.compile(r"\s*([\d.]+)\s*(px|pt|in|cm|mm|pc)?\s*$")
_PIXELS = {None: 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}


def natural_size(file: Path) -> tuple[int, int] | None:
    """Return width and height of a picture in pixels of a page; None where the file does not say."""
    try:
        if file.suffix == ".svg":
            return _size_of_svg(file)
        with Image.open(file) as picture:
            return picture.size
    except (OSError, ElementTree.ParseError):
        return None


def with_sizes(body: str, images: Mapping[str, str], site: Path) -> str:
    """Return the HTML of a page whose pictures have width and height, and load as they come near.

    Arguments: the HTML; the names below ``_images`` by the file that each comes from; the folder of the site.
    What a picture says already is kept. A picture that is not among the images stays as it is.
    """
    sources = {name: Path(source) for source, name in images.items()}

    def change(match: re.Match[str]) -> str:
        tag = match[0]
        source = re.search(r'\ssrc="([^"]+)"', tag)
        if source is None or "_images/" not in source[1]:
            return tag
        name = unquote(source[1].rpartition("/")[2])
        added = "" if " loading=" in tag else ' loading="lazy"'
        if not re.search(r"\s(?:width|height|style)=", tag):
            # notebooks' pictures are written straight to the site, which is where myst-nb lists them
            size = natural_size(sources[name]) if name in sources else natural_size(site / "_images" / name)
            if size:
                added += f' width="{size[0]}" height="{size[1]}"'
        return (
            tag.removesuffix("/>").removesuffix(">").rstrip() + added + (" />" if tag.endswith("/>") else ">")
        )

    return _PICTURE.sub(change, body)


def _size_of_svg(file: Path) -> tuple[int, int] | None:
    _, root = next(ElementTree.iterparse(file, events=["start"]))
    sides = [_pixels(root.get(name)) for name in ("width", "height")]
    if None in sides:
        box = re.split(r"[\s,]+", (root.get("viewBox") or "").strip())
        if len(box) != 4:
            return None
        sides = [_pixels(box[2]), _pixels(box[3])]
    width, height = sides
    return (round(width), round(height)) if width and height else None


def _pixels(length: str | None) -> float | None:
    match = _LENGTH.match(length or "")
    return float(match[1]) * _PIXELS[match[2]] if match else None
