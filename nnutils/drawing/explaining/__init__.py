"""Pictures that explain one idea each: what moves, what folds, what flows."""

from nnutils.drawing.explaining.lost_pixels import draw_lost_pixels
from nnutils.drawing.explaining.sliding_window import draw_sliding_window
from nnutils.drawing.explaining.tap_windows import draw_tap_windows
from nnutils.drawing.explaining.weight_blocks import draw_weight_blocks

__all__ = [
    "draw_lost_pixels",
    "draw_sliding_window",
    "draw_tap_windows",
    "draw_weight_blocks",
]
