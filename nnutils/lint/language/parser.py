"""Tokens read into a tree: arithmetic as people write it, in formulas and in sentences.

Recursive descent with a bound on its depth. What cannot be read raises ``UnreadableError``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from nnutils.lint.language.cursor import UnreadableError, is_symbol, two, whole_number
from nnutils.lint.language.operands import Operands
from nnutils.lint.language.tokens import Token
from nnutils.lint.language.tree import Node
from nnutils.lint.language.words import FUNCTIONS, GREEK_FUNCTIONS, UNITS

__all__ = ["parse", "parse_prefix"]

_ENDS = ("mark", "close", "relation", "end", "percent")
"""Behind these no factor and no term follows."""

_LONGEST_ASIDE = 12
_APPLIED = re.compile(r"(?:ln|exp|sin|cos|tan|tanh|sinh|cosh|sqrt|log)(?:_?\{?\d{1,2}\}?|[₀-₉]{1,2})?|lb|ld")
"""Functions that are not words of the language, too."""


def parse(tokens: Sequence[Token], names: Collection[tuple[str, ...]] = ()) -> Node:
    """Return the tree of all these tokens.

    ``names`` are the names of several words that may occur, each as a tuple of words in small letters.

    Raises:
        UnreadableError: for tokens that are not one expression.
    """
    if len(tokens) == 1 and tokens[0].kind == "number":  # by far the most frequent
        return Node("number", number=tokens[0].number, start=tokens[0].start, end=tokens[0].end)
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
    if after is not None and _is_aside(tokens[reader.at :]):
        return made, reader.at
    if after is not None and (
        after.kind in ("open", "ellipsis", "number") or (after.kind == "sign" and after.text not in "#!")
    ):
        raise UnreadableError(after.text)
    if after is not None and after.kind == "word" and _is_factor(reader, after):
        raise UnreadableError(after.text)
    return made, reader.at


def _is_aside(tokens: Sequence[Token]) -> bool:
    """Whether a bracket apart from what stands before it is a remark: '37 (rounded down)', '48 (+ 2 biases)'.

    It holds words only, or goes on with a sign and has words, '(+ 12 biases ⇒ 60 parameters)', or is an
    equation of its own, '59.81 MiB (1 MiB = 1024 · 1024 bytes)', or begins with a label, '6 MB (fp16: 3 MB)'.
    """
    opening = tokens[0]
    if opening.text != "(" or opening.close or opening.formula or len(tokens) < 2:
        return False
    goes_on = tokens[1].text in "+=≈→" or tokens[1].text.lower() in ("plus", "with", "so", "about")
    words, only = 0, True
    for token in tokens[1:_LONGEST_ASIDE]:
        if token.kind == "close":
            return words > 0 and (only or goes_on)
        if (token.kind == "relation" and not goes_on) or (token.text == ":" and tokens[1].kind == "word"):
            return True
        word = token.kind == "word" and len(token.text) > 1 and token.text.lower() not in FUNCTIONS
        words += word
        if not (word or token.kind == "mark" or token.text == "!"):
            only = False
            if goes_on and token.kind not in ("number", "sign", "relation"):
                return False
    return False


def _is_factor(reader: Operands, word: Token) -> bool:
    """Whether a word behind an expression goes on with it: 4 acot(1/2), 1 mod 7."""
    if word.text.lower() in ("mod", "modulo"):
        return True
    following, before = reader.peek(1), reader.tokens[reader.at - 1]
    called = following is not None and following.text == "(" and following.close
    return called and (before.kind == "number" or before.formula == word.formula > 0)


class _Reader(Operands):
    """Reads sums, products, signs and powers."""

    def sum(self) -> Node:
        self.deeper()
        terms, signs = [self.product()], list[str]()
        while True:
            token = self.peek()
            if token is not None and token.kind == "ellipsis" and signs == []:
                break
            sign = "" if token is None or token.kind in _ENDS else self.sign("+", "-")
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
            made = two("add" if sign == "+" else "subtract", made, term)
        self.depth -= 1
        return made

    def product(self) -> Node:
        factors, signs = [self.signed()], list[str]()
        while (after := self.peek()) is not None and after.kind not in _ENDS:
            before = self.at
            sign = self.sign("*", "×", "/", "//", "of") or self.loosely()
            if not sign:
                break
            if (dots := self.peek()) is not None and dots.kind == "ellipsis":
                self.at += 1
                if sign not in "*×" or not self.sign("*", "×"):
                    raise UnreadableError("…")
                last = self.signed()
                return Node("series", (*factors, last), "*", start=factors[0].start, end=last.end)
            share = factors[-1].number is not None and factors[-1].number.value < 1
            if sign == "of" and not share and factors[-1].operation not in ("percent", "divide"):
                self.at = before  # 'keeps 50 of 100 units': no product
                break
            signs.append(sign)
            factors.append(self.signed())
        made = factors[0]
        for sign, factor in zip(signs, factors[1:], strict=True):
            if sign == "loose":
                made = Node("multiply", (made, factor), start=made.start, end=factor.end, loose=True)
            elif sign == "//":
                made = Node("floor", (two("divide", made, factor),), start=made.start, end=factor.end)
            else:
                made = two("divide" if sign == "/" else "multiply", made, factor)
        return made

    def loosely(self) -> str:
        """Whether a factor follows without a sign: 2x, 2(3 + 4); in formulas also behind a blank."""
        token, before = self.peek(), self.tokens[self.at - 1]
        if token is not None and before.kind in ("number", "close") and self.calls(token):
            return "loose"
        if token is None or not (token.close or token.formula) or token.wide:
            return ""
        if token.formula != before.formula:
            return ""
        if before.kind == "number" and token.kind == "number":
            return ""
        if before.kind == "sign" and (before.text == "!" or before.text[0] == "^" and before.text != "^"):
            # x² sin x, 10!(1 + 11)
            before = before._replace(kind="close")
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
        if token.kind == "sign" and token.text in "√∑∏" and before.kind in ("number", "close"):
            return "loose"
        return ""

    def calls(self, word: Token) -> bool:
        """Whether a function with its argument follows behind a blank: 0.5 ln(0.5/0.25), 0.5 log₂ 0.5."""
        after = self.peek(1)
        if word.kind != "word" or after is None or not _APPLIED.fullmatch(word.text.lower()):
            return False
        return after.kind == "number" or (after.text == "(" and after.close)

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

    def exponent(self) -> Node:
        """Read an exponent; a number there has no unit of its own: 10^9 bytes."""
        number, after = self.peek(), self.peek(1)
        if number is not None and number.kind == "number" and after is not None and after.text in UNITS:
            self.at += 1
            return Node("number", number=number.number, start=number.start, end=number.end)
        return self.signed()

    def power(self) -> Node:
        base = self.postfix(self.atom())
        token = self.peek()
        if token is not None and token.kind == "sign" and token.text[0] == "^" and len(token.text) > 1:
            self.at += 1
            base = two("power", base, whole_number(token.text[1:], token))
        elif self.sign("^"):
            base = two("power", base, self.exponent())
        elif (words := self.sign("^2", "^3")) and token is not None:
            base = two("power", base, whole_number(words[1:], token))
        return self.postfix(base)
