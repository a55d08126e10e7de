"""Real arguments: several, by name, nested, whole numbers; a batch that is said; partial counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - the name that torch's own documentation uses
from torch import Tensor, nn

import nnutils
from nnutils.core.errors import CountError
from nnutils.networks.counting import COLUMNS
from nnutils.torch_bridge import count_module

WORK = (*COLUMNS, "macs")


class Scores(nn.Module):
    """Takes tokens, a mask by name, and a dict of lists; looks at the mask's values."""

    def __init__(self) -> None:
        super().__init__()
        self.table = nn.Embedding(10, 4)
        self.shift = nn.Linear(4, 4)
        self.prior = nn.Parameter(torch.ones(4, 4))

    def forward(
        self, tokens: Tensor, mask: Tensor | None = None, more: Mapping[str, list[Tensor]] | None = None
    ) -> Tensor:
        x = self.table(tokens)
        if mask is not None and not mask.all():
            x = x * mask[..., None]
        for extra in (more or {}).get("extra", []):
            x = x + extra
        return self.shift(x) @ torch.tanh(self.prior @ self.prior)


TOKENS = torch.zeros(1, 6, dtype=torch.long)


def test_several_arguments_by_position_by_name_and_nested() -> None:
    plain = count_module(Scores(), TOKENS).total
    # 6 positions: 4 inputs each for 4 outputs, twice; the prior once, 4 x 4 x 4.
    assert plain.macs == 6 * 16 + 6 * 16 + 64
    assert (plain.evaluations, plain.multiplications) == (16, 256)
    extra = {"extra": [torch.zeros(1, 6, 4), torch.zeros(1, 6, 4)]}
    nested = count_module(Scores(), TOKENS, None, extra).total
    assert nested.additions == plain.additions + 2 * 24
    assert count_module(Scores(), (TOKENS, None, extra)).total == nested
    assert count_module(Scores(), kwargs={"tokens": TOKENS, "more": extra}).total == nested
    assert nnutils.count(Scores(), TOKENS, kwargs={"more": extra}).total == nested


def test_the_values_of_a_mask_decide_as_they_would_in_a_run() -> None:
    plain = count_module(Scores(), TOKENS).total
    full, cut = torch.ones(1, 6), torch.tensor([[1, 1, 1, 1, 0, 0]])
    assert count_module(Scores(), TOKENS, full.long()).total == plain
    assert count_module(Scores(), TOKENS, kwargs={"mask": cut}).total.multiplications == 256 + 24
    with pytest.raises(CountError, match="asks for a value"):
        count_module(Scores(), TOKENS, full)


def test_the_callers_arguments_stay_as_they_are() -> None:
    class Writes(nn.Module):
        def forward(self, tokens: Tensor, x: Tensor) -> Tensor:
            tokens += 1
            x *= 2
            return x

    tokens, x = torch.zeros(1, 3, dtype=torch.long), torch.ones(1, 3, requires_grad=True)
    count_module(Writes(), tokens, x)
    assert tokens.sum() == 0 and x.sum() == 3 and x.requires_grad


class Stale(nn.Module):
    """Changes a tensor with data by one without, and then asks for its value."""

    def forward(self, x: Tensor) -> Tensor:
        seen = torch.zeros(1, dtype=torch.long)
        seen += (x > 0).sum()
        return x * 2 if seen.item() > 0 else x


def test_a_value_that_the_run_did_not_compute_is_not_used() -> None:
    with pytest.raises(CountError, match="asks for a value"):
        count_module(Stale(), (4,))


BATCHES: list[tuple[nn.Module, tuple[Any, ...], tuple[Any, ...]]] = [
    (
        nn.Sequential(nn.Flatten(), nn.Linear(12, 3), nn.ReLU()),
        (torch.ones(5, 3, 4),),
        (torch.ones(1, 3, 4),),
    ),
    (nn.Conv2d(2, 4, 3, padding=1), (torch.ones(5, 2, 6, 6),), (torch.ones(1, 2, 6, 6),)),
    (nn.ConvTranspose2d(2, 4, 3, 2), (torch.ones(5, 2, 6, 6),), (torch.ones(1, 2, 6, 6),)),
    (nn.LSTM(3, 4, 2), (torch.ones(7, 5, 3),), (torch.ones(7, 1, 3),)),
    (nn.AdaptiveAvgPool2d(2), (torch.ones(5, 2, 5, 5),), (torch.ones(1, 2, 5, 5),)),
    (Scores(), (TOKENS.expand(5, 6),), (TOKENS,)),
    (Scores(), (TOKENS.expand(5, 6), TOKENS.expand(5, 6)), (TOKENS, TOKENS)),
    (nn.TransformerEncoderLayer(8, 2, 16, batch_first=True), (torch.ones(5, 3, 8),), (torch.ones(1, 3, 8),)),
]


