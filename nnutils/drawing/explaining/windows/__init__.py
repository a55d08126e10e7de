"""Windows over signals and pictures: where they lie, what they read, what they miss."""

from nnutils.drawing.explaining.windows.far_ends import draw_far_ends
from nnutils.drawing.explaining.windows.lost_pixels import draw_lost_pixels
from nnutils.drawing.explaining.windows.signal_windows import draw_signal_windows
from nnutils.drawing.explaining.windows.sliding_window import draw_sliding_window
from nnutils.drawing.explaining.windows.stacked_windows import draw_stacked_windows
from nnutils.drawing.explaining.windows.tap_windows import draw_tap_windows

__all__ = [
    "draw_far_ends",
    "draw_lost_pixels",
    "draw_signal_windows",
    "draw_sliding_window",
    "draw_stacked_windows",
    "draw_tap_windows",
]
