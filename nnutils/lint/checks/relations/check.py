"""Every equality, approximation and inequality of a sheet; and 'so', 'gives' and the like before a number."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from nnutils.lint.checks.relations.doubts import doubted
from nnutils.lint.checks.relations.explaining import explained, work
from nnutils.lint.checks.relations.judging import Judged, compared, is_lone
from nnutils.lint.checks.relations.names import Known, Names, labels_with_numbers, name_of, worth
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.language import Chain, Link, Node, Side, chains_in
from nnutils.lint.language.words import FUNCTIONS
from nnutils.lint.sheets import Piece
from nnutils.lint.values import Reading, UndefinedError, Value, compute

__all__ = ["check_relations"]

_OF_TWO = re.compile(  # 'the quotient of a and b = c': only b stands directly before the sign
    r"\b(?:sum|product|quotient|difference|ratio|average|mean|distance|gcd|lcm)\b[^.;:=]*\b(?:and|by|to)\W*$",
    re.IGNORECASE,
)
_SIMILAR = 0.3  # a number behind 'gives' that is off by more may be about something else
_FAR = 3.4  # a factor of 30: a digit too many in a chain is seen
_FEWEST_DIGITS = 3
_SOLVED = re.compile(
    r"(?:\b|_)(?:solv\w+|find|determin\w+|choose|for which|such that|so that|equation|unknown|requires?|must"
    r"|should|want|need\w*|suppose|assum\w+|would|löse|finde|gesucht)\b"
)


@dataclass
class _Place:
    """Where the check stands: the piece with its number, and the section."""

    piece: Piece
    number: int
    section: int


def check_relations(context: Context) -> Iterator[Finding]:
    """Judge every relation between numbers in a sheet; definitions on the way are noted first."""
    names = Names()
    pieces = list(context.sheet.pieces())
    read = [context.tokens(piece) if piece.kind != "code" else [] for piece in pieces]
    sections, section = [], 0
    for piece in pieces:
        section += piece.kind == "heading"
        sections.append(section)
    chains = list[tuple[set[tuple[str, ...]], list[Chain]]]()
    for number, tokens in enumerate(read):
        chains.append((long := names.long, chains_in(tokens, long)))
        _define(names, chains[-1][1], _Place(pieces[number], number, sections[number]))
        for name, node, end in labels_with_numbers(tokens, names.long):
            value = worth(node, names.known_to((node,), number, end, sections[number]))
            names.add(name, [value] if value else [], number, end, sections[number])
    long = names.long
    for number, tokens in enumerate(read):
        place = _Place(pieces[number], number, sections[number])
        known, before = chains[number]  # names of several words that come later are read differently
        for chain in before if known == long else chains_in(tokens, long):
            yield from _judged_chain(context, names, chain, place)


def _define(names: Names, chains: list[Chain], place: _Place) -> None:
    for chain in chains:
        if chain.links[0].weak or chain.links[0].sign not in ("=", ":=", "≈"):
            continue
        end = chain.sides[-1].end
        values: list[Value] = []
        for side in reversed(chain.sides if chain.label and not chain.sides[0].words else chain.sides[1:]):
            if side.node is not None:
                known = names.known_to((side.node,), place.number, side.start, place.section)
                value = worth(side.node, known)
                values += [value] if value is not None else []
        names.add(name_of(chain), values, place.number, end, place.section)


def _judged_chain(context: Context, names: Names, chain: Chain, place: _Place) -> Iterator[Finding]:
    before: tuple[Side, bool] | None = None
    for index, side in enumerate(chain.sides):
        link = chain.links[index - 1] if index else None
        if side.node is None:
            if link is not None and not link.weak and side.problem != "empty":
                yield from _unread(context, chain, index, place)
            before = None if link is None or link.sign not in "=≈" else before
            continue
        if link is None:
            before = (side, False)
            continue
        if before is not None and link.sign in "=≈<>≤≥≠→":
            found = _pair(context, names, before[0], link, side, place, alone=len(chain.sides) == 2)
            if found is not None:
                yield found
                # a side in letters stands for its neighbours: a = n · m = 20
                if found.verdict == "unchecked" and link.sign == "=" and index + 1 < len(chain.sides):
                    if _numeric(before[0].node) and not _numeric(side.node):
                        continue
        before = (side, False)


def _unread(context: Context, chain: Chain, index: int, place: _Place) -> Iterator[Finding]:
    left, side = chain.sides[index - 1], chain.sides[index]
    stretch = place.piece.text[left.start : side.end]
    if sum(sign.isdigit() for sign in stretch) > 1 and left.node is not None and _numeric(left.node):
        yield context.finding(
            place.piece, left.start, side.end, "arithmetic", "unchecked", cause="unreadable"
        )


def _numeric(node: Node | None) -> bool:
    return node is not None and not node.names and any(one.operation == "number" for one in node.walk())


def _pair(
    context: Context, names: Names, left: Side, link: Link, right: Side, place: _Place, *, alone: bool
) -> Finding | None:
    """Judge one relation; None where it states nothing that can be recomputed.

    ``alone`` says that it is no part of a longer chain.
    """
    assert left.node is not None and right.node is not None
    one, other = left.node, right.node
    known = names.known_to((one, other), place.number, left.start, place.section)
    if not _states_something(one, link, other):
        return None
    about = context.sheet is not None and _said_to_be_rounded(place.piece, right)
    judged = compared(one, "=" if link.weak else link.sign, other, known, about=about)
    if link.weak and judged.verdict != "right" and not _plausible(judged, other, several=one.operations > 1):
        return None
    both = is_lone(one) and is_lone(other) and (alone or link.sign == "≈")
    if both and judged.verdict == "wrong" and not _alike(one, other, _SIMILAR if alone else _FAR):
        return None  # '1 ≈ 45': no two numbers that are meant to be one
    if judged.verdict == "wrong" and _OF_TWO.search(place.piece.text[max(0, left.start - 60) : left.start]):
        judged = Judged("unchecked", cause="context")
    if judged.verdict == "wrong" and _with_numbers_before(left, link, right, known, about=about):
        judged = Judged("unchecked", cause="context")
    if judged.verdict == "wrong" and _is_range(place.piece, left):
        return None
    if judged.verdict == "wrong":
        judged = doubted(place.piece, left, link.sign, right, judged)
    if judged.verdict == "wrong" and not link.weak and _runs_on(one, other, known):
        note = "The chain goes on with another sum, so that its first side is not its last one."
        judged = replace(judged, verdict="suspicious", note=note)
    if judged.verdict != "right" and link.sign in "<>≤≥≠" and (one.names or other.names):
        judged = Judged("unchecked", cause="context")  # a condition: 'for |x| < 1'
    if judged.verdict != "right" and (one.names or other.names) and _to_solve(place.piece, left.start):
        judged = Judged("unchecked", cause="letters")
    if judged.verdict == "unchecked" and not _worth_saying(one, other):
        return None
    return _finding(context, place.piece, left, link, right, judged)


def _to_solve(piece: Piece, start: int) -> bool:
    """Whether a sentence asks for the letters in an equation, or only supposes it."""
    sentence = re.split(r"[.!?]\s", piece.text[:start])[-1].lower()
    return _SOLVED.search(sentence) is not None


def _is_range(piece: Piece, side: Side) -> bool:
    """Whether a side is a range such as 100-500 in running text, which looks like a difference."""
    node = side.node
    if node is None or node.operation != "subtract" or not all(map(is_lone, node.arguments)):
        return False
    first, last = (part.number for part in node.arguments)
    written = piece.text[node.arguments[0].start : node.arguments[1].end]
    touching = " " not in written and not piece.in_formula(side.start)
    if not touching or first is None or last is None:
        return False
    years = len(first.text) == 4 and len(last.text) == 2  # 1982-84
    return years or first.value < last.value


def _runs_on(one: Node, other: Node, known: Mapping[str, Known]) -> bool:
    """Whether a chain adds something on its way: 96 · 363 = 34,848 + 96 = 34,944."""
    first = other
    while first.arguments and first.operation in ("add", "subtract", "multiply", "divide"):
        first = first.arguments[0]
    return first is not other and compared(one, "=", first, known).verdict == "right"


def _states_something(one: Node, link: Link, other: Node) -> bool:
    if link.weak:
        return bool(one.operations) and not one.names and is_lone(other)
    if link.sign == "≈" and is_lone(one) and is_lone(other):
        return True
    if one.operation == "name" or other.operation == "name":
        return False
    if one.operation == "call" and one.text not in FUNCTIONS and not one.operations - 1 and one.names:
        return False  # f(x) = …: a definition
    return bool(one.operations + other.operations)


def _said_to_be_rounded(piece: Piece, side: Side) -> bool:
    before = piece.text[max(0, side.start - 16) : side.start].lower()
    inside = piece.text[side.start : side.start + 16].lower()
    words = ("about", "around", "roughly", "approx", "circa", "ca.", "almost", "nearly", "some ", "~")
    return any(word in before or inside.startswith(word) for word in words)


def _plausible(judged: Judged, stated: Node, *, several: bool) -> bool:
    """Whether a number behind 'gives' or an arrow is meant as the value of what stands before it."""
    if judged.value is None or judged.verdict == "unchecked":
        return False
    while stated.number is None and stated.arguments:
        stated = stated.arguments[0]
    if stated.number is None or not judged.value.nominal:
        return False
    if stated.number.significant < _FEWEST_DIGITS and not (several and stated.number.significant > 1):
        return False
    ratio = float(stated.number.value / judged.value.nominal) if judged.value.nominal else 0.0
    if ratio > 0 and abs(math.log(ratio)) < _SIMILAR:
        return True
    return sorted(_digits(stated.number.value)) == sorted(_digits(judged.value.nominal))


def _alike(one: Node, other: Node, most: float) -> bool:
    """Whether two numbers are so near, as logarithms, that they may be meant as one."""
    try:
        left, right = (float(compute(node, Reading()).nominal) for node in (one, other))
    except (UndefinedError, OverflowError):
        return False
    digits = max(node.number.significant for side in (one, other) for node in side.walk() if node.number)
    return left * right > 0 and abs(math.log(left / right)) < most and digits >= _FEWEST_DIGITS


def _digits(value: object) -> str:
    return "".join(sign for sign in str(value) if sign.isdigit()).strip("0")


def _with_numbers_before(
    left: Side, link: Link, right: Side, known: Mapping[str, Known], *, about: bool
) -> bool:
    """Whether it holds with a number that stands before it as a factor: '2 groups of 48 · 25 = 2,400'."""
    made = left.node
    assert made is not None and right.node is not None
    for number in reversed(left.before):
        for factor in (left.node, made):
            assert factor is not None
            product = Node("multiply", (number, factor), start=number.start, end=factor.end)
            if compared(product, "=" if link.weak else link.sign, right.node, known, about=about).verdict in (
                "right",
                "rounded",
            ):
                return True
        made = Node("multiply", (number, made), start=number.start, end=made.end)
    return False


def _worth_saying(one: Node, other: Node) -> bool:
    """Whether a relation that could not be judged looks like a statement about numbers."""
    every = [*one.walk(), *other.walk()]
    return any(node.operation == "number" for node in every)


def _finding(context: Context, piece: Piece, left: Side, link: Link, right: Side, judged: Judged) -> Finding:
    assert left.node is not None and right.node is not None
    stated, computed = right, left
    if is_lone(left.node) and not is_lone(right.node):
        stated, computed = left, right
    assert computed.node is not None and stated.node is not None
    written = piece.text[stated.node.start : stated.node.end]
    why, slips = "", tuple[str, ...]()
    if judged.verdict in ("wrong", "rounded", "suspicious"):
        why = " ".join(part for part in (work(computed.node, piece.text, judged), judged.note) if part)
    if judged.verdict == "wrong":
        slips = explained(computed.node, written, judged)
    kind = "inequality" if link.sign in "<>≤≥≠" else "approximation" if link.sign == "≈" else "arithmetic"
    return context.finding(
        piece,
        left.start,
        right.end,
        kind,
        judged.verdict,
        stated=written,
        computed=judged.computed,
        why=why,
        slips=slips,
        cause=judged.cause,
        at=stated.node.start,
    )
