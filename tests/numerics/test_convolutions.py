"""Convolution as a matrix product against its definition in a loop, and both against sums done by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import layers_by_loops

from nnutils.core.errors import NNUtilsError, SizeError
from nnutils.numerics import convolutions
from nnutils.numerics.convolutions import conv2d, conv2d_by_definition

BOTH = pytest.mark.parametrize("convolve", [conv2d, conv2d_by_definition])


@st.composite
def tasks(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a convolution that fits: sizes, settings, and numbers of one of five types."""
    whole = st.integers(1, 3)
    pairs = st.one_of(whole, st.tuples(whole, whole))
    groups, share, in_group = draw(whole), draw(whole), draw(whole)
    kernel = draw(st.tuples(whole, whole))
    dilation: Any = draw(pairs)
    gaps = dilation if isinstance(dilation, tuple) else (dilation, dilation)
    sides = [gap * (size - 1) + 1 + draw(st.integers(0, 5)) for gap, size in zip(gaps, kernel, strict=True)]
    kind = draw(st.sampled_from(["float64", "float32", "int", "fractions", "bool"]))
    random = np.random.default_rng(draw(st.integers(0, 10**6)))

    def numbers(*shape: int) -> Any:
        values = random.integers(-9, 10, size=shape)
        if kind == "fractions":
            return np.vectorize(lambda value: Fraction(int(value), 7), otypes=[object])(values)
        return (
            {"int": values, "bool": values > 0}[kind]
            if kind in ("int", "bool")
            else (values / 7).astype(kind)
        )

    return {
        "x": numbers(groups * in_group, *sides),
        "weight": numbers(groups * share, in_group, *kernel),
        "bias": numbers(groups * share) if draw(st.booleans()) else None,
        "stride": draw(pairs),
        "padding": draw(st.one_of(st.integers(0, 2), st.tuples(st.integers(0, 2), st.integers(0, 2)))),
        "dilation": dilation,
        "groups": groups,
    }


@given(tasks(), st.sampled_from([2**25, 64, 1]))
@settings(deadline=None)
def test_the_product_is_what_the_loop_adds_up_in_blocks_of_any_size(task: dict[str, Any], most: int) -> None:
    kept, convolutions.MOST_BYTES = convolutions.MOST_BYTES, most
    try:
        made = conv2d(**task)
    finally:
        convolutions.MOST_BYTES = kept
    defined = conv2d_by_definition(**task)
    # Written apart from the library; sums of products of truth values would be truth values there.
    plain = {name: value * 1 if isinstance(value, np.ndarray) else value for name, value in task.items()}
    other = layers_by_loops.conv2d(**plain)
    assert made.shape == defined.shape == other.shape and made.dtype == defined.dtype
    if made.dtype.kind == "f":
        tolerance = 1e-5 if made.dtype == np.float32 else 1e-12
        np.testing.assert_allclose(made, defined, rtol=tolerance, atol=10 * tolerance)
        np.testing.assert_allclose(made, other, rtol=tolerance, atol=10 * tolerance)
    else:
        assert made.tolist() == defined.tolist() == other.tolist()


@BOTH
def test_sums_done_by_hand(convolve: Any) -> None:
    x = [[[1, 2, 3], [4, 5, 6], [7, 8, 9]], [[1, 0, 0], [0, 1, 0], [0, 0, 1]]]
    weight = [[[[1, 10], [100, 1000]], [[1, 0], [0, 1]]]]
    # four places: the upper left, one step to the right, one down, both; the second channel adds the last two
    assert convolve(x, weight)[0, 0, 0] == 1 + 20 + 400 + 5000 + 1 + 1
    assert convolve(x, weight)[0, 0, 1] == 2 + 30 + 500 + 6000 + 0 + 0
    assert convolve(x, weight)[0, 1, 0] == 4 + 50 + 700 + 8000 + 0 + 0
    assert convolve(x, weight)[0, 1, 1] == 5 + 60 + 800 + 9000 + 1 + 1
    padded = convolve(x[:1], [[[[1, 10], [100, 1000]]]], [7], stride=2, padding=1)
    assert padded.tolist() == [[[1000 + 7, 200 + 3000 + 7], [10 * 4 + 1000 * 7 + 7, 5 + 60 + 800 + 9000 + 7]]]
    dilated = convolve(x[:1], [[[[1, 10], [100, 1000]]]], dilation=2)
    assert dilated.tolist() == [[[1 + 30 + 700 + 9000]]]
    apart = convolve(x, [[[[1]]], [[[5]]]], groups=2)
    assert apart.tolist() == [x[0], [[5, 0, 0], [0, 5, 0], [0, 0, 5]]]


