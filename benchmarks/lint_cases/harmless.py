"""Text with numbers and equals signs but no statement that could be checked: a careless reader trips here."""

from __future__ import annotations

import random
import re

__all__ = ["asides", "in_french", "in_german", "in_html", "in_tex", "some_of"]

_RANGE = re.compile(r"\[(\d+)\.\.(\d+)\]")

# [a..b] stands for a number from a to b.
_ENGLISH = (
    "See Section [2..8].[1..8] of the lecture notes, pages [10..89]-[90..140].",
    "Hand in by [1..28].[1..12].20[18..26], 23:59. "
    "Questions: room [100..600], phone +41 44 [200..999] [10..99] [10..99].",
    "Exercise [1..9] ([2..12] points), about [15..45] minutes.",
    "Figure 2 = the net as it is drawn in the paper; Figure 3 = the same with one layer less.",
    "Tested with torch 2.[1..9].[0..2] and Python 3.[10..14].",
    "Recall that ReLU(x) = max(0, x), so it has no parameters.",
    "In the code the counter goes x = x + 1 and later i += [2..5].",
    "We split the data [3..6]:1 into training and validation, batch size [16..128].",
    "The original paper [12] reports an error of [15..20].[1..9] % on the test set.",
    "Training took [2..9]-[10..14] days on two GPUs with 3 GB each.",
    "Solve 32 = floor((64 - 8 + 2p)/s) + 1 for p and s; there is more than one answer.",
    "For all a and b, (a + b)^2 = a^2 + 2ab + b^2, which we use below.",
    "Let k = [3..5], s = [2..3] in what follows unless the table says otherwise.",
    "(Do not confuse 1 = 1.0 in floating point with an exact identity.)",
    "The GPU does [4..20] TFLOPs per second and has [8..24] GB of memory.",
    "Version 1.[1..9] (20[19..26]), corrected after the question in week [2..13].",
    "Everybody who got at least [4..8] of 10 points has passed; [60..95] % did.",
    "We write n for the number of inputs and f(x) = x^2 for the square.",
    "Layers 1, 2 and 3 are trained first, then 4-[5..9]; cf. Table [2..7].",
    "The learning rate goes from 0.1 to 0.001 in [30..90] epochs, see equation (3.[1..20]).",
)
_GERMAN = (
    "Abgabe bis [1..28].[1..12].20[18..26], 12.00 Uhr, Raum HG [10..40].[1..9].",
    "Siehe Kapitel [2..9].[1..9], Seiten [10..50]-[51..99].",
    "Aufgabe [2..9] ([2..9] Punkte), Rückfragen unter +41 44 [200..999] [10..99] [10..99].",
    "Es gilt ReLU(x) = max(0, x), also keine Parameter.",
    "Verhältnis Training zu Test [3..6]:1, Abb. 2 = das ganze Netz.",
    "Für alle a, b ist (a + b)^2 = a^2 + 2ab + b^2.",
)
_FRENCH = (
    "À rendre avant le [1..28].[1..12].20[18..26] à 18 h 30, salle [100..400].",
    "Voir la section [2..9].[1..9] du polycopié, pages [10..50] à [51..99].",
    "Exercice [2..9] ([2..9] points), durée [15..40] minutes environ.",
    "On rappelle que ReLU(x) = max(0, x).",
    "Figure 2 = le réseau complet.",
)


def some_of(lines: tuple[str, ...], chance: random.Random, number: int) -> list[str]:
    """Return so many of the lines, a number drawn for each range in them."""

    def drawn(found: re.Match[str]) -> str:
        return str(chance.randint(int(found[1]), int(found[2])))

    return [_RANGE.sub(drawn, line) for line in chance.sample(lines, number)]


def asides(chance: random.Random, number: int = 4) -> list[str]:
    """Return so many lines of plain English text."""
    return some_of(_ENGLISH, chance, number)


def in_german(chance: random.Random, number: int = 3) -> list[str]:
    """Return so many lines of plain German text."""
    return some_of(_GERMAN, chance, number)


def in_french(chance: random.Random, number: int = 3) -> list[str]:
    """Return so many lines of plain French text."""
    return some_of(_FRENCH, chance, number)


def in_html(lines: list[str]) -> list[str]:
    """Return lines with the special signs of HTML replaced."""
    return [line.replace("&", "&amp;").replace("<", "&lt;").replace("^2", "<sup>2</sup>") for line in lines]


def in_tex(lines: list[str]) -> list[str]:
    """Return lines with the special signs of LaTeX replaced, and formulas set as such."""
    formulas = {
        "ReLU(x) = max(0, x)": r"$\mathrm{ReLU}(x) = \max(0, x)$",
        "32 = floor((64 - 8 + 2p)/s) + 1": r"$32 = \lfloor (64 - 8 + 2p)/s \rfloor + 1$",
        "(a + b)^2 = a^2 + 2ab + b^2": "$(a+b)^2 = a^2 + 2ab + b^2$",
        "x = x + 1": r"\texttt{x = x + 1}",
        "f(x) = x^2": "$f(x) = x^2$",
    }
    made = []
    for line in lines:
        for plain, set_ in formulas.items():
            line = line.replace(plain, set_)
        made.append(line.replace("%", r"\%").replace("[12]", r"\cite{krizhevsky12}"))
    return made
