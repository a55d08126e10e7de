"""Torch's own counter agrees with both of ours on every product, and a wrong rule of ours is found by it."""

from __future__ import annotations

import dataclasses

import pytest
import torch
from hypothesis import given, settings
from support.fuzzing.networks import networks
from support.specifications import SPECIFICATIONS
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from nnutils.core.errors import CountError
from nnutils.networks import counting
from nnutils.networks.layers import Conv2d, Linear
from nnutils.networks.network import Network
from nnutils.torch_bridge import count_module, flop_counter_multiplications, to_torch


def three_routes(network: Network) -> list[dict[str, int]]:
    """Return the multiplications of all convolutions and Linear layers: by formula, by operator, by torch."""
    module = to_torch(network, device="meta")
    names = [step.name for step in network.steps if isinstance(step.layer, Conv2d | Linear)]
    ours = [counting.count(network), count_module(module, network.input_shape)]
    products = [{name: int(counts[name].multiplications) for name in names} for counts in ours]
    theirs = flop_counter_multiplications(module, network.input_shape)
    return [{"root": sum(route.values()), **route} for route in products] + [theirs]


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_three_routes_agree_on_known_networks(name: str) -> None:
    by_formula, by_operator, by_torch = three_routes(SPECIFICATIONS[name])
    assert by_formula == by_operator == by_torch
    assert by_torch["root"] > 0


@given(networks())
@settings(max_examples=40, deadline=None, derandomize=True)
def test_three_routes_agree_on_random_networks(network: Network) -> None:
    by_formula, by_operator, by_torch = three_routes(network)
    assert by_formula == by_operator == by_torch


@pytest.mark.parametrize(
    ("layer", "products"),
    [
        # By hand: outputs times the inputs that one output reads, padding among them.
        (nn.Conv2d(4, 6, (3, 2), stride=(2, 1), padding=(1, 0)), 6 * 4 * 7 * 4 * 6),
        (nn.Conv2d(4, 6, 3, groups=2), 6 * 6 * 6 * 2 * 9),
        (nn.Conv2d(4, 8, 3, groups=4, dilation=2, padding=2), 8 * 8 * 8 * 9),
        (nn.Conv2d(4, 6, 3, stride=3, dilation=(1, 2), bias=False), 6 * 2 * 2 * 4 * 9),
    ],
)
def test_grouped_dilated_and_strided_convolutions_by_hand(layer: nn.Conv2d, products: int) -> None:
    assert flop_counter_multiplications(layer, (4, 8, 8)) == {"root": products}
    assert count_module(layer, (4, 8, 8)).total.multiplications == products


def test_a_rule_that_forgets_the_groups_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = counting.RULES[Conv2d]

    def without_groups(step: counting.Step) -> counting.LayerCounts:
        layer = step.layer
        assert isinstance(layer, Conv2d)
        return rule(dataclasses.replace(step, layer=dataclasses.replace(layer, groups=1)))

    monkeypatch.setitem(counting.RULES, Conv2d, without_groups)
    by_formula, by_operator, by_torch = three_routes(SPECIFICATIONS["small AlexNet"])
    assert by_operator == by_torch
    assert {name for name in by_torch if by_formula[name] != by_torch[name]} == {
        *("root", "conv2", "conv4", "conv5")
    }


class Shared(nn.Module):
    """Uses one layer in two places, then a matrix and a scale of its own."""

    def __init__(self) -> None:
        super().__init__()
        layer = nn.Linear(4, 4)
        self.first, self.again = nn.Sequential(layer), nn.Sequential(layer)
        self.scale = nn.Parameter(torch.ones(4))

    def forward(self, x: Tensor) -> Tensor:
        return self.again(self.first(x)) @ torch.ones(4, 3) * self.scale[:3]


def test_a_shared_layer_has_its_first_path_and_products_by_value_are_left_out() -> None:
    assert flop_counter_multiplications(Shared(), (4,)) == {
        "root": 16 + 16 + 12,
        "first": 16,
        "again": 16,
        "first.0": 32,
    }


def test_a_submodule_includes_those_that_it_calls() -> None:
    module = nn.Sequential(nn.Sequential(nn.Linear(4, 3), nn.Linear(3, 2)), nn.Linear(2, 5))
    products = {"root": 28, "0": 18, "0.0": 12, "0.1": 6, "1": 10}
    assert flop_counter_multiplications(module, (4,)) == products


def test_what_changes_in_place_is_put_back() -> None:
    class Counting(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.plain, self.calls = torch.zeros(3), 0

        def forward(self, x: Tensor) -> Tensor:
            self.calls += 1
            self.plain += 1
            return x + self.plain

    module = Counting()
    assert flop_counter_multiplications(module, (3,)) == {"root": 0}
    assert module.calls == 0 and torch.equal(module.plain, torch.zeros(3))


def test_an_odd_number_of_operations_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    odd = {"Global": {"mm": 7}}
    monkeypatch.setattr(FlopCounterMode, "get_flop_counts", lambda counter: odd)
    with pytest.raises(CountError, match="7 floating-point operations in 'root': an odd number"):
        flop_counter_multiplications(nn.Linear(2, 2), (2,))


def test_a_module_that_fails_says_so() -> None:
    with pytest.raises(CountError, match="at '0' \\(Linear\\)"):
        flop_counter_multiplications(nn.Sequential(nn.Linear(3, 2)), (4,))


class Pair(nn.Module):
    """Takes two inputs, and tokens by name; one product is of parameters alone."""

    def __init__(self, with_prior: bool) -> None:
        super().__init__()
        self.table, self.mix = nn.Embedding(10, 4), nn.Linear(4, 3, bias=False)
        self.prior = nn.Parameter(torch.ones(3, 3)) if with_prior else None

    def forward(self, left: Tensor, right: Tensor, tokens: Tensor | None = None) -> Tensor:
        x = torch.bmm(left, right)
        if tokens is not None:
            x = x + self.table(tokens)
        x = self.mix(x)
        return x if self.prior is None else x @ (self.prior @ self.prior)


def test_the_arguments_are_those_of_the_count() -> None:
    # By hand: 5 x 4 outputs of 2 products; 5 x 3 of 4.
    by_hand = {"root": 5 * 4 * 2 + 5 * 3 * 4, "mix": 5 * 3 * 4}
    module = Pair(with_prior=False)
    left, right, tokens = torch.zeros(6, 5, 2), torch.zeros(6, 2, 4), torch.zeros(6, 5, dtype=torch.long)
    one = left[:1], right[:1]
    assert flop_counter_multiplications(module, (5, 2), (2, 4)) == by_hand
    assert flop_counter_multiplications(module, *one) == by_hand
    assert flop_counter_multiplications(module, one, kwargs={"tokens": tokens[:1]}) == by_hand
    several = flop_counter_multiplications(module, left, right, kwargs={"tokens": tokens}, batch=6)
    assert several == by_hand
    counted = count_module(module, left, right, kwargs={"tokens": tokens}, batch=6)
    assert counted.total.macs == by_hand["root"]


def test_a_batch_that_is_not_said_or_does_not_divide_is_refused() -> None:
    left, right = torch.zeros(5, 5, 2), torch.zeros(5, 2, 4)
    with pytest.raises(CountError, match="do not say how many samples"):
        flop_counter_multiplications(Pair(with_prior=False), left, right)
    # 27 products of the prior with itself belong to no sample.
    with pytest.raises(CountError, match="in 'root', which cannot be those of 5 samples"):
        flop_counter_multiplications(Pair(with_prior=True), left, right, batch=5)
