"""Activations, softmax and cross-entropy against torch, and at the extremes."""

from fractions import Fraction

import numpy as np
import pytest
import torch

from nnutils.core.errors import NNUtilsError, SizeError
from nnutils.numerics.reference import (
    cross_entropy,
    heaviside,
    log_softmax,
    relu,
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


# --- cross-entropy ---


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
def test_cross_entropy_refuses_labels_that_are_not_probabilities(labels: list[float]) -> None:
    with pytest.raises(NNUtilsError, match="not probabilities"):
        cross_entropy([0, 1], labels)


def test_cross_entropy_refuses_labels_of_another_shape() -> None:
    with pytest.raises(SizeError, match="shape"):
        cross_entropy([0, 1, 2], [1, 0])
