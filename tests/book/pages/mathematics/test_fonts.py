"""The font holds every character that formulas show, in all the sizes that brackets grow to."""

from __future__ import annotations

import base64
import io
import re

import pytest
from fontTools.ttLib import TTFont

from nnutils.book.pages.engine.answering import html_of
from nnutils.book.pages.mathematics import characters_of, style_sheet, typeset
from nnutils.book.pages.mathematics.characters import REPERTOIRE, italic
from nnutils.book.pages.mathematics.fonts import FAMILY, font_file, missing_characters
from nnutils.core.places import question_files
from nnutils.practice import load
from tools.pages import ROOT

SEEDS = (1, 2, 3)
QUESTIONS = [f"{file.parent.parent.name}/{file.stem}" for file in question_files("practice", ROOT)]
MOST_BYTES = 40_000


@pytest.fixture(scope="module")
def font() -> TTFont:
    return TTFont(io.BytesIO(font_file("")))


def test_it_has_the_repertoire_and_a_name_of_its_own(font: TTFont) -> None:
    assert {ord(one) for one in REPERTOIRE} <= set(font.getBestCmap())
    assert font["name"].getDebugName(1) == font["name"].getDebugName(4) == FAMILY
    assert "GUST" in font["name"].getDebugName(0) or "Jackowski" in font["name"].getDebugName(0)


def test_what_a_book_uses_besides_is_added() -> None:
    assert "𝔥" not in REPERTOIRE
    assert ord("𝔥") in TTFont(io.BytesIO(font_file("𝔥"))).getBestCmap()


def test_brackets_and_signs_can_grow(font: TTFont) -> None:
    known, variants = font.getBestCmap(), font["MATH"].table.MathVariants
    for sign in "()[]{}|⌊⌋√∑∫":
        at = variants.VertGlyphCoverage.glyphs.index(known[ord(sign)])
        larger = variants.VertGlyphConstruction[at].MathGlyphVariantRecord
        assert len(larger) > 1, sign
        assert {one.VariantGlyph for one in larger} <= set(font.getGlyphOrder()), sign


def test_a_prime_is_the_one_for_superscripts() -> None:
    """As a letter it is raised already; browsers raise it again."""
    given = TTFont(io.BytesIO(font_file("")))
    glyph = given.getBestCmap()[ord("′")]
    outline = given["CFF "].cff.topDictIndex[0].CharStrings[glyph]
    bottom = outline.calcBounds(given["CFF "].cff.topDictIndex[0].CharStrings)[1]
    assert bottom < 0.3 * given["head"].unitsPerEm


def test_equal_characters_make_equal_bytes_and_few() -> None:
    first = font_file("𝔥")
    font_file.__globals__["_made"].cache_clear()
    assert font_file("𝔥") == first
    assert len(first) < MOST_BYTES


def test_the_style_sheet_carries_it() -> None:
    style = style_sheet()
    found = re.search(r"base64,([^)]+)\)", style)
    assert found is not None and base64.b64decode(found[1]) == font_file("")
    assert f'font: normal 1.06em "{FAMILY}"' in style


def test_a_character_that_the_font_does_not_have_is_named() -> None:
    assert missing_characters("x汉") == ["汉"]
    assert missing_characters(REPERTOIRE) == []


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<math><mi>x</mi></math>", "𝑥"),
        ("<math><mi>max</mi></math>", "max"),
        ('<math><mi mathvariant="normal">x</mi></math>', "x"),
        ('<math><mo form="prefix">&lt;</mo></math>', "<"),
        ("<math><mi>h</mi><mn>12</mn></math>", "ℎ12"),
        ("<math><msqrt><mn>2</mn></msqrt></math>", "√2"),
        ("<math><mi>f</mi><mo>\u2061</mo></math>", "𝑓"),
        ("<p>text</p>", ""),
    ],
)
def test_what_a_formula_shows(markup: str, shown: str) -> None:
    assert characters_of(markup) == set(shown)


def test_letters_are_slanted_as_browsers_do() -> None:
    assert "".join(map(italic, "azAZhαωΓ∂ϵ1+")) == "𝑎𝑧𝐴𝑍ℎ𝛼𝜔𝛤𝜕𝜖1+"


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_variant_shows_nothing_that_the_font_has_not(name: str) -> None:
    question = load(name, ROOT)
    statements = [question.statement(), *(question.statement(question.draw(seed)) for seed in SEEDS)]
    shown = characters_of(typeset("".join(map(html_of, statements))))
    assert bool(shown) == any("$" in one for one in statements)
    assert shown <= REPERTOIRE
