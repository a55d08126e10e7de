"""The known slips, one row for each: what people do at one place of a derivation, and how to say it.

A rule is a function of a place. It yields the values that the slip would put there, each with a sentence that
names the numbers. To teach ``explain`` another slip, write such a function and add a row to ``RULES``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from nnutils.slips.naming import called, shown
from nnutils.slips.places import Place
from nnutils.slips.tree import Node, Number, apply

__all__ = ["PLAIN", "RULES", "Candidates", "Rule", "counts_operations", "groups_of"]

Candidates = Iterator[tuple[Number | None, str]]
"""The values of a slip, and what each one's sentence says."""

PLAIN = 1.0
"""A slip in the structure of this rank or less is plain: it comes before a name that gives the same value."""


@dataclass(frozen=True)
class Rule:
    """One row of the table: the slip's name, how plausible it is (0 is most), the hint, and the function.

    ``inside`` is the hint where the slip lies in a part and ``hint`` is not true of the whole answer.
    """

    kind: str
    rank: float
    hint: str
    candidates: Callable[[Place], Candidates]
    inside: str = ""

    def hint_at(self, place: Place) -> str:
        """Return the hint for the slip at a place."""
        return self.hint if place.parent is None else self.inside or self.hint


def _plainly(part: Node) -> str:
    """Return what a factor or a term is called after that word: '2 (padding)', or '2' alone."""
    return called(part).removeprefix("the number ")


# --- factors and terms ------------------------------------------------------------------------------------


def groups_of(node: Node) -> Iterator[tuple[str, tuple[Node, ...]]]:
    """Yield the factors of a product that belong together, such as both sides of a kernel, and their name."""
    for first, second in combinations(node.arguments, 2):
        if _alike(first, second):
            yield first.name.rpartition(" ")[0] or "output size", (first, second)


def _alike(first: Node, second: Node) -> bool:
    """Whether two factors are the two equal sides of a window or a map."""
    a, b = first.name.split(), second.name.split()
    same = first.value == second.value and bool(a) and bool(b) and a[:-1] == b[:-1]
    return same and {a[-1], b[-1]} == {"height", "width"}


def _factor_left_out(place: Place) -> Candidates:
    node = place.node
    if node.operation != "multiply":
        return
    parts = node.arguments
    for index, part in enumerate(parts):
        if _said_by_a_setting(part, parts) or _seen(part, parts[:index]):
            continue
        if part.value not in (0, 1) and not any(_alike(part, other) for other in parts[:index]):
            rest = [other.value for n, other in enumerate(parts) if n != index]
            yield math.prod(rest), f"the factor {_plainly(part)} is left out, so {_times(rest)} is computed"
    for name, pair in groups_of(node):
        rest = [other.value for other in parts if other not in pair]
        if rest and pair[0].value != 1:
            side = shown(pair[0].value)
            words = f"the factor {side} × {side} ({name}) is left out, so {_times(rest)} is computed"
            yield math.prod(rest), words


def _seen(part: Node, before: tuple[Node, ...]) -> bool:
    """Whether a part of the same name and value stood there before: it would be the same sentence."""
    return any(other.value == part.value and other.name == part.name for other in before)


def _said_by_a_setting(part: Node, parts: tuple[Node, ...]) -> bool:
    """Whether leaving out a factor is a setting ignored, or the padding on one side, which say it better."""
    padded = any(other.name == "padding" for other in parts if other is not part)
    return _NEUTRAL.get(part.name) == 1 or (padded and part.value == 2 and not part.name)


def _factor_twice(place: Place) -> Candidates:
    node = place.node
    if node.operation == "multiply":
        for index, part in enumerate(node.arguments):
            if part.value not in (0, 1) and not any(_alike(part, other) for other in node.arguments[:index]):
                yield node.value * part.value, f"the factor {_plainly(part)} is used twice"


_OPERATIONS = re.compile(r"multiplication|operation|\bmacs?\b|\bflops?\b")


def counts_operations(node: Node) -> bool:
    """Whether a value is a number of operations, which its name says."""
    return _OPERATIONS.search(node.name.lower()) is not None


