"""Activations replaced in place: the outputs stay, and what cannot be rewritten is refused unchanged."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils.parametrizations import weight_norm

from nnutils.core.errors import ConstructionError
from nnutils.numerics.activation_change import AffineRelation, sigmoid_to_tanh
from nnutils.torch_bridge.activations import change_activation_, sigmoid_to_tanh_, tanh_to_sigmoid_


def random_layers(*sizes):
    random = np.random.default_rng(len(sizes))
    return [(random.normal(size=(n, m)), random.normal(size=n)) for m, n in pairwise(sizes)]


NETWORKS = [random_layers(3, 4, 2), random_layers(1, 1, 1, 1), random_layers(5, 3, 7, 2, 4)]


def inputs_for(layers):
    return np.random.default_rng(0).normal(scale=2, size=(7, np.shape(layers[0][0])[1]))


def as_torch(layers, activation=nn.Sigmoid, bias=True):
    """The same layers as a Sequential in double precision."""
    parts = []
    for weight, offsets in layers:
        weight = np.array(weight, dtype=np.float64)
        linear = nn.Linear(*weight.shape[::-1], bias=bias, dtype=torch.float64)
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(weight))
            if bias:
                linear.bias.copy_(torch.tensor(np.array(offsets, dtype=np.float64)))
        parts += [linear, activation()]
    return nn.Sequential(*parts[:-1])


@pytest.mark.parametrize("layers", NETWORKS, ids=lambda layers: f"{len(layers)} layers")
def test_torch_in_place_gives_the_parameters_of_the_list(layers):
    module, x = as_torch(layers), torch.tensor(inputs_for(layers))
    before = module(x).detach()
    assert sigmoid_to_tanh_(module) is module
    assert [type(part) for part in module[1::2]] == [nn.Tanh] * (len(layers) - 1)
    for linear, (weight, bias) in zip(module[::2], sigmoid_to_tanh(layers), strict=True):
        assert torch.allclose(linear.weight, torch.tensor(weight.astype(float)), rtol=1e-12, atol=1e-12)
        assert torch.allclose(linear.bias, torch.tensor(bias.astype(float)), rtol=1e-12, atol=1e-12)
    assert torch.allclose(module(x), before, rtol=1e-9, atol=1e-9)
    tanh_to_sigmoid_(module)
    assert torch.allclose(module(x), before, rtol=1e-9, atol=1e-9)


def test_layers_without_a_bias_get_one_only_where_it_is_needed():
    layers = [([[1, 2], [3, -4]], [0, 0]), ([[1, 1]], [0]), ([[2]], [0])]
    module, x = as_torch(layers, bias=False), torch.tensor(inputs_for(layers))
    module[2].weight.requires_grad_(False)
    before = module(x)
    sigmoid_to_tanh_(module)
    assert [part.bias is None for part in module[::2]] == [True, False, False]
    assert [part.bias.requires_grad for part in module[2::2]] == [False, True]
    assert torch.allclose(module(x), before, rtol=1e-12)
    # A shift needs a bias in front as well.
    module = as_torch(layers, activation=Sine, bias=False)
    before = module(x)
    change_activation_(module, Sine, Cosine, AffineRelation(1, 1, -np.pi / 2, 0))
    assert [part.bias is None for part in module[::2]] == [False, False, True]
    assert torch.allclose(module(x), before, rtol=1e-9, atol=1e-12)


class Sine(nn.Module):
    def forward(self, x):
        return torch.sin(x)


class Cosine(nn.Module):
    def forward(self, x):
        return torch.cos(x)


def test_sequentials_inside_are_opened_and_other_activations_left_alone():
    module = nn.Sequential(
        nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 5)),
        nn.Sigmoid(),
        nn.Sequential(nn.Sequential(nn.Linear(5, 2)), nn.BatchNorm1d(2), nn.Dropout()),
    ).double()
    module.eval()
    x = torch.linspace(-3, 3, 12, dtype=torch.float64).reshape(4, 3)
    before = module(x)
    sigmoid_to_tanh_(module)
    assert isinstance(module[1], nn.Tanh) and not module[1].training and isinstance(module[0][1], nn.ReLU)
    assert torch.allclose(module(x), before, rtol=1e-12)


def test_a_sigmoid_used_twice_is_replaced_twice():
    act = nn.Sigmoid()
    module = nn.Sequential(nn.Linear(2, 2), act, nn.Linear(2, 2), act, nn.Linear(2, 1)).double()
    x = torch.ones(1, 2, dtype=torch.float64)
    before = module(x)
    sigmoid_to_tanh_(module)
    assert not any(isinstance(part, nn.Sigmoid) for part in module)
    assert torch.allclose(module(x), before, rtol=1e-12)


def test_parameters_stay_the_same_objects_and_their_gradients_are_cleared():
    module = nn.Sequential(nn.Linear(2, 3), nn.Sigmoid(), nn.Linear(3, 1))
    parameters = list(module.parameters())
    module(torch.ones(1, 2)).sum().backward()
    sigmoid_to_tanh_(module)
    assert all(new is old for new, old in zip(module.parameters(), parameters, strict=True))
    assert all(parameter.grad is None for parameter in parameters)
    module(torch.ones(1, 2)).sum().backward()
    assert all(parameter.grad is not None for parameter in parameters)


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(2, 2), nn.Sigmoid(), nn.Linear(2, 2))

    def forward(self, x):
        return x + self.body(x)


class Reversed(nn.Sequential):
    def forward(self, x):
        for part in reversed(self):
            x = part(x)
        return x


def linear():
    return nn.Linear(2, 2)


def around(*parts):
    return nn.Sequential(linear(), *parts, linear())


def shared():
    part = linear()
    return nn.Sequential(part, nn.Sigmoid(), part)


def tied():
    module = nn.Sequential(linear(), nn.Sigmoid(), linear(), nn.Linear(2, 2))
    module[3].weight = module[0].weight
    return module


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: around(nn.ReLU()), "no Sigmoid.*\n.*Linear -> ReLU -> Linear"),
        (lambda: nn.Sequential(), "no Sigmoid"),
        (lambda: nn.Sequential(linear(), nn.Sigmoid()), "after it there is nothing"),
        (lambda: nn.Sequential(nn.Sigmoid(), linear()), "before it there is nothing"),
        (lambda: around(nn.BatchNorm1d(2), nn.Sigmoid()), r"(?s)before it.*BatchNorm1d.*fold"),
        (lambda: around(nn.Sigmoid(), nn.Dropout()), r"(?s)after it.*Dropout.*another value"),
        (lambda: around(nn.Conv1d(1, 1, 1), nn.Sigmoid()), r"(?s)before it.*Conv1d.*zero padding"),
        (lambda: around(nn.Sigmoid(), nn.Sigmoid()), "after it stands Sigmoid"),
        (lambda: around(nn.Sigmoid(), nn.Flatten()), "after it stands Flatten"),
        (lambda: nn.Sequential(weight_norm(linear()), nn.Sigmoid(), linear()), "before it stands Param"),
        (lambda: nn.Sequential(around(nn.Sigmoid()), Residual()), "'1.body.1' is inside"),
        (lambda: Residual(), "A Residual cannot be rewritten"),
        (lambda: Reversed(linear(), nn.Sigmoid(), linear()), "A Reversed cannot"),
        (lambda: around(Reversed(linear(), nn.Sigmoid(), linear())), "inside a module that is not a Seq"),
        (shared, "0.weight and 2.weight are one tensor"),
        (tied, "0.weight and 3.weight are one tensor"),
    ],
)
def test_what_cannot_be_rewritten_is_refused_and_left_as_it_was(make, message):
    module = make()
    before = {name: tensor.clone() for name, tensor in module.state_dict().items()}
    text = repr(module)
    with pytest.raises(ConstructionError, match=message):
        sigmoid_to_tanh_(module)
    assert repr(module) == text
    assert all(torch.equal(before[name], tensor) for name, tensor in module.state_dict().items())


def test_a_late_obstacle_leaves_the_early_layers_alone_too():
    module = nn.Sequential(linear(), nn.Sigmoid(), linear(), nn.Sigmoid(), nn.Dropout(), linear())
    before = module[0].weight.clone()
    with pytest.raises(ConstructionError, match="'3' has to stand"):
        sigmoid_to_tanh_(module)
    assert torch.equal(module[0].weight, before) and isinstance(module[1], nn.Sigmoid)


def test_a_dropout_after_the_activation_would_change_the_outputs():
    """A dropped sigmoid unit is 0, but a dropped tanh unit stands for the sigmoid value 1/2."""
    torch.manual_seed(0)
    module = nn.Sequential(linear(), nn.Sigmoid(), linear()).double()
    x = torch.ones(1, 2, dtype=torch.float64)
    drop = nn.Dropout(p=1.0)  # every unit is dropped: the output is the bias
    expected = module[2](drop(module[1](module[0](x))))
    sigmoid_to_tanh_(module)
    assert not torch.allclose(module[2](drop(module[1](module[0](x)))), expected)
