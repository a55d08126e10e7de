"""Equalities of vectors and small matrices: products, convolutions, dot products, softmax, entry by entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nnutils.lint.checks.field.agreement import agreement, number_of, value_text, worst
from nnutils.lint.checks.field.arrays import Array, same_shape
from nnutils.lint.checks.field.clauses import running_text
from nnutils.lint.checks.field.vector_names import named_arrays, with_names
from nnutils.lint.checks.field.vector_text import Item, Literal, Run, belongs, items_of, runs_in, worths
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.language import Token, UnreadableError, is_symbol, parse
from nnutils.lint.sheets import Piece
from nnutils.lint.values import UndefinedError

__all__ = ["check_vectors"]

_MODES = re.compile(r"\b(?:full|valid|same|convol\w*|cross-correlat\w*)\b", re.IGNORECASE)
_APPLIED = re.compile(r"(?<![^\W\d_])[^\W\d_]\w{1,30}\Z")
"""The name of a function that nobody knows, right before a bracket: 'seq([0, 2]) = …'."""
_ARRAY = re.compile(r"[\[({]\s*[-−\d]")
_MOST_BETWEEN = 3
_BETWEEN = (":", "of", "on", "–", "von", "de", "di")
_NAMED_FUNCTIONS = ("relu", "sigmoid", "σ", "tanh", "softplus", "softmax")
_NOT_EQUAL = re.compile(r"stride|dilat|pad", re.IGNORECASE)


def check_vectors(context: Context) -> Iterator[Finding]:
    """Judge each equality of arrays of numbers; what a product means is what makes it right.

    >>> from nnutils.lint import lint
    >>> report = lint("[1, 2, 3, 4] * [1, 0, 2] = [1, 2, 5, 8, 6, 9]")
    >>> [(one.verdict, one.computed, one.why) for one in report.findings]
    [('wrong', '[1, 2, 5, 8, 6, 8]', 'Entry 6 of the full convolution is 8, not 9.')]
    """
    names = named_arrays(context)
    for piece in running_text(context):
        known = names.get(id(piece), {})
        if not re.search("[=≈→]", piece.text) or not (known or _ARRAY.search(piece.text)):
            continue
        items = _called_directly(items_of(context, piece))
        for run in runs_in(with_names(items, known) if known else items):
            yield from _chain(context, piece, run, items)


def _chain(context: Context, piece: Piece, run: Run, items: Sequence[Item]) -> Iterator[Finding]:
    for place, (left, sign) in enumerate(zip(run.sides[:-1], run.signs, strict=True)):
        right = _next_stated(run, place) if _computes(left) else run.sides[place + 1]
        if not left or not right or sign not in "=≈→" or _is_cut(run, piece.text, left, right):
            continue
        if place and _two_arrays(left) and not _matrix_times(left):
            continue
        if not any(isinstance(item, Literal) for item in (*left, *right)):
            continue
        if piece.text[left[0].start] in "([" and _APPLIED.search(
            piece.text[max(0, left[0].start - 40) : left[0].start]
        ):
            continue
        if not _computes(left) and _computes(right) and _stated(left) is not None:
            left, right = right, left
        stated = _stated(right)
        if not _computes(left) or stated is None:
            continue
        try:
            found = worths(left)
        except (UndefinedError, RecursionError):
            continue
        bare = sign == "→" and not _is_called(items, left, stated)
        yield from _judged(context, piece, (left, right), found, stated, arrow=bare)


def _called_directly(items: Sequence[Item]) -> list[Item]:
    """Return items without what stands between a function and its array: 'ReLU: (1, −2) → (1, 0)'."""
    made = list[Item]()
    for place, item in enumerate(items):
        behind = items[place + 1 : place + 3]
        between = isinstance(item, Token) and item.text.lower() in _BETWEEN and _begins(made, len(made) - 1)
        if between and len(behind) == 2 and isinstance(behind[0], Literal):
            after = behind[1]
            if isinstance(after, Token) and after.kind == "relation":
                continue
        made.append(item)
    return made


def _begins(items: Sequence[Item], place: int) -> bool:
    """Whether a function begins what is said; in 'linear + ReLU' it is not all there is."""
    one = items[place] if 0 <= place < len(items) else None
    if not isinstance(one, Token) or one.text.lower() not in _NAMED_FUNCTIONS:
        return False
    before = items[place - 1] if place else None
    return before is None or (
        isinstance(before, Token) and (before.kind == "end" or before.text.lower() in (".", ";", "the"))
    )


def _is_called(items: Sequence[Item], left: tuple[Item, ...], stated: Literal) -> bool:
    """Whether an arrow leads from the argument of a function to its value, and not from shape to shape."""
    first, last = left[0], left[-1]
    place = next((number for number, one in enumerate(items) if one is first), -1)
    if len(left) != 2 or not isinstance(last, Literal) or not _begins(items, place):
        return False
    numbers = [number_of(entry) for entry in (*last.entries, *stated.entries)]
    return any(one is None or one.value <= 0 or one.value.denominator > 1 for one in numbers)


def _next_stated(run: Run, place: int) -> tuple[Item, ...]:
    """Return the first side behind one that is written out: in a = b / 2 = [1, 2] the last is for both."""
    for index in range(place + 1, min(len(run.sides), place + 1 + _MOST_BETWEEN)):
        side = run.sides[index]
        if run.signs[index - 1] not in "=≈" or _two_arrays(side):
            break
        if run.sides[index] and _stated(run.sides[index]) is not None:
            return run.sides[index]
    return run.sides[place + 1]


def _two_arrays(side: tuple[Item, ...]) -> bool:
    """Return whether a side begins with two arrays side by side: the end of one thing, and another one."""
    return len(side) > 1 and all(isinstance(item, Literal) and not item.named for item in side[:2])


def _matrix_times(side: tuple[Item, ...]) -> bool:
    """Return whether a side is a matrix and what it may be multiplied by: [1 2; 3 4] [1; −1]."""
    if len(side) != 2 or not all(isinstance(item, Literal) for item in side):
        return False
    one, other = (item for item in side if isinstance(item, Literal))
    return not one.flat and len(one.rows[0]) == (len(other.entries) if other.flat else len(other.rows))


def _is_cut(run: Run, text: str, left: tuple[Item, ...], right: tuple[Item, ...]) -> bool:
    """Return whether a side with a name in it is the rest of something that was not read: f(z), |z|, W z."""
    for side in (left, right):
        if not any(isinstance(item, Literal) and item.named for item in side):
            continue
        if len(side) == 1 and side is left:
            return True
        if side is run.sides[0] and run.before is not None and not _apart(text, run.before, side[0]):
            return True
        if side is run.sides[-1] and run.after is not None and not _apart(text, side[-1], run.after):
            return True
    return False


def _apart(text: str, one: Item, other: Item) -> bool:
    """Return whether two neighbours belong to different things."""
    if "\n" in text[one.end : other.start]:
        return True
    for item in (one, other):
        if isinstance(item, Token) and (
            item.kind == "end" or (item.kind == "mark" and item.text in ",;:.!?–")
        ):
            return True
        if isinstance(item, Token) and item.kind == "word" and not belongs(item):
            return not is_symbol(item) and not item.formula and one.end < other.start
    return False


def _computes(side: tuple[Item, ...]) -> bool:
    """Return whether something is computed in a side, so that its value is not what is written."""
    return len(side) > 1 or any(
        isinstance(item, Literal) and any(entry.operations for entry in item.entries) for item in side
    )


def _stated(side: tuple[Item, ...]) -> Literal | None:
    """Return a side as the entries that it states; None if it is more than an array or a number."""
    if len(side) == 1 and isinstance(side[0], Literal) and not side[0].called:
        return None if side[0].named else side[0]
    tokens = [item for item in side if isinstance(item, Token)]
    if len(tokens) < len(side):
        return None
    try:
        return Literal(((parse(tokens),),), False, tokens[0].start, tokens[-1].end)
    except UnreadableError:
        return None


def _judged(
    context: Context,
    piece: Piece,
    sides: tuple[tuple[Item, ...], tuple[Item, ...]],
    found: list[Array],
    stated: Literal,
    *,
    arrow: bool,
) -> Iterator[Finding]:
    start = min(side[0].start for side in sides)
    end = max(side[-1].end for side in sides)
    try:
        given = stated.array()
    except UndefinedError:
        return
    fitting = [one for one in found if same_shape(one, given)]
    judged = [(_verdicts(one, stated), one) for one in fitting]
    if not judged:
        if not arrow:
            yield from _of_no_shape(context, piece, (start, end), found, stated)
        return
    verdicts, best = min(judged, key=lambda pair: sum(_COST[verdict] for verdict in pair[0]))
    verdict = worst(verdicts)
    if verdict not in ("right", "rounded") and (
        arrow or _NOT_EQUAL.search(piece.text, max(0, start - 80), end)
    ):
        return
    yield context.finding(
        piece,
        start,
        end,
        "vectors",
        verdict,
        stated=piece.text[stated.start : stated.end],
        computed=_text(best, stated),
        why="" if verdict == "right" else _reason(verdicts, best, stated),
        at=stated.start,
    )


_COST: dict[Verdict, int] = {"right": 0, "rounded": 1, "suspicious": 10, "wrong": 100, "unchecked": 100}


def _verdicts(one: Array, stated: Literal) -> list[Verdict]:
    made: list[Verdict] = []
    for value, entry, other in zip(one.entries, stated.entries, stated.array().entries, strict=True):
        written = number_of(entry)
        if written is not None:
            made.append(agreement(written, value))
        elif value.low <= other.high and other.low <= value.high:
            made.append("right")
        else:
            made.append("wrong")
    return made


def _text(one: Array, stated: Literal) -> str:
    """Return an array at the precision of what is stated, in its brackets."""
    texts = [
        value_text(value, number_of(entry)) for value, entry in zip(one.entries, stated.entries, strict=True)
    ]
    if one.scalar:
        return texts[0]
    width = len(stated.rows[0]) if not stated.flat else len(texts)
    rows = [", ".join(texts[place : place + width]) for place in range(0, len(texts), width)]
    return f"[{'; '.join(rows)}]"


def _reason(verdicts: list[Verdict], one: Array, stated: Literal) -> str:
    place = max(range(len(verdicts)), key=lambda index: _COST[verdicts[index]])
    entry, value = stated.entries[place], one.entries[place]
    written = number_of(entry)
    shown = f", not {written.text}" if written is not None else ""
    what = f" of {one.name}" if one.name else ""
    if one.scalar:
        return f"{one.name[:1].upper() + one.name[1:] or 'It'} is {value_text(value, written)}{shown}."
    return f"Entry {_place(place, one)}{what} is {value_text(value, written)}{shown}."


def _place(place: int, one: Array) -> str:
    if 1 in one.shape:
        return str(place + 1)
    row, column = divmod(place, one.shape[1])
    return f"({row + 1}, {column + 1})"


def _of_no_shape(
    context: Context, piece: Piece, span: tuple[int, int], found: list[Array], stated: Literal
) -> Iterator[Finding]:
    """Judge a result of a shape that no reading has: of a convolution only, it is told."""
    shapes = list(dict.fromkeys((one.name, len(one.entries)) for one in found if one.name))
    if len(stated.entries) < 2 or not _MODES.search(piece.text, max(0, span[0] - 120), span[1] + 40):
        return
    named = [f"{name} has {count}" for name, count in shapes if name.endswith("convolution")]
    if named and not _NOT_EQUAL.search(piece.text, max(0, span[0] - 80), span[1]):
        text = piece.text[stated.start : stated.end]
        why = f"It has {len(stated.entries)} entries; {', '.join(dict.fromkeys(named))}."
        yield context.finding(piece, *span, "vectors", "suspicious", stated=text, why=why)
