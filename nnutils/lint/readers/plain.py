"""Plain and scanned text, which often has Markdown and formulas in it, and fractions over three lines."""

from __future__ import annotations

import re

from nnutils.lint.readers.markdown import markdown_blocks
from nnutils.lint.readers.placed import Placed, joined, replaced
from nnutils.lint.sheets import Piece, Table

__all__ = ["is_latex", "plain_blocks", "with_fractions"]

_TORN = re.compile(r"(?:(?<=[=≈→] )|(?<=[=≈→]))\d{1,3}(?:, ?\d{3}){2,}(?=[ \t$]*(?:\n|$))")
_LETTER = re.compile(r"(?:(?<=\n)|(?<=\$)|\A)0(?=\s?=\s?\d+\s?(?:[xX×*]|\\times)[^-−–+=\n$]*(?:[\n$]|\Z))")
_BLANK_IN_NUMBER = re.compile(r"(?<=\d,) (?=\d{3}(?!\d))")
_LATEX = re.compile(
    r"\\documentclass|\\begin\{document\}|^[ \t]*\\(?:sub)*section\*?\{"
    r"|\\begin\{(?:enumerate|itemize|tabular|align\*?|equation\*?)\}",
    re.MULTILINE,
)
_MARKDOWN = re.compile(r"^#{1,6} |^[ \t]*\|[ :]*-[-| :]*\|[ \t]*$|^```|\*\*\w", re.MULTILINE)
_BAR = re.compile(r"-{2,}|[─—―–]{2,}|_{2,}")
_BESIDE = re.compile(r"[\w=+*/^()\[\]×·−.,:≈√⌊⌋]")
_RULED = re.compile(r"[-=─+|_\s]*")
_GAP = re.compile(r"(?<=\S)[ ]{3,}(?=\S)")
_FORMULA = re.compile(
    r"\s*(?=.*\w)(?:\d[\d.,'’ ]*+|[^\W\d_](?:_\w{1,4})?[′'²³]?|exp|ln|log|sqrt|max|min|tanh"
    r"|[-−+*·×⋅/^()\[\]⌊⌋√²³⁴\s])++"  # a number has many ways to be cut in two: the first one stands
)
_OVERHANG = 1
"""So far may what is above or below a bar stand out on either side."""
_LONGEST = 200


def is_latex(text: str) -> bool:
    """Return whether a text is LaTeX as a document, not only with formulas in it."""
    return "\\documentclass" in text or (_LATEX.search(text) is not None and _MARKDOWN.search(text) is None)


def plain_blocks(source: Placed) -> list[Piece | Table]:
    """Return the pieces and tables of plain text.

    A result whose groups of digits a scan has torn apart is put together if it ends its line, and a zero
    that is said to be a product is the letter O.

    >>> from nnutils.lint.readers.placed import placed
    >>> [piece.text for piece in plain_blocks(placed("G = 4, 294, 967, 296\\n\\nsizes: 4, 294, 967"))]
    ['G = 4,294,967,296', 'sizes: 4, 294, 967']
    """
    source = with_fractions(source)
    parts, last = [], 0
    for torn in _TORN.finditer(source.text):
        for blank in _BLANK_IN_NUMBER.finditer(source.text, *torn.span()):
            parts.append(source[last : blank.start()])
            last = blank.end()
    whole = joined([*parts, source[last:]]) if parts else source
    return markdown_blocks(replaced(whole, _LETTER, "O"), plain=True)


def with_fractions(source: Placed) -> Placed:
    r"""Return a text whose fractions over three lines stand in one line each, in brackets.

    A line has such fractions where it says something beside its bars, and where every bar has something above
    it and below it, with nothing else in those two lines.

    >>> from nnutils.lint.readers.placed import placed
    >>> with_fractions(placed("    71 + 2*5 - 8\no = ------------ + 1 = 37\n         2")).text.strip()
    'o = ((71 + 2*5 - 8)/(2)) + 1 = 37'
    """
    if _BAR.search(source.text) is None and _GAP.search(source.text) is None:
        return source
    lines = source.lines()
    parts: list[Placed] = []
    row, last = 1, 0
    while row + 1 < len(lines):
        made = _fractions(source, lines[row - 1], lines[row], lines[row + 1])
        if made is None:
            row += 1
            continue
        parts += [source[last : lines[row - 1][0]], made]
        last = lines[row + 1][1]
        row += 3
    return joined([*parts, source[last:]]) if parts else source


def _fractions(
    source: Placed, above: tuple[int, int], middle: tuple[int, int], below: tuple[int, int]
) -> Placed | None:
    """Return the three lines as one with its fractions in brackets; None where they are no fractions."""
    line = source[slice(*middle)]
    if len(line) > _LONGEST or _RULED.fullmatch(line.text):
        return None
    bars = [found for found in _BAR.finditer(line.text) if _is_bar(line.text, found)]
    if not bars:
        bars = [gap for gap in _GAP.finditer(line.text) if _lacks_an_operand(line.text, gap)]
        if not bars or not all(_computes(source.text[slice(*other)]) for other in (above, below)):
            return None
    tops, bottoms = (_over(source[slice(*other)], bars) for other in (above, below))
    if tops is None or bottoms is None:
        return None
    made, last = list[Placed](), 0
    for bar, top, bottom in zip(bars, tops, bottoms, strict=True):
        place = line.place(bar.start())
        signs = [Placed(text, [place] * len(text)) for text in ("((", ")/(", "))")]
        made += [line[last : bar.start()], signs[0], top, signs[1], bottom, signs[2]]
        last = bar.end()
    return joined([*made, line[last:]])


def _lacks_an_operand(line: str, gap: re.Match[str]) -> bool:
    """Whether a gap in a line stands where an operand has to: behind a sign, or before one that needs two.

    So a text layer has fractions, whose bars are drawn and are no characters.
    """
    before, after = line[: gap.start()].rstrip()[-1:], line[gap.end() :]
    if before and before in "=≈≃+−*/·×⋅(-":
        return True
    return not before.isalnum() and before not in ")].,;:" and after[:1] in ("+", "·", "×", "=", "≈", "%")


def _computes(line: str) -> bool:
    """Whether a line is a part of a formula: numbers and letters with signs between them, no words."""
    return _FORMULA.fullmatch(line) is not None


def _is_bar(line: str, found: re.Match[str]) -> bool:
    """Whether a run of dashes is no part of a word, and has signs of a formula beside it."""
    before, after = line[: found.start()], line[found.end() :]
    if before[-1:].isalnum() or after[:1].isalnum():
        return False
    return bool(_BESIDE.match(before.rstrip()[-1:]) or _BESIDE.match(after.lstrip()[:1]))


def _over(line: Placed, bars: list[re.Match[str]]) -> list[Placed] | None:
    """Return what a line has over, or under, each bar; None where it has something else, or nothing."""
    found = list[Placed]()
    words = list(re.finditer(r"\S+", line.text))
    for bar in bars:
        inside = [
            one
            for one in words
            if one.start() >= bar.start() - _OVERHANG and one.end() <= bar.end() + _OVERHANG
        ]
        if not inside:
            return None
        words = [one for one in words if one not in inside]
        found.append(line[inside[0].start() : inside[-1].end()])
    return None if words else found
