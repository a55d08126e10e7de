"""Counts of any torch module: run it once on tensors without data, and count each operator that it calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from nnutils.torch_bridge.given import given_to
from nnutils.torch_bridge.meta_run import checked
from nnutils.torch_bridge.module_counts import ModuleCounts
from nnutils.torch_bridge.recording import Recorder

__all__ = ["count_module"]


def count_module(
    module: torch.nn.Module,
    input_shape: Any = None,
    *arguments: Any,
    kwargs: Mapping[str, Any] | None = None,
    batch: int | None = None,
    per_position: bool = False,
    partial: bool = False,
) -> ModuleCounts:
    """Count units, parameters, connections and operations of a torch module, row by row, for one sample.

    ``input_shape`` leaves the batch out: (channels, height, width), (features,), or what the module takes;
    several shapes are several inputs. A batch is refused where the first layer that knows its number of
    features (a Linear layer, a convolution, a BatchNorm) reads the input itself: it says how many axes one
    sample has. A Linear layer may work on each position of a sequence (length, features): then say so by
    ``per_position``.

    Tensors in the place of shapes are the arguments of ``forward()`` as they stand, batch included; so is
    whatever comes with them, in lists and dicts too. ``kwargs`` holds arguments by name, and one tuple of
    tensors is all arguments by position. ``batch`` says how many samples they hold: work that depends on the
    arguments is divided by it, exactly, and everything else counts as it does for one sample.

    The module runs once on meta tensors: these have shapes but no data, so the run takes neither the memory
    nor the time of a real one. Afterwards the caller's module is as it was: parameters, buffers, training
    flags, hooks, attributes and what they hold. Its hooks do run.

    A row is a submodule that calls no other, under its path (``features.0``). An operator that a larger
    module calls by itself has a row ``<path>.<operator>``, such as ``block.add``, with a number where there
    are several; the module itself is ``root``. Work counts once per call; a parameter counts once, in the row
    that uses it first: as a weight where it multiplies, as a bias where it is added. Parameters that nothing
    uses have a row without work, so the total always is the sum of ``p.numel()`` over ``parameters()``.

    Work is what has real numbers in it or for its result: arithmetic with indices alone is none. What each
    operator counts stands in ``docs/counting_operators.md``. With ``partial`` an operator that has no rule
    is listed below the table instead of an error, in ``not_counted``.

    Raises:
        CountError: without an input shape; for a batch; for a shape on which the module fails; for tensors
            that do not say how many samples they hold, or work that does not divide by ``batch``; for an
            operator that has no rule, whose work depends on values, on chance or on the rest of the batch,
            such as dropout in training mode. The message names the operator and the submodule.

    >>> from torch.nn import Conv2d, Flatten, Linear, ReLU, Sequential
    >>> module = Sequential(Conv2d(4, 6, 3, groups=2), ReLU(), Flatten(), Linear(96, 5))
    >>> counts = count_module(module, (4, 6, 6))
    >>> print(counts.table("units", "weights", "biases", "connections"))
    layer  output     units  weights  biases  connections
    -----  ---------  -----  -------  ------  -----------
    0      6 x 4 x 4     96      108       6        1,728
    1      6 x 4 x 4      0        0       0            0
    2      96             0        0       0            0
    3      5              5      480       5          480
    -----  ---------  -----  -------  ------  -----------
    total               101      588      11        2,208
    >>> counts["0"].weights.work
    '6 · 2 · 3 · 3 = 108'
    >>> count_module(module, torch.zeros(32, 4, 6, 6), batch=32).total.connections
    2208
    """
    checked(module)
    values = (input_shape, *arguments) if input_shape is not None or kwargs is None else arguments
    recorder = Recorder(
        module, given_to(module, values, kwargs, batch), per_position=per_position, partial=partial
    )
    recorder.record()
    return recorder.counts()
