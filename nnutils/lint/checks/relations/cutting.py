"""Results that a sheet says are cut to a whole number: '(71 + 10 - 8)/2 + 1 = 37 (rounded down)'."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from fractions import Fraction

from nnutils.lint.checks.relations.judging import Judged
from nnutils.lint.language import Side
from nnutils.lint.language.phrases import ROUNDED_DOWN, ROUNDED_UP
from nnutils.lint.sheets import Piece

__all__ = ["cut_off"]

_BEHIND = re.compile(r"[^\n.;=]{0,60}")


def cut_off(piece: Piece, left: Side, right: Side, judged: Judged) -> Judged:
    """Return the verdict on a whole number that words behind it, or before its side, say was rounded."""
    if right.node is None or right.node.number is None or judged.value is None:
        return judged
    stated = right.node.number
    ahead = piece.text[max(0, left.start - 40) : left.start].rsplit("\n")[-1]
    behind = _BEHIND.match(piece.text, right.end)
    said = ahead + (behind[0] if behind else "")
    value = judged.value.nominal
    if not judged.value.exact or stated.value.denominator != 1 or value.denominator == 1:
        return judged
    for pattern, whole in ((ROUNDED_DOWN, math.floor), (ROUNDED_UP, math.ceil)):
        if pattern.search(said):
            cut = Fraction(whole(value))
            note = f"Rounded {'down' if whole is math.floor else 'up'}: {int(cut)}."
            return replace(
                judged, verdict="right" if stated.value == cut else "wrong", computed=str(int(cut)), note=note
            )
    return judged
