"""Counting a dense network: nodes in each layer, parameters without biases, the network as one equation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nnutils.core.worked import Worked, total
from nnutils.networks import Linear, Network
from nnutils.practice import Asked, Draw

__all__ = ["asked", "draw", "givens", "parts", "statement"]


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
    feature_space = before = Worked(givens["features"], "features")
    parameters, equation = {}, "v"
    for name, width in widths.items():
        nodes = Worked(width, f"nodes of {name}")
        parameters[name] = (nodes * before).named(f"parameters of {name}")
        before, equation = nodes, f"tanh(W_{name} @ {equation})"
    whole = total(parameters.values()).named("total")
    return (
        Asked("feature_space", "size of the feature space", "a", feature_space, unit="dimensions"),
        *(Asked(n, f"parameters of {n}", "a", value, unit="parameters") for n, value in parameters.items()),
        Asked("total", "parameters of the whole network", "a", whole, unit="parameters"),
        Asked("equation", "the network as one equation", "a", equation),
    )


def parts(givens: Mapping[str, Any]) -> dict[str, int]:
    """Return the marks of each part."""
    return {"a": 10}


def statement(givens: Mapping[str, Any]) -> str:
    """Return the question in words."""
    *hidden, (output, outputs) = givens["widths"].items()
    layers = " and ".join(f"${name[0]}_{{{name[1:]}}}$ of {width}" for name, width in hidden)
    names = ", ".join(f"${name[0]}_{{{name[1:]}}}$" for name, _ in hidden)
    return (
        f"A densely connected network has an input layer $I$ of {givens['features']} nodes, hidden layers "
        f"{layers} nodes, and an output layer ${output}$ of {outputs} nodes. There are no biases.\n\n"
        "- What is the size of the feature space, and why?\n"
        f"- How many parameters do {names} and ${output}$ have, and the network in all?\n"
        "- Write the network as one equation, if every layer uses $\\tanh$."
    )
