"""Expressions as people type them: read into a small tree, within bounds; computed by whoever has the values.

Reading never runs Python. Length, depth and the digits of a number are bounded, so that no text takes long.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nnutils.core.errors import ExpressionError
from nnutils.core.messages import brief
from nnutils.core.reading import needs_text

__all__ = [
    "FUNCTION_NAMES",
    "LONGEST",
    "NUMBER",
    "Expression",
    "number_written",
    "plain_text",
    "read_expression",
]

LONGEST = 200
"""So many characters are read."""

DEEPEST = 20
"""So many brackets may stand inside one another, and so many signs in a row."""

MOST_DIGITS = 60
"""So many digits a number may have, and so many places its power of ten may move it."""

NUMBER = re.compile(
    r"(?P<whole>[0-9]{1,3}(?:[, '][0-9]{3})+(?![0-9])|[0-9]*)(?:\.(?P<part>[0-9]*))?"
    r"(?:[eE](?P<power>[+-]?[0-9]{1,3}))?"
)
"""A number without its sign, as people write it."""

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+\u2064)?[0-9]+\u2044[0-9]+"
    r"|[0-9][0-9,']*(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,3})?(?![\w.])"
    r"|[0-9][0-9,']*(?:\.[0-9]*)?|\.[0-9]+)"
    r"|(?P<name>[^\W\d]\w*)|(?P<mark>\*\*|\.T(?!\w)|[-+*/^()×·:@]))"
)
FUNCTION_NAMES = ("exp", "ln", "log", "sqrt", "sin", "cos", "tan", "tanh", "relu")
"""Functions that may be written in capitals, and without brackets around a number or a name: 'ln 2'."""

_TIMES = re.compile(r"(?<=[0-9])x(?=[0-9])")  # 55x55x96, which would otherwise hold the name x55x96
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")
_MIXED = re.compile("(?<=[0-9])(?=[¼-¾⅐-⅞])")  # between 2 and ½, which otherwise became 21/2
_PLUS = "\u2064"  # the invisible plus of a mixed number
_TRANSPOSED = re.compile(r"\^?[ᵀ⊤]")
_SIGNS = str.maketrans(dict.fromkeys("−–‐‒—", "-") | dict.fromkeys("∗⋅∙", "*") | dict.fromkeys("÷∕", "/"))
_REMEDY = "Type numbers, names, + - * / ^, brackets and functions: 3*11*11*96 or exp(-2)/(1+exp(-2))."


@dataclass(frozen=True)
class Expression:
    """A number, a name, or an operation (or a function, by its name) on other expressions.

    ``A @ B`` is the operation ``matmul``, a product of matrices; ``A.T`` and ``A^T`` are ``transpose``.

    >>> product = read_expression("2 * (x + 1)")
    >>> product.operation, [part.operation for part in product.arguments], sorted(product.names)
    ('multiply', ['number', 'add'], ['x'])
    """

    operation: str
    arguments: tuple[Expression, ...] = ()
    value: Fraction | str = ""

    @property
    def names(self) -> set[str]:
        """The names of values in it."""
        return {str(part.value) for part in self._walk() if part.operation == "name"}

    @property
    def functions(self) -> set[str]:
        """The names of functions in it."""
        return {str(part.value) for part in self._walk() if part.operation == "call"}

    def compute(
        self,
        number: Callable[[Fraction], Any],
        names: Mapping[str, Any],
        functions: Mapping[str, Callable[..., Any]],
        operations: Mapping[str, Callable[..., Any]],
    ) -> Any:
        """Return its value: of numbers, of traced values, of whatever the four arguments compute with.

        Raises:
            KeyError: for a name or a function that they lack.
            ExpressionError: for an operation that they lack.
        """
        if self.operation == "number":
            return number(Fraction(self.value))
        if self.operation == "name":
            return names[str(self.value)]
        values = [part.compute(number, names, functions, operations) for part in self.arguments]
        if self.operation == "call":
            return functions[str(self.value)](*values)
        if self.operation not in operations:
            raise ExpressionError("@ and .T are for matrices, and these are numbers.", remedy="Use * here.")
        return operations[self.operation](*values)

    def _walk(self) -> Iterator[Expression]:
        yield self
        for part in self.arguments:
            yield from part._walk()


def plain_text(text: str, longest: int = LONGEST) -> str:
    """Return a text with plain digits and signs.

    A fraction in one character keeps its own slash (U+2044), so that it stays one number.

    Raises:
        ExpressionError: for an empty text, for one that is too long, and for what is no text.

    >>> plain_text(" −１２ "), plain_text("6 ÷ 2 ∗ Wᵀ")
    ('-12', '6 / 2 * W.T')
    """
    checked = needs_text(text, longest, ExpressionError, _REMEDY)
    raised = _RAISED.sub(lambda found: "^" + found[0], checked)  # otherwise 3² would become 32
    marked = _TRANSPOSED.sub(".T", _MIXED.sub(_PLUS, raised))
    plain = unicodedata.normalize("NFKC", marked).translate(_SIGNS).strip()
    if not plain:
        raise ExpressionError("There is nothing typed.", remedy=_REMEDY)
    return plain


def number_written(found: re.Match[str]) -> tuple[Fraction, Fraction | None]:
    """Return the value of a match of ``NUMBER``, and what its last digit is worth; None for a whole number.

    Raises:
        ExpressionError: for a number of too many digits.

    >>> number_written(NUMBER.fullmatch("1,234.50"))
    (Fraction(2469, 2), Fraction(1, 100))
    """
    whole, part, power = re.sub(r"[, ']", "", found["whole"]), found["part"] or "", int(found["power"] or 0)
    if max(len(whole), len(part), abs(power)) > MOST_DIGITS:
        raise ExpressionError(
            "The number is too large or too small.", remedy=f"At most {MOST_DIGITS} digits."
        )
    step = Fraction(10) ** (power - len(part))
    return int(whole + part) * step, step if part or found["power"] else None


def read_expression(text: str) -> Expression:
    """Return the tree of a typed expression.

    The functions of ``FUNCTION_NAMES`` may be written in capitals, and before a number or a name without
    brackets: 'ReLU(x)', 'ln 2'.

    Raises:
        ExpressionError: for what is none, for one that is too long, and for more than 20 brackets or signs
            inside one another.

    >>> read_expression("-2^2") == read_expression("-(2**2)")
    True
    >>> read_expression("2 +")
    Traceback (most recent call last):
    nnutils.core.errors.ExpressionError: '2 +' ends too early.
      Type numbers, names, + - * / ^, brackets and functions: 3*11*11*96 or exp(-2)/(1+exp(-2)).
    """
    return _Reader(text).all()


class _Reader:
    """Recursive descent with a bound on its depth."""

    def __init__(self, text: str) -> None:
        self.typed, self.depth, self.at = text, 0, 0
        self.tokens: list[tuple[str, str]] = []
        plain, place = _TIMES.sub("*", plain_text(text)), 0
        while plain[place:].strip():
            found = _TOKEN.match(plain, place)
            if found is None:
                raise self._error("is not an expression")
            kind = str(found.lastgroup)
            self.tokens.append((kind, found[kind]))
            place = found.end()

    def all(self) -> Expression:
        made = self._sum()
        if self.at < len(self.tokens):
            raise self._error("is not an expression")
        return made

    def _error(self, problem: str) -> ExpressionError:
        return ExpressionError(f"{brief(self.typed)} {problem}.", remedy=_REMEDY)

    def _next(self, *wanted: str) -> str:
        if self.at < len(self.tokens) and self.tokens[self.at][1] in wanted:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def _sum(self) -> Expression:
        made = self._product()
        while sign := self._next("+", "-"):
            made = Expression("add" if sign == "+" else "subtract", (made, self._product()))
        return made

    def _product(self) -> Expression:
        made = self._signed()
        while sign := self._next("*", "×", "·", "/", ":", "@") or self._times():
            operation = "divide" if sign in "/:" else "matmul" if sign == "@" else "multiply"
            made = Expression(operation, (made, self._signed()))
        return made

    def _times(self) -> str:
        """Return the letter x where it stands between two factors; in 2x + y it is a name."""
        kind, token = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else ("", "")
        return self._next("x") if kind in ("number", "name") or token == "(" else ""

    def _signed(self) -> Expression:
        sign = self._next("+", "-")
        if not sign:
            return self._power()
        self._deeper()
        made = self._signed()
        self.depth -= 1
        return Expression("negative", (made,)) if sign == "-" else made

    def _power(self) -> Expression:
        base = self._atom()
        while self._next(".T") or self._raised_to_t():
            base = Expression("transpose", (base,))
        return Expression("power", (base, self._signed())) if self._next("^", "**") else base

    def _raised_to_t(self) -> bool:
        """Whether ^T comes next; it is then read."""
        found = [token for _, token in self.tokens[self.at : self.at + 2]] in (["^", "T"], ["**", "T"])
        self.at += 2 * found
        return found

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._error("has too much inside one another")

    def _fraction(self, token: str) -> Fraction:
        """Return the value of ½ or 2½, which NFKC has spelled out."""
        whole, _, fraction = token.rpartition(_PLUS)
        above, below = (int(number[: MOST_DIGITS + 1]) for number in fraction.split("\u2044"))
        if len(token) > MOST_DIGITS or not below:
            raise self._error("is not an expression")
        return int(whole or 0) + Fraction(above, below)

    def _atom(self) -> Expression:
        if self.at >= len(self.tokens):
            raise self._error("ends too early")
        self._deeper()
        kind, token = self.tokens[self.at]
        self.at += 1
        after, follows = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        function = token.lower() if kind == "name" and token.lower() in FUNCTION_NAMES else ""
        if token == "(":
            made = self._sum()
            if not self._next(")"):
                raise self._error("has a bracket that is not closed")
        elif kind == "name" and follows == "(":
            made = Expression("call", (self._atom(),), function or token)
        elif function and after in ("number", "name"):
            made = Expression("call", (self._power(),), function)
        elif kind == "name":
            made = Expression("name", value=token)
        elif kind == "number" and "\u2044" in token:
            made = Expression("number", value=self._fraction(token))
        elif kind == "number" and (found := NUMBER.fullmatch(token)) and (found["whole"] or found["part"]):
            made = Expression("number", value=number_written(found)[0])
        else:
            raise self._error("is not an expression")
        if self.at < len(self.tokens) and self.tokens[self.at][1] == "(":
            before = self.tokens[self.at - 1][1]
            raise ExpressionError(
                f"There is no sign between {before} and (.", remedy=f"Write * between {before} and (."
            )
        self.depth -= 1
        return made
