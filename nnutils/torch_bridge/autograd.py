"""Gradients by torch's autograd in double precision, which shares no code with ``nnutils.autodiff``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import torch

from nnutils.core.errors import GradCheckError

__all__ = ["autograd_gradients"]


def autograd_gradients(
    function: Callable[..., torch.Tensor],
    inputs: Mapping[str, npt.ArrayLike],
    seed: npt.ArrayLike | None = None,
) -> dict[str, npt.NDArray[np.float64]]:
    """Return the gradient of ``function`` for each input, by torch's autograd in double precision.

    ``function`` takes tensors under the names of ``inputs`` and returns a tensor. Numbers and arrays go in,
    arrays of the same shapes come out. For an output y that is not a scalar, ``seed`` is its adjoint, an
    array of y's shape: the result is then the gradient of sum(seed * y).

    Raises:
        GradCheckError: if an input or the seed is not numeric, if the function fails, if its output is not a
            double-precision tensor or does not depend on one of the inputs, and if the seed has another shape
            than the output.

    >>> gradients = autograd_gradients(lambda x, w: (w * x).sum(), {"x": [1.0, 2.0], "w": 3})
    >>> gradients["x"], gradients["w"]
    (array([3., 3.]), array(3.))
    >>> autograd_gradients(lambda x: x**2, {"x": [1, 2]}, seed=[1, 10])["x"]
    array([ 2., 40.])
    """
    if not inputs:
        raise GradCheckError(
            "There is no input, so there is no gradient.", remedy='Give inputs, as in {"x": x}.'
        )
    # A caller may have switched gradients off; for the oracle they are on.
    with torch.inference_mode(False), torch.enable_grad():
        tensors = {name: _double(f"input {name!r}", given).requires_grad_() for name, given in inputs.items()}
        try:
            output = function(**tensors)
        except Exception as error:
            shapes = ", ".join(f"{name} {tuple(tensor.shape)}" for name, tensor in tensors.items())
            raise GradCheckError(
                f"The function failed on {shapes}: {type(error).__name__}: {error}",
                remedy="It takes torch tensors, by the names of the inputs, and computes with torch.",
            ) from error
        adjoint = _adjoint(output, seed)
        gradients = torch.autograd.grad(output, list(tensors.values()), adjoint, allow_unused=True)
    for name, gradient in zip(tensors, gradients, strict=True):
        if gradient is None:
            raise GradCheckError(
                f"The output does not depend on input {name!r} in a way that autograd can follow.",
                remedy="If it has no influence, leave it out of the inputs; otherwise avoid detach().",
            )
    return {name: gradient.numpy() for name, gradient in zip(tensors, gradients, strict=True)}


def _double(what: str, given: npt.ArrayLike) -> torch.Tensor:
    """Copy numbers into a double-precision tensor."""
    try:
        array = np.asarray(given)
    except ValueError as error:
        raise GradCheckError(
            f"The {what} is not an array: {error}.", remedy="Give rows of equal length."
        ) from None
    if array.dtype.kind not in "iuf":
        raise GradCheckError(
            f"The {what} must hold real numbers, got {array.dtype} in {given!r}.",
            remedy="Give integers or floats.",
        )
    # A copy in C order: torch cannot take an array with negative strides, such as x[::-1].
    return torch.tensor(np.array(array, dtype=np.float64, order="C"))


def _adjoint(output: object, seed: npt.ArrayLike | None) -> torch.Tensor:
    """Return the adjoint of the output, after a check that the output has one."""
    if not isinstance(output, torch.Tensor):
        raise GradCheckError(
            f"The function returned {type(output).__name__}, which is not a torch tensor.",
            remedy="Compute with torch, and do not convert the result.",
        )
    if output.dtype != torch.float64 or not output.requires_grad:
        raise GradCheckError(
            f"Autograd cannot follow the output ({output.dtype}) to the inputs in double precision.",
            remedy="Compute with the tensors given, without detach(), comparisons or a cast.",
        )
    if seed is None and output.dim():
        raise GradCheckError(
            f"The output has shape {tuple(output.shape)}, so there is no single gradient of it.",
            remedy="Return a scalar, or give the adjoint of the output as seed.",
        )
    adjoint = torch.ones_like(output) if seed is None else _double("seed", seed)
    if adjoint.shape != output.shape:
        raise GradCheckError(
            f"The seed has shape {tuple(adjoint.shape)}, but the output has {tuple(output.shape)}.",
            remedy="A seed holds one adjoint for each value of the output.",
        )
    return adjoint
