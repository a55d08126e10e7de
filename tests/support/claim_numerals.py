"""The numerals of a statement as typeset, and those of the expression that transcribes it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from fractions import Fraction

Numerals = Counter[Fraction]

NUMERAL = re.compile(r"\d+(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?|\.\d+", re.ASCII)
EQUALS = re.compile(r"=|\\approx|\\Leftrightarrow|\\iff|\\Rightarrow|≈")
# Digits that are no numbers: the index of a letter, also in words; the mark of a layer, as in W^{(1)}.
NAMES = re.compile(
    r"_\s*(?:\{[^{}]*\}|\\text\{[^{}]*\}|\w)"
    r"|\^\s*\{?\s*(?:\\\w+\s*)?[(\[]\s*\d+\s*[)\]]\s*T?\s*\}?"
    r"|\\text(?:tt|rm)?\{[^{}]*\}|\\mathrm\{[^{}]*\}"
    r"|(?<![\\\w.])[A-Za-z]+\d+(?:\.\d+)?(?![\w])"
)


def typeset(text: str) -> Numerals:
    """Return the numerals of LaTeX without those that belong to a name: 3x_1^{2} has 3 and 2."""
    plain = text.replace(r"\,", "").replace("{,}", ",").replace(r"\cdot", " ").replace(r"\times", " ")
    while (shorter := NAMES.sub(" ", plain)) != plain:
        plain = shorter
    return Counter(Fraction(numeral.replace(",", "")) for numeral in NUMERAL.findall(plain))


def transcribed(expression: str) -> Numerals:
    """Return the numerals of an expression without those that are part of a name."""
    nodes = ast.walk(ast.parse(expression.strip(), mode="eval"))
    return Counter(Fraction(repr(node.value)) for node in nodes if isinstance(node, ast.Constant))


def sides(text: str) -> list[str]:
    """Return what an equation says to be equal, each side by itself."""
    return EQUALS.split(text)


def same_numerals(stated: str, expression: str) -> bool:
    """Say whether one side of a typeset equation has exactly the numerals of the expression."""
    wanted = transcribed(expression)
    parts = sides(stated)
    return any(typeset(part) == wanted for part in parts) or typeset(stated) == wanted
