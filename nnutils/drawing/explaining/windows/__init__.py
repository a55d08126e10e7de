"""Windows over signals and pictures: where they lie, what they read, what they miss."""

from nnutils.drawing.explaining.windows.signal_windows import draw_signal_windows

__all__ = ["draw_signal_windows"]
