"""Statements about layers in running text: 'conv1 has 34,848 weights', 'output of pool1: 27 × 27'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nnutils.lint.checks.networks.written_sizes import WrittenSize, written_size
from nnutils.lint.checks.tables.cells import NumberCell, number_cell
from nnutils.lint.checks.tables.column_roles import Role
from nnutils.lint.checks.tables.labels import LABEL, LayerLabel, label_at
from nnutils.lint.context import Context
from nnutils.lint.sheets import Piece

__all__ = ["Statement", "quantity_role", "statements_in"]

_WORDS: tuple[tuple[Role, str], ...] = (
    ("units", r"units|neurons|activations|nodes"),
    ("weights", r"weights"),
    ("biases", r"biases|bias terms|bias parameters"),
    ("parameters", r"parameters|params"),
    ("connections", r"connections|macs|multiply-(?:adds|accumulates)|mult-adds|multiplications"),
    ("operations", r"(?:floating[ -]point )?operations|flops"),
)
_QUANTITY = "|".join(f"(?P<{role}>{words})" for role, words in _WORDS)
_BARE = "|".join(words for _, words in _WORDS)
_OF = r"(?:\s+(?:in|of|for|at)\s+(?:the\s+)?(?P<of>[\w.\s-]{1,40}?))?"
_HEAD = re.compile(
    rf"(?<![\w-])(?:{_QUANTITY})\b(?:\s+in total)?(?:\s*\([^()\n]{{0,40}}\))?{_OF}"
    r"\s*(?::|=|≈|\bis\b|\bare\b|\bequals\b|→|(?P<aside>,\s*which\s+(?:is|are|makes?)\b))\s*",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?<![\w.,])\d[\d.,']*(?:\s?[kMGB]|\s+(?:million|thousand|billion))?"
    r"\s+(?:(?:trainable|learnable|learned|free|hidden)\s+)?$"
)
_STOPS = re.compile(
    r"(?:\s?[kMGB]\b|\s+(?:million|thousand|billion)\b)?[\s*`$]*(?:[.,;:)]|$|in total\b|and\b)"
)
_SIZE_HEAD = re.compile(
    r"(?<![\w-])(?P<side>output|input)(?:\s+(?:size|shape|volume|dimensions?|dimensionality|feature maps?))?"
    r"(?:\s+(?:in|of|for|at)\s+(?:the\s+)?(?P<of>[\w.\s-]{1,40}?))?"
    r"\s*(?::|=|\bis\b|\bhas (?:size|shape)\b|→)\s*(?:of size\s+)?",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?<![\w.,])"
    rf"(?P<number>\d[\d.,' \N{{NO-BREAK SPACE}}\N{{THIN SPACE}}\N{{NARROW NO-BREAK SPACE}}]{{0,24}}"
    r"(?:\s?(?:[kKMGB]|million|thousand|billion)\b)?)"
    rf"\s*(?:(?:trainable|learnable|learned|free|hidden|output|different|distinct)\s+)?(?:{_QUANTITY})\b",
    re.IGNORECASE,
)
_OF_LAYER = re.compile(r"\s+(?:in|of|for|at)\s+(?:the\s+)?", re.IGNORECASE)
_NETWORK = re.compile(r"(?:whole |entire |full )?(?:network|model|net)\b", re.IGNORECASE)
_RELATION = re.compile(r"[=≈→⇒]")
_WHOLE = re.compile(
    r"\d(?:\s+[^\W\d_]+)?\s+(?:out\s+)?(?:of|from)\s+(?:(?:the|all|its|these)\s+){0,2}$", re.IGNORECASE
)
"""What stands before the whole that a layer has a part of: 'conv1 has 120 of 480 parameters'."""
_OPERATOR = re.compile(r"[×*·/+−^⋅∗x(]\s*$|[-]\s*$")
_ENDS = re.compile(
    r"(?<=[\w)%*`$])[.;](?=\s|$)|,\s+(?=[^\W\d]|#)|\s(?:and|while|so|which|but|because)\s|\s\|\s"
)
_HYPOTHETICAL = re.compile(
    r"\b(?:per|each|every|more|fewer|less|additional|extra|times|would|could|should|if|instead|"
    r"reduc\w*|remain\w*|half|"
    r"most|least|without|except|exclud\w+|apart from|not counting|leaving out|"
    r"saves?|saving|only if|suppose|assum\w+|another|single|one)\b"
    r"|\ba (?:filter|kernel|unit|neuron)",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\b(?:total|in total|altogether|overall|all layers together|"
    r"in all(?=\s*[,.:;]|\s+\d|\s+(?:has|have|is|are|it|we|the network)\b)|"
    r"(?<!throughout the )(?<!across the )(?:whole|entire|full|complete) (?:network|model|net)|"
    r"(?:network|model|net) (?:has|contains|holds|counts|comprises))\b",
    re.IGNORECASE,
)
_INCLUDED_BEFORE = re.compile(
    r"\b(?P<word>includ(?:ing|es)|counting|with|as well as)\s+(?:all\s+)?(?:of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_INCLUDED_BEHIND = re.compile(r"\s*(?:layers?)?\s+(?:included|and all|too|counted(?: in)?)\b", re.IGNORECASE)
_WORTH_READING = re.compile(rf"\d.*(?:{_BARE}|output|input)|(?:{_BARE}|output|input).*\d", re.IGNORECASE)
_OPENING = re.compile(
    r"[\s>#*`$•+–-]*(?:\d{1,2}[.)]\s*|[(\[]?[a-z]{1,3}[)\]]\s*)?(?:the\s+)?(?:layer\s+)?", re.IGNORECASE
)
_AFTER_OPENING = re.compile(r"[\s*`$]*(?:\([^()]{0,60}\))?[\s*`$]*(?:[:–—|]|$|#)")
_GOES_ON = re.compile(
    r"\s*(?:it|its|they|this|the layer|that|there|so|hence|thus|therefore|#)\b|\s*#", re.IGNORECASE
)
_LONGEST = 4_000


@dataclass(frozen=True)
class Statement:
    """A stated count or size: of which layer (None for the whole network), which quantity, and its number."""

    label: LayerLabel | None
    role: Role
    number: NumberCell | None
    size: WrittenSize | None = None
    doubtful: bool = False


def quantity_role(text: str) -> Role | None:
    """Return the quantity that a word names.

    >>> quantity_role("Neurons"), quantity_role("MACs"), quantity_role("apples")
    ('units', 'connections', None)
    """
    return next((role for role, words in _WORDS if re.fullmatch(words, text.strip(), re.IGNORECASE)), None)


def statements_in(context: Context) -> Iterator[Statement]:
    """Find the statements about layers in running text, line by line.

    A line that begins with a layer says which one the lines below it are about, until other text follows.
    """
    current: LayerLabel | None = None
    told = -1  # how far a line is indented that names a layer and says its numbers at once
    for block in context.sheet.blocks:
        if not isinstance(block, Piece) or block.kind == "code":
            current = None
            continue
        place = 0
        for line in block.text.split("\n"):
            if line.strip() and len(line) <= _LONGEST:
                opening = _opening(line)
                worth = _WORTH_READING.search(line) is not None
                depth = len(line) - len(line.lstrip())
                found = list(_of_line(context, block, place, line, opening or current)) if worth else []
                if opening is None and depth <= told:
                    # 'parameters: 44,536' below 'conv1: 1,200 weights, 16 biases' may be the total
                    found = [replace(one, doubtful=one.doubtful or one.label is current) for one in found]
                if opening is not None:
                    told = depth if found else -1
                if opening is not None:
                    current = opening
                elif not found and re.search(r"[^\W\d_]{3}", line) and not _quantity_first(line):
                    current = None
                yield from found
            place += len(line) + 1


def _quantity_first(line: str) -> bool:
    return re.match(rf"[\s#*$\\•+-]*(?:number of\s+|no\.?\s*)?(?:{_BARE})\b", line, re.IGNORECASE) is not None


def _opening(line: str) -> LayerLabel | None:
    """Return the layer under which a line stands, as in 'Conv. layer 1: ...'."""
    start = _OPENING.match(line)
    found = LABEL.match(line, start.end() if start else 0)
    return label_at(found) if found and _AFTER_OPENING.match(line, found.end()) else None


def _of_line(
    context: Context, piece: Piece, place: int, line: str, current: LayerLabel | None
) -> Iterator[Statement]:
    named = _Labels(line, [(one.start(), one.end(), label_at(one)) for one in LABEL.finditer(line)], current)
    heads = list(_HEAD.finditer(line))
    taken: list[tuple[int, int]] = []
    for index, head in enumerate(heads):
        end = heads[index + 1].start() if index + 1 < len(heads) else len(line)
        begin, end = _value_span(line, head.end(), end)
        whole, label = named.at(head.start(), head["of"], line[head.start() : end])
        if label is None and not whole:
            continue
        number = number_cell(_part(piece, place + begin, place + end), context.style)
        if number is None or (head["aside"] and not _is_told_aside(line, head.start(), begin + number.end)):
            continue
        taken.append((head.start(), end))
        role = next(name for name, _ in _WORDS if head[name])
        clause = line[_clause_start(line, head.start()) : end]
        doubtful = _HYPOTHETICAL.search(clause) is not None
        yield Statement(label, role, _moved(number, piece, place + begin), None, doubtful)
    for head in _SIZE_HEAD.finditer(line):
        begin, end = _value_span(line, head.end(), len(line), sizes=True)
        whole, label = named.at(head.start(), head["of"], "")
        if label is None or (head["of"] is None and _labelled_output(line, head.start())):
            continue
        size = written_size(piece, place + begin, place + end, whole=False)
        if size is None:
            continue
        role = "output" if head["side"].lower() == "output" else "input"
        clause = line[_clause_start(line, head.start()) : end]
        yield Statement(label, role, None, size, _HYPOTHETICAL.search(clause) is not None)
    for found in _COUNT.finditer(line):
        begin, end = found.span("number")
        if any(low <= begin < high for low, high in taken):
            continue
        if _OPERATOR.search(line, max(0, begin - 4), begin) or _WHOLE.search(line, max(0, begin - 40), begin):
            continue
        of = _OF_LAYER.match(line, found.end())
        behind = LABEL.match(line, of.end()) if of else None
        clause = line[_clause_start(line, begin) : _clause_end(line, found.end())]
        whole, label = named.at(
            begin, behind[0] if behind else None, line[begin : _clause_end(line, found.end())]
        )
        if label is None and not whole:
            continue
        number = number_cell(_part(piece, place + begin, place + end), context.style)
        if number is None:
            continue
        role = next(name for name, _ in _WORDS if found[name])
        doubtful = _HYPOTHETICAL.search(clause) is not None
        yield Statement(label, role, _moved(number, piece, place + begin), None, doubtful)


@dataclass(frozen=True)
class _Labels:
    """The layers that a line names, and the one under which it stands."""

    line: str
    named: list[tuple[int, int, LayerLabel]]
    current: LayerLabel | None

    def at(self, place: int, of: str | None, behind: str) -> tuple[bool, LayerLabel | None]:
        """Return whether a statement at a place is about the whole network, else which layer it is about.

        That is the layer behind 'of', or the last one named before it in its sentence, or in the sentence
        before, if it goes on with 'it' and the like; or the one under which the line stands.
        """
        if of is not None and (found := LABEL.match(of)):
            return False, label_at(found)
        start = _clause_start(self.line, place)
        before = [
            (stop, label)
            for first, stop, label in self.named
            if stop <= place and not self._is_included(first, stop)
        ]
        inside = [label for stop, label in before if stop > start]
        if inside:
            return False, inside[-1]
        if _TOTAL.search(self.line[start:place] + behind):
            return True, None
        if of is not None:
            return _NETWORK.match(of) is not None, None
        if before and _GOES_ON.match(self.line, start):
            return False, before[-1][1]
        return False, self.current

    def _is_included(self, start: int, end: int) -> bool:
        """Return whether a layer is named only as counted in, as in 'the network, dense layers included'."""
        ahead = _INCLUDED_BEFORE.search(self.line[max(0, start - 40) : start])
        return ahead is not None or _INCLUDED_BEHIND.match(self.line, end) is not None


def _is_told_aside(line: str, start: int, end: int) -> bool:
    """Return whether 'parameters, which is 38 million' says how many: no number before, no noun behind."""
    return not _COUNTED.search(line, max(0, start - 40), start) and _STOPS.match(line, end) is not None


def _labelled_output(line: str, start: int) -> bool:
    """Return whether 'output' at this place is the name of the output layer, as in 'Output: # units'."""
    return not line[:start].strip(" \t*#$-•>")


def _value_span(line: str, begin: int, end: int, *, sizes: bool = False) -> tuple[int, int]:
    """Return where the value of a head stands: behind the last relation of its clause."""
    stop = _ENDS.search(line, begin, end)
    end = stop.start() if stop else end
    if not sizes or re.search(r"=\s*[\d(\[]", line[begin:end]):
        for relation in _RELATION.finditer(line, begin, end):
            begin = relation.end()
    return begin, end


def _clause_start(line: str, place: int) -> int:
    stops = [stop.end() for stop in re.compile(r"[.;]\s").finditer(line, max(0, place - 160), place)]
    return stops[-1] if stops else max(0, place - 160)


def _clause_end(line: str, place: int) -> int:
    stop = re.compile(r"[.;](?:\s|$)").search(line, place)
    return stop.start() if stop else len(line)


def _part(piece: Piece, begin: int, end: int) -> Piece:
    return Piece(piece.text[begin:end], piece.places[begin:end])


def _moved(number: NumberCell, piece: Piece, by: int) -> NumberCell:
    return NumberCell(
        piece, number.start + by, number.end + by, number.written, number.scale, number.suffix, number.unit
    )
