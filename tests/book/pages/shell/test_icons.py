"""The fonts of icons: each reduced to the icons that are shown, and written into the style sheet."""

from __future__ import annotations

import base64
import re
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from nnutils.book.pages.shell.icons import with_own_icons

THEME = find_spec("pydata_sphinx_theme")
assert THEME is not None and THEME.origin is not None
FONTS = next(Path(THEME.origin).parent.rglob("fa-solid-900.woff2")).parent
FACE = '@font-face{font-family:"Font Awesome 6 Free";font-weight:900;src:url(fa-solid-900.woff2)}'
LETTERS = '@font-face{font-family:"Other";src:url(other.woff2)}'
SUN = '.fa-sun{--fa:"\uf185"}'


def test_a_font_has_the_icons_that_are_shown_and_no_others() -> None:
    made = with_own_icons(FACE + LETTERS + SUN, FONTS, {"fas"})
    assert made.endswith(LETTERS + SUN)
    (face,) = re.findall(r"@font-face\{[^}]*\}", made.removesuffix(LETTERS + SUN))
    assert face.startswith('@font-face{font-family:"Font Awesome 6 Free";font-style:normal;font-weight:900;')
    (data,) = re.findall(r'url\(data:font/woff2;base64,([\w+/=]+)\) format\("woff2"\)', face)
    assert set(TTFont(BytesIO(base64.b64decode(data))).getBestCmap()) == {0xF185}


@pytest.mark.parametrize(("css", "names"), [(SUN, {"fab"}), (".a{color:red}", {"fas"})])
def test_a_font_that_no_page_uses_is_left_out(css: str, names: set[str]) -> None:
    assert with_own_icons(FACE + css, FONTS, names) == css
