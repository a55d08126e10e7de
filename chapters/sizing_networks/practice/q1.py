"""Counting a dense network: nodes in each layer, parameters without biases, the network as one equation."""

from __future__ import annotations

from collections.abc import Mapping
from string import ascii_lowercase
from typing import Any

from nnutils.core.errors import PracticeError
from nnutils.core.words import listed
from nnutils.core.worked import Worked, total
from nnutils.networks import Linear, Network
from nnutils.practice import Asked, Draw, earned
from nnutils.slips import Quantity, quantities

__all__ = ["asked", "draw", "givens", "numbers", "parts", "statement"]


def givens() -> dict[str, Any]:
    """Return the question's own numbers of nodes: of the input, and of each layer."""
    return {"features": 1200, "widths": {"H1": 500, "H2": 750, "O": 25}}


def draw(seed: int) -> dict[str, Any]:
    """Return other numbers of nodes: all different, so that no two factors can be confused."""
    chance = Draw(seed)
    features, first, second = chance.several(range(200, 1600, 50), 3)
    return {"features": features, "widths": {"H1": first, "H2": second, "O": chance.whole(10, 60, 5)}}


def asked(givens: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return what is asked; each layer's parameters are its nodes times those of the layer before."""
    widths = givens["widths"]
    # which refuses numbers of nodes that cannot be
    Network((givens["features"],), [Linear(width, name=name) for name, width in widths.items()])
    feature_space = before = Worked(givens["features"], "input features")
    parameters, equation = {}, "v"
    for name, width in widths.items():
        nodes = Worked(width, f"output features of {name}")
        parameters[name] = (nodes * before).named(f"parameters of {name}")
        before, equation = nodes, f"tanh(W_{name} @ {equation})"
    letters = _letters(givens)
    whole = total(parameters.values()).named("parameters")
    matrices = listed(f"W_{name}" for name in widths)
    return (
        Asked("feature_space", "size of the feature space", "a", feature_space, unit="dimensions"),
        *(
            Asked(name, f"parameters of {name}", letters[name], value, unit="parameters")
            for name, value in parameters.items()
        ),
        Asked("total", "parameters of the whole network", letters["total"], whole, unit="parameters"),
        Asked(
            "equation",
            f"the output as one formula in v, {matrices}: v is the input as a column, each W the matrix of a "
            "layer, @ the matrix product",
            letters["equation"],
            equation,
        ),
    )


def numbers(givens: Mapping[str, Any]) -> tuple[Quantity, ...]:
    """Return the numbers of the network, one of which may be taken for another; here no layer has biases."""
    layers = [Linear(width, name=name) for name, width in givens["widths"].items()]
    found = quantities(Network((givens["features"],), layers))
    return tuple(quantity for quantity in found if not quantity.words.startswith("parameters"))


def parts(givens: Mapping[str, Any]) -> dict[str, int]:
    """Return the marks of each part."""
    letters = _letters(givens)
    return {
        "a": 2,
        **{letters[name]: 1 for name in givens["widths"]},
        letters["total"]: 2,
        letters["equation"]: 3,
    }


def statement(givens: Mapping[str, Any]) -> str:
    """Return the question in words."""
    *hidden, (output, outputs) = givens["widths"].items()
    layers = listed(f"{_symbol(name)} of {width} nodes" for name, width in hidden)
    letters, marks = _letters(givens), earned(parts(givens))
    each = "\n".join(
        f"- **({letters[name]})** How many parameters does layer {_symbol(name)} have? {marks[letters[name]]}"
        for name in givens["widths"]
    )
    return (
        f"A densely connected network has an input layer $I$ of {givens['features']} nodes, "
        f"{'a hidden layer' if len(hidden) == 1 else 'hidden layers'} {layers}, and an output layer "
        f"{_symbol(output)} of {outputs} nodes. There are no biases.\n\n"
        f"- **(a)** What is the size of the feature space, and why? {marks['a']}\n"
        f"{each}\n"
        f"- **({letters['total']})** How many parameters does the network have in all? "
        f"{marks[letters['total']]}\n"
        f"- **({letters['equation']})** Write the network as one equation, if every layer uses $\\tanh$. "
        f"{marks[letters['equation']]}"
    )


def _letters(givens: Mapping[str, Any]) -> dict[str, str]:
    """Return the label of the part that asks about each layer, about the total, and for the equation.

    Raises:
        PracticeError: for more layers than there are letters.
    """
    names = [*givens["widths"], "total", "equation"]
    if len(names) > len(ascii_lowercase) - 1:
        raise PracticeError(
            f"{len(givens['widths'])} layers have more parts than there are letters.",
            remedy=f"Give at most {len(ascii_lowercase) - 3}.",
        )
    return dict(zip(names, ascii_lowercase[1:], strict=False))


def _symbol(name: str) -> str:
    """Return the name of a layer as a symbol: 'H1' as H with the index 1."""
    return f"${name[0]}_{{{name[1:]}}}$" if name[1:] else f"${name}$"
