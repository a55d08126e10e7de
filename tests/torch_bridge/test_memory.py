"""Bytes of activations by hand: a chain, a residual, work in place, a view; and the two routes agree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - the name that torch's own documentation uses
from support.specifications import SMALL
from torch import Tensor, nn

from nnutils.core.errors import CountError
from nnutils.networks.memory import activation_memory
from nnutils.torch_bridge import module_memory, to_torch


class Function(nn.Module):
    def __init__(self, function: Callable[[Tensor], Any]) -> None:
        super().__init__()
        self.function = function

    def forward(self, x: Tensor) -> Any:
        return self.function(x)


def two_branches(x: Tensor) -> Tensor:
    left, right = torch.tanh(x), torch.sigmoid(x)
    return torch.cat([left, right], 1)


def one_after_the_other(x: Tensor) -> Tensor:
    x = torch.tanh(x)
    x = torch.sigmoid(x)
    return torch.exp(x)


def kept(x: Tensor) -> Tensor:
    parts = [torch.tanh(x)]
    for _ in range(3):
        parts.append(torch.tanh(parts[-1]))
    return parts[-1]


LINEAR = [nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2)]


@pytest.mark.parametrize(
    ("module", "total", "peak"),
    [
        # Values of 4 bytes; the input, 4 of them, is alive throughout. While ReLU runs: 4, 8 and 8.
        (nn.Sequential(*LINEAR), 8 + 8 + 2, 4 + 8 + 8),
        # In place: 8 values serve twice.
        (nn.Sequential(LINEAR[0], nn.ReLU(inplace=True), LINEAR[2]), 8 + 2, 4 + 8 + 2),
        # A view makes nothing.
        (nn.Sequential(LINEAR[0], nn.Unflatten(1, (2, 4)), nn.Flatten(), LINEAR[2]), 8 + 2, 4 + 8 + 2),
        # A residual: tanh's and the sum are alive beside the input.
        (Function(lambda x: x + torch.tanh(x)), 4 + 4, 4 + 4 + 4),
        # Two branches and their join: 4 + 4 + 8, beside the input.
        (Function(two_branches), 16, 4 + 16),
        # A chain: never more than two besides the input, though three are made.
        (Function(one_after_the_other), 12, 4 + 4 + 4),
        # What is kept in a list stays alive.
        (Function(kept), 16, 4 + 16),
        # A view of a part keeps the whole alive: 4 x 8 values for 8 of them.
        (nn.Sequential(nn.Linear(4, 32), Function(lambda x: x[:, :8]), Function(torch.tanh)), 40, 4 + 32 + 8),
    ],
)
def test_by_hand(module: nn.Module, total: int, peak: int) -> None:
    memory = module_memory(module, (4,))
    assert (memory.total, memory.peak) == (4 * total, 4 * peak)
    assert module_memory(module, (4,), dtype="float16").total == 2 * total
    assert module_memory(module, torch.ones(3, 4), batch=3).peak == 3 * 4 * peak


def test_the_place_and_the_terms_of_the_peak() -> None:
    memory = module_memory(nn.Sequential(*LINEAR), (4,))
    assert memory.at == "1"
    assert memory.peak.work == "16 + 32 + 32 = 80" and memory.peak.formula == "input + 0 + 1"


def test_indices_have_their_own_size() -> None:
    tokens = torch.zeros(1, 3, dtype=torch.long)
    memory = module_memory(nn.Embedding(10, 2), tokens, dtype="float16")
    assert (memory.total, memory.peak) == (3 * 2 * 2, 3 * 8 + 12)


def test_an_attention_module_counts_what_stands_in_its_forward() -> None:
    def attention(x: Tensor) -> Tensor:
        return F.scaled_dot_product_attention(x, x, x)

    assert module_memory(Function(attention), (5, 4)).total == 4 * 5 * 4
    # Written out there are the scores, their softmax and the result.
    written = Function(lambda x: torch.softmax(x @ x.mT, -1) @ x)
    assert module_memory(written, (5, 4)).total == 4 * (25 + 25 + 20)


@pytest.mark.parametrize("name", SMALL)
def test_a_specification_and_its_module_agree(name: str) -> None:
    network = SMALL[name]
    ours = activation_memory(network)
    theirs = module_memory(to_torch(network, device="meta"), network.input_shape)
    assert (ours.total, ours.peak) == (theirs.total, theirs.peak)
    assert ours.at == theirs.at


def test_what_is_not_known_is_refused() -> None:
    for dtype in ("float", 32, None):
        with pytest.raises(CountError, match="There is no dtype"):
            activation_memory(next(iter(SMALL.values())), dtype)  # type: ignore[arg-type]
    with pytest.raises(CountError, match="There is no dtype 'half'"):
        module_memory(nn.Linear(2, 2), (2,), dtype="half")
    with pytest.raises(CountError, match="needs a Network, got Linear"):
        activation_memory(nn.Linear(2, 2))  # type: ignore[arg-type]
    with pytest.raises(CountError, match="RuntimeError"):
        module_memory(nn.Linear(2, 2), (3,))
