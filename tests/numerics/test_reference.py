"""The NumPy reference against torch, against numpy.convolve, and at the extremes."""

from fractions import Fraction

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from nnutils.core.errors import NNUtilsError, SizeError
from nnutils.numerics.reference import (
    conv2d,
    convolve1d,
    cross_entropy,
    heaviside,
    log_softmax,
    max_pool2d,
    relu,
    same_window,
    sigmoid,
    softmax,
    softplus,
)

RNG = np.random.default_rng(0)
F = torch.nn.functional
EXTREMES = np.array([-1e308, -1000.0, -40.0, -1e-300, 0.0, 1e-300, 0.3, 40.0, 1000.0, 1e308])


def by_torch(function, x, *args, **kwargs):
    return function(torch.as_tensor(np.asarray(x, dtype=np.float64)), *args, **kwargs).numpy()


# --- activations ---


@pytest.mark.parametrize(
    ("ours", "theirs"), [(sigmoid, torch.sigmoid), (softplus, F.softplus), (relu, torch.relu)]
)
def test_activations_agree_with_torch_and_never_overflow(ours, theirs):
    x = np.concatenate([EXTREMES, RNG.normal(size=50), 20 * RNG.normal(size=50)])
    with np.errstate(all="raise", under="ignore"):
        y = ours(x)
    # torch's softplus is x from x = 20 on: it leaves out exp(-20), 1e-10 of the value.
    np.testing.assert_allclose(y, by_torch(theirs, x), rtol=1e-9 if ours is softplus else 1e-14)


def test_activations_of_one_number_and_of_integers():
    assert float(sigmoid(0)) == 0.5 and float(softplus(-1000)) == 0.0
    assert relu(np.array([-1, 2], dtype=np.int8)).dtype == np.int64
    assert relu([Fraction(-1, 3), Fraction(1, 3)]).tolist() == [0, Fraction(1, 3)]


def test_the_small_sigmoid_keeps_its_digits():
    x = np.array([-30.0, -300.0, -700.0])
    np.testing.assert_allclose(sigmoid(x), np.exp(x) / (1 + np.exp(x)), rtol=1e-15)
    assert (sigmoid(x) > 0).all()


def test_heaviside_takes_its_value_at_zero_from_the_caller():
    assert heaviside([-2.0, -0.0, 0.0, 2.0]).tolist() == [0, 0.5, 0.5, 1]
    assert heaviside(0.0, at_zero=0).tolist() == 0.0
    assert np.isnan(heaviside(np.nan))


# --- softmax ---


@pytest.mark.parametrize("axis", [0, 1, 2, -1])
def test_softmax_agrees_with_torch_on_every_axis(axis):
    x = 300 * RNG.normal(size=(3, 4, 5))
    with np.errstate(all="raise", under="ignore"):
        np.testing.assert_allclose(softmax(x, axis), by_torch(torch.softmax, x, dim=axis), rtol=1e-12)
        np.testing.assert_allclose(log_softmax(x, axis), by_torch(torch.log_softmax, x, dim=axis), rtol=1e-12)


def test_softmax_does_not_overflow_and_masks_minus_infinity():
    assert softmax([1e308, 1e308]).tolist() == [0.5, 0.5]
    assert softmax([1000.0, -np.inf]).tolist() == [1.0, 0.0]
    assert log_softmax([-1e308, 0.0]).tolist() == [-1e308, 0.0]


@pytest.mark.parametrize("function", [softmax, log_softmax])
@pytest.mark.parametrize(
    ("x", "axis", "message"),
    [
        ([], -1, "axis -1 is empty"),
        (np.ones((2, 0)), 1, "axis 1 is empty"),
        ([1.0], 1, "axis 1 does not exist"),
        (3.0, -1, "does not exist"),
        ([1.0, np.nan], 0, "NaN"),
        ([1.0, np.inf], 0, "plus infinity"),
        ([[1.0, 2.0], [-np.inf, -np.inf]], 1, "nothing but minus infinity"),
        (["a"], 0, "real numbers"),
        ([1j], 0, "real numbers"),
        ([[1.0], [1.0, 2.0]], 0, "different lengths"),
    ],
)
def test_softmax_says_where_it_does_not_exist(function, x, axis, message):
    with pytest.raises(NNUtilsError, match=message):
        function(x, axis)


