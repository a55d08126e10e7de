"""Gradients by torch's autograd: right on worked examples, and clear about what has no gradient."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import torch

from nnutils.core.errors import GradCheckError
from nnutils.torch_bridge import autograd_gradients


def test_gradients_of_the_worked_example() -> None:
    gradients = autograd_gradients(lambda x1, x2: torch.log(x1) + x1 * x2 - torch.sin(x2), {"x1": 2, "x2": 5})
    # By hand: df/dx1 = 1/x1 + x2 and df/dx2 = x1 - cos x2; a few roundings, so 1e-15 relative.
    assert gradients["x1"] == pytest.approx(5.5, rel=1e-15)
    assert gradients["x2"] == pytest.approx(2 - np.cos(5.0), rel=1e-15)


def test_a_seed_gives_the_gradient_of_a_vector_output() -> None:
    a, x, seed = np.arange(6.0).reshape(2, 3), np.array([1.0, -1.0, 2.0]), np.array([2.0, -3.0])
    kept = a.copy(), x.copy(), seed.copy()
    with torch.no_grad():
        gradients = autograd_gradients(lambda a, x: a @ x, {"a": a[:, ::-1][:, ::-1], "x": x}, seed)
    np.testing.assert_array_equal(gradients["a"], np.outer(seed, x))
    np.testing.assert_array_equal(gradients["x"], a.T @ seed)
    assert gradients["x"].dtype == np.float64
    for array, before in zip((a, x, seed), kept, strict=True):
        np.testing.assert_array_equal(array, before)


@pytest.mark.parametrize(
    ("function", "inputs", "seed", "message"),
    [
        (lambda x: x * 2, {"x": [1, 2]}, None, r"shape \(2,\).*\n.*as seed"),
        (lambda x: x * 2, {"x": [1, 2]}, [1, 2, 3], r"seed has shape \(3,\), but the output has \(2,\)"),
        (lambda x: x * 2, {"x": 1}, "one", "seed must hold real numbers"),
        (lambda x: x, {"x": 1j}, None, "input 'x' must hold real numbers, got complex128"),
        (lambda x: x, {"x": [[1], [1, 2]]}, None, "input 'x' is not an array"),
        (lambda x: x.detach(), {"x": 1}, None, "cannot follow"),
        (lambda x: x.float(), {"x": 1}, None, r"torch.float32.*double precision"),
        (lambda x: 3.0, {"x": 1}, None, "returned float"),
        (lambda x, y: x * 2, {"x": 1, "y": 1}, None, "does not depend on input 'y'"),
        (lambda x: x @ x, {"x": [[1, 2, 3]]}, None, r"failed on x \(1, 3\): RuntimeError"),
        (lambda x: x, {"z": 1}, None, r"failed on z \(\): TypeError.*\n.*names of the inputs"),
        (lambda: torch.ones(()), {}, None, "no input"),
    ],
)
def test_what_has_no_gradient_is_refused(
    function: object, inputs: dict[str, object], seed: Sequence[int] | None, message: str
) -> None:
    with pytest.raises(GradCheckError, match=message):
        autograd_gradients(function, inputs, seed)  # type: ignore[arg-type]
