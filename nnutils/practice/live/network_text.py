"""A network as text: sizes and layers one after the other, or as a short TOML file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nnutils.core.errors import ExpressionError
from nnutils.core.messages import brief, shown
from nnutils.core.numerals import MOST_DIGITS
from nnutils.core.reading import file_text, is_listed
from nnutils.networks.base import Layer
from nnutils.networks.layers import (
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    Flatten,
    Linear,
    MaxPool2d,
    ReLU,
    Sigmoid,
    Tanh,
)
from nnutils.networks.network import Network

__all__ = ["KINDS", "network_of", "read_network"]

KINDS: dict[str, type[Layer]] = {
    "conv": Conv2d,
    "maxpool": MaxPool2d,
    "avgpool": AvgPool2d,
    "linear": Linear,
    "relu": ReLU,
    "tanh": Tanh,
    "sigmoid": Sigmoid,
    "batchnorm": BatchNorm2d,
    "flatten": Flatten,
}
"""The layers that a text can name; 'conv2d' and the like are understood as well."""

_EXAMPLE = "'3x227x227 conv(96, 11, stride=4) maxpool(3, stride=2) flatten linear(10)'"
_LAYER = re.compile(r"(?P<kind>[A-Za-z]+(?:2d)?)(?:\((?P<settings>[^()]*)\))?")
_SHAPE = re.compile(r"\d+(?:\s*[x×,]\s*\d+)*")


def read_network(text: str) -> Network:
    """Return the network of a text, as ``network_of``, or of a TOML file that is named.

    Raises:
        ExpressionError: for a file that is not there, and for what ``network_of`` refuses.
        NNUtilsError: for layers that do not fit.
    """
    if not text.endswith(".toml"):
        return network_of(text)
    path = Path(text)
    if not is_listed(path):
        raise ExpressionError(f"There is no file {path}.", remedy="Name a TOML file with input and layers.")
    return _from_toml(file_text(path, str(path), ExpressionError), str(path))


def network_of(text: str) -> Network:
    """Return the network of a text: a size and layers, or TOML with ``input`` and ``layers``.

    The input's size comes first (channels x height x width, or the number of features), then the layers with
    their settings, on one line or on several. In TOML ``layers`` is a list of the same texts or of tables.

    Raises:
        ExpressionError: for what is neither, and for an unknown kind or setting.
        NNUtilsError: for layers that do not fit.

    >>> network_of("3x32x32 conv(16, 5, stride=2, name=first) maxpool(2)").shapes
    {'first': (16, 14, 14), 'pool': (16, 7, 7)}
    >>> network_of("input = [784]\\nlayers = ['linear(10)']").shapes
    {'linear': (10,)}
    """
    if re.match(r"\s*input\s*=", text):
        return _from_toml(text, "the text")
    plain = re.sub(r"([=,(]\s*)\(\s*(\d+)\s*,\s*(\d+)\s*\)", r"\1\2x\3", text.strip())  # (3, 5) as 3x5
    start = _SHAPE.match(plain)
    if start is None:
        raise ExpressionError(f"{brief(text)} does not begin with a size.", remedy=f"Write {_EXAMPLE}.")
    layers, place = [], start.end()
    while rest := plain[place:].lstrip(" ,;:\n\r\t"):
        found = _LAYER.match(rest)
        if found is None:
            raise ExpressionError(f"{shown(rest, 40)} is not a layer.", remedy=f"Write {_EXAMPLE}.")
        layers.append(_layer(found))
        place = len(plain) - len(rest) + found.end()
    return _network(tuple(map(_whole, re.findall(r"\d+", start[0]))), layers)


def _network(shape: tuple[int, ...], layers: list[Layer]) -> Network:
    if not layers:
        raise ExpressionError("The network has no layers.", remedy=f"Write {_EXAMPLE}.")
    return Network(shape, layers)


def _layer(found: re.Match[str]) -> Layer:
    positional: list[Any] = []
    named: dict[str, Any] = {}
    for setting in filter(None, (part.strip() for part in (found["settings"] or "").split(","))):
        name, equals, value = setting.partition("=")
        if equals:
            named[name.strip()] = _value(value.strip())
        else:
            positional.append(_value(setting))
    return _made(found["kind"], positional, named)


def _made(kind: str, positional: list[Any], named: Mapping[str, Any]) -> Layer:
    known = kind.lower().removesuffix("2d")
    if known not in KINDS:
        raise ExpressionError(
            f"{kind!r} is not a kind of layer.", remedy=f"The kinds are {', '.join(KINDS)}."
        )
    try:
        return KINDS[known](*positional, **named)
    except TypeError:
        settings = ", ".join([*map(str, positional), *(f"{name}={value}" for name, value in named.items())])
        raise ExpressionError(
            f"{kind}({settings}) does not have what this layer needs.", remedy=f"Write it as in {_EXAMPLE}."
        ) from None


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ExpressionError(
            f"{shown(digits, 40)} has {len(digits):,} digits.", remedy=f"Use at most {MOST_DIGITS:,}."
        )
    return int(digits)


def _value(text: str) -> Any:
    if re.fullmatch(r"\d+", text):
        return _whole(text)
    if pair := re.fullmatch(r"(\d+)[x×](\d+)", text):
        return _whole(pair[1]), _whole(pair[2])
    return {"true": True, "false": False}.get(text.lower(), text.strip("'\""))


def _from_toml(text: str, source: str) -> Network:
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also of a number with too many digits
        problem = "too many brackets" if isinstance(error, RecursionError) else error
        raise ExpressionError(f"{source} is not TOML: {problem}", remedy="See https://toml.io.") from None
    shape, layers = data.get("input"), data.get("layers")
    remedy = 'Write input = [3, 227, 227] and layers = ["conv(96, 11, stride=4)", "flatten", "linear(10)"].'
    if not isinstance(shape, list) or not isinstance(layers, list):
        raise ExpressionError(f"{source} has no input or no layers.", remedy=remedy)
    made = []
    for layer in layers:
        if isinstance(layer, dict) and isinstance(layer.get("kind"), str):
            settings = {
                name: tuple(value) if isinstance(value, list) else value
                for name, value in layer.items()
                if name != "kind"
            }
            made.append(_made(layer["kind"], [], settings))
        elif isinstance(layer, str) and (found := _LAYER.fullmatch(layer.strip())):
            made.append(_layer(found))
        else:
            raise ExpressionError(f"{brief(layer)} in {source} is not a layer.", remedy=remedy)
    return _network(tuple(shape), made)
