"""Gradients told again below a trace that has x̄_1 = 2 and x̄_2 = 10: 'The gradient is (2, 10)'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from nnutils.lint.checks.field.agreement import agreement, number_of, value_text
from nnutils.lint.checks.field.vector_text import Literal, items_of
from nnutils.lint.checks.letters.trace_rows import BAR, Row, RowSide, accent, base, traces_in
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.sheets import Piece, Table
from nnutils.lint.values import Reading, UndefinedError, Value, compute

__all__ = ["check_gradients"]

_ANNOUNCED = re.compile(
    r"(?:∇[^()=\[\n]{0,12}(?:\([^()=\n]{0,20}\)\s*)?|\b[gG]radient[^()\[\n.;]{0,40}|\bGradiente?[^()\[\n.;]{0,40})"
    r"(?:[=≈:]|\bis\b|\bist\b|\best\b|\bes\b|\bè\b)\s*$"
)
_ELSEWHERE = re.compile(r"\b(?:at|in|bei|en)\s+(?:the\s+(?:other\s+)?(?:point|punkt)\b|\()", re.IGNORECASE)
_FARTHEST, _NEAR = 4, 90


def check_gradients(context: Context) -> Iterator[Finding]:
    """Judge each gradient below a trace by the derivatives of the inputs that the trace states.

    >>> from nnutils.lint import lint
    >>> rows = ["|x_1|3|x̄_1|2|", "|x_2|4|x̄_2|3|", "|v_1 = x_1 · x_2|12|v̄_1|1|"]
    >>> rows += ["|v_2 = v_1 + x_1|15|v̄_2|1|"]
    >>> text = "\\n".join(["|value||derivative||", "|---|---|---|---|", *rows, "", "The gradient is (2, 4)."])
    >>> [(one.stated, one.computed, one.verdict) for one in lint(text).judged if one.kind == "gradient"]
    [('(2, 4)', '(2, 3)', 'wrong')]
    """
    blocks = context.sheet.blocks
    for number, rows in traces_in(context):
        stated = _of_inputs(rows)
        if len(stated) < 2:
            continue
        for block in blocks[number + 1 : number + 1 + _FARTHEST]:
            if isinstance(block, Table) or block.kind == "heading":
                break
            found = next(_told(context, block, stated), None)
            if found is not None:
                yield found
                break


def _of_inputs(rows: Sequence[Row]) -> Mapping[str, tuple[RowSide, Value]]:
    """Return the derivative of each input that a trace states last, in the order of the inputs."""
    computed = {
        name
        for row in rows
        for name in row.names
        if not accent(name) and any(side.node is not None and side.node.names for side in row.sides)
    }
    found = dict[str, tuple[RowSide, Value]]()
    for row in rows:
        name = base(row.names[0])
        last = row.sides[-1] if row.sides else None
        if (
            accent(row.names[0]) != BAR
            or name in computed
            or last is None
            or last.node is None
            or last.node.names
        ):
            continue
        try:
            found[name] = last, compute(last.node, Reading())
        except UndefinedError:
            continue
    return dict(sorted(found.items()))


def _told(context: Context, piece: Piece, stated: Mapping[str, tuple[RowSide, Value]]) -> Iterator[Finding]:
    for item in items_of(context, piece):
        if not isinstance(item, Literal) or item.called or len(item.entries) != len(stated):
            continue
        before = piece.text[max(0, item.start - _NEAR) : item.start]
        if not _ANNOUNCED.search(before) or _ELSEWHERE.search(before):
            continue
        written = [number_of(entry) for entry in item.entries]
        if any(one is None for one in written):
            continue
        values = [value for _, value in stated.values()]
        verdicts = [
            agreement(one, value) for one, value in zip(written, values, strict=True) if one is not None
        ]
        shown = [value_text(value, one) for value, one in zip(values, written, strict=True)]
        mine = [one.value for one in written if one is not None]
        if sorted(mine) == sorted(value.nominal for value in values) and "wrong" in verdicts:
            continue  # the inputs stand in another order
        if len(set(map(float, mine))) == 1 and "wrong" in verdicts and len(mine) > 1 and not any(mine):
            continue  # ∇y = (0, 0) is a condition
        verdict = "wrong" if "wrong" in verdicts else "rounded" if "rounded" in verdicts else "right"
        names = ", ".join(f"{name[0]}{BAR}{name[1:]} = {side.text}" for name, (side, _) in stated.items())
        yield context.finding(
            piece, item.start, item.end, "gradient", verdict,  # type: ignore[arg-type]
            stated=piece.text[item.start : item.end], computed=f"({', '.join(shown)})",
            why="" if verdict == "right" else f"The trace has {names}.",
        )  # fmt: skip
