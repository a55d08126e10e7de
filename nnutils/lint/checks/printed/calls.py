"""The functions that code in a sheet may call and that are known here: of ``math``, of lists, of tensors."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from nnutils.lint.checks.printed.tensors import FUNCTIONS, Dual, Tensor, softmax

__all__ = ["OF_MATH", "UnknownError", "called", "items_of", "number_bound", "tensor_of"]

_MOST = 2_000
_counter = iter(range(1, 10**12))


class UnknownError(Exception):
    """A value that is not known."""


def number_bound(base: float, exponent: float) -> None:
    """Refuse a power that would be a very long number.

    Raises:
        UnknownError: for one of more than some thousand bits.
    """
    whole = isinstance(base, int) and isinstance(exponent, int)
    if whole and abs(exponent) * max(int(base).bit_length(), 1) > 4000:
        raise UnknownError


OF_MATH = frozenset(
    "floor ceil log2 log10 factorial comb perm gcd hypot atan sinh cosh isqrt cbrt trunc fabs log1p "
    "expm1".split()
)


def called(name: str, whole: Any, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
    """Return what a function, or a method of ``whole``, makes of its arguments.

    Raises:
        UnknownError: for a function that is not known, or arguments that it is not known for.

    >>> called("comb", None, [5, 2], {}), called("round", None, [2.46, 1], {})
    (10, 2.5)
    """
    if whole is not None:
        return _method(name, whole, given, named)
    if name in ("tensor", "array", "Tensor", "FloatTensor") and len(given) == 1:
        return _made(given[0], named)
    if name in ("softmax",) and len(given) >= 1 and isinstance(given[0], Tensor) and not given[0].scalar:
        return softmax(given[0])
    if named and set(named) != {"dim"} and set(named) != {"axis"}:
        raise UnknownError
    if name in ("sum", "mean") and len(given) == 1 and isinstance(given[0], Tensor):
        return given[0].sum() if name == "sum" else given[0].mean()
    if name in FUNCTIONS and len(given) == 1:
        return _function(name, given[0])
    if all(isinstance(one, int | float) for one in given):
        return _of_numbers(name, given)
    if name in ("sum", "max", "min", "len", "sorted", "list", "prod", "enumerate") and len(given) == 1:
        return _of_list(name, given[0])
    if name == "zip" and all(isinstance(one, list) for one in given):
        return [list(pair) for pair in zip(*given, strict=False)]
    raise UnknownError


def _made(value: Any, named: Mapping[str, Any]) -> Tensor:
    numbers = value if isinstance(value, list) else [value]
    if not numbers or not all(isinstance(one, int | float) for one in numbers):
        raise UnknownError
    if set(named) - {"requires_grad", "dtype"}:
        raise UnknownError
    scalar = not isinstance(value, list)
    if not named.get("requires_grad"):
        return Tensor(tuple(Dual(float(one)) for one in numbers), scalar)
    leaf = next(_counter)
    return Tensor(
        tuple(Dual(float(one), {(leaf, place): 1.0}) for place, one in enumerate(numbers)), scalar, leaf
    )


def _function(name: str, value: Any) -> Any:
    if isinstance(value, Tensor):
        return value.map(name)
    if isinstance(value, int | float):
        return abs(value) if name == "abs" else FUNCTIONS[name][0](value)
    raise UnknownError


def _of_numbers(name: str, given: Sequence[Any]) -> Any:
    if name == "range" and 1 <= len(given) <= 3 and all(isinstance(one, int) for one in given):
        numbers = range(*given)
        if len(numbers) > _MOST:
            raise UnknownError
        return list(numbers)
    if name in ("factorial", "comb", "perm") and any(abs(one) > 500 for one in given):
        raise UnknownError
    if name == "pow" and len(given) == 2:
        number_bound(*given)
        return given[0] ** given[1]
    if name == "log" and len(given) == 2:
        return math.log(*given)
    if name in ("round", "min", "max", "int", "float", "divmod"):
        of_numbers: dict[str, Callable[..., Any]] = {
            "round": round, "min": min, "max": max, "int": int, "float": float, "divmod": divmod,
        }  # fmt: skip
        made = of_numbers[name](*given)
        return list(made) if isinstance(made, tuple) else made
    if name in OF_MATH:
        return getattr(math, name)(*given)
    raise UnknownError


def _of_list(name: str, value: Any) -> Any:
    if isinstance(value, Tensor) and name == "len" and not value.scalar:
        return len(value.parts)
    if not isinstance(value, list):
        raise UnknownError
    if name == "len":
        return len(value)
    if name == "list":
        return list(value)
    if name == "enumerate":
        return [[place, one] for place, one in enumerate(value)]
    if not all(isinstance(one, int | float) for one in value):
        raise UnknownError
    of_list: dict[str, Callable[..., Any]] = {
        "sum": sum, "max": max, "min": min, "sorted": sorted, "prod": math.prod,
    }  # fmt: skip
    return of_list[name](value)


def _method(name: str, whole: Any, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
    if not isinstance(whole, Tensor):
        raise UnknownError
    if name == "item" and len(whole.parts) == 1:
        return whole.parts[0].value
    if name == "tolist" and not whole.scalar:
        return [one.value for one in whole.parts]
    if name in ("detach", "numpy", "float", "double", "clone", "cpu", "requires_grad_"):
        if name == "requires_grad_":
            raise UnknownError
        return (
            Tensor(tuple(Dual(one.value) for one in whole.parts), whole.scalar) if name == "detach" else whole
        )
    if name in ("sum", "mean") and not given and not whole.scalar:
        return whole.sum() if name == "sum" else whole.mean()
    if name == "softmax" and not whole.scalar:
        return softmax(whole)
    if name in FUNCTIONS and not given:
        return whole.map(name)
    raise UnknownError


def items_of(value: Any) -> Iterator[Any]:
    """Yield the items of a list or a vector.

    Raises:
        UnknownError: for anything else, and for a very long list.
    """
    if isinstance(value, Tensor) and not value.scalar:
        yield from (Tensor((one,), True) for one in value.parts)
    elif isinstance(value, list) and len(value) <= _MOST:
        yield from value
    else:
        raise UnknownError


def tensor_of(value: Any) -> Tensor:
    """Return a number as a tensor, and a tensor as it is.

    Raises:
        UnknownError: for anything else.
    """
    if isinstance(value, Tensor):
        return value
    if isinstance(value, int | float):
        return Tensor((Dual(float(value)),), True)
    raise UnknownError
