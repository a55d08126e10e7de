"""One number in a cell or at the end of a line: its value at the precision written, its unit, its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from nnutils.core.numerals import grouped
from nnutils.lint.numbers import Style, numbers_in
from nnutils.lint.remembering import remembered
from nnutils.lint.sheets import Piece
from nnutils.slips.precision import WrittenNumber, at_precision

__all__ = ["NumberCell", "clean", "is_blank", "number_cell", "scale_in"]

_MARKUP = re.compile(r"\*\*+|\A[\s*_]+|[\s*_]+\Z|__+|[`$~†‡§]+")
_RELATION = re.compile(r"[=≈≃≅→⇒]")
_PRODUCT = re.compile(r"[\d)\]]\s*[×*·⋅/^+∗]\s*[\d(\[]|\d\s*[xX]\s*\d|@")
_BEFORE = re.compile(
    r"(?P<about>(?:[~≈≃≅∼]|\b(?:about|around|approx(?:imately)?\.?|circa|ca\.|roughly))\s*)?\Z"
)
_AFTER = re.compile(
    r"\s*(?P<word>%|[kKMGTB](?![A-Za-z])|thousand|million|billion|mio\.?|mrd\.?)?"
    r"\s*(?P<unit>[^\W\d_][\w.²³/-]*(?:\s[^\W\d_]\w*)?)?\s*(?P<aside>[(\[][^()\[\]]*[)\]])?\s*\Z"
)
_SCALES = {
    "k": 3, "thousand": 3, "thousands": 3, "m": 6, "million": 6, "millions": 6, "mio": 6,
    "b": 9, "g": 9, "billion": 9, "billions": 9, "mrd": 9, "t": 12, "%": 0,
}  # fmt: skip
_IN_HEADER = re.compile(
    r"[(\[]\s*(?:in\s+)?(?:[×x*]\s*)?(?P<word>k|K|M|B|G|thousands?|millions?|billions?|"
    r"10\^?\(?(?P<power>\d{1,2})\)?)\s*[)\]]"
    r"|\bin\s+(?P<words>thousands|millions|billions)\b|(?P<percent>%)",
)
_LONGEST = 400
_NOWHERE = Piece("", ())
_BLANK = re.compile(r"[\s\-–—−.·/]*|n/?a|none|NA|N/A|nil", re.IGNORECASE)


@dataclass(frozen=True)
class NumberCell:
    """A number in a piece, from ``start`` to ``end`` of its text, with what stands behind it.

    ``written`` has the full value: of '1.2M' it is 1,200,000, and the last digit is worth 100,000. ``scale``
    is what the suffix or the header multiplies by, ``unit`` the word behind the number.
    """

    piece: Piece
    start: int
    end: int
    written: WrittenNumber
    scale: Fraction = Fraction(1)
    suffix: str = ""
    unit: str = ""

    @property
    def value(self) -> Fraction:
        """The value as written."""
        return self.written.value

    @property
    def slack(self) -> Fraction:
        """How far the number that was rounded to this one may be away."""
        return (self.written.unit or Fraction(0)) / 2

    @property
    def text(self) -> str:
        """The number as it stands there."""
        return self.piece.text[self.start : self.end]

    def like(self, value: Fraction | int) -> str:
        """Return another value in the same form, in full where nothing would be left of it.

        >>> from nnutils.lint.sheets import piece_of
        >>> from nnutils.lint.numbers.style import ENGLISH
        >>> cell = number_cell(piece_of("1.2M"), ENGLISH)
        >>> cell.like(1340000), cell.like(34944)
        ('1.3M', '34,944')
        """
        if self.written.unit is None:
            return grouped(value if isinstance(value, int) else _plain(value)) + self.suffix
        bare = WrittenNumber("", self.value / self.scale, self.written.unit / self.scale, 0)
        said = at_precision(bare, Fraction(value) / self.scale)
        lost = self.scale > 1 and value and not said.strip("-−0.,")
        return grouped(value if isinstance(value, int) else _plain(value)) if lost else said + self.suffix


def number_cell(piece: Piece, style: Style, scale: Fraction | None = None) -> NumberCell | None:
    """Return the one number of a cell; of 'product = result' the result; None if there is no single number.

    ``scale`` is what the header says that all cells are multiples of.

    >>> from nnutils.lint.sheets import piece_of
    >>> from nnutils.lint.numbers.style import ENGLISH
    >>> cell = number_cell(piece_of("**34,848** weights"), ENGLISH)
    >>> cell.value, cell.unit, cell.text
    (Fraction(34848, 1), 'weights', '34,848')
    >>> number_cell(piece_of("5 × 5 × 3 = 75"), ENGLISH).value, number_cell(piece_of("5 × 5"), ENGLISH)
    (Fraction(75, 1), None)
    """
    found = _read(piece.text, style, scale) if len(piece.text) <= _LONGEST else None
    return None if found is None else replace(found, piece=piece)


@lru_cache(maxsize=8192)
def _read(source: str, style: Style, scale: Fraction | None) -> NumberCell | None:
    """Read the number of a text; every check reads the cells of a table."""
    text = _MARKUP.sub(lambda found: " " * len(found[0]), source)
    about = "~" in source
    begin = 0
    for relation in _RELATION.finditer(text):
        begin, about = relation.end(), about or relation[0] in "≈≃≅"
    if _PRODUCT.search(text, begin):
        return None
    numbers = [one for one in numbers_in(text, style) if one.start >= begin]
    if not numbers:
        return None
    first = numbers[0]
    before = text[begin : first.start].strip()
    sign = -1 if before[-1:] in ("-", "−", "–") and before else 1
    ahead = _BEFORE.match(before[:-1].strip() if sign < 0 else before)
    after = _AFTER.match(text[first.end :])
    if ahead is None or after is None:
        return None
    word = after["word"] or ""
    own = Fraction(10) ** _SCALES[word.lower().rstrip(".")] if word else Fraction(1)
    end = first.end + after.end("word") if word else first.end
    written = first.written
    unit = written.unit
    if word or (scale is not None and own == 1 and unit is None):
        unit = unit or Fraction(1)
    if (about or ahead["about"]) and unit is None:
        unit = Fraction(10) ** _zeros(written.value)
    factor = own if word and own != 1 else own * (scale or 1)
    full = WrittenNumber(
        written.text,
        sign * written.value * factor,
        None if unit is None else unit * factor,
        written.significant,
    )
    suffix = text[first.end : end]
    return NumberCell(
        _NOWHERE, first.start - (sign < 0), end, full, factor, suffix, (after["unit"] or "").lower()
    )


@remembered
def scale_in(header: str) -> Fraction | None:
    """Return what a header says that its cells are multiples of; for percentages 1; None if it says nothing.

    >>> scale_in("params (M)"), scale_in("weights in thousands"), scale_in("share [%]"), scale_in("units")
    (Fraction(1000000, 1), Fraction(1000, 1), Fraction(1, 1), None)
    """
    found = _IN_HEADER.search(header)
    if found is None:
        return None
    if found["percent"]:
        return Fraction(1)
    if found["power"]:
        return Fraction(10) ** int(found["power"])
    return Fraction(10) ** _SCALES[(found["word"] or found["words"]).lower()]


@remembered
def clean(text: str) -> str:
    """Return a label without its markup, blanks made single.

    >>> clean("**Total  weights**:")
    'Total weights'
    """
    return " ".join(_MARKUP.sub(" ", text.replace("\\", " ")).split()).strip(" :.–—-")


@remembered
def is_blank(text: str) -> bool:
    """Return whether a cell holds nothing, or a dash for nothing.

    >>> is_blank(" — "), is_blank("n/a"), is_blank("0")
    (True, True, False)
    """
    return _BLANK.fullmatch(_MARKUP.sub(" ", text).strip()) is not None


def _plain(value: Fraction) -> Fraction | int:
    return int(value) if value.denominator == 1 else value


def _zeros(value: Fraction) -> int:
    digits = str(value.numerator)
    return len(digits) - len(digits.rstrip("0")) if value.denominator == 1 and value else 0
