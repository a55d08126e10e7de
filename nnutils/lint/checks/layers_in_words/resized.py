"""Sizes changed without a kernel, in words: padded, upsampled, made larger by a transposed convolution."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from nnutils.lint.checks.field.clauses import clauses, running_text
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.sheets import Piece

__all__ = ["check_resized"]

_SIDES = r"(?P<{0}>\d{{1,4}})\s*(?:×|x|by)\s*(?P<{0}2>\d{{1,4}})(?!\d|\s*[×x+·*/=-]\s*\d|[.,]\d)"
_BEFORE, _AFTER = _SIDES.format("a"), _SIDES.format("b")
_MAKES = (
    r"(?:becomes?|gives?|yields?|results?\s+in|makes?|leads?\s+to|is\s+then|to|into|turns\s+into|is"
    r"|has|→|->|=)"
    r"\s+(?:(?:an?|the|size|of|image|map)\s+)*"
)
_PADDED = re.compile(
    rf"{_BEFORE}(?P<said>[^.;]{{0,80}}?)\b{_MAKES}{_AFTER}",
    re.IGNORECASE,
)
_PAD = re.compile(
    r"(?:\bpadded\s+(?:by|with)|\bwith|\bby)\s+(?P<n>\d{1,2}|a|one|two|three)\s*"
    r"(?:pixels?|zeros?|rows?)?\s*"
    r"(?:of\s+(?:zero[ -]?)?padding\s+)?(?:on|at|around|to)\s+(?:each|every|all|both)\b",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\bup-?sampl\w*(?:\s+layer)?\s+(?:by|with)\s+(?:an?\s+|the\s+)?(?:factor|scale)\s*"
    r"(?:of\s+)?(?P<n>\d)[^.;\d]{0,30}?"
    rf"{_BEFORE}\s+{_MAKES}{_AFTER}",
    re.IGNORECASE,
)
_TRANSPOSED = re.compile(
    rf"\b(?:transposed\s+conv|deconv)\w*\b(?P<said>[^.;]{{5,90}}?)\b(?:maps|turns|takes|enlarges"
    rf"|brings|on)\s+(?:the\s+)?"
    rf"{_BEFORE}\s+{_MAKES}{_AFTER}",
    re.IGNORECASE,
)
_SETTING = {
    "kernel": re.compile(
        r"\bkernels?\s+(?:size\s+)?(?:of\s+)?(?P<n>\d{1,2})|\b(?P<m>\d{1,2})\s*[×x]\s*\d{1,2}", re.IGNORECASE
    ),
    "stride": re.compile(r"\bstride\s*(?:of\s+|=\s*)?(?P<n>\d)(?P<m>(?!))?", re.IGNORECASE),
    "padding": re.compile(r"\bpad(?:ding)?\s*(?:of\s+|=\s*)?(?P<n>\d)|\b(?P<m>no)\s+padding", re.IGNORECASE),
}
_WORDS = {"a": 1, "one": 1, "two": 2, "three": 3, "no": 0}
_OTHER = re.compile(r"\b(?:conv|kernel|filter|pool|strid|dilat|crop|output[ _]padding)", re.IGNORECASE)


def check_resized(context: Context) -> Iterator[Finding]:
    """Judge the size that a picture has after padding, upsampling or a transposed convolution.

    >>> from nnutils.lint import lint
    >>> one = lint("An input of 13×13 padded by 1 on each side becomes 14×14.").wrong[0]
    >>> one.stated, one.computed, one.why
    ('14×14', '15×15', '13 + 2 · 1 = 15.')
    """
    for piece in running_text(context):
        if not re.search(r"pad|sampl|transpos|deconv", piece.text, re.IGNORECASE):
            continue
        for start, end in clauses(piece.text):
            yield from _padded(context, piece, start, end)
            for found in _UP.finditer(piece.text, start, end):
                yield from _finding(context, piece, found, partial(_times, int(found["n"])))
            for found in _TRANSPOSED.finditer(piece.text, start, end):
                yield from _transposed(context, piece, found)


def _wider(pad: int, side: int) -> tuple[int, str]:
    return side + 2 * pad, f"{side} + 2 · {pad}"


def _times(factor: int, side: int) -> tuple[int, str]:
    return factor * side, f"{factor} · {side}"


def _padded(context: Context, piece: Piece, start: int, end: int) -> Iterator[Finding]:
    text = piece.text
    pads = list(_PAD.finditer(text, start, end))
    if "pad" not in text[start:end].lower() or len(pads) != 1 or _OTHER.search(text, start, end):
        return
    pad = _number(pads[0]["n"])
    for found in _PADDED.finditer(text, start, end):
        if pads[0].start() < found.start("b"):
            yield from _finding(context, piece, found, partial(_wider, pad))


def _transposed(context: Context, piece: Piece, found: re.Match[str]) -> Iterator[Finding]:
    told = {role: list(pattern.finditer(found["said"])) for role, pattern in _SETTING.items()}
    if any(len(one) != 1 for one in told.values()) or "output" in found["said"].lower():
        return
    kernel, stride, padding = (_number(one[0]["n"] or one[0]["m"]) for one in told.values())
    yield from _finding(
        context, piece, found,
        partial(_widened, kernel, stride, padding),
    )  # fmt: skip


def _widened(kernel: int, stride: int, padding: int, side: int) -> tuple[int, str]:
    made = (side - 1) * stride - 2 * padding + kernel
    return made, f"({side} − 1) · {stride} − 2 · {padding} + {kernel}"


def _number(text: str) -> int:
    return _WORDS[text.lower()] if text.lower() in _WORDS else int(text)


def _finding(
    context: Context, piece: Piece, found: re.Match[str], made: Callable[[int], tuple[int, str]]
) -> Iterator[Finding]:
    sides = [made(int(found[name])) for name in ("a", "a2")]
    right = [int(found[name]) for name in ("b", "b2")] == [side for side, _ in sides]
    start, end = found.start("b"), found.end("b2")
    stated = piece.text[start:end]
    numbers = iter(str(side) for side, _ in sides)
    yield context.finding(
        piece, start, end, "output size", "right" if right else "wrong", stated=stated,
        computed=re.sub(r"\d+", lambda _: next(numbers), stated),
        why="" if right else f"{sides[0][1]} = {sides[0][0]}.",
    )  # fmt: skip
