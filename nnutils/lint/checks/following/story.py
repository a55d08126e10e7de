"""A section as it is told: its words, and in place of each number or written-out computation one sign."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from nnutils.lint.checks.relations.judging import is_lone
from nnutils.lint.context import Context
from nnutils.lint.language import Node, Token, UnreadableError, parse_prefix
from nnutils.lint.language.phrases import ABOUT
from nnutils.lint.sheets import Piece
from nnutils.lint.values import Reading, UndefinedError, Value, compute
from nnutils.slips.precision import WrittenNumber

__all__ = ["Quantity", "Story", "alike", "stories"]

_SPELLED = {
    word: number
    for number, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)
}
_ABOUT = ABOUT | {"≈", "~"}
_LONGEST, _MOST_TOKENS, _LONG_LINE, _MOST_NOUNS, _STEM = 6_000, 40, 50, 4, 4
_ITEM = re.compile(r"\s*(?:[-*•–+]\s|\(?\w{1,3}[.)]\s)")
_STOP = re.compile(r"[.!?](?=\s|$)|\n")
_NO_NOUNS = frozenset(
    """
    of per in and with each for at on to from or is are has have was were so that which the a an by as but
    while would this these those then we it its if than only plus minus times more less fewer after before
    altogether together total all hence thus therefore because since overall every not ie versus against
    gives give makes make yields leaves need needs take takes both when using into
    """.split()
)
_BYTES = re.compile(r"[kmgt]?i?b|(?:kilo|mega|giga|tera|kibi|mebi|gibi)?(?:bytes?|octets?)", re.IGNORECASE)
_SHORT = {"k": Fraction(1_000), "K": Fraction(1_000), "M": Fraction(1_000_000)}
_PLAIN = dict.fromkeys("≈~", "≈") | {"==": "=", "⇒": "→"}


@dataclass(frozen=True)
class Quantity:
    """A number of a section with its value, and where it stands: in its piece, and at ``at`` in the story.

    ``made`` says that it is the result of a written-out computation, ``factors`` are the numbers in that;
    ``bare`` is a computation without its result, such as 5 × 5. ``spelled`` is a number in letters.
    """

    value: Value
    piece: Piece
    start: int
    end: int
    written: WrittenNumber | None
    percent: bool = False
    made: bool = False
    bare: bool = False
    spelled: bool = False
    factors: tuple[Fraction, ...] = ()
    at: int = 0

    @property
    def text(self) -> str:
        """The number as it is written."""
        return self.piece.text[self.start : self.end]


@dataclass(frozen=True)
class Story:
    """The words of a section in small letters, with § for a number and ¤ for a computation without result."""

    text: str
    quantities: tuple[Quantity, ...]

    @cached_property
    def _places(self) -> dict[int, Quantity]:
        return {one.at: one for one in self.quantities}

    @cached_property
    def _order(self) -> list[int]:
        return [one.at for one in self.quantities]

    @cached_property
    def _stops(self) -> list[int]:
        return [found.end() for found in _STOP.finditer(self.text)]

    def at(self, place: int) -> Quantity:
        """Return the quantity whose sign stands at a place of the story."""
        return self._places[place]

    def found(self, match: re.Match[str], group: str) -> Quantity:
        """Return the quantity that a group of a match is."""
        return self._places[match.start(group)]

    def between(self, start: int, end: int) -> list[Quantity]:
        """Return the quantities from one place of the story to another, in order."""
        first, last = bisect_left(self._order, start), bisect_left(self._order, end)
        return list(self.quantities[first:last])

    def sentence(self, place: int, back: int = 0) -> int:
        """Return where the sentence, or line, of a place begins, or the one so many before it."""
        for index in range(bisect_right(self._stops, place) - 1, -1, -1):
            stop = self._stops[index]
            if self.text[stop:place].strip():
                back -= 1
                if back < 0:
                    return stop
        return 0

    def end_of_sentence(self, place: int) -> int:
        """Return where the sentence, or line, of a place ends."""
        found = _STOP.search(self.text, place)
        return found.start() if found else len(self.text)

    def nouns(self, quantity: Quantity) -> tuple[str, ...]:
        """Return the words directly behind a quantity that say what is counted."""
        words: list[str] = []
        place = quantity.at + 1
        for found in re.finditer(r"\s*([^\W\d_][\w-]*)|.", self.text[place : place + 60], re.DOTALL):
            word = found[1]
            if word is None or word in _NO_NOUNS or len(words) == _MOST_NOUNS:
                break
            words.append(word)
        return tuple(words)

    def about(self, quantity: Quantity) -> bool:
        """Whether a quantity is said to be rounded."""
        words = self.text[max(0, quantity.at - 24) : quantity.at].replace("≈", " ≈ ").split()[-2:]
        return any(word in _ABOUT for word in words)


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two quantities count the same thing: 'weight', 'weights'.

    >>> alike(("parameters",), ("params",)), alike(("weights",), ("biases",))
    (True, False)
    """
    return bool({word[:_STEM] for word in one} & {word[:_STEM] for word in other})


def stories(context: Context) -> Iterator[Story]:
    """Yield what each section of a sheet tells: a heading, a table, and code end a section."""
    section: list[Piece] = []
    joined = {id(one): other for one, other in zip(context.sheet.sentences, context.sentences, strict=True)}
    for block in context.sheet.blocks:
        if isinstance(block, Piece) and block.kind in ("text", "output"):
            section.append(joined.get(id(block), block))
            continue
        yield from _story(context, section)
        section = []
    yield from _story(context, section)


