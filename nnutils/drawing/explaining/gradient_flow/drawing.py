"""A gradient on its way back through a chain with side inputs and skips: where it passes, where it stops."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.figure import Figure

from nnutils.drawing.describing import described
from nnutils.drawing.explaining.gradient_flow.columns import draw_columns
from nnutils.drawing.explaining.gradient_flow.lines import draw_lines
from nnutils.drawing.explaining.gradient_flow.plans import Slopes, adjoints, pairs_of, plan_of, text_of
from nnutils.drawing.narrow import drawn, is_narrow
from nnutils.drawing.style import styled

__all__ = ["draw_gradient_flow"]


@drawn
def draw_gradient_flow(frames: Mapping[str, Slopes], *, alt: str | None = None) -> Figure:
    """Draw the same chain of nodes once for each frame, with the derivative of its end with respect to each.

    ``frames`` maps a title to the local derivatives, ``{("x", "u"): 0.5, ...}``; all frames have the same
    pairs. The longest chain stands on a line, a pair that jumps over nodes of it is a skip above the line,
    and what feeds the line from outside hangs below. Derivatives flow from the end back, against the arrows
    of the forward pass. A solid orange arrow carries one, a dashed grey arrow carries zero, and a bar stands
    where a derivative that is not zero meets a factor of zero. ``alt`` is the alternative text; without it,
    one is computed.

    Raises:
        DrawingError: no frame, frames with different pairs, a derivative that is not finite, a circle, more
            than one end, or a node that neither stands on the line nor feeds it.

    >>> on = {("x", "u"): 2.0, ("w", "u"): 3.0, ("u", "y"): 1.0, ("x", "y"): 1.0}
    >>> figure = draw_gradient_flow({"on": on, "off": on | {("u", "y"): 0.0}})
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "adjoint"]
    ['3', '1', '1', '3', '1', '0', '1', '0']
    """
    pairs = pairs_of(frames)
    plan = plan_of(pairs)
    flows = {title: adjoints(plan, slopes) for title, slopes in frames.items()}
    with styled():
        draw = draw_columns if is_narrow() else draw_lines
        figure = draw(plan, frames, flows)
    return described(figure, alt, None, text_of(plan, frames, flows))
