"""The text of a piece as tokens: numbers, words, signs, brackets, relations, and where each stands."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from nnutils.lint.language.signs import RELATIONS, SIGNS
from nnutils.lint.numbers import Style, number_at
from nnutils.lint.sheets import Piece
from nnutils.slips.precision import WrittenNumber

__all__ = ["Kind", "Token", "tokens_of"]

Kind = Literal["number", "word", "sign", "relation", "open", "close", "mark", "ellipsis", "percent", "end"]
"""``mark`` is punctuation, ``end`` the end of a line that may end a statement too."""


class Token(NamedTuple):
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


_MARKS = re.compile("|".join(map(re.escape, sorted([*RELATIONS, *SIGNS], key=len, reverse=True))))
_FIRST_OF_MARKS = frozenset(mark[0] for mark in (*RELATIONS, *SIGNS))
_PLAIN: dict[str, Kind] = {
    **dict.fromkeys("([{⌊⌈", "open"), **dict.fromkeys(")]}⌋⌉", "close"), "%": "percent", "|": "sign",
}  # fmt: skip
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
_FIRST_OF_ABBREVIATIONS = frozenset("aAcCdDeEiImMpPrRtTvVzZ\u0130\u0131")  # the last two are kinds of i
_TIMES = re.compile(r"[xX](?=\d)")
_TIMES_AGAIN = re.compile(r"[xX](?=\d+[xX]\d)")  # 128x128x64 x5x5x64; but '2 x1' is a product with a name
_WIDE = re.compile(r"\t|   |\N{EN SPACE}")
_BLANK = re.compile(r"[^\S\n\u2003]+")
_MEMORY = re.compile(r"[kKMG]i?B")
_BINDING = frozenset("lim limsup liminf sup inf argmax argmin max min".split())  # 'lim_{x → 0}' is no name
# Code behind Python's prompt.
_PROMPT = re.compile(r"^[ \t]*>>>[^\n]*(?:\n[ \t]*\.\.\.[^\n]*)*", re.MULTILINE)
_SHIFT = re.compile(r"<{2,}(?!=)|>{2,}(?!=)")  # no relations: shifts, calculator marks, quotation marks
_DATE = re.compile(
    r"(?<![\w/])(?:\d{1,2}/\d{1,2}/\d{4}|\d{4}/\d{2}/\d{2}|\d{4}-\d{2}-\d{2})(?![\w/])", re.ASCII
)
_PERCENT = re.compile(
    r"(?:percent|per cent|pct|Prozent|pour ?cent|por ciento|per cento)\b(?! points?)", re.IGNORECASE
)
_ALIGNED = re.compile(r"\s*[=≈≃≤≥]")
_CODE = re.compile(
    r"(?<!\w)(?=[\w=]*\d[A-DF-WYZ]\d)[0-9A-Z]+(?:=[0-9A-Z]*)+(?!\w)"
)  # '4I5=1X7=4D': an alignment
_RANGE = re.compile(r"~\d")  # 1~10: from 1 to 10
_WHOLE_QUOTIENT = re.compile(r"//\s*(?:\(|\w\b|\d+\b(?!\s*[^\W\d_]{2}))")  # no remark: 55 // 55 rows
_ELLIPSIS = re.compile(r"…|⋯|\.\.\.+|\. \. \.")


def _is_around_a_sign(text: str, place: int, before: Sequence[Token]) -> bool:
    """Whether a wide blank stands at the relation of aligned formulas, not between two of them."""
    return bool(before and before[-1].kind == "relation") or _ALIGNED.match(text, place) is not None


def tokens_of(piece: Piece, style: Style) -> list[Token]:
    """Return the tokens of a piece.

    The letter x between two numbers is a sign, in 55x55 as in 11 x 11; so is * everywhere.

    >>> from nnutils.lint.numbers import ENGLISH
    >>> from nnutils.lint.sheets import piece_of
    >>> [token.text for token in tokens_of(piece_of("55x55 × k_1 ≈ 1.2M, fine"), ENGLISH)]
    ['55', '×', '55', '×', 'k_1', '≈', '1.2', 'M', ',', 'fine']
    """
    text, found, place = piece.text, list[Token](), 0
    formula = _formulas(piece) if piece.formulas else None
    quoted = _quotation_marks(text) if "'" in text else ()
    elided = "'" in text or "’" in text
    wide, length, last = False, len(text), -1
    while place < length:
        if text[place].isspace() and (blank := _BLANK.match(text, place)):
            place = blank.end()
            wide = blank.end() - blank.start() > 1 or text[place - 1] != " "
            wide = wide and _WIDE.search(blank[0]) is not None
            continue
        if text[place] == "\N{EM SPACE}" and _is_around_a_sign(text, place, found):
            place += 1
            continue
        if elided and (article := _ELISION.match(text, place)):
            place, wide = article.end(), False
            continue
        if place in quoted:
            read: _Read = ("mark", '"', place + 1, None)
        else:
            read = _next(text, place, style, found)
        kind, sign, end, number = read
        inside = formula(place) if formula is not None else 0
        found.append(Token(kind, sign, place, end, last == place, inside, number, wide))
        place = last = end
        wide = False
    return _with_times(_with_bytes(_with_scales(_with_nouns(_without_stops(found)))))


def _quotation_marks(text: str) -> set[int]:
    return {place for found in _QUOTED.finditer(text) for place in (found.start(), found.end() - 1)}


def _formulas(piece: Piece) -> Callable[[int], int]:
    """Return a function that says which formula of a piece a place is in, from 1; 0 for none."""
    starts = [start for start, _ in piece.formulas]

    def formula(place: int) -> int:
        number = bisect_right(starts, place)
        return number if number and place < piece.formulas[number - 1][1] else 0

    return formula


_Read = tuple[Kind, str, int, WrittenNumber | None]
"""What a token is, its text, where it ends, and the number that it is."""


def _next(text: str, place: int, style: Style, before: list[Token]) -> _Read:
    """Read one token. Its first character says what it may be: few patterns are tried at each place."""
    sign = text[place]
    if sign.isalnum():
        return _letters_or_digits(text, place, style, before)
    after = place + 1
    if sign == "\n":
        return "end", sign, after, None
    if sign in "<>" and (code := _code(text, place)):
        return "mark", ";", code, None
    if sign == "\N{EM SPACE}":  # between formulas beside each other
        return "mark", ";", after, None
    if sign in ".…⋯" and (ellipsis := _ELLIPSIS.match(text, place)):
        return "ellipsis", "…", ellipsis.end(), None
    if sign in ".," and sign == style.decimal and _decimals(text, place):
        return _number(text, place, style)
    if sign == "~" and before and _RANGE.match(text, place):
        if (before[-1].kind == "number" and before[-1].end == place) or _behind_an_item(before):
            return "mark", ";", after, None
    if text.startswith("//", place) and not (before and _WHOLE_QUOTIENT.match(text, place)):
        return "mark", ";", place + 2, None
    if text.startswith("<-", place) and text[place + 2 : place + 3].isspace():  # of R, and of pseudocode
        return "mark", ";", place + 2, None
    if sign in _FIRST_OF_MARKS and (mark := _MARKS.match(text, place)):
        if mark[0] == "≡" and "mod" in text.lower():  # a congruence: 14 ≡ 0 (mod 7)
            return "relation", "≡", mark.end(), None
        if mark[0] in RELATIONS:
            return "relation", RELATIONS[mark[0]], mark.end(), None
        return "sign", SIGNS[mark[0]], mark.end(), None
    return _PLAIN.get(sign, "mark"), sign, after, None


def _behind_an_item(before: list[Token]) -> bool:
    """Whether a comma stands last, and behind a number alone: in '[4.3, ~3.8]' the sign means 'about'."""
    if len(before) < 2 or before[-1].text != "," or before[-2].kind != "number":
        return False
    return len(before) == 2 or before[-3].text in (",", ";", "[", "(", "{", "≈")


def _letters_or_digits(text: str, place: int, style: Style, before: list[Token]) -> _Read:
    sign = text[place]
    last = before[-1] if before else None
    if sign.isdigit():
        if date := _DATE.match(text, place) or _CODE.match(text, place):
            return "word", date[0], date.end(), None
        if sign == "0" and (hexadecimal := _HEXADECIMAL.match(text, place)):
            return "word", hexadecimal[0], hexadecimal.end(), None
        if sign.isascii():
            return _number(text, place, style)
    if sign in _FRACTIONS:
        return "number", sign, place + 1, WrittenNumber(sign, _FRACTIONS[sign], None, 1)
    if sign in _RAISED and last is not None and last.end == place:
        end = place
        while end < len(text) and text[end] in _RAISED:
            end += 1
        digits = "".join(_RAISED[one] for one in text[place:end])
        return "sign", f"^{digits}", end, None
    if sign in "xX" and last is not None and last.kind in ("number", "close"):
        if (_TIMES if last.end == place else _TIMES_AGAIN).match(text, place):
            return "sign", "×", place + 1, None
    if sign in _FIRST_OF_ABBREVIATIONS and (short := _ABBREVIATION.match(text, place)):
        return "word", short["scale"] or _plain(short[0]), short.end(), None
    if sign in "pP" and last is not None and last.kind == "number":
        if percent := _PERCENT.match(text, place):
            return "percent", "%", percent.end(), None
    if word := _WORD.match(text, place):
        if "_" in word[0] and word[0].partition("_")[0] in _BINDING:
            return "sign", "∫", word.end(), None
        return "word", word[0].replace("−", "-"), word.end(), None
    return "mark", sign, place + 1, None


def _plain(short: str) -> str:
    """Return an abbreviation in one way of writing it: 'i.e.' for 'i. e.', "c'est-à-dire" with hyphens."""
    return re.sub(r"\s", "", short) if "." in short else short.replace("’", "'").replace(" ", "-")


def _code(text: str, place: int) -> int:
    """Return where code behind a prompt, or a run of << or >>, ends; 0 where none begins."""
    line = text.rfind("\n", 0, place) + 1
    if text[place] == ">" and not text[line:place].strip() and text[place + 1 : place + 2] not in (">", "="):
        return place + 1  # the prompt of a console, or a quotation
    found = (not text[line:place].strip() and _PROMPT.match(text, line)) or _SHIFT.match(text, place)
    return found.end() if found else 0


def _decimals(text: str, place: int) -> bool:
    """Whether a decimal without its zero begins here: .5"""
    return text[place + 1 : place + 2].isdigit() and not (
        place and (text[place - 1].isalnum() or text[place - 1] == ".")
    )


def _number(text: str, place: int, style: Style) -> _Read:
    number = number_at(text, place, style)
    if number is None:
        end = place
        while end < len(text) and (text[end].isalnum() or text[end] in ".,"):
            end += 1
        return "mark", "0", max(end, place + 1), None
    return "number", text[place : number.end], number.end, number.written


def _with_bytes(tokens: list[Token]) -> list[Token]:
    """Read the letter B between a number and an amount of memory as a unit: 657,668 × 4 B = 2.63 MB."""
    return [
        token._replace(text="bytes")
        if token.text == "B"
        and 0 < index < len(tokens) - 3
        and tokens[index - 1].kind == "number"
        and tokens[index + 1].kind == "relation"
        and tokens[index + 2].kind == "number"
        and _MEMORY.fullmatch(tokens[index + 3].text)
        else token
        for index, token in enumerate(tokens)
    ]


def _with_nouns(tokens: list[Token]) -> list[Token]:
    """Read a noun of two words behind a number as one: 729 multiply-adds, 12 trainable feature-maps."""
    made: list[Token] = []
    for token in tokens:
        two = made[-2:]
        if (
            len(two) == 2
            and two[1].text == "-"
            and two[1].close
            and token.close
            and not token.formula
            and _is_long_word(two[0])
            and _is_long_word(token)
            and any(one.kind == "number" for one in made[-4:-2])
        ):
            made[-2:] = [two[0]._replace(text=f"{two[0].text}-{token.text}", end=token.end)]
        else:
            made.append(token)
    return made


def _is_long_word(token: Token) -> bool:
    return token.kind == "word" and len(token.text) > 2 and token.text.isalpha()


def _with_scales(tokens: list[Token]) -> list[Token]:
    """Read the letter of a scale as one that touches its number, where that is about so many: ~ 3 M."""
    return [
        token._replace(close=True)
        if token.text in ("M", "G")
        and not token.formula
        and index > 1
        and tokens[index - 1].kind == "number"
        and tokens[index - 2].text == "≈"
        else token
        for index, token in enumerate(tokens)
    ]


def _without_stops(tokens: list[Token]) -> list[Token]:
    """Leave out the stop of a word cut short between a number and a sign: 6,272 el. x 96, 12 par. * 4."""
    stops = {
        index
        for index in range(2, len(tokens) - 2)
        if tokens[index].text == "." and tokens[index].close and _is_sign_between(tokens, index + 1)
        if any(one.kind in ("number", "close") for one in tokens[index - 2 : index - 1])
        and tokens[index - 1].kind == "word"
    }
    return [one for index, one in enumerate(tokens) if index not in stops] if stops else tokens


def _is_sign_between(tokens: list[Token], index: int) -> bool:
    """Whether a sign or a relation that no sentence begins with has an operand behind it."""
    token, after = tokens[index], tokens[index + 1]
    sign = token.text in ("*", "×", "/", "x", "X") or (token.kind == "relation" and token.text in "=≈")
    return sign and not token.close and after.kind in ("number", "open", "word")


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
            made[index] = token._replace(kind="sign", text="×")
        # '3 kernels x 4': a word between
        elif (
            alone
            and before.kind == "word"
            and after.kind == "number"
            and (len(before.text) > 2 or not (token.close or after.close))
            and not token.formula
        ):
            made[index] = token._replace(kind="sign", text="×")
    return made
