"""The fonts of icons, reduced to the icons that the style sheets show, and put inside the style sheet.

As text in the style sheet an icon is there when the page is first drawn, and costs no request of its own.
"""

from __future__ import annotations

import base64
import logging
import re
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from nnutils.book.pages.shell.styles import font_faces

__all__ = ["icons_in", "reduced", "with_own_icons"]

logging.getLogger("fontTools.subset").setLevel(logging.WARNING)  # it reports every table of a font
_SOURCE = re.compile(r"""url\(\s*["']?([^'")]+\.(?:woff2|woff|ttf))["']?\s*\)""")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_ESCAPED = re.compile(r"\\([eEfF][0-9a-fA-F]{3})(?![0-9a-fA-F])\s?")
_CLASSES = {
    ("Font Awesome 6 Free", "900"): {"fa", "fas", "fa-solid"},
    ("Font Awesome 6 Free", "400"): {"far", "fa-regular"},
    ("Font Awesome 6 Brands", "400"): {"fab", "fa-brands"},
}
"""By family and weight, the classes of what is written in it. The theme's own marks are in the first."""


def icons_in(css: str) -> set[int]:
    r"""Return the code points of icons in a style sheet: those of Unicode's private use area.

    >>> sorted(map(hex, icons_in(r'.sun{--fa:"\f185"} .moon{content:"' + chr(0xF186) + '"}')))
    ['0xf185', '0xf186']
    """
    return {ord(sign) for sign in _PRIVATE.findall(css)} | {int(code, 16) for code in _ESCAPED.findall(css)}


def reduced(font: Path, icons: set[int]) -> bytes | None:
    """Return a font with these icons only, as WOFF2; None where it has none of them."""
    options = subset.Options(flavor="woff2", layout_features=[], hinting=False, notdef_outline=False)
    with subset.load_font(str(font), options) as full:
        wanted = icons & set(full.getBestCmap())
        if not wanted:
            return None
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=wanted)
        subsetter.subset(full)
        target = BytesIO()
        _save(full, target, options)
    return target.getvalue()


def with_own_icons(css: str, folder: Path, names: set[str]) -> str:
    """Return a style sheet whose fonts of icons have what it shows; those that no page uses are left out.

    Arguments: a style sheet already pruned, the folder that its addresses start from, and the classes of the
    pages. A font that is not one of icons stays as it is.
    """
    icons = icons_in(css)

    def change(rule: str, said: dict[str, str]) -> str:
        family = said.get("font-family", "").replace("\\", "").strip("'\"")
        classes = _CLASSES.get((family, said.get("font-weight", "")))
        match = _SOURCE.search(said.get("src", ""))
        if classes is None or match is None:
            return rule
        font = reduced(folder / match[1], icons) if classes & names else None
        if font is None:
            return ""
        text = base64.b64encode(font).decode("ascii")
        return (
            f'@font-face{{font-family:"{family}";font-style:normal;font-weight:{said["font-weight"]};'
            f'font-display:block;src:url(data:font/woff2;base64,{text}) format("woff2")}}'
        )

    return font_faces(css, change)


def _save(font: TTFont, target: BytesIO, options: subset.Options) -> None:
    font.flavor = "woff2"
    font["head"].modified = font["head"].created  # the same bytes from every build
    font.recalcTimestamp = False
    subset.save_font(font, target, options)
