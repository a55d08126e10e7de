"""Pictures that explain one idea each: what moves, what folds, what flows."""

from nnutils.drawing.explaining.reverse_sweep import draw_reverse_sweep
from nnutils.drawing.explaining.sliding_window import draw_sliding_window

__all__ = ["draw_reverse_sweep", "draw_sliding_window"]
