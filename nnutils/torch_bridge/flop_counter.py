"""The multiplications of a torch module by torch's own counter of floating-point operations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch.utils.flop_counter import FlopCounterMode

from nnutils.core.errors import CountError
from nnutils.torch_bridge.given import given_to
from nnutils.torch_bridge.meta_run import MetaRun, WithoutData, checked

__all__ = ["flop_counter_multiplications"]


def flop_counter_multiplications(
    module: torch.nn.Module,
    input_shape: Any = None,
    *arguments: Any,
    kwargs: Mapping[str, Any] | None = None,
    batch: int | None = None,
    per_position: bool = False,
) -> dict[str, int]:
    """Return the multiplications of each submodule for one sample, by torch's ``FlopCounterMode``.

    Keys are the paths of the submodules that multiply. A submodule's number includes those of the submodules
    that it calls; the whole module has the key ``root``. The arguments are those of ``count_module``, with
    which this shares the run on meta tensors and nothing else: the formulas are torch's. Torch's counter does
    not know what depends on the arguments, so that all numbers are divided by ``batch``, those of a product
    of two parameters, too.

    Counted are the products of convolutions, transposed ones included, and of matrix products (mm, addmm,
    bmm, baddbmm and torch's fused attention). Torch counts a product and its addition as 2 operations, so
    its numbers are halved. Not counted are products of a matrix and a single vector (mv, dot) and whatever
    works value by value: products with a scale, batch normalisation, averages, activations. As in
    ``count_module``, products with the zeros of a padding count; biases have no products.

    Raises:
        CountError: as for ``count_module``, but no operator is refused, and for a number of operations that
            cannot be halved and divided by ``batch``.

    Source: the formulas in ``torch.utils.flop_counter``.

    >>> from torch.nn import Conv2d, Flatten, Linear, ReLU, Sequential
    >>> module = Sequential(Conv2d(4, 6, 3, groups=2), ReLU(), Flatten(), Linear(96, 5))
    >>> flop_counter_multiplications(module, (4, 6, 6))
    {'root': 2208, '0': 1728, '3': 480}
    >>> flop_counter_multiplications(module, torch.zeros(32, 4, 6, 6), batch=32)
    {'root': 2208, '0': 1728, '3': 480}
    """
    values = (input_shape, *arguments) if input_shape is not None or kwargs is None else arguments
    given = given_to(checked(module), values, kwargs, batch)
    run = MetaRun(module, given, per_position=per_position)
    counter = FlopCounterMode(display=False)
    run.under(WithoutData(), counter)  # type: ignore[no-untyped-call]
    operations = {name: sum(calls.values()) for name, calls in counter.get_flop_counts().items()}
    products = {"root": _of_one_sample("root", operations.get("Global", 0), given.batch)}
    # Torch's names begin with the class of the whole module. To a submodule that has two places torch gives
    # the path of the last, count_module() that of the first.
    first = {id(part): path for path, part in run.modules.items()}
    for path, part in module.named_modules(remove_duplicate=False):
        name = f"{type(module).__name__}.{path}"
        if path and name in operations:
            products[first[id(part)]] = _of_one_sample(path, operations[name], given.batch)
    return products


def _of_one_sample(path: str, operations: int, batch: int) -> int:
    if operations % 2:
        raise CountError(
            f"Torch counts {operations} floating-point operations in {path!r}: an odd number cannot be twice "
            "the number of multiplications.",
            remedy="Count this module by count_module().",
        )
    multiplications = operations // 2
    if multiplications % batch:
        raise CountError(
            f"Torch counts {multiplications:,} multiplications in {path!r}, which cannot be those of {batch} "
            "samples: some do not depend on the arguments.",
            remedy="Give one sample, or count this module by count_module().",
        )
    return multiplications // batch
