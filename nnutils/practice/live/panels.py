"""Panels: what a reader types into their fields, and the derivation that follows from it.

A panel is a few labelled fields and a function from their texts to what is shown. Everything that is typed is
bounded, so that no text takes long; what cannot be is an error in words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nnutils.core.errors import ExpressionError
from nnutils.core.messages import shown
from nnutils.core.numerals import latex_of_text, number_text
from nnutils.core.tables import Table
from nnutils.core.words import counted
from nnutils.networks.counting import count
from nnutils.networks.sizes import conv_output_size
from nnutils.networks.solver import ConvSettings, solve_conv
from nnutils.networks.wording import solve_by_hand
from nnutils.practice.live.functions import inputs_of, trace_of
from nnutils.practice.live.network_text import network_of
from nnutils.slips.expressions import plain_text
from nnutils.slips.stated import read_list

__all__ = ["PANELS", "Field", "Panel", "Shown"]

LONGEST = 2_000
"""So many characters may be typed into one field."""

MOST_LAYERS = 100
MOST_PIXELS = 512
MOST_SETTINGS = 100
MOST_ENTRIES = 6

_SETTINGS = {"kernel size": "kernel_size", "stride": "stride", "padding": "padding", "dilation": "dilation"}

_ROOM = (
    "A window has the room $r = i + 2p - d(k-1) - 1$, and the output has $o$ pixels exactly when "
    "$s(o-1) \\le r \\le s o - 1$ (1)."
)


@dataclass(frozen=True)
class Shown:
    """What a panel shows: words as Markdown with formulas in dollars, then tables as HTML."""

    words: str
    html: str


@dataclass(frozen=True)
class Field:
    """One field of a panel: its name, the label that a reader sees, the number of its lines."""

    name: str
    label: str
    lines: int = 1


@dataclass(frozen=True)
class Panel:
    """A panel: its fields, and the function that computes what is shown."""

    fields: tuple[Field, ...]
    compute: Callable[[Mapping[str, str]], Shown]

    def show(self, texts: Mapping[str, str]) -> Shown:
        """Return what is shown for the texts of the fields; a field that is left out is empty.

        Raises:
            ExpressionError: for a text that is too long, and for what cannot be read.
            NNUtilsError: for what can be read and cannot be.

        >>> PANELS["sizes"].show({"input": "224", "kernel size": "11", "stride": "4", "padding": "2"}).words
        '$r = 217$, so $o = \\\\lfloor 217/4 \\\\rfloor + 1 = 55$.'
        """
        typed = {field.name: str(texts.get(field.name, "")) for field in self.fields}
        for field in self.fields:
            if len(typed[field.name]) > LONGEST:
                raise ExpressionError(
                    f"{field.label}: {len(typed[field.name]):,} characters are too many.",
                    remedy=f"Type at most {LONGEST:,}.",
                )
        return self.compute(typed)


def _network(texts: Mapping[str, str]) -> Shown:
    """Count a network, layer by layer."""
    if not texts["network"].strip():
        raise ExpressionError("There is no network.", remedy="Type the size of the input, then the layers.")
    text = plain_text(texts["network"], LONGEST)
    if long := re.search(r"\d{10,}", text):
        raise ExpressionError(f"{shown(long[0], 20)} is too large.", remedy="Use at most nine digits.")
    network = network_of(text)
    if len(network.steps) > MOST_LAYERS:
        raise ExpressionError(
            f"The network has {len(network.steps)} layers.", remedy=f"Type at most {MOST_LAYERS}."
        )
    table = count(network).table("units", "weights", "biases", "connections")
    return Shown("Point at a number, or move to it with the Tab key, to see how it is made.", _html(table))


def _trace(texts: Mapping[str, str]) -> Shown:
    """Trace a function at a point, forward and in reverse."""
    point = [part for part in re.split(r"[,;\n]", texts["at"]) if part.strip()]
    if not point:
        raise ExpressionError("The point is missing.", remedy="Give each name a value: x1 = 3, x2 = 6.")
    inputs = {name: float(value) for name, value in inputs_of(point).items()}
    made = trace_of(plain_text(texts["function"]), inputs)
    wrt = texts["derivative in"].strip() or next(iter(inputs))
    found = made.gradients()
    words = ", ".join(
        rf"$\partial y / \partial {_latex_name(name)} = {_latex(value)}$" for name, value in found.items()
    )
    value = _latex(made.value)
    return Shown(
        f"$y = {value}$, and by the reverse sweep {words}.",
        _html(made.forward(wrt)) + _html(made.reverse()),
    )


def _sizes(texts: Mapping[str, str]) -> Shown:
    """Compute an output size, or find every setting that gives it."""
    pixels = _whole("input", texts["input"], 1)
    if pixels is None:
        raise ExpressionError("The input size is missing.", remedy="Type a number of pixels, such as 64.")
    output = _whole("output", texts["output"], 1)
    given: dict[str, Any] = {
        name: value
        for label, name in _SETTINGS.items()
        if (value := _whole(label, texts[label], 0 if name == "padding" else 1)) is not None
    }
    if output is None:
        if "kernel_size" not in given:
            raise ExpressionError(
                "Neither the output nor the kernel size is there.",
                remedy="Type the output to find settings, or the kernel size to find the output.",
            )
        setting = {"stride": 1, "padding": 0, "dilation": 1} | given
        size = conv_output_size(pixels, **setting)  # says what cannot be, before the words do
        return Shown(solve_by_hand(pixels, int(size), **setting), "")
    found, all_of_them = _found(pixels, output, given)
    if not found:
        return Shown(f"There is no such setting that leads from {pixels} to {output} pixels.", "")
    words = (
        f"{counted(len(found), 'setting')}." if all_of_them else f"More than {MOST_SETTINGS}; these are some."
    )
    if all_of_them and len(given) < len(_SETTINGS):
        words = f"{_ROOM}\n\n{solve_by_hand(pixels, output, **given)}\n\n{words}"
    return Shown(words, _html(Table(tuple(_SETTINGS), [tuple(one) for one in found])))


def _found(pixels: int, output: int, given: Mapping[str, Any]) -> tuple[list[ConvSettings], bool]:
    """Return the settings, and whether they are all; window by window, for there may be millions."""
    bound = pixels + 2 * given.get("padding", 0)
    found: list[ConvSettings] = []
    for k in [given["kernel_size"]] if "kernel_size" in given else range(1, bound + 1):
        most = 1 if k == 1 else max((bound - 1) // (k - 1), 1)
        for d in [given["dilation"]] if "dilation" in given else range(1, most + 1):
            if "kernel_size" not in given and d * (k - 1) + 1 > bound:
                continue
            stride, padding = given.get("stride"), given.get("padding")
            found += solve_conv(pixels, output, kernel_size=k, stride=stride, padding=padding, dilation=d)
            if len(found) > MOST_SETTINGS:
                return found[:MOST_SETTINGS], False
    return sorted(found), True


def _softmax(texts: Mapping[str, str]) -> Shown:
    """Compute softmax and its Jacobian."""
    entries = [float(entry.value) for entry in read_list(texts["x"])]
    if not 2 <= len(entries) <= MOST_ENTRIES:
        raise ExpressionError(
            f"{counted(len(entries), 'entry', 'entries')} cannot be shown here.",
            remedy=f"Type 2 to {MOST_ENTRIES} numbers, such as 1, 2, 3.",
        )
    top = max(entries)
    weights = [math.exp(entry - top) for entry in entries]
    p = [weight / sum(weights) for weight in weights]
    n = range(len(p))
    written = [_latex(value) for value in p]
    terms = " + ".join(f"e^{{{_latex(entry)}}}" for entry in entries)
    words = (
        f"$$p_1 = \\frac{{e^{{{_latex(entries[0])}}}}}{{{terms}}} \\approx {written[0]}$$\n\n"
        "The Jacobian is $J_{ij} = \\partial p_i / \\partial x_j = p_i (\\delta_{ij} - p_j)$. For example "
        f"$J_{{11}} = {written[0]} \\cdot (1 - {written[0]}) \\approx {_latex(p[0] * (1 - p[0]))}$ and "
        f"$J_{{12}} = -{written[0]} \\cdot {written[1]} \\approx {_latex(-p[0] * p[1])}$. "
        "Each row and each column adds up to 0."
    )
    values = Table(("i", "x", "p"), [(str(i + 1), entries[i], p[i]) for i in n])
    rows: list[tuple[Any, ...]] = [(f"p{i + 1}", *(p[i] * ((i == j) - p[j]) for j in n)) for i in n]
    jacobian = Table(("J", *(f"x{j + 1}" for j in n)), rows)
    return Shown(words, _html(values) + _html(jacobian))


def _whole(label: str, text: str, least: int) -> int | None:
    """Return a typed whole number within bounds, None for an empty field."""
    if not text.strip():
        return None
    plain = plain_text(text)
    if not re.fullmatch(r"\d{1,9}", plain) or not least <= int(plain) <= MOST_PIXELS:
        raise ExpressionError(
            f"{label}: {shown(text, 20)} is not a whole number from {least} to {MOST_PIXELS}.",
            remedy="Type one, or leave the field empty.",
        )
    return int(plain)


def _written(value: float) -> str:
    """Return a number as text: a whole one as such, another with six significant digits."""
    whole = float(value).is_integer() and abs(value) < 1e15
    return number_text(int(value) if whole else value, significant=None if whole else 6)


def _latex(value: float) -> str:
    return latex_of_text(_written(value))


def _latex_name(name: str) -> str:
    letters, digits = re.fullmatch(r"(.*?)_?(\d*)", name).groups()  # type: ignore[union-attr]
    base = letters if len(letters) == 1 else rf"\mathrm{{{letters}}}".replace("_", r"\_")
    return f"{base}_{{{digits}}}" if digits else base


def _html(table: object) -> str:
    html: str = table._repr_html_()  # type: ignore[attr-defined]
    return html


PANELS: dict[str, Panel] = {
    "network": Panel((Field("network", "Network: the input's size, then its layers", 6),), _network),
    "trace": Panel(
        (
            Field("function", "Function"),
            Field("at", "At the point"),
            Field("derivative in", "Derivative in, forward (empty: the first)"),
        ),
        _trace,
    ),
    "sizes": Panel(
        (
            Field("input", "Input, in pixels"),
            Field("output", "Output (empty: compute it)"),
            *(Field(label, f"{label.capitalize()} (empty: any)") for label in _SETTINGS),
        ),
        _sizes,
    ),
    "softmax": Panel((Field("x", "Entries of x"),), _softmax),
}
"""The panels by name."""
