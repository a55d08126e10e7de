"""Pictures that explain one idea each: what moves, what folds, what flows."""

from nnutils.drawing.explaining.bias_column import draw_bias_column
from nnutils.drawing.explaining.branch_depths import draw_branch_depths
from nnutils.drawing.explaining.far_ends import draw_far_ends

__all__ = ["draw_bias_column", "draw_branch_depths", "draw_far_ends"]
