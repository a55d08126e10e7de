"""Pictures that explain one idea each: what moves, what folds, what flows."""

from nnutils.drawing.explaining.gradient_flow import draw_gradient_flow
from nnutils.drawing.explaining.label_pull import draw_label_pull
from nnutils.drawing.explaining.stacked_windows import draw_stacked_windows

__all__ = ["draw_gradient_flow", "draw_label_pull", "draw_stacked_windows"]
