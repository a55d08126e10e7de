"""Chains of relations in a text, a = b ≈ c: what stands on each side, and what the whole is called."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from nnutils.lint.language.cursor import UnreadableError, is_symbol
from nnutils.lint.language.parser import parse, parse_prefix
from nnutils.lint.language.tokens import Token
from nnutils.lint.language.tree import Node
from nnutils.lint.language.words import ARTICLES, OPERATORS, RELATIONS, WEAK

__all__ = ["Chain", "Link", "Side", "chains_in", "label_before"]

_LONGEST = 80  # so many tokens of a side are read
_MOST_LABEL = 6
_BREAKING = '.;:?!"“”„»«‘\\&'


@dataclass(frozen=True)
class Link:
    """A relation: its sign, and whether it is only a word or an arrow that often announces a value."""

    sign: str
    first: int
    last: int
    weak: bool = False


@dataclass(frozen=True)
class Side:
    """One side of a relation: its tree, or None with the reason; and its stretch in the piece's text.

    ``before`` are the numbers that stand earlier in the same clause: '2 groups of 3 × 4 = 24'.
    """

    node: Node | None
    start: int
    end: int
    problem: str = ""
    before: tuple[Node, ...] = ()
    words: tuple[str, ...] = ()
    """The words of a side that is nothing but a name."""


@dataclass(frozen=True)
class Chain:
    """Sides with a link between each two, and what the first of them is called, if something."""

    sides: tuple[Side, ...]
    links: tuple[Link, ...]
    label: tuple[str, ...] = ()


def chains_in(tokens: Sequence[Token], names: Collection[tuple[str, ...]] = ()) -> list[Chain]:
    """Return the chains of relations among tokens, in order."""
    links = _links(tokens)
    partner = _partners(tokens)
    chains: list[Chain] = []
    sides: list[Side] = []
    used: list[Link] = []
    label: tuple[str, ...] = ()
    for index, link in enumerate(links):
        if used and link.weak and not (sides[-1].node is not None and sides[-1].node.operations):
            chains.append(Chain(tuple(sides), tuple(used), label))
            used = []
        if not used:
            first = _region_before(tokens, link.first, partner)
            side = _suffix(tokens, first, link.first, names, weak=link.weak)
            sides, label = [side], label_before(tokens, first, side)
        following = links[index + 1] if index + 1 < len(links) else None
        stop = _region_after(tokens, link.last, partner)
        used.append(link)
        if following is not None and stop == following.first:
            whole = _whole(tokens, link.last, stop, names)
            if whole is not None:
                sides.append(whole)
                continue
        sides.append(_prefix(tokens, link.last, stop, names))
        chains.append(Chain(tuple(sides), tuple(used), label))
        used = []
    return chains


def _links(tokens: Sequence[Token]) -> list[Link]:
    found, index = list[Link](), 0
    indexed = _inside_an_index(tokens)
    while index < len(tokens):
        token = tokens[index]
        if index in indexed:
            index += 1
        elif token.kind == "relation":
            found.append(Link(token.text, index, index + 1, token.text == "→"))
            index += 1
        elif token.kind == "word" and (words := _words_at(tokens, index)):
            length, sign = words
            found.append(Link(sign or "=", index, index + length, not sign))
            index += length
        else:
            index += 1
    return _joined(found, tokens)


def _joined(links: list[Link], tokens: Sequence[Token]) -> list[Link]:
    """Return links with those that follow one another directly as one: ', so =' or 'is ≈'."""
    made: list[Link] = []
    for link in links:
        between = tokens[made[-1].last : link.first] if made else ()
        if made and all(one.kind == "end" or one.text == "," for one in between):
            strong = link if not link.weak else made[-1]
            made[-1] = Link(strong.sign, made[-1].first, link.last, link.weak and made[-1].weak)
        else:
            made.append(link)
    return made


def _words_at(tokens: Sequence[Token], index: int) -> tuple[int, str] | None:
    for length in (4, 3, 2, 1):
        words = tuple(token.text.lower() for token in tokens[index : index + length])
        if len(words) < length:
            continue
        if words in RELATIONS:
            return length, RELATIONS[words]
        if words in WEAK:
            return length, ""
    return None


def _inside_an_index(tokens: Sequence[Token]) -> set[int]:
    """Return the places of what stands in the index of a sum: ∑_{i=1}."""
    found: set[int] = set()
    for index, token in enumerate(tokens):
        if token.kind == "open" and token.text == "{" and index and tokens[index - 1].text == "_":
            end = index
            while end < len(tokens) and end < index + _LONGEST and tokens[end].text != "}":
                found.add(end)
                end += 1
    return found


def _partners(tokens: Sequence[Token]) -> dict[int, int]:
    """Return for each bracket that has a partner the place of it, both ways."""
    waiting: list[int] = []
    found: dict[int, int] = {}
    for index, token in enumerate(tokens):
        if token.kind == "open":
            waiting.append(index)
        elif token.kind == "close" and waiting:
            other = waiting.pop()
            found[index], found[other] = other, index
    return found


def _breaks(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.kind == "mark":
        return token.text in _BREAKING or token.text == ","
    if token.kind == "end":
        return not _goes_on(tokens, index)
    return token.kind == "word" and token.text.lower() in (
        "and",
        "und",
        "et",
        "but",
        "because",
        "where",
        "while",
        "if",
    )


def _is_operator(token: Token) -> bool:
    return token.kind == "sign" or (token.kind == "word" and (token.text.lower(),) in OPERATORS)


def _factor_like(token: Token) -> bool:
    """Whether a token behind a number may be a factor of it, so that a statement must not begin with it."""
    return token.kind == "number" or is_symbol(token)


def _goes_on(tokens: Sequence[Token], index: int) -> bool:
    """Whether a line that ends here goes on: by a sign at its end or at the beginning of the next."""
    before = tokens[index - 1] if index else None
    following = range(index + 1, min(index + _LONGEST, len(tokens)))
    after = next((tokens[place] for place in following if tokens[place].kind != "end"), None)
    if before is None or after is None:
        return False
    if before.kind == "relation" or after.kind == "relation":
        return True
    if before.kind == "sign" and before.text in "+-*×/^":
        return True
    if after.kind == "sign" and (
        after.text in ("×", "/", "^", "+") or (after.text in "*-" and after.formula)
    ):
        return True
    lasting = before.kind == "word" and before.text.lower() in ("times", "plus", "minus", "by")
    prose = before.kind == "word" and after.kind == "word"
    return lasting or (prose and not before.formula)


def _region_before(tokens: Sequence[Token], place: int, partner: dict[int, int]) -> int:
    """Return where the clause begins that ends before a relation."""
    index = place
    while index > 0 and place - index < _LONGEST:
        last = index - 1
        token = tokens[last]
        if token.kind == "close":
            if last not in partner:
                break
            index = partner[last]
            continue
        if token.kind in ("relation", "open"):
            break
        if (
            _breaks(tokens, last)
            and not (index == place and token.kind == "end")
            and not (index == place and token.text == ",")
        ):
            break
        index = last
    return index


def _region_after(tokens: Sequence[Token], place: int, partner: dict[int, int]) -> int:
    """Return where the clause ends that begins behind a relation; a relation, or the word of one, ends it."""
    index = place
    while index < len(tokens) and index - place < _LONGEST:
        token = tokens[index]
        if token.kind == "open" and index in partner:
            index = partner[index] + 1
            continue
        if token.kind in ("relation", "close", "open"):
            break
        if _breaks(tokens, index) and not (index == place and token.kind == "end"):
            if token.text == "," and index + 1 < len(tokens) and _words_at(tokens, index + 1):
                index += 1
                break
            break
        if token.kind == "word" and index > place and _words_at(tokens, index):
            break
        index += 1
    return index


def _whole(tokens: Sequence[Token], first: int, last: int, names: Collection[tuple[str, ...]]) -> Side | None:
    part = _without_ends(tokens[first:last])
    try:
        node = parse(part, names)
    except UnreadableError:
        return None
    return Side(node, part[0].start, part[-1].end)


def _without_ends(tokens: Sequence[Token]) -> list[Token]:
    made = [token for token in tokens if token.kind != "end"]
    while made and made[-1].text == ",":
        made.pop()
    return made


def _suffix(
    tokens: Sequence[Token], first: int, last: int, names: Collection[tuple[str, ...]], *, weak: bool
) -> Side:
    """Return the longest expression at the end of a clause; before a mere word it has to be arithmetic."""
    part = _without_ends(tokens[first:last])
    if not part:
        here = tokens[last].start if last < len(tokens) else 0
        return Side(None, here, here, "empty")
    if weak and not (any(one.kind == "number" for one in part) and any(map(_is_operator, part))):
        return Side(None, part[0].start, part[-1].end, "unreadable")
    for start in range(len(part)):
        before = part[start - 1] if start else None
        if before is not None and before.kind == "sign" and before.text in "+-*×/^@√∂∑∏∫±":
            bullet = start == 1 and before.text in "-*+"
            if not bullet:
                continue
        if before is not None and before.kind in ("number", "close") and _factor_like(part[start]):
            continue
        try:
            node = parse(part[start:], names)
        except UnreadableError:
            continue
        numbers = tuple(
            Node("number", number=token.number, start=token.start, end=token.end)
            for token in part[:start]
            if token.kind == "number"
        )
        named = node.operation == "name" and not is_symbol(part[-1])
        words = _label(part) if named else ()
        return Side(node, part[start].start, part[-1].end, "", numbers, words)
    return Side(None, part[0].start, part[-1].end, "unreadable", (), _label(part))


def _prefix(tokens: Sequence[Token], first: int, last: int, names: Collection[tuple[str, ...]]) -> Side:
    """Return the longest expression at the beginning of a clause."""
    part = _without_ends(tokens[first:last])
    if not part:
        here = tokens[first - 1].end if first else 0
        return Side(None, here, here, "empty")
    while (
        part
        and part[0].kind == "word"
        and part[0].text.lower() in ("a", "an", "the", "only", "just", "exactly")
    ):
        if is_symbol(part[0]) and (len(part) == 1 or part[1].kind != "word" and part[1].kind != "number"):
            break
        part = part[1:]
    if not part:
        return Side(None, tokens[first].start, tokens[last - 1].end, "unreadable")
    try:
        node, length = parse_prefix(part, names)
    except UnreadableError:
        return Side(None, part[0].start, part[-1].end, "unreadable")
    return Side(node, part[0].start, max(part[length - 1].end, node.end))


def label_before(tokens: Sequence[Token], first: int, side: Side) -> tuple[str, ...]:
    """Return what stands before a colon in front of a clause, as a name: '# units: 55 · 55' is 'units'."""
    if side.words:
        return side.words
    index = first - 1
    if index < 0 or tokens[index].text != ":":
        return ()
    start = index
    while start > 0 and tokens[start - 1].kind in ("word", "sign", "number") and index - start < _MOST_LABEL:
        start -= 1
    return _label(tokens[start:index])


def _label(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return words as a name, or nothing where they hold other signs."""
    words: list[str] = []
    for token in reversed(tokens):
        if token.kind == "word":
            symbol = is_symbol(token)
            word = token.text if symbol else token.text.lower()
            if word.lower() in ARTICLES and not (symbol and not words):
                if word in ("of",):
                    continue
                if words:
                    break
                continue
            words.append(word)
        elif token.kind == "sign" and token.text == "#":
            continue
        else:
            break
        if len(words) >= _MOST_LABEL:
            break
    return tuple(reversed(words))
