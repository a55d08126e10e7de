"""One run of a torch module on meta tensors, which have shapes but no data; the module stays as it was."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import torch
from torch import nn
from torch.nn.modules.module import register_module_forward_hook, register_module_forward_pre_hook
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_map_only

from nnutils.core.errors import CountError, SizeError
from nnutils.networks.base import Shape
from nnutils.networks.checks import whole

__all__ = ["MetaRun"]

_SAMPLE_AXES: dict[type[nn.Module], tuple[str, int]] = {
    nn.Linear: ("in_features", 1),
    nn.Conv1d: ("in_channels", 2),
    nn.Conv2d: ("in_channels", 3),
    nn.Conv3d: ("in_channels", 4),
    nn.BatchNorm1d: ("num_features", 2),
    nn.BatchNorm2d: ("num_features", 3),
    nn.BatchNorm3d: ("num_features", 4),
}
"""What a layer calls its features, and how many axes, from that of the features on, one sample has for it."""


class MetaRun:
    """One run of a module on a batch of one sample without data.

    ``parameters`` are the module's parameters without data, under their names. A subclass may follow the run
    by ``entered`` and ``left``.

    Raises:
        CountError: for what is not a module, without an input shape, and for parameters without a shape.
    """

    def __init__(
        self, module: nn.Module, input_shape: Sequence[int] | None, *, per_position: bool = False
    ) -> None:
        """Check what can be checked before the run."""
        self.shape = _checked(module, input_shape)
        self.module, self.per_position = module, per_position
        with torch.inference_mode(False):  # a tensor made in inference mode would stay in it
            self.parameters = {name: _without_data(name, part) for name, part in module.named_parameters()}
            self.buffers = {name: _without_data(name, part) for name, part in module.named_buffers()}
        self.modules = dict(module.named_modules())
        self.running: list[str] = []
        self._paths = {id(part): path for path, part in self.modules.items()}
        self._failure: CountError | None = None
        self._reader_found = False

    def entered(self, path: str) -> None:
        """Take note that the submodule at a path starts; ``running`` holds its callers."""

    def left(self, path: str, output: object) -> None:
        """Take note that the submodule at a path has returned ``output``."""

    def under(self, mode: AbstractContextManager[Any]) -> None:
        """Run the module once, with a mode of torch that listens to its operators.

        Raises:
            CountError: if the module fails, with the first error of the run, or if a batch was given.
        """
        state = self.parameters | self.buffers
        dtype = next((t.dtype for t in state.values() if t.is_floating_point()), torch.get_default_dtype())
        sample = torch.empty((1, *self.shape), dtype=dtype, device="meta")
        # In inference mode torch does not split composite operators such as linear; elsewhere it always does.
        with (
            torch.inference_mode(False),
            torch.random.fork_rng(devices=[]),
            _left_as_it_was(self.module),
            self._following(),
        ):
            try:
                with _WithoutData(), mode:  # type: ignore[no-untyped-call]
                    torch.func.functional_call(self.module, state, (sample,))
            except Exception as error:
                self.fail(self._failed(error))
        if self._failure is not None:
            raise self._failure.with_traceback(None)

    def fail(self, error: CountError) -> CountError:
        """Keep the first error of the run and return it.

        A module may catch an error and fail later for another reason: the first one is the cause.
        """
        self._failure = self._failure or error
        return self._failure

    def _failed(self, error: Exception) -> CountError:
        first_line = str(error).splitlines()[0] if str(error) else "no message"
        return CountError(
            f"The module failed on an input of shape {(1, *self.shape)}, a batch of one sample: "
            f"{type(error).__name__}: {first_line}",
            where=self.place(),
            remedy="input_shape is the shape of one sample without the batch, such as (3, 224, 224). "
            "The run has shapes but no data, so forward() cannot look at values.",
        )

    def place(self) -> str:
        """Return which submodule is running, in words."""
        path = self.running[-1] if self.running else ""
        return f"at {path or 'root'!r} ({type(self.modules[path]).__name__})"

    @contextmanager
    def _following(self) -> Iterator[None]:
        """Follow which submodule runs, by hooks that belong to torch and not to the caller's module."""
        handles = [
            register_module_forward_pre_hook(self._enter),
            register_module_forward_hook(self._leave),
        ]
        try:
            yield
        finally:
            for handle in handles:
                handle.remove()

    def _enter(self, module: nn.Module, args: tuple[Any, ...]) -> None:
        path = self._paths.get(id(module))
        if path is not None:
            self.entered(path)
            self.running.append(path)
            if not self.per_position and not self._reader_found:
                self._refuse_batch(module, args)

    def _leave(self, module: nn.Module, args: object, output: object) -> None:
        if id(module) in self._paths:
            self.left(self.running.pop(), output)

    def _refuse_batch(self, module: nn.Module, args: tuple[Any, ...]) -> None:
        """Refuse an input with more axes than one sample has for the first layer that knows its features.

        Torch's Linear takes any number of axes in front of the features, so it would count a batch of 32
        samples as one sample. Later layers are not asked: what they read may have been given its shape by the
        module itself, such as an image cut into a sequence of patches.
        """
        found = next((known for kind, known in _SAMPLE_AXES.items() if isinstance(module, kind)), None)
        if found is None:
            return
        self._reader_found = True
        name, axes = found
        features = getattr(module, name)
        if isinstance(module, nn.BatchNorm1d) and len(self.shape) == 2 and self.shape[0] != features:
            axes = 1  # it takes (features,) as well as (features, length)
        unchanged = bool(args) and getattr(args[0], "shape", None) == (1, *self.shape)
        if not unchanged or len(self.shape) <= axes or self.shape[-axes] != features:
            return
        remedy = f"Leave the batch out: count(module, {self.shape[-axes:]})."
        if isinstance(module, nn.Linear):
            remedy += (
                f" If these are the {math.prod(self.shape[:-1])} positions of one sample, such as a "
                f"sequence, write count(module, {self.shape}, per_position=True)."
            )
        raise self.fail(
            CountError(
                f"The input shape {self.shape} includes a batch: with {name}={features}, one sample for this "
                f"{type(module).__name__} has the shape {self.shape[-axes:]}.",
                where=self.place(),
                remedy=remedy,
            )
        )


