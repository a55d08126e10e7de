"""Columns whose header is a formula of other columns: 'units × weights per unit', 'n²', 'total = a + b'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from nnutils.core.errors import NNUtilsError
from nnutils.lint.checks.letters.evaluating import normal
from nnutils.lint.checks.letters.given import letters_before, with_squares
from nnutils.lint.checks.letters.products import with_products
from nnutils.lint.checks.relations.explaining import worked
from nnutils.lint.checks.tables.cells import NumberCell, clean, number_cell, scale_in
from nnutils.lint.checks.tables.explaining import slips_of
from nnutils.lint.checks.tables.totals import is_total, label_of, titles
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.language import Node, UnreadableError, parse, tokens_of
from nnutils.lint.sheets import Table, piece_of
from nnutils.lint.values import Reading, UndefinedError, Value, compute, readings, written_value
from nnutils.slips.precision import match

__all__ = ["check_operations"]

_NUMBER_OF = re.compile(r"^(?:(?:no\.?|number|#)\s*(?:of\s+)?)+", re.IGNORECASE)
_ASIDE = re.compile(r"\s*[(\[](?:in |×|x)?\s*(?:[kKMB%]|thousands?|millions?|10\^?\d+)\s*[)\]]")
_FORMULA = re.compile(r"[+×*·/^²³⁴√−-]|\b(?:log|ln|exp)|\d[^\W\d_]|!")
_POWER_OF_E = re.compile(
    r"(?<!\w)e\s*\^\s*(?:\((?P<inside>[^()]{1,20})\)|(?P<bare>[-−]?\s*\w+)|\{(?P<braces>[^{}]{1,20})\})"
)
_SMALL = str.maketrans("ˣʸᶻᵃᵇᵗᵘᵛ⁻", "xyzabtuv-")
_SMALL_POWER = re.compile(r"(?<!\w)e(?P<raised>⁻?[ˣʸᶻᵃᵇᵗᵘᵛ][ᵢⱼ]?)")
_RAISED = {ord(sign): f"^{digit}" for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_LETTER = re.compile(r"[^\W\d_][\u0300-\u036f\u20d7]*(?:_\w{1,3}|\d)?")
_LONGEST, _MOST_ACROSS = 120, 40


def check_operations(context: Context) -> Iterator[Finding]:
    """Judge each number of a column that its header computes from other columns."""
    for number, block in enumerate(context.sheet.blocks):
        if isinstance(block, Table):
            yield from _of_table(context, block, number)
            if len(block.rows) <= _MOST_ACROSS:  # formulas down the side, their numbers beside them
                yield from _of_table(context, _across(block), number)


def _across(table: Table) -> Table:
    """Return a table with its rows as columns, its first column as the header."""
    width = max((len(row) for row in table.rows), default=0)
    empty = piece_of("")
    rows = tuple(
        tuple(row[column] if column < len(row) else empty for row in table.rows) for column in range(width)
    )
    return replace(table, rows=rows, headers=1)


def _of_table(context: Context, table: Table, number: int) -> Iterator[Finding]:
    headers = titles(table)
    if not any(_FORMULA.search(header) for header in headers):
        return
    names = [_plain(header) for header in headers]
    letters = [name for header in headers if (name := _letter(header))]
    given = letters_before(context, number) if letters else {}
    formulas = {
        column: node
        for column, header in enumerate(headers)
        if (node := _formula(context, header, names, column) or _in_letters(context, header, given, headers))
        is not None
    }
    if not formulas:
        return
    rows = [row for row in table.rows[table.headers :] if not is_total(label_of(row, context.style))]
    scales = [scale_in(header) for header in headers]
    meant: list[dict[str, Value]] = [{} for _ in rows]  # what stands wrong in a row, as it should be
    for column, node in formulas.items():
        found: list[Finding] = []
        for row, instead in zip(rows, meant, strict=True):
            cells = [
                number_cell(cell, context.style, scale) for cell, scale in zip(row, scales, strict=False)
            ]
            stated = cells[column] if column < len(cells) else None
            known = dict(given)
            for place, (name, cell) in enumerate(zip(names, cells, strict=False)):
                if cell is not None and place != column:
                    value = written_value(cell.written)
                    known |= {name: value, _letter(headers[place]) or name: value}
            if stated is not None and node.names <= known.keys():
                one = _judged(context, stated, node, known, headers[column])
                if one is not None and one.verdict == "wrong" and not node.names.isdisjoint(instead):
                    other = _judged(context, stated, node, known | instead, headers[column])
                    one = other if other is not None and other.verdict != "wrong" else one
                if one is not None:
                    found.append(one)
                if one is not None and one.verdict == "wrong":
                    with suppress(UndefinedError):
                        value = compute(node, Reading(known))
                        instead |= {names[column]: value, _letter(headers[column]) or names[column]: value}
        # The header means this formula if its rows follow it.
        right = sum(one.verdict in ("right", "rounded") for one in found)
        letters_only = all(_LETTER.fullmatch(name.removesuffix("^2")) for name in node.names)
        told = letters_only and (node.operations > 1 or not node.names.isdisjoint(given))
        most = right > 1 or len(found) == 1
        if right and ((2 * right >= len(found) and most) or (told and 3 * right >= len(found))):
            yield from found


def _plain(header: str) -> str:
    text = _ASIDE.sub("", clean(header)).lower()
    return _NUMBER_OF.sub("", text).strip()


def _formula(context: Context, header: str, names: Sequence[str], column: int) -> Node | None:
    """Return the formula that a header is, in the names of other columns."""
    text = _ASIDE.sub("", clean(header))
    label, equals, formula = text.rpartition("=")
    if len(text) > _LONGEST or not _FORMULA.search(formula):
        return None
    others = {name for place, name in enumerate(names) if name and place != column}
    long = {tuple(name.split()) for name in others if " " in name}
    written = _NUMBER_OF.sub("", formula.strip()).translate(_RAISED)
    written = _SMALL_POWER.sub(lambda found: f"exp({found['raised'].translate(_SMALL)})", written)
    written = _POWER_OF_E.sub(
        lambda found: f"exp({found['inside'] or found['bare'] or found['braces']})", written
    )
    for attempt in (written, written.lower()):
        try:
            node = parse(tokens_of(piece_of(attempt), context.style), long)
        except (UnreadableError, UndefinedError):
            continue
        if node.names and node.names <= others and node.operations:
            return node
    return None


def _letter(header: str) -> str:
    """Return the letter that a header names its column with: x̂ of 'x̂ = (x − μ)/σ', w of 'w'."""
    found = _LETTER.fullmatch(clean(header).partition("=")[0].strip())
    return normal(found[0]) if found else ""


def _in_letters(
    context: Context, header: str, given: Mapping[str, Value], headers: Sequence[str]
) -> Node | None:
    """Return the formula that a header is, in letters of other columns and those given above the table."""
    own = _letter(header) if "=" in header else ""
    formula = clean(header).rpartition("=")[2]
    letters = {letter for one in headers if (letter := _letter(one)) and letter != own}
    if not letters or len(formula) > _LONGEST or not (own or _FORMULA.search(formula)):
        return None
    known = letters | set(given)
    try:
        tokens = [one for one in tokens_of(piece_of(formula), context.style) if one.kind != "end"]
        node = with_squares(parse(with_products(tokens, known)), known)
    except (UnreadableError, UndefinedError):
        return None
    used = {normal(name) for name in node.names}
    if not node.operations or not used <= known or not used & letters or used != node.names:
        return None
    return node


def _judged(
    context: Context, stated: NumberCell, node: Node, known: Mapping[str, Value], header: str
) -> Finding | None:
    best: tuple[int, Verdict, Value, Reading] | None = None
    for reading in readings((node,), {name: (value,) for name, value in known.items()}):
        try:
            value = compute(node, reading)
        except UndefinedError:
            continue
        verdict: Verdict = "wrong"
        exact = int(value.nominal) if value.nominal.denominator == 1 else value.nominal
        agreement = match(stated.written, exact if value.exact else float(value.nominal))
        if agreement == "equal" or value.low - stated.slack <= stated.value <= value.high + stated.slack:
            verdict = "right"
        elif agreement == "last digit":
            verdict = "rounded"
        rank = ("right", "rounded", "wrong").index(verdict)
        if best is None or rank < best[0]:
            best = rank, verdict, value, reading
    if best is None:
        return None
    _, verdict, value, reading = best
    work, slips = "", tuple[str, ...]()
    try:
        made = worked(node, reading)
        work = f": {made.work}"
        if verdict == "wrong" and stated.scale == 1:
            slips = slips_of(context, made, context.plain(stated.written.text), most=2)
    except (UndefinedError, NNUtilsError):
        pass
    return context.finding(
        stated.piece, stated.start, stated.end, "column", verdict,
        stated=stated.text, computed=stated.like(value.nominal),
        why=f"The column is {header}{work}.", slips=slips,
    )  # fmt: skip
