"""Whole numbers made of the number before them: '35.25 ⟶ 35 (floor)', '35.7, rounded down to 35'."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.language import Token
from nnutils.lint.language.phrases import ABOUT, FILLING, ROUNDED_DOWN, ROUNDED_UP, SAME
from nnutils.lint.sheets import Piece

__all__ = ["check_whole_results"]

_NEAREST = re.compile(r"round|gerundet|arrondi|redond|arrotond|afgerond", re.IGNORECASE)
_MARKS = frozenset((",", ";", ":", "(", ")", "[", "]", "–", "—", "-", "!", "⌊", "⌈"))
_BETWEEN = (
    ABOUT
    | SAME
    | FILLING
    | frozenset(
        """
    rounded rounding round down off up it that to we cut truncated floor floored ceil drop the fraction
    remainder becomes nearest whole integer number part and then use keep take has side pixels units
    abgerundet aufgerundet gerundet auf und wird
    arrondi arrondie à l'entier inférieur supérieur on
    redondeado redondeando hacia abajo arriba queda parte entera
    arrotondato per difetto eccesso intera
    on vers bas haut entier défaut excès redondeada redondeamos redondea para baixo cima
    """.split()
    )
)
_LONGEST = 9
_BEHIND = re.compile(
    r"\s*(?:[^\W\d_]{1,10}\s*)?[(\[,:–—!-][^\n.;=]{0,40}|\s*(?!of\b|on\b|in\b|at\b)[^\n.;=]{0,12}"
)
"""A remark behind a number; without a mark before it only what follows at once."""
_OPERATED = ("sign", "percent", "ellipsis")
_FARTHEST = 3


def check_whole_results(context: Context) -> Iterator[Finding]:
    """Judge each whole number that is made of the number with decimals before it.

    >>> from nnutils.lint import lint
    >>> one = lint("So (171 − 5)/4 + 1 = 42.5 → 43 (floor).").wrong[0]
    >>> one.stated, one.computed, one.why
    ('43', '42', '42.5 rounded down is 42.')
    """
    for piece in context.sheet.pieces():
        if piece.kind == "code":
            continue
        tokens = context.tokens(piece)
        for place, token in enumerate(tokens):
            if token.number is not None and token.number.value.denominator != 1:
                found = _judged(context, piece, tokens, place)
                if found is not None:
                    yield found


def _judged(context: Context, piece: Piece, tokens: Sequence[Token], place: int) -> Finding | None:
    whole = _whole_behind(tokens, place)
    if whole is None:
        return None
    exact, stated = tokens[place], tokens[whole]
    assert exact.number is not None and stated.number is not None
    value = exact.number.value
    sign = -1 if place and tokens[place - 1].text == "-" and tokens[place - 1].kind == "sign" else 1
    if sign < 0:
        return None
    behind = _BEHIND.match(piece.text, stated.end)
    said = piece.text[exact.end : stated.start]
    arrow = any(one.kind == "relation" for one in tokens[place + 1 : whole])
    if arrow and behind is not None:  # '3.5 and 2 (rounded)' are two numbers
        said += f" {behind[0]}"
    for pattern, rounded, words in (
        (ROUNDED_DOWN, math.floor, "rounded down"),
        (ROUNDED_UP, math.ceil, "rounded up"),
        (_NEAREST, _nearest, "rounded"),
    ):
        if pattern.search(said):
            right, how = int(rounded(value)), words
            break
    else:
        if not arrow or stated.number.value not in (math.floor(value), math.ceil(value)):
            return None
        right, how = int(stated.number.value), ""
    holds = stated.number.value == right
    if not holds and how == "rounded" and stated.number.value == math.floor(value):
        return None  # sizes are cut where people say 'rounded'
    computed = str(right)
    return context.finding(
        piece, exact.start, stated.end, "rounding", "right" if holds else "wrong",
        stated=piece.text[stated.start : stated.end], computed=computed,
        why="" if holds else f"{exact.text} {how} is {computed}.", at=stated.start,
    )  # fmt: skip


def _nearest(value: Fraction) -> int:
    return math.floor(value + Fraction(1, 2))


def _whole_behind(tokens: Sequence[Token], place: int) -> int | None:
    """Return where the whole number stands that is made of the one at a place."""
    if place + 1 < len(tokens) and tokens[place + 1].kind in _OPERATED:
        return None
    linked = False
    for index in range(place + 1, min(place + _LONGEST, len(tokens))):
        token = tokens[index]
        if token.kind == "number":
            break
        if token.kind == "word" and token.text.lower() not in _BETWEEN:
            return None
        if token.kind == "relation" and token.text not in "→≈":
            return None
        if token.kind not in ("word", "relation", "end") and token.text not in _MARKS:
            return None
        linked |= token.kind in ("word", "relation")
    else:
        return None
    number, exact = tokens[index].number, tokens[place].number
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if (
        not linked
        or number is None
        or exact is None
        or number.value.denominator != 1
        or number.unit not in (None, 1)
    ):
        return None
    if after is not None and after.kind in _OPERATED and after.text not in "×x*·-–!":
        return None
    return index if "." not in tokens[index].text or number.value >= _FARTHEST else None
