"""Functions worked out step by step, softmax, and derivatives beside their functions."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nnutils import autodiff

from .arithmetic import computed
from .notation import Notation
from .numerals import Real, exactly
from .pen import Slips
from .sheet import Figure
from .writing import Writer

__all__ = [
    "Formula",
    "Step",
    "Steps",
    "derivative",
    "formula",
    "replayed",
    "row",
    "slope",
    "softmax",
    "steps",
    "written",
]

_BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "*": lambda a, b: a * b,
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "/": lambda a, b: a / b,
}
_UNARY = {name: getattr(autodiff, name) for name in ("sin", "cos", "exp", "sqrt")} | {"ln": autodiff.ln}


@dataclass(frozen=True)
class Step:
    """One row of an evaluation: its number, the operation, the rows that it reads, the library's row.

    Row -1 and row 0 are the inputs. ``work`` is the value as Python, from the inputs on.
    """

    number: int
    operation: str
    reads: tuple[int, ...]
    derivation: Any
    value: float
    work: str


@dataclass(frozen=True)
class Steps:
    """A function of two numbers, row by row, and where it is evaluated."""

    inputs: tuple[Real, Real]
    rows: tuple[Step, ...]


def steps(chance: random.Random, length: int = 5) -> Steps:
    """Draw rows that read each other, with values that a person could have written."""
    while True:
        plan: list[tuple[str, tuple[int, ...]]] = []
        for n in range(1, length + 1):
            before = list(range(-1, n))
            if chance.random() < 0.4:
                plan.append((chance.choice(list(_UNARY)), (chance.choice(before[-3:]),)))
            else:
                plan.append((chance.choice("**+-/"), (before[-1], chance.choice(before[:-1]))))
        if len(set(plan)) < length:
            continue
        inputs = (chance.choice([2, 3, 4]), chance.choice([1, 5, 6, 7]))
        try:
            found = _traced(plan, inputs)
        except (autodiff.DomainError, ArithmeticError, ValueError):
            continue
        if found and all(0.2 < abs(one.value) < 400 for one in found.rows):
            return found


def replayed(all_steps: Steps) -> autodiff.Trace:
    """Return the library's record of the rows."""
    return _recorded([(one.operation, one.reads) for one in all_steps.rows], all_steps.inputs)


def _recorded(plan: list[tuple[str, tuple[int, ...]]], inputs: tuple[Real, Real]) -> autodiff.Trace:
    def run(x1: Any, x2: Any) -> Any:
        values = {-1: x1, 0: x2}
        for n, (operation, reads) in enumerate(plan, 1):
            parts = [values[one] for one in reads]
            values[n] = (_UNARY | _BINARY)[operation](*parts)
        return values[len(plan)]

    return autodiff.trace(run, *inputs)


def _traced(plan: list[tuple[str, tuple[int, ...]]], inputs: tuple[int, int]) -> Steps | None:
    table = _recorded(plan, inputs).forward()
    rows = {one.name: one for one in table.primal.rows}
    works = {-1: str(inputs[0]), 0: str(inputs[1])}
    made = []
    for n, (operation, reads) in enumerate(plan, 1):
        parts = [works[one] for one in reads]
        called = {"ln": "log"}.get(operation, operation)
        works[n] = f"{called}({parts[0]})" if len(parts) == 1 else f"({parts[0]} {operation} {parts[1]})"
        if f"v{n}" not in rows:
            return None
        derivation = rows[f"v{n}"]
        made.append(Step(n, operation, reads, derivation, float(derivation.value), works[n]))
    return Steps(inputs, tuple(made))


def _slack(step: Step, values: dict[int, float], half: dict[int, float]) -> float:
    """Return how far a row may be off when it is computed from the rounded rows, with room to spare."""
    parts, errors = [values[one] for one in step.reads], [half[one] for one in step.reads]
    function: Callable[..., Any] = {**_BINARY, **_PLAIN}[step.operation]
    right = function(*parts)
    worst = 0.0
    for place, error in enumerate(errors):
        for sign in (-1, 1):
            moved = list(parts)
            moved[place] += sign * error
            worst += abs(function(*moved) - right)
    return 2 * worst


_PLAIN: dict[str, Callable[..., Any]] = {
    "sin": math.sin,
    "cos": math.cos,
    "exp": math.exp,
    "sqrt": math.sqrt,
    "ln": math.log,
}


def row(writer: Writer, all_steps: Steps, step: Step, before: dict[int, Figure], places: int) -> Figure:
    """State the value of a row to so many places, after the rows that it reads."""
    values = {-1: float(all_steps.inputs[0]), 0: float(all_steps.inputs[1])}
    values |= {one.number: one.value for one in all_steps.rows}
    half = {n: (0.0 if n < 1 else 0.5 * 10.0**-places) for n in values}
    uses = [before[one] for one in step.reads if one in before]
    hand = writer.notation.hand
    how = hand.whole if step.value.is_integer() else hand.places(places)
    return writer.state(
        step.value,
        how,
        step.work,
        derivation=step.derivation,
        uses=uses,
        slack=_slack(step, values, half) + 1e-12,
    )


