"""Exact counts, sizes and derivatives of neural networks, each with its work shown.

The front door: the names below are the public ones, each loaded when it is first asked for. Importing this
package loads neither NumPy nor torch; the packages that need them (``numerics``, ``drawing``,
``torch_bridge``) are imported by their own names.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

    from nnutils import autodiff
    from nnutils.audit import Audit
    from nnutils.core import (
        ClaimError,
        ConstructionError,
        CountError,
        DrawingError,
        GradCheckError,
        NetworkError,
        NNUtilsError,
        SizeError,
        Table,
        TraceError,
        Worked,
        WorkedError,
    )
    from nnutils.networks import (
        AvgPool2d,
        BatchNorm2d,
        Concat,
        Conv2d,
        Counts,
        Flatten,
        LayerCounts,
        Linear,
        MaxPool2d,
        Network,
        ReLU,
        Residual,
        Sigmoid,
        Tanh,
        conv_output_size,
        conv_transpose_output_size,
        solve_conv,
    )

__version__ = "0.2.0.dev0"

__all__ = [
    "Audit",
    "AvgPool2d",
    "BatchNorm2d",
    "ClaimError",
    "Concat",
    "ConstructionError",
    "Conv2d",
    "CountError",
    "Counts",
    "DrawingError",
    "Flatten",
    "GradCheckError",
    "LayerCounts",
    "Linear",
    "MaxPool2d",
    "NNUtilsError",
    "Network",
    "NetworkError",
    "ReLU",
    "Residual",
    "Sigmoid",
    "SizeError",
    "Table",
    "Tanh",
    "TraceError",
    "Worked",
    "WorkedError",
    "__version__",
    "autodiff",
    "conv_output_size",
    "conv_transpose_output_size",
    "count",
    "solve_conv",
]


def count(
    network: Network | torch.nn.Module,
    input_shape: Any = None,
    *arguments: Any,
    kwargs: Mapping[str, Any] | None = None,
    batch: int | None = None,
    per_position: bool = False,
    partial: bool = False,
) -> Counts:
    """Count units, parameters, connections and operations, layer by layer, for one sample.

    A ``Network`` knows its input shape; for a torch module give it, without the batch, or give the
    tensors that ``forward()`` takes: all by position, others by name in ``kwargs``, and in ``batch`` how
    many samples they hold. ``per_position`` says that a Linear layer of a torch module works on each
    position of a sequence (length, features); ``partial``, that operators without a rule are listed
    instead of refused. For all of these see ``nnutils.torch_bridge.count_module``.

    Raises:
        CountError: for a layer or an operator without a counting rule, for a torch module without
            ``input_shape`` or with a batch in it, and for an ``input_shape`` that is not the network's own.

    >>> counts = count(Network((784,), [Linear(10, name="out")]))
    >>> counts["out"].parameters.work
    '7,840 + 10 = 7,850'
    """
    from nnutils import networks
    from nnutils.core.errors import CountError
    from nnutils.core.messages import shown

    options: dict[str, Any] = {
        "kwargs": kwargs,
        "batch": batch,
        "per_position": per_position,
        "partial": partial,
    }
    if isinstance(network, networks.Network):
        unlike = input_shape is not None and not _is_the_shape(input_shape, network.input_shape)
        if arguments or unlike:
            given = ", ".join(map(shown, (input_shape, *arguments)))
            raise CountError(
                f"count() was given the input shape {given}, but the network has {network.input_shape}.",
                remedy="Leave the shape out, or make a Network with the other shape.",
            )
        for name, value in options.items():
            if value is not None and value is not False:
                raise CountError(
                    f"count() was given {name}={shown(value)}, but a Network says itself what each layer "
                    "reads.",
                    remedy=f"Leave {name} out; it is for torch modules.",
                )
        return networks.count(network)
    # A torch module can only be given by somebody who has imported torch already.
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(network, torch.nn.Module):
        from nnutils.torch_bridge import count_module

        return count_module(network, input_shape, *arguments, **options)
    return networks.count(network)  # says what a count needs


def _is_the_shape(given: object, own: tuple[int, ...]) -> bool:
    """Return whether a shape is this one; arrays in it, which would not say so, are not."""
    if not isinstance(given, tuple | list) or len(given) != len(own):
        return False
    return all(not hasattr(size, "__array__") and size == mine for size, mine in zip(given, own, strict=True))


_ROOMS = {
    "nnutils.audit": ("Audit",),
    "nnutils.core": (
        "ClaimError",
        "ConstructionError",
        "CountError",
        "DrawingError",
        "GradCheckError",
        "NetworkError",
        "NNUtilsError",
        "SizeError",
        "Table",
        "TraceError",
        "Worked",
        "WorkedError",
    ),
    "nnutils.networks": (
        "AvgPool2d",
        "BatchNorm2d",
        "Concat",
        "Conv2d",
        "Counts",
        "Flatten",
        "LayerCounts",
        "Linear",
        "MaxPool2d",
        "Network",
        "ReLU",
        "Residual",
        "Sigmoid",
        "Tanh",
        "conv_output_size",
        "conv_transpose_output_size",
        "solve_conv",
    ),
}
"""The public names that are loaded when they are first asked for, by the room that they are in."""


def __getattr__(name: str) -> object:
    """Load a room when one of its names is first asked for: importing the package itself loads none."""
    if name in ("audit", "autodiff", "core", "networks"):
        return importlib.import_module(f"nnutils.{name}")
    for room, names in _ROOMS.items():
        if name in names:
            value = globals()[name] = getattr(importlib.import_module(room), name)
            return value
    raise AttributeError(f"module 'nnutils' has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *__all__})
