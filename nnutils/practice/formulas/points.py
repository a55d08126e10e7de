"""Where a typed formula is compared with the right one: points, and the values of the right one there."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nnutils.core.errors import ExpressionError, PracticeError
from nnutils.core.words import listed
from nnutils.practice.asked import Asked
from nnutils.practice.formulas.matrices import FUNCTIONS, Value, applied_to, evaluate, rows_of
from nnutils.slips.expressions import Expression, read_expression

__all__ = ["Trials", "formulas_of", "is_formula", "names_in", "trials"]

_OF_NUMBERS, _OF_MATRICES = 8, 3  # points: formulas of numbers may have cases, as relu and H do
_MOST_TRIES = 200
_KINKS = ("relu", "H")
_SIZES = (2, 3, 4)


@dataclass(frozen=True)
class Trials:
    """Points, each a value for every name that a formula may use, the values of the right one there, and
    the functions that may be used.
    """

    points: tuple[Mapping[str, Value], ...]
    values: tuple[Value, ...]
    functions: tuple[str, ...]


def is_formula(quantity: Asked) -> bool:
    """Whether a formula is asked: text that is not one of some choices."""
    return isinstance(quantity.answer, str) and not quantity.choices


def formulas_of(asked: Sequence[Asked]) -> dict[str, Expression]:
    """Return the formulas that a question asks for by name, in order."""
    return {one.name: read_expression(str(one.answer)) for one in asked if is_formula(one)}


def trials(asked: Sequence[Asked]) -> dict[str, Trials]:
    """Return the points and values of each formula of a question, by its name.

    All formulas of a question share their points, so that a reader may use the names of all of them. A name
    that one formula defines (``Asked.defines``) has its value in the points of those after it, and none in
    those of the formula itself and of the ones before it. ReLU and H are functions only where the right
    formula uses them, as each hides what is asked about the other one. Names are numbers; where matrices are
    multiplied, a name that begins with a capital letter is a matrix, any other one a column, and the sizes
    are the smallest different ones that fit. The numbers have two decimals, and are the same on every run.

    Raises:
        PracticeError: for formulas whose shapes do not fit, and for one that is hardly ever defined.

    >>> found = trials([Asked("y", "y in x", "a", "2 * x", defines="y"), Asked("z", "z in x, y", "a", "x*y")])
    >>> point, value = found["z"].points[0], found["z"].values[0]
    >>> list(point), point["y"] == 2 * point["x"], round(value - point["x"] * point["y"], 9)
    (['x', 'y'], True, 0.0)
    """
    formulas = formulas_of(asked)
    if not formulas:
        return {}
    defined = {one.name: one.defines for one in asked if is_formula(one) and one.defines}
    shapes = _shapes(formulas, defined)
    with_matrices = any(shape is not None for shape in shapes.values())
    chance = random.Random(1)
    points: list[dict[str, Value]] = []
    values: list[dict[str, Value]] = []
    for tries in range(_MOST_TRIES):
        if len(points) == (_OF_MATRICES if with_matrices else _OF_NUMBERS):
            break
        point: dict[str, Value] = {
            name: _drawn(chance, shape, tries >= _MOST_TRIES // 2)
            for name, shape in shapes.items()
            if name not in defined.values()
        }
        found: dict[str, Value] = {}
        try:
            for name, formula in formulas.items():
                found[name] = _rounded(evaluate(formula, point))
                if name in defined:
                    point[defined[name]] = found[name]
        except ExpressionError as error:
            if "defined" not in error.problem:
                raise PracticeError(f"The formula {name} cannot be computed: {error.problem}") from error
            continue
        points.append(point)
        values.append(found)
    else:
        told = listed([f"{one.name} = {one.answer}" for one in asked if is_formula(one)])
        raise PracticeError(
            f"{told}: hardly ever defined, so that what is typed cannot be compared with it. "
            f"Of {_MOST_TRIES} points between −2 and 2, the second half of them positive, "
            f"{len(points)} give a value. Ask for a formula that has values there."
        )
    made: dict[str, Trials] = {}
    for name, formula in formulas.items():
        later = set(list(defined.values())[sum(one in made for one in defined) :])
        known = tuple({key: at[key] for key in at if key not in later} for at in points)
        functions = tuple(one for one in FUNCTIONS if one not in _KINKS or one in formula.functions)
        made[name] = Trials(known, tuple(found[name] for found in values), functions)
    return made


def _drawn(chance: random.Random, shape: tuple[int, int] | None, positive: bool) -> Value:
    """Return random numbers away from 0 and 1, which hide mistakes."""

    def one() -> float:
        size = round(0.21 + 1.6 * chance.random(), 2)
        size = size + 0.07 if abs(size - 1) < 0.05 else size
        return round(size if positive or chance.random() < 0.5 else -size, 2)

    if shape is None:
        return one()
    return [[one() for _ in range(shape[1])] for _ in range(shape[0])]


def _rounded(value: Value) -> Value:
    """Return a value with twelve digits, which are the same on every machine."""
    if isinstance(value, list):
        return [[float(f"{entry:.12g}") for entry in row] for row in rows_of(value)]
    return float(f"{value:.12g}")


# --- shapes -----------------------------------------------------------------------------------------------

Shape = tuple[str, str] | None  # the names of the number of rows and of columns; None is a number


def _shapes(
    formulas: Mapping[str, Expression], defined: Mapping[str, str]
) -> dict[str, tuple[int, int] | None]:
    """Return the shape of every name: rows and columns, or None for a number."""
    names = dict.fromkeys(name for formula in formulas.values() for name in names_in(formula))
    if not any(part.operation in ("matmul", "transpose") for f in formulas.values() for part in _parts(f)):
        return dict.fromkeys(names)
    same: dict[str, str] = {}

    def root(size: str) -> str:
        while size in same:
            size = same[size]
        return size

    def join(first: Shape, second: Shape) -> Shape:
        if first is None or second is None:
            return first or second
        for one, other in zip(first, second, strict=True):
            _joined(one, other)
        return first

    def _joined(one: str, other: str) -> None:
        one, other = sorted((root(one), root(other)), key=lambda size: size == "1")
        if one != other:
            same[one] = other  # "1" stays

    def own(name: str) -> tuple[str, str]:
        return (f"rows of {name}", f"columns of {name}" if name[0].isupper() else "1")

    def shape(formula: Expression) -> Shape:
        if formula.operation == "number":
            return None
        if formula.operation == "name" or applied_to(formula):
            return own(applied_to(formula) or str(formula.value))
        parts = [shape(part) for part in formula.arguments]
        if formula.operation == "matmul" and parts[0] and parts[1]:
            _joined(parts[0][1], parts[1][0])
            return (parts[0][0], parts[1][1])
        if formula.operation == "transpose" and parts[0]:
            return (parts[0][1], parts[0][0])
        return join(parts[0], parts[1]) if len(parts) == 2 else parts[0]

    for name, formula in formulas.items():
        made = shape(formula)
        if name in defined and defined[name] in names:
            join(own(defined[name]), made)
    sizes = {"1": 1}
    for name in names:
        for size in own(name):
            sizes.setdefault(root(size), _SIZES[(len(sizes) - 1) % len(_SIZES)])
    return {name: (sizes[root(f"rows of {name}")], sizes[root(own(name)[1])]) for name in names}


def names_in(formula: Expression) -> Iterator[str]:
    """Yield the names that need a value: 'x', and 'dphi(r)' for a function that is not known.

    >>> list(names_in(read_expression("x * dphi(r) + exp(-x)")))
    ['x', 'dphi(r)', 'x']
    """
    if formula.operation == "name":
        yield str(formula.value)
    elif name := applied_to(formula):
        yield name
    else:
        for part in formula.arguments:
            yield from names_in(part)


def _parts(formula: Expression) -> Iterator[Expression]:
    yield formula
    for part in formula.arguments:
        yield from _parts(part)
