"""Networks built of what a sheet says: of the rows of a table, or of the layers described in its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from nnutils.core.errors import NNUtilsError
from nnutils.lint.checks.networks.rows import LayerRow, layer_rows, roles_of
from nnutils.lint.checks.networks.settings import Settings
from nnutils.lint.checks.networks.told import Told
from nnutils.lint.checks.networks.written_sizes import Picture, agree
from nnutils.lint.checks.tables.joint_columns import apart
from nnutils.lint.context import Context
from nnutils.lint.sheets import Table
from nnutils.networks.base import Layer
from nnutils.networks.layers import Activation, Conv2d, Flatten, Linear, MaxPool2d
from nnutils.networks.network import Network

__all__ = ["network_of_settings", "networks_of_tables"]


def networks_of_tables(context: Context, told: Told) -> Iterator[tuple[Table, Network]]:
    """Yield each table of layers that says all that a network needs, with that network."""
    for block in context.sheet.blocks:
        if not isinstance(block, Table):
            continue
        divided = apart(block)
        roles = roles_of(divided)
        rows = [row for row in layer_rows(divided, roles, told.settings) if row is not None] if roles else []
        inputs: Sequence[Picture] = told.inputs
        if rows and rows[0].input is not None:
            inputs = rows[0].input.pictures()
        elif rows and rows[0].settings.kind == "input" and rows[0].output is not None:
            inputs = rows[0].output.pictures()
        named = []
        for row in rows:
            settings, name = row.settings, row.label.name if row.label else row.name
            if settings.kind == "linear" and settings.filters is None and row.output is not None:
                settings = Settings(kind="linear", filters=row.output.features())
            named.append((name, settings))
        network = _network(inputs, named)
        if network is not None and len(network.layers) > 1 and _fits(network, rows):
            yield block, network


def _leaves_out(keys: Iterable[str]) -> bool:
    """Return whether the numbers of layers skip one: conv2 without conv1; those of poolings may."""
    seen: dict[str, list[int]] = {}
    kept = list(keys)
    for key in kept:
        kind, number = key.rstrip("0123456789"), key[len(key.rstrip("0123456789")) :]
        if kind == "pool":
            continue
        if not number:
            if sum(other.startswith(kind) for other in kept) > 1:
                return True
            continue
        seen.setdefault(kind, []).append(int(number))
    return any(sorted(numbers) != list(range(1, len(numbers) + 1)) for numbers in seen.values())


def _fits(network: Network, rows: Sequence[LayerRow]) -> bool:
    """Return whether the sizes that a table states are those of the network: else it leaves layers out."""
    steps = {step.name: step for step in network.steps}
    for row in rows:
        step = steps.get(row.label.name if row.label else row.name)
        if step is None:
            continue
        for size, shape in ((row.input, step.input_shape), (row.output, step.output_shape)):
            if size is not None:
                pictures = size.pictures() if len(shape) == 3 else ((size.features(),),)
                if not any(agree(picture, shape) for picture in pictures):
                    return False
    return _has_poolings(network)


def _has_poolings(network: Network) -> bool:
    """Return whether nothing seems to be left out between pictures and full layers."""
    kinds = {type(layer) for layer in network.layers}
    return MaxPool2d in kinds or not {Conv2d, Linear} <= kinds


def network_of_settings(told: Told) -> Network | None:
    """Return the network of the layers that a text describes, in their order, if it says all of them."""
    if len(told.settings) < 2 or _leaves_out(told.settings):
        return None
    begin = told.reads.get(next(iter(told.settings)))
    network = _network([begin] if begin is not None else told.inputs, list(told.settings.items()))
    if network is None:
        return None
    # What the first dense layer is said to read tells that no pooling is left out.
    read = {name: one.features for name, one in told.settings.items() if one.features}
    steps = {step.name: step.input_shape for step in network.steps}
    if any(steps[name] != (features,) for name, features in read.items() if name in steps):
        return None
    if any(not agree(steps[name], picture) for name, picture in told.reads.items() if name in steps):
        return None  # a layer between the two is not told
    first = next((name for name, one in told.settings.items() if one.kind == "linear"), "")
    return network if first in read or _has_poolings(network) else None


def _network(inputs: Sequence[Picture], named: Iterable[tuple[str, Settings]]) -> Network | None:
    layers: list[Layer] = []
    names: set[str] = set()
    flat = False
    for name, settings in named:
        if settings.kind == "input":
            continue
        made = _layer(settings, name if name not in names else None)
        if made is None:
            return None
        names.add(name)
        if settings.kind == "linear" and not flat:
            layers.append(Flatten())
        flat = flat or settings.kind in ("linear", "flatten")
        layers.append(made)
    for shape in inputs:
        sizes = tuple(size for size in shape if size)
        if len(sizes) == len(shape) and layers:
            try:
                return Network(sizes, layers)
            except NNUtilsError:
                continue
    return None


def _layer(settings: Settings, name: str | None) -> Layer | None:
    kind, kernel = settings.kind, settings.kernel
    name = name or None
    try:
        if (
            kind == "conv"
            and kernel
            and settings.filters
            and settings.stride
            and settings.padding is not None
        ):
            return Conv2d(
                settings.filters, kernel, stride=settings.stride, padding=settings.padding,
                dilation=settings.dilation or 1, groups=settings.groups or 1, bias=settings.bias, name=name,
            )  # fmt: skip
        if kind == "pool" and kernel and settings.stride and settings.padding != "same":
            padding: Any = settings.padding or 0  # poolings have none, unless something is said
            return MaxPool2d(kernel, stride=settings.stride, padding=padding, name=name)
        if kind == "linear" and settings.filters:
            return Linear(settings.filters, bias=settings.bias, name=name)
        if kind == "flatten":
            return Flatten(name=name)
        if kind in ("norm", "activation"):
            return Activation(name=name)
    except NNUtilsError:
        return None
    return None
