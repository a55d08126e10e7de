"""The font of the formulas: the part of a font for mathematics that a book uses, inside a style sheet."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from functools import cache
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

from nnutils.book.pages.mathematics.characters import REPERTOIRE
from nnutils.book.pages.mathematics.rendering import FILES, VENDORED

__all__ = ["FAMILY", "FONT", "font_file", "missing_characters", "style_sheet"]

FAMILY = "Book Mathematics"
"""The name of the part; the whole has the name that its licence keeps for it."""

FONT = VENDORED / "texgyrepagella-math.otf"

_STYLE = FILES / "mathematics.css"
_KEPT_NAMES = (0, 1, 2, 4, 6, 13, 14)  # copyright, names, licence
_PRIMES = "′″‴⁗"


def font_file(characters: Iterable[str]) -> bytes:
    """Return a WOFF2 font with these characters, the REPERTOIRE, and the sizes that brackets grow to.

    The same characters give the same bytes. What the font does not have is left out: ``missing_characters``.
    """
    return _made(REPERTOIRE | frozenset(characters))


def missing_characters(characters: Iterable[str]) -> list[str]:
    """Return which of these characters the font does not have.

    >>> missing_characters("xß√汉")
    ['汉']
    """
    with TTFont(FONT, lazy=True) as font:
        known = font.getBestCmap()
    return sorted({one for one in characters if ord(one) not in known})


def style_sheet(characters: Iterable[str] = ()) -> str:
    """Return the style of formulas, in CSS, with the font in it: nothing moves when it arrives.

    >>> "data:font/woff2;base64," in style_sheet()
    True
    """
    source = base64.b64encode(font_file(characters)).decode("ascii")
    address = f"data:font/woff2;base64,{source}"
    face = f'@font-face {{ font-family: "{FAMILY}"; src: url({address}) format("woff2"); }}'
    return f"{_STYLE.read_text(encoding='utf-8')}\n{face}\n"


@cache
def _made(characters: frozenset[str]) -> bytes:
    options = subset.Options(
        layout_features=[],
        hinting=False,
        desubroutinize=True,
        glyph_names=False,
        name_IDs=list(_KEPT_NAMES),
        drop_tables=[*subset.Options().drop_tables, "FFTM"],  # when the font was made
    )
    font = TTFont(FONT, recalcTimestamp=False)
    _put_primes_low(font)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(map(ord, characters)))
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 4, 6):
            record.string = FAMILY.replace(" ", "") if record.nameID == 6 else FAMILY
    font.flavor = "woff2"
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def _put_primes_low(font: Any) -> None:
    """Give primes the form for superscripts: the other is raised already, and Chromium raises it again."""
    forms = _script_forms(font)
    for table in font["cmap"].tables:
        for prime in map(ord, _PRIMES):
            if table.cmap.get(prime) in forms:
                table.cmap[prime] = forms[table.cmap[prime]]


def _script_forms(font: Any) -> dict[str, str]:
    """Return the form of each glyph for superscripts, from the feature 'ssty'."""
    table = font["GSUB"].table
    forms: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "ssty":
            for at in record.Feature.LookupListIndex:
                for part in table.LookupList.Lookup[at].SubTable:
                    forms |= {glyph: others[0] for glyph, others in part.alternates.items()}
    return forms
