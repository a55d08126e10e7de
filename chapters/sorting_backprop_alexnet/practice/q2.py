"""Backprop through a residual block: the rules in vector form, and the gradients for some numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from nnutils import autodiff
from nnutils.core.errors import PracticeError
from nnutils.core.messages import shown
from nnutils.core.words import pmatrix
from nnutils.practice import Asked, Draw, computed, earned

__all__ = ["asked", "draw", "givens", "parts", "statement"]

# The derivatives are written without the function itself, so that they share nothing with a usual rule.
ACTIVATIONS: dict[str, tuple[Callable[[float], float], Callable[[float], float]]] = {
    "tanh": (math.tanh, lambda z: 1 / math.cosh(z) ** 2),
    "sigmoid": (autodiff.sigmoid, lambda z: 1 / (2 + math.exp(z) + math.exp(-z))),
    "softplus": (autodiff.softplus, lambda z: 1 / (1 + math.exp(-z))),
}
FORMULAS = {
    "tanh": r"\phi = \tanh",
    "sigmoid": r"\phi(t) = 1/(1 + e^{-t})",
    "softplus": r"\phi(t) = \ln(1 + e^t)",
}
LINES = {"z": "W x + b", "h": "phi ( z ) + x", "r": "V h + c", "y": "phi ( r ) + h"}
RULES = {
    "r": "ybar * dphi(r)",
    "c": "rbar",
    "V": "rbar @ h.T",
    "h": "ybar + V.T @ rbar",
    "z": "hbar * dphi(z)",
    "b": "zbar",
    "W": "zbar @ x.T",
    "x": "hbar + W.T @ zbar",
}
LETTERS = ("x", "b", "c", "ybar")
_STEEPEST = 0.95
LARGEST = 8  # beyond it tanh is so flat that its derivative has lost half its digits


def givens() -> dict[str, Any]:
    """Return numbers for the block, which the question itself leaves open: three entries, and tanh."""
    return {
        "activation": "tanh",
        "x": [0.5, -1.0, 0.8],
        "W": [[0.7, -0.4, 0.2], [-0.3, 0.9, 0.5], [0.6, -0.8, 1.1]],
        "b": [0.1, -0.6, 0.4],
        "V": [[-0.5, 0.8, 0.3], [1.2, 0.4, -0.7], [-0.2, 0.6, 0.9]],
        "c": [0.3, 0.2, -0.4],
        "ybar": [1.0, -0.5, 2.0],
    }


def draw(seed: int) -> dict[str, Any]:
    """Return other numbers: no matrix symmetric, no entry of a vector twice, no gradient near zero."""
    chance = Draw(seed)

    def vector(entries: int) -> list[float]:
        tenths = [tenth for tenth in range(-15, 16) if tenth]
        return [tenth / 10 for tenth in chance.several(tenths, entries)]

    def proposal() -> dict[str, Any]:
        n = chance.choice((2, 3))
        return {
            "activation": chance.choice(tuple(ACTIVATIONS)),
            "x": vector(n),
            "W": [vector(n) for _ in range(n)],
            "b": vector(n),
            "V": [vector(n) for _ in range(n)],
            "c": vector(n),
            "ybar": vector(n),
        }

    return chance.until(proposal, _fair)


def asked(givens: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return what is asked; each gradient entry is the change of L by that entry, computed forwards."""
    _check(givens)
    right = [line.split() for line in LINES.values()]
    twice = tuple(name for name in ("x", *LINES) if sum(line.count(name) for line in right) == 2)
    names = (
        "in ybar, dphi(r), dphi(z), x, h, W, V and the adjoints before it; * goes entry by entry, @ is the "
        "matrix product, .T transposes"
    )
    bars = {letter: _gradient(givens, letter) for letter in RULES}
    derived = _derived(givens, bars)
    return (
        Asked(
            "used_twice",
            "the names of the vectors that the block uses twice, separated by commas, in any order",
            "a",
            twice,
            any_order=True,
        ),
        *(
            Asked(f"rule_{letter}", f"the rule for {letter}bar, {names}", "b", rule, defines=f"{letter}bar")
            for letter, rule in RULES.items()
        ),
        *(
            Asked(
                f"{letter}bar",
                f"{letter}bar for these numbers: "
                + ("its rows, separated by ;" if letter in "WV" else "its entries from top to bottom"),
                "c",
                bars[letter],
                work=derived[letter],
            )
            for letter in RULES
        ),
    )


