"""Receptive fields told in words: 'two stacked 3×3 convolutions see 5×5 pixels'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nnutils.lint.checks.field.clauses import clauses, running_text
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.sheets import Piece

__all__ = ["check_receptive_words"]

_MANY = {
    word: n
    for n, word in enumerate(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 2)
}
_COUNT = rf"(?:{'|'.join(_MANY)}|\d{{1,2}})"
_LAYERS = r"(?:conv(?:olution(?:al)?)?s?|layers?|kernels?|filters?)"
_SIDE = r"(?P<side>\d{1,3})(?:\s*(?:×|x|by)\s*(?P<other>\d{1,3}))?(?![\w.,]*\d|\s*[×x+·*/=−-])"
_SEES = (
    r"(?:(?:together|jointly|in\s+all|each|with|stride|1|have|has|a|the|effective|same|as"
    r"|single)[\s,()]+)*?"
    r"(?:sees?|covers?|looks?\s+at|reach(?:es)?|spans?|(?:receptive\s+)?field\s+(?:of|is|as)|as\s+"
    r"(?:an?|one)"
    r"|corresponds?\s+to|equivalent\s+to|replaces?)"
    r"\s+(?:(?:a|an|one|the|single|window|field|region|area|patch|square|input|size|of|is|receptive"
    r"|that)\s+)*"
)
_STACKED = re.compile(
    rf"\b(?P<many>{_COUNT})\s+(?:(?:stacked|consecutive|successive|such)\s+)*"
    rf"(?P<k>\d{{1,2}})\s*[×x]\s*(?P<k2>\d{{1,2}})\s+"
    rf"(?:(?:conv\w*|stride-1)\s+)*{_LAYERS}\b(?:\s*\(?,?(?:with\s+|of\s+|at\s+)?stride\s+1\)?,?)?"
    rf"(?:\s+(?:in\s+a\s+row|in\s+series|on\s+top\s+of\s+each\s+other|stacked"
    rf"|together))?,?\s+{_SEES}{_SIDE}",
    re.IGNORECASE,
)
_AND_MORE = re.compile(
    rf"[\s\w]{{0,12}}?(?:,|;|\band\b|\bwhile\b)+\s*(?:and\s+|while\s+)?(?P<many>{_COUNT})\s+"
    rf"(?:of\s+them\s+|such\s+layers\s+)?"
    rf"(?:see|cover|look\s+at|have|reach|span|already)?\s*(?:a\s+)?{_SIDE}",
    re.IGNORECASE,
)
_FIELD_OF = re.compile(
    rf"\breceptive\s+field\s+of\s+(?:a\s+stack\s+of\s+)?(?P<many>{_COUNT})\s+"
    rf"(?:stacked\s+)?(?P<k>\d{{1,2}})\s*[×x]\s*(?P<k2>\d{{1,2}})\s+"
    rf"(?:conv\w*\s+)*{_LAYERS}\b(?:\s*\(?,?\s*(?:with\s+|of\s+)?stride\s+1\)?,?)?\s*(?:is|has|=|:"
    rf"|equals|measures|amounts\s+to)\s*{_SIDE}",
    re.IGNORECASE,
)
_WINDOW = re.compile(
    r"(?P<k>\d{1,2})\s*[×x]\s*(?P<k2>\d{1,2})\s+(?:max[ -]?|average[ -]?)?(?P<kind>conv\w*|pool\w*)"
    r"(?:\s+layer)?(?:\s*\(?,?\s*(?:with\s+)?stride\s+(?P<s>\d)\)?)?",
    re.IGNORECASE,
)
_FIELD = re.compile(
    rf"\breceptive\s+field\s+(?:of|is|=|:|has|measures)\s*(?:size\s+|side\s+|about\s+)*{_SIDE}", re.IGNORECASE
)
_ANY_WINDOW = re.compile(r"\bconv|\bpool|\blayer", re.IGNORECASE)
_SPOILT = re.compile(r"dilat|atrous|\bor\b|instead|\bif\b|\bwould\b|transpos|upsampl|global", re.IGNORECASE)


def check_receptive_words(context: Context) -> Iterator[Finding]:
    """Judge the receptive field of layers that a sentence stacks.

    >>> from nnutils.lint import lint
    >>> one = lint("Three stacked 3×3 convolutions see a window of 9×9 pixels.").wrong[0]
    >>> one.stated, one.computed, one.why
    ('9×9', '7×7', '1 + 3 · (3 − 1) = 7.')
    """
    for piece in running_text(context):
        text = piece.text
        if not re.search(
            r"\bsees?\b|\bfield|\bcover|\blooks?\b|\breplace|\breach|\bspan|equivalent|correspond",
            text,
            re.IGNORECASE,
        ):
            continue
        for start, end in clauses(text):
            if _SPOILT.search(text, start, end):
                continue
            for pattern in (_STACKED, _FIELD_OF):
                for found in pattern.finditer(text, start, end):
                    yield from _stacked(context, piece, found, end)
            yield from _in_order(context, piece, start, end)


def _stacked(context: Context, piece: Piece, found: re.Match[str], end: int) -> Iterator[Finding]:
    kernel = int(found["k"])
    if found["k2"] != found["k"] or kernel < 2:
        return
    yield from _finding(context, piece, found, *_stack(found["many"], kernel))
    more = _AND_MORE.match(piece.text, found.end(), end)
    if more:
        yield from _finding(context, piece, more, *_stack(more["many"], kernel))


def _stack(many: str, kernel: int) -> tuple[int, str]:
    layers = _MANY.get(many.lower()) or int(many)
    side = 1 + layers * (kernel - 1)
    return side, f"1 + {layers} · ({kernel} − 1) = {side}."


def _in_order(context: Context, piece: Piece, start: int, end: int) -> Iterator[Finding]:
    """Judge the field of windows that are named one after another, with poolings among them."""
    text = piece.text
    windows = list(_WINDOW.finditer(text, start, end))
    stated = list(_FIELD.finditer(text, start, end))
    named = len(_ANY_WINDOW.findall(re.sub(r"(?i)(conv\w*|pool\w*)\s+layer", r"\1", text[start:end])))
    if len(windows) < 2 or len(stated) != 1 or named != len(windows):
        return
    if any(one["k"] != one["k2"] for one in windows) or stated[0].start() < windows[-1].end():
        return
    side, jump, work = 1, 1, ["1"]
    for one in windows:
        kernel = int(one["k"])
        side += (kernel - 1) * jump
        work.append(f"{kernel - 1} · {jump}")
        jump *= int(one["s"] or (kernel if one["kind"].lower().startswith("pool") else 1))
    yield from _finding(context, piece, stated[0], side, f"{' + '.join(work)} = {side}.")


def _finding(context: Context, piece: Piece, found: re.Match[str], side: int, work: str) -> Iterator[Finding]:
    stated = {int(one) for one in (found["side"], found["other"]) if one}
    right = stated == {side}
    start, end = found.start("side"), found.end("other") if found["other"] else found.end("side")
    text = piece.text[start:end]
    yield context.finding(
        piece, start, end, "receptive field", "right" if right else "wrong", stated=text,
        computed=re.sub(r"\d+", str(side), text), why="" if right else work,
    )  # fmt: skip
