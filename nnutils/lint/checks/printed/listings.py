"""Lines about layers, one each, as code prints them: 'conv1: 16 maps of 38 x 38', '48 in all', a total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nnutils.lint.checks.networks.known_networks import judged_statements
from nnutils.lint.checks.networks.statements import Statement
from nnutils.lint.checks.networks.written_sizes import WrittenSize, written_size
from nnutils.lint.checks.tables.cells import NumberCell, number_cell
from nnutils.lint.checks.tables.labels import LABEL, LayerLabel, label_at
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.sheets import Piece

__all__ = ["check_listings", "listed_statements"]

_BEGIN = r"[\s>#*`$•+–-]*(?:\d{1,2}[.):]\s*|[(\[]\w{1,3}[)\]]\s*)?(?:the\s+)?(?:layer\s+)?"
_BEGINNING = re.compile(_BEGIN, re.IGNORECASE)
_BEHIND = re.compile(
    r"[\s*`\"')\]]*(?:[:=|,→]|-+>|=>|\s-\s|\.{2,}|\s{2,}|\b(?:gives|makes|has|outputs?|yields|is)\b)+\s*"
)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?!\d)|\d{1,7}"
_BY = r"\s*(?:[×xX*]|by)\s*"
_MAPS = re.compile(
    rf"(?P<maps>{_NUMBER})\s+(?:(?:output|feature|different)[ -]?)*"
    r"(?:maps|channels|planes|features|images|pictures)\s+"
    rf"(?:of|with|each|at|,)\s*(?:size\s+|each\s+)*(?P<high>{_NUMBER}){_BY}(?P<wide>{_NUMBER})(?!\s*[×x*]?\s*\d)",
    re.IGNORECASE,
)
_SHAPE = re.compile(
    r"(?:(?:output|out|shape|size|torch\.Size|TensorShape)\b[\s:=]*\(?)*(?=[(\[]\s*(?:\d|None|-1))",
    re.IGNORECASE,
)
_IN_ALL = re.compile(
    rf"(?<![\w.,])(?P<number>{_NUMBER})\s+(?:in all|in total|altogether|together|overall|total)\b"
    rf"|\b(?:in all|in total|altogether|together|total|sum)\s*[:=]?\s*(?P<after>{_NUMBER})(?![\w.,]*\d)",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"^[\s>*#`-]*(?:(?:total|all|sum|number of|in all|overall|trainable|model|network)\s+)*(?:of\s+)?"
    r"(?:parameters?|params?|weights and biases)(?:\s+(?:in total|in all|total|altogether))?"
    r"\s*(?:[:=]|->|→)\s*(?P<number>\S.*)$",
    re.IGNORECASE,
)
_FEWEST = 2


@dataclass
class _Lines:
    """What the lines of a piece have listed so far."""

    labels: list[LayerLabel] = field(default_factory=list)
    sum: int = 0


def check_listings(context: Context) -> Iterator[Finding]:
    """Judge what lines state that begin with a layer each, and the total below them.

    >>> from nnutils.lint import lint
    >>> code = "    net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Conv2d(8, 4, 3))\\n\\n"
    >>> lines = "conv1: 216 weights, 8 biases, 224 in all\\nconv2: 288 weights, 4 biases, 292 in all\\n"
    >>> [one.computed for one in lint(f"{code}{lines}parameters: 561").wrong]
    ['516']
    """
    statements = list(listed_statements(context))
    if statements:
        yield from judged_statements(context, statements)


def listed_statements(context: Context) -> Iterator[Statement]:
    """Yield what lines that begin with a layer state about it, and the total behind them."""
    lines = _Lines()
    for piece in context.sheet.blocks:
        if not isinstance(piece, Piece) or piece.kind in ("code", "heading"):
            lines = _Lines()
            continue
        place = 0
        for line in piece.text.split("\n"):
            if line.strip() and len(line) < 300:
                listed = len(lines.labels)
                yield from _of_line(context, piece, place, line, lines)
                if len(lines.labels) == listed:  # a total stands right below the list
                    lines = _Lines()
            place += len(line) + 1


def _of_line(context: Context, piece: Piece, place: int, line: str, lines: _Lines) -> Iterator[Statement]:
    begin = _BEGINNING.match(line)
    found = LABEL.match(line, begin.end() if begin else 0)
    behind = _BEHIND.match(line, found.end()) if found else None
    if found is None or behind is None:
        yield from _total(context, piece, place, line, lines)
        return
    label = label_at(found)
    if maps := _MAPS.match(line, behind.end()):
        yield Statement(label, "output", None, _maps(piece, place, maps))
    elif shape := _SHAPE.match(line, behind.end()):
        size = written_size(piece, place + shape.end(), place + len(line), whole=False)
        if size is not None and size.channels_first:
            yield Statement(label, "output", None, size)
    if re.search(r"\bweights?\b", line, re.IGNORECASE) and re.search(r"\bbias", line, re.IGNORECASE):
        counted = _IN_ALL.search(line, behind.end())
        group = "number" if counted and counted["number"] else "after"
        number = _cell(context, piece, place, counted.span(group)) if counted else None
        if number is not None:
            lines.labels.append(label)
            lines.sum += int(number.value)
            yield Statement(label, "parameters", number)


def _total(context: Context, piece: Piece, place: int, line: str, lines: _Lines) -> Iterator[Statement]:
    """Yield the number of all parameters below a list of layers with theirs."""
    found = _TOTAL.match(line)
    if found is None or len(lines.labels) < _FEWEST:
        return
    number = _cell(context, piece, place, found.span("number"))
    if number is not None:
        # the sum of what is listed is judged by the network only if that has the listed layers alone
        yield Statement(None, "parameters", number, doubtful=number.value == lines.sum)


def _maps(piece: Piece, place: int, found: re.Match[str]) -> WrittenSize:
    spots = [found.span(name) for name in ("maps", "high", "wide")]
    numbers = tuple(int(found[name].replace(",", "")) for name in ("maps", "high", "wide"))
    moved = tuple((place + low, place + high) for low, high in spots)
    return WrittenSize(piece, moved[0][0], moved[-1][1], numbers, moved, True)


def _cell(context: Context, piece: Piece, place: int, span: Sequence[int]) -> NumberCell | None:
    low, high = place + span[0], place + span[1]
    cell = number_cell(Piece(piece.text[low:high], piece.places[low:high]), context.style)
    if cell is None:
        return None
    return NumberCell(
        piece, cell.start + low, cell.end + low, cell.written, cell.scale, cell.suffix, cell.unit
    )
