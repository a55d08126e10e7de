r"""Mathematics of LaTeX in plain notation: \frac{1}{2} as ((1)/(2)), each character with its place.

Lenient throughout: what is not closed ends with its formula, and an unknown command is its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from nnutils.lint.readers.latex import symbols
from nnutils.lint.readers.latex.grids import SIZED, delimited, grid_strand
from nnutils.lint.readers.latex.rows import (
    DEEPEST,
    NEWLINES,
    UNREADABLE,
    Rows,
    Word,
    called,
    end_place,
    fraction,
)
from nnutils.lint.readers.latex.units import ARGUMENTS, quantity
from nnutils.lint.readers.placed import BEGIN, END, Placed, Strand, strand_text

__all__ = ["formula_strand", "words_strand"]


_LENGTH = re.compile(r"\s*[-+]?[\d.]+\s*(?:pt|em|ex|mm|cm|in|mu|px|\\[a-z]+)")
_SPACING = re.compile(r"\s*\[\s*-?[\d.]*\s*\\?[a-z]+\s*\]")
_DOUBLE = {**dict(zip("RNZQCEPHFI", "ℝℕℤℚℂ𝔼ℙℍ𝔽𝕀", strict=True)), "1": "𝟙"}
_NEGATED = {"=": "≠", "∈": "∉", "≡": "≢", "⊂": "⊄", "<": "≮", ">": "≯", "≈": "≉", "≤": "≰", "≥": "≱"}
_SECOND = {
    "textcolor": 1,
    "colorbox": 1,
    "href": 1,
    "raisebox": 1,
    "parbox": 1,
    "scalebox": 1,
    "fcolorbox": 2,
}
_SECOND |= {"resizebox": 2, "texorpdfstring": 1, "rotatebox": 1, "foreignlanguage": 1, "multirow": 2}
_SECOND |= {"multicolumn": 2}
_LONGEST_VERBATIM = 1000
_ABOVE = ("overset", "underset", "stackrel")
_ARROWS = {"xrightarrow": " → ", "xleftarrow": " ← ", "xRightarrow": " ⇒ ", "xmapsto": " ↦ "}
_ARROWS |= {"xlongequal": " = ", "xleftrightarrow": " ↔ ", "xlongrightarrow": " → "}
_NOTES = ("footnote", "marginpar", "thanks", "footnotetext", "todo")


def formula_strand(source: Placed) -> tuple[Strand, list[Strand]]:
    r"""Return the mathematics of LaTeX in plain notation, and the labels on it (of braces and arrows) apart.

    >>> from nnutils.lint.readers.placed import placed
    >>> strand, labels = formula_strand(placed(r"\underbrace{\frac12 \cdot x_1^2}_{= 3} \approx 1{,}000"))
    >>> strand_text(strand), [strand_text(label) for label in labels]
    ('((1)/(2)) · x_1^(2) ≈ 1,000', ['= 3'])
    """
    reader = _Reader(source, words=False)
    return [part for part in reader.all() if part not in (BEGIN, END)], reader.apart


def words_strand(source: Placed) -> tuple[Strand, list[Strand]]:
    r"""Return running text of LaTeX in plain notation, its formulas marked, and labels and footnotes apart.

    >>> from nnutils.lint.readers.placed import placed
    >>> strand_text(words_strand(placed(r"\textbf{Total:} $2 \times 3$, about 5\,\%"))[0])
    'Total: 2 × 3, about 5 %'
    """
    reader = _Reader(source, words=True)
    return reader.all(), reader.apart


class _Reader(Rows):
    """Reads a stretch of LaTeX from left to right."""

    def command(self) -> Strand:
        place = self.source.place(self.at)
        name = self.name()
        special = _SPECIAL.get(name)
        if special is not None:
            return special(self, name, place)
        if name in symbols.FUNCTIONS:
            return self._function(name, place)
        if name in symbols.WORDS:
            made = self.words_argument()
            remark = strand_text(made).lstrip()[:1] == "(" and not self.words  # beside the formula, no factor
            return [END, (" ", place), *made, BEGIN] if remark else made
        if name in symbols.KEPT_ARGUMENT:
            made = self.words_argument() if name.startswith("text") else self.argument()
            return Word(made) if strand_text(made).isalpha() and not self.words else made
        if name in symbols.ACCENTS and (self.words or name.isalpha()):
            return self._accent(symbols.ACCENTS[name], place)
        if name in symbols.BLANKS:
            return self.blank(symbols.BLANKS[name], place)
        if name in symbols.SYMBOLS:
            return [(symbols.SYMBOLS[name], place)]
        if name in symbols.SWITCHES or not name:
            return []
        if name in symbols.DROPPED_ARGUMENTS:
            return self._dropped(name)
        return Word([(name, place)])

    def _dropped(self, name: str) -> Strand:
        if name in symbols.DROPPED and (length := _LENGTH.match(self.text, self.at)):
            self.at = length.end()
        for _ in range(symbols.DROPPED_ARGUMENTS[name]):
            while self.option() is not None:
                pass
            self.raw()
        return []

    def _function(self, name: str, place: int) -> Strand:
        if self.text.startswith("{", self.at) and not self.words:
            inside = self.group()  # \ln{x + 1} means all of it
            return [*((sign, place) for sign in name), ("(", place), *inside, (")", end_place(inside, place))]
        return Word((sign, place) for sign in name)

    def _accent(self, accent: str, place: int) -> Strand:
        made = self.argument()
        return [*made, (accent, end_place(made, place))] if strand_text(made) else made

    def _fraction(self, name: str, place: int) -> Strand:
        while self.option() is not None:
            pass
        return fraction(self.argument(), self.argument(), place)

    def _root(self, name: str, place: int) -> Strand:
        degree = self.option()
        inside = self.argument()
        if degree is None or degree.text.strip() == "2":
            return [("√(", place), *inside, (")", end_place(inside, place))]
        return called("root", [formula_strand(degree)[0], inside], place)

    def _binomial(self, name: str, place: int) -> Strand:
        return called("binom", [self.argument(), self.argument()], place)

    def _braced(self, name: str, place: int) -> Strand:
        """Return what a brace stands above or below; its label goes apart."""
        made = self.argument()
        self.skip()
        if self.text[self.at : self.at + 1] in ("_", "^"):
            self.at += 1
            self._keep_apart(self.argument())
        return made

    def _above(self, name: str, place: int) -> Strand:
        self._keep_apart(self.argument())
        return self.argument()

    def _arrow(self, name: str, place: int) -> Strand:
        below = self.option()
        if below is not None:
            self._keep_apart(formula_strand(below)[0])
        self._keep_apart(self.argument())
        return [(_ARROWS[name], place)]

    def _note(self, name: str, place: int) -> Strand:
        self.option()
        self._keep_apart(self.words_argument())
        return []

    def _keep_apart(self, label: Strand) -> None:
        if any(sign.isalnum() for sign in strand_text(label)):
            self.apart.append(label if self.words else [BEGIN, *label, END])

    def _verbatim(self, name: str, place: int) -> Strand:
        self.option()
        if name == "mintinline":
            self.raw()
        mark = {"{": "}"}.get(self.text[self.at : self.at + 1], self.text[self.at : self.at + 1])
        start = self.at + 1
        end = self.text.find(mark, start, start + _LONGEST_VERBATIM) if mark else -1
        if end < 0:
            return []
        self.at = end + 1
        return list(zip(self.text[start:end], self.source.places[start:end], strict=True))

    def _second(self, name: str, place: int) -> Strand:
        for _ in range(_SECOND[name]):
            while self.option() is not None:
                pass
            self.raw()
        self.option()
        return self.argument()

    def _siunitx(self, name: str, place: int) -> Strand:
        self.option()
        return quantity(name, [self.raw() for _ in ARGUMENTS[name]])

    def _double(self, name: str, place: int) -> Strand:
        return [("".join(_DOUBLE.get(sign, sign) for sign in text), at) for text, at in self.argument()]

    def _not(self, name: str, place: int) -> Strand:
        negated = self.argument()
        return [(_NEGATED.get(strand_text(negated), strand_text(negated) + "\u0338"), place)]

    def _modulo(self, name: str, place: int) -> Strand:
        if name == "pmod":
            inside = self.argument()
            return [(" (mod ", place), *inside, (")", end_place(inside, place))]
        return [(" mod ", place)]

    def _between(self, name: str, place: int) -> Strand:
        if self.depth >= DEEPEST:
            return [(UNREADABLE, place)]
        left, start = self.delimiter(), self.at
        self.depth += 1
        inside = self.row()
        self.depth -= 1
        end, last = self.at, self.source.place(self.at)
        right = ""
        if self.peek() == "right":
            self.name()
            right = self.delimiter()
        return delimited(left, inside, right, self.text[start:end], (place, last))

    def _mathematics(self, name: str, place: int) -> Strand:
        r"""Begin or end a formula: \( \) \[ \]."""
        if self.words != (name in "(["):
            return []
        self.words = not self.words
        line = [("\n", place)] if name in "[]" else []
        return [*line, BEGIN] if name in "([" else [END, *line]

    def _newline(self, name: str, place: int) -> Strand:
        if spacing := _SPACING.match(self.text, self.at):
            self.at = spacing.end()
        return [("\n", place)]

    def _environment(self, name: str, place: int) -> Strand:
        kind = self.raw().text.strip()
        if self.depth >= DEEPEST:
            return [(UNREADABLE, place)]
        self.option()
        for _ in range(SIZED.get(kind.rstrip("*"), 0)):
            self.raw()
        was, self.words = self.words, False
        self.depth += 1
        rows: list[list[Strand]] = [[]]
        while self.at < len(self.text):
            rows[-1].append(self.row(grid=True))
            if self.text[self.at : self.at + 1] == "&":
                self.at += 1
            elif self.peek() in NEWLINES:
                self._newline(self.name(), place)
                rows.append([])
            elif self.peek() == "end":
                self.pass_over()
                break
            elif self.text[self.at : self.at + 1] == "}" and self.depth > 1:
                break  # the group around it ends
            elif self.at < len(self.text):
                self.pass_over()
        self.depth -= 1
        self.words = was
        made = grid_strand(kind, rows, place)
        return [("\n", place), BEGIN, *made, END, ("\n", end_place(made, place))] if was else made


_Special = Callable[[_Reader, str, int], Strand]
_SPECIAL: dict[str, _Special] = {
    "begin": _Reader._environment, "left": _Reader._between, "sqrt": _Reader._root, "not": _Reader._not,
    "mathbb": _Reader._double, "bmod": _Reader._modulo, "mod": _Reader._modulo, "pmod": _Reader._modulo,
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac", "sfrac", "nicefrac"), _Reader._fraction),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), _Reader._binomial),
    **dict.fromkeys(symbols.LABELLED, _Reader._braced),
    **dict.fromkeys(_ABOVE, _Reader._above),
    **dict.fromkeys(_ARROWS, _Reader._arrow),
    **dict.fromkeys(_NOTES, _Reader._note),
    **dict.fromkeys(_SECOND, _Reader._second),
    **dict.fromkeys(ARGUMENTS, _Reader._siunitx),
    **dict.fromkeys("()[]", _Reader._mathematics),
    **dict.fromkeys(("verb", "lstinline", "mintinline"), _Reader._verbatim),
    **dict.fromkeys(NEWLINES, _Reader._newline),
}  # fmt: skip
