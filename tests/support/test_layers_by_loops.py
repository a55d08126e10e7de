"""Convolution and pooling by loops against torch, and exact where torch is not."""

from fractions import Fraction

import numpy as np
import pytest
import torch
from support.layers_by_loops import conv2d, max_pool2d

RNG = np.random.default_rng(0)
F = torch.nn.functional

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


@pytest.mark.parametrize("settings", CONVOLUTIONS)
@pytest.mark.parametrize("with_bias", [True, False])
def test_conv2d_agrees_with_torch(settings, with_bias):
    x = RNG.normal(size=(4, 9, 11))
    weight = RNG.normal(size=(8, 4 // settings.get("groups", 1), 3, 2))
    bias = RNG.normal(size=8) if with_bias else None
    theirs = F.conv2d(*(None if a is None else torch.as_tensor(a) for a in (x, weight, bias)), **settings)
    np.testing.assert_allclose(conv2d(x, weight, bias, **settings), theirs.numpy(), rtol=1e-12, atol=1e-13)


def test_conv2d_correlates_and_does_not_flip():
    x = np.zeros((1, 3, 3), dtype=int)
    x[0, 0, 0] = 1
    kernel = np.arange(1, 5).reshape(1, 1, 2, 2)
    assert conv2d(x, kernel).tolist() == [[[1, 0], [0, 0]]]
    assert conv2d(x, kernel[:, :, ::-1, ::-1]).tolist() == [[[4, 0], [0, 0]]]


def test_conv2d_is_exact_on_integers_and_fractions():
    assert conv2d(np.array([[[2**20, 1]]]), np.full((1, 1, 1, 2), 2**40)).tolist() == [[[2**60 + 2**40]]]
    thirds = np.array([[[Fraction(1, 3)] * 3]])
    assert conv2d(thirds, np.array([[[[1, 1, 1]]]]), np.array([1])).tolist() == [[[2]]]


POOLS = [
    {"kernel_size": 2},
    {"kernel_size": 3, "stride": 2},
    {"kernel_size": 3, "stride": 2, "padding": 1},
    {"kernel_size": (2, 3), "stride": (1, 2), "padding": (1, 0)},
    {"kernel_size": 2, "dilation": 3, "stride": 1, "padding": 1},
]


@pytest.mark.parametrize("settings", POOLS)
@pytest.mark.parametrize("shift", [0.0, -100.0])
def test_max_pool2d_agrees_with_torch_and_padding_never_wins(settings, shift):
    x = RNG.normal(size=(3, 8, 9)) + shift
    for entries in (x, np.round(10 * x).astype(int)):
        theirs = F.max_pool2d(torch.as_tensor(entries.astype(np.float64)), **settings).numpy()
        assert np.array_equal(max_pool2d(entries, **settings), theirs)
