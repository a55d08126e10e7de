"""A module, the random states and the settings of torch as they were before a run, whatever the run did."""

from __future__ import annotations

import collections
import random
import types
from collections.abc import Callable, Iterator
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
    undo = _undo(module)
    states = random.getstate(), np.random.get_state()
    dtype, gradients = torch.get_default_dtype(), torch.is_grad_enabled()
    try:
        with torch.random.fork_rng(devices=[]):
            yield
    finally:
        for step in undo:
            step()
        random.setstate(states[0])
        np.random.set_state(states[1])
        torch.set_default_dtype(dtype)
        torch.set_grad_enabled(gradients)


def _undo(module: nn.Module) -> list[Callable[[], None]]:
    """Return what puts everything back that can be reached from the module's attributes."""
    undo: list[Callable[[], None]] = []
    done: set[int] = set()
    waiting: list[Any] = [module]
    while waiting:
        value = waiting.pop()
        if isinstance(value, _PLAIN) or id(value) in done:
            continue
        done.add(id(value))
        if type(value) is dict:  # by far the most
            if value:
                waiting.extend(value.values())
            undo.append(_refill_dict(value))
        else:
            waiting.extend(_kept(value, undo))
    return undo


def _kept(value: Any, undo: list[Callable[[], None]]) -> list[Any]:
    """Note how one value is put back, and return what it holds."""
    if isinstance(value, torch.Tensor):
        undo.append(_tensor_again(value))
        return list(vars(value).values())
    held: list[Any] = []
    if isinstance(value, dict):
        undo.append(_refill_dict(value))
        held += value.values()
    elif isinstance(value, list | collections.deque):
        undo.append(_refill_row(value))
        held += value
    elif isinstance(value, set | bytearray):
        undo.append(_refill_row(value) if isinstance(value, bytearray) else _refill_set(value))
    elif isinstance(value, tuple | frozenset):
        held += value
    elif isinstance(value, np.ndarray) and value.flags.writeable:
        undo.append(_refill_array(value))
    attributes = getattr(value, "__dict__", None)
    if isinstance(attributes, dict):
        held.append(attributes)
    slots = [name for kind in type(value).__mro__ for name in _slots(kind)]
    if slots:
        before = {name: getattr(value, name) for name in slots if hasattr(value, name)}
        undo.append(lambda: _fill_slots(value, slots, before))
        held += before.values()
    return held


def _slots(kind: type) -> list[str]:
    """Return the names that a class keeps in slots, as far as they can be set."""
    return [name for name, member in vars(kind).items() if isinstance(member, types.MemberDescriptorType)]


def _fill_slots(value: Any, slots: list[str], before: dict[str, Any]) -> None:
    for name in slots:
        if name in before:
            if getattr(value, name, None) is not before[name]:
                object.__setattr__(value, name, before[name])
        elif hasattr(value, name):
            object.__delattr__(value, name)


def _refill_dict(live: dict[Any, Any]) -> Callable[[], None]:
    before = list(live.items())
    # Of its own kind, without what a class of the caller's may do on top.
    kind = collections.OrderedDict if isinstance(live, collections.OrderedDict) else dict

    def step() -> None:
        kind.clear(live)
        for key, value in before:
            kind.__setitem__(live, key, value)

    return step


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


def _tensor_again(tensor: torch.Tensor) -> Callable[[], None]:
    needs, gradient = tensor.requires_grad, tensor.grad if tensor.is_leaf else None
    attributes = dict(vars(tensor))

    def step() -> None:
        if tensor.is_leaf:
            if tensor.requires_grad != needs:
                tensor.requires_grad_(needs)
            if tensor.grad is not gradient:
                tensor.grad = gradient
        if vars(tensor) != attributes:
            vars(tensor).clear()
            vars(tensor).update(attributes)

    return step
