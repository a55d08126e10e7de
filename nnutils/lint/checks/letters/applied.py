"""Formulas put to use at once: 'receptive field: r = 1 + n(k − 1); n = 5, k = 5 ⇒ r = 21'."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from nnutils.lint.checks.field.agreement import agreement, number_of, value_text
from nnutils.lint.checks.letters.evaluating import normal
from nnutils.lint.checks.letters.products import with_products
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.language import Node, Token, UnreadableError, is_symbol, parse
from nnutils.lint.language.words import FUNCTIONS, UNITS
from nnutils.lint.sheets import Piece
from nnutils.lint.values import Reading, UndefinedError, Value, compute, readings

__all__ = ["check_applied"]

_APART = frozenset(
    "with for where at when if and let take taking given so then gives give yields becomes hence thus"
    " therefore we get has is are makes".split()
)
_LEADING = frozenset("so then gives give yields hence thus therefore makes becomes".split())
_LONGEST, _MOST_TOKENS = 60, 4_000
_ORDER: tuple[Verdict, ...] = ("right", "rounded", "suspicious", "wrong")


@dataclass(frozen=True)
class _Part:
    """A stretch of tokens between signs that set statements apart; ``led`` says that an arrow leads to it."""

    tokens: tuple[Token, ...]
    led: bool


@dataclass
class _Open:
    """The formula that waits for the values of its letters."""

    name: str = ""
    tokens: tuple[Token, ...] = ()
    since: set[str] = field(default_factory=set)
    """The letters that got a value since the last result."""


def check_applied(context: Context) -> Iterator[Finding]:
    """Judge what a formula in letters is said to give, where all its letters get a value beside it.

    >>> from nnutils.lint import lint
    >>> report = lint("Dense: `(n + 1)·m`; n = 4096, m = 10 ⇒ 40690")
    >>> [(one.stated, one.computed, one.why) for one in report.wrong]
    [('40690', '40,970', '(n + 1)·m with n = 4,096, m = 10.')]
    """
    for piece in context.sentences:
        if "=" in piece.text:
            tokens = context.tokens(piece)
            if len(tokens) <= _MOST_TOKENS:
                yield from _of_piece(context, piece, tokens)


def _of_piece(context: Context, piece: Piece, tokens: Sequence[Token]) -> Iterator[Finding]:
    state, values = _Open(), dict[str, Value]()
    result: tuple[Value, str] | None = None  # what was judged last: it may be told once more in a unit
    for part in _parts(tokens):
        sides = _sides(part.tokens)
        told_again = result if part.tokens[0].kind == "relation" else None
        result = None
        if told_again is not None:
            yield from _in_a_unit(context, piece, sides, told_again)
            continue
        name, last = _name(sides[0]), sides[-1]
        number, length = _number(last)
        if len(sides) == 1 and number is None or len(sides) > 1 and number is None:
            if formula := _formula(sides, name):
                state = _Open(*formula, set(values))
            continue
        if number is None or len(sides) > 2:
            continue
        own = len(sides) == 2 and name == state.name != ""
        if own or (len(sides) == 1 and part.led):
            judged = _judged(context, piece, state, values, number, named=own)
            if judged is not None:
                yield judged[0]
                result = judged[1]
                state.since = set()
        if name and len(sides) == 2 and length == len(last):
            values[name] = _exactly(compute(number, Reading()))
            state.since.add(name)


def _parts(tokens: Sequence[Token]) -> Iterator[_Part]:
    """Yield the stretches between marks, arrows and the words between statements."""
    part, depth, led = list[Token](), 0, False
    for token in tokens:
        depth = max(0, depth + (token.kind == "open") - (token.kind == "close"))
        word = token.kind == "word" and token.text.lower() in _APART
        mark = token.kind == "mark" and (token.text in ";:." or not depth)
        arrow = token.kind == "relation" and token.text == "→"
        if not (word or mark or arrow or token.kind == "end"):
            part.append(token)
            continue
        if part:
            yield from _cut(part, led)
            led = False
        part, depth = [], 0
        led = (led or arrow or (word and token.text.lower() in _LEADING)) and token.kind != "end"
    if part:
        yield from _cut(part, led)


def _cut(part: list[Token], led: bool) -> Iterator[_Part]:
    """Yield a stretch, and apart from it what follows a number that an arrow leads to: '⇒ 1024 = 1 KiB'."""
    signs = [place for place, token in enumerate(part) if token.kind == "relation"]
    if led and signs and part[0].kind == "number":
        yield _Part(tuple(part[: signs[0]]), True)
        yield _Part(tuple(part[signs[0] :]), False)
    elif led and len(signs) > 1 and _number(part[signs[0] + 1 : signs[1]])[0] is not None:
        yield _Part(tuple(part[: signs[1]]), True)
        yield _Part(tuple(part[signs[1] :]), False)
    else:
        yield _Part(tuple(part), led)


def _sides(tokens: Sequence[Token]) -> list[list[Token]]:
    sides: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind == "relation" and token.text in ("=", "≈", ":="):
            sides.append([])
        else:
            sides[-1].append(token)
    return sides


def _name(side: Sequence[Token]) -> str:
    """Return the name that a side is, perhaps with a prime; also behind words: 'the side o'."""
    primes = ""
    rest = list(side)
    while rest and rest[-1].text == "′":
        primes += "′"
        rest.pop()
    if not rest or not is_symbol(rest[-1]):
        return ""
    words = all(token.kind == "word" and not is_symbol(token) for token in rest[:-1])
    return normal(rest[-1].text) + primes if words else ""


def _number(side: Sequence[Token]) -> tuple[Node | None, int]:
    """Return the number that a side begins with and how many tokens it has, where only words follow it."""
    length = 1 + (bool(side) and side[0].text == "-")
    if len(side) < length or side[length - 1].kind != "number":
        return None, 0
    rest = side[length:]
    if any(token.kind not in ("word", "open", "close", "number", "sign") for token in rest):
        return None, 0
    if rest and (rest[0].kind not in ("word", "open") or rest[0].close or is_symbol(rest[0])):
        return None, 0
    try:
        return parse(side[:length]), length
    except UnreadableError:
        return None, 0


def _formula(sides: Sequence[Sequence[Token]], name: str) -> tuple[str, tuple[Token, ...]] | None:
    """Return the name and the tokens of a formula in letters; the words before and behind it are left out."""
    if len(sides) > 2 or len(sides) == 2 and not name:
        return None
    tokens = list(sides[-1])
    while tokens and _is_word(tokens[-1]):
        tokens.pop()
    if len(tokens) < 2 or len(tokens) > _LONGEST or _is_word(tokens[0]):
        return None
    if not any(token.kind == "word" and not _is_word(token) for token in tokens):
        return None
    return (name if len(sides) == 2 else ""), tuple(tokens)


def _is_word(token: Token) -> bool:
    """Whether a token is a word of the language; two letters may be a product."""
    return (
        token.kind == "word" and len(token.text) > 2 and not is_symbol(token) and token.text not in FUNCTIONS
    )


def _judged(
    context: Context, piece: Piece, state: _Open, values: dict[str, Value], number: Node, *, named: bool
) -> tuple[Finding, tuple[Value, str]] | None:
    if not state.tokens:
        return None
    known = dict(values)
    try:
        node = parse(with_products(state.tokens, set(known)))
    except (UnreadableError, RecursionError):
        return None
    names = {normal(name) for name in node.names}
    used = {
        name: known[normal(name)] for name in sorted(node.names, key=_place_in(node)) if normal(name) in known
    }
    if not node.operations or not names or len(used) < len(node.names) or state.name in names:
        return None
    if not named and not state.since <= names | {state.name} or not names & state.since:
        return None  # other letters were given since: the number may be of something else
    written = number_of(number)
    if written is None:
        return None
    best: tuple[Verdict, Value] | None = None
    for reading in readings((node,), {name: (value,) for name, value in used.items()}):
        try:
            value = compute(node, reading)
        except UndefinedError:
            continue
        verdict = agreement(written, value)
        if best is None or _ORDER.index(verdict) < _ORDER.index(best[0]):
            best = verdict, value
    if best is None:
        return None
    verdict, value = best
    text = piece.text[state.tokens[0].start : state.tokens[-1].end]
    shown = ", ".join(f"{name} = {value_text(one)}" for name, one in used.items())
    found = context.finding(
        piece, number.start, number.end, "formula", verdict,
        stated=piece.text[number.start : number.end], computed=value_text(value, written),
        why=f"{text} with {shown}.",
    )  # fmt: skip
    return found, (value, text)


def _place_in(node: Node) -> Callable[[str], int]:
    """Return what tells where a name stands first in a tree."""
    places = [one.text for one in node.walk() if one.text]
    return places.index


def _in_a_unit(
    context: Context, piece: Piece, sides: Sequence[Sequence[Token]], told: tuple[Value, str]
) -> Iterator[Finding]:
    """Judge what was found once more, in a unit of memory: '= 98.00 MiB'."""
    if len(sides) < 2 or len(sides[1]) < 2:
        return
    number, length = _number(sides[1])
    unit = sides[1][length].text if number is not None and length < len(sides[1]) else ""
    if number is None or not unit.endswith("B") or unit not in UNITS:
        return
    value, text = told
    written = number_of(number)
    if written is None:
        return
    verdicts: list[tuple[Verdict, Value]] = []
    for size in UNITS[unit]:
        one = _exactly(value, Fraction(size))
        verdicts.append((agreement(written, one), one))
    verdict, one = min(verdicts, key=lambda pair: _ORDER.index(pair[0]))
    yield context.finding(
        piece, number.start, number.end, "formula", verdict,
        stated=piece.text[number.start : number.end], computed=value_text(one, written),
        why=f"{text} gives {value_text(value)} bytes.",
    )  # fmt: skip


def _exactly(value: Value, unit: Fraction = Fraction(1)) -> Value:
    """Return a value as if it were meant exactly as it is written, in a unit."""
    nominal = value.nominal / unit
    return Value(nominal, nominal, nominal, value.exact)