def _derived(givens: Mapping[str, Any], bars: Mapping[str, Any]) -> dict[str, Any]:
    """Return how each entry of each gradient follows from those before it, by the rules."""
    entries = range(len(givens["x"]))
    phi, slope = ACTIVATIONS[givens["activation"]]
    before = _before_activation(givens)
    h = _added(map(phi, before["z"]), givens["x"])
    ybar, x = givens["ybar"], givens["x"]

    def scaled(bar: str, name: str, adjoint: Sequence[float]) -> tuple[Any, ...]:
        return tuple(
            _product(f"{bar}{i + 1}", adjoint[i], f"dphi_{name}{i + 1}", slope(before[name][i]))
            for i in entries
        )

    def outer(bar: str, name: str, vector: Sequence[float]) -> tuple[Any, ...]:
        adjoint = bars[bar]
        return tuple(
            tuple(_product(f"{bar}bar{i + 1}", adjoint[i], f"{name}{j + 1}", vector[j]) for j in entries)
            for i in entries
        )

    def joined(first: str, start: Sequence[float], matrix: str, bar: str) -> tuple[Any, ...]:
        def entry(i: int, **v: autodiff.Traced) -> autodiff.Traced:
            terms = (v[f"{matrix}{k + 1}{i + 1}"] * v[f"{bar}bar{k + 1}"] for k in entries)
            return sum(terms, start=v[f"{first}{i + 1}"])

        values = {f"{matrix}{k + 1}{i + 1}": givens[matrix][k][i] for k in entries for i in entries}
        values |= {f"{bar}bar{k + 1}": bars[bar][k] for k in entries}
        values |= {f"{first}{k + 1}": start[k] for k in entries}
        return tuple(computed(partial(entry, i), **values) for i in entries)

    rbar, zbar = scaled("ybar", "r", ybar), scaled("hbar", "z", bars["h"])
    return {
        "r": rbar,
        "c": rbar,
        "V": outer("r", "h", h),
        "h": joined("ybar", ybar, "V", "r"),
        "z": zbar,
        "b": zbar,
        "W": outer("z", "x", x),
        "x": joined("hbar", bars["h"], "W", "z"),
    }


def _product(first: str, left: float, second: str, right: float) -> Any:
    return computed(lambda **v: v[first] * v[second], **{first: left, second: right})


def parts(givens: Mapping[str, Any]) -> dict[str, int]:
    """Return the marks of each part."""
    return {"a": 2, "b": 4, "c": 4}


def statement(givens: Mapping[str, Any]) -> str:
    """Return the question in words."""
    symbols = {"x": "x", "W": "W", "b": "b", "V": "V", "c": "c", "ybar": r"\bar y"}
    matrices = [f"{symbol} = {pmatrix(givens[name])}" for name, symbol in symbols.items()]
    numbers = ", \\quad ".join(matrices[:3]) + ", \\\\ " + ", \\quad ".join(matrices[3:])
    marks = earned(parts(givens))
    return (
        "All vectors $x, b, c, z, h, r, y$ are columns with $n$ entries. $W$ and $V$ are $n \\times n$ "
        "matrices. $\\phi$ is an activation function that acts on each entry, and $\\phi'$ is its "
        "derivative. A fully connected residual block computes\n\n"
        "$$z = W x + b, \\qquad h = \\phi(z) + x, \\qquad r = V h + c, \\qquad y = \\phi(r) + h.$$\n\n"
        f"**(a)** Draw the computation graph. Which vectors does the block use twice? {marks['a']}\n\n"
        "**(b)** A scalar loss $L$ depends on $y$, and $\\bar y = \\partial L/\\partial y$ is given. Write "
        "the backprop rules in vector form, for all parameters and for the input: "
        f"$\\bar r, \\bar c, \\bar V, \\bar h, \\bar z, \\bar b, \\bar W, \\bar x$. {marks['b']}\n\n"
        f"**(c)** Compute these gradients for ${FORMULAS[givens['activation']]}$ and\n\n"
        f"$$\\begin{{gathered}}{numbers}.\\end{{gathered}}$$\n\n{marks['c']}"
    )


def _gradient(givens: Mapping[str, Any], letter: str) -> tuple[Any, ...]:
    """Return the derivatives of L by the entries of a letter, as a vector or as rows."""
    entries = range(len(givens["x"]))
    if letter in ("W", "V"):
        return tuple(tuple(_change(givens, letter, i, j) for j in entries) for i in entries)
    return tuple(_change(givens, letter, i, 0) for i in entries)


