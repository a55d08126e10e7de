"""Value by value: arithmetic, powers, comparisons, elementary functions, activations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import torch

from nnutils.core.worked import Worked
from nnutils.networks.counting import LayerCounts
from nnutils.torch_bridge.operators.call import Call, claimed, size_of, values, work

__all__ = ["FUNCTIONS", "PerValue", "addition", "clamp", "elu", "multiplication", "power", "with_product"]


@dataclass(frozen=True)
class PerValue:
    """A rule for an operator that works value by value: the same operations for each value of the output."""

    definition: str
    each: Mapping[str, int] = field(default_factory=dict)

    def __call__(self, call: Call) -> LayerCounts:
        """Count the operations; a parameter among the arguments is a weight."""
        numbers = values(call.output)
        columns = {name: numbers if times == 1 else times * numbers for name, times in self.each.items()}
        weights = claimed(call, size_of, *call.tensors)
        return work(weights=weights, **columns) if weights else work(**columns)


def addition(call: Call) -> LayerCounts:
    """1 addition for each value, and with a factor alpha 1 multiplication; a parameter added is a bias."""
    biases = claimed(call, size_of, *call.tensors)
    columns = {"additions": values(call.output)}
    if call["alpha"] != 1:
        scaled = call["self" if call.operator == "rsub" else "other"]
        columns["multiplications"] = size_of(scaled) if isinstance(scaled, torch.Tensor) else Worked(1)
    return work(biases=biases, **columns)


def multiplication(call: Call) -> LayerCounts:
    """1 multiplication for each value; a division is one by 1 / y. A parameter that multiplies is a weight.

    A plain number 1 multiplies nothing. A division that is rounded takes an evaluation more.
    """
    other = call.given.get("other")
    if isinstance(other, int | float) and other == 1 and not call.given.get("rounding_mode"):
        call.ledger.follow(call["self"], call.output)
        return LayerCounts()
    columns = {"weights": claimed(call, size_of, *call.tensors), "multiplications": values(call.output)}
    if call.given.get("rounding_mode"):
        columns["evaluations"] = values(call.output)
    return work(**columns)


def power(call: Call) -> LayerCounts:
    """x to a whole power n: n - 1 multiplications for each value, and one more for the division if n < 0.

    Any other exponent takes an evaluation, as for a square root, and so does one that is a tensor.
    """
    exponent, numbers = call["exponent"], values(call.output)
    weights = claimed(call, size_of, *call.tensors)
    if isinstance(exponent, torch.Tensor) or not isinstance(call["self"], torch.Tensor):
        return work(weights=weights, evaluations=numbers)
    if float(exponent) != int(exponent):
        return work(weights=weights, evaluations=numbers)
    steps = abs(int(exponent)) - (1 if exponent > 0 else 0)
    return work(weights=weights, multiplications=steps * numbers) if steps else work(weights=weights)


def clamp(call: Call) -> LayerCounts:
    """1 comparison for each value and each bound that is given."""
    bounds = sum(call.given.get(name) is not None for name in ("min", "max"))
    bounds += sum(call.given.get(name) is not None for name in ("min_val", "max_val"))
    return work(comparisons=bounds * values(call.output))


def elu(call: Call) -> LayerCounts:
    """x > 0 ? x : alpha · (exp(x) - 1): 1 comparison, 1 evaluation, 1 addition for each value.

    Each factor that is not 1, of alpha, scale and input scale, is a multiplication more: SELU and CELU
    have two.
    """
    numbers = values(call.output)
    alpha = float(call["alpha"])
    # CELU is ELU of x / alpha.
    inner = 1 / alpha if call.operator == "celu" else call["input_scale"]
    factors = sum(factor != 1 for factor in (alpha, inner, call.given.get("scale", 1)))
    columns = {"comparisons": numbers, "evaluations": numbers, "additions": numbers}
    if factors:
        columns["multiplications"] = factors * numbers
    return work(**columns)


def with_product(call: Call) -> LayerCounts:
    """x + value · y · z, or y / z: 1 addition and 1 multiplication; 1 more for a value that is not 1."""
    products = 1 if call["value"] == 1 else 2
    numbers = values(call.output)
    weights = claimed(call, size_of, *call.tensors)
    return work(weights=weights, additions=numbers, multiplications=products * numbers)


def _each(definition: str, **each: int) -> PerValue:
    return PerValue(definition, each)


_GELU = {
    "none": _each("x / 2 · (1 + erf(x / √2))", multiplications=3, additions=1, evaluations=1),
    "tanh": _each(
        "x / 2 · (1 + tanh(√(2/π) · (x + 0.044715 · x³)))", multiplications=6, additions=2, evaluations=1
    ),
}


def _gelu(call: Call) -> LayerCounts:
    """x / 2 · (1 + erf(x / √2)): 3 multiplications, 1 addition, 1 evaluation for each value.

    With approximate="tanh", x / 2 · (1 + tanh(√(2/π) · (x + 0.044715 · x³))): 6 multiplications, 2
    additions, 1 evaluation.
    """
    return _GELU[call["approximate"]](call)


def _softplus(call: Call) -> LayerCounts:
    """log(1 + exp(βx)) / β: 2 evaluations, 1 addition for each value, and 2 multiplications if β is not 1."""
    numbers = values(call.output)
    columns = {"evaluations": 2 * numbers, "additions": numbers}
    if call["beta"] != 1:
        columns["multiplications"] = 2 * numbers
    return work(**columns)


_COMPARED = (
    "eq ne lt le gt ge maximum minimum fmax fmin relu threshold abs sign clamp_min clamp_max "
    "isnan isinf isfinite isposinf isneginf hardshrink "
    "logical_and logical_or logical_xor logical_not heaviside"
)
_EVALUATED = (
    "tanh sigmoid exp exp2 expm1 log log2 log10 log1p sqrt rsqrt sin cos tan asin acos atan atan2 sinh cosh "
    "asinh acosh atanh erf erfc erfinv lgamma digamma floor ceil round trunc frac sinc logit hypot logaddexp "
    "logaddexp2 xlogy i0 special_entr fmod remainder"
)

FUNCTIONS: dict[str, Any] = {
    **dict.fromkeys(_COMPARED.split(), _each("1 comparison for each value", comparisons=1)),
    **dict.fromkeys(
        _EVALUATED.split(), _each("1 evaluation of an elementary function for each value", evaluations=1)
    ),
    **dict.fromkeys(("add", "sub", "rsub"), addition),
    **dict.fromkeys(("mul", "div"), multiplication),
    "pow": power,
    "neg": _each("0 - x", additions=1),
    "square": _each("x · x", multiplications=1),
    "reciprocal": _each("1 / x", multiplications=1),
    "lerp": _each("x + w · (y - x)", additions=2, multiplications=1),
    **dict.fromkeys(("addcmul", "addcdiv"), with_product),
    **dict.fromkeys(("hardtanh", "clamp"), clamp),
    "silu": _each("x · sigmoid(x)", multiplications=1, evaluations=1),
    "gelu": _gelu,
    "mish": _each("x · tanh(log(1 + exp(x)))", multiplications=1, additions=1, evaluations=3),
    "softplus": _softplus,
    **dict.fromkeys(("elu", "celu"), elu),
    "glu": _each("a · sigmoid(b), a and b the halves of x", multiplications=1, evaluations=1),
    "hardsigmoid": _each(
        "min(max(x + 3, 0), 6) / 6", additions=1, comparisons=2, multiplications=1
    ),
    "hardswish": _each(
        "x · min(max(x + 3, 0), 6) / 6", additions=1, comparisons=2, multiplications=2
    ),
    "leaky_relu": _each("x > 0 ? x : a · x", comparisons=1, multiplications=1),
    "_prelu_kernel": _each("x > 0 ? x : a · x", comparisons=1, multiplications=1),
    "log_sigmoid_forward": _each("log(sigmoid(x))", evaluations=2),
    "softshrink": _each("|x| > λ ? x ∓ λ : 0", comparisons=2, additions=1),
}  # fmt: skip
"""The rule of each operator that works value by value."""
