"""Computations that a sentence goes on with: '64 * 5 * 5 * 32 = 51,200, plus 64 biases makes 51,264'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from nnutils.lint.checks.relations.explaining import explained, work
from nnutils.lint.checks.relations.judging import Judged, compared, is_lone
from nnutils.lint.checks.relations.plausible import plausible, same_digits
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.language import Node, Step, Token, steps_in, steps_of_more
from nnutils.lint.language.phrases import ROUNDED_DOWN
from nnutils.lint.sheets import Piece

__all__ = ["check_running_computations"]

_MOST_BEFORE = 12
_COUNTED = frozenset(
    "weights weight parameters parameter params numbers values connections multiplications additions"
    " operations macs flops bytes gewichte parametern verbindungen werte operationen poids paramètres"
    " connexions valeurs".split()
)
"""What may be added to a count of parameters or operations; 'adding 10 units' adds something else."""

_BEING = frozenset(
    ": more: more= moreis moremakes moregives"
    " is are = makes gives that'sis thatis itis ist sind ergibt macht est font fait donne".split()
)
"""What may stand between a computation and its value, without the blanks."""

_REMARK = re.compile(r"\([^()\d]*\)")
_LONGEST = 30
_ALL = frozenset("parameters params parameter paramètres".split())


def check_running_computations(context: Context) -> Iterator[Finding]:
    """Judge what a clause makes of the number before it.

    >>> from nnutils.lint import lint
    >>> report = lint("64 * 5 * 5 * 32 = 51,200, plus 64 biases makes 51,624.")
    >>> [(one.stated, one.computed, one.why) for one in report.wrong]
    [('51,624', '51,264', '51,200 + 64 = 51,264.')]
    """
    for piece in context.sheet.pieces():
        if piece.kind == "code":
            continue
        tokens = context.tokens(piece)
        for step in chain(steps_in(tokens), steps_of_more(tokens)):
            found = _judged(context, piece, tokens, step)
            if found is not None:
                yield found


def _judged(context: Context, piece: Piece, tokens: Sequence[Token], step: Step) -> Finding | None:
    if not is_lone(step.stated):
        return None
    before = _numbers_before(tokens, step)
    if step.operand is not None and _REMARK.search(said := piece.text[step.before.end : step.stated.start]):
        if ROUNDED_DOWN.search(said):
            cut = Node("floor", (step.before,), start=step.before.start, end=step.before.end)
            step = replace(step, node=step.node._replace(arguments=(cut, step.operand)))
    if step.operand is None:
        return _with_biases(context, piece, step, before)
    judged = _compared(step, step.node)
    if judged.verdict in ("wrong", "suspicious", "rounded"):
        other = _other_start(step, [] if _is_announced_by_a_colon(tokens, step) else before)
        if other is not None:
            judged = other
        elif not (
            plausible(judged, step.stated, several=True)
            or _is_written_out(tokens, step)
            or _is_said_outright(tokens, step)
        ):
            return None
        elif step.vague and (set(step.nouns_before) & _ALL or "weights" in step.nouns_behind):
            judged = Judged("unchecked", cause="context")  # 'parameters, with the biases' may count them
        elif step.sign in "+-" and not _of_one_kind(step) and not same_digits(judged, step.stated):
            judged = Judged("unchecked", cause="context")
    return _finding(context, piece, step, step.node, judged)


def _compared(step: Step, node: Node) -> Judged:
    return compared(node, "≈" if step.about else "=", step.stated, {}, about=step.about)


def _is_written_out(tokens: Sequence[Token], step: Step) -> bool:
    """Whether a sum of one kind is written with its signs, and nothing follows: '40 (+ 2 biases = 42)'."""
    if (
        step.operand is None
        or tokens[step.index].text != "+"
        or not (step.about_biases or _of_one_kind(step))
    ):
        return False
    here = [place for place, one in enumerate(tokens) if step.operand.end <= one.start < step.stated.start]
    signed = any(tokens[place].kind == "relation" and tokens[place].text in "=→" for place in here)
    behind = (one for one in tokens if one.start >= step.stated.end and one.kind != "word")
    after = next(behind, None)
    return signed and (after is None or after.kind in ("close", "end", "mark"))


def _is_said_outright(tokens: Sequence[Token], step: Step) -> bool:
    """Whether a clause says nothing but a computation and its value: 'times 4 is 36 bytes.'"""
    if step.operand is None or step.vague or step.nouns or step.operand.start < tokens[step.index].end:
        return False
    between = [one for one in tokens[step.index :] if step.operand.end <= one.start < step.stated.start]
    behind = [one for one in tokens[step.index :][:_LONGEST] if one.start >= step.stated.end]
    words = sum(one.kind == "word" for one in behind[:2])
    ended = len(behind) > words and behind[words].kind in ("mark", "end", "close")
    said = _REMARK.sub("", "".join(one.text.lower() for one in between))
    return said in _BEING and words < 2 and ended


def _is_announced_by_a_colon(tokens: Sequence[Token], step: Step) -> bool:
    """Whether a clause takes up the result directly before it, and no other number: 'plus one: 25'."""
    colon = next((one.text for one in reversed(tokens) if one.end <= step.stated.start), "")
    return colon == ":" and step.made_of is not None and _is_said_outright(tokens, step)


def _of_one_kind(step: Step) -> bool:
    """Whether what is added is of the kind of what it is added to, as far as the words say."""
    nouns = set(step.nouns)
    others = {*step.nouns_before, *step.nouns_behind}
    return not nouns or step.about_biases or bool(nouns & (_COUNTED | others))


def _numbers_before(tokens: Sequence[Token], step: Step) -> list[Node]:
    """Return the numbers that stand before a clause in its piece, the nearest first."""
    found = [
        Node("number", number=one.number, start=one.start, end=one.end)
        for one in tokens[max(0, step.index - 80) : step.index]
        if one.kind == "number"
    ]
    return found[::-1][:_MOST_BEFORE]


def _other_start(step: Step, before: Sequence[Node]) -> Judged | None:
    """Return the verdict if the clause takes up another number before it, or the sum of several."""
    operation = step.node.operation
    assert step.operand is not None
    if operation == "add" and not step.before.names:  # what is no whole number may be cut without a word
        judged = _compared(step, Node(operation, (Node("floor", (step.before,)), step.operand)))
        if judged.verdict == "right":
            return judged
    if step.made_of is not None and not step.made_of.names:
        judged = _compared(step, Node(operation, (step.made_of, step.operand)))
        if judged.verdict == "right":  # the number before is the wrong one, and has its own finding
            return judged
        inside = step.made_of.start, step.made_of.end  # its factors are no terms of the sum
        before = [one for one in before if not inside[0] <= one.start < inside[1]]
    total: Node | None = None
    for number in before if step.node.arguments[1] is step.operand else ():
        total = number if total is None else Node("add", (total, number))
        for start in (number, total):
            judged = _compared(step, Node(operation, (start, step.operand)))
            if judged.verdict == "right":
                return judged
    if step.vague and step.operand is not None:  # with the biases: they may be in it already
        opposite = "subtract" if step.sign == "+" else "add"
        judged = _compared(step, Node(opposite, (step.before, step.operand)))
        if judged.verdict == "right":
            return judged
    # the factors of the product that the number before is the value of
    for number in before:
        if number.start == step.before.start:
            continue
        judged = _compared(step, Node(operation, (Node("multiply", (step.before, number)), step.operand)))
        if judged.verdict == "right":
            return judged
    return None


def _with_biases(context: Context, piece: Piece, step: Step, before: Sequence[Node]) -> Finding | None:
    """Judge 'with the biases 51,264': they are as many as a factor of the weights before, if nothing else."""
    operation = "add" if step.sign == "+" else "subtract"
    sums = [Node(operation, (step.before, number)) for number in before]
    judged = [(_compared(step, node), node) for node in sums]
    right = next((pair for pair in judged if pair[0].verdict == "right"), None)
    if right is not None:
        return _finding(context, piece, step, right[1], right[0])
    near = [pair for pair in judged if same_digits(pair[0], step.stated)]
    if near:  # two digits exchanged: no other number of biases is as likely
        return _finding(context, piece, step, near[0][1], near[0][0])
    return _finding(context, piece, step, step.node, Judged("unchecked", cause="context"))


def _written(piece: Piece, step: Step) -> str:
    """Return a computation as its sentence does not write it: 13.5 + 1."""
    if step.operand is None:
        return ""
    before, operand = step.node.arguments
    written = piece.text[step.before.start : step.before.end]
    if before.operation == "floor":
        written = f"⌊{written}⌋"
    sign = {"*": "·"}.get(step.sign, step.sign)
    added = operand.number.text if operand.number else piece.text[step.operand.start : step.operand.end]
    return f"{written} {sign} {added}"


def _finding(context: Context, piece: Piece, step: Step, node: Node, judged: Judged) -> Finding:
    written = piece.text[step.stated.start : step.stated.end]
    why, slips = "", tuple[str, ...]()
    if judged.verdict in ("wrong", "rounded", "suspicious"):
        text = _written(piece, step)
        told = work(node._replace(start=0, end=len(text)), text, judged)
        why = " ".join(part for part in (told, judged.note) if part)
    if judged.verdict == "wrong":
        slips = explained(node, context.plain(written), judged)
    return context.finding(
        piece, step.before.start, step.end, "arithmetic", judged.verdict, stated=written,
        computed=judged.computed, why=why, slips=slips, cause=judged.cause, at=step.stated.start,
    )  # fmt: skip
