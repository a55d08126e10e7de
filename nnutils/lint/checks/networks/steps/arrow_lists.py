"""Lists of layers with arrows, 'conv1 (5×5, stride 2, 20 filters) → 113×113×20', as tables of layers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nnutils.lint.checks.tables.labels import layer_label
from nnutils.lint.context import Context
from nnutils.lint.sheets import Piece, Table

__all__ = ["arrow_lists"]

_ARROW = r"(?:→|⇒|➔|⟶|-+>|=>)"
_SIZE = r"\d[\d,.'’ \u00a0\u2009\u202f]*(?:\s*[×xX*]\s*\d+)*"
_ROW = re.compile(
    rf"[\s>*•–-]*(?P<layer>(?:(?!{_ARROW})[^\n=]){{2,80}}?)\s*{_ARROW}\s*(?P<size>{_SIZE})"
    r"(?:\s+(?:numbers?|values?|units?|neurons?|nodes?|features?|entries|inputs?|outputs?))?[\s.,;]*"
)
_INPUT = re.compile(
    r"[\s>*•–-]*(?P<layer>(?:the\s+)?(?:inputs?|pictures?|images?)(?:\s+(?:size|picture|image))?)\s*"
    rf"(?::|{_ARROW}|=|\bis\b|\bof\b)\s*(?P<size>\d+\s*[×xX*]\s*\d+(?:\s*[×xX*]\s*\d+)?)(?:\s+pixels?)?[\s.,;]*",
    re.IGNORECASE,
)
_FLAT = ("flatten", "flattened", "flattening")
_FEWEST = 2
_LONGEST = 160


def arrow_lists(context: Context) -> Iterator[Table]:
    """Yield each run of lines in which an arrow leads from a layer to the size of its output, as a table.

    >>> from nnutils.lint import lint
    >>> rows = ["picture: 30×30×3", "conv1 (3×3, stride 1, 8 filters) → 28×28×8"]
    >>> rows += ["pool1 (2×2, stride 2) → 14×14×8", "conv2 (3×3, stride 1, 4 filters) → 21×21×4"]
    >>> text = "\\n".join(f"- {row}" for row in [*rows, "flatten → 576"])
    >>> [(one.line, one.stated, one.computed) for one in lint(text).wrong]
    [(4, '21×21×4', '12×12×4')]
    """
    run: list[tuple[Piece, Piece]] = []
    for block in context.sheet.blocks:
        if not isinstance(block, Piece) or block.kind in ("code", "heading", "output"):
            yield from _table(run)
            run = []
            continue
        at = 0
        for line in block.text.split("\n"):
            row = _row(block, line, at) if len(line) <= _LONGEST else None
            at += len(line) + 1
            if row is not None:
                run.append(row)
            elif line.strip():
                yield from _table(run)
                run = []
    yield from _table(run)


def _row(piece: Piece, line: str, at: int) -> tuple[Piece, Piece] | None:
    found = _INPUT.fullmatch(line)
    if found is None:
        found = _ROW.fullmatch(line)
        if found is None:
            return None
        label = layer_label(found["layer"])
        if found["layer"].strip().lower() not in _FLAT and (
            label is None or not re.search(r"[×xX*]", found["size"]) and label.kind not in ("conv", "pool")
        ):
            return None  # 'fc1 → 1000' is what the layer is given
    return _part(piece, at, found.span("layer")), _part(piece, at, found.span("size"))


def _part(piece: Piece, at: int, span: tuple[int, int]) -> Piece:
    start, end = at + span[0], at + span[1]
    text = piece.text[start:end].rstrip(" ,.;:")
    return Piece(text, piece.places[start : start + len(text)], (), piece.kind)


def _table(run: Sequence[tuple[Piece, Piece]]) -> Iterator[Table]:
    windows = sum("×" in size.text or "x" in size.text.lower() for _, size in run)
    if len(run) >= _FEWEST and windows:
        first = run[0][0].places[:1] or (0,)
        heads = tuple(Piece(text, first * len(text)) for text in ("Layer", "Output"))
        yield Table((heads, *run), 1)
