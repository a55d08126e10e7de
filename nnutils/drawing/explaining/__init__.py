"""Pictures that explain one idea each: what moves, what folds, what flows."""

from nnutils.drawing.explaining.affine_steps import draw_affine_steps
from nnutils.drawing.explaining.simplex import draw_simplex
from nnutils.drawing.explaining.steepening import draw_steepening
from nnutils.drawing.explaining.temperature import draw_temperature

__all__ = ["draw_affine_steps", "draw_simplex", "draw_steepening", "draw_temperature"]
