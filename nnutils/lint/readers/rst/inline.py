"""A paragraph of reStructuredText in plain notation: formulas, literals, references, emphasis, escapes."""

from __future__ import annotations

import re

from nnutils.lint.readers.latex import formula_strand
from nnutils.lint.readers.latex.scripts import scripts_strand
from nnutils.lint.readers.placed import Placed, Strand, Writer
from nnutils.lint.sheets import Piece, PieceKind

__all__ = ["formula_pieces", "text_pieces"]

_BEFORE = r"(?<![^\s'\"(\[{<\-/:–—])"  # what may stand before markup, and behind it
_BEHIND = r"(?![^\s'\")\]}>\-/:.,;!?\\–—])"
_INLINE = re.compile(
    rf"\\(?P<escaped>(?s:.))|{_BEFORE}(?:"
    rf"``(?P<literal>[^\s`](?:(?:(?!``)(?s:.)){{0,2000}}?[^\s])?)``{_BEHIND}"
    r"|:(?P<role>[a-zA-Z][\w:.+-]{0,40}):`(?P<inside>[^`]{1,2000})`"
    rf"|`(?P<link>[^`\s][^`]{{0,500}})`(?P<suffix>:math:|_{{0,2}}){_BEHIND}"
    rf"|\[(?:\#?\w{{0,40}}|\*)\]_{_BEHIND}"
    rf"|\|(?P<substitution>[^|\s][^|\n]{{0,80}})\|_{{0,2}}{_BEHIND}"
    rf"|\*\*(?P<strong>[^\s*](?:(?:(?!\*\*)(?s:.)){{0,2000}}?[^\s*\\])?)\*\*{_BEHIND}"
    rf"|\*(?P<emphasis>[^\s*](?:[^*]{{0,2000}}[^\s*\\])?)\*{_BEHIND}"
    rf"|(?P<target>[^\W_][\w-]{{0,80}})__?(?![\w]){_BEHIND})"
)
_TITLED = re.compile(r"(?P<title>(?s:.*?))\s*<[^<>]*>\s*")
_SILENT_ROLES = frozenset("cite cite:p cite:t footcite ref numref eq doc download raw".split())
_SCRIPTS = ("sub", "subscript", "sup", "superscript")


def text_pieces(source: Placed, kind: PieceKind = "text") -> list[Piece]:
    r"""Return a paragraph as a piece, and after it a piece for each label that stands on its formulas.

    >>> from nnutils.lint.readers.placed import placed
    >>> [piece.text for piece in text_pieces(placed(r"**Weights:** :math:`11 \times 3`, so ``5*3`` = *15*"))]
    ['Weights: 11 × 3, so 5*3 = 15']
    """
    writer, apart = Writer(), list[Strand]()
    _write(source, writer, apart)
    made = [writer.piece(kind)]
    for label in apart:
        writer.strand(label)
        made.append(writer.piece(kind))
    return [piece for piece in made if piece.text]


def formula_pieces(source: Placed, kind: PieceKind = "text") -> list[Piece]:
    """Return a displayed formula as a piece, and after it a piece for each label on it."""
    writer = Writer()
    strand, labels = formula_strand(source)
    writer.formula(strand)
    made = [writer.piece(kind)]
    for label in labels:
        writer.strand(label)
        made.append(writer.piece(kind))
    return [piece for piece in made if piece.text]


def _write(source: Placed, writer: Writer, apart: list[Strand]) -> None:
    last = 0
    for found in _INLINE.finditer(source.text):
        start, end = found.span()
        if start < last:
            continue
        writer.copy(source[last:start])
        last = end
        if found["escaped"] is not None:
            if not found["escaped"].isspace():
                writer.copy(source[start + 1 : end])
        elif found["role"]:
            _role(source, found, writer, apart)
        elif found["link"] is not None and found["suffix"] == ":math:":
            _formula(source[found.start("link") : found.end("link")], writer, apart)
        else:
            for name in ("strong", "emphasis"):
                if found[name] is not None:
                    _write(source[found.start(name) : found.end(name)], writer, apart)
            for name in ("literal", "link", "target", "substitution"):
                if found[name] is not None:
                    low, high = _title(found, name)
                    writer.copy(source[low:high])
    writer.copy(source[last:])


def _role(source: Placed, found: re.Match[str], writer: Writer, apart: list[Strand]) -> None:
    role = found["role"].lower()
    low, high = found.span("inside")
    if role == "math":
        _formula(source[low:high], writer, apart)
    elif role in _SCRIPTS:
        inside: Strand = [(sign, source.place(low + at)) for at, sign in enumerate(found["inside"])]
        lowered, raised = ([inside], []) if role.startswith("sub") else ([], [inside])
        writer.strand(scripts_strand(writer.last, lowered, raised))
    elif role not in _SILENT_ROLES or _TITLED.fullmatch(found["inside"]):
        writer.copy(source[slice(*_title(found, "inside"))])


def _formula(part: Placed, writer: Writer, apart: list[Strand]) -> None:
    strand, labels = formula_strand(part)
    writer.formula(strand)
    apart += labels


def _title(found: re.Match[str], name: str) -> tuple[int, int]:
    """Return where the text of a reference stands, without its target: title <target>."""
    start, end = found.span(name)
    titled = _TITLED.fullmatch(found[name]) if name in ("link", "inside") else None
    return (start, start + titled.end("title")) if titled and titled["title"] else (start, end)
