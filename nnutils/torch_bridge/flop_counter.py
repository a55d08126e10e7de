"""The multiplications of a torch module by torch's own counter of floating-point operations."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch.utils.flop_counter import FlopCounterMode

from nnutils.core.errors import CountError
from nnutils.torch_bridge.given import given_to
from nnutils.torch_bridge.meta_run import MetaRun, WithoutData, checked

__all__ = ["flop_counter_multiplications"]


def flop_counter_multiplications(
    module: torch.nn.Module, input_shape: Sequence[int] | None = None, *, per_position: bool = False
) -> dict[str, int]:
    """Return the multiplications of each submodule for one sample, by torch's ``FlopCounterMode``.

    Keys are the paths of the submodules that multiply. A submodule's number includes those of the submodules
    that it calls; the whole module has the key ``root``. For ``input_shape`` and ``per_position`` see
    ``count_module``, with which this shares the run on meta tensors and nothing else: the formulas are
    torch's.

    Counted are the products of convolutions, transposed ones included, and of matrix products (mm, addmm,
    bmm, baddbmm and torch's fused attention). Torch counts a product and its addition as 2 operations, so
    its numbers are halved. Not counted are products of a matrix and a single vector (mv, dot) and whatever
    works value by value: products with a scale, batch normalisation, averages, activations. As in
    ``count_module``, products with the zeros of a padding count; biases have no products.

    Raises:
        CountError: as for ``count_module``, but no operator is refused, and for an odd number of operations,
            which could not be halved.

    Source: the formulas in ``torch.utils.flop_counter``.

    >>> from torch.nn import Conv2d, Flatten, Linear, ReLU, Sequential
    >>> module = Sequential(Conv2d(4, 6, 3, groups=2), ReLU(), Flatten(), Linear(96, 5))
    >>> flop_counter_multiplications(module, (4, 6, 6))
    {'root': 2208, '0': 1728, '3': 480}
    """
    given = given_to(checked(module), (input_shape,), None, None)
    run = MetaRun(module, given, per_position=per_position)
    counter = FlopCounterMode(display=False)
    run.under(WithoutData(), counter)  # type: ignore[no-untyped-call]
    operations = {name: sum(calls.values()) for name, calls in counter.get_flop_counts().items()}
    products = {"root": _halved("root", operations.get("Global", 0))}
    # Torch's names begin with the class of the whole module. To a submodule that has two places torch gives
    # the path of the last, count_module() that of the first.
    first = {id(part): path for path, part in run.modules.items()}
    for path, part in module.named_modules(remove_duplicate=False):
        name = f"{type(module).__name__}.{path}"
        if path and name in operations:
            products[first[id(part)]] = _halved(path, operations[name])
    return products


def _halved(path: str, operations: int) -> int:
    if operations % 2:
        raise CountError(
            f"Torch counts {operations} floating-point operations in {path!r}: an odd number cannot be twice "
            "the number of multiplications.",
            remedy="Count this module by count_module().",
        )
    return operations // 2
