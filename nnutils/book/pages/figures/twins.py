"""Each picture of a page in up to four versions, written beside it: light and dark, wide and for a phone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, unquote

from nnutils.book.pages.shell.pictures import natural_size
from nnutils.core.errors import DrawingError
from nnutils.drawing.dark import in_the_dark

__all__ = ["with_twins"]

_PICTURE = re.compile(r"<img\b[^>]*>")
_SOURCE = re.compile(r'(\ssrc=")([^"]*_images/)([^"/]+\.svg)(")')
_CLASS = re.compile(r'\sclass="([^"]*)"')
_PHONE = "screen and (max-width: 36rem)"
_SETTLED = {
    "only-light",
    "only-dark",
    "dark-light",
}  # the theme's own names for pictures of one theme or both


def with_twins(
    body: str, images: Mapping[str, str], site: Path, narrow: Mapping[str, str] | None = None
) -> tuple[str, list[str]]:
    """Return the HTML of a page whose SVG pictures each have a dark twin, and what is wrong, one line each.

    Both stand in the page with the theme's classes for one theme, and load when they are shown, so only one
    is fetched and read aloud. A picture with a narrow version gets that, too, for a phone, in both themes.
    The new files are written to the folder ``_images`` of the site. A picture with a colour that has no dark
    counterpart is left as it is, and so is one that already says what it is for.

    Arguments: the HTML; the names below ``_images`` by the file that each comes from; the folder of the site;
    the narrow version of a picture by the wide one, both as SVG text.
    """
    sources = {name: Path(source) for source, name in images.items()}
    narrow = narrow or {}
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
        stem = name.removesuffix(".svg")
        try:
            light = file.read_text(encoding="utf-8")
            new = {f"{stem}-dark.svg": in_the_dark(light)}
            if thin := narrow.get(light.strip()):
                new |= {f"{stem}-narrow.svg": thin, f"{stem}-narrow-dark.svg": in_the_dark(thin)}
        except OSError:
            return tag  # Sphinx itself warns of a picture that is not there
        except DrawingError as error:
            wrong.append(f"{name}: {error}")
            return tag
        written.parent.mkdir(parents=True, exist_ok=True)
        for twin, text in new.items():
            (written.parent / twin).write_text(text, encoding="utf-8")

        def address(ending: str) -> str:
            return source[2] + quote(stem + ending)

        pictures = []
        for theme, ending in (("only-light", ".svg"), ("only-dark", "-dark.svg")):
            picture = _marked(f"{tag[: source.start(2)]}{address(ending)}{tag[source.end(3) :]}", theme)
            if thin:
                size = natural_size(written.parent / f"{stem}-narrow{ending}")
                picture = _for_a_phone(picture, address(f"-narrow{ending}"), size)
            pictures.append(picture)
        return "".join(pictures)

    return _PICTURE.sub(change, body), wrong


def _for_a_phone(picture: str, address: str, size: tuple[int, int] | None) -> str:
    """Put a picture into an element that shows another one on a narrow screen; on paper it stays."""
    sides = f' width="{size[0]}" height="{size[1]}"' if size else ""
    return f'<picture><source media="{_PHONE}" srcset="{address}"{sides}>{picture}</picture>'


def _marked(tag: str, name: str) -> str:
    """Add a class to a picture, which waits to be fetched until it is shown."""
    if _CLASS.search(tag):
        tag = _CLASS.sub(lambda found: f' class="{found[1]} {name}"', tag, count=1)
    else:
        tag = tag.replace("<img", f'<img class="{name}"', 1)
    return tag if " loading=" in tag else tag.replace("<img", '<img loading="lazy"', 1)
