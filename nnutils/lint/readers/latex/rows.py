r"""Rows of LaTeX, in formulas and in running text: one after another, with what is raised and lowered."""

from __future__ import annotations

import re
from abc import abstractmethod

from nnutils.lint.readers.latex.scanning import Scanner
from nnutils.lint.readers.latex.scripts import scripts_strand
from nnutils.lint.readers.placed import BEGIN, END, Strand, strand_text, trimmed

__all__ = ["DEEPEST", "NEWLINES", "UNREADABLE", "Rows", "Word", "called", "end_place", "fraction"]

DEEPEST = 40
"""So many groups may stand inside one another; what is deeper is unreadable."""

UNREADABLE = "\N{REPLACEMENT CHARACTER}"
NEWLINES = ("\\", "tabularnewline", "newline", "cr", "linebreak", "par")

_BLANKS = re.compile(r"\s+")
_THOUSANDS = re.compile(r"\s*\d{3}(?!\d)")
_MAY_BE_SCRIPT = re.compile(r"\s*(?:[\^_']|\\(?:no)?limits)")


class Word(list[tuple[str, int]]):
    """A strand that is a word: letters beside it do not belong to it."""


class Rows(Scanner):
    """Reads rows; what a command leaves is up to ``command``."""

    @abstractmethod
    def command(self) -> Strand:
        """Return what the command that stands here leaves."""

    def all(self) -> Strand:
        """Return all of the text; what closes nothing is passed over."""
        made = self.row()
        while self.at < len(self.text):
            self.pass_over()
            made += self.row()
        return made

    def row(self, grid: bool = False) -> Strand:
        r"""Return what stands up to the end of a group, up to \right or \end; in a grid, of a cell."""
        made: Strand = []
        last = ""
        gap = False  # whether a letter or a digit that follows belongs to something else
        over: tuple[str, Strand] | None = None
        while self.at < len(self.text):
            sign = self.text[self.at]
            if sign == "}" or (grid and sign == "&"):
                break
            if sign == "\\":
                name = self.peek()
                if name in ("right", "end") or (grid and name in NEWLINES):
                    break
                if name in ("over", "choose", "atop"):
                    self.name()
                    over, made, last = (name, made), [], ""
                    continue
            atom = self.atom()
            first = next((text[0] for text, _ in atom if text), "")
            if first == " " and not self.words and (last.isspace() or not last):
                atom = [(atom[0][0].lstrip(" "), atom[0][1]), *atom[1:]]
            if first.isalnum() and last.isalnum() and (gap or isinstance(atom, Word)):
                made.append((" ", atom[0][1]))
            made += atom
            last = _last(atom) or last
            if first and not first.isspace():
                gap = isinstance(atom, Word) and len(strand_text(atom)) > 1
            if not self.words:
                raised = self.scripts(last)
                gap = gap or _last(raised).isalnum()
                made += raised
                last = _last(raised) or last
        if over is None:
            return made
        name, above = over
        return fraction(above, made) if name == "over" else called("binom", [above, made])

    def group(self) -> Strand:
        """Return what stands in the braces that open here."""
        start, place = self.at, self.source.place(self.at)
        if self.depth >= DEEPEST:
            self.at = self.closing.get(start, len(self.text)) + 1
            return [(UNREADABLE, place)]
        self.at += 1
        self.depth += 1
        made = self.row()
        while self.at < len(self.text) and self.text[self.at] != "}":
            self.pass_over()
            made += self.row()
        self.at += 1
        self.depth -= 1
        return made

    def atom(self) -> Strand:
        """Return one character, group or command."""
        sign, place = self.text[self.at], self.source.place(self.at)
        if sign == "\\":
            return self.command()
        if sign == "{":
            return self.group()
        if blank := _BLANKS.match(self.text, self.at):
            self.at = blank.end()
            return [("\n" if self.words and "\n" in blank[0] else " ", place)]
        if sign in "^_'" and not self.words:
            return []  # a script of nothing
        self.at += 1
        if sign == "$":
            return self.dollar(place)
        if sign == "&":
            return [(" ", place)]
        if sign == "~":
            return self.blank("thin", place)
        if self.words:
            return self.typed(sign, place)
        return [("−" if sign == "-" else sign, place)]

    def dollar(self, place: int) -> Strand:
        """Begin or end a formula; one between double dollars has lines of its own."""
        double = self.text.startswith("$", self.at) and (self.words or self.displayed)
        self.at += double
        self.displayed = double and self.words
        self.words = not self.words
        line = [("\n", place)] if double else []
        return [END, *line] if self.words else [*line, BEGIN]

    def typed(self, sign: str, place: int) -> Strand:
        """Return a character of running text: dashes and quotation marks are typed doubled."""
        if sign in "`'" and self.text.startswith(sign, self.at):
            self.at += 1
            return [('"', place)]
        if sign == "-" and self.text.startswith("-", self.at):
            long = self.text.startswith("--", self.at)
            self.at += 2 if long else 1
            return [("—" if long else "–", place)]
        return [(sign, place)]

    def argument(self) -> Strand:
        """Return what the argument of a command leaves."""
        self.skip()
        if self.at >= len(self.text) or self.text[self.at] in "}&$":
            return []
        if self.depth >= DEEPEST and self.text[self.at] == "\\":
            place = self.source.place(self.at)
            self.raw()
            return [(UNREADABLE, place)]
        if self.peek() in ("right", "end", "\\"):
            return []
        self.depth += 1
        made = self.atom()
        self.depth -= 1
        return made

    def words_argument(self) -> Strand:
        """Return an argument that is running text."""
        was, self.words = self.words, True
        made = self.argument()
        self.words = was
        return made if was else Word(part for part in made if part not in (BEGIN, END))

    def scripts(self, base: str) -> Strand:
        """Return the scripts that follow; a blank is passed over only where one does follow."""
        if not _MAY_BE_SCRIPT.match(self.text, self.at):
            return []
        lowered: list[Strand] = []
        raised: list[Strand] = []
        while True:
            start = self.at
            self.skip()
            while self.peek() in ("limits", "nolimits"):
                self.name()
                self.skip()
            sign, place = self.text[self.at : self.at + 1], self.source.place(self.at)
            if sign == "'":
                self.at += 1
                raised.append([("'", place)])
            elif sign and sign in "^_":
                self.at += 1
                (raised if sign == "^" else lowered).append([("", place), *self.argument()])
            else:
                self.at = start
                return scripts_strand(base, lowered, raised)

    def blank(self, blank: str, place: int) -> Strand:
        """Return a blank; a thin one between groups of digits belongs to the number."""
        if blank != "thin":
            return [(blank, place)]
        digit = any(sign.isdigit() for sign in self.text[max(0, self.at - 3) : self.at])
        return [("\N{THIN SPACE}" if digit and _THOUSANDS.match(self.text, self.at) else " ", place)]


def fraction(above: Strand, below: Strand, place: int | None = None) -> Strand:
    """Return a fraction in plain notation."""
    first = place if place is not None else (above or below or [("", 0)])[0][1]
    above, below = trimmed(above), trimmed(below)
    middle = end_place(above, first)
    return [("((", first), *above, (")/(", middle), *below, ("))", end_place(below, middle))]


def called(name: str, arguments: list[Strand], place: int | None = None) -> Strand:
    """Return a function of several arguments in plain notation."""
    first = place if place is not None else next((part[0][1] for part in arguments if part), 0)
    made: Strand = [(f"{name}(", first)]
    for number, argument in enumerate(arguments):
        made += [*([(", ", end_place(made, first))] if number else []), *trimmed(argument)]
    return [*made, (")", end_place(made, first))]


def end_place(strand: Strand, place: int) -> int:
    """Return the place of the last character of a strand, or the one given where it has none."""
    return next((at for _, at in reversed(strand) if at >= 0), place)


def _last(strand: Strand) -> str:
    return next((text[-1] for text, _ in reversed(strand) if text), "")
