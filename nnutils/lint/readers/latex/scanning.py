r"""Where things end in LaTeX: names of commands, arguments in braces and in square brackets, delimiters."""

from __future__ import annotations

import re

from nnutils.lint.readers.latex.symbols import SYMBOLS
from nnutils.lint.readers.placed import Placed, Strand

__all__ = ["Scanner", "closing_braces"]

_LONGEST_OPTION = 200
_NAME = re.compile(r"\\(?:([A-Za-z@]+)|(.)|$)", re.DOTALL)
_BLANKS = re.compile(r"\s+")
_OPTION_END = re.compile(r"[\]{}]")
_STARRED = ("operatorname", "tag", "hspace", "vspace")


class Scanner:
    """Goes through a stretch of LaTeX from left to right; ``words`` says whether it is running text."""

    def __init__(self, source: Placed, *, words: bool) -> None:
        self.source, self.text, self.words = source, source.text, words
        self.at = self.depth = 0
        self.displayed = False  # whether the formula that is open began with two dollars
        self.apart: list[Strand] = []
        self.closing = closing_braces(self.text)

    def peek(self) -> str:
        """Return the name of the command that stands here; an empty text where none does."""
        found = _NAME.match(self.text, self.at)
        return (found[1] or found[2] or "") if found else ""

    def name(self) -> str:
        """Go past the command that stands here, and return its name."""
        name = self.peek()
        self.at += 1 + len(name)
        if name in _STARRED and self.text.startswith("*", self.at):
            self.at += 1
        return name

    def skip(self) -> None:
        """Go past blanks."""
        if blank := _BLANKS.match(self.text, self.at):
            self.at = blank.end()

    def raw(self) -> Placed:
        """Return the source of the argument that follows: a group, a command, or one character."""
        self.skip()
        start = self.at
        if self.text.startswith("{", start):
            end = self.closing.get(start, len(self.text))
            self.at = end + 1
            return self.source[start + 1 : end]
        if self.text.startswith("\\", start):
            self.name()
        elif start < len(self.text) and self.text[start] not in "}&$":
            self.at += 1
        return self.source[start : self.at]

    def option(self) -> Placed | None:
        """Return the source of an argument in square brackets, if one follows."""
        start = self.at
        if not self.text.startswith("[", start):
            return None
        place, most = start + 1, min(len(self.text), start + _LONGEST_OPTION)
        while (found := _OPTION_END.search(self.text, place, most)) and found[0] == "{":
            place = self.closing.get(found.start(), found.start()) + 1
        if found is None or found[0] != "]":
            return None
        self.at = found.end()
        return self.source[start + 1 : found.start()]

    def delimiter(self) -> str:
        r"""Return the delimiter that follows \left or \right; a dot is none."""
        self.skip()
        if self.text.startswith("\\", self.at):
            return SYMBOLS.get(self.name(), "")
        self.at += 1
        sign = self.text[self.at - 1 : self.at]
        return {".": "", "<": "⟨", ">": "⟩"}.get(sign, sign)

    def pass_over(self) -> None:
        """Go past what closes nothing here."""
        if self.text[self.at] != "\\":
            self.at += 1
        elif self.name() == "right":
            self.delimiter()
        else:
            self.raw()


def closing_braces(text: str) -> dict[int, int]:
    """Return for each opening brace of LaTeX where it is closed."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for found in re.finditer(r"\\.|[{}]", text, re.DOTALL):
        if found[0] == "{":
            opened.append(found.start())
        elif found[0] == "}" and opened:
            closing[opened.pop()] = found.start()
    return closing
