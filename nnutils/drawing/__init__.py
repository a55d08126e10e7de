"""Pictures of networks, graphs and counts: matplotlib, one style, no system program.

Call ``use_style()`` in a notebook's first code cell; each function returns a ``Figure`` that a cell shows
when the figure is its last line. The same data give the same SVG text in every run. Sizes are in inches,
letters in points. Each picture carries an alternative text, computed from its data; ``describe`` gives one to
a figure of your own.

>>> from nnutils import drawing
>>> figure = drawing.draw_mlp([[[1, -1], [-1, 1]], [[1, 1]]], output_names=["|x1 - x2|"])
>>> drawing.to_svg(figure).startswith("<?xml")
True
"""

from nnutils.core.extras import need

need("nnutils.drawing", "matplotlib", "numpy", extra="drawing")

from nnutils.drawing.bars import draw_bars, draw_shares
from nnutils.drawing.contours import draw_contours
from nnutils.drawing.describing import describe
from nnutils.drawing.explaining import (
    draw_affine_steps,
    draw_bias_column,
    draw_branch_depths,
    draw_folds,
    draw_gradient_flow,
    draw_label_pull,
    draw_reverse_sweep,
    draw_simplex,
    draw_skip_gradients,
    draw_steepening,
    draw_temperature,
    draw_weight_blocks,
    draw_weight_uses,
)
from nnutils.drawing.explaining.windows import (
    draw_far_ends,
    draw_lost_pixels,
    draw_signal_windows,
    draw_sliding_window,
    draw_stacked_windows,
    draw_tap_windows,
)
from nnutils.drawing.graph.branches import draw_branches
from nnutils.drawing.graph.drawing import draw_graph
from nnutils.drawing.graph.nodes import Node
from nnutils.drawing.mlp import draw_mlp
from nnutils.drawing.style import PALETTE, STYLE, Palette, panels
from nnutils.drawing.svg import to_svg, use_style
from nnutils.drawing.taps import draw_tap_map
from nnutils.drawing.text import short_number, subscripted
from nnutils.drawing.volumes import draw_volumes

__all__ = [
    "PALETTE",
    "STYLE",
    "Node",
    "Palette",
    "describe",
    "draw_affine_steps",
    "draw_bars",
    "draw_bias_column",
    "draw_branch_depths",
    "draw_branches",
    "draw_contours",
    "draw_far_ends",
    "draw_folds",
    "draw_gradient_flow",
    "draw_graph",
    "draw_label_pull",
    "draw_lost_pixels",
    "draw_mlp",
    "draw_reverse_sweep",
    "draw_shares",
    "draw_signal_windows",
    "draw_simplex",
    "draw_skip_gradients",
    "draw_sliding_window",
    "draw_stacked_windows",
    "draw_steepening",
    "draw_tap_map",
    "draw_tap_windows",
    "draw_temperature",
    "draw_volumes",
    "draw_weight_blocks",
    "draw_weight_uses",
    "panels",
    "short_number",
    "subscripted",
    "to_svg",
    "use_style",
]
