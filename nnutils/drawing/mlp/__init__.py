"""Multilayer perceptrons as circles and lines, from left to right, and on a phone from top to bottom."""

from nnutils.drawing.mlp.drawing import draw_mlp

__all__ = ["draw_mlp"]
