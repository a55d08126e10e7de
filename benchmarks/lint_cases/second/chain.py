"""Derivatives along the rows of a trace, as LaTeX sets them: with the flow (dots) and against it (bars)."""

from __future__ import annotations

import math
import random
import re
from typing import Any, NamedTuple

from ..arithmetic import computed
from ..numerals import Real
from ..sheet import Figure
from ..traces import Steps, replayed, row, steps, written
from ..writing import Writer

__all__ = ["Chain", "Line", "gentle"]

# The derivative of a row by each row that it reads: as Python, and in LaTeX. ``a`` and ``b`` are what is
# read, ``v`` the row itself; capital letters stand where a negative number needs no brackets.
_PARTIALS: dict[str, tuple[tuple[str, str], ...]] = {
    "*": (("{b}", "{b}"), ("{a}", "{a}")),
    "+": (("1", "1"), ("1", "1")),
    "-": (("1", "1"), ("-1", "(-1)")),
    "/": (("1/{b}", r"\frac{{1}}{{{B}}}"), ("-{a}/{b}**2", r"\left(-\frac{{{A}}}{{{b}^2}}\right)")),
    "sin": (("cos({a})", r"\cos({A})"),),
    "cos": (("-sin({a})", r"(-\sin({A}))"),),
    "exp": (("{v}", "{v}"),),
    "ln": (("1/{a}", r"\frac{{1}}{{{A}}}"),),
    "sqrt": (("1/(2*{v})", r"\frac{{1}}{{2 \cdot {v}}}"),),
}
_NAME = re.compile(r"\b[xvdb]\d+\b")


def gentle(chance: random.Random, length: int) -> Steps:
    """Draw rows, each of which is read, whose derivatives are neither tiny nor large."""
    while True:
        found = steps(chance, length)
        read = {one for step in found.rows for one in step.reads}
        if not set(range(-1, length)) <= read:
            continue
        trace = replayed(found)
        rows = [*trace.reverse().derivative.rows, *trace.forward().derivative.rows]
        if all(0.05 < abs(float(one.value)) < 200 or one.value == 0 for one in rows) and all(
            one != 0 for one in trace.gradient()
        ):
            return found


class Line(NamedTuple):
    """A row as it is set: its name, the formula, the formula with numbers put in, the value."""

    name: str
    formula: str
    numbers: str
    value: Figure

    def right_side(self, equals: str, about: str) -> str:
        """Return what stands behind the name; numbers that are the value already are not written twice."""
        exact = self.value.bare.lstrip("-").isdecimal()
        middle = "" if self.numbers == self.value.bare else f"{equals}{self.numbers}"
        return f"{self.formula}{middle}{equals if exact else about}{self.value}"


