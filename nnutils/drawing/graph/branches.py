"""A network with branches from left to right: a node for each layer, a size on each edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnutils.core.errors import DrawingError
from nnutils.drawing.graph.drawing import draw_graph
from nnutils.drawing.graph.nodes import Node
from nnutils.networks.base import Layer, Shape, pair
from nnutils.networks.blocks import Block
from nnutils.networks.layers import AvgPool2d, Conv2d, MaxPool2d, Pool2d
from nnutils.networks.network import Network, Step

__all__ = [
    "Edge",
    "branch_graph",
    "draw_branches",
]

Edge = tuple[str, str, str]

_WINDOWS = {Conv2d: "conv", MaxPool2d: "max", AvgPool2d: "mean"}


def draw_branches(
    network: Network, *, title: str | None = None, alt: str | None = None, ax: Axes | None = None
) -> Figure:
    """Draw a network's layers from left to right, the branches of a block side by side.

    Each layer is a node with its name and its window. The label of an edge is the size that travels along it,
    channels x height x width; the sizes of the network's input and output stand in their nodes. ``alt`` is
    the alternative text; without it, one is computed from the layers and sizes.

    Raises:
        DrawingError: for anything but a ``Network``, labels that overlap, axes that are too small.

    >>> from nnutils.networks.blocks import Concat
    >>> from nnutils.networks.layers import Conv2d
    >>> block = Concat([Conv2d(2, 1, name="direct")], [Conv2d(4, 3, padding=1, name="conv3")])
    >>> figure = draw_branches(Network((8, 6, 6), [block]))
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "edge label"]
    ['2 ×\\n6 × 6', '4 ×\\n6 × 6']
    """
    if not isinstance(network, Network):
        raise DrawingError(
            f"draw_branches draws a Network, got {type(network).__name__}.",
            remedy="Make one with Network(input_shape, layers).",
        )
    nodes, edges = branch_graph(network)
    return draw_graph(nodes, edges, legend=False, backbone=False, title=title, alt=alt, ax=ax)


def branch_graph(network: Network) -> tuple[list[Node], list[Edge]]:
    """Return the nodes and the labelled edges of a network's graph, both in the order of its steps.

    A block is the node at which its branches meet; an empty branch is an edge from the block's input to it.

    >>> from nnutils.networks.blocks import Residual
    >>> from nnutils.networks.layers import Conv2d
    >>> body = [Conv2d(8, 3, padding=1, name="conv")]
    >>> nodes, edges = branch_graph(Network((8, 6, 6), [Residual(body, name="sum")]))
    >>> [(node.id, node.label, node.value) for node in nodes]
    [('0', 'input', '8 ×\\n6 × 6'), ('1', 'conv', '3 × 3 conv'), ('2', 'sum', '8 ×\\n6 × 6')]
    >>> edges
    [('0', '1', ''), ('1', '2', '8 ×\\n6 × 6'), ('0', '2', '')]
    """
    sizes = [network.input_shape, *(step.output_shape for step in network.steps)]
    nodes = [Node("0", "input", "input", _size(network.input_shape))]
    edges: list[Edge] = []
    _walk(network.layers, iter(network.steps), 0, sizes, nodes, edges)
    last = nodes[-1]
    ends = [_size(network.output_shape)] if last.value is None else [last.value, _size(network.output_shape)]
    nodes[-1] = Node(last.id, last.label, "output", "\n".join(ends))
    return nodes, edges


def _walk(
    layers: Sequence[Layer],
    steps: Iterator[Step],
    source: int,
    sizes: Sequence[Shape],
    nodes: list[Node],
    edges: list[Edge],
) -> int:
    """Add the nodes and edges of one list of layers; return the number of the node at its end."""
    for layer in layers:
        ends = [source]
        if isinstance(layer, Block):
            ends = [_walk(branch, steps, source, sizes, nodes, edges) for branch in layer.branches]
        name = next(steps).name.rsplit(".", 1)[-1]
        source = len(nodes)
        nodes.append(Node(str(source), name, "operation", _window(layer)))
        # The input's size stands in its node, not on each of the edges that leave it.
        edges += [(str(end), str(source), _size(sizes[end]) if end else "") for end in ends]
    return source


def _window(layer: Layer) -> str | None:
    """Write what slides over the picture: size, kind and, where it is not 1, stride."""
    if not isinstance(layer, Conv2d | Pool2d):
        return None
    stride = pair(layer.kernel_size if layer.stride is None else layer.stride)
    steps = "" if stride == (1, 1) else f", stride {_size(stride) if len(set(stride)) > 1 else stride[0]}"
    kind = next((word for kind, word in _WINDOWS.items() if isinstance(layer, kind)), "pool")
    return f"{_size(pair(layer.kernel_size))} {kind}{steps}"


def _size(shape: Shape) -> str:
    """Write a shape; the channels of a picture get a line of their own, which keeps the drawing narrow."""
    first, *rest = map(str, shape)
    return f"{first} ×\n{' × '.join(rest)}" if len(rest) == 2 else " × ".join([first, *rest])