class _WithoutData(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Runs every operator on meta tensors: tensors that are neither parameters nor buffers have data."""

    def __torch_dispatch__(
        self, func: Any, types: object, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Run an operator so that work in place does not reach the data."""
        args, kwargs = tree_map_only(torch.Tensor, _on_meta, (args, kwargs or {}))
        return func(*args, **kwargs)


def _on_meta(tensor: torch.Tensor) -> torch.Tensor:
    if isinstance(tensor, nn.Parameter):
        raise CountError(
            f"A parameter of shape {tuple(tensor.shape)} is used that is not registered in the module.",
            remedy="Register it: as an attribute, or in a torch.nn.ParameterList instead of a plain list.",
        )
    return tensor if tensor.is_meta else torch.empty_like(tensor, device="meta")


def _checked(module: object, input_shape: object) -> Shape:
    if not isinstance(module, nn.Module):
        raise CountError(
            f"A torch.nn.Module is needed, got {type(module).__name__}.",
            remedy="A Network is counted by nnutils.count(network).",
        )
    if any(isinstance(part, torch.jit.ScriptModule) for part in module.modules()):
        raise CountError(
            "A scripted module cannot be counted: its operators run outside Python.",
            remedy="Count the module that it was made from.",
        )
    example = "Give the shape of one sample without the batch: count(module, (3, 224, 224))."
    if input_shape is None:
        raise CountError("A torch module does not know the shape of its input.", remedy=example)
    if not isinstance(input_shape, Sequence) or isinstance(input_shape, str) or not input_shape:
        raise CountError(f"An input shape is a sequence of sizes, got {input_shape!r}.", remedy=example)
    try:
        return tuple(whole("each size of the input shape", size, least=1) for size in input_shape)
    except SizeError as error:
        raise CountError(error.problem, where=f"in input_shape={input_shape!r}", remedy=example) from None


def _without_data(name: str, tensor: torch.Tensor) -> torch.Tensor:
    """Return a meta tensor of the same shape and kind, or refuse a tensor for which there is none."""
    if nn.parameter.is_lazy(tensor):
        raise CountError(f"{name!r} has no shape yet.", remedy="Run the lazy module once on real data.")
    if tensor.is_complex() or tensor.layout != torch.strided:
        raise CountError(
            f"{name!r} is {tensor.dtype}, {tensor.layout}, which is not counted.",
            remedy="Only dense tensors of real numbers are counted.",
        )
    return torch.empty_like(tensor, device="meta", requires_grad=False)


@contextmanager
def _left_as_it_was(module: nn.Module) -> Iterator[None]:
    """Put back, at the end, all attributes of the submodules, and the contents of lists, dicts and sets."""
    kept = [(vars(part), dict(vars(part))) for part in module.modules()]
    contents = [
        (value, copy.copy(value))
        for _, attributes in kept
        for value in attributes.values()
        if isinstance(value, list | dict | set)
    ]
    try:
        yield
    finally:
        for live, attributes in kept:
            live.clear()
            live.update(attributes)
        for value, before in contents:
            value.clear()
            if isinstance(value, list):
                value.extend(before)
            else:
                value.update(before)
