"""A call that was counted before gives the same counts, and the parameters that are its own."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - the name that torch's own documentation uses
from torch import Tensor, nn

from nnutils.torch_bridge import count_module
from nnutils.torch_bridge.operators import RULES


def test_a_second_layer_of_the_same_shape_has_its_own_parameters() -> None:
    counts = count_module(nn.Sequential(*(nn.Linear(3, 3) for _ in range(4))), (3,))
    assert [(int(row.weights), int(row.biases)) for row in counts.values()] == [(9, 3)] * 4
    shared = nn.Linear(3, 3)
    counts = count_module(nn.Sequential(nn.Linear(3, 3), shared, nn.Linear(3, 3), shared), (3,))
    assert [int(row.weights) for row in counts.values()] == [9, 9, 9]
    assert [int(row.macs) for row in counts.values()] == [9, 18, 9]


def test_parameters_that_a_call_only_reads_are_counted_by_the_one_that_claims_them() -> None:
    class Queries(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.first, self.second = (nn.Parameter(torch.ones(1, 4, 3)) for _ in range(2))

        def forward(self, x: Tensor) -> Tensor:
            parts = [F.scaled_dot_product_attention(q, x, x) for q in (self.first, self.second)]
            return parts[0] + parts[1] + self.second

    counts = count_module(Queries(), (4, 3))
    assert counts.total.parameters == 24
    assert counts["root.add2"].biases == 12 and counts["first"].weights == 12


def test_slices_factors_and_settings_are_told_apart() -> None:
    class Mixed(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.large, self.small = nn.Parameter(torch.ones(6, 3)), nn.Parameter(torch.ones(2, 3))
            self.square = nn.Parameter(torch.ones(3, 3))

        def forward(self, x: Tensor) -> Tensor:
            x = F.linear(x, self.large[:2]).sum() + F.linear(x, self.small)
            x = x.clamp(min=0) + x.clamp(0, 1) + x**2 + x**3
            return x.sum() + self.square @ self.square

    counts = count_module(Mixed(), (3,))
    assert (counts["root.mm1"].weights, counts["root.mm2"].weights) == (18, 6)
    assert (counts["root.clamp1"].comparisons, counts["root.clamp2"].comparisons) == (2, 4)
    assert (counts["root.pow1"].multiplications, counts["root.pow2"].multiplications) == (2, 4)
    assert counts.total.parameters == 18 + 6 + 9


def test_a_rule_is_asked_once_for_the_same_call(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    rule = RULES["addmm"]

    def listening(call: object) -> object:
        asked.append(call)
        return rule(call)  # type: ignore[arg-type]

    monkeypatch.setitem(RULES, "addmm", listening)
    count_module(nn.Sequential(*(nn.Linear(3, 3) for _ in range(5)), nn.Linear(3, 2)), (3,))
    assert len(asked) == 2
