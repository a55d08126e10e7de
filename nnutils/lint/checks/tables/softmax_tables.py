"""Rows and columns called softmax: each entry beside its input, and together they add up to 1."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from nnutils.core.numerals import number_text
from nnutils.lint.checks.tables.cells import NumberCell, clean, is_blank, number_cell
from nnutils.lint.checks.tables.totals import is_total, label_of
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.sheets import Piece, Table
from nnutils.slips.precision import match

__all__ = ["check_softmax_tables"]

_SOFTMAX = re.compile(r"\bsoftmax\b(?:\s*\(\s*(?P<of>[^\W\d]\w{0,5})\s*\))?", re.IGNORECASE)
_OTHER = re.compile(r"log|gradient|derivative|jacobian|arg|loss|entropy|error|∂|d/d|'", re.IGNORECASE)
_EXP = re.compile(r"(?:exp|e\s*\^|e(?=[ᶻˣʸᵃ])).*|(?:its )?exponentials?", re.IGNORECASE)
_EXP_ONLY = re.compile(
    r"(?:exp(?:onentials?)?|e)[\s^({]*(?:[zxaosyuv](?:_?\{?[ijk]\}?)?|[ᶻˣʸᵃ][ᵢⱼ]?)?[\s)}]*", re.IGNORECASE
)
_SHARE = re.compile(
    r"(?:prob(?:abilit(?:y|ies)|\.)?|p|ŷ|y|q)(?:_?\{?[ijk]\}?)?(?:\s*\([^()]{0,12}\))?", re.IGNORECASE
)
_INPUT = re.compile(
    r"(?:(?:net[ -]?)?inputs?|logits?|scores?|pre-?activations?)?[\s,:]*(?:[zxaosyuv](?:_?\{?[ijk]\}?)?)?",
    re.IGNORECASE,
)
_MOST_LINES, _MOST_ENTRIES = 60, 2_000
_LARGEST = 300  # an input of which the exponential is still a number


@dataclass(frozen=True)
class _Line:
    """A row or a column: its label, and its numbers, None for a cell without one. Totals are left out."""

    label: str
    cells: tuple[NumberCell | None, ...]


def check_softmax_tables(context: Context) -> Iterator[Finding]:
    """Judge the entries of a row, or of a column, called softmax.

    Beside a row of inputs z each entry is exp(z) divided by the sum of all of them, if most of the entries
    are; in a table that has such inputs the entries add up to 1.

    >>> from nnutils.lint import lint
    >>> table = "| z | 2 | 1 | 0 |\\n|---|---|---|---|\\n| softmax | 0.665 | 0.254 | 0.090 |"
    >>> [(one.stated, one.computed) for one in lint(table).wrong]
    [('0.254', '0.245')]
    """
    for block in context.sheet.blocks:
        if not isinstance(block, Table) or len(block.rows) > _MOST_ENTRIES:
            continue
        labels = [*(cell for row in _heads(block) for cell in row), *(row[0] for row in block.rows if row)]
        exponentials = any(_EXP_ONLY.fullmatch(clean(cell.text)) for cell in labels)
        if exponentials or any(_SOFTMAX.search(cell.text) for cell in labels):
            for lines in (_across(context, block), _down(context, block)):
                for line in lines:
                    if _EXP_ONLY.fullmatch(line.label):
                        yield from _exponentials(context, line, lines)
                    elif exponentials and _SHARE.fullmatch(line.label):
                        yield from _judged(context, line, lines, called=False)
                    elif _SOFTMAX.search(line.label) and not _OTHER.search(line.label):
                        yield from _judged(context, line, lines)


def _heads(table: Table) -> Sequence[tuple[Piece, ...]]:
    return table.rows[: table.headers]


def _across(context: Context, table: Table) -> list[_Line]:
    """Return the rows of a table, its header too: it may hold the inputs."""
    heads = _heads(table)
    totals = {column for row in heads for column, cell in enumerate(row) if is_total(cell.text)}
    lines = []
    for row in table.rows[:_MOST_LINES]:
        kept = [cell for column, cell in enumerate(row) if column and column not in totals]
        lines.append(_Line(clean(row[0].text) if row else "", _numbers(context, kept)))
    return lines


def _down(context: Context, table: Table) -> list[_Line]:
    """Return the columns of a table."""
    body = [row for row in table.rows[table.headers :] if not is_total(label_of(row, context.style))]
    body = [row for row in body if row and not is_total(row[0].text)]
    lines = []
    for column in range(min(max((len(row) for row in table.rows), default=0), _MOST_LINES)):
        label = " ".join(clean(row[column].text) for row in _heads(table) if column < len(row))
        cells = [row[column] for row in body if column < len(row)]
        if len(cells) == len(body):
            lines.append(_Line(label.strip(), _numbers(context, cells)))
    return lines


def _numbers(context: Context, cells: Sequence[Piece]) -> tuple[NumberCell | None, ...]:
    return tuple(None if is_blank(cell.text) else number_cell(cell, context.style) for cell in cells)


def _exponentials(context: Context, line: _Line, lines: Sequence[_Line]) -> Iterator[Finding]:
    """Judge the exponentials of the inputs that stand beside them."""
    entries = [cell for cell in line.cells if cell is not None]
    if len(entries) < 2 or len(entries) < len(line.cells):
        return
    for other in lines:
        inputs = [cell for cell in other.cells if cell is not None]
        if other is line or len(inputs) != len(entries) or not _is_input(other.label):
            continue
        if any(abs(cell.value) > _LARGEST for cell in inputs):
            continue
        found = [_exponential(context, *pair) for pair in zip(entries, inputs, strict=True)]
        if 2 * _fitting(found) > len(found):
            yield from found
            return


def _exponential(context: Context, cell: NumberCell, of: NumberCell) -> Finding:
    value, slack = float(of.value), float(of.slack)
    right = math.exp(value)
    ends = [math.exp(value + sign * slack) for sign in (-1, 1)]
    agreement = match(cell.written, right if value else 1)
    verdict: Verdict = "wrong"
    if agreement == "equal" or (slack and ends[0] - cell.slack <= cell.value <= ends[1] + cell.slack):
        verdict = "right"
    elif agreement == "last digit":
        verdict = "rounded"
    computed = cell.like(Fraction(right) if value else Fraction(1))
    return context.finding(
        cell.piece, cell.start, cell.end, "exponential", verdict,
        stated=cell.text, computed=computed, why=f"exp({of.text}) = {computed}.",
    )  # fmt: skip


def _judged(
    context: Context, line: _Line, lines: Sequence[_Line], *, called: bool = True
) -> Iterator[Finding]:
    """Judge the entries of a line called softmax; of another one only where most of them are right."""
    entries = [cell for cell in line.cells if cell is not None]
    if len(entries) < 2 or len(entries) < len(line.cells):
        return
    whole = 100 if all(cell.suffix.strip() == "%" for cell in entries) else 1
    softmax = _SOFTMAX.search(line.label)
    of = softmax["of"] if softmax else None
    best: list[Finding] = []
    beside = False
    for other in lines:
        if other is line or len(other.cells) != len(line.cells) or not all(other.cells):
            continue
        beside = beside or _EXP.fullmatch(other.label) is not None
        named = other.label == of if of and any(one.label == of for one in lines) else _is_input(other.label)
        inputs = [cell for cell in other.cells if cell is not None]
        if named and all(abs(cell.value) <= _LARGEST for cell in inputs):
            beside = True
            found = list(_entries(context, entries, inputs, whole))
            best = max(best, found, key=_fitting)
    # Where the exponentials stand there too, the inputs are those that the entries are made of.
    made = called and any(
        _EXP_ONLY.fullmatch(other.label) and any(True for _ in _exponentials(context, other, lines))
        for other in lines
    )
    if best and (2 * _fitting(best) > len(best) or (made and _fitting(best))):
        yield from best
    elif called:
        yield _sum(context, entries, whole, sure=beside)


def _is_input(label: str) -> bool:
    return bool(label) and _INPUT.fullmatch(label) is not None


def _fitting(found: Sequence[Finding]) -> int:
    return sum(one.verdict in ("right", "rounded") for one in found)


def _entries(
    context: Context, entries: Sequence[NumberCell], inputs: Sequence[NumberCell], whole: int
) -> Iterator[Finding]:
    """Judge each entry by the inputs; rounded inputs leave each entry a range."""
    values = [float(cell.value) for cell in inputs]
    slacks = [float(cell.slack) for cell in inputs]
    top = max(values)
    powers = [math.exp(value - top) for value in values]
    total = sum(powers)
    for place, (cell, power) in enumerate(zip(entries, powers, strict=True)):
        share = whole * power / total
        ends = []
        for sign in (-1, 1):
            own = power * math.exp(sign * slacks[place])
            rest = sum(
                one * math.exp(-sign * slacks[other]) for other, one in enumerate(powers) if other != place
            )
            ends.append(whole * own / (own + rest))
        inside = any(slacks) and ends[0] - cell.slack <= cell.value <= ends[1] + cell.slack
        agreement = match(cell.written, share)
        verdict: Verdict = "wrong"
        if inside or agreement == "equal":
            verdict = "right"
        elif agreement == "last digit":
            verdict = "rounded"
        work = f"exp({inputs[place].text}) / ({' + '.join(f'exp({one.text})' for one in inputs)})"
        if len(inputs) > 6:
            work = f"exp({inputs[place].text}) divided by the sum of the exponentials"
        computed = cell.like(Fraction(share))
        yield context.finding(
            cell.piece, cell.start, cell.end, "softmax", verdict,
            stated=cell.text, computed=computed, why=f"{work} = {computed}.",
        )  # fmt: skip


def _sum(context: Context, entries: Sequence[NumberCell], whole: int, *, sure: bool) -> Finding:
    """Judge the sum of the entries, at the last of them; without inputs they may not belong together."""
    total = sum((cell.value for cell in entries), Fraction(0))
    slack = sum((cell.slack for cell in entries), Fraction(0))
    last = entries[-1]
    text = number_text(float(total), significant=8)
    why = f"The entries add up to {text}; those of a softmax add up to {whole}."
    verdict: Verdict = "right"
    if any(cell.value + cell.slack < 0 for cell in entries):
        verdict, why = "wrong", "An entry of a softmax is not negative."
    elif abs(total - whole) > slack:
        verdict = "rounded" if slack and abs(total - whole) <= 2 * slack else "wrong"
    cause = verdict != "right" and not sure
    return context.finding(
        last.piece, last.start, last.end, "distribution", "unchecked" if cause else verdict,
        stated=last.text, why=why if not cause else "Its entries may not belong together.",
        cause="context" if cause else "",
    )  # fmt: skip