# --- two-dimensional convolution and pooling ---

CONVOLUTIONS = [
    {},
    {"stride": 2, "padding": 1},
    {"stride": (2, 3), "padding": (0, 2)},
    {"dilation": 2, "padding": 2},
    {"dilation": (1, 2)},
    {"groups": 2, "padding": 1},
    {"groups": 4, "stride": 2},
    {"groups": 2, "stride": 3, "padding": (2, 1), "dilation": (2, 1)},
]


@pytest.mark.parametrize("settings_", CONVOLUTIONS)
@pytest.mark.parametrize("with_bias", [True, False])
def test_conv2d_agrees_with_torch(settings_, with_bias):
    x = RNG.normal(size=(4, 9, 11))
    weight = RNG.normal(size=(8, 4 // settings_.get("groups", 1), 3, 2))
    bias = RNG.normal(size=8) if with_bias else None
    theirs = F.conv2d(*(None if a is None else torch.as_tensor(a) for a in (x, weight, bias)), **settings_)
    np.testing.assert_allclose(conv2d(x, weight, bias, **settings_), theirs.numpy(), rtol=1e-12, atol=1e-13)


def test_conv2d_correlates_and_does_not_flip():
    x = np.zeros((1, 3, 3), dtype=int)
    x[0, 0, 0] = 1
    kernel = np.arange(1, 5).reshape(1, 1, 2, 2)
    assert conv2d(x, kernel).tolist() == [[[1, 0], [0, 0]]]
    assert conv2d(x, kernel[:, :, ::-1, ::-1]).tolist() == [[[4, 0], [0, 0]]]


def test_conv2d_is_exact_on_integers_and_fractions():
    ones = np.full((1, 1, 1, 2), 2**40)
    assert conv2d([[[2**20, 1]]], ones).tolist() == [[[2**60 + 2**40]]]
    assert conv2d(np.full((1, 1, 2), 255, dtype=np.uint8), [[[[1, 1]]]]).tolist() == [[[510]]]
    third = np.array([[[Fraction(1, 3)] * 3]])
    assert conv2d(third, [[[[1, 1, 1]]]], [1]).tolist() == [[[2]]]
    with pytest.raises(NNUtilsError, match="64 bits"):
        conv2d([[[2**40]]], [[[[2**40]]]])
    assert conv2d(np.array([[[2**40]]], dtype=object), [[[[2**40]]]]).tolist() == [[[2**80]]]


POOLS = [
    {"kernel_size": 2},
    {"kernel_size": 3, "stride": 2},
    {"kernel_size": 3, "stride": 2, "padding": 1},
    {"kernel_size": (2, 3), "stride": (1, 2), "padding": (1, 0)},
    {"kernel_size": 2, "dilation": 3, "stride": 1, "padding": 1},
]


@pytest.mark.parametrize("settings_", POOLS)
@pytest.mark.parametrize("shift", [0.0, -100.0])
def test_max_pool2d_agrees_with_torch_and_padding_never_wins(settings_, shift):
    x = RNG.normal(size=(3, 8, 9)) + shift
    assert np.array_equal(max_pool2d(x, **settings_), by_torch(F.max_pool2d, x, **settings_))
    whole = np.round(10 * x).astype(int)
    assert np.array_equal(max_pool2d(whole, **settings_), by_torch(F.max_pool2d, whole, **settings_))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: conv2d(np.ones((2, 5)), np.ones((1, 2, 3, 3))), "x has to be \\(channels, height, width\\)"),
        (lambda: conv2d(np.ones((2, 5, 5)), np.ones((1, 2, 3))), "weight has to be"),
        (lambda: conv2d(np.ones((2, 5, 5)), np.ones((1, 3, 3, 3))), "needs 3 input channels"),
        (
            lambda: conv2d(np.ones((2, 5, 5)), np.ones((3, 1, 3, 3)), groups=2),
            "multiple of 2 output channels",
        ),
        (lambda: conv2d(np.ones((2, 5, 5)), np.ones((1, 2, 3, 3)), np.ones(2)), "bias of shape \\(1,\\)"),
        (
            lambda: conv2d(np.ones((1, 4, 4)), np.ones((1, 1, 5, 5))),
            "spans 5 x 5: it does not fit into 1 x 4 x 4",
        ),
        (lambda: conv2d(np.ones((1, 4, 4)), np.ones((1, 1, 3, 3)), dilation=2), "spans 5 x 5"),
        (lambda: conv2d(np.ones((1, 4, 4)), np.ones((1, 1, 0, 3))), "does not fit"),
        (lambda: conv2d(np.ones((1, 4, 4)), np.ones((1, 1, 3, 3)), stride=0), "stride has to be"),
        (lambda: conv2d(np.ones((1, 4, 4)), np.ones((1, 1, 3, 3)), padding=-1), "padding has to be"),
        (lambda: conv2d(np.ones((1, 4, 4)), np.ones((1, 1, 3, 3)), padding=0.5), "padding has to be"),
        (lambda: conv2d(np.ones((1, 4, 4)), np.ones((1, 1, 3, 3)), stride=(1, 1, 1)), "pair"),
        (lambda: conv2d(np.ones((1, 4, 4)), np.ones((1, 1, 3, 3)), groups=True), "groups has to be"),
        (lambda: max_pool2d(np.ones((1, 4, 4)), 5), "does not fit"),
        (lambda: max_pool2d(np.ones((1, 0, 4)), 1), "does not fit"),
        (lambda: max_pool2d(np.ones((1, 4, 4)), 2, padding=2), "nothing else"),
        (lambda: max_pool2d(np.ones((1, 1, 1)), 2, padding=1, dilation=2), "nothing else"),
        (lambda: max_pool2d(np.ones((1, 4, 4)), 0), "kernel_size has to be"),
    ],
)
def test_impossible_layers_say_why(call, message):
    with pytest.raises(SizeError, match=message):
        call()


