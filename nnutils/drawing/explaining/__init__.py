"""Pictures that explain one idea each: what moves, what folds, what flows."""

from nnutils.drawing.explaining.weight_uses import draw_weight_uses

__all__ = ["draw_weight_uses"]
