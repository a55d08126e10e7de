"""Convolution of two signals against numpy.convolve, torch and the product of polynomials; bad signals."""

from fractions import Fraction

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from nnutils.core.errors import NNUtilsError, SizeError
from nnutils.numerics.signals import convolve1d, same_window

RNG = np.random.default_rng(0)
F = torch.nn.functional

LENGTHS = [(n, k) for n in range(1, 7) for k in range(1, 9)]
INTEGERS = st.lists(st.integers(-50, 50), min_size=1, max_size=9)


def torch_same(signal, kernel):
    flipped = torch.as_tensor(np.asarray(kernel, dtype=float)[::-1].copy())[None, None]
    x = torch.as_tensor(np.asarray(signal, dtype=float))[None, None]
    return F.conv1d(x, flipped, padding="same")[0, 0].numpy()


@settings(max_examples=60, deadline=None)
@given(INTEGERS, INTEGERS)
def test_full_is_numpys_full_and_the_product_of_polynomials(signal, kernel):
    full = convolve1d(signal, kernel)
    assert full.tolist() == np.convolve(signal, kernel).tolist()
    at = 7
    assert np.polyval(full[::-1], at) == np.polyval(signal[::-1], at) * np.polyval(kernel[::-1], at)
    if len(kernel) <= len(signal):
        assert convolve1d(signal, kernel, "valid").tolist() == np.convolve(signal, kernel, "valid").tolist()


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel")
@pytest.mark.parametrize(("n", "k"), LENGTHS)
def test_same_by_three_rules(n, k):
    signal, kernel = RNG.integers(-9, 9, size=n), RNG.integers(1, 9, size=k)
    full = np.convolve(signal, kernel)
    by_numpy, by_torch_ = np.convolve(signal, kernel, "same"), torch_same(signal, kernel)
    assert np.array_equal(convolve1d(signal, kernel, "same", same_rule="numpy"), by_numpy)
    assert np.array_equal(convolve1d(signal, kernel, "same", same_rule="torch"), by_torch_)
    # scipy.signal.convolve centres n entries in the full result: as many before as after, or one fewer
    # before.
    ours = convolve1d(signal, kernel, "same")
    before = same_window(n, k).start
    assert np.array_equal(ours, full[before : before + n])
    assert len(ours) == n and (len(full) - n) - 2 * before in (0, 1)


def test_the_three_rules_agree_for_odd_kernels_that_fit_and_only_there():
    for n, k in LENGTHS:
        windows = {same_window(n, k, rule) for rule in ("scipy", "numpy", "torch")}
        assert (len(windows) == 1) == (k % 2 == 1 and k <= n), (n, k)


def test_convolve1d_flips_and_is_exact():
    assert convolve1d([1, 0, 0], [1, 2, 3], "same").tolist() == [2, 3, 0]
    assert convolve1d([1.5], [2]).tolist() == [3.0]
    assert convolve1d([Fraction(1, 3)] * 3, [1, 1, 1], "valid").tolist() == [1]
    assert convolve1d([2**70], [2]).tolist() == [2**71]
    assert convolve1d(np.array([200, 200], dtype=np.uint8), [1, 1]).tolist() == [200, 400, 200]
    assert convolve1d(np.array([2**63], dtype=np.uint64), [2]).tolist() == [2**64]


@pytest.mark.parametrize(
    ("args", "kwargs", "message"),
    [
        (([], [1]), {}, "The signal has to be a non-empty"),
        (([1], []), {}, "The kernel has to be a non-empty"),
        (([[1, 2]], [1]), {}, "got the shape \\(1, 2\\)"),
        ((1, [1]), {}, "non-empty sequence"),
        (([1, np.nan], [1]), {}, "The signal holds NaN"),
        (([1], [np.inf]), {}, "The kernel holds NaN or an infinity"),
        (([1, 2], ["a"]), {}, "real numbers"),
        (([1, 2], [1, 2], "Same"), {}, "'full', 'valid' or 'same'"),
        (([1, 2], [1, 2], "smae"), {}, "'full', 'valid' or 'same'"),
        (([1, 2], [1, 2, 3], "valid"), {}, "a kernel of 3 entries has none in a signal of 2"),
        (([1, 2], [1, 2], "same"), {"same_rule": "matlab"}, "'scipy', 'numpy', 'torch'"),
        (([2**40], [2**40]), {}, "64 bits"),
    ],
)
def test_bad_signals_are_named(args, kwargs, message):
    with pytest.raises(NNUtilsError, match=message):
        convolve1d(*args, **kwargs)


def test_a_length_below_one_has_no_window():
    with pytest.raises(SizeError, match="at least one entry"):
        same_window(0, 3)
