"""In a notebook, a figure is shown with its version for a phone beside it, which a site can use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matplotlib.figure import Figure, FigureBase

from nnutils.drawing.narrow.again import narrow_version

__all__ = ["NARROW_SVG", "show_narrow_versions"]

NARROW_SVG = "application/vnd.nnutils.narrow+svg"
"""The kind of output: the SVG of a picture for a phone. No notebook shows it; a site can."""


def show_narrow_versions(shell: Any, to_svg: Callable[[Figure], str]) -> None:
    """Have an IPython shell give each figure that has a narrow version that version as well."""
    from IPython.core.formatters import BaseFormatter
    from traitlets import ObjectName, Unicode

    class NarrowFormatter(BaseFormatter):
        """Writes the narrow version of what is shown."""

        format_type = Unicode(NARROW_SVG)
        print_method = ObjectName("_repr_narrow_svg_")

    def narrow_svg(figure: FigureBase) -> str | None:
        thin = narrow_version(figure)
        return None if thin is None else to_svg(thin)

    # Figures come here last, after their SVG, which settles how a figure is laid out.
    formatter = NarrowFormatter(parent=shell.display_formatter)
    formatter.for_type(FigureBase, narrow_svg)  # type: ignore[no-untyped-call]
    shell.display_formatter.formatters[NARROW_SVG] = formatter
