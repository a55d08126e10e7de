"""The text of a piece as tokens: numbers, words, signs, brackets, relations, and where each stands."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from nnutils.lint.numbers import Style, number_at
from nnutils.lint.sheets import Piece
from nnutils.slips.precision import WrittenNumber

__all__ = ["Kind", "Token", "tokens_of"]

Kind = Literal["number", "word", "sign", "relation", "open", "close", "mark", "ellipsis", "percent", "end"]
"""``mark`` is punctuation, ``end`` the end of a line that may end a statement too."""


@dataclass(frozen=True)
class Token:
    """A token from ``start`` to ``end`` of a piece's text; ``text`` is normal: every minus is '-'.

    ``close`` says that it touches the token before, ``wide`` that much room is left between the two.
    ``formula`` is the number of the formula that it is part of, from 1; 0 in running text.
    """

    kind: Kind
    text: str
    start: int
    end: int
    close: bool = False
    formula: int = 0
    number: WrittenNumber | None = None
    wide: bool = False


_RELATIONS = {
    "==": "=", ":=": ":=", "=>": "→", "->": "→", "-->": "→", "==>": "→", "<=": "≤", ">=": "≥", "!=": "≠",
    "~=": "≈", "=": "=", "≈": "≈", "≃": "≈", "≅": "≈", "∼": "≈", "~": "≈", "<": "<", ">": ">", "≤": "≤",
    "≥": "≥", "≦": "≤", "≧": "≥", "≠": "≠", "≪": "<", "≫": ">", "→": "→", "⇒": "→", "⟹": "→", "⟶": "→",
    "↦": "→", "≡": "=", "≐": "≈", "≜": ":=", "≔": ":=", "∈": "∈", "∝": "∝", "⇔": "⇔", "←": ":=", "⟺": "⇔",
    "∉": "∈", "⊂": "∈",
}  # fmt: skip
_SIGNS = {
    "**": "^", "//": "//", "+": "+", "-": "-", "−": "-", "–": "-", "‐": "-", "*": "*", "×": "×", "·": "*",
    "⋅": "*", "∙": "*", "∗": "*", "•": "*", "/": "/", "÷": "/", "∕": "/", "⁄": "/", "^": "^", "∧": "^",
    "±": "±", "@": "@",
    "√": "√", "!": "!", "∑": "∑", "∏": "∏", "#": "#", "⊙": "@", "⊗": "@", "∂": "∂", "∇": "∂", "∫": "∫",
    "∘": "@", "∞": "∞", "′": "′", "'": "′", "⊤": "⊤",
}  # fmt: skip
_MARKS = re.compile("|".join(map(re.escape, sorted([*_RELATIONS, *_SIGNS], key=len, reverse=True))))
_OPEN, _CLOSE = "([{⌊⌈", ")]}⌋⌉"
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
_FRACTIONS = {sign: Fraction(unicodedata.numeric(sign)).limit_denominator(10) for sign in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"}
# A name: letters with accents, then lowered parts, digits that belong to it, letters again.
_WORD = re.compile(
    r"[^\W\d_](?:[^\W_⁰¹²³⁴⁵⁶⁷⁸⁹]|[\u0300-\u036f\u20d7]|(?<=[^\W\d_])['’](?=[a-z]{1,2}\b))*"
    r"(?:_(?:\{[^{}]{0,40}\}|[^\W_]+(?:_[^\W_]+)*|−?\d+)|\^\((?:\d|[a-z])\)(?=_))*"
)
_HEXADECIMAL = re.compile(r"(?<!\w)0[xX][0-9a-fA-F]+\b(?!\s*[xX×*]\s*\d)")
_ABBREVIATION = re.compile(
    r"(?<!\w)(?:i\.\s?e\.|e\.\s?g\.|d\.\s?h\.|z\.\s?B\.|c\.-à-d\.|c['’]est[- ]à[- ]dire\b"
    r"|pour[- ]cent\b|(?:approx|ca|resp|incl|conv|vs)\.(?=\s)"
    r"|(?P<scale>Mio|Mrd|Mia|Tsd|mln|mld)\.(?=\s+[^\W\d_]))",
    re.IGNORECASE,
)
# What French and Italian leave of an article before a vowel: l'entrée, d'environ, dell'ultimo.
_ELISION = re.compile(
    r"(?<!\w)(?:[cdjlmnst]|qu|un|dell|all|nell|sull)['’](?!est[- ]à[- ]dire)(?=[^\W\d_]{2})", re.IGNORECASE
)
_QUOTED = re.compile(r"(?<![\w'’)\]])'(?=\S)[^'\n]*(?<=\S)'(?![\w'])")  # quotation marks, no primes
_TIMES = re.compile(r"[xX](?=\d)")
_WIDE = re.compile(r"\t|   |\N{EN SPACE}")
_BLANK = re.compile(r"[^\S\n\u2003]+")
_BINDING = frozenset("lim limsup liminf sup inf argmax argmin max min".split())  # 'lim_{x → 0}' is no name
_PROMPT = re.compile(
    r"^[ \t]*>>>[^\n]*(?:\n[ \t]*\.\.\.[^\n]*)*", re.MULTILINE
)  # code behind Python's prompt
_SHIFT = re.compile(r"<{2,}(?!=)|>{2,}(?!=)")  # no relations: shifts, calculator marks, quotation marks
_DATE = re.compile(
    r"(?<![\w/])(?:\d{1,2}/\d{1,2}/\d{4}|\d{4}/\d{2}/\d{2}|\d{4}-\d{2}-\d{2})(?![\w/])", re.ASCII
)
_PERCENT = re.compile(
    r"(?:percent|per cent|pct|Prozent|pour ?cent|por ciento|per cento)\b(?! points?)", re.IGNORECASE
)
_RANGE = re.compile(r"~\d")  # 1~10: from 1 to 10
_WHOLE_QUOTIENT = re.compile(r"//\s*(?:\(|\w\b|\d+\b(?!\s*[^\W\d_]{2}))")  # no remark: 55 // 55 rows
_ELLIPSIS = re.compile(r"…|⋯|\.\.\.+|\. \. \.")


def tokens_of(piece: Piece, style: Style) -> list[Token]:
    """Return the tokens of a piece.

    The letter x between two numbers is a sign, in 55x55 as in 11 x 11; so is * everywhere.

    >>> from nnutils.lint.numbers import ENGLISH
    >>> from nnutils.lint.sheets import piece_of
    >>> [token.text for token in tokens_of(piece_of("55x55 × k_1 ≈ 1.2M, fine"), ENGLISH)]
    ['55', '×', '55', '×', 'k_1', '≈', '1.2', 'M', ',', 'fine']
    """
    text, found, place = piece.text, list[Token](), 0
    formula = _formulas(piece)
    wide = False
    quoted = {place for found in _QUOTED.finditer(text) for place in (found.start(), found.end() - 1)}
    while place < len(text):
        blank = _BLANK.match(text, place) or _ELISION.match(text, place)
        if blank:
            place = blank.end()
            wide = _WIDE.search(blank[0]) is not None
            continue
        token = (
            Token("mark", '"', place, place + 1)
            if place in quoted
            else _next(text, place, style, found, piece)
        )
        if token is not None:
            close = bool(found) and found[-1].end == place
            found.append(
                Token(token.kind, token.text, place, token.end, close, formula(place), token.number, wide)
            )
            place = token.end
        else:
            place += 1
        wide = False
    return _with_times(found)


def _formulas(piece: Piece) -> Callable[[int], int]:
    """Return a function that says which formula of a piece a place is in, from 1; 0 for none."""
    starts = [start for start, _ in piece.formulas]

    def formula(place: int) -> int:
        number = bisect_right(starts, place)
        return number if number and place < piece.formulas[number - 1][1] else 0

    return formula


def _next(text: str, place: int, style: Style, before: list[Token], piece: Piece) -> Token | None:
    sign = text[place]
    last = before[-1] if before else None
    touching = last is not None and last.end == place
    if sign == "\n":
        return Token("end", "\n", place, place + 1)
    if sign in "<>" and (code := _code(text, place)):
        return Token("mark", ";", place, code)
    if sign == "\N{EM SPACE}":  # between formulas beside each other
        return Token("mark", ";", place, place + 1)
    if ellipsis := _ELLIPSIS.match(text, place):
        return Token("ellipsis", "…", place, ellipsis.end())
    if sign.isdigit() and (date := _DATE.match(text, place)):
        return Token("word", date[0], place, date.end())
    if hexadecimal := _HEXADECIMAL.match(text, place):
        return Token("word", hexadecimal[0], place, hexadecimal.end())
    if (
        sign.isdigit()
        and sign.isascii()
        or (sign in ".," and sign == style.decimal and _decimals(text, place))
    ):
        return _number(text, place, style)
    if sign in _FRACTIONS:
        return _fraction(sign, place)
    if sign in _RAISED and touching:
        end = place
        while end < len(text) and text[end] in _RAISED:
            end += 1
        digits = "".join(_RAISED[one] for one in text[place:end])
        return Token("sign", f"^{digits}", place, end)
    if last is not None and last.kind in ("number", "close") and _TIMES.match(text, place):
        return Token("sign", "×", place, place + 1)
    if short := _ABBREVIATION.match(text, place):
        return Token("word", short["scale"] or _plain(short[0]), place, short.end())
    if last is not None and last.kind == "number" and (percent := _PERCENT.match(text, place)):
        return Token("percent", "%", place, percent.end())
    if word := _WORD.match(text, place):
        return _word(word, place)
    if sign == "~" and touching and last is not None and last.kind == "number" and _RANGE.match(text, place):
        return Token("mark", ";", place, place + 1)
    if text.startswith("//", place) and not (last and _WHOLE_QUOTIENT.match(text, place)):
        return Token("mark", ";", place, place + 2)
    if mark := _MARKS.match(text, place):
        if mark[0] == "≡" and "mod" in piece.text.lower():  # a congruence: 14 ≡ 0 (mod 7)
            return Token("relation", "≡", place, mark.end())
        if mark[0] in _RELATIONS:
            return Token("relation", _RELATIONS[mark[0]], place, mark.end())
        return Token("sign", _SIGNS[mark[0]], place, mark.end())
    if sign in _OPEN:
        return Token("open", sign, place, place + 1)
    if sign in _CLOSE:
        return Token("close", sign, place, place + 1)
    if sign == "%":
        return Token("percent", "%", place, place + 1)
    if sign == "|":
        return Token("sign", "|", place, place + 1)
    return Token("mark", sign, place, place + 1)


def _plain(short: str) -> str:
    """Return an abbreviation in one way of writing it: 'i.e.' for 'i. e.', "c'est-à-dire" with hyphens."""
    return re.sub(r"\s", "", short) if "." in short else short.replace("’", "'").replace(" ", "-")


def _code(text: str, place: int) -> int:
    """Return where code behind a prompt, or a run of << or >>, ends; 0 where none begins."""
    line = text.rfind("\n", 0, place) + 1
    found = (not text[line:place].strip() and _PROMPT.match(text, line)) or _SHIFT.match(text, place)
    return found.end() if found else 0


def _decimals(text: str, place: int) -> bool:
    """Whether a decimal without its zero begins here: .5"""
    return text[place + 1 : place + 2].isdigit() and not (
        place and (text[place - 1].isalnum() or text[place - 1] == ".")
    )


def _number(text: str, place: int, style: Style) -> Token:
    number = number_at(text, place, style)
    if number is None:
        end = place
        while end < len(text) and (text[end].isalnum() or text[end] in ".,"):
            end += 1
        return Token("mark", "0", place, max(end, place + 1))
    end = number.end
    return Token("number", text[place:end], place, end, number=number.written)


def scaled(written: WrittenNumber, factor: Fraction, text: str) -> WrittenNumber:
    """Return a number times a scale: 1.2 million promises its second digit, and 60M two."""
    unit = factor * (1 if written.unit is None else written.unit)
    return WrittenNumber(text, written.value * factor, unit, max(written.significant, 1))


def _fraction(sign: str, place: int) -> Token:
    value = _FRACTIONS[sign]
    return Token("number", sign, place, place + 1, number=WrittenNumber(sign, value, None, 1))


def _word(found: re.Match[str], place: int) -> Token:
    if found[0].partition("_")[0] in _BINDING and "_" in found[0]:
        return Token("sign", "∫", place, found.end())
    return Token("word", found[0].replace("−", "-"), place, found.end())


def _with_times(tokens: list[Token]) -> list[Token]:
    """Read the letter x between two operands as a sign, where it stands apart: 11 x 11, 3 x (4 + 5)."""
    made = list(tokens)
    for index in range(1, len(tokens) - 1):
        token, before, after = tokens[index], tokens[index - 1], tokens[index + 1]
        alone = token.kind == "word" and token.text in ("x", "X")
        if (
            alone
            and before.kind in ("number", "close")
            and after.kind in ("number", "open")
            and not (token.formula and token.close)
        ):
            made[index] = replace(token, kind="sign", text="×")
        # '3 kernels x 4': a word between
        elif (
            alone
            and before.kind == "word"
            and after.kind == "number"
            and len(before.text) > 2
            and not token.formula
        ):
            made[index] = replace(token, kind="sign", text="×")
    return made
