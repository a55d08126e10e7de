"""Pictures that explain one idea each: what moves, what folds, what flows."""

from nnutils.drawing.explaining.gradient_flow import draw_gradient_flow

__all__ = ["draw_gradient_flow"]
