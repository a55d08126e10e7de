"""A figure can be drawn again for a phone, in its own words, and travels with its narrow version."""

from __future__ import annotations

import gc
import pickle
import weakref
from collections.abc import Iterable, Mapping

import pytest
from matplotlib.figure import Figure

from nnutils.drawing import describe
from nnutils.drawing.describing import description
from nnutils.drawing.narrow import NARROW, drawing_width, drawn, is_narrow, narrow, narrow_version
from nnutils.drawing.narrow.again import forget


@drawn
def framed(numbers: Iterable[float] = (), *, by: Mapping[str, Iterable[float]] | None = None) -> Figure:
    figure = Figure(figsize=(drawing_width(), 2))
    figure.read = [*numbers, *(number for several in (by or {}).values() for number in several)]  # type: ignore[attr-defined]
    return describe(figure, "An empty frame, and numbers.")


def test_a_figure_is_drawn_once_more_in_the_width_of_a_phone() -> None:
    figure = framed([1, 2])
    thin = narrow_version(figure)
    assert thin is not None and thin is not figure
    assert (figure.get_figwidth(), thin.get_figwidth()) == (7.0, NARROW)
    assert not is_narrow()


@pytest.mark.parametrize("call", [lambda: framed(iter([1, 2])), lambda: framed(by={"a": iter([1, 2])})])
def test_what_can_be_read_once_is_read_twice(call) -> None:  # type: ignore[no-untyped-def]
    thin = narrow_version(call())
    assert thin is not None and thin.read == [1, 2]  # type: ignore[attr-defined]


def test_the_words_of_a_reader_are_kept() -> None:
    thin = narrow_version(describe(framed(), "Other words for the same frame."))
    assert thin is not None and description(thin) == "Other words for the same frame."


def test_a_part_of_another_figure_is_not_drawn_alone() -> None:
    @drawn
    def part(ax: object = None) -> Figure:
        return Figure()

    assert narrow_version(part(ax=object())) is None
    assert narrow_version(part()) is not None


def test_what_no_function_of_ours_drew_has_no_narrow_version() -> None:
    assert narrow_version(Figure()) is None
    figure = framed()
    forget(figure)
    assert narrow_version(figure) is None
    forget(figure)


def test_a_figure_can_be_pickled_and_thrown_away() -> None:
    figure = framed([1])
    assert narrow_version(pickle.loads(pickle.dumps(figure))) is None
    gone = weakref.ref(figure)
    del figure
    gc.collect()
    assert gone() is None


def test_an_error_leaves_the_width_as_it_was() -> None:
    with pytest.raises(ZeroDivisionError), narrow():
        assert is_narrow() and drawing_width() == NARROW
        raise ZeroDivisionError
    assert not is_narrow()
