"""A module, random states and settings are as they were after a run, also where the run fails."""

from __future__ import annotations

import collections
import random
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn.modules import module as torch_module

from nnutils.core.errors import CountError
from nnutils.torch_bridge import count_module, flop_counter_multiplications, module_memory


class Slotted:
    """An object whose attributes stand in slots."""

    __slots__ = ("later", "seen", "step")

    def __init__(self) -> None:
        self.seen: list[int] = [1]
        self.step = 0


class Plain:
    def __init__(self) -> None:
        self.history = {"all": [Slotted()]}


class Changing(nn.Module):
    """Changes what it holds, however deep, and everything around it."""

    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(3, 3)
        self.rows = [{"sums": torch.zeros(2), "names": ["a"]}]
        self.queue = collections.deque([torch.zeros(3)], maxlen=2)
        self.groups: Any = collections.defaultdict(list, {"a": [1]})
        self.order = collections.OrderedDict(first=1, second=2)
        self.known = {1, 2}
        self.bytes, self.array = bytearray(b"ab"), np.zeros(3)
        self.tuple, self.object, self.slotted = ([1], {"a": 1}), Plain(), Slotted()
        self.tensor = torch.ones(2)

    def forward(self, x: Tensor) -> Tensor:
        self.rows[0]["sums"] += 1
        self.rows[0]["names"].append("b")
        self.rows.append({})
        self.queue.append(x)
        self.queue.append(x)
        self.groups["new"].append(2)
        self.groups["a"].append(2)
        self.order.move_to_end("first")
        self.order["third"] = 3
        self.known.add(3)
        self.bytes.extend(b"c")
        self.array += 1
        self.tuple[0].append(2)
        self.tuple[1]["b"] = 2
        inner = self.object.history["all"][0]
        inner.seen.append(2)
        inner.step, inner.later = 1, 1
        del self.slotted.step
        self.slotted.seen = []
        self.tensor.requires_grad_()
        self.tensor.grad = torch.ones(2)
        self.tensor.note = "x"  # type: ignore[attr-defined]
        random.random()
        np.random.random()
        torch.manual_seed(7)
        torch.set_grad_enabled(not torch.is_grad_enabled())
        torch.set_default_dtype(torch.float64)
        self.train(not self.training)
        return self.linear(x)


def state(m: Changing) -> Any:
    inner = m.object.history["all"][0]
    slots = [{name: getattr(part, name, None) for name in Slotted.__slots__} for part in (inner, m.slotted)]
    return (
        [{"sums": row["sums"].tolist(), "names": list(row["names"])} for row in m.rows],
        [part.tolist() for part in m.queue], m.queue.maxlen, dict(m.groups), list(m.order.items()),
        set(m.known), bytes(m.bytes), m.array.tolist(), repr(m.tuple), repr(slots),
        m.tensor.tolist(), m.tensor.requires_grad, m.tensor.grad, vars(m.tensor), m.training,
        random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state().tolist(),
        torch.is_grad_enabled(), torch.get_default_dtype(), torch.is_inference_mode_enabled(),
    )  # fmt: skip


@pytest.mark.parametrize("shape", [(3,), (4,)])
@pytest.mark.parametrize("counter", [count_module, flop_counter_multiplications, module_memory])
@pytest.mark.parametrize("gradients", [True, False])
def test_everything_is_as_it_was(shape: tuple[int, ...], counter: Any, gradients: bool) -> None:
    module = Changing()
    held = module.rows, module.rows[0], module.rows[0]["sums"], module.queue, module.groups, module.slotted
    with torch.set_grad_enabled(gradients):
        before = repr(state(module))
        if shape == (3,):
            counter(module, shape)
        else:
            with pytest.raises(CountError):
                counter(module, shape)
        assert repr(state(module)) == before
    now = module.rows, module.rows[0], module.rows[0]["sums"], module.queue, module.groups, module.slotted
    assert all(a is b for a, b in zip(held, now, strict=True))
    module.groups["other"].append(1)  # still a defaultdict, and works
    assert not torch_module._global_forward_hooks and not torch_module._global_forward_pre_hooks


def test_a_run_in_inference_mode_and_modules_made_there() -> None:
    with torch.inference_mode():
        made = nn.Sequential(nn.Linear(3, 2), nn.LayerNorm(2))
        assert count_module(made, (3,)).total.macs == 6
        assert torch.is_inference_mode_enabled()
    assert count_module(made, (3,)).total.macs == 6
    assert made[0].weight.is_inference() and not made[0].weight.is_meta


class Raises(nn.Module):
    """Fails in its forward()."""

    def forward(self, x: Tensor) -> Tensor:
        raise KeyError("table")


def failing_hook(*given: object) -> None:
    raise ValueError("the hook failed")


def hooked(kind: str) -> nn.Module:
    module = nn.Sequential(nn.Linear(3, 2))
    getattr(module[0], f"register_forward_{kind}")(failing_hook)
    return module


@pytest.mark.parametrize(
    ("module", "message"),
    [
        (hooked("pre_hook"), r"the hook failed\n  at '0' \(Linear\), .*in failing_hook\(\), line"),
        (hooked("hook"), r"the hook failed\n  at 'root' .*in failing_hook\(\), line \d+ of test_k"),
        (nn.Sequential(Raises()), r"KeyError: 'table'\n  at '0' \(Raises\), .* \(1, 3\), in forward"),
        (nn.Sequential(nn.Linear(3, 2), nn.Linear(3, 2)), r"at '1' \(Linear\), which was given \(1, 2\)"),
        (nn.Sequential(nn.LazyLinear(2)), "'0.weight' has no shape yet.\n.*Run the lazy module once"),
    ],
)  # fmt: skip
def test_the_place_of_a_failure_is_named(module: nn.Module, message: str) -> None:
    with pytest.raises(CountError, match=message):
        count_module(module, (3,))
    assert not torch_module._global_forward_hooks and not torch_module._global_forward_pre_hooks


def test_modules_on_other_devices_are_counted() -> None:
    assert count_module(nn.Linear(3, 2, device="meta"), (3,)).total.macs == 6
    mixed = nn.Sequential(nn.Linear(3, 2, device="meta"), nn.Linear(2, 2))
    assert count_module(mixed, torch.ones(1, 3)).total.macs == 10
    assert not mixed[1].weight.is_meta


def test_a_compiled_module_is_refused() -> None:
    class OptimizedModule(nn.Module):
        """As torch.compile names its modules."""

    with pytest.raises(CountError, match=r"compiled module cannot be counted.*\n.*made from"):
        count_module(nn.Sequential(OptimizedModule()), (3,))


def test_an_interrupted_run_leaves_the_module_alone() -> None:
    class Interrupted(Changing):
        def forward(self, x: Tensor) -> Tensor:
            super().forward(x)
            raise KeyboardInterrupt

    module = Interrupted()
    before = repr(state(module))
    with pytest.raises(KeyboardInterrupt):
        count_module(module, (3,))
    assert repr(state(module)) == before
