"""What a module is run on: shapes of one sample, or real arguments with the number of samples in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.utils._pytree import tree_leaves, tree_map_only

from nnutils.core.errors import CountError, SizeError
from nnutils.networks.base import Shape
from nnutils.networks.checks import whole

__all__ = ["Given", "given_to", "without_data"]

_EXAMPLE = "Give the shape of one sample without the batch: count(module, (3, 224, 224))."
_REAL = (
    "Give the shape of one sample, count(module, (3, 224, 224)), or tensors: count(module, tokens, "
    'kwargs={"attention_mask": mask}, batch=32).'
)


_MOST_KEPT = 1_000_000
"""Of how many indices or truth values the data are kept."""


@dataclass(frozen=True)
class Given:
    """The arguments of a run as tensors without data, and how many samples they hold.

    ``shapes`` are those of one sample, where shapes were given and no tensors.
    """

    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    batch: int
    shapes: tuple[Shape, ...] = ()

    def written(self) -> str:
        """Return the shapes of the arguments in words."""
        tensors = [leaf for leaf in tree_leaves((self.args, self.kwargs)) if isinstance(leaf, torch.Tensor)]
        names = " and ".join(str(tuple(tensor.shape)) for tensor in tensors)
        samples = "one sample" if self.batch == 1 else f"{self.batch} samples"
        if len(tensors) == 1 and self.shapes:
            return f"an input of shape {names}, a batch of {samples}"
        return f"{'tensors' if len(tensors) > 1 else 'a tensor'} of shape {names}, {samples}"


def given_to(
    module: nn.Module, values: tuple[Any, ...], kwargs: Mapping[str, Any] | None, batch: int | None
) -> Given:
    """Read what was given to a module.

    One sequence of whole numbers, or several, are shapes of one sample: inputs of floating-point numbers,
    with a batch in front. Everything else are arguments of ``forward()`` as they stand; one tuple holds
    all of them.

    Raises:
        CountError: for nothing, for what is neither a shape nor holds a tensor, for tensors that do not
            say how many samples they hold, and for a batch that none of them has room for.
    """
    if batch is not None:
        try:
            batch = whole("batch", batch, least=1)
        except SizeError as error:
            raise CountError(
                error.problem, remedy="batch is the number of samples in the arguments."
            ) from None
    if len(values) == 1 and isinstance(values[0], tuple) and values[0] and not _is_shape(values[0]):
        values = values[0]  # as torch.export and torch.onnx take them
    named = _named(kwargs)
    leaves = [leaf for leaf in tree_leaves((values, named)) if isinstance(leaf, torch.Tensor)]
    if leaves:
        return _real(values, named, leaves, batch)
    if named:
        raise CountError(
            f"There is no tensor in kwargs={named!r}.",
            remedy="Shapes are given by position; arguments by name have to come with tensors.",
        )
    if not values or values[0] is None:
        raise CountError("A torch module does not know the shape of its input.", remedy=_EXAMPLE)
    shapes = tuple(_shape(value, many=len(values) > 1) for value in values)
    dtype = next((t.dtype for t in _state(module) if t.is_floating_point()), torch.get_default_dtype())
    size = batch or 1
    samples = tuple(torch.empty((size, *shape), dtype=dtype, device="meta") for shape in shapes)
    return Given(samples, {}, size, shapes)


def _state(module: nn.Module) -> list[torch.Tensor]:
    return [*module.parameters(), *module.buffers()]


def _named(kwargs: Mapping[str, Any] | None) -> dict[str, Any]:
    if kwargs is None:
        return {}
    if not isinstance(kwargs, Mapping) or not all(isinstance(name, str) for name in kwargs):
        raise CountError(
            f"kwargs holds arguments by name, got {type(kwargs).__name__}.",
            remedy='Give a dict: count(module, tokens, kwargs={"attention_mask": mask}).',
        )
    return dict(kwargs)


def _is_shape(value: object) -> bool:
    """Return whether a value is a row of plain numbers: meant as a shape, if not always a possible one."""
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and bool(value)
        and all(isinstance(size, float) or _is_index(size) for size in value)
    )


def _is_index(size: object) -> bool:
    return hasattr(size, "__index__") and not isinstance(size, torch.Tensor)


def _shape(value: object, *, many: bool) -> Shape:
    if not _is_shape(value):
        raise CountError(
            f"An input shape is a sequence of sizes, got {value!r}.", remedy=_REAL if many else _EXAMPLE
        )
    assert isinstance(value, Sequence)
    try:
        return tuple(whole("each size of the input shape", size, least=1) for size in value)
    except SizeError as error:
        raise CountError(error.problem, where=f"in input_shape={value!r}", remedy=_EXAMPLE) from None


def _real(
    values: tuple[Any, ...], named: dict[str, Any], leaves: list[torch.Tensor], batch: int | None
) -> Given:
    """Take real arguments; how many samples they hold is said, or plainly one."""
    shapes = ", ".join(str(tuple(leaf.shape)) for leaf in leaves)
    leading = {leaf.shape[0] for leaf in leaves if leaf.dim()}
    if batch is None:
        if not leading <= {1}:
            largest = max(leading)
            raise CountError(
                f"Counts are for one sample, and tensors of shape {shapes} do not say how many samples "
                "they hold.",
                remedy=f"Say so: batch={largest} if that is their number, batch=1 if all is one sample.",
            )
        batch = 1
    if batch > 1 and not any(size == batch for leaf in leaves for size in leaf.shape):
        raise CountError(
            f"batch={batch}, but no tensor of shape {shapes} has an axis of that size.",
            remedy="batch is the number of samples in the arguments.",
        )
    with torch.inference_mode(False):
        args, kwargs = tree_map_only(torch.Tensor, _argument, (values, named))
    return Given(args, kwargs, batch)


def _argument(tensor: torch.Tensor) -> torch.Tensor:
    """Return an argument without its data; indices and masks keep theirs, since modules ask for them."""
    if tensor.is_floating_point() or tensor.is_complex() or tensor.is_meta or tensor.numel() > _MOST_KEPT:
        return without_data("an argument", tensor)
    return tensor.detach().to("cpu", copy=True)


def without_data(name: str, tensor: torch.Tensor) -> torch.Tensor:
    """Return a meta tensor of the same shape and kind.

    Raises:
        CountError: for a tensor for which there is none: without a shape yet, complex, or sparse.
    """
    if nn.parameter.is_lazy(tensor):
        raise CountError(f"{name!r} has no shape yet.", remedy="Run the lazy module once on real data.")
    if tensor.is_complex() or tensor.layout != torch.strided:
        raise CountError(
            f"{name!r} is {tensor.dtype}, {tensor.layout}, which is not counted.",
            remedy="Only dense tensors of real numbers are counted.",
        )
    return torch.empty_like(tensor, device="meta", requires_grad=False)