# --- one-dimensional convolution ---

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
    with pytest.raises(SizeError, match="one entry at least"):
        same_window(0, 3)


def test_cross_entropy_is_that_of_torch_for_one_hot_and_soft_labels() -> None:
    random = np.random.default_rng(0)
    logits = 5 * random.normal(size=(6, 4))
    for labels in (np.eye(4)[random.integers(4, size=6)], random.dirichlet(np.ones(4), size=6)):
        expected = torch.nn.functional.cross_entropy(
            torch.from_numpy(logits), torch.from_numpy(labels), reduction="none"
        )
        np.testing.assert_allclose(cross_entropy(logits, labels), expected.numpy(), rtol=1e-12)
        np.testing.assert_allclose(cross_entropy(logits.T, labels.T, axis=0), expected.numpy(), rtol=1e-12)


def test_cross_entropy_keeps_its_digits_where_the_probability_underflows() -> None:
    assert cross_entropy([0, 1000], [1, 0]) == 1000
    assert cross_entropy([0, 0, -np.inf], [0.5, 0.5, 0]) == pytest.approx(np.log(2), rel=1e-15)
    assert cross_entropy([0, -np.inf], [0, 1]) == np.inf


@pytest.mark.parametrize("labels", [[1, 1], [0.5, 0.4], [1.5, -0.5]])
def test_cross_entropy_refuses_labels_that_are_no_probabilities(labels: list[float]) -> None:
    with pytest.raises(NNUtilsError, match="no probabilities"):
        cross_entropy([0, 1], labels)


def test_cross_entropy_refuses_labels_of_another_shape() -> None:
    with pytest.raises(SizeError, match="shape"):
        cross_entropy([0, 1, 2], [1, 0])
