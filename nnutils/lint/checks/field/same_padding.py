"""The padding that keeps a size: 'same padding for 5 × 5: p = 2'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from nnutils.core.worked import Worked
from nnutils.lint.checks.field.clauses import clauses, running_text
from nnutils.lint.checks.field.settings import Setting, settings_in
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.sheets import Piece
from nnutils.slips import explain

__all__ = ["check_same_padding"]

_KEEPS = re.compile(
    r"\b(?:keeps?|keeping|preserves?|preserving|maintains?|retains?)\b[^.;]{0,40}\b(?:size|dimensions?|resolution)\b"
    r"|\bsame\b[\"'”]?[ -](?:(?:zero[ -]?)?padding|convolution|mode)|\bsame (?:size|spatial size)\b",
    re.IGNORECASE,
)
_ELSE = re.compile(
    r"transpos|\b(?:not|cannot|doesn.t|unlike|valid|full|total|left|right|halve)\b", re.IGNORECASE
)


def check_same_padding(context: Context) -> Iterator[Finding]:
    """Judge each padding that is said to keep the size of the input under a kernel.

    >>> from nnutils.lint import lint
    >>> [(one.verdict, one.computed) for one in lint("Same padding for a 7 × 7 kernel: p = 2.").judged]
    [('wrong', '3')]
    """
    for piece in running_text(context):
        if not _KEEPS.search(piece.text):
            continue
        for start, end in clauses(piece.text):
            said = _KEEPS.search(piece.text, start, end)
            if said is None or _ELSE.search(piece.text, start, end):
                continue
            found = [one for one in settings_in(piece.text, start, end) if one.value != "same"]
            kernels, paddings = _told(found, "kernel") or _told(found, "bare"), _told(found, "padding")
            strides = {one.value for one in _told(found, "stride")}
            if len(kernels) == len(paddings) == 1 and strides <= {(1,)} and not _told(found, "output"):
                one = _judged(context, piece, said.span(), kernels[0], paddings[0], _told(found, "dilation"))
                if one is not None:
                    yield one


def _told(found: list[Setting], role: str) -> list[Setting]:
    return [one for one in found if one.role == role and isinstance(one.value, tuple)]


def _numbers(one: Setting) -> tuple[int, ...]:
    return one.value if isinstance(one.value, tuple) else ()


def _judged(
    context: Context,
    piece: Piece,
    said: tuple[int, int],
    kernel: Setting,
    padding: Setting,
    dilations: list[Setting],
) -> Finding | None:
    sizes = (
        {*_numbers(kernel)[:2]},
        {*_numbers(padding)},
        {n for one in dilations for n in _numbers(one)} or {1},
    )
    if any(len(one) > 1 for one in sizes):
        return None
    (k,), (p,), (d,) = sizes
    exact = Fraction(d * (k - 1), 2)
    if exact.denominator > 1:
        return None  # an even reach needs one pixel more on one side; nobody agrees on how to tell that
    right = (Worked(d, "dilation") * (Worked(k, "kernel_size") - 1) // 2).named("padding")
    verdict: Verdict = "right" if p == exact else "wrong"
    return context.finding(
        piece,
        min(said[0], kernel.start, padding.start),
        max(said[1], kernel.end, padding.end),
        "same padding",
        verdict,
        stated=str(p),
        computed=str(int(exact)),
        why=f"{right.work}.",
        slips=() if p == exact else tuple(slip.sentence for slip in explain(right, str(p))[:2]),
    )
