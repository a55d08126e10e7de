"""A module, the random states and the settings of torch as they were before a run, whatever the run did."""

from __future__ import annotations

import collections
import functools
import random
import types
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch import nn

__all__ = ["left_as_it_was"]

_PLAIN = (
    type(None), bool, int, float, complex, str, bytes, range, type, types.ModuleType, types.FunctionType,
    types.BuiltinFunctionType, types.MethodType, torch.dtype, torch.device, torch.Generator,
)  # fmt: skip
"""What a run cannot change, or what belongs to more than the module."""


_COMMON = frozenset((type(None), bool, int, float, str))
"""Most of what modules hold: quickly told apart from what a run can change."""


@contextmanager
def left_as_it_was(module: nn.Module) -> Iterator[None]:
    """Put back, at the end, what a run of the module can change.

    These are the attributes of all submodules with everything that they hold, however deep: lists, dicts,
    sets, deques, arrays, objects with attributes or slots, the flags and gradients of tensors; the random
    states of Python, NumPy and torch; torch's default dtype and whether gradients are on.

    >>> part = nn.Identity()
    >>> part.seen = [{"shapes": [1]}]
    >>> with left_as_it_was(part):
    ...     part.seen[0]["shapes"].append(2)
    ...     part.new = True
    >>> part.seen, hasattr(part, "new")
    ([{'shapes': [1]}], False)
    """
    kept = _Kept(module)
    states = random.getstate(), np.random.get_state()
    dtype, gradients = torch.get_default_dtype(), torch.is_grad_enabled()
    try:
        with torch.random.fork_rng(devices=[]):
            yield
    finally:
        kept.put_back()
        random.setstate(states[0])
        np.random.set_state(states[1])
        torch.set_default_dtype(dtype)
        torch.set_grad_enabled(gradients)


class _Kept:
    """What can be reached from a module's attributes, and what it held."""

    def __init__(self, module: nn.Module) -> None:
        # The most by far are dicts, empty ones above all, and parameters: they have lists of their own.
        self._empty: list[dict[Any, Any]] = []
        self._dicts: list[tuple[dict[Any, Any], list[tuple[Any, Any]]]] = []
        self._tensors: list[tuple[torch.Tensor, bool, torch.Tensor | None, dict[str, Any] | None]] = []
        self._steps: list[Callable[[], None]] = []
        done: set[int] = set()
        waiting: list[Any] = [module]
        while waiting:
            value = waiting.pop()
            if id(value) in done or isinstance(value, _PLAIN):
                continue
            done.add(id(value))
            if isinstance(value, dict):
                held: Iterable[Any] = self._keep_dict(value)
            elif isinstance(value, torch.Tensor):
                held = self._keep_tensor(value)
            else:
                held = self._keep(value)
            waiting += [part for part in held if type(part) not in _COMMON]

    def put_back(self) -> None:
        """Give everything what it held."""
        for empty in self._empty:
            if empty:
                _emptied(empty)
        for live, items in self._dicts:
            kind = _emptied(live)
            for key, value in items:
                kind.__setitem__(live, key, value)
        for tensor, needs, gradient, attributes in self._tensors:
            if tensor.is_leaf:
                if tensor.requires_grad != needs:
                    tensor.requires_grad_(needs)
                if tensor.grad is not gradient:
                    tensor.grad = gradient
            if attributes is not None or vars(tensor):
                vars(tensor).clear()
                vars(tensor).update(attributes or {})
        for step in self._steps:
            step()

    def _keep_dict(self, value: dict[Any, Any]) -> Iterable[Any]:
        if not value:
            self._empty.append(value)
            return ()
        self._dicts.append((value, list(value.items())))
        return value.values()

    def _keep_tensor(self, value: torch.Tensor) -> Iterable[Any]:
        attributes = dict(vars(value)) or None
        gradient = value.grad if value.is_leaf else None
        self._tensors.append((value, value.requires_grad, gradient, attributes))
        return attributes.values() if attributes else ()

    def _keep(self, value: Any) -> Iterable[Any]:
        """Note how one value is put back, and return what it holds."""
        held: list[Any] = []
        if isinstance(value, list | collections.deque):
            self._steps.append(_refill_row(value))
            held += value
        elif isinstance(value, tuple | frozenset):
            held += value
        elif isinstance(value, set):
            self._steps.append(_refill_set(value))
        elif isinstance(value, bytearray):
            self._steps.append(_refill_row(value))
        elif isinstance(value, np.ndarray) and value.flags.writeable:
            self._steps.append(_refill_array(value))
        attributes = getattr(value, "__dict__", None)
        if isinstance(attributes, dict):
            held.append(attributes)
        slots = _slots(type(value))  # type: ignore[arg-type]
        if slots:
            before = {name: getattr(value, name) for name in slots if hasattr(value, name)}
            self._steps.append(functools.partial(_fill_slots, value, slots, before))
            held += before.values()
        return held


def _emptied(live: dict[Any, Any]) -> Any:
    """Empty a dict and return the kind whose methods do so, without what a caller's class does on top."""
    kind = collections.OrderedDict if isinstance(live, collections.OrderedDict) else dict
    kind.clear(live)
    return kind


@functools.lru_cache(maxsize=1024)
def _slots(kind: Any) -> list[str]:
    """Return the names that a class and its parents keep in slots."""
    return [
        name
        for part in kind.__mro__
        for name, member in vars(part).items()
        if isinstance(member, types.MemberDescriptorType)
    ]


def _fill_slots(value: Any, slots: list[str], before: dict[str, Any]) -> None:
    for name in slots:
        if name in before:
            if getattr(value, name, None) is not before[name]:
                object.__setattr__(value, name, before[name])
        elif hasattr(value, name):
            object.__delattr__(value, name)


def _refill_row(live: Any) -> Callable[[], None]:
    before = list(live)

    def step() -> None:
        live.clear()
        live.extend(before)

    return step


def _refill_set(live: set[Any]) -> Callable[[], None]:
    before = set(live)

    def step() -> None:
        live.clear()
        live.update(before)

    return step


def _refill_array(live: Any) -> Callable[[], None]:
    before = live.copy()

    def step() -> None:
        live[...] = before

    return step