@pytest.mark.parametrize(("module", "many", "one"), BATCHES)
def test_a_batch_counts_per_sample_as_one_sample_does(
    module: nn.Module, many: tuple[Any, ...], one: tuple[Any, ...]
) -> None:
    module = module.eval()
    batch, single = count_module(module, *many, batch=5), count_module(module, *one, batch=1)
    for column in WORK:
        assert batch.total[column] == single.total[column], column
    assert list(batch) == list(single)


def test_the_shape_of_a_row_leaves_a_batch_in_front_out() -> None:
    counts = count_module(nn.Sequential(nn.Linear(3, 4)), torch.ones(5, 3), batch=5)
    assert counts.shapes["0"] == (4,)
    assert counts["0"].multiplications.formula == "multiplications / batch"


def test_shapes_of_several_inputs() -> None:
    class Both(nn.Module):
        def forward(self, x: Tensor, y: Tensor) -> Tensor:
            return F.relu(x @ y)

    counts = count_module(Both(), (2, 3), (3, 4)).total
    assert (counts.macs, counts.comparisons) == (24, 8)
    assert count_module(Both(), ((2, 3), [3, 4])).total == counts


@pytest.mark.parametrize(
    ("given", "options", "message"),
    [
        ((torch.ones(4, 3),), {}, r"tensors of shape \(4, 3\) do not say how many .*\n.*batch=4 .* batch=1"),
        ((torch.ones(4, 3),), {"batch": 5}, r"batch=5, but no tensor of shape \(4, 3\) has an axis"),
        ((torch.ones(4, 3),), {"batch": 0}, "batch must be a whole number, at least 1; got 0"),
        ((torch.ones(4, 3),), {"batch": 2.0}, "whole number, at least 1; got 2.0"),
        ((torch.ones(4, 3), (4, 3)), {"batch": 4}, r"(?s)takes? .*positional argument"),
        (((3,), "x"), {}, "An input shape is a sequence of sizes, got 'x'"),
        (({"x": 3},), {}, "An input shape is a sequence of sizes, got {'x': 3}"),
        (((3,),), {"kwargs": {"scale": 2}}, "There is no tensor in kwargs={'scale': 2}"),
        ((torch.ones(1, 3),), {"kwargs": ["x"]}, "kwargs holds arguments by name, got list"),
        ((torch.ones(1, 3, dtype=torch.cfloat),), {}, "complex64.*not counted"),
    ],
)
def test_arguments_that_say_too_little_are_refused(
    given: tuple[Any, ...], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(CountError, match=message):
        count_module(nn.Linear(3, 2), *given, **options)


def test_work_that_a_batch_does_not_divide_is_refused() -> None:
    class Joined(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return torch.tanh(x.sum(0))  # one result for the whole batch

    with pytest.raises(CountError, match="aten.sum has 3 units, which a batch of 5 does not"):
        count_module(Joined(), torch.ones(5, 3), batch=5)


# --- what has no rule --------------------------------------------------------------------------------------


class Sorting(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return torch.tanh(torch.sort(x.sort()[0])[0])


def test_a_partial_count_lists_what_has_no_rule() -> None:
    module = nn.Sequential(nn.Linear(3, 4), Sorting(), nn.Dropout())
    with pytest.raises(CountError, match=r"aten.sort has no counting rule.\n  at '1' \(Sorting\)"):
        count_module(module, (3,))
    counts = count_module(module, (3,), partial=True)
    assert [(part.operator, part.where, part.shapes, part.times) for part in counts.not_counted] == [
        ("aten.sort", "1", ((1, 4),), 2),
        ("aten.native_dropout", "2", ((1, 4),), 1),
    ]
    assert counts.total.evaluations == 4 and counts.total.macs == 12
    text, page = str(counts), counts._repr_html_()
    assert "total (partial)" in text and "Not in the total: 3 calls have no count." in text
    assert "aten.sort" in text and "aten.sort" in page and "total (partial)" in page
    assert "partial" not in str(counts.select("0")) and "partial" in str(counts.select("0", "1"))


def test_a_count_that_is_whole_shows_no_list() -> None:
    counts = count_module(nn.Linear(3, 4), (3,), partial=True)
    assert counts.not_counted == () and "partial" not in str(counts) + counts._repr_html_()
