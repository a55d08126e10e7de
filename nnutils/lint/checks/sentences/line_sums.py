"""Sums of what one line lists: 'e⁰ = 1, e¹ ≈ 2.718, e² ≈ 7.389', and behind it or below 'Σ ≈ 11.107'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nnutils.lint.checks.tables.cells import NumberCell, clean, number_cell
from nnutils.lint.checks.tables.labels import layer_label
from nnutils.lint.checks.tables.sums import Addend, Sum, judged_sum
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.sheets import Piece

__all__ = ["check_line_sums"]

_APART = re.compile(
    r"[,;](?=\s)\s*(?:(?:and|und|et|y|e|so|also|donc)\s)?|\s(?:and|und|et)\s|\t|\s{3,}|\.\s|\N{EM SPACE}"
)
_SUM = re.compile(
    r"[\s(>•*$-]*(?:(?:and|und|et|so|with|mit|their|the|ihre|die|la|leur)\s+)*(?:[A-Z]\s*=\s*)?"
    r"(?:[Σ∑]|(?:sum|total|summe|gesamt|zusammen|together|altogether|somme|suma|somma|soma|totale|nenner"
    r"|denominator|normali[sz]er)(?!\w))"
    r"(?:\s*(?:of|the|these|all|them|three|four|exponentials|exponentialen|powers|terms"
    r"|numbers|values|der|des|von"
    r"|exp|e\s?\^|e(?=[ᶻˣ])|[_^(){}ᵢⱼᶻˣ]|[ijkzx](?![^\W_])))*"
    r"\s*(?:[=:≈≃~→]|\b(?:is|are|ist|est|es|è|of)\b|(?<=\w)(?=\s))\s*(?=[≈~\d−+-])",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"[\s(]*(?:(?:and|which|they|these|so|together)\s+)*(?:add up to|adds up to|sum to"
    r"|sums to|sum up to|together make)"
    r"\s+",
    re.IGNORECASE,
)
_TERM = re.compile(r"[\s(>•*$-]*(?P<label>[^=≈≃:\n]{1,40}?)\s*(?:[=≈≃:]|≈)")
_ADDED_UP = frozenset(("e", "exp", "p", "weights", "parameters", "params", "biases", "units", "connections"))
_LONGEST = 400
_MOST = 24


@dataclass(frozen=True)
class _Term:
    label: str
    cell: NumberCell
    line: int


def check_line_sums(context: Context) -> Iterator[Finding]:
    """Judge a sum that stands behind the terms that a line lists, or directly below them.

    It is wrong only where the terms are of one sort, such as powers of e; else it may be about other numbers.

    >>> from nnutils.lint import lint
    >>> one = lint("e⁰ = 1, e¹ ≈ 2.718, e² ≈ 7.389\\nΣ ≈ 11.701").findings[0]
    >>> one.verdict, one.computed
    ('wrong', '11.107')
    """
    run: list[_Term] = []
    number = 0
    for block in context.sheet.blocks:
        if not isinstance(block, Piece) or block.kind in ("heading", "code"):
            run = []
            continue
        if len(block.text) > _LONGEST * _MOST:
            continue
        place = 0
        for line in block.text.split("\n"):
            number += 1
            begin = place
            place += len(line) + 1
            if not line.strip():
                continue
            if len(line) > _LONGEST:
                run = []
                continue
            for start, end in _parts(line):
                found = _SUM.match(line, start, end) or (run and _ENDING.match(line, start, end)) or None
                if found is not None and not (found.end() == end):
                    stated = _cell(context, block, begin + found.end(), begin + end)
                    if stated is not None:
                        yield from _judged(context, run, stated)
                    run = []
                    continue
                term = _TERM.match(line, start, end)
                cell = _cell(context, block, begin + term.end(), begin + end) if term else None
                if term is None or cell is None:
                    run = []
                    continue
                run = [*run[-_MOST:], _Term(term["label"], cell, number)]


def _parts(line: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a line between commas and the like, without those in brackets."""
    begin, depth, seen = 0, 0, 0
    for found in _APART.finditer(line):
        depth += sum((sign in "([{") - (sign in ")]}") for sign in line[seen : found.start()])
        seen = found.start()
        if depth <= 0:
            if line[begin : found.start()].strip():
                yield begin, found.start()
            begin = found.end()
    if line[begin:].strip(" .;,"):
        yield begin, len(line.rstrip(" .;,"))


def _cell(context: Context, piece: Piece, start: int, end: int) -> NumberCell | None:
    part = Piece(piece.text[start:end], piece.places[start:end])
    return number_cell(part, context.style)


def _judged(context: Context, run: Sequence[_Term], stated: NumberCell) -> Iterator[Finding]:
    if len(run) < 2:
        return
    last = [one for one in run if one.line == run[-1].line]
    if len(last) < 2:
        return  # one below another: lists of lines are judged elsewhere
    readings = [_sum(last)]
    if len(last) < len(run):
        readings.append(_sum(run))
    alike = _alike([one.label for one in last])
    found = judged_sum(context, stated, readings, sure=alike)
    if found.verdict in ("right", "rounded", "wrong"):
        yield found


def _sum(terms: Sequence[_Term]) -> Sum:
    return Sum("what is listed before it", tuple(Addend(one.label, one.cell) for one in terms))


def _alike(labels: Sequence[str]) -> bool:
    """Whether the labels are of one sort, of which a sum is hardly one of other things."""
    texts = [clean(label) for label in labels]
    if all(layer_label(text) for text in texts):
        return True
    stems = {_stem(text) for text in texts}
    return len(stems) == 1 and stems <= _ADDED_UP


def _stem(text: str) -> str:
    found = re.match(r"[^\W\d_²³⁴-⁹⁰¹₀-₉]+", text.replace("ᵢ", ""))
    return found[0].lower() if found else ""