@BOTH
def test_types_stay_and_large_integers_are_exact(convolve: Any) -> None:
    one = np.ones((1, 2, 2))
    assert convolve(one.astype(np.float32), np.ones((1, 1, 2, 2), np.float32)).dtype == np.float32
    assert convolve(one.astype(np.float32), np.ones((1, 1, 2, 2))).dtype == np.float64
    assert convolve(one.astype(np.int8), np.full((1, 1, 2, 2), 100, np.int8)).tolist() == [[[400]]]
    large = np.full((1, 2, 2), 2**61)
    assert convolve(large, np.full((1, 1, 2, 2), 3)).tolist() == [[[12 * 2**61]]]
    assert convolve(large, np.full((1, 1, 1, 1), 1), [2**62]).tolist() == [[[3 * 2**61] * 2] * 2]
    lowest = np.full((1, 1, 1), -(2**63))
    assert convolve(lowest, np.ones((1, 1, 1, 1), int)).tolist() == [[[-(2**63)]]]
    assert convolve([[[Fraction(1, 3)] * 3]], [[[[1, 1, 1]]]], [1]).tolist() == [[[2]]]


@BOTH
def test_inputs_of_any_layout_stay_as_they_are(convolve: Any) -> None:
    rng = np.random.default_rng(0)
    x, weight = rng.normal(size=(7, 6, 2)), rng.normal(size=(3, 3, 2, 4))
    kept = x.copy(), weight.copy()
    made = convolve(x.T, weight.T, padding=1)
    np.testing.assert_allclose(made, convolve(x.T.copy(), weight.T.copy(), padding=1), rtol=1e-12)
    assert np.array_equal(x, kept[0]) and np.array_equal(weight, kept[1])
    made[:] = 0
    assert np.array_equal(x, kept[0])
    read_only = np.arange(9.0).reshape(1, 3, 3)
    read_only.flags.writeable = False
    assert convolve(read_only, np.ones((1, 1, 1, 1))).tolist() == read_only.tolist()


def test_the_windows_of_a_block_stay_within_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    windows = convolutions._windows

    class Noted(np.ndarray[Any, Any]):
        def reshape(self, *shape: Any, **options: Any) -> Any:
            sizes.append(self.nbytes)
            return np.asarray(self).reshape(*shape, **options)

    monkeypatch.setattr(convolutions, "MOST_BYTES", 20_000)
    monkeypatch.setattr(convolutions, "_windows", lambda task: windows(task).view(Noted))
    x, weight = np.ones((4, 30, 30)), np.ones((2, 4, 3, 3))
    assert np.array_equal(conv2d(x, weight), np.full((2, 28, 28), 36.0))
    a_row = 28 * 36 * 8
    assert max(sizes) == 2 * a_row <= 20_000 and sum(sizes) == 28 * a_row


@BOTH
@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"x": np.ones((3, 3))}, r"x has the shape \(3, 3\)"),
        ({"weight": np.ones((2, 3, 3))}, r"weight \(2, 3, 3\)"),
        ({"weight": np.ones((0, 2, 3, 3))}, r"weight \(0, 2, 3, 3\)"),
        ({"x": np.ones((3, 5, 5))}, "3 input channels and 2 output channels in 1 groups do not fit"),
        ({"groups": 2}, "do not fit a weight that reads 2 channels"),
        ({"groups": 0}, "groups must be a whole number, at least 1; got 0"),
        ({"groups": 10**5000}, r"groups must have at most 4,300 digits; got 1000000000… \(5,001 digits\)"),
        ({"bias": [1, 2, 3]}, r"the bias has the shape \(3,\), but the output has 2 channels"),
        ({"stride": 0}, "stride must be a whole number, at least 1, or a pair of them; got 0"),
        ({"stride": (1, 2, 3)}, r"got \(1, 2, 3\)"),
        ({"padding": -1}, "padding must be a whole number, at least 0"),
        ({"padding": True}, "padding must be a whole number, at least 0, or a pair of them; got True"),
        ({"dilation": 1.5}, "dilation must be a whole number"),
        ({"dilation": 10**30}, "does not fit on 5 x 5, padding included"),
        ({"weight": np.ones((2, 2, 6, 1))}, "reaches over 6 x 1 pixels does not fit on 5 x 5"),
        ({"padding": 10**30}, "are too large"),
        ({"padding": (0, 10**9)}, "are too large"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(convolve: Any, changed: dict[str, Any], told: str) -> None:
    task = {"x": np.ones((2, 5, 5)), "weight": np.ones((2, 2, 3, 3))} | changed
    with pytest.raises(SizeError, match=told) as caught:
        convolve(**task)
    assert len(str(caught.value)) < 400


@BOTH
@pytest.mark.parametrize("entry", ["a", 1j, None, [1, 2]])
def test_entries_that_are_not_real_numbers_are_refused(convolve: Any, entry: Any) -> None:
    with pytest.raises(NNUtilsError, match="conv2d: x (has to hold|has rows of)"):
        convolve([[[entry, 1]]], np.ones((1, 1, 1, 1)))
