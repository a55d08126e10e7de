"""Networks in code: ``nn.Sequential(...)`` and layers with names, read from the syntax tree and never run."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from textwrap import dedent
from typing import Any

from nnutils.core.errors import NNUtilsError
from nnutils.core.worked import Worked
from nnutils.lint.checks.networks.known import Facts, KnownLayer, facts_of, kind_of, merged, readings_of
from nnutils.lint.readers.python_code import parsed_python
from nnutils.networks.base import Layer, pair
from nnutils.networks.counting import LayerCounts
from nnutils.networks.layers import (
    Activation,
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

__all__ = ["CodedLayer", "coded_layers", "counts_of_coded", "facts_of_code"]

_ORDERS: dict[str, tuple[str, ...]] = {
    "Conv2d": (
        "in_channels",
        "out_channels",
        "kernel_size",
        "stride",
        "padding",
        "dilation",
        "groups",
        "bias",
    ),
    "Linear": ("in_features", "out_features", "bias"),
    "MaxPool2d": ("kernel_size", "stride", "padding", "dilation", "return_indices", "ceil_mode"),
    "AvgPool2d": ("kernel_size", "stride", "padding", "ceil_mode"),
    "BatchNorm2d": ("num_features",),
}
_MADE: dict[str, type[Layer]] = {
    "Conv2d": Conv2d, "Linear": Linear, "MaxPool2d": MaxPool2d, "AvgPool2d": AvgPool2d,
    "BatchNorm2d": BatchNorm2d,
}  # fmt: skip
_PLAIN: dict[str, type[Layer]] = {
    "ReLU": ReLU, "Tanh": Tanh, "Sigmoid": Sigmoid, "Flatten": Flatten, "LeakyReLU": Activation,
    "GELU": Activation, "ELU": Activation, "Softmax": Activation, "LogSoftmax": Activation,
}  # fmt: skip
_SKIPPED = frozenset(("Dropout", "Dropout2d", "Identity"))
_INPUTS = frozenset(("randn", "rand", "zeros", "ones", "empty"))
_LONGEST = 40_000


@dataclass(frozen=True)
class CodedLayer:
    """A layer in code: the layer, the size of its input as torch is told it, the line where its call ends."""

    layer: Layer
    reads: int | None = None
    line: int = 0


def facts_of_code(code: str, inputs: Sequence[tuple[int, ...]] = ()) -> list[Facts]:
    """Return what is known of each network in a piece of code; what is no Python holds none.

    ``inputs`` are sizes that the text of the sheet says. Without any, only weights and parameters are known.

    >>> facts = facts_of_code("nn.Sequential(nn.Conv2d(3, 96, 11, stride=4), nn.ReLU(), nn.MaxPool2d(3, 2))")
    >>> [(one.name, sorted(one.counts)) for one in facts[0].layers][0]
    ('conv', ['biases', 'parameters', 'weights'])
    >>> facts = facts_of_code("net = Sequential(Linear(784, 10))")
    >>> int(facts[0].totals["parameters"][0].value)
    7850
    """
    tree = _parsed(code)
    if tree is None:
        return []
    shapes = list(dict.fromkeys([*_shapes_in(tree), *inputs]))
    found = [facts for layers in _sequences(tree) if (facts := _facts(layers, shapes))]
    if not found and (named := list(_named_layers(tree))):
        found = [_without_sizes(named)]
    return found


def coded_layers(code: str) -> tuple[list[list[CodedLayer]], list[tuple[int, ...]]]:
    """Return the layers of a piece of code, those that follow each other together, and its inputs' sizes.

    >>> runs, inputs = coded_layers("net = Sequential(\\n Linear(784, 9),\\n ReLU())\\nx = randn(1, 784)")
    >>> [(one.layer.out_features, one.reads, one.line) for one in runs[0] if one.reads], inputs
    ([(9, 784, 2)], [(784,)])
    """
    tree = _parsed(code)
    if tree is None:
        return [], []
    alone = [[one] for _, one in _named_layers(tree)]
    return [*_sequences(tree), *alone], list(dict.fromkeys(_shapes_in(tree)))


def _parsed(code: str) -> ast.Module | None:
    if len(code) > _LONGEST:
        return None
    lines = ["" if line.lstrip().startswith(("%", "!")) else line for line in dedent(code).split("\n")]
    for text in (
        "\n".join(lines),
        "\n".join(line.removeprefix(">>> ").removeprefix("... ") for line in lines),
    ):
        if (tree := parsed_python(text)) is not None:
            return tree
    return None


def _sequences(tree: ast.Module) -> Iterator[list[CodedLayer]]:
    """Yield the layers of each outermost Sequential, and of each list of layers."""
    inside: set[ast.AST] = set()
    for node in ast.walk(tree):
        parts = _parts(node)
        if parts is None or node in inside:
            continue
        inside.update(one for part in parts for one in ast.walk(part))
        layers = _flat(parts)
        if layers:
            yield layers


def _parts(node: ast.AST) -> list[ast.expr] | None:
    if isinstance(node, ast.Call) and _name(node.func) == "Sequential":
        first = node.args[0] if len(node.args) == 1 else None
        if isinstance(first, ast.Call) and _name(first.func) == "OrderedDict" and first.args:
            first = first.args[0]
            if isinstance(first, ast.List | ast.Tuple):
                return [
                    one.elts[1] for one in first.elts if isinstance(one, ast.Tuple) and len(one.elts) == 2
                ]
        if isinstance(first, ast.Starred) and isinstance(first.value, ast.List):
            return list(first.value.elts)
        return list(node.args)
    if isinstance(node, ast.List) and len(node.elts) > 1:
        return list(node.elts)
    return None


def _flat(parts: Sequence[ast.expr]) -> list[CodedLayer] | None:
    layers: list[CodedLayer] = []
    for part in parts:
        inner = _parts(part) if isinstance(part, ast.Call) else None
        if inner is not None:
            more = _flat(inner)
            if more is None:
                return None
            layers += more
            continue
        one = _layer(part)
        if one is None:
            return None
        layers += one
    return layers


def _layer(node: ast.expr) -> list[CodedLayer] | None:
    """Return the layer that a call makes, nothing for one that changes nothing, None for an unknown one."""
    if not isinstance(node, ast.Call):
        return None
    kind = _name(node.func)
    if kind in _SKIPPED:
        return []
    if kind in _PLAIN:
        return [CodedLayer(_PLAIN[kind](), None, node.end_lineno or 0)]
    if kind not in _MADE:
        return None
    try:
        positional = [ast.literal_eval(one) for one in node.args]
        given: dict[str, Any] = dict(zip(_ORDERS[kind], positional, strict=False))
        given.update({one.arg: ast.literal_eval(one.value) for one in node.keywords if one.arg})
        reads = given.pop("in_channels", given.pop("in_features", given.pop("num_features", None)))
        unknown = (
            "device",
            "dtype",
            "padding_mode",
            "return_indices",
            "count_include_pad",
            "eps",
            "momentum",
            "affine",
        )
        for name in (*unknown, "inplace", "track_running_stats", "divisor_override"):
            given.pop(name, None)
        first = [given.pop(name) for name in ("out_channels", "kernel_size", "out_features") if name in given]
        layer = _MADE[kind](*first, **given)
    except (ValueError, TypeError, SyntaxError, NNUtilsError, RecursionError):
        return None
    if reads is not None and (not isinstance(reads, int) or reads < 1):
        return None
    return [CodedLayer(layer, reads, node.end_lineno or 0)]


def _facts(coded: Sequence[CodedLayer], shapes: Sequence[tuple[int, ...]]) -> Facts | None:
    if not any(one.reads for one in coded):
        return None
    first = next(one for one in coded if one.reads)
    possible = [shape for shape in shapes if shape[0] == first.reads]
    if isinstance(first.layer, Linear) and first.reads:
        possible.append((first.reads,))
    for shape in possible:
        try:
            network = Network(shape, [one.layer for one in coded])
        except NNUtilsError:
            continue
        read = {id(one.layer): one.reads for one in coded}
        if all(
            not read.get(id(step.layer)) or step.input_shape[0] == read[id(step.layer)]
            for step in network.steps
        ):
            return facts_of(network, "the network in the code")
    return _without_sizes([("", one) for one in coded])


def _without_sizes(named: Sequence[tuple[str, CodedLayer]]) -> Facts:
    """Return what is known of layers whose pictures are not known: weights, biases, parameters."""
    layers: list[KnownLayer] = []
    seen: dict[str, int] = {}
    for name, coded in named:
        kind = kind_of(coded.layer)
        if kind is None:
            continue
        seen[kind] = seen.get(kind, 0) + 1
        counts = counts_of_coded(coded)
        if counts is None:
            continue
        known = {
            role: found
            for role, found in readings_of(counts).items()
            if role in ("weights", "biases", "parameters")
        }
        weighted = sum(bool(one.weighted) for one in layers) + 1 if kind != "norm" else 0
        layers.append(
            KnownLayer(
                name or f"{kind}{seen[kind] if kind != 'conv' else ''}", kind, seen[kind], weighted, known
            )
        )
    if sum(one.kind == "conv" for one in layers) > 1:
        layers = [replace(one, name=f"conv{one.number}") if one.name == "conv" else one for one in layers]
    totals = {}
    if not any(name for name, _ in named):
        every = [counts for _, coded in named if (counts := counts_of_coded(coded)) is not None]
        whole = LayerCounts(
            weights=sum((one.weights for one in every[1:]), every[0].weights),
            biases=sum((one.biases for one in every[1:]), every[0].biases),
        )
        totals = {
            role: found
            for role, found in merged([readings_of(whole)], [""]).items()
            if role in ("weights", "biases", "parameters")
        }
    return Facts("the layers in the code", tuple(layers), totals)


def counts_of_coded(coded: CodedLayer) -> LayerCounts | None:
    """Return the weights and biases of a layer of which code tells all; None where it does not."""
    layer, reads = coded.layer, coded.reads
    if reads is None:
        return None
    if isinstance(layer, Conv2d):
        if reads % layer.groups:
            return None
        height, width = pair(layer.kernel_size)
        read = Worked(reads // layer.groups, "in_channels" + " per group" * (layer.groups > 1))
        made = Worked(layer.out_channels, "out_channels")
        weights = made * read * Worked(height, "kernel height") * Worked(width, "kernel width")
    elif isinstance(layer, Linear):
        made = Worked(layer.out_features, "out_features")
        weights = made * Worked(reads, "in_features")
    elif isinstance(layer, BatchNorm2d):
        return LayerCounts(weights=Worked(reads, "weights"), biases=Worked(reads, "biases"))
    else:
        return None
    biases = made if layer.bias else Worked(0)
    return LayerCounts(weights=weights.named("weights"), biases=biases.named("biases"))


def _named_layers(tree: ast.Module) -> Iterator[tuple[str, CodedLayer]]:
    """Yield 'self.conv1 = nn.Conv2d(...)' and 'conv1 = nn.Conv2d(...)' with their names, in order."""
    names: Mapping[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target = node.targets[0]
            name = target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")
            made = _layer(node.value) if name and name not in names else None
            if made and made[0].reads:
                yield name, made[0]


def _shapes_in(tree: ast.Module) -> Iterator[tuple[int, ...]]:
    """Yield the sizes of inputs, as in ``torch.randn(1, 3, 32, 32)`` and ``summary(net, (3, 32, 32))``."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name, shapes = _name(node.func), []
        if name in _INPUTS:
            shapes = [node.args[0] if len(node.args) == 1 else ast.Tuple(node.args)]
        elif name == "summary":
            shapes = [*node.args[1:2], *(one.value for one in node.keywords if one.arg == "input_size")]
        for one in shapes:
            try:
                shape = ast.literal_eval(one)
            except (ValueError, TypeError, SyntaxError, RecursionError):
                continue
            if isinstance(shape, tuple) and all(isinstance(size, int) and size > 0 for size in shape):
                sizes = shape[1:] if len(shape) in (2, 4) else shape
                if len(sizes) in (1, 3):
                    yield sizes


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
