"""What a section says of its letters: values, the formulas behind them, and values of derivatives."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from nnutils.lint.checks.letters.derivatives import definition_of
from nnutils.lint.checks.letters.equations import Equation
from nnutils.lint.checks.letters.evaluating import KNOWN, Function, derivative, evaluate, free_names, normal
from nnutils.lint.language import Node
from nnutils.lint.values import Reading, UndefinedError, Value, compute

__all__ = ["Knowledge"]

_NUMBER = r"[-−]?\d+(?:\.\d+)?"
_POINT = re.compile(rf"\b(?:at|in|point)\s*(\(\s*{_NUMBER}(?:\s*,\s*{_NUMBER})+\s*\))")
_MOST_VALUES = 4
_MOST_CHOICES = 64
_DEEPEST = 6
_TRIED = (1, 2, 3)  # seeds of values for letters that have none, of which a derivative may be free


@dataclass
class Knowledge:
    """Values of letters, the latest last; formulas of letters and functions; values of derivatives."""

    values: dict[str, list[Value]] = field(default_factory=dict)
    formulas: dict[str, list[Function]] = field(default_factory=dict)
    slopes: dict[tuple[str, str], list[float]] = field(default_factory=dict)

    def add(self, equation: Equation) -> None:
        """Note what an equation says: w = 2, z = wx + b, f(x) = x², ∂L/∂z = −0.3."""
        first = equation.sides[0]
        numbers = [value for side in equation.sides[1:] if (value := _number(side.node)) is not None]
        if first.derivative is not None:
            if first.derivative.at is None and first.derivative.body is None:
                pair = first.derivative.of, first.derivative.wrt
                self.slopes.setdefault(pair, []).extend(float(one.nominal) for one in numbers)
            return
        if found := definition_of(equation):
            self.formulas.setdefault(found[0], []).append(found[1])
        if first.node is not None and numbers and (name := _named(first.node)):
            known = self.values.setdefault(name, [])
            for one in reversed(numbers):
                if all(one.nominal != other.nominal for other in known):
                    known.append(one)

    def add_points(self, text: str) -> None:
        """Note the values of letters at a point: 'f(x, y) = x²y at (1, 3)'."""
        points = [tuple(map(_read, re.findall(_NUMBER, found[1]))) for found in _POINT.finditer(text)]
        variables = tuple(dict.fromkeys(wrt for _, wrt in self.slopes if len(wrt) == 1))
        orders = {function.parameters for function in self.functions().values()}
        if not orders and list(variables) == sorted(variables):
            orders = {variables}
        for order, point in itertools.product(orders, points):
            if len(point) == len(order) > 1:
                for name, value in zip(order, point, strict=True):
                    known = self.values.setdefault(name, [])
                    if all(value.nominal != one.nominal for one in known):
                        known.append(value)

    def choices(self, names: Iterable[str]) -> Iterator[dict[str, Value]]:
        """Yield the values that letters may have together; nothing where one of them has none."""
        every = sorted(names)
        known = [self.values.get(name, [])[-_MOST_VALUES:] for name in every]
        for chosen in itertools.islice(itertools.product(*known), _MOST_CHOICES):
            yield dict(zip(every, chosen, strict=True))

    def functions(self) -> dict[str, Function]:
        """Return the functions that are called and have one formula: f(x) = x² + 1."""
        return {
            name: found[0] for name, found in self.formulas.items() if len(found) == 1 and not found[0].named
        }

    def expected(self, of: str, wrt: str) -> list[float]:
        """Return what a derivative may be: by formulas that lead to the letter, or by another derivative."""
        found = self._by_formulas(of, wrt)
        for (top, through), stated in list(self.slopes.items()):
            if top == of and through != wrt and through in self.formulas:
                for inner in self._by_formulas(through, wrt):
                    found += [outer * inner for outer in stated]
        return found

    def _by_formulas(self, of: str, wrt: str) -> list[float]:
        found = list[float]()
        for one in self.formulas.get(of, []):
            found += self._of_body(one.body, wrt, 0)
        return found

    def _of_body(self, body: Node, wrt: str, depth: int) -> list[float]:
        """Return the derivative of a formula: in the letter itself, and through those made of it."""
        direct = self._partials(body)
        if direct is None or depth > _DEEPEST:
            return []
        totals = [direct.get(wrt, 0.0)]
        for name, partial in direct.items():
            inner = [] if name == wrt else self._inner(name, wrt, depth)
            if inner:
                totals = [total + partial * one for total in totals for one in inner]
        reached = wrt in direct or len(totals) > 1 or totals[0] != 0.0
        made = [*totals, direct[wrt]] if wrt in direct else totals
        return list(dict.fromkeys(made)) if reached else []

    def _inner(self, name: str, wrt: str, depth: int) -> list[float]:
        return [
            one
            for function in self.formulas.get(name, [])
            for one in self._of_body(function.body, wrt, depth + 1)
        ]

    def _partials(self, body: Node) -> dict[str, float] | None:
        """Return the derivatives of a formula in its letters that do not depend on what has no value."""
        names = free_names(body)
        known = {name: value for name in names if (value := self._value(name, 0)) is not None}
        points = [known] if len(known) == len(names) else []
        for seed in _TRIED:
            chance = random.Random(seed)
            points.append({name: known.get(name, chance.uniform(0.3, 1.7)) for name in sorted(names)})
        tried: list[dict[str, float]] = []
        for point in points:
            try:
                tried.append(derivative(body, point, sorted(names), self.functions()))
            except UndefinedError:
                return None
        if not tried:
            return None
        return {
            name: value
            for name, value in tried[0].items()
            if all(abs(value - other[name]) <= 1e-9 * max(1.0, abs(value)) for other in tried[1:])
        }

    def _value(self, name: str, depth: int) -> float | None:
        """Return the value of a letter that has one only, or that its formula gives it."""
        known = self.values.get(name, [])
        if known:
            return float(known[-1].nominal) if len(known) == 1 else None
        formulas = self.formulas.get(name, [])
        if len(formulas) != 1 or not formulas[0].named or depth > _DEEPEST:
            return None
        inside = {one: self._value(one, depth + 1) for one in formulas[0].parameters}
        if any(value is None for value in inside.values()):
            return None
        try:
            return float(evaluate(formulas[0].body, inside, self.functions()))
        except UndefinedError:
            return None


def _named(node: Node) -> str:
    """Return what a side gives a value to: a letter, or a function that is bare later on, as in 1 − tanh²."""
    if node.operation == "call" and node.text in KNOWN and not node.arguments[0].names:
        return node.text
    return normal(node.text) if node.operation == "name" else ""


def _read(written: str) -> Value:
    value = Fraction(written.replace("−", "-"))
    return Value(value, value, value)


def _number(node: Node | None) -> Value | None:
    """Return what a side without letters is worth."""
    if node is None or node.names:
        return None
    try:
        return compute(node, Reading())
    except UndefinedError:
        return None