def _doubled(place: Place) -> Candidates:
    node = place.node
    if place.parent is not None and place.parent.node.operation != "add":
        return  # twice a factor is twice the product, and that is looked at by itself
    what = called(node)
    if place.parent is None:
        two = " (a multiplication and an addition counted as two, perhaps)"
        why = two if counts_operations(node) else ""
        yield 2 * node.value, f"{what} is doubled{why}"
    if not isinstance(node.value, int):
        yield node.value / 2, f"{what} is halved"
    elif place.parent is None or node.value % 2 == 0:  # nobody goes on with half of an odd number
        yield Fraction(node.value, 2), f"{what} is halved"


def _term_left_out(place: Place) -> Candidates:
    node = place.node
    if node.operation == "add":
        for index, part in enumerate(node.arguments):
            if part.value and not _seen(part, node.arguments[:index]):
                yield node.value - part.value, f"the term {_plainly(part)} is left out of the sum"
    elif node.operation == "subtract":
        yield node.arguments[0].value, f"{called(node.arguments[1])} is not subtracted"


def _term_twice(place: Place) -> Candidates:
    node = place.node
    if node.operation == "add":
        for part in {(part.name, part.value): part for part in node.arguments}.values():
            if part.value:
                yield node.value + part.value, f"the term {_plainly(part)} is added twice"


def _plus_for_times(place: Place) -> Candidates:
    node = place.node
    if node.operation != "multiply":
        return
    for first, second in combinations(node.arguments, 2):
        if 1 in (first.value, second.value):
            continue  # a factor that changes nothing, such as the dilation of a window without one
        rest = math.prod(part.value for part in node.arguments if part not in (first, second))
        words = f"{called(first)} and {called(second)} are added where they should be multiplied"
        yield rest * (first.value + second.value), words


def _difference_for_sum(place: Place) -> Candidates:
    node = place.node
    if node.operation == "subtract":
        a, b = (part.value for part in node.arguments)
        yield a + b, f"{called(node.arguments[1])} is added where it should be subtracted"
        yield b - a, "the difference is taken the wrong way round"
    elif node.operation == "add":
        for part in node.arguments:
            if not isinstance(part.value, float):  # of a float: a sign lost
                words = f"{called(part)} is subtracted where it should be added"
                yield node.value - 2 * part.value, words


# --- settings of a layer ----------------------------------------------------------------------------------

_NEUTRAL: dict[str, int] = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1}


def _setting(node: Node) -> str:
    value = shown(node.value)
    return f"the division into {value} groups" if node.name == "groups" else f"{node.name} {value}"


def _ignored(place: Place) -> Candidates:
    neutral = _NEUTRAL.get(place.node.name)
    if neutral is not None and place.node.given and place.node.value != neutral:
        yield neutral, f"{_setting(place.node)} is ignored"


def _one_side(place: Place) -> Candidates:
    node = place.node
    padded = [part for part in node.arguments if part.name == "padding"]
    if node.operation == "multiply" and len(node.arguments) == 2 and padded:
        yield padded[0].value, f"{_setting(padded[0])} is added on one side only"


def _groups_twice(place: Place) -> Candidates:
    node = place.node
    if node.operation == "divide" and node.arguments[1].name == "groups":
        yield (
            Fraction(node.value) / Fraction(node.arguments[1].value),
            f"{_setting(node.arguments[1])} is applied twice",
        )


def _window_not_subtracted(place: Place) -> Candidates:
    node = place.node
    if node.operation != "add" or node.arguments[0].operation != "floor_divide":
        return
    whole, stride = node.arguments[0].arguments
    while whole.operation == "subtract":
        whole = whole.arguments[0]
    if whole is node.arguments[0].arguments[0]:
        return
    sizes = [part.value for part in whole.arguments if part.name == "input"] or [whole.value]
    for size in dict.fromkeys((*sizes, whole.value)):
        over = f" / {shown(stride.value)}" if stride.value != 1 else ""
        words = f"{shown(size)}{over} is computed"
        yield apply("floor_divide", [size, stride.value]), f"the window is not subtracted, so {words}"


