"""Operands: numbers, names, brackets, functions, and what may stand behind them, such as a unit."""

from __future__ import annotations

import re

from nnutils.lint.language.cursor import Cursor, UnreadableError, is_symbol, two, whole_number
from nnutils.lint.language.tokens import Token
from nnutils.lint.language.tree import Node
from nnutils.lint.language.words import ABOUT, FUNCTIONS, GREEK_FUNCTIONS, NO_NOUNS, OPERATORS, SCALES, UNITS
from nnutils.lint.numbers import scaled

__all__ = ["Operands"]

_OPERATORS = ("+", "-", "*", "×", "/", "//")
_NOUNS = 4  # so many words may follow a number: '96 kernels of the first layer'
_TEN = 10
_SECONDS = ("s", "sec", "second")
_SHORTEST_COUNTED = 4  # letters of what is counted, such as frame; hours would have a size
_LAST_LETTER = "\u2fff"
_BRACKETED = ("floor", "ceil", "round", "max", "min", "abs", "sum", "root")  # words of the language, too
_CLOSING = {"(": ")", "[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉"}
_AROUND = {"⌊": "floor", "⌈": "ceil"}
_BASED = re.compile(r"log_?\{?(\d{1,3})\}?|lg|lb|ld")  # log2, log_{10}
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_SHORT_BASES = {"lg": "10", "lb": "2", "ld": "2"}


