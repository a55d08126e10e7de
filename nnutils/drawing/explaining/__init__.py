"""Pictures that explain one idea each: what moves, what folds, what flows."""

from nnutils.drawing.explaining.reverse_sweep import draw_reverse_sweep
from nnutils.drawing.explaining.windows.signal_windows import draw_signal_windows

__all__ = ["draw_reverse_sweep", "draw_signal_windows"]