def _change(givens: Mapping[str, Any], letter: str, row: int, column: int) -> float:
    """Return how fast L changes with one entry: every value is followed forwards with its rate of change."""
    phi, slope = ACTIVATIONS[givens["activation"]]
    n = len(givens["x"])

    def rates(name: str) -> list[float]:
        return [float(letter == name and i == row) for i in range(n)]

    def product(name: str, vector: list[float], rate: list[float]) -> tuple[list[float], list[float]]:
        moved = [vector[column] * float(letter == name and i == row) for i in range(n)]
        return _times(givens[name], vector), _added(_times(givens[name], rate), moved)

    x, dx = givens["x"], rates("x")
    Wx, dWx = product("W", x, dx)
    z, dz = _added(Wx, givens["b"]), _added(dWx, rates("b"), rates("z"))
    h = _added(map(phi, z), x)
    dh = _added((slope(z[i]) * dz[i] for i in range(n)), dx, rates("h"))
    Vh, dVh = product("V", h, dh)
    r, dr = _added(Vh, givens["c"]), _added(dVh, rates("c"), rates("r"))
    dy = _added((slope(r[i]) * dr[i] for i in range(n)), dh)
    return math.fsum(givens["ybar"][i] * dy[i] for i in range(n))


def _added(*vectors: Iterable[float]) -> list[float]:
    return [math.fsum(entries) for entries in zip(*vectors, strict=True)]


def _times(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    return [math.fsum(a * v for a, v in zip(row, vector, strict=True)) for row in matrix]


def _check(givens: Mapping[str, Any]) -> None:
    """Refuse what is not a block, and what leaves nothing to compute with.

    Raises:
        PracticeError: for an unknown activation, sizes that do not fit, entries that are not numbers, a zero
            ybar, and a z or an r where the activation is flat.
    """
    if givens["activation"] not in ACTIVATIONS:
        raise PracticeError(
            f"{shown(givens['activation'])} is not an activation function of this question.",
            remedy=f"Use {', '.join(ACTIVATIONS)}.",
        )
    n = len(givens["x"]) if isinstance(givens["x"], list | tuple) else 0
    for name in ("x", "b", "c", "ybar"):
        if not _is_vector(givens[name], n):
            raise PracticeError(
                f"{name} = {shown(givens[name], 80)} is not a vector of {n or 'one or more'} numbers.",
                remedy=f"b, c and ybar have as many entries as x, which is {shown(givens['x'], 80)}.",
            )
    for name in ("W", "V"):
        rows = givens[name]
        if (
            not isinstance(rows, list | tuple)
            or len(rows) != n
            or not all(_is_vector(row, n) for row in rows)
        ):
            raise PracticeError(
                f"{name} = {shown(rows, 80)} is not a matrix of {n} rows of {n} numbers.",
                remedy="W and V are square, with a row for each entry of x.",
            )
    if not any(givens["ybar"]):
        raise PracticeError("ybar is zero, so every gradient is zero.", remedy="Give it another entry.")
    for name, values in _before_activation(givens).items():
        if max(map(abs, values)) > LARGEST:
            raise PracticeError(
                f"{name} has the entry {max(values, key=abs):.3g}, where an activation is so flat that its "
                "derivative cannot be checked in numbers.",
                remedy=f"Use smaller numbers, so that no entry of z and r exceeds {LARGEST}.",
            )


def _is_vector(values: object, n: int) -> bool:
    numbers = isinstance(values, list | tuple) and all(
        isinstance(v, int | float) and not isinstance(v, bool) and math.isfinite(v) for v in values
    )
    return numbers and len(values) == n > 0  # type: ignore[arg-type]  # checked before


def _before_activation(givens: Mapping[str, Any]) -> dict[str, list[float]]:
    """Return z and r."""
    phi, _ = ACTIVATIONS[givens["activation"]]
    z = _added(_times(givens["W"], givens["x"]), givens["b"])
    h = _added(map(phi, z), givens["x"])
    return {"z": z, "r": _added(_times(givens["V"], h), givens["c"])}


def _fair(givens: dict[str, Any]) -> bool:
    """Say whether numbers are fit to be asked: nothing flat, nothing symmetric, no gradient near zero.

    No slope is near 1 either, where a forgotten derivative would hardly show.
    """
    inside = [value for values in _before_activation(givens).values() for value in values]
    _, slope = ACTIVATIONS[givens["activation"]]
    if max(map(abs, inside)) > 3 or max(map(slope, inside)) > _STEEPEST:
        return False
    n = len(givens["x"])
    if any(givens[name][i][j] == givens[name][j][i] for name in "WV" for i in range(n) for j in range(i)):
        return False
    entries = [e for letter in ("V", "W", "h", "x") for e in _flat(_gradient(givens, letter))]
    return min(map(abs, entries)) >= 0.01


def _flat(values: tuple[Any, ...]) -> list[float]:
    return [entry for part in values for entry in (part if isinstance(part, tuple) else (part,))]
