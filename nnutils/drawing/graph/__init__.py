"""Directed acyclic graphs as pictures: computation graphs, and the branches of a network."""

from nnutils.drawing.graph.branches import draw_branches
from nnutils.drawing.graph.drawing import draw_graph
from nnutils.drawing.graph.nodes import Node

__all__ = ["Node", "draw_branches", "draw_graph"]
