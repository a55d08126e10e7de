r"""Raised and lowered parts of LaTeX in plain notation: x_1, W_{in}, 2^(10), f'."""

from __future__ import annotations

import re

from nnutils.lint.readers.placed import Strand, strand_text, trimmed

__all__ = ["scripts_strand"]

_INDEX = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ORDINALS = ("st", "nd", "rd", "th")
_DEGREES = ("∘", "°")
_PRIMES = re.compile("[′']+")


def scripts_strand(base: str, lowered: list[Strand], raised: list[Strand]) -> Strand:
    """Return the scripts of a base: lowered ones, then an index in brackets, which is no power, then powers.

    Each script begins with the place of its mark.

    >>> strand_text(scripts_strand("w", [[("i", 2)]], [[("(2)", 4), ("T", 5)]]))
    '_i_{(2)}^(T)'
    """
    made: Strand = []
    for script in lowered:
        text = strand_text(script).strip()
        if len(text) == 1 and text.isalnum():
            made += [("_", script[0][1]), *trimmed(script)]
        elif text:
            made += [("_{", script[0][1]), *_one_line(trimmed(script)), ("}", script[-1][1])]
    named = bool(made) or base[-1:].isalpha() or _is_accent(base[-1:])
    powers: Strand = []
    for script in raised:
        text = strand_text(script).strip()
        index = _INDEX.match(text) if named else None
        if index:
            count = len(index[0])
            inside = trimmed(_single(script))
            made += [("_{", script[0][1]), *inside[:count], ("}", inside[count - 1][1])]
            script, text = inside[count:], text[count:]
        if _PRIMES.fullmatch(text):
            powers += [("'" * len(sign), place) for sign, place in trimmed(script)]
        elif text in _DEGREES:
            powers += [("°", script[-1][1])]
        elif text in _ORDINALS and base[-1:].isdigit():
            powers += script
        elif text:
            powers += [("^(", script[0][1]), *_one_line(trimmed(script)), (")", script[-1][1])]
    return made + powers


def _is_accent(sign: str) -> bool:
    return bool(sign) and ("\u0300" <= sign <= "\u036f" or sign == "\u20d7")


def _single(strand: Strand) -> Strand:
    return [(sign, place) for text, place in strand for sign in text]


def _one_line(strand: Strand) -> Strand:
    return [(", " if text == "\n" else text, place) for text, place in strand]
