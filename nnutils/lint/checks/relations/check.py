"""Every equality, approximation and inequality of a sheet; and 'so', 'gives' and the like before a number."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate

from nnutils.lint.checks.relations.announcing import counts_more, is_plain
from nnutils.lint.checks.relations.arrows import with_sure_arrows
from nnutils.lint.checks.relations.cutting import cut_off
from nnutils.lint.checks.relations.doubts import doubted
from nnutils.lint.checks.relations.explaining import explained, work
from nnutils.lint.checks.relations.judging import PERHAPS_ROUNDED, Judged, compared, is_lone
from nnutils.lint.checks.relations.names import Known, Names, labels_with_numbers, name_of, worth
from nnutils.lint.checks.relations.plausible import FEWEST_DIGITS, SIMILAR, plausible
from nnutils.lint.context import Context
from nnutils.lint.exact_numbers import only_of
from nnutils.lint.finding import Cause, Finding
from nnutils.lint.language import Chain, Link, Node, Side, chains_in
from nnutils.lint.language.words import FUNCTIONS
from nnutils.lint.sheets import Piece
from nnutils.lint.short_decimals import follows_from_rounded
from nnutils.lint.values import Reading, UndefinedError, Value, compute

__all__ = ["check_relations"]

_OF_TWO = re.compile(  # 'the quotient of a and b = c': only b stands directly before the sign
    r"\b(?:sum|product|quotient|difference|ratio|average|mean|distance|gcd|lcm)\b[^.;:=]*\b(?:and|by|to)\W*$",
    re.IGNORECASE,
)
_OF_EACH = frozenset(
    "of with each per times à mit je jeweils mal zu von avec de fois con di com met van by".split()
)
_FAR = 3.4  # a factor of 30: a digit too many in a chain is seen
_SEVERAL = 2
_THOUSAND = 1000
_FARTHEST = 7.0  # a factor of 1000, behind an arrow
_MEASURED = re.compile(r"\s?(?:[smghVAWJNK]|[kcmnμ][mgsJWN]|Hz|min|°C?)\b")
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
    sections = list(accumulate(int(piece.kind == "heading") for piece in pieces))
    chains = list[tuple[int, list[Chain]]]()
    for number, tokens in enumerate(read):
        chains.append((len(names.long), chains_in(tokens, names.long)))
        _define(names, chains[-1][1], _Place(pieces[number], number, sections[number]))
        for name, node, end in labels_with_numbers(tokens, names.long):
            value = worth(node, names.known_to((node,), number, end, sections[number]))
            names.add(name, [value] if value else [], number, end, sections[number])
    for number, tokens in enumerate(read):
        place = _Place(pieces[number], number, sections[number])
        known, found = chains[number]
        if found and names.long.stand_in(tokens, since=known):  # names that came later are read differently
            found = chains_in(tokens, names.long)
        for chain in with_sure_arrows(found):
            yield from _judged_chain(context, names, chain, place)


def _define(names: Names, chains: list[Chain], place: _Place) -> None:
    for chain in chains:
        if len(chain.links) > 1 and chain.links[0].weak and not chain.links[1].weak:
            named = chain.sides[1].node
            if named is not None and named.operation == "name":  # 'the sum is z = 2 + 3 = 5'
                chain = replace(chain, sides=chain.sides[1:], links=chain.links[1:], label=())
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
                yield from _unread(context, chain, index - 1, place)
            elif link is None and not chain.links[0].weak and side.problem == "too long":
                yield from _unread(context, chain, 0, place)
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
    """Yield that a relation between two sides could not be read, if the side that was read has numbers."""
    left, right = chain.sides[index : index + 2]
    stretch = place.piece.text[left.start : right.end]
    if sum(sign.isdigit() for sign in stretch) > 1 and (_numeric(left.node) or _numeric(right.node)):
        too_long = "too long" in (left.problem, right.problem)
        cause: Cause = "too long" if too_long else "unreadable"
        yield context.finding(place.piece, left.start, right.end, "arithmetic", "unchecked", cause=cause)


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
    if judged.note == PERHAPS_ROUNDED and not _perhaps_rounded(
        context, place.piece, one, other, judged.reading
    ):
        judged = replace(judged, verdict="wrong", note="")
    if judged.verdict in ("rounded", "wrong", "suspicious") and link.sign == "=":
        judged = cut_off(place.piece, left, right, judged)
    if link.weak and judged.verdict == "wrong" and counts_more(place.piece, left, right, judged):
        return None
    if link.weak and judged.verdict != "right":
        meant = plausible(judged, other, several=one.operations > 1) or _meant(one, link, other, judged)
        if not meant and not _in_another_unit(one, other):
            tokens = context.tokens(place.piece)
            if judged.verdict != "wrong" or not is_plain(place.piece, tokens, left, link, right):
                return None
    both = is_lone(one) and is_lone(other) and (alone or link.sign == "≈")
    same_thing = _has_unit(one) and _has_unit(other)  # 627,200 bytes = 95.81 MiB
    if (
        both
        and judged.verdict == "wrong"
        and not same_thing
        and not _alike(one, other, SIMILAR if alone else _FAR)
    ):
        return None  # '1 ≈ 45': no two numbers that are meant to be one
    if judged.verdict == "wrong" and _OF_TWO.search(place.piece.text[max(0, left.start - 60) : left.start]):
        judged = Judged("unchecked", cause="context")
    if judged.verdict == "wrong" and _with_numbers_before(place.piece, left, link, right, known, about=about):
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


def _perhaps_rounded(context: Context, piece: Piece, computed: Node, stated: Node, reading: Reading) -> bool:
    """Whether the digits that are not written may make a result right."""
    bits = stated.operation == "multiply" and stated.arguments[1].text in ("bit", "bits", "nat", "nats")
    stated = stated.arguments[0] if bits else stated
    number = stated.arguments[0].number if stated.operation == "negative" else stated.number
    if number is None:  # 5/7.071 has digits that are not written, too
        return True
    if not computed.names and only_of(computed, context.written.exact):
        return False
    if stated.operation == "negative":
        number = replace(number, value=-number.value)
    if _MEASURED.match(piece.text, stated.end):
        return True
    return follows_from_rounded(computed, number, reading, context.written)


def _in_another_unit(one: Node, other: Node) -> bool:
    """Whether two lone numbers with units are one amount in two units: '3,608,336 bytes → 3.6 MB'."""
    both = is_lone(one) and is_lone(other) and _has_unit(one) and _has_unit(other)
    return both and _alike(one, other, _FARTHEST, fewest=2)


def _has_unit(node: Node) -> bool:
    return any(one.operation == "unit" for one in node.walk())


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


def _meant(one: Node, link: Link, other: Node, judged: Judged) -> bool:
    """Whether a number far from the value of what stands before it is meant as this value all the same.

    It is where arithmetic that is no size stands before an arrow, or where a known slip leads to the number.
    """
    if judged.verdict != "wrong" or other.number is None or one.operations < _SEVERAL:
        return False
    if other.number.significant < FEWEST_DIGITS and other.number.value < _THOUSAND:
        return False
    formula = any(node.operation in ("power", "add", "subtract") for node in one.walk())
    if link.sign == "→" and formula and judged.value is not None and judged.value.nominal > 0:
        ratio = float(other.number.value / judged.value.nominal)
        if abs(math.log(ratio)) < _FARTHEST:
            return True
    return bool(explained(one, other.number.text, judged))


def _alike(one: Node, other: Node, most: float, fewest: int = FEWEST_DIGITS) -> bool:
    """Whether two numbers are so near, as logarithms, that they may be meant as one."""
    try:
        left, right = (float(compute(node, Reading()).nominal) for node in (one, other))
    except (UndefinedError, OverflowError):
        return False
    digits = max(node.number.significant for side in (one, other) for node in side.walk() if node.number)
    return left * right > 0 and abs(math.log(left / right)) < most and digits >= fewest


def _with_numbers_before(
    piece: Piece, left: Side, link: Link, right: Side, known: Mapping[str, Known], *, about: bool
) -> bool:
    """Whether it holds with a number that stands before it as a factor: '2 groups of 48 · 25 = 2,400'."""
    whole = made = left.node
    assert whole is not None and made is not None and right.node is not None
    factors = {node.number.value for node in whole.walk() if node.number is not None}
    for number in reversed(left.before):
        if number.number is not None and number.number.value in factors:
            between = piece.text[number.end : whole.start].lower().split()
            if not between or between[-1] not in _OF_EACH:
                continue  # 'all 32 of them hold 32 × 216': the same number
        for factor in (whole, made):
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
        slips = explained(computed.node, context.plain(written), judged)
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
