"""A run on meta tensors: a batch is refused where the first layer shows it, and a sequence is allowed."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

import nnutils
from nnutils.core.errors import CountError
from nnutils.torch_bridge import count_module, flop_counter_multiplications


class Averaged(nn.Module):
    """Passes on the mean of a sequence."""

    def forward(self, x: Tensor) -> Tensor:
        return x.mean(1)


CONV, NORM = nn.Conv2d(3, 4, 3), nn.BatchNorm1d(10)

BATCHES = [
    (nn.Linear(10, 5), (32, 10), (10,)),
    (nn.Linear(10, 5), (10, 10), (10,)),
    (nn.Linear(10, 5), (8, 4, 10), (10,)),
    (nn.Sequential(nn.ReLU(), nn.Linear(10, 5)), (32, 10), (10,)),
    (nn.Conv1d(3, 4, 3), (8, 3, 24), (3, 24)),
    (CONV, (8, 3, 224, 224), (3, 224, 224)),
    (nn.Sequential(nn.Sequential(nn.BatchNorm2d(3).eval()), CONV), (1, 3, 8, 8), (3, 8, 8)),
    (nn.Conv3d(3, 4, 3), (8, 3, 5, 5, 5), (3, 5, 5, 5)),
    (NORM, (32, 10), (10,)),
    (NORM, (32, 10, 7), (10, 7)),
]


@pytest.mark.parametrize(("module", "given", "sample"), BATCHES)
def test_a_batch_is_refused_with_the_shape_of_one_sample(
    module: nn.Module, given: tuple[int, ...], sample: tuple[int, ...]
) -> None:
    for counter in (nnutils.count, count_module, flop_counter_multiplications):
        with pytest.raises(CountError) as error:
            counter(module, given)
        assert error.value.problem.startswith(f"The input shape {given} includes a batch")
        assert error.value.problem.endswith(f"has the shape {sample}.")
        assert f"Leave the batch out: count(module, {sample})." in error.value.remedy
        assert error.value.where.startswith("at '")


def test_the_message_shows_how_to_count_a_sequence() -> None:
    with pytest.raises(CountError, match=r"32 positions .* count\(module, \(32, 10\), per_position=True\)"):
        nnutils.count(nn.Linear(10, 5), (32, 10))
    with pytest.raises(CountError) as error:
        nnutils.count(CONV, (8, 3, 224, 224))
    assert "per_position" not in str(error.value)


def test_a_sequence_has_the_work_of_every_position_and_the_parameters_once() -> None:
    one, many = (
        nnutils.count(nn.Linear(10, 5), (10,)),
        nnutils.count(nn.Linear(10, 5), (32, 10), per_position=True),
    )
    for column in ("units", "connections", "multiplications", "additions"):
        assert many.total[column] == 32 * one.total[column]
    assert many.total.parameters == one.total.parameters == 55
    assert flop_counter_multiplications(nn.Linear(10, 5), (32, 10), per_position=True)["root"] == 1600
    with pytest.raises(CountError, match="per_position=True, but a Network"):
        nnutils.count(nnutils.Network((10,), [nnutils.Linear(5)]), per_position=True)


NOT_BATCHES = [
    (nn.Linear(10, 5), (10,), 50),
    (CONV, (3, 8, 8), 4 * 36 * 27),
    (NORM.eval(), (10,), 10),
    (NORM.eval(), (10, 7), 70),
    # The module itself makes a sequence, or one vector, of the sample before a Linear layer reads it.
    (nn.Sequential(nn.Flatten(), nn.Linear(320, 5)), (32, 10), 1600),
    (nn.Sequential(Averaged(), nn.Linear(10, 5)), (32, 10), 10 + 50),
    # A Linear layer behind the first layer works on each channel, and the sample has its own shape again.
    (nn.Sequential(nn.Conv1d(3, 3, 1), nn.Linear(10, 10)), (3, 10), 90 + 300),
]


@pytest.mark.parametrize(("module", "given", "multiplications"), NOT_BATCHES)
def test_one_sample_is_not_taken_for_a_batch(
    module: nn.Module, given: tuple[int, ...], multiplications: int
) -> None:
    assert count_module(module, given).total.multiplications == multiplications


@pytest.mark.parametrize(("given", "message"), [((9,), "RuntimeError"), ((32, 9), "RuntimeError")])
def test_an_unfitting_number_of_features_is_not_called_a_batch(given: tuple[int, ...], message: str) -> None:
    with pytest.raises(CountError, match=message) as error:
        count_module(nn.Linear(10, 5), given)
    assert "includes a batch" not in str(error.value) and "without the batch" in error.value.remedy


def test_random_numbers_of_the_module_do_not_move_the_callers_random_state() -> None:
    class Noise(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return x + torch.rand(4)

    before = torch.get_rng_state()
    assert flop_counter_multiplications(Noise(), (4,)) == {"root": 0}
    assert torch.equal(before, torch.get_rng_state())
