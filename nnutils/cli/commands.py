"""The commands of ``nnutils``, one function each: from its options to its answer."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from nnutils.cli.answer import CommandError, Result
from nnutils.core.messages import brief
from nnutils.core.worked import Worked
from nnutils.networks.counting import COLUMNS, count
from nnutils.networks.sizes import conv_output_size
from nnutils.networks.solver import solve_conv
from nnutils.practice.live.functions import inputs_of, trace_of, worked_of
from nnutils.practice.live.network_text import read_network
from nnutils.slips import Quantity, explain, quantities, read

if TYPE_CHECKING:
    from nnutils.practice import Question

__all__ = [
    "audit_command",
    "count_command",
    "explain_command",
    "practice_command",
    "size_command",
    "solve_command",
    "trace_command",
]


def count_command(options: argparse.Namespace) -> Result:
    """Count a network's units, weights, connections and operations."""
    counts = count(read_network(options.network))
    columns = options.columns.split(",") if options.columns else ("units", "weights", "biases", "connections")
    table = counts.table(*columns)
    data = {name: {column: int(counts[name][column]) for column in COLUMNS} for name in counts}
    data["total"] = {column: int(counts.total[column]) for column in COLUMNS}
    return Result(str(table), data, lambda: table.latex)


def size_command(options: argparse.Namespace) -> Result:
    """Compute the output size of a convolution or pooling along one axis."""
    size = conv_output_size(
        options.input,
        options.kernel_size,
        stride=options.stride,
        padding=options.padding,
        dilation=options.dilation,
        ceil_mode=options.ceil_mode,
    )
    return Result(size.work, {"size": int(size), "work": size.work}, lambda: size.latex)


def solve_command(options: argparse.Namespace) -> Result:
    """Find every setting that leads from one size to another."""
    found = solve_conv(
        options.input,
        options.output,
        kernel_size=options.kernel_size,
        stride=options.stride,
        padding=options.padding,
        dilation=options.dilation,
    )
    names = ("kernel_size", "stride", "padding", "dilation")
    lines = [", ".join(f"{name}={value}" for name, value in zip(names, one, strict=True)) for one in found]
    text = "\n".join(lines) if lines else "There is no such setting."
    return Result(text, [dict(zip(names, one, strict=True)) for one in found])


def trace_command(options: argparse.Namespace) -> Result:
    """Print the trace table of a function in forward or reverse mode."""
    inputs = inputs_of(options.inputs)
    made = trace_of(options.function, {name: float(value) for name, value in inputs.items()})
    if options.mode == "forward":
        table = made.forward(options.wrt or next(iter(inputs)), digits=options.digits)
    else:
        table = made.reverse(digits=options.digits)
    rows = [*table.primal.rows, *table.derivative.rows]
    data = [{"variable": row.variable.text, "formula": _formula(row), "value": row.value} for row in rows]
    return Result(table.text, data, lambda: table.latex)


def _formula(row: Any) -> str:
    return row.formula.text if row.formula is not None else ""


def explain_command(options: argparse.Namespace) -> Result:
    """Say which slip turns the right derivation into the stated value."""
    others: tuple[Quantity, ...] = ()
    if options.network:
        network = read_network(options.network)
        right, others = _of_network(count(network), options.right), quantities(network)
    else:
        right = worked_of(options.right, inputs_of(options.inputs))
    slips = explain(right, options.stated, others)[: options.most]
    value = right.value if isinstance(right, Worked) else right
    if value in read(options.stated).target:
        text = "That is right."
    else:
        text = "\n".join(map(str, slips)) or "The mistake is not recognised."
    data = [{"kind": slip.kind, "hint": slip.hint, "sentence": slip.sentence} for slip in slips]
    return Result(text, data)


def _of_network(counts: Any, name: str) -> Any:
    layer, dot, column = name.partition(".")
    if not dot or (layer != "total" and layer not in counts) or column not in COLUMNS:
        raise CommandError(
            f"{name!r} is not a count of this network.",
            remedy=f"Write LAYER.COLUMN, of {', '.join([*counts, 'total'])} and of {', '.join(COLUMNS)}.",
        )
    return (counts.total if layer == "total" else counts[layer])[column]


def audit_command(options: argparse.Namespace) -> Result:
    """Judge what the sheets of the book around state, and sum up the verdicts."""
    from nnutils.audit import summary

    report = summary(options.root, options.part)
    lines = [str(report), *map(str, report.problems)]
    data = [verdict.as_dict() for verdict in report.verdicts]
    return Result("\n".join(lines), data, status=1 if report.problems else 0)


def practice_command(options: argparse.Namespace) -> Result:
    """Ask a question of the book around, as given or drawn from a seed, and judge answers to it."""
    from nnutils.practice import answer_text, as_data, load, with_unit

    question = load(options.question, options.root)
    if options.check:
        return _checked(question, options.seed, options.check)
    givens = question.givens() if options.seed is None else question.draw(options.seed)
    lines = [question.statement(givens)]
    if options.answers:
        asked = question.asked(givens)
        lines += ["", *(f"{one.text}: {with_unit(one, answer_text(one.answer))}" for one in asked)]
    data = as_data(question, options.seed) if options.form == "json" else {}
    if data and not options.answers:
        data["asked"] = [{key: one[key] for key in _OPEN} for one in data["asked"]]
    return Result("\n".join(lines), data)


_OPEN = ("name", "text", "part", "unit", "kind", "exact", "choices")
_STATUS = {"right": 0, "convention": 0, "coarse": 1, "wrong": 1, "unreadable": 2}


def _checked(question: Question, seed: int | None, texts: Sequence[str]) -> Result:
    """Judge answers such as 'conv1_units=290,400'; the exit status is that of the worst."""
    from nnutils.practice import judge, named_numbers

    givens = question.givens() if seed is None else question.draw(seed)
    asked = question.asked(givens)
    among = named_numbers(question, givens)
    by_name = {one.name: one for one in asked}
    data: list[dict[str, Any]] = []
    for text in texts:
        name, equals, typed = text.partition("=")
        if not equals or name.strip() not in by_name:
            raise CommandError(
                f"{brief(text)} is not an answer to this question.",
                remedy=f"Write NAME=TYPED, with one of the names {', '.join(by_name)}.",
            )
        made = judge(by_name[name.strip()], typed, among, asked)
        slips = [{"kind": slip.kind, "hint": slip.hint, "sentence": slip.sentence} for slip in made.slips]
        data.append(
            {"name": name.strip(), "verdict": made.verdict, "sentence": made.sentence, "slips": slips}
        )
    lines = []
    for one in data:
        lines.append(f"{one['name']}: {one['verdict']}. {one['sentence']}".replace("right. Right.", "right."))
        lines += [f"  {slip['sentence']}" for slip in one["slips"]]
    return Result("\n".join(lines), data, status=max(_STATUS[one["verdict"]] for one in data))
