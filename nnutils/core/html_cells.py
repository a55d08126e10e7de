"""Cells of HTML tables that read well without a style sheet too."""

from __future__ import annotations

__all__ = ["left"]


def left(text: str, attributes: str = "") -> str:
    """Return the inside of a cell whose HTML text is set flush left.

    JupyterLab sets every cell flush right, by a rule for cells that no attribute of a cell overrides, and has
    no style sheet of ours. A block inside the cell keeps its own alignment, there and on a page. Numbers need
    nothing in JupyterLab; the class ``number`` sets them right on a page.

    >>> left("conv1")
    '<div align="left">conv1</div>'
    >>> left("")
    ''
    """
    return f'<div align="left"{attributes}>{text}</div>' if text else ""
