"""Figures that are typed into a lesson's text: which they are, and which of them may be.

A figure is a run of digits, or a number in words. What a lesson computes stands in double braces. What else
may stand there is given: a name, a definition, a year, something that holds for all givens. Each such phrase
is listed with its reason in ``TYPED`` of tests/changed_givens/<part>/q<number>.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

__all__ = ["typed_figures", "unexplained", "unused"]

# Left out before anything is looked for: computed figures, targets of links, code (unless it is only digits).
_COMPUTED = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_CODE = re.compile(r"`[^`\n]*[^\W\d_][^`\n]*`")
_LINK = re.compile(r"\]\([^)]*\)|https?://\S+")
_CITATION = re.compile(r"\[\([^\[\]]*\b\d{4}[a-z]?(?:[;,][^\[\]]*)?\)\]")
# Labels count nothing: 'Hint 2', 'part (3)', 'sheets 000 and 001', an item of a list, the stated time, marks.
_LABEL = re.compile(
    r"\b(?:[Hh]int|[Pp]art|[Qq]uestion|[Ss]heet|[Ee]xercise|[Ss]ection|[Ff]igure|[Ss]tep|[Tt]able|[Rr]oute)s?"
    r"\s+\(?[\d.]+\)?(?:(?:,| and| or| to)\s+\(?[\d.]+\)?)*"
    r"|^\s*(?:\d+\.|#+ \d+\.)\s|\*\*\(?\d+[.)]|\(\d\)(?=\s|$|[.,;:])"
    r"|\*\*Sheets?:\*\*\s+\d+(?: and \d+)?|\*\*Time:\*\*\s+\d+|\*\[\d+ marks?\]\*",
    re.MULTILINE,
)
_FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$]*\$|\\begin\{(\w+\*?)\}.*?\\end\{\1\}", re.DOTALL)
# In a formula: an index, an exponent or a distance between lines is not a figure, nor are 0, 1 and 2.
_INDEX = re.compile(r"\\\\\[\d+pt\]|[_^]\s*(?:\{[^{}]*\}|\d|\\\w+)|[A-Za-z]\d+\b")
_SMALL = {"0", "1", "2"}

_DIGITS = re.compile(r"(?<![\w.])[-−]?\d+(?:(?:[.,]|\{,\}|\\[,;! ]|[\u2009\u202f\u00a0])\d+)*(?!\w)")
_WORDS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|(?:thir|four|fif|six|seven|eigh|nine)teen|twelve|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|hundreds?|thousands?|millions?|billions?|dozens?|"
    r"twice|thrice|hal(?:f|ves|ve[sd]?)|thirds?|quarters?|doubl(?:e[sd]?|ing)|tripl(?:e[sd]?|ing))\b",
    re.IGNORECASE,
)


def typed_figures(text: str) -> Iterator[tuple[int, str]]:
    """Yield each typed figure of a text and its place."""
    blank = _blanked(text, _COMPUTED, _CITATION, _LINK, _CODE, _LABEL)
    for formula in _FORMULA.finditer(blank):
        inside = _blanked(formula[0], _INDEX)
        for found in _DIGITS.finditer(re.sub(r"[A-Za-z]", " ", inside)):
            if found[0].lstrip("-−") not in _SMALL:
                yield formula.start() + found.start(), found[0]
    rest = _FORMULA.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), blank)
    for pattern in (_DIGITS, _WORDS):
        for found in pattern.finditer(rest):
            yield found.start(), found[0]


def unexplained(text: str, allowed: Iterable[str]) -> list[str]:
    """Return the typed figures that no allowed phrase covers, each with the words around it."""
    spans = [span for phrase in allowed for span in _places(phrase, text)]
    return [
        f"{figure!r} in {' '.join(text[max(0, start - 40) : start + 40].split())!r}"
        for start, figure in sorted(typed_figures(text))
        if not any(first <= start and start + len(figure) <= last for first, last in spans)
    ]


def unused(texts: Iterable[str], allowed: Iterable[str]) -> list[str]:
    """Return the allowed phrases that cover no typed figure of any text."""
    found = [(text, start, len(figure)) for text in texts for start, figure in typed_figures(text)]
    return [
        phrase
        for phrase in allowed
        if not any(
            first <= start and start + length <= last
            for text, start, length in found
            for first, last in _places(phrase, text)
        )
    ]


def _places(phrase: str, text: str) -> list[tuple[int, int]]:
    """Return where a phrase stands as whole words; a line may break anywhere in it."""
    words = r"\s+".join(re.escape(word) for word in phrase.split())
    return [match.span() for match in re.finditer(rf"(?<![\w]){words}(?![\w])", text)]


def _blanked(text: str, *patterns: re.Pattern[str]) -> str:
    """Replace what the patterns find by blanks, so that all places stay."""
    for pattern in patterns:
        text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    return text
