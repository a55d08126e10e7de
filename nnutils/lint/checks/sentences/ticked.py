"""Ticked options of a quiz, judged by what is worked out below: '[x] 6960' and '6912 + 48 = 6960'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from nnutils.lint.checks.relations.judging import compared, is_lone, shown_value
from nnutils.lint.checks.relations.plausible import slip_of_the_pen
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.language import Node, UnreadableError, chains_in, parse_prefix, steps_in
from nnutils.lint.options import Option, options_in
from nnutils.lint.sheets import Piece
from nnutils.lint.values import Reading, UndefinedError, Value, compute, written_value
from nnutils.slips.precision import WrittenNumber

__all__ = ["check_ticked"]

_ASIDE = re.compile(
    r"\b(?:if|forg[eo]t\w*|without|instead|not|wrong|mistakes?|confus\w*|would|only|wenn|ohne|nicht|sans|si|oubli\w*"
    r"|senza|se|sin|olvid\w*)\b|\(\s*[A-Z]",
    re.IGNORECASE,
)
"""Words with which an explanation speaks of what is offered beside the answer."""

_FEWEST, _FEWEST_AT_THE_END = 4, 3
"""So many digits a number must have to be told apart from one that is alike by chance."""

_MOST_PIECES = 2
"""So many pieces below the options may explain the answer."""


def check_ticked(context: Context) -> Iterator[Finding]:
    """Judge each ticked number by the arithmetic below its question.

    It is wrong where the explanation has it nowhere, and ends with the number of another option, or works
    out a number that is no option but a slip of the pen away from it.

    >>> from nnutils.lint import lint
    >>> text = "- [x] 6912\\n- [ ] 6960\\n\\nThere are 48 · 144 = 6912, and with biases 6912 + 48 = 6960."
    >>> [(one.stated, one.verdict) for one in lint(text).judged if one.kind == "answer"]
    [('6912', 'right')]
    >>> [(one.stated, one.computed) for one in lint("- [x] 27\\n- [ ] 26\\n\\n⌊(84 − 5)/3⌋ = 26").wrong]
    [('27', '26')]
    """
    options = options_in(context.sheet.source)
    questions: dict[int, list[Option]] = {}
    for one in options:
        questions.setdefault(one.question, []).append(one)
    if not questions:
        return
    pieces = [(piece.span(0, len(piece.text))[0], piece) for piece in context.sentences if piece.text]
    begins = sorted(group[0].start for group in questions.values())
    for group in questions.values():
        ticked = [one for one in group if one.ticked]
        if len(ticked) == 1:
            end = group[-1].end
            after = min((one for one in begins if one > end), default=len(context.sheet.source))
            below = [piece for start, piece in pieces if end <= start < after]
            if below and below[-1].text.rstrip().endswith("?"):  # the next question
                below = below[:-1]
            yield from _judged(context, group, ticked[0], pieces, below[:_MOST_PIECES])


def _judged(
    context: Context,
    group: Sequence[Option],
    ticked: Option,
    pieces: Sequence[tuple[int, Piece]],
    below: Sequence[Piece],
) -> Iterator[Finding]:
    numbers = dict[int, tuple[Piece, Node]]()
    for start, piece in pieces:
        option = next((one for one in group if one.start <= start < one.end), None)
        node = _number(context, piece) if option is not None else None
        if option is not None and node is not None:
            numbers[option.start] = piece, node
    if ticked.start not in numbers:
        return
    piece, stated = numbers.pop(ticked.start)
    every = _worked_out(context, below)
    agreeing = next((value for value, _ in every if _agree(value, stated)), None)
    verdict: Verdict = "right"
    value = agreeing
    if value is None:
        value = _slipped(context, piece, stated, every, [node for _, node in numbers.values()], below)
        verdict = "wrong"
    if value is None:
        if not every or not any(_agree(every[-1][0], node) for _, node in numbers.values()):
            return
        value, last = every[-1]
        if any(_ASIDE.search(one.text) for one in below):
            return
        verdict = "wrong" if last else "suspicious"
    shown = shown_value(value, stated.number)
    yield context.finding(
        piece, stated.start, stated.end, "answer", verdict, stated=piece.text[stated.start : stated.end],
        computed=shown, why="" if verdict == "right" else f"What is worked out below is {shown}.",
    )  # fmt: skip


def _slipped(
    context: Context,
    piece: Piece,
    stated: Node,
    every: Sequence[tuple[Value, bool]],
    others: Sequence[Node],
    below: Sequence[Piece],
) -> Value | None:
    """Return what is worked out and no option, where the ticked number is a slip of the pen away from it.

    Where the explanation ends with it, short numbers count, too. A number that the explanation speaks of
    is none that slipped.
    """
    scaled = stated.number is None  # 6.1 MB is 6,100,000
    written = _digits(piece.text[stated.start : stated.end], scaled=scaled)
    if any(
        one.number and _agree(written_value(one.number), stated)
        for each in below
        for one in context.tokens(each)
    ):
        return None
    exact = stated.number is None or stated.number.unit is None
    for place, (value, ends) in enumerate(reversed(every)):
        final = ends or not place
        if (exact and value.nominal.denominator > 1) or any(_agree(value, node) for node in others):
            continue
        computed = _digits(compared(_exactly(value), "=", stated, {}).computed, scaled=scaled)
        if slip_of_the_pen(written, computed, _FEWEST_AT_THE_END if final else _FEWEST):
            return value
    return None


def _digits(text: str, *, scaled: bool) -> str:
    digits = "".join(filter(str.isdigit, text))
    return digits.strip("0") if scaled else digits


def _exactly(value: Value) -> Node:
    return Node("number", number=WrittenNumber("", value.nominal, Fraction(1, 10**9), 9))


def _number(context: Context, piece: Piece) -> Node | None:
    """Return the number that an option is, if it is one number and its unit."""
    tokens = [one for one in context.tokens(piece) if one.kind != "end"]
    try:
        node, length = parse_prefix(tokens)
    except UnreadableError:
        return None
    whole = all(one.kind in ("word", "mark") for one in tokens[length:]) and len(tokens) - length < 4
    return node if whole and is_lone(node) and not node.names else None


def _worked_out(context: Context, below: Sequence[Piece]) -> list[tuple[Value, bool]]:
    """Return what the sides of equations are worth, in order, and whether nothing follows there."""
    found: list[tuple[Value, bool]] = []
    for piece in below:
        made: list[tuple[int, Node, bool]] = []
        for chain in chains_in(context.tokens(piece)):
            weak = chain.links[-1].weak
            ends = not weak and piece is below[-1] and not piece.text[chain.sides[-1].end :].strip(" .$)\n")
            made += [(side.start, side.node, ends) for side in chain.sides if side.node is not None]
        made += [
            (step.stated.start, step.node, False)
            for step in steps_in(context.tokens(piece))
            if compared(step.node, "=", step.stated, {}).verdict == "right"
        ]
        for _, node, ends in sorted(made, key=lambda one: one[0]):
            try:
                found.append((compute(node, Reading()), ends))
            except UndefinedError:
                continue
    return found


def _agree(value: Value, stated: Node) -> bool:
    return compared(_exactly(value), "=", stated, {}).verdict == "right"
