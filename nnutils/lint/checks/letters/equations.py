"""Equations in letters: chains of sides, and which of them is a derivative of something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nnutils.lint.checks.letters.evaluating import normal
from nnutils.lint.context import Context
from nnutils.lint.language import Node, Token, UnreadableError, is_symbol, parse
from nnutils.lint.language.words import FUNCTIONS, GREEK_FUNCTIONS
from nnutils.lint.sheets import Piece
from nnutils.slips.precision import parse_written

__all__ = ["Derivative", "Equation", "Side", "equations_among", "equations_in"]

_LONGEST = 120
_RELATION = re.compile("[=≈≃]")
_EXPRESSION_WORDS = {*FUNCTIONS, *GREEK_FUNCTIONS, "softmax"}
_NAME = r"[^\W\d_][\u0300-\u036f\u20d7]*(?:_\{[^{}]{1,8}\}|_\w{1,4}|\d{1,2})?"
_WITH = rf"(?:d|∂|\u2202)\s*(?P<x>{_NAME})"
_QUOTIENT = re.compile(
    rf"^\(*\s*(?:d|∂)\s*(?:\(\s*)?(?P<f>{_NAME}|tanh|sigmoid|softplus|relu|ReLU)?(?P<of>\([^()=]{{1,30}}\))?\s*\)*\s*/"
    rf"\s*\(*\s*{_WITH}\s*\)*\s*(?P<body>.*)$",
    re.DOTALL,
)
_PRIME = re.compile(
    rf"^(?P<f>{_NAME}|tanh|sigmoid|softplus|relu|ReLU|sin|cos|exp|ln)\s*['’′]\s*(?:\((?P<x>[^()=]{{1,20}})\))?$"
)
_AT = "|at"
_NUMBER = re.compile(r"(?:(?P<name>[^\W\d_]\w{0,3})\s*=\s*)?(?P<value>[-−]?\s*\d+(?:[.,]\d+)?)\W*$")
_POINTS = re.compile(
    r"\(\s*\d{1,3}(?:[.,]5)?\s*(?:P|p|pts?|points?|marks?|Pkt|Punkte?)\.?\s*\)$"
    r"|^\s*\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)$"
)


@dataclass(frozen=True)
class Derivative:
    """A derivative as it is written: of a function or name, or of the tree behind d/dx; in which variable."""

    of: str
    wrt: str
    body: Node | None = None
    at: Node | None = None
    """What stands in the brackets of f′(2)."""


@dataclass(frozen=True)
class Side:
    """One side of an equation: its tree, or what it is the derivative of; neither if it cannot be read."""

    node: Node | None
    derivative: Derivative | None
    start: int
    end: int


@dataclass(frozen=True)
class Equation:
    """Sides with signs between them; ``end`` is where it ends in the text of its piece."""

    piece: Piece
    sides: tuple[Side, ...]
    signs: tuple[str, ...]
    start: int
    end: int


def equations_in(context: Context, piece: Piece) -> list[Equation]:
    """Return the equations of a piece, with = or ≈ between the sides, every token read as in a formula."""
    return context.once("equations", piece, lambda: list(equations_among(piece, context.tokens(piece))))


def equations_among(piece: Piece, read: Sequence[Token]) -> Iterator[Equation]:
    """Yield the equations among tokens of a piece."""
    if not _RELATION.search(piece.text):
        return
    tokens = [
        token if token.formula == 1 else token._replace(formula=1, wide=token.wide and not token.formula)
        for token in read
    ]
    if "|" in piece.text:
        tokens = _with_bars(tokens)
    sides: list[list[Token]] = [[]]
    signs: list[str] = []
    depth, before = 0, None
    for token in [*tokens, None]:
        if token is not None and token.kind in ("open", "close"):
            depth = max(0, depth + (1 if token.kind == "open" else -1))
        apart = token is not None and bool(sides[-1]) and depth == 0 and _stands_apart(sides[-1][-1], token)
        if token is not None and signs and apart:
            yield from _equation(piece, sides, signs, before, None)
            sides, signs, before = [[token]], [], None
            depth = int(token.kind == "open")
            continue
        if token is not None and _belongs(token, depth):
            if token.kind == "relation" and token.text in ("=", "≈", ":="):
                sides.append([])
                signs.append(token.text)
                depth = 0
            else:
                sides[-1].append(token)
            continue
        yield from _equation(piece, sides, signs, before, token)
        sides, signs, depth, before = [[]], [], 0, token


def _with_bars(tokens: list[Token]) -> list[Token]:
    """Return the tokens with each bar that says at which number, as in 'f′(x)|_{x = 2}', as one token."""
    made: list[Token] = []
    place = 0
    while place < len(tokens):
        end = _bar_end(tokens, place) if tokens[place].text == "|" and made else 0
        if end:
            made.append(tokens[place]._replace(text=_AT, end=tokens[end - 1].end))
            place = end
        else:
            made.append(tokens[place])
            place += 1
    return made


def _bar_end(tokens: Sequence[Token], place: int) -> int:
    """Return where a bar with its number ends; 0 where a bar is none of that sort."""
    at = place + 1
    lowered = at < len(tokens) and tokens[at].text == "_"
    at += lowered
    bracket = at < len(tokens) and tokens[at].kind == "open"
    at += bracket
    named = at + 1 < len(tokens) and tokens[at].kind == "word" and tokens[at + 1].text == "="
    at += 2 * named
    if not (lowered or named):
        return 0
    at += at < len(tokens) and tokens[at].text == "-"
    if at >= len(tokens) or tokens[at].kind != "number":
        return 0
    at += 1
    if bracket:
        return at + 1 if at < len(tokens) and tokens[at].kind == "close" else 0
    return at


def _stands_apart(before: Token, token: Token) -> bool:
    """Whether much room is left before a token that begins another equation: 'u(t) = t²   u′(t) = 2t'."""
    kinds = ("number", "close", "word")
    return token.wide and before.kind in kinds and token.kind in ("word", "open")


def _belongs(token: Token, depth: int) -> bool:
    if token.kind in ("number", "open", "close"):
        return True
    if token.kind == "word":
        letters = token.text
        return (
            is_symbol(token)
            or letters.lower() in _EXPRESSION_WORDS
            or bool(re.fullmatch(r"d[^\W\d_]", letters))
        )
    if token.kind == "mark":
        return token.text == "," and depth > 0
    if token.kind == "relation":
        return token.text in ("=", "≈", ":=")
    return token.kind == "sign" and token.text not in ("#", "±", "∑", "∏", "∫", "∞", "∘", "@")


def _equation(
    piece: Piece, sides: list[list[Token]], signs: list[str], before: Token | None, after: Token | None
) -> Iterator[Equation]:
    if not signs or any(len(side) > _LONGEST for side in sides):
        return
    made = [_side(piece.text, side) for side in (_without_heading(piece.text, sides[0]), *sides[1:])]
    if any(side.start < 0 for side in made):
        return
    if before is not None and _cuts(piece, before, before.end == made[0].start):
        made[0] = replace(made[0], node=None, derivative=None)
    if after is not None and _cuts(piece, after, after.close):
        made[-1] = replace(made[-1], node=None, derivative=None)
    yield Equation(piece, tuple(made), tuple(signs), made[0].start, made[-1].end)


def _without_heading(text: str, tokens: list[Token]) -> list[Token]:
    """Return the tokens of a first side without the number and the points of a question: '4 i) (3P)  f(x)'.

    A bracket closes that was not opened, points stand in brackets, or at least two blanks are between.
    """
    depth, start = 0, 0
    for place, token in enumerate(tokens):
        if token.kind in ("open", "close"):
            depth += 1 if token.kind == "open" else -1
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if after is None or depth > 0 or after.kind != "word" and after.text not in ("d", "∂", "("):
            continue
        gap = after.start - token.end
        before = text[max(text.rfind("\n", 0, token.start) + 1, token.start - 40) : token.end]
        points = token.text == ")" and gap and _POINTS.search(before)
        if depth < 0 or points or gap > 1 and token.kind != "sign":
            start, depth = place + 1, 0
    return tokens[start:]


def _cuts(piece: Piece, token: Token, touching: bool) -> bool:
    """Return whether a token that ends an equation belongs to it, so that a side is only a part of itself."""
    if token.kind == "word":
        return touching or piece.in_formula(token.start)
    return token.kind in ("sign", "ellipsis", "percent") or token.kind == "mark" and token.text in "_|\\"


def _side(text: str, tokens: Sequence[Token]) -> Side:
    if not tokens:
        return Side(None, None, -1, -1)
    if tokens[-1].text == _AT and len(tokens) > 1:
        return _at_a_number(text, tokens)
    start, end = tokens[0].start, tokens[-1].end
    written = text[start:end]
    if (
        "′" in [token.text for token in tokens]
        or "∂" in written
        or re.match(r"\(*\s*d\b[^·*×+−-]*/|\(*\s*d[^\W\d_]\b", written)
    ):
        return Side(None, _derivative(written, tokens), start, end)
    return Side(_parsed(tokens), None, start, end)


def _at_a_number(text: str, tokens: Sequence[Token]) -> Side:
    """Return a side that is a derivative at the number behind a bar; of anything else nothing is known."""
    inner, bar = _side(text, tokens[:-1]), tokens[-1]
    stated, number = inner.derivative, _NUMBER.search(text[bar.start : bar.end])
    if stated is None or stated.at is not None or number is None:
        return Side(None, None, inner.start, bar.end)
    if number["name"] and stated.wrt and normal(number["name"]) != stated.wrt:
        return Side(None, None, inner.start, bar.end)
    written = parse_written(number["value"].replace("−", "-").replace(",", "."))
    at = Node("number", number=written, start=bar.start, end=bar.end)
    return replace(inner, derivative=replace(stated, at=at), end=bar.end)


def _parsed(tokens: Sequence[Token]) -> Node | None:
    try:
        return parse(list(tokens))
    except (UnreadableError, RecursionError):
        return None


def _derivative(written: str, tokens: Sequence[Token]) -> Derivative | None:
    if prime := _PRIME.match(written):
        inside = prime["x"]
        variable = normal(inside) if inside and re.fullmatch(_NAME, inside.strip()) else ""
        at = None
        if inside and not variable:
            begin = next((place for place, token in enumerate(tokens) if token.text == "("), len(tokens))
            at = _parsed(tokens[begin + 1 : -1])
            if at is None:
                return None
        return Derivative(_function(prime["f"]), variable.strip(), None, at)
    quotient = _QUOTIENT.match(written)
    if quotient is None:
        return None
    variable = normal(quotient["x"])
    place = tokens[0].start + quotient.start("body")
    body = [token for token in tokens if token.start >= place]
    if quotient["f"] and quotient["f"] != "d":
        inside = (quotient["of"] or "")[1:-1].strip()
        if body or (inside and normal(inside) != variable):
            return None
        return Derivative(_function(quotient["f"]), variable)
    node = _parsed(body) if body else None
    return Derivative("", variable, node) if node is not None else None


def _function(name: str) -> str:
    lower = name.lower()
    return GREEK_FUNCTIONS.get(name, lower if lower in FUNCTIONS else normal(name))
