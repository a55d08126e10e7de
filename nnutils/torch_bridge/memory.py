"""Activation memory of any torch module: what its operators make, and how much of it is alive at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch.multiprocessing.reductions import StorageWeakRef
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map_only

from nnutils.networks.memory import ActivationMemory, Tally, bytes_of
from nnutils.torch_bridge.given import Given, given_to
from nnutils.torch_bridge.meta_run import MetaRun, checked, on_meta

__all__ = ["module_memory"]


def module_memory(
    module: torch.nn.Module,
    input_shape: Any = None,
    *arguments: Any,
    kwargs: Mapping[str, Any] | None = None,
    batch: int | None = None,
    dtype: str | None = None,
) -> ActivationMemory:
    """Return the bytes of a module's activations, in total and at the peak of a forward run.

    The module runs once on meta tensors. A tensor that an operator makes is alive from then on until nothing
    in the run refers to it any more, nor to a view of it; the arguments are alive throughout. A view and work
    in place make no new tensor. What an operator such as attention uses inside is not counted. In ``total``
    each tensor that is made has its place, as if a backward pass kept all. Parameters and buffers are in
    neither number.

    ``dtype`` is that of all floating-point numbers; without it each tensor has its own. Indices and truth
    values have their own sizes. The bytes are those of the whole batch that is given: of one sample for a
    shape. For the arguments see ``count_module``.

    Raises:
        CountError: for a dtype that is not known, and for what ``count_module`` refuses, but for operators
            without a rule.

    >>> from torch.nn import Linear, ReLU, Sequential
    >>> memory = module_memory(Sequential(Linear(4, 8), ReLU(inplace=True), Linear(8, 2)), (4,))
    >>> memory.total.work, memory.peak.work, memory.at
    ('32 + 8 = 40', '16 + 32 + 8 = 56', '2')
    """
    each = None if dtype is None else bytes_of(dtype)
    values = (input_shape, *arguments) if input_shape is not None or kwargs is None else arguments
    given = given_to(checked(module), values, kwargs, batch)
    run = _Run(module, given, each)
    run.under(_Results(run), whole=True)
    return run.tally.memory()


class _Run(MetaRun):
    """A run that follows which tensors are alive."""

    def __init__(self, module: torch.nn.Module, given: Given, each: int | None) -> None:
        super().__init__(module, given, per_position=True)
        self.tally = Tally()
        self._each = each
        self._known: dict[int, StorageWeakRef] = {}
        for tensor in (*self.parameters.values(), *self.buffers.values()):
            self._known[_key(tensor)] = StorageWeakRef(tensor.untyped_storage())  # type: ignore[no-untyped-call]
        for leaf in tree_leaves((given.args, given.kwargs)):
            if isinstance(leaf, torch.Tensor):
                self.made(leaf, given=True)

    def made(self, tensor: torch.Tensor, *, given: bool = False) -> None:
        """Take note of a tensor that an operator returned, if its values are new."""
        key = _key(tensor)
        if key in self._known or not tensor.numel():
            return
        self._known[key] = StorageWeakRef(tensor.untyped_storage())  # type: ignore[no-untyped-call]
        floating = tensor.is_floating_point()
        each = self._each if floating and self._each else tensor.element_size()
        values = tensor.untyped_storage().nbytes() // tensor.element_size()
        name = "input" if given else (self.running[-1] if self.running else "") or "root"
        self.tally.made(key, name, values, each, given=given)

    def clear(self) -> None:
        """Take note of the tensors that are gone."""
        for key in self.tally.alive():
            if self._known[key].expired():  # type: ignore[no-untyped-call]
                self.tally.freed(key)
                del self._known[key]


class _Results(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Hands what every operator returns to a run."""

    def __init__(self, run: _Run) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._run = run

    def __torch_dispatch__(
        self, func: Any, types: object, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        args, kwargs = tree_map_only(torch.Tensor, on_meta, (args, kwargs or {}))
        self._run.clear()
        output = func(*args, **kwargs)
        for leaf in tree_leaves(output):
            if isinstance(leaf, torch.Tensor):
                self._run.made(leaf)
        return output


def _key(tensor: torch.Tensor) -> int:
    return int(tensor.untyped_storage()._cdata)