def _rounded_up(place: Place) -> Candidates:
    node = place.node
    if node.operation == "floor_divide":
        up = -((-node.arguments[0].value) // node.arguments[1].value)
        yield up, f"{_quotient(node)} is rounded up, not down"


def _no_floor(place: Place) -> Candidates:
    node = place.node
    if node.operation == "floor_divide":
        yield (
            apply("divide", [part.value for part in node.arguments]),
            f"{_quotient(node)} is not rounded down",
        )


# --- derivatives and other real numbers -------------------------------------------------------------------


def _sign(place: Place) -> Candidates:
    node = place.node
    if node.value and (place.parent is None or (place.depth == 1 and isinstance(node.value, float))):
        what = "a sign is lost" if node.value < 0 else "the sign is wrong"
        yield -node.value, f"{what}: {shown(-node.value)} in place of {shown(node.value)}"


def _reciprocal(place: Place) -> Candidates:
    node = place.node
    if node.operation == "divide" and node.arguments[1].value:
        a, b = (part.value for part in node.arguments)
        yield a * b, f"{_plainly(node.arguments[0])} is multiplied by {shown(b)}, not divided by it"
        if a:
            yield apply("divide", [b, a]), "the fraction is upside down"
    elif place.parent is None and node.value and not isinstance(node.value, int):
        yield 1 / node.value, "the reciprocal is stated"


def _degrees(place: Place) -> Candidates:
    node = place.node
    if node.operation in ("sin", "cos", "tan"):
        value = node.arguments[0].value
        yield (
            apply(node.operation, [math.radians(value)]),
            f"the angle of {node.operation}({shown(value)}) is taken in degrees: it is in radians",
        )


_OTHERS = {
    "sin": ("cos",),
    "cos": ("sin",),
    "ln": ("exp",),
    "exp": ("ln",),
    "sinh": ("cosh",),
    "cosh": ("sinh",),
}


def _other_function(place: Place) -> Candidates:
    node = place.node
    for other in _OTHERS.get(node.operation, ()):
        values = [part.value for part in node.arguments]
        yield (
            apply(other, values),
            f"the function {other} is used in place of {node.operation}, at {shown(values[0])}",
        )


_DECIMALS = range(5)


def _rounded_early(place: Place) -> Candidates:
    node = place.node
    if place.parent is None or node.given or not isinstance(node.value, float):
        return
    for decimals in _DECIMALS:
        early = round(node.value, decimals)
        if early and early != node.value:
            yield early, f"{shown(node.value)} is rounded to {shown(early)} before going on"


def _times(values: list[Number]) -> str:
    return " · ".join(map(shown, values)) or "1"


def _quotient(node: Node) -> str:
    return f"{shown(node.arguments[0].value)} / {shown(node.arguments[1].value)}"


RULES: tuple[Rule, ...] = (
    Rule("a factor left out", 1.0, "A factor is missing.", _factor_left_out),
    Rule("a term left out", 1.0, "A term is missing.", _term_left_out),
    Rule("a setting ignored", 0.8, "A setting of the layer is ignored.", _ignored),
    Rule("padding on one side", 1.0, "The padding is on both sides.", _one_side),
    Rule("groups applied twice", 0.9, "The groups are taken into account more than once.", _groups_twice),
    Rule(
        "the window not subtracted", 1.01, "In how many places does the window fit?", _window_not_subtracted
    ),
    Rule("rounded up", 0.8, "Which way is the quotient rounded?", _rounded_up),
    Rule("not rounded", 1.5, "The number of positions is a whole number.", _no_floor),
    Rule("a sign lost", 0.8, "Look at the sign.", _sign, "Look at the signs on the way."),
    Rule("a reciprocal lost", 1.2, "Look at what is divided by what.", _reciprocal),
    Rule("degrees for radians", 1.0, "In which unit is the angle?", _degrees),
    Rule("another function", 1.8, "Is it the right function?", _other_function),
    Rule("a factor used twice", 1.6, "A factor is there twice.", _factor_twice),
    Rule("a term used twice", 1.6, "A term is there twice.", _term_twice),
    Rule(
        "doubled or halved",
        1.4,
        "You are off by a factor of two.",
        _doubled,
        "A number on the way is doubled or halved.",
    ),
    Rule("plus for times", 1.8, "Are these numbers added or multiplied?", _plus_for_times),
    Rule("plus for minus", 1.8, "Is it added or subtracted?", _difference_for_sum),
    Rule("rounded too early", 2.5, "Keep more digits until the end.", _rounded_early),
)
"""The slips in the structure of a derivation; ``digits`` and ``exchanging`` hold the other two sorts."""
