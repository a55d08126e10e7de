"""What stands on one side of a relation: the longest expression next to it, or why there is none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from nnutils.lint.language.clauses import LONGEST
from nnutils.lint.language.cursor import UnreadableError, is_symbol
from nnutils.lint.language.parser import parse, parse_prefix
from nnutils.lint.language.tokens import Token
from nnutils.lint.language.tree import Node
from nnutils.lint.language.words import ARTICLES, NO_NOUNS, OPERATORS

__all__ = ["Side", "label_before", "side_after", "side_before", "whole_side"]

_MOST_LABEL = 6
_BINDING = frozenset("+-*×/^@√∂∑∏∫±′!") | {"//"}
"""Signs behind which no expression begins: it would be the rest of one."""
_GOING_ON = ("plus", "minus", "moins")
_PRONOUNS = frozenset("it them this that these those us".split())
_FACTORS = ("√", "∑", "∏", "(", "[", "⌊", "⌈")


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


def _is_operator(token: Token) -> bool:
    return token.kind == "sign" or (token.kind == "word" and (token.text.lower(),) in OPERATORS)


def _factor_like(token: Token) -> bool:
    """Whether a token behind a number may be a factor of it, so that a statement must not begin with it."""
    return token.kind == "number" or is_symbol(token)


def _behind_a_mark(part: Sequence[Token]) -> int:
    """Return where a clause begins behind points or a source in brackets: '(b) [2]  3*(4 + 5) = 27'."""
    for index in range(len(part) - 4, -1, -1):
        mark, number, end, after = part[index : index + 4]
        if mark.text == "[" and end.text == "]" and number.kind == "number" and not mark.formula:
            apart = not mark.close or index == 0
            if apart and not after.close and (after.kind in ("number", "word") or after.text == "("):
                return index + 3
    return 0


def _behind_a_label(part: Sequence[Token]) -> int:
    """Return where a negative number begins that stands in a column behind its label: 'w2      -1.104'."""
    for index in range(len(part) - 2, 0, -1):
        before, minus, number = part[index - 1 : index + 2]
        apart = minus.text == "-" and minus.wide and not minus.formula
        if apart and before.kind == "word" and number.kind == "number" and number.close:
            return index
    return 0


def _is_broken(tokens: Sequence[Token], mark: int) -> bool:
    """Whether a mark that ends a clause is inside a number of another country: 1 800,50 and 31.50."""
    if not 0 < mark < len(tokens) - 1 or tokens[mark].text not in (",", "."):
        return False
    before, after = tokens[mark - 1], tokens[mark + 1]
    return before.kind == after.kind == "number" and tokens[mark].close and after.close


def _is_cut(before: Token, first: Token, node: Node) -> bool:
    """Whether a side that begins here lacks what belongs to it, as in a√5 and P⁺(0)."""
    while node.arguments and node.operation not in ("group", "vector", "matrix"):
        node = node.arguments[0]
    if node.operation in ("vector", "matrix"):  # softmax(3, 2, 0) ≈ …: those are judged elsewhere
        return False
    if first.kind == "open" and first.close and before.kind in ("word", "close", "mark"):
        return before.text not in ",;:"
    if first.text == "(" and is_symbol(before) and before.text not in ("a", "A", "I"):
        return True  # (o − t) o (1 − o) = …
    same = first.formula == before.formula != 0 and not first.wide
    factor = first.text in _FACTORS or is_symbol(first)  # ∂L/∂y h_1 is no value of h_1
    return same and factor and (before.kind in ("number", "close") or is_symbol(before))


def _tells_of_the_next(tokens: Sequence[Token], names: Collection[tuple[str, ...]]) -> bool:
    """Whether a word is none of an expression: 'which costs −ln 0.05', 'scales activations by 1/(1 − p)'."""
    if (
        len(tokens) < 3
        or tokens[0].kind != "word"
        or is_symbol(tokens[0])
        or (tokens[0].text.lower(),) in names
    ):
        return False
    negative = tokens[1].text == "-" and not tokens[1].close and tokens[2].close
    return negative or tokens[1].text.lower() == "by"


def whole_side(
    tokens: Sequence[Token], first: int, last: int, names: Collection[tuple[str, ...]]
) -> Side | None:
    """Return a clause that is one expression as a side; None for any other."""
    part = _without_ends(tokens[first:last])
    if len(_before_a_sentence(tokens[first:last])) < last - first:
        return None
    node: Node | None
    try:
        node = parse(part, names)
    except UnreadableError:
        node = _product_apart(part, names)
    if node is None or _names_the_next(node, part):
        return None
    return Side(node, part[0].start, part[-1].end)


def _factor_before(token: Token) -> bool:
    return token.kind in ("number", "close") or is_symbol(token)


def _product_apart(part: list[Token], names: Collection[tuple[str, ...]]) -> Node | None:
    """Return what stands between two relations as a product, though a blank is left: = 0.1 (1 − 0.1) =."""
    made = [
        token._replace(close=True)
        if token.text == "(" and place and _factor_before(part[place - 1]) and not token.wide
        else token
        for place, token in enumerate(part)
    ]
    if made == part or any(token.kind == "word" and not is_symbol(token) for token in part):
        return None
    try:
        return parse(made, names)
    except UnreadableError:
        return None


def _names_the_next(node: Node, part: Sequence[Token]) -> bool:
    """Whether a word behind a number between two relations may begin the next: 'n = 2 size = 3'."""
    return node.operation == "number" and part[-1].kind == "word" and part[-1].start >= node.end


def _without_ends(tokens: Sequence[Token]) -> list[Token]:
    made = [token for token in tokens if token.kind != "end"]
    while made and made[-1].text == ",":
        made.pop()
    return made


def _before_a_sentence(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens up to a line that begins as a sentence does: no expression goes on there."""
    for index in range(1, len(tokens) - 1):
        before, after = tokens[index - 1], tokens[index + 1]
        if tokens[index].kind == "end" and before.kind in ("number", "close", "percent", "word"):
            if after.kind == "word" and after.text[:1].isupper() and not is_symbol(after):
                return tokens[:index]
    return tokens


