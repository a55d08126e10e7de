"""Pictures as SVG text that is the same, byte for byte, wherever the same data are drawn.

matplotlib calls a clipping area by a hash of its corners, down to the last bit of each float. The last bit
depends on the processor (a logarithm, a product of matrices) and moves no line in the picture, whose
coordinates are written with six decimals; but it changes the name. So the names are made anew, from what is
drawn.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping
from typing import Any

import matplotlib
import matplotlib.style
from matplotlib import cbook
from matplotlib.backend_bases import register_backend
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure, FigureBase

from nnutils.drawing.describing import description
from nnutils.drawing.narrow.showing import show_narrow_versions
from nnutils.drawing.preview import are_wanted, preview
from nnutils.drawing.style import STYLE, styled

__all__ = ["SVG_METADATA", "StableSVG", "stable_names", "to_svg", "use_style"]

SVG_METADATA: dict[str, Any] = {"Date": None, "Creator": None}
"""Not written into the file: the day, and matplotlib's version, which says nothing about the picture."""

_CLIP = re.compile(r'(?<=id=")p[0-9a-f]{10}(?=")|(?<=url\(#)p[0-9a-f]{10}(?=\))')
_DESCRIPTION = re.compile(r"\s*<dc:description>[^<]*</dc:description>")


def stable_names(svg: str) -> str:
    """Return SVG text with new names for its clipping areas: a digest of the picture, and a number.

    Two pictures on one page have different digests, so they do not cut off each other's lines. The
    alternative text is left out of it, so that another wording changes one line of a stored picture.

    >>> text = '<path clip-path="url(#p0123456789)"/><clipPath id="p0123456789"/>'
    >>> stable_names(text) == stable_names(text.replace("p0123456789", "pabcdef0123"))
    True
    """
    digest = hashlib.sha256(_DESCRIPTION.sub("", _CLIP.sub("", svg)).encode()).hexdigest()[:8]
    numbers: dict[str, str] = {}
    return _CLIP.sub(lambda found: numbers.setdefault(found[0], f"clip-{digest}-{len(numbers) + 1}"), svg)


class StableSVG(FigureCanvasSVG):
    """matplotlib's SVG canvas, with names that depend on nothing but the picture."""

    def print_svg(
        self,
        filename: Any,
        *,
        bbox_inches_restore: Any = None,
        metadata: dict[str, Any] | None = None,
        **unused: Any,
    ) -> None:
        """Write the figure, as ``figure.savefig`` asks for it, with its alternative text.

        A canvas that is not matplotlib's own is also handed what SVG has no use for, such as ``orientation``.
        """
        text = io.StringIO()
        written = _with_description(self.figure, metadata or {})
        super().print_svg(text, bbox_inches_restore=bbox_inches_restore, metadata=written)  # type: ignore[no-untyped-call]
        svg = stable_names(text.getvalue())
        with cbook.open_file_cm(filename, "w", encoding="utf-8") as file:
            file.write(svg if cbook.file_requires_unicode(file) else svg.encode())


def use_style() -> None:
    """Make every later picture of this session look and print the same.

    Call it in a notebook's first code cell. It starts from matplotlib's defaults, so a reader's own
    ``matplotlibrc`` does not change a picture. Inside IPython, figures are shown as SVG text that is the same
    byte for byte in every run, with a small PNG beside it for a notebook that is not trusted, and where the
    figure has one, its version for a phone; elsewhere only the settings are made.

    >>> use_style()
    >>> matplotlib.rcParams["svg.fonttype"]
    'none'
    """
    matplotlib.style.use(["default", STYLE])
    register_backend("svg", StableSVG, "Scalable Vector Graphics")
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    if shell is None:
        return
    from matplotlib_inline.backend_inline import set_matplotlib_formats
    from matplotlib_inline.config import InlineBackend

    # The traits are what pyplot reads when it is first imported, perhaps only in a later cell.
    settings = InlineBackend.instance(parent=shell)
    printing: dict[str, Any] = {"bbox_inches": "tight", "metadata": dict(SVG_METADATA)}
    settings.print_figure_kwargs = printing
    settings.figure_formats = {"svg"}
    set_matplotlib_formats("svg", metadata=dict(SVG_METADATA))  # type: ignore[no-untyped-call]
    # For the class above Figure: what is registered for Figure is dropped whenever formats are set, as pyplot
    # does when it is imported.
    if shell.display_formatter is not None:
        if are_wanted():
            shell.display_formatter.formatters["image/png"].for_type(FigureBase, preview)
        show_narrow_versions(shell, to_svg)


def to_svg(figure: Figure) -> str:
    """Return the picture as SVG text, as a notebook stores it: the same bytes in every run and process.

    The figure's alternative text stands in it as its description.

    >>> from nnutils.drawing import panels
    >>> figure, (ax,) = panels()
    >>> to_svg(figure) == to_svg(figure)
    True
    """
    buffer = io.StringIO()
    with styled():
        figure.savefig(
            buffer, format="svg", bbox_inches="tight", metadata=_with_description(figure, SVG_METADATA)
        )
    return stable_names(buffer.getvalue())


def _with_description(figure: Figure, metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Add the alternative text, unless the caller has given a description of their own."""
    text = description(figure)
    return {**({} if text is None else {"Description": text}), **metadata}
