"""A recorded program as a graph: nodes and edges, in a form that is easy to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from nnutils.autodiff.array_operations import Value
from nnutils.autodiff.symbols import symbol_latex, symbol_text
from nnutils.autodiff.tape import Tape
from nnutils.core.errors import TraceError
from nnutils.core.messages import shown
from nnutils.core.numerals import number_text

__all__ = [
    "Edge",
    "Graph",
    "GraphNode",
    "recorded_graph",
]

_Kind = Literal["input", "constant", "operation"]


@dataclass(frozen=True)
class GraphNode:
    """One entry of the tape.

    ``label`` is what to write inside the node: an operator or function such as '+' or 'ln', an input's name,
    a constant's digits. ``name`` is the variable, in the user's name or as v1, v2, ... (empty for a
    constant), ``latex`` the same as LaTeX. ``named`` says that the user gave the name. ``adjoint`` is None
    without a seed.
    """

    id: int
    kind: _Kind
    label: str
    name: str
    latex: str
    named: bool
    is_output: bool
    value: Value
    adjoint: Value | None


@dataclass(frozen=True)
class Edge:
    """The value of ``source`` is the argument number ``position`` (0 or 1) of ``target``."""

    source: int
    target: int
    position: int


@dataclass(frozen=True)
class Graph:
    """Nodes in recording order, so that every edge points forward, and edges in the order of the arguments.

    An entry used twice by the same operation has two edges. A constant has a node for each use.
    """

    nodes: tuple[GraphNode, ...]
    edges: tuple[Edge, ...]

    def __getitem__(self, name: str) -> GraphNode:
        """Return the node of a variable by its name, 'h' or 'v1'.

        Raises:
            TraceError: if there is no such node.
        """
        for node in self.nodes:
            if isinstance(name, str) and node.name == name:
                return node
        known = ", ".join(node.name for node in self.nodes if node.name)
        raise TraceError(f"There is no node {shown(name)}.", remedy=f"There are nodes for {known}.")


def recorded_graph(tape: Tape, output: int, adjoints: Sequence[Value | None] | None) -> Graph:
    """Return the graph of a tape, up to ``output``; with adjoints where there are some.

    >>> from nnutils.autodiff import trace
    >>> graph = trace(lambda x: 3 * x, 2).graph()
    >>> [(node.kind, node.label, node.value) for node in graph.nodes]
    [('input', 'x', 2.0), ('constant', '3', 3.0), ('operation', '·', 6.0)]
    >>> [(edge.source, edge.target, edge.position) for edge in graph.edges]
    [(3, 2, 0), (0, 2, 1)]
    """
    labels = tape.labels()
    nodes: list[GraphNode] = []
    edges: list[Edge] = []
    # The tape stores an equal constant once. Drawn once, it would tie unrelated steps together by long edges,
    # so each use gets a node, with an id that no entry has.
    next_constant = len(tape.values)

    def node(index: int, id: int, kind: _Kind, label: str) -> GraphNode:
        name = labels.get(index, "")
        adjoint = adjoints[index] if adjoints is not None and name else None
        latex = symbol_latex(name) if name else ""
        named = index in tape.names
        return GraphNode(id, kind, label, name, latex, named, index == output, tape.values[index], adjoint)

    for index in range(output + 1):
        operation = tape.operations[index]
        if operation is None:
            if not tape.is_constant(index):
                nodes.append(node(index, index, "input", symbol_text(labels[index])))
            continue
        for position, parent in enumerate(tape.parents(index)):
            source = parent
            if tape.is_constant(parent):
                source, next_constant = next_constant, next_constant + 1
                value = tape.values[parent]
                label = number_text(value) if isinstance(value, float) else "constant"
                nodes.append(node(parent, source, "constant", label))
            edges.append(Edge(source, index, position))
        nodes.append(node(index, index, "operation", operation.label))
    return Graph(tuple(nodes), tuple(edges))