def _story(context: Context, pieces: Sequence[Piece]) -> Iterator[Story]:
    text = ""
    quantities: list[Quantity] = []
    for piece in pieces:
        if not any(map(str.isdigit, piece.text)) or len(piece.text) > _LONGEST:
            text += "\n"
            continue
        own, numbers = context.once("told", piece, lambda piece=piece: _told(context, piece))  # type: ignore[misc]
        quantities += [replace(one, at=one.at + len(text)) for one in numbers]
        text += own + "\n"
    if len(quantities) > 1:
        yield Story(text, tuple(quantities))


def _told(context: Context, piece: Piece) -> tuple[str, list[Quantity]]:
    tokens = context.tokens(piece)
    text, found, place = "", list[Quantity](), 0
    while place < len(tokens):
        token = tokens[place]
        read = _quantity(piece, tokens, place)
        if read is not None:
            one, used, unit = read
            text += " "
            found.append(replace(one, at=len(text)))
            text += ("¤" if one.bare else "§") + "%" * one.percent + unit
            place = used
            continue
        if token.kind == "word":
            text += " " + token.text.lower().replace(".", "")
        elif token.kind == "end":
            text += " " if _goes_on(piece.text, token.start) else "\n"
        elif not (token.kind == "sign" and token.text in "*^#•"):
            text += _PLAIN.get(token.text, token.text)
        place += 1
    return text, found


def _goes_on(text: str, place: int) -> bool:
    """Whether a sentence goes on behind a line break: the line is long, and ends in no mark."""
    line = text[text.rfind("\n", 0, place) + 1 : place].rstrip()
    return len(line) >= _LONG_LINE and line[-1:] not in ".:;" and not _ITEM.match(text, place + 1)


def _quantity(piece: Piece, tokens: Sequence[Token], place: int) -> tuple[Quantity, int, str] | None:
    """Return the quantity that begins at a token, the place behind it, and its unit if it has one."""
    token = tokens[place]
    if token.kind == "word" and (number := _SPELLED.get(token.text.lower())):
        value = Value(Fraction(number), Fraction(number), Fraction(number))
        return Quantity(value, piece, token.start, token.end, None, spelled=True), place + 1, ""
    if token.kind == "open" or (token.kind == "sign" and token.text == "-"):
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        before = tokens[place - 1] if place else None
        if after is None or after.kind not in ("number", "open"):
            return None
        if token.kind == "sign" and (
            not after.close or (before is not None and before.kind in ("number", "close", "word", "sign"))
        ):
            return None
    elif token.kind != "number" or _is_in_a_name(tokens, place):
        return None
    made = _expression(tokens, place)
    if made is None:
        if token.kind != "number" or token.number is None:
            return None
        made = Node("number", number=token.number, start=token.start, end=token.end), place + 1
    first, end = made
    if token.kind == "open" and is_lone(first):
        return None  # a remark in brackets
    last, worked, factors = first, not is_lone(first), _leaves(first)
    while worked and end + 1 < len(tokens) and tokens[end].kind == "relation" and tokens[end].text in "=≈":
        following = _expression(tokens, end + 1)
        if following is None:
            break
        last, end = following
        factors += () if is_lone(last) else _leaves(last)
    lone = is_lone(last)
    percent = last.operation == "percent"
    inside = last.arguments[0] if percent else last
    if _in_a_unit(inside):
        inside = inside.arguments[0]
    try:
        value = compute(inside, Reading())
    except (UndefinedError, ArithmeticError):
        return None
    if lone and end < len(tokens) and tokens[end].text in _SHORT:
        value = value * Value(_SHORT[tokens[end].text], _SHORT[tokens[end].text], _SHORT[tokens[end].text])
        end += 1
    written = next((node.number for node in last.walk() if node.number is not None), None) if lone else None
    unit = _unit(last) if lone else ""
    made_quantity = Quantity(
        value,
        piece,
        last.start,
        last.end,
        written,
        percent,
        made=worked and lone,
        bare=not lone,
        factors=factors,
    )
    return made_quantity, end, unit


def _is_in_a_name(tokens: Sequence[Token], place: int) -> bool:
    """Whether a number belongs to a name: ResNet-18."""
    before = tokens[max(0, place - 2) : place]
    return (
        len(before) == 2
        and before[1].text == "-"
        and before[0].kind == "word"
        and before[1].close
        and tokens[place].close
    )


def _in_a_unit(node: Node) -> bool:
    """Whether a number has a unit that is no number of bytes: those are compared as they are written."""
    if node.operation != "multiply" or node.arguments[1].operation != "unit":
        return False
    return not _BYTES.fullmatch(node.arguments[1].text)


def _leaves(node: Node) -> tuple[Fraction, ...]:
    return tuple(one.number.value for one in node.walk() if one.number is not None)


def _unit(node: Node) -> str:
    return "".join(f" {one.text.lower()}" for one in node.walk() if one.operation == "unit")


def _expression(tokens: Sequence[Token], place: int) -> tuple[Node, int] | None:
    """Return the tree of the expression of numbers at a place, and the place behind it."""
    part = tokens[place : place + _MOST_TOKENS]
    stop = next((n for n, one in enumerate(part) if one.kind == "end"), len(part))
    try:
        node, _ = parse_prefix(part[:stop])
    except UnreadableError:
        return None
    if node.names:
        return None
    end = place
    while end < len(tokens) and tokens[end].start < node.end:
        end += 1
    return (node, end) if end > place and not any(one.operation == "vector" for one in node.walk()) else None
