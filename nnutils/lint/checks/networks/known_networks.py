"""Statements about a known network: given beside the sheet, or told by its code, its text or a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from nnutils.core.errors import NNUtilsError
from nnutils.lint.checks.networks.built import network_of_settings, networks_of_tables
from nnutils.lint.checks.networks.known import Facts, KnownLayer, facts_of
from nnutils.lint.checks.networks.row_counts import Reading
from nnutils.lint.checks.networks.statements import Statement, statements_in
from nnutils.lint.checks.networks.told import told_in
from nnutils.lint.checks.networks.torch_code import facts_of_code
from nnutils.lint.checks.networks.written_sizes import WrittenSize, agree, written_size
from nnutils.lint.checks.tables.cells import number_cell, scale_in
from nnutils.lint.checks.tables.column_roles import COUNTED, Role, role_of
from nnutils.lint.checks.tables.explaining import slips_of
from nnutils.lint.checks.tables.labels import LayerLabel, layer_label
from nnutils.lint.checks.tables.totals import is_total, titles
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.sheets import Piece, Table
from nnutils.slips.precision import match

__all__ = ["check_known_networks", "judged_statements"]

_Told = tuple[Facts, Table | None]

_SEVERAL = 3
"""So many statements have to differ from a network given beside the sheet before it is doubted."""


def check_known_networks(context: Context) -> Iterator[Finding]:
    """Judge what a sheet states about the layers of a network that is known."""
    yield from _believed(context, list(_found(context, _facts(context))))


def judged_statements(context: Context, statements: Iterable[Statement]) -> Iterator[Finding]:
    """Judge statements found elsewhere by the network that is known; without one nothing is said."""
    facts = _facts(context)
    found = [one for said in statements for one in _judged(context, facts, said, quiet=True)] if facts else []
    yield from _believed(context, found)


def _believed(context: Context, found: Sequence[Finding]) -> Iterator[Finding]:
    """Yield what was found, in doubt where most of it differs from the network."""
    # A network told somewhere in the sheet, or given for many sheets, may be another one than this is about.
    right, wrong = (sum(one.verdict == verdict for one in found) for verdict in ("right", "wrong"))
    if wrong > right and (context.network is None or wrong >= _SEVERAL):
        found = [_doubted(one) if one.verdict == "wrong" else one for one in found]
    yield from found


def _doubted(finding: Finding) -> Finding:
    return replace(finding, verdict="suspicious", why=f"{finding.why} It may be about another network.")


def _found(context: Context, facts: Sequence[_Told]) -> Iterator[Finding]:
    for statement in statements_in(context):
        yield from _judged(context, facts, statement)
    for block in context.sheet.blocks:
        if isinstance(block, Table):
            # A table that tells a network is judged against its own rows elsewhere.
            others = [one for one, table in facts if table is not block]
            for statement in _cells(context, block):
                yield from _judged(context, [(one, None) for one in others], statement, quiet=True)


def _facts(context: Context) -> list[_Told]:
    """Return what is known: of the network given, else of those that the sheet tells."""
    try:
        if context.network is not None:
            return [(facts_of(context.network, "the network given"), None)]
        told = told_in(context)
        shapes = [shape for shape in told.inputs if None not in shape]
        found: list[_Told] = []
        for block in context.sheet.blocks:
            if isinstance(block, Piece) and block.kind == "code":
                found += [(one, None) for one in facts_of_code(block.text, shapes)]  # type: ignore[arg-type]
        if not found:
            found += [
                (facts_of(network, "the table"), table)
                for table, network in networks_of_tables(context, told)
            ]
        if not found and (network := network_of_settings(told)) is not None:
            found.append((facts_of(network, "the layers in the text"), None))
        return found
    except NNUtilsError:  # a layer that cannot be counted
        return []


def _cells(context: Context, table: Table) -> Iterator[Statement]:
    """Yield the cells of a table that has a row, or a column, for each layer."""
    names = titles(table)
    heads = [role_of(name) for name in names]
    columns = [layer_label(name) for name in names]
    for row in table.rows[table.headers :]:
        texts = [cell.text for cell in row[:2]]
        label = next((found for text in texts if (found := layer_label(text))), None)
        across = next((role for text in texts if (role := role_of(text))), None)
        whole = any(is_total(text) for text in texts)
        for column, cell in enumerate(row[: len(names)]):
            head = heads[column]
            if label is not None and head is not None:
                yield from _cell(context, cell, label, head, names[column])
            elif whole and head in COUNTED:
                yield from _cell(context, cell, None, head, names[column])
            elif across is not None and columns[column] is not None and label is None:
                yield from _cell(context, cell, columns[column], across, texts[0])


def _cell(
    context: Context, cell: Piece, label: LayerLabel | None, role: Role, header: str
) -> Iterator[Statement]:
    if role in COUNTED:
        number = number_cell(cell, context.style, scale_in(header))
        if number is not None:
            # The total of a table may leave layers out: only agreement says something.
            yield Statement(label, role, number, None, doubtful=label is None)
    elif role in ("input", "output"):
        size = written_size(cell)
        one_pixel = (
            label is not None and label.kind in ("linear", "output") and size and set(size.numbers) == {1}
        )
        if size is not None and label is not None and not one_pixel:
            yield Statement(label, role, None, size)


def _judged(
    context: Context, facts: Sequence[_Told], statement: Statement, *, quiet: bool = False
) -> Iterator[Finding]:
    place = statement.number or statement.size
    assert place is not None
    best: tuple[int, Finding] | None = None
    for known, _ in facts:
        layers = known.find(statement.label) if statement.label is not None else ()
        finding = (
            _count(context, known, layers, statement)
            if statement.number
            else _size(context, known, layers, statement)
        )
        if finding is None:
            continue
        rank = ("right", "rounded", "suspicious", "wrong").index(finding.verdict)
        if best is None or rank < best[0]:
            best = rank, finding
    if best is not None and (best[1].verdict == "right" or not statement.doubtful):
        yield best[1]
    elif not quiet:
        why = (
            "It may be about something else." if best else "The sheet does not say which network it is about."
        )
        kind = "count" if statement.number else "size"
        yield context.finding(
            place.piece,
            place.start,
            place.end,
            kind,
            "unchecked",
            stated=place.text,
            cause="context",
            why=why,
        )


def _count(
    context: Context, known: Facts, layers: Sequence[KnownLayer], statement: Statement
) -> Finding | None:
    number, role = statement.number, statement.role
    assert number is not None
    choices: list[tuple[str, Reading]] = []
    if statement.label is None:
        choices = [("the network", one) for one in known.totals.get(role, ())]
    for layer in layers:
        choices += [(layer.name, one) for one in layer.counts.get(role, ())]
    if not choices:
        return None
    order = ("equal", "last digit", "different")
    judged = [(match(number.written, int(one.value)), name, one) for name, one in choices]
    agreement, name, best = min(judged, key=lambda one: order.index(one[0]))
    verdicts: dict[str, Verdict] = {"equal": "right", "last digit": "rounded", "different": "wrong"}
    why = (
        f"{role} of {name}: {best.value.work}"
        + (f" ({best.note})" if best.note else "")
        + f"; {known.source}."
    )
    slips: tuple[str, ...] = ()
    if agreement == "different" and number.scale == 1 and number.value.denominator == 1:
        slips = slips_of(context, best.value, str(int(number.value)), known.numbers)
    return context.finding(
        number.piece, number.start, number.end, f"{role} of a layer", verdicts[agreement],
        stated=number.text, computed=number.like(int(best.value)), why=why, slips=slips,
    )  # fmt: skip


def _size(
    context: Context, known: Facts, layers: Sequence[KnownLayer], statement: Statement
) -> Finding | None:
    size = statement.size
    assert size is not None
    for layer in layers:
        sizes = layer.output if statement.role == "output" else layer.input
        if sizes is None:
            return None
        shape = tuple(map(int, sizes))
        right = _means(size, shape)
        if right or layer is layers[-1]:
            work = list(dict.fromkeys(one.work for one in sizes[-2:] if one.arguments))
            shown = " and ".join(work) or " × ".join(map(str, shape))
            why = f"{statement.role} of {layer.name}: {shown}; {known.source}."
            return context.finding(
                size.piece, size.start, size.end, f"{statement.role} size", "right" if right else "wrong",
                stated=size.text, computed=size.text if right else size.like(shape), why=why,
            )  # fmt: skip
    return None


def _means(size: WrittenSize, shape: tuple[int, ...]) -> bool:
    if len(shape) == 1:
        return size.features() == shape[0]
    values = shape[0] * shape[1] * shape[2]
    flat = len(size.numbers) == 1 and size.numbers[0] == values
    return flat or any(agree(picture, shape) for picture in size.pictures())
