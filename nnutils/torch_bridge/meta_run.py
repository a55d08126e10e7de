"""One run of a torch module on meta tensors, which have shapes but no data; the module stays as it was."""

from __future__ import annotations

import math
import traceback
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn.modules.module import register_module_forward_hook, register_module_forward_pre_hook
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map_only

from nnutils.core.errors import CountError
from nnutils.torch_bridge.given import Given, without_data
from nnutils.torch_bridge.keeping import left_as_it_was

__all__ = ["MetaRun", "WithoutData", "checked", "on_meta"]

_SAMPLE_AXES: dict[type[nn.Module], tuple[str, int]] = {
    nn.Linear: ("in_features", 1),
    nn.Conv1d: ("in_channels", 2),
    nn.Conv2d: ("in_channels", 3),
    nn.Conv3d: ("in_channels", 4),
    nn.ConvTranspose1d: ("in_channels", 2),
    nn.ConvTranspose2d: ("in_channels", 3),
    nn.ConvTranspose3d: ("in_channels", 4),
    nn.BatchNorm1d: ("num_features", 2),
    nn.BatchNorm2d: ("num_features", 3),
    nn.BatchNorm3d: ("num_features", 4),
}
"""What a layer calls its features, and how many axes, from that of the features on, one sample has for it."""

_NOT_THE_USERS = tuple(str(Path(file).parent) for file in (torch.__file__, __file__))


def checked(module: object) -> nn.Module:
    """Return a module that can be run here.

    Raises:
        CountError: for what is not a module, and for modules that do not run in Python.
    """
    if not isinstance(module, nn.Module):
        raise CountError(
            f"A torch.nn.Module is needed, got {type(module).__name__}.",
            remedy="A Network is counted by nnutils.count(network).",
        )
    for part in module.modules():
        if isinstance(part, torch.jit.ScriptModule):
            raise CountError(
                "A scripted module cannot be counted: its operators run outside Python.",
                remedy="Count the module that it was made from.",
            )
        if type(part).__name__ == "OptimizedModule":
            raise CountError(
                "A compiled module cannot be counted: its operators run in compiled code.",
                remedy="Count the module that it was made from.",
            )
    return module


class MetaRun:
    """One run of a module on arguments without data.

    ``parameters`` are the module's parameters without data, under their names. A subclass may follow the run
    by ``entered`` and ``left``.

    Raises:
        CountError: for parameters without a shape.
    """

    def __init__(self, module: nn.Module, given: Given, *, per_position: bool = False) -> None:
        """Check what can be checked before the run."""
        self.module, self.given, self.per_position = module, given, per_position
        with torch.inference_mode(False):  # a tensor made in inference mode would stay in it
            self.parameters = {name: without_data(name, part) for name, part in module.named_parameters()}
            self.buffers = {name: without_data(name, part) for name, part in module.named_buffers()}
        self.modules = dict(module.named_modules())
        self.running: list[str] = []
        self._received: list[tuple[Any, ...]] = []
        self._paths = {id(part): path for path, part in self.modules.items()}
        self._failure: CountError | None = None
        self._reader_found = not given.shapes or per_position

    def entered(self, path: str) -> None:
        """Take note that the submodule at a path starts; ``running`` holds its callers."""

    def left(self, path: str, output: object) -> None:
        """Take note that the submodule at a path has returned ``output``."""

    def under(self, *modes: AbstractContextManager[Any], whole: bool = False) -> None:
        """Run the module once, with a mode of torch that listens to its operators.

        With ``whole`` the mode gets operators such as linear as they are called; otherwise torch splits them.

        Raises:
            CountError: if the module fails, with the first error of the run, or if a batch was given.
        """
        state = self.parameters | self.buffers
        # In inference mode torch does not split composite operators such as linear; elsewhere it always does.
        with left_as_it_was(self.module), self._following():
            try:
                with torch.inference_mode(whole), ExitStack() as stack:
                    for mode in modes:
                        stack.enter_context(mode)
                    torch.func.functional_call(self.module, state, self.given.args, self.given.kwargs)
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
        remedy = "The run has shapes but no data, so forward() cannot look at values."
        if self.given.shapes:
            example = "input_shape is the shape of one sample without the batch, such as (3, 224, 224). "
            remedy = example + remedy
        return CountError(
            f"The module failed on {self.given.written()}: {type(error).__name__}: {first_line}",
            where=f"{self.place()}{self._what_it_received()}{_line_of(error)}",
            remedy=remedy,
        )

    def place(self) -> str:
        """Return which submodule is running, in words."""
        path = self.running[-1] if self.running else ""
        return f"at {path or 'root'!r} ({type(self.modules[path]).__name__})"

    def _what_it_received(self) -> str:
        tensors = tree_leaves(self._received[-1]) if self._received else []
        shapes = [str(tuple(part.shape)) for part in tensors if isinstance(part, torch.Tensor)]
        return f", which was given {' and '.join(shapes)}" if shapes else ""

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
            self._received.append(args)
            if not self._reader_found:
                self._refuse_batch(module, args)

    def _leave(self, module: nn.Module, args: object, output: object) -> None:
        if id(module) in self._paths:
            self._received.pop()
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
        received = getattr(args[0], "shape", None) if args else None
        shape = next((shape for shape in self.given.shapes if received == (self.given.batch, *shape)), None)
        if shape is None:
            return
        if isinstance(module, nn.BatchNorm1d) and len(shape) == 2 and shape[0] != features:
            axes = 1  # it takes (features,) as well as (features, length)
        if len(shape) <= axes or shape[-axes] != features:
            return
        remedy = f"Leave the batch out: count(module, {shape[-axes:]})."
        if isinstance(module, nn.Linear):
            remedy += (
                f" If these are the {math.prod(shape[:-1])} positions of one sample, such as a "
                f"sequence, write count(module, {shape}, per_position=True)."
            )
        raise self.fail(
            CountError(
                f"The input shape {shape} includes a batch: with {name}={features}, one sample for this "
                f"{type(module).__name__} has the shape {shape[-axes:]}.",
                where=self.place(),
                remedy=remedy,
            )
        )


class WithoutData(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Runs every operator on meta tensors: tensors that are neither parameters nor buffers have data."""

    def __torch_dispatch__(
        self, func: Any, types: object, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Run an operator so that work in place does not reach the data."""
        args, kwargs = tree_map_only(torch.Tensor, on_meta, (args, kwargs or {}))
        return func(*args, **kwargs)


def on_meta(tensor: torch.Tensor) -> torch.Tensor:
    """Return a tensor without its data.

    Raises:
        CountError: for a parameter, which should have been known before the run.
    """
    if isinstance(tensor, nn.Parameter):
        raise CountError(
            f"A parameter of shape {tuple(tensor.shape)} is used that is not registered in the module.",
            remedy="Register it: as an attribute, or in a torch.nn.ParameterList instead of a plain list.",
        )
    return tensor if tensor.is_meta else torch.empty_like(tensor, device="meta")


def _line_of(error: Exception) -> str:
    """Return the last line of the caller's own code on the way to an error: in forward(), or in a hook."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not frame.filename.startswith((*_NOT_THE_USERS, "<"))
    ]
    if not frames:
        return ""
    return f", in {frames[-1].name}(), line {frames[-1].lineno} of {Path(frames[-1].filename).name}"
