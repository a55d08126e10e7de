"""Pictures that explain one idea each: what moves, what folds, what flows."""

from nnutils.drawing.explaining.folds import draw_folds
from nnutils.drawing.explaining.skip_gradients import draw_skip_gradients
from nnutils.drawing.explaining.weight_uses import draw_weight_uses

__all__ = ["draw_folds", "draw_skip_gradients", "draw_weight_uses"]
