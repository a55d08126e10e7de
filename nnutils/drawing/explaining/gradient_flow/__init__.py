"""The flow of a gradient back through a chain: its plan, the frames of a wide and of a narrow picture."""

from nnutils.drawing.explaining.gradient_flow.drawing import draw_gradient_flow
from nnutils.drawing.explaining.gradient_flow.plans import Slopes

__all__ = ["Slopes", "draw_gradient_flow"]
