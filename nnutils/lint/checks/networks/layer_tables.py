"""Tables of layers: each cell is judged against the settings of its row, inputs against the row before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from nnutils.core.words import listed
from nnutils.lint.checks.networks.bias_conventions import (
    Counted,
    Odd,
    counts_beside,
    odd_ones,
    readings_with,
)
from nnutils.lint.checks.networks.following import Shape, trusted
from nnutils.lint.checks.networks.made_sizes import Made, made_sizes
from nnutils.lint.checks.networks.row_counts import Reading, row_counts
from nnutils.lint.checks.networks.rows import LayerRow, layer_rows, roles_of
from nnutils.lint.checks.networks.steps.arrow_lists import arrow_lists
from nnutils.lint.checks.networks.steps.step import Step, with_channels
from nnutils.lint.checks.networks.told import Told, told_in
from nnutils.lint.checks.networks.written_sizes import Picture, WrittenSize, agree
from nnutils.lint.checks.tables.cells import NumberCell, number_cell, scale_in
from nnutils.lint.checks.tables.column_roles import COUNTED, Role, biases_in
from nnutils.lint.checks.tables.explaining import slips_of
from nnutils.lint.checks.tables.joint_columns import apart
from nnutils.lint.checks.tables.totals import titles
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.sheets import Table
from nnutils.slips.precision import match

__all__ = ["count_finding", "check_layer_tables", "size_finding"]


_MOST_SIZES = 6  # that a row may hand on: what it states, and what its settings make


def check_layer_tables(context: Context) -> Iterator[Finding]:
    """Judge the cells of every table of layers, and of every list that says as much with arrows."""
    told: Told | None = None
    tables = [(apart(block), False) for block in context.sheet.blocks if isinstance(block, Table)]
    for block, drawn in (*tables, *((one, True) for one in arrow_lists(context))):
        if roles := roles_of(block):
            told = told or told_in(context)
            yield from _Walk(context, block, roles, told, drawn).findings()


@dataclass
class _Walk:
    """Goes down the rows of one table, and keeps what the row before made."""

    context: Context
    table: Table
    roles: dict[int, Role]
    told: Told
    drawn: bool = False
    """Whether arrows lead from each layer to its size."""
    padded: bool = False
    """Whether convolutions say their padding: one that says nothing has none, or keeps its size."""
    before: list[Picture] = field(default_factory=list)
    scales: dict[Role, Fraction | None] = field(default_factory=dict)
    biases: dict[Role, bool | None] = field(default_factory=dict)
    halved: list[tuple[int, int]] = field(default_factory=list)

    def findings(self) -> Iterator[Finding]:
        """Yield what is found in each row, then the inputs that are not the output of the row before."""
        names = titles(self.table)
        caption = self.table.caption.text if self.table.caption is not None else ""
        for column, role in self.roles.items():
            self.scales[role] = scale_in(names[column])
            said = biases_in(names[column])
            self.biases[role] = biases_in(caption) if said is None else said
        if self.biases.get("parameters", True) is None and counts_beside(self.table, self.roles):
            self.biases["parameters"] = True
        self.before = list(self.told.inputs)
        joints: list[tuple[LayerRow, list[Picture]]] = []
        steps: list[Step] = []
        counted: list[Counted] = []
        numbers: dict[str, int] = {}
        pooled = False
        rows = layer_rows(self.table, self.roles, self.told.settings)
        convolutions = [row.settings for row in rows if row is not None and row.settings.kind == "conv"]
        self.padded = any(one.padding is not None for one in convolutions)
        for row in rows:
            if row is None:
                continue
            if row.input is not None and self.before and steps:
                joints.append((row, list(self.before)))
            step = self._step(row, counted)
            gap = _left_out(row, numbers)
            if row.input is None and self.before != list(self.told.inputs):
                flattened = row.settings.kind == "linear" and any(len(shape) == 3 for shape in self.before)
                step = replace(step, leaning=True, loose=gap or (flattened and not pooled))
            steps.append(step)
            pooled = pooled or row.settings.kind in ("pool", "average")
            self.before = step.outputs[:_MOST_SIZES]
        yield from self._joints(joints)
        odd = [self._odd(one) for one in odd_ones(self.context, counted)]
        places = {(one.start, one.end) for one in odd}
        yield from odd
        for one in trusted(self.context, steps, Shape(pooled, None in rows, self.drawn), self._again):
            if (one.start, one.end) not in places:
                yield self._in_two_groups(one)

    def _odd(self, odd: Odd) -> Finding:
        """Return the finding about a count that is made in another way than those of its column."""
        one = odd.counted
        kind = f"{one.role} of a layer"
        found = count_finding(self.context, one.cell, odd.readings, kind, one.row.name)
        return replace(found, why=f"{found.why} {odd.why}")

    def _again(self, row: LayerRow, before: list[Picture]) -> Step:
        """Judge a row as if another size stood above it."""
        return replace(self, before=before)._step(row, [])

    def _step(self, row: LayerRow, counted: list[Counted]) -> Step:
        """Judge one row; its counts are noted in ``counted``."""
        inputs = self._inputs(row)
        made, sure = made_sizes(row.settings, inputs)
        if self.padded and row.settings.kind == "conv":
            made = [one for one in made if one.usual]
        if row.input is not None and not made_sizes(row.settings, _meanings(row, row.input))[0]:
            made, sure = [], False  # the row's own input decides, not the row above
        stated = _stated(row, made)
        usual = [one.shape for one in made if one.usual]
        # The channels of a wrong size may be right, or wrong as well.
        outputs = list(dict.fromkeys([*stated, *usual, *with_channels(usual, stated)]))[:_MOST_SIZES]
        found = [] if row.output is None else list(self._output(row, made, sure))
        found += self._counts(row, inputs, outputs, counted)
        said = row.settings
        windowed = said.kind in ("conv", "pool", None)
        explicit = not windowed or None not in (said.kernel, said.stride, said.padding)
        return Step(row, inputs, stated, made, found, explicit=explicit)

    def _inputs(self, row: LayerRow) -> list[Picture]:
        """Return what may go into a row: its own cell, and what the row before made."""
        features = row.settings.features
        if row.input is None and features and row.settings.kind == "linear":
            return [(features,)]
        if row.input is None:
            return self.before
        own = _meanings(row, row.input)
        # Channels that a cell does not say are those of the row before.
        filled = [
            (other[0], *one[1:])
            for one in own
            for other in self.before
            if len(one) == len(other) == 3 and one[0] is None and agree(one, other)
        ]
        if row.in_channels:
            filled += [(row.in_channels, *one[1:]) for one in own if len(one) == 3 and one[0] is None]
        return [*(filled or own), *(one for one in self.before if not any(agree(one, o) for o in own))]

    def _output(self, row: LayerRow, made: Sequence[Made], sure: bool) -> Iterator[Finding]:
        assert row.output is not None
        stated = _meanings(row, row.output)
        if not made:
            if row.settings.kind in ("conv", "pool") or row.settings.kernel:
                yield size_finding(self.context, row.output, (), "unchecked")
            return
        impossible = row.output.impossible
        fitting = [one for one in made if any(agree(one.shape, two) for two in stated) and not impossible]
        if good := [one for one in fitting if one.usual]:
            yield size_finding(self.context, row.output, good[:1], "right", row.name)
        elif fitting or not (sure or impossible):
            yield size_finding(self.context, row.output, (), "unchecked")
        else:
            yield size_finding(self.context, row.output, made[:1], "wrong", row.name)

    def _counts(
        self,
        row: LayerRow,
        inputs: Sequence[Picture],
        outputs: Sequence[Picture],
        counted: list[Counted],
    ) -> Iterator[Finding]:
        groups = [row.settings.groups] if row.settings.groups else [1, 2] if self.told.groups else [1]
        apart = "biases" in row.cells
        for role in COUNTED:
            piece = row.cells.get(role)
            cell = number_cell(piece, self.context.style, self.scales[role]) if piece else None
            if cell is None:
                continue
            if row.settings.kind is None and role != "units":
                continue
            readings = row_counts(row, role, inputs, outputs, groups, biases_apart=apart)
            readings = readings_with(self.biases[role], role, readings)
            if role == "units" and row.settings.kind == "linear" and row.output is None:
                continue  # the width itself
            if readings:
                counted.append(Counted(row, role, cell, readings))
                found = count_finding(self.context, cell, readings, f"{role} of a layer", row.name)
                if found.verdict == "wrong" and groups == [1] and row.settings.kind == "conv":
                    halved = row_counts(row, role, inputs, outputs, [2], biases_apart=apart)
                    if row.input is None and any(
                        match(cell.written, int(one.value)) == "equal"
                        for one in readings_with(self.biases[role], role, halved)
                    ):
                        self.halved.append((found.start, found.end))
                yield found
            elif row.settings.kind in ("conv", "linear", "pool"):
                yield self.context.finding(
                    cell.piece, cell.start, cell.end, f"{role} of a layer", "unchecked",
                    stated=cell.text, cause="context", why="Its row does not say all that it needs.",
                )  # fmt: skip

    def _in_two_groups(self, found: Finding) -> Finding:
        """Doubt a count where two groups of filters, of which the sheet does not speak, give several."""
        if len(set(self.halved)) < 2 or (found.start, found.end) not in self.halved:
            return found
        return replace(found, verdict="suspicious", why=f"{found.why} With two groups it is right.")

    def _joints(self, joints: Sequence[tuple[LayerRow, list[Picture]]]) -> Iterator[Finding]:
        """Judge the inputs against the outputs above them, in a table whose rows follow each other."""
        judged = []
        for row, before in joints:
            assert row.input is not None
            own = _meanings(row, row.input)
            judged.append((row.input, before, any(agree(a, b) for a in own for b in before)))
        right = sum(one for _, _, one in judged)
        if right < 2 or 3 * right < 2 * len(judged):
            return
        for size, before, fits in judged:
            shape = before[0]
            yield self.context.finding(
                size.piece, size.start, size.end, "input size", "right" if fits else "suspicious",
                stated=size.text,
                computed=size.text if fits else size.like(shape),
                why="It is the output of the row above."
                if fits
                else f"The output of the row above is {size.like(shape)}.",
            )  # fmt: skip


def _left_out(row: LayerRow, numbers: dict[str, int]) -> bool:
    """Return whether the number of a row says that layers are left out; ``numbers`` are the last ones."""
    label = row.label
    if label is None or not label.number.isdigit():
        return False
    number, last = int(label.number), numbers.get(label.kind, 0)
    numbers[label.kind] = number
    # pool5 may stand behind conv5, and fc6 is the first full layer behind five others
    behind = (label.kind == "pool" and number == numbers.get("conv")) or (label.kind == "linear" and not last)
    return not behind and number > last + 1


def _meanings(row: LayerRow, size: WrittenSize) -> tuple[Picture, ...]:
    if row.settings.kind == "linear" or (row.settings.kind == "flatten" and size is row.output):
        return ((size.features(),),)
    return size.pictures()


def _stated(row: LayerRow, made: Sequence[Made]) -> list[Picture]:
    """Return the size that a row states, with its channels."""
    stated = list(_meanings(row, row.output)) if row.output is not None else []
    computed = [one.shape for one in made if one.usual]
    filled: list[Picture] = []
    for one in stated:
        if len(one) == 3 and one[0] is None:
            channels = row.settings.filters or next((m[0] for m in computed if len(m) == 3 and m[0]), None)
            one = (channels, *one[1:])
        filled.append(one)
    if row.settings.kind == "linear" and not filled and not computed and "units" in row.cells:
        digits = "".join(sign for sign in row.cells["units"].text if sign.isdigit())
        filled = [(int(digits),)] if 0 < len(digits) < 10 else []
    if not filled and row.settings.kind == "input" and row.input is not None:
        filled = list(row.input.pictures())
    return filled


def size_finding(
    context: Context, size: WrittenSize, made: Sequence[Made], verdict: str, name: str = ""
) -> Finding:
    """Return the finding about a size that a layer makes."""
    if not made:
        return context.finding(
            size.piece, size.start, size.end, "output size", "unchecked",
            stated=size.text, cause="context", why="Its row does not say all that it needs.",
        )  # fmt: skip
    best = made[0]
    work = list(dict.fromkeys(one.work for one in best.sizes[-2:] if one is not None and one.arguments))
    why = f"{name + ': ' if name else ''}{listed(work)}" if work else f"{name or 'The layer'} keeps this size"
    why += f" ({best.note})." if best.note else "."
    if verdict == "right":
        return context.finding(
            size.piece, size.start, size.end, "output size", "right",
            stated=size.text, computed=size.text, why=why,
        )  # fmt: skip
    pictures = [one for one in size.pictures() if len(one) == len(best.shape)] or [best.shape]
    differing = [
        (worked, stated)
        for worked, stated in zip(best.sizes, pictures[0], strict=False)
        if worked is not None and stated is not None and int(worked) != stated
    ]
    slips = slips_of(context, differing[0][0], str(differing[0][1])) if differing else ()
    return context.finding(
        size.piece, size.start, size.end, "output size", "wrong",
        stated=size.text, computed=size.like(best.shape), why=why, slips=slips,
    )  # fmt: skip


def count_finding(
    context: Context, cell: NumberCell, readings: Sequence[Reading], kind: str, name: str = ""
) -> Finding:
    """Judge a stated count: right under any of its conventions, wrong if it is none of them."""
    judged = [(match(cell.written, int(one.value)), one) for one in readings]
    order = ("equal", "last digit", "different")
    agreement, best = min(judged, key=lambda one: order.index(one[0]))
    verdict = {"equal": "right", "last digit": "rounded", "different": "wrong"}[agreement]
    why = f"{name + ': ' if name else ''}{best.value.work}"
    why += f" ({best.note})." if best.note else "."
    slips: tuple[str, ...] = ()
    if verdict == "wrong" and cell.scale == 1 and cell.value.denominator == 1:
        slips = slips_of(context, best.value, str(int(cell.value)))
    return context.finding(
        cell.piece, cell.start, cell.end, kind, verdict,  # type: ignore[arg-type]
        stated=cell.text, computed=cell.like(int(best.value)), why=why, slips=slips,
    )  # fmt: skip
