"""Whatever stands in the place of a number, a name, a layer or a network: an answer or a named error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from support.fuzzing import odd
from support.fuzzing.odd import LONG, NoIndex, NoText

import nnutils
from nnutils import (
    AvgPool2d,
    Concat,
    Conv2d,
    Flatten,
    Linear,
    MaxPool2d,
    Network,
    NNUtilsError,
    ReLU,
    Residual,
    Worked,
    conv_output_size,
    conv_transpose_output_size,
    solve_conv,
)
from nnutils.core.messages import shown
from nnutils.networks import enumerate_reads, real_multiplications, receptive_fields
from nnutils.networks.solver import ConvSettings

ODD: list[Any] = [*odd.ODD, torch.tensor(3), torch.tensor([1, 2])]
NET = Network((3, 8, 8), [Conv2d(4, 3, name="c"), ReLU()])


def setting(make: Callable[..., object], name: str, **others: Any) -> Callable[[Any], object]:
    return lambda value: make(**{**others, name: value})


WINDOW = ("kernel_size", "stride", "padding", "dilation")
SETTINGS: list[tuple[Any, dict[str, Any], tuple[str, ...]]] = [
    (
        Conv2d,
        {"out_channels": 4, "kernel_size": 3},
        ("out_channels", *WINDOW, "groups", "bias", "name", "odd"),
    ),
    (MaxPool2d, {"kernel_size": 2}, (*WINDOW, "ceil_mode")),
    (AvgPool2d, {"kernel_size": 2}, (*WINDOW, "ceil_mode")),
    (conv_output_size, {"input": 8, "kernel_size": 3}, ("input", *WINDOW, "ceil_mode")),
    (conv_transpose_output_size, {"input": 8, "kernel_size": 3}, ("input", *WINDOW, "output_padding")),
    (solve_conv, {"input": 8, "output": 4}, ("input", "output", *WINDOW, "padding_may_reach_kernel")),
]
ASKED: dict[str, Callable[[Any], object]] = {
    **{
        f"{make.__name__} {name}": setting(make, name, **others)
        for make, others, names in SETTINGS
        for name in names
    },
    "unread": ConvSettings(3).unread,
    "Linear": Linear,
    "Linear bias": setting(Linear, "bias", out_features=3),
    "ReLU": ReLU,
    "Concat": Concat,
    "Concat entry": lambda value: Concat([value]),
    "Residual": Residual,
    "Residual shortcut": lambda value: Residual([], value),
    "input shape": lambda value: Network(value, [ReLU()]),
    "input size": lambda value: Network((3, value, 8), [Conv2d(4, 3)]),
    "layers": lambda value: Network((3, 8, 8), value),
    "layer": lambda value: Network((3, 8, 8), [value]),
    "output_shape": Conv2d(4, 3).output_shape,
    "one size of output_shape": lambda value: Flatten().output_shape((3, value, 8)),
    "count": nnutils.count,
    "count shape": lambda value: nnutils.count(NET, value),
    "count per_position": lambda value: nnutils.count(NET, per_position=value),
    "counts layer": lambda value: nnutils.count(NET)[value],
    "counts column": lambda value: nnutils.count(NET)["c"][value],
    "select": lambda value: nnutils.count(NET).select(value),
    "shares": lambda value: nnutils.count(NET).shares(value),
    "table": lambda value: nnutils.count(NET).table(value),
    "in counts": lambda value: value in nnutils.count(NET),
    "Worked": Worked,
    "Worked name": lambda value: (Worked(3, value) * 2).latex,
    "named": lambda value: (Worked(3).named(value) * 2).steps(),
    "a later name": lambda value: (Worked.later(3, lambda: Worked(3)).named(value) * 2).steps(),
    "add": lambda value: Worked(7) + value,
    "multiply": lambda value: Worked(7) * value,
    "power": lambda value: Worked(7) ** value,
    "divide": lambda value: Worked(7) / value,
    "round": lambda value: round(Worked(7) / 3, value),
    "enumerate_reads": enumerate_reads,
    "receptive_fields": receptive_fields,
    "real_multiplications": lambda value: real_multiplications(value, "c"),
}  # fmt: skip


@pytest.mark.parametrize("asked", ASKED)
def test_odd_values_give_an_answer_or_a_named_error(asked: str) -> None:
    refused = 0
    for value in ODD:
        try:
            ASKED[asked](value)
        except NNUtilsError as error:
            refused += 1
            assert 10 < len(str(error)) < 1_500
    assert refused or asked == "in counts"


def test_what_cannot_be_written_is_shown_by_its_type() -> None:
    assert shown(NoText()) == "a NoText that cannot be written"
    assert shown({"a": LONG}) == "a dict that cannot be written"
    assert shown([NoText(), 3]) == "[a NoText that cannot be written, 3]"
    assert shown(NoIndex()).startswith("<") and "NoIndex" in shown(NoIndex())


def test_the_check_would_notice_a_foreign_error() -> None:
    ASKED["broken"] = lambda value: value.shape
    try:
        with pytest.raises(AttributeError):
            test_odd_values_give_an_answer_or_a_named_error("broken")
    finally:
        del ASKED["broken"]
