"""Pictures that explain one idea each: what moves, what folds, what flows."""

from nnutils.drawing.explaining.affine_steps import draw_affine_steps
from nnutils.drawing.explaining.bias_column import draw_bias_column
from nnutils.drawing.explaining.branch_depths import draw_branch_depths
from nnutils.drawing.explaining.folds import draw_folds
from nnutils.drawing.explaining.gradient_flow import draw_gradient_flow
from nnutils.drawing.explaining.label_pull import draw_label_pull
from nnutils.drawing.explaining.reverse_sweep import draw_reverse_sweep
from nnutils.drawing.explaining.simplex import draw_simplex
from nnutils.drawing.explaining.skip_gradients import draw_skip_gradients
from nnutils.drawing.explaining.steepening import draw_steepening
from nnutils.drawing.explaining.temperature import draw_temperature
from nnutils.drawing.explaining.weight_blocks import draw_weight_blocks
from nnutils.drawing.explaining.weight_uses import draw_weight_uses

__all__ = [
    "draw_affine_steps",
    "draw_bias_column",
    "draw_branch_depths",
    "draw_folds",
    "draw_gradient_flow",
    "draw_label_pull",
    "draw_reverse_sweep",
    "draw_simplex",
    "draw_skip_gradients",
    "draw_steepening",
    "draw_temperature",
    "draw_weight_blocks",
    "draw_weight_uses",
]