def written(notation: Notation, step: Step, names: dict[int, str], dot: str | None = None) -> str:
    """Return the right side of a row with names or numbers put in."""
    parts = [names[one] for one in step.reads]
    if len(parts) == 1:
        match step.operation:
            case "sqrt":
                return notation.root.format(parts[0])
            case "exp":
                return notation.exponential.format(parts[0])
        return notation.call.format(step.operation, parts[0])
    first, second = (
        f"({part})" if place and part.startswith((notation.hand.minus, "-")) else part
        for place, part in enumerate(parts)
    )
    if step.operation == "/":
        return notation.ratio.format(parts[0], parts[1] if "frac" in notation.ratio else second)
    sign = {"*": dot or notation.times, "+": " + ", "-": notation.minus}[step.operation]
    return first + sign + second


# --- softmax -----------------------------------------------------------------------------------------------


def softmax(writer: Writer, logits: list[int], places: int = 3) -> list[Figure]:
    """State the probabilities; at most one of them has a slip, and then the sum is not one."""
    exps = [math.exp(one) for one in logits]
    total = " + ".join(f"exp({one})" for one in logits)
    room = len(logits) * 10.0**-places
    found: list[Figure] = []
    for z, power in zip(logits, exps, strict=True):
        rate, writer.rate = writer.rate, 0.0 if any(one.off for one in found) else writer.rate
        found.append(
            writer.state(
                power / sum(exps), writer.notation.hand.places(places), f"exp({z})/({total})", slack=room
            )
        )
        writer.rate = rate
    return found


# --- derivatives -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Formula:
    """A sum of terms (factor, function, exponent); the function is "x" for a power, "sin", "cos", "exp"."""

    terms: tuple[tuple[int, str, int], ...]

    @property
    def python(self) -> str:
        """The formula as Python."""
        return (
            " + ".join(f"({c})*x**{n}" if name == "x" else f"({c})*{name}(x)" for c, name, n in self.terms)
            or "0"
        )

    def text(self, notation: Notation) -> str:
        """The formula as written, terms that are zero left out."""
        out = ""
        for c, name, n in self.terms:
            if not c:
                continue
            size = abs(c)
            body = self._body(notation, name, n)
            shown = body if body and size == 1 else f"{size}{' ' if name != 'x' else ''}{body}"
            sign = (notation.minus if c < 0 else " + ") if out else notation.hand.minus if c < 0 else ""
            out += sign + shown
        return out

    @staticmethod
    def _body(notation: Notation, name: str, n: int) -> str:
        if name == "x":
            return "" if n == 0 else "x" if n == 1 else notation.raised("x", n)
        if name == "exp":
            return notation.exponential.format("x")
        return notation.call.format(name, "x")

    def derivative(self) -> Formula:
        """The derivative term by term."""
        made: list[tuple[int, str, int]] = []
        for c, name, n in self.terms:
            if name == "x" and n:
                made.append((c * n, "x", n - 1))
            elif name != "x":
                made.append({"sin": (c, "cos", 1), "cos": (-c, "sin", 1), "exp": (c, "exp", 1)}[name])
        return Formula(tuple(made))


def formula(chance: random.Random, plain: bool = False) -> Formula:
    """Draw a function; ``plain`` for a polynomial."""
    top = chance.choice([2, 3, 3, 4])
    low = chance.randrange(1, top)
    terms = [(chance.randrange(2, 8), "x", top), (chance.choice([-7, -5, -3, 2, 4, 6]), "x", low)]
    if plain or chance.random() < 0.5:
        terms.append((chance.randrange(1, 10), "x", 0))
    else:
        terms.append((chance.choice([-3, 2, 4, 5]), chance.choice(["sin", "cos", "exp"]), 1))
    return Formula(tuple(terms))


def derivative(writer: Writer, function: Formula) -> Figure:
    """State the derivative; a slip changes one term."""
    right, note = function.derivative(), writer.notation
    _check(function, right)
    wrong: list[tuple[str, tuple[int, str, int], int]] = []
    for place, ((c, name, n), (d, _, m)) in enumerate(zip(function.terms, right.terms, strict=False)):
        if name == "x" and n > 1:
            wrong.append(("the exponent not lowered", (d, "x", n), place))
            wrong.append(("the exponent not brought down", (c, "x", m), place))
        elif name in ("sin", "cos"):
            wrong.append(("a sign lost", (-d, "cos" if name == "sin" else "sin", 1), place))
        if abs(d) > 1:
            wrong.append(
                ("a digit changed", (d + (1 if d % 10 < 9 else -1), right.terms[place][1], m), place)
            )
    made = []
    for kind, term, place in wrong:
        other = Formula((*right.terms[:place], term, *right.terms[place + 1 :]))
        made.append((kind, other.text(note), other.python))
    return writer.formula((right.text(note), right.python), made, f"diff({function.python}, x)")


def _check(function: Formula, right: Formula) -> None:
    """Compare with the tape at two places."""
    for at in (0.7, 2.3):
        text = function.python

        def run(x: Any, text: str = text) -> Any:
            return eval(text, {"x": x, "sin": autodiff.sin, "cos": autodiff.cos, "exp": autodiff.exp})

        assert abs(autodiff.trace(run, at).gradient() - computed(right.python, x=at)) < 1e-9


def slope(writer: Writer, function: Formula, at: int, uses: list[Figure]) -> Figure:
    """State the derivative of a polynomial at a place."""
    work = function.derivative().python.replace("x", str(at))
    slips: Slips = [("the function for its derivative", computed(function.python, x=at))]
    return writer.state(exactly(computed(work)), writer.notation.hand.whole, work, slips=slips, uses=uses)
