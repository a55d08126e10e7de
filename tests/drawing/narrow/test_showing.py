"""A notebook's output holds the narrow version of a figure beside the wide one."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib
import pytest
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.figure import Figure

from nnutils.drawing import draw_bars, to_svg
from nnutils.drawing.narrow import narrow_version
from nnutils.drawing.narrow.showing import NARROW_SVG, show_narrow_versions


@pytest.fixture()
def shell() -> Iterator[InteractiveShell]:
    running = InteractiveShell.instance()
    try:
        with matplotlib.rc_context():
            yield running
    finally:
        InteractiveShell.clear_instance()


def test_a_figure_with_a_narrow_version_is_shown_with_it(shell: InteractiveShell) -> None:
    show_narrow_versions(shell, to_svg)
    assert shell.display_formatter is not None
    figure = draw_bars({"a": {"units": 1}, "b": {"units": 10}})
    data, _ = shell.display_formatter.format(figure)
    thin = narrow_version(figure)
    assert thin is not None
    assert data[NARROW_SVG] == to_svg(thin) != to_svg(figure)


def test_other_things_are_shown_as_before(shell: InteractiveShell) -> None:
    show_narrow_versions(shell, to_svg)
    assert shell.display_formatter is not None
    for other in (Figure(), 1):
        assert NARROW_SVG not in shell.display_formatter.format(other)[0]