class Chain:
    """A trace on a sheet: the numbers that stand there by name, and what is computed from them."""

    def __init__(self, w: Writer, found: Steps, places: int) -> None:
        self.w, self.found, self.places = w, found, places
        self._trace = replayed(found)
        self._names = {"x1": "x_1", "x2": "x_2"}
        self._texts = {"x1": str(found.inputs[0]), "x2": str(found.inputs[1])}
        self._works = dict(self._texts)
        self._values: dict[str, float] = {"x1": float(found.inputs[0]), "x2": float(found.inputs[1])}
        self._figures: dict[str, Figure] = {}

    def forward(self) -> list[Line]:
        """State the values; of each row name, formula, numbers, value."""
        made, before = [], dict[int, Figure]()
        for step in self.found.rows:
            key = f"v{step.number}"
            names = {n: self._names[_key(n)] for n in step.reads}
            numbers = {n: self._texts[_key(n)] for n in step.reads}
            texts = written(self.w.notation, step, names), written(self.w.notation, step, numbers)
            figure = row(self.w, self.found, step, before, self.places)
            before[step.number] = figure
            self._enter(key, f"v_{step.number}", figure, step.value)
            made.append(Line(f"v_{step.number}", *texts, figure))
        return made

    def tangents(self) -> list[Line]:
        """State the derivatives by the first input, row by row."""
        self._given("d1", r"\dot x_1", 1)
        self._given("d2", r"\dot x_2", 0)
        dots = {-1: "d1", 0: "d2"} | {one.number: f"d{one.number + 2}" for one in self.found.rows}
        rows = {one.name: one for one in self._trace.forward().derivative.rows}
        return [
            self._row(
                dots[step.number],
                rf"\dot v_{step.number}",
                [(dots[read], n, place) for place, read in enumerate(step.reads)],
                rows[f"v{step.number}"],
            )
            for n, step in enumerate(self.found.rows)
        ]

    def adjoints(self) -> list[Line]:
        """State the derivatives of the last row, from the back."""
        last = len(self.found.rows)
        self._given(f"b{last + 2}", rf"\bar v_{last}", 1)
        # a row that is read twice has a record for each reading; the last one holds the sum
        rows = {one.name: one for one in self._trace.reverse().derivative.rows}
        made = []
        for n in range(last - 1, -2, -1):
            users = [
                (f"b{step.number + 2}", place, step.reads.index(n))
                for place, step in enumerate(self.found.rows)
                if n in step.reads
            ]
            name = rf"\bar v_{n}" if n > 0 else rf"\bar x_{n + 2}"
            made.append(self._row(f"b{n + 2}", name, users, rows[f"v{n}"]))
        return made

    def _row(self, key: str, name: str, terms: list[tuple[str, int, int]], record: Any) -> Line:
        """State a sum of derivatives; a term has the derivative so far, the row and which of its readings."""
        python, names, numbers = [], [], []
        for so_far, place, reading in terms:
            step = self.found.rows[place]
            keys = dict(zip("ab", [_key(n) for n in step.reads], strict=False)) | {"v": f"v{step.number}"}
            work, tex = _PARTIALS[step.operation][reading]
            python.append(f"{so_far}*({work.format(**keys)})")
            names.append(_term(self._names, so_far, tex, keys))
            numbers.append(_term(self._texts, so_far, tex, keys))
        expression = " + ".join(python)
        value = float(computed(expression, **self._values))
        assert math.isclose(value, float(record.value), rel_tol=1e-9, abs_tol=1e-9), (expression, record)
        used = list(dict.fromkeys(_NAME.findall(expression)))
        hand = self.w.notation.hand
        figure = self.w.state(
            value,
            hand.whole if value.is_integer() else hand.places(self.places),
            _NAME.sub(lambda found: f"({self._works[found[0]]})", expression),
            derivation=record,
            uses=[self._figures[one] for one in used if one in self._figures],
            slack=self._slack(expression, used, value) + 1e-12,
        )
        self._enter(key, name, figure, value)
        return Line(name, _joined(names), _joined(numbers), figure)

    def _slack(self, expression: str, used: list[str], value: float) -> float:
        """Return how far a row computed from the rounded numbers may be off, with room to spare."""
        worst = 0.0
        for one in used:
            if self._values[one].is_integer():
                continue
            moved = {**self._values, one: self._values[one] + 0.5 * 10.0**-self.places}
            worst += abs(float(computed(expression, **moved)) - value)
        return 2.5 * worst

    def _given(self, key: str, name: str, value: int) -> None:
        self._names[key], self._texts[key], self._works[key] = name, str(value), str(value)
        self._values[key] = float(value)

    def _enter(self, key: str, name: str, figure: Figure, value: Real) -> None:
        self._names[key], self._texts[key], self._works[key] = name, figure.bare, figure.work
        self._values[key], self._figures[key] = float(value), figure


def _key(number: int) -> str:
    return f"x{number + 2}" if number < 1 else f"v{number}"


def _term(texts: dict[str, str], so_far: str, tex: str, keys: dict[str, str]) -> str:
    first = _bracketed(texts[so_far])
    if tex == "1":
        return first
    shown = {letter.upper(): texts[key] for letter, key in keys.items()}
    shown |= {letter: _bracketed(texts[key]) for letter, key in keys.items()}
    return rf"{first} \cdot {tex.format(**shown)}"


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("-") else text


def _joined(terms: list[str]) -> str:
    text = " + ".join(terms)
    if len(terms) == 1 and text.startswith("(-") and text.endswith(")") and text.count("(") == 1:
        return text[1:-1]  # a number alone needs no brackets
    return text