def side_before(
    tokens: Sequence[Token], first: int, last: int, names: Collection[tuple[str, ...]], *, weak: bool
) -> Side:
    """Return the longest expression at the end of a clause; before a mere word it has to be arithmetic."""
    part = _without_ends(tokens[first:last])
    if not part:
        here = tokens[last].start if last < len(tokens) else 0
        return Side(None, here, here, "empty")
    if weak and not (any(one.kind == "number" for one in part) and any(map(_is_operator, part))):
        return Side(None, part[0].start, part[-1].end, "unreadable")
    if _is_broken(tokens, first - 1):
        return Side(None, part[0].start, part[-1].end, "unreadable")
    part = part[_behind_a_mark(part) :]
    part = part[_behind_a_label(part) :]
    item = len(part) > 1 and part[0].text == "-" and part[1].formula and not part[0].formula
    cut = last - first >= LONGEST  # then it may begin in the middle of a sum
    for start in range(int(item), len(part)):  # a dash before a formula begins an item of a list
        before = part[start - 1] if start else None
        if cut and (before is None or before.kind not in ("word", "mark")):
            continue
        if before is not None and before.kind == "sign" and before.text in _BINDING:
            bullet = start == 1 and before.text in "-*+"
            if not bullet:
                continue
        if part[start].kind == "word" and part[start].text.lower() in _PRONOUNS:
            continue  # 'multiplies them by 1/(1 − p) = 2'
        if before is not None and before.text == "_":
            continue  # the bound of an integral
        if _tells_of_the_next(part[start : start + 3], names):
            continue
        if before is not None and before.kind == "word" and before.text.lower() in _GOING_ON:
            continue  # 500, plus 1,600 = 2,100
        if before is not None and before.kind in ("number", "close") and _factor_like(part[start]):
            continue
        try:
            node = parse(part[start:], names)
        except UnreadableError:
            continue
        if before is not None and _is_cut(before, part[start], node):
            continue
        if first and tokens[first - 1].kind == "relation" and _names_the_next(node, part):
            continue
        numbers = tuple(
            Node("number", number=token.number, start=token.start, end=token.end)
            for token in part[:start]
            if token.kind == "number"
        )
        named = node.operation == "name" and not is_symbol(part[-1])
        words = _label(part) if named else ()
        return Side(node, part[start].start, part[-1].end, "", numbers, words)
    return Side(None, part[0].start, part[-1].end, "too long" if cut else "unreadable", (), _label(part))


def side_after(tokens: Sequence[Token], first: int, last: int, names: Collection[tuple[str, ...]]) -> Side:
    """Return the longest expression at the beginning of a clause."""
    part = _without_ends(_before_a_sentence(tokens[first:last]))
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
        problem = "too long" if last - first >= LONGEST else "unreadable"
        return Side(None, part[0].start, part[-1].end, problem)
    if length == len(part) and last - first >= LONGEST:
        return Side(None, part[0].start, part[-1].end, "too long")
    if length == len(part) and _is_broken(tokens, last):
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
            if word.lower() in NO_NOUNS:
                break
            if word.lower() in ARTICLES and not (symbol and not words):
                if word in ("of",):
                    continue
                if words:
                    break
                continue
            words.append(word)
        elif token.kind == "sign" and token.text == "#":
            continue
        elif token.kind == "sign" and token.text in "∂/":
            return ()  # ∂f/∂x is not x
        else:
            break
        if len(words) >= _MOST_LABEL:
            break
    return tuple(reversed(words))
