"""Tokens read into a tree: arithmetic as people write it, in formulas and in sentences.

Recursive descent with bounds on depth and length. What cannot be read raises ``UnreadableError``; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from nnutils.core.precision import parse_written
from nnutils.lint.language.tokens import Token, scaled
from nnutils.lint.language.tree import Node
from nnutils.lint.language.words import ABOUT, FUNCTIONS, GREEK_FUNCTIONS, OPERATORS, SCALES, UNITS

__all__ = ["DEEPEST", "UnreadableError", "is_symbol", "parse", "parse_prefix"]

DEEPEST = 30
"""So many brackets and signs may stand inside one another."""

_NOUNS = 4  # so many words may follow a number: '96 kernels of the first layer'
_CLOSING = {"(": ")", "[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉"}
_AROUND = {"⌊": "floor", "⌈": "ceil"}
_FEW_LETTERS = 2


class UnreadableError(ValueError):
    """Tokens that are not an expression."""


def parse(tokens: Sequence[Token], names: Collection[tuple[str, ...]] = ()) -> Node:
    """Return the tree of all these tokens.

    ``names`` are the names of several words that may occur, each as a tuple of words in small letters.

    Raises:
        UnreadableError: for tokens that are not one expression.
    """
    reader = _Reader([token for token in tokens if token.kind != "end"], names)
    made = reader.sum()
    if reader.at < len(reader.tokens):
        raise UnreadableError(reader.tokens[reader.at].text)
    return made


def parse_prefix(tokens: Sequence[Token], names: Collection[tuple[str, ...]] = ()) -> tuple[Node, int]:
    """Return the tree of the longest expression at the beginning of tokens, and how many tokens it has.

    Raises:
        UnreadableError: where none begins, or one that goes on with something that cannot be read.
    """
    reader = _Reader(tokens, names)
    made = reader.sum()
    after = reader.peek()
    if after is not None and (
        after.kind in ("open", "ellipsis", "number") or (after.kind == "sign" and after.text != "#")
    ):
        raise UnreadableError(after.text)
    return made, reader.at


def is_symbol(token: Token) -> bool:
    """Return whether a word is a name of mathematics rather than a word of the language: k, x_1, W1, σ.

    >>> [is_symbol(Token("word", text, 0, len(text))) for text in ("k", "x_1", "h2", "weights", "I")]
    [True, True, True, False, True]
    """
    if token.kind != "word":
        return False
    letters = [sign for sign in token.text if sign.isalpha()]
    return len(letters) < _FEW_LETTERS or "_" in token.text or any(sign.isdigit() for sign in token.text)


class _Reader:
    def __init__(self, tokens: Sequence[Token], names: Collection[tuple[str, ...]]) -> None:
        self.tokens, self.names, self.at, self.depth = tokens, names, 0, 0
        self.longest = max((len(name) for name in names), default=0)

    # What comes next

    def peek(self, ahead: int = 0) -> Token | None:
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def sign(self, *wanted: str) -> str:
        """Take one of these signs, or the words that stand for one; return it, or an empty string."""
        token = self.peek()
        if token is None:
            return ""
        if token.kind == "sign" and token.text in wanted:
            self.at += 1
            return token.text
        if token.kind == "word":
            for length in (2, 1):
                words = tuple(one.text.lower() for one in self.tokens[self.at : self.at + length])
                meant = OPERATORS.get(words)
                if meant in wanted and self.at + length < len(self.tokens):
                    self.at += length
                    return str(meant)
        return ""

    # Sums, products, signs, powers

    def sum(self) -> Node:
        self.deeper()
        terms, signs = [self.product()], list[str]()
        while True:
            token = self.peek()
            if token is not None and token.kind == "ellipsis" and signs == []:
                break
            sign = self.sign("+", "-")
            if not sign:
                break
            if (dots := self.peek()) is not None and dots.kind == "ellipsis":
                self.at += 1
                if not self.sign("+") or set(signs) - {"+"} or sign != "+":
                    raise UnreadableError("…")
                last = self.product()
                self.depth -= 1
                return Node("series", (*terms, last), "+", start=terms[0].start, end=last.end)
            signs.append(sign)
            terms.append(self.product())
        made = terms[0]
        for sign, term in zip(signs, terms[1:], strict=True):
            made = _two("add" if sign == "+" else "subtract", made, term)
        self.depth -= 1
        return made

    def product(self) -> Node:
        factors, signs = [self.signed()], list[str]()
        while True:
            sign = self.sign("*", "×", "/", "of") or self.loosely()
            if not sign:
                break
            if (dots := self.peek()) is not None and dots.kind == "ellipsis":
                self.at += 1
                if sign not in "*×" or not self.sign("*", "×"):
                    raise UnreadableError("…")
                last = self.signed()
                return Node("series", (*factors, last), "*", start=factors[0].start, end=last.end)
            if sign == "of" and factors[-1].operation not in ("percent", "divide"):
                raise UnreadableError("of")
            signs.append(sign)
            factors.append(self.signed())
        made = factors[0]
        for sign, factor in zip(signs, factors[1:], strict=True):
            if sign == "loose":
                made = Node("multiply", (made, factor), start=made.start, end=factor.end, loose=True)
            else:
                made = _two("divide" if sign == "/" else "multiply", made, factor)
        return made

    def loosely(self) -> str:
        """Whether a factor follows without a sign: 2x, 2(3 + 4), (a)(b); in formulas also with a blank between."""
        token, before = self.peek(), self.tokens[self.at - 1]
        if token is None or not (token.close or token.formula):
            return ""
        if before.kind == "number" and token.kind == "number":
            return ""
        if token.kind == "open" and token.text in "([⌊":
            named = before.kind == "word"
            return "" if named and before.text.lower() in FUNCTIONS else "loose"
        if (
            before.kind in ("number", "close")
            and token.kind == "word"
            and (is_symbol(token) or token.formula)
        ):
            return "loose"
        if token.formula and before.kind == "word" and is_symbol(before) and is_symbol(token):
            return "loose"
        if token.formula and before.kind in ("number", "close", "word") and token.kind == "word":
            return "loose" if token.text.lower() in FUNCTIONS or token.text in GREEK_FUNCTIONS else ""
        if before.kind == "close" and token.kind == "number" and token.formula:
            return "loose"
        if token.kind == "sign" and token.text == "√" and before.kind in ("number", "close"):
            return "loose"
        return ""

    def signed(self) -> Node:
        token = self.peek()
        sign = self.sign("+", "-") if token is not None and token.kind == "sign" else ""
        if not sign:
            return self.power()
        self.deeper()
        made = self.signed()
        self.depth -= 1
        assert token is not None
        return Node("negative", (made,), start=token.start, end=made.end) if sign == "-" else made

    def power(self) -> Node:
        base = self.postfix(self.atom())
        token = self.peek()
        if token is not None and token.kind == "sign" and token.text[0] == "^" and len(token.text) > 1:
            self.at += 1
            base = _two("power", base, _whole(token.text[1:], token))
        elif self.sign("^"):
            base = _two("power", base, self.signed())
        elif (words := self.sign("^2", "^3")) and token is not None:
            base = _two("power", base, _whole(words[1:], token))
        return self.postfix(base)

    # Behind an operand: percent, scale, unit, nouns

    def postfix(self, made: Node) -> Node:
        token = self.peek()
        if token is None:
            return made
        after = self.peek(1)
        if token.kind == "percent":
            self.at += 1
            return Node("percent", (made,), start=made.start, end=token.end)
        if token.kind == "sign" and token.text == "!" and token.close and after is not None:
            if after.kind in ("sign", "relation", "close"):
                self.at += 1
                return Node("factorial", (made,), start=made.start, end=token.end)
        if token.kind != "word":
            return made
        if made.number is not None and token.text in SCALES and (len(token.text) > 1 or token.close):
            self.at += 1
            number = scaled(made.number, SCALES[token.text], f"{made.number.text} {token.text}")
            return self.postfix(Node("number", number=number, start=made.start, end=token.end))
        if token.text == "percent":
            self.at += 1
            return Node("percent", (made,), start=made.start, end=token.end)
        if token.text in UNITS and made.operation in ("number", "percent") and self.ends(1, token):
            self.at += 1
            unit = Node("unit", text=token.text, start=token.start, end=token.end)
            return Node("multiply", (made, unit), start=made.start, end=token.end)
        return self.without_nouns(made)

    def ends(self, ahead: int, token: Token) -> bool:
        """Whether an operand ends there: by the end, a sign, or the word of one."""
        after = self.peek(ahead)
        if after is None or after.kind in ("close", "mark", "relation"):
            return True
        if after.kind == "sign":
            return after.text in "+-*×/" and not (token.formula and len(token.text) == 1)
        return (after.text.lower(),) in OPERATORS and after.text != "of"

    def without_nouns(self, made: Node) -> Node:
        """Pass over what is counted: '96 kernels × 121 weights each'."""
        if made.operation not in ("number", "multiply", "power", "negative"):
            return made
        for length in range(1, _NOUNS + 1):
            token = self.peek(length - 1)
            if token is None or token.kind != "word" or not _is_noun(token):
                return made
            if tuple(t.text.lower() for t in self.tokens[self.at : self.at + length]) in self.names:
                return made
            if self.ends(length, token):
                self.at += length
                return made
        return made

    # Operands

    def atom(self) -> Node:
        self.deeper()
        token = self.peek()
        if token is None:
            raise UnreadableError("the end")
        if token.kind == "word" and token.text.lower() in ABOUT:
            self.at += 1
            token = self.peek()
            if token is None or token.kind != "number":
                raise UnreadableError("about")
        self.at += 1
        if token.kind == "number":
            made = Node("number", number=token.number, start=token.start, end=token.end)
        elif token.kind == "open":
            made = self.bracket(token)
        elif token.kind == "word":
            made = self.word(token)
        elif token.kind == "sign" and token.text == "|":
            made = self.between_bars(token)
        elif token.kind == "sign" and token.text == "#" and (after := self.peek()) and after.kind == "word":
            self.at += 1
            made = self.named(after, self.at - 1)
        elif token.kind == "sign" and token.text == "√":
            inside = self.atom()
            made = Node("call", (inside,), "sqrt", start=token.start, end=inside.end)
        elif token.kind == "sign" and token.text in "∑∏":
            made = self.over_an_index(token)
        else:
            raise UnreadableError(token.text)
        self.depth -= 1
        return made

    def bracket(self, token: Token) -> Node:
        inside = [self.sum()]
        closing = _CLOSING[token.text]
        rows = False
        while (mark := self.peek()) is not None and mark.kind == "mark" and mark.text in ",;":
            rows |= mark.text == ";"
            self.at += 1
            inside.append(self.sum())
        end = self.peek()
        if end is None or end.kind != "close" or end.text != closing:
            raise UnreadableError("a bracket that is not closed")
        self.at += 1
        if len(inside) > 1:
            kind = "vector" if token.text != "⌊" and not rows else "matrix"
            return Node(kind, tuple(inside), token.text, start=token.start, end=end.end)
        around = _AROUND.get(token.text)
        if around:
            return Node(around, (inside[0],), start=token.start, end=end.end)
        one = inside[0]
        return Node("group", (one,), token.text, start=token.start, end=end.end)

    def between_bars(self, token: Token) -> Node:
        made = self.sum()
        end = self.peek()
        if end is None or end.text != "|":
            raise UnreadableError("|")
        self.at += 1
        return Node("abs", (made,), start=token.start, end=end.end)

    def word(self, token: Token) -> Node:
        lower = token.text.lower()
        name = GREEK_FUNCTIONS.get(token.text, lower)
        after = self.peek()
        if name in FUNCTIONS and after is not None:
            raised: Node | None = None
            if after.kind == "sign" and after.text == "^2":
                self.at += 1
                raised, after = _whole("2", after), self.peek()
            if after is not None and (after.kind in ("open", "number") or is_symbol(after)):
                inside = self.atom() if after.kind == "open" else self.power()
                bare = inside.arguments[0] if inside.operation == "group" else inside
                arguments = inside.arguments if inside.operation == "vector" else (bare,)
                made = Node("call", arguments, name, start=token.start, end=inside.end)
                return made if raised is None else _two("power", made, raised)
        if after is not None and after.kind == "open" and after.text == "(" and after.close:
            inside = self.atom()
            arguments = inside.arguments if inside.operation == "vector" else (inside,)
            return Node("call", arguments, token.text, start=token.start, end=inside.end)
        return self.named(token, self.at - 1)

    def named(self, token: Token, first: int) -> Node:
        """Return the longest known name that begins here, or the one word."""
        for length in range(min(self.longest, len(self.tokens) - first), 1, -1):
            words = tuple(one.text.lower() for one in self.tokens[first : first + length])
            if words in self.names:
                self.at = first + length
                end = self.tokens[self.at - 1].end
                return Node("name", text=" ".join(words), start=token.start, end=end)
        return Node(
            "name",
            text=token.text if is_symbol(token) else token.text.lower(),
            start=token.start,
            end=token.end,
        )

    def over_an_index(self, token: Token) -> Node:
        """Read ∑_{i=1}^(10) and the product that is added up."""
        variable, made = self.peek(2), list[Node]()
        for wanted in ("_", "{", "", "="):
            after = self.peek()
            if after is None or (wanted and after.text != wanted):
                raise UnreadableError(token.text)
            self.at += 1
        made.append(self.sum())
        if (end := self.peek()) is None or end.text != "}":
            raise UnreadableError(token.text)
        self.at += 1
        if not self.sign("^"):
            raise UnreadableError(token.text)
        made.append(self.atom())
        made.append(self.product())
        assert variable is not None
        operation = "sum" if token.text == "∑" else "product"
        return Node(operation, tuple(made), variable.text, start=token.start, end=made[-1].end)

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST * 4:
            raise UnreadableError("too much inside one another")


def _is_noun(token: Token) -> bool:
    return (
        not is_symbol(token)
        and (token.text.lower(),) not in OPERATORS
        and token.text.lower() not in FUNCTIONS
    )


def _two(operation: str, left: Node, right: Node) -> Node:
    return Node(operation, (left, right), start=left.start, end=right.end)


def _whole(digits: str, token: Token) -> Node:
    return Node("number", number=parse_written(digits), start=token.start, end=token.end)
