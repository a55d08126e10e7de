"""Pictures that explain one idea each: what moves, what folds, what flows."""

from nnutils.drawing.explaining.reverse_sweep import draw_reverse_sweep

__all__ = ["draw_reverse_sweep"]