class Operands(Cursor):
    """Reads operands; sums, products and powers are read by the parser built on it."""

    def sum(self) -> Node:
        """Read a sum."""
        raise NotImplementedError

    def product(self) -> Node:
        """Read a product."""
        raise NotImplementedError

    def power(self) -> Node:
        """Read a power."""
        raise NotImplementedError

    # Behind an operand: percent, scale, unit, nouns

    def postfix(self, made: Node) -> Node:
        """Read what stands behind an operand."""
        token = self.peek()
        if token is None:
            return made
        after = self.peek(1)
        if token.kind == "percent":
            self.at += 1
            return Node("percent", (made,), start=made.start, end=token.end)
        if token.kind == "sign" and token.text == "!" and token.close:
            if after is not None and after.text == "!" and after.close:  # 5!! = 5 · 3 · 1
                self.at += 2
                return Node("factorial", (made,), "!!", start=made.start, end=after.end)
            if token.formula or self.is_factorial(after):
                self.at += 1
                return Node("factorial", (made,), start=made.start, end=token.end)
        if token.kind != "word":
            return made
        if made.number is not None and token.text in SCALES and self.is_scale(token):
            self.at += 1
            blank = "" if token.close else " "
            number = scaled(made.number, SCALES[token.text], f"{made.number.text}{blank}{token.text}")
            return self.postfix(Node("number", number=number, start=made.start, end=token.end))
        if token.text == "percent":
            self.at += 1
            return Node("percent", (made,), start=made.start, end=token.end)
        single = made.operation in ("number", "percent") or _is_power_of_ten(made)
        bracket = after is not None and after.text == "(" and not (after.close or after.formula)
        if token.text in UNITS and single and (self.ends(1, token) or _is_word(after) or bracket):
            self.at += 1
            end = self.behind_a_rate(token.end)
            unit = Node("unit", text=token.text, start=token.start, end=end)
            return Node("multiply", (made, unit), start=made.start, end=end)
        return self.without_nouns(made)

    def behind_a_rate(self, end: int) -> int:
        """Pass over what a unit is divided by, without blanks: GMAC/s, ms/frame; return where it ends."""
        sign, word = self.peek(), self.peek(1)
        if sign is None or word is None or sign.text != "/" or not (sign.close and word.close):
            return end
        counted = word.text.islower() and len(word.text) >= _SHORTEST_COUNTED and word.text not in UNITS
        if word.kind != "word" or not (word.text in _SECONDS or counted) or (word.text,) in self.names:
            return end
        self.at += 2
        return word.end

    def is_factorial(self, after: Token | None) -> bool:
        """Whether a ! is no exclamation: something follows it, or the same side has another one."""
        if after is not None and after.kind in ("sign", "relation", "close"):
            return True
        return any(one.text == "!" and one.kind == "sign" for one in self.tokens[: self.at])

    def is_scale(self, token: Token) -> bool:
        """Whether a word behind a number scales it: 35k does, but 2k + 1 has the name k."""
        if len(token.text) > 1 or token.text > _LAST_LETTER:  # 万 is no name
            return True
        after = self.peek(1)
        product = after is None or after.kind not in ("sign", "open") or after.text in "*×/"
        number = self.tokens[self.at - 1].number if self.at else None
        apart = token.text in "MG" and number is not None and number.unit is not None and self.is_over(after)
        return (token.close or apart) and not token.formula and product and (token.text,) not in self.names

    def is_over(self, after: Token | None) -> bool:
        """Whether an operand is over before a token: at the end, before a mark, or before another word."""
        if after is None or after.kind in ("close", "mark"):
            return True
        return after.kind == "word" and len(after.text) > 1 and (after.text.lower(),) not in OPERATORS

    def ends(self, ahead: int, token: Token) -> bool:
        """Whether an operand ends there: by the end, a sign, or the word of one."""
        after = self.peek(ahead)
        if after is None or after.kind in ("close", "mark", "relation"):
            return True
        if after.kind == "sign":
            return after.text in _OPERATORS and not (token.formula and len(token.text) == 1)
        return (after.text.lower(),) in OPERATORS and after.text not in ("of", "by")

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
                after = self.peek(length)
                by = after is not None and after.text.lower() == "by"
                if by and (length > 1 or made.operation == "multiply"):
                    return made  # '3.67 GFLOPs. Hand in by 12.6': no product
                self.at += length
                return made
        return made

    # Operands

    def atom(self) -> Node:
        """Read one operand without what stands behind it."""
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
        """Read what a bracket holds, up to its partner."""
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
        """Read an absolute value."""
        made = self.sum()
        end = self.peek()
        if end is None or end.text != "|":
            raise UnreadableError("|")
        self.at += 1
        return Node("abs", (made,), start=token.start, end=end.end)

    def word(self, token: Token) -> Node:
        """Read a function with its arguments, or a name."""
        lower = token.text.lower()
        name = GREEK_FUNCTIONS.get(token.text, lower)
        after = self.peek()
        base = _BASED.fullmatch(lower.translate(_LOWERED))
        if base is not None:
            name = "log"
        if name in FUNCTIONS and after is not None:
            raised: Node | None = None
            if after.kind == "sign" and after.text == "^2":
                self.at += 1
                raised, after = whole_number("2", after), self.peek()
            alone = (
                name not in _BRACKETED and after is not None and (after.kind == "number" or is_symbol(after))
            )
            if after is not None and (after.kind == "open" or alone):
                inside = self.atom() if after.kind == "open" else self.power()
                bare = inside.arguments[0] if inside.operation == "group" else inside
                arguments = inside.arguments if inside.operation == "vector" else (bare,)
                if base is not None:
                    arguments = (*arguments, whole_number(base[1] or _SHORT_BASES[lower], token))
                made = Node("call", arguments, name, start=token.start, end=inside.end)
                return made if raised is None else two("power", made, raised)
            if raised is not None:  # σ² alone is the square of a name
                self.at -= 1
                return self.named(token, self.at - 1)
        if after is not None and after.kind == "open" and after.text == "(" and after.close:
            inside = self.atom()
            arguments = inside.arguments if inside.operation == "vector" else (inside,)
            return Node("call", arguments, token.text, start=token.start, end=inside.end)
        if after is not None and after.text == "[" and after.close:
            return self.indexed(token)
        return self.named(token, self.at - 1)

    def indexed(self, token: Token) -> Node:
        """Read a name with its index in brackets: x[0] is one name, no product."""
        inside = self.atom()
        written = "".join(one.text for one in self.tokens if token.end <= one.start < inside.end)
        return Node("name", text=token.text + written, start=token.start, end=inside.end)

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


def _is_power_of_ten(made: Node) -> bool:
    base = made.arguments[0].number if made.operation == "power" else None
    return base is not None and base.value == _TEN


def _is_word(token: Token | None) -> bool:
    return token is not None and token.kind == "word"


def _is_noun(token: Token) -> bool:
    return (
        not is_symbol(token)
        and token.text.lower() not in NO_NOUNS
        and (token.text.lower(),) not in OPERATORS
        and token.text.lower() not in FUNCTIONS
    )
