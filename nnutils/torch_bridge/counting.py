"""Counts of any torch module: run it once on tensors without data, and count each operator that it calls."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from nnutils.core.errors import CountError
from nnutils.core.worked import Worked, total
from nnutils.networks.base import Shape
from nnutils.networks.counting import COLUMNS, Counts, LayerCounts
from nnutils.torch_bridge.meta_run import MetaRun
from nnutils.torch_bridge.operators import MOVES, RULES, Call, Ledger, size_of

__all__ = ["count_module"]


def count_module(
    module: torch.nn.Module, input_shape: Sequence[int] | None = None, *, per_position: bool = False
) -> Counts:
    """Count units, parameters, connections and operations of a torch module, row by row, for one sample.

    ``input_shape`` leaves the batch out: (channels, height, width), (features,), or what the module takes. A
    batch is refused where the first layer that knows its number of features (Linear, Conv1d to 3d,
    BatchNorm1d to 3d) reads the input itself: it says how many axes one sample has. A Linear layer may work
    on each position of a sequence (length, features): then say so by ``per_position``.

    The module runs once on a batch of one, on meta tensors: these have shapes but no data, so the run takes
    neither the memory nor the time of a real one. Afterwards the caller's module is as it was: parameters,
    buffers, training flags, hooks, attributes. Its hooks do run.

    A row is a submodule that calls no other, under its path (``features.0``). An operator that a larger
    module calls by itself has a row ``<path>.<operator>``, such as ``block.add``, with a number where there
    are several; the module itself is ``root``. Work counts once per call; a parameter counts once, in the row
    that uses it first: as a weight where it multiplies, as a bias where it is added. Parameters that nothing
    uses have a row without work, so the total always is the sum of ``p.numel()`` over ``parameters()``.

    Raises:
        CountError: without an input shape; for a batch; for a shape on which the module fails; for an
            operator that has no rule, or whose work depends on chance or on the rest of the batch, such as
            dropout in training mode. The message names the operator and the submodule.

    >>> from torch.nn import Conv2d, Flatten, Linear, ReLU, Sequential
    >>> module = Sequential(Conv2d(4, 6, 3, groups=2), ReLU(), Flatten(), Linear(96, 5))
    >>> counts = count_module(module, (4, 6, 6))
    >>> print(counts.table("units", "weights", "biases", "connections"))
    layer  output     units  weights  biases  connections
    -----  ---------  -----  -------  ------  -----------
    0      6 x 4 x 4     96      108       6        1,728
    1      6 x 4 x 4      0        0       0            0
    2      96             0        0       0            0
    3      5              5      480       5          480
    -----  ---------  -----  -------  ------  -----------
    total               101      588      11        2,208
    >>> counts["0"].weights.work
    '6 · 2 · 3 · 3 = 108'
    """
    recorder = _Recorder(module, input_shape, per_position=per_position)
    recorder.under(_Operators(recorder))
    return recorder.counts()


@dataclass(frozen=True)
class _Event:
    """An operator that the module at ``path`` called, or, without an operator, the start of that module."""

    path: str
    operator: str = ""
    counts: LayerCounts = field(default_factory=LayerCounts)
    shape: Shape = ()


class _Recorder(MetaRun):
    """A run on meta tensors in which every operator is counted."""

    def __init__(
        self, module: torch.nn.Module, input_shape: Sequence[int] | None, *, per_position: bool
    ) -> None:
        super().__init__(module, input_shape, per_position=per_position)
        self._ledger = Ledger(self.parameters)
        self._events: list[_Event] = []
        self._callers: set[str] = set()
        self._shapes: dict[str, Shape] = {}

    def entered(self, path: str) -> None:
        self._callers.update(self.running[-1:])
        self._events.append(_Event(path))

    def left(self, path: str, output: object) -> None:
        tensors = [leaf for leaf in tree_leaves(output) if isinstance(leaf, torch.Tensor)]
        self._shapes[path] = _one_sample(tensors[0]) if tensors else ()

    def count(self, func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Count one operator, and return what it returns."""
        try:
            return self._count(func, args, kwargs)
        except CountError as error:
            where = f"{self.place()}, called with {_written(args)}"
            raise self.fail(CountError(error.problem, where=where, remedy=error.remedy)) from None

    def _count(self, func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        operator = func.overloadpacket.__name__.removesuffix("_")
        if func.namespace != "aten" or not (operator in MOVES or operator in RULES):
            raise _unknown(func)
        output = func(*args, **kwargs)
        if operator in RULES:
            given = {
                argument.name: args[i] if i < len(args) else kwargs.get(argument.name, argument.default_value)
                for i, argument in enumerate(func._schema.arguments)
            }
            call = Call(operator, given, tree_leaves(output)[0], self._ledger)
            if any(tensor.numel() == 0 for tensor in (call.output, *call.tensors)):
                raise CountError(f"aten.{operator} works on a tensor without values.")
            path = self.running[-1] if self.running else ""
            self._events.append(_Event(path, operator, RULES[operator](call), _one_sample(call.output)))
        return output

    def counts(self) -> Counts:
        """Put the events into rows, and add the parameters that no operator used."""
        began = {event.path for event in self._events}
        alone = began - self._callers
        if sum(not event.path and bool(event.operator) for event in self._events) > 1:
            alone.discard("")  # a whole network written with functions: a row for each of them
        several = Counter((event.path, event.operator) for event in self._events)
        taken = set(self.modules) | set(self._ledger.waiting)
        rows: dict[str, list[_Event]] = {}
        shapes: dict[str, Shape] = {}
        for event in self._events:
            path = event.path or "root"
            if event.path in alone:
                row, shape = path, self._shapes[event.path]
            elif event.operator:
                base = f"{path}.{event.operator}"
                plain = [] if several[event.path, event.operator] > 1 else [base]
                numbered = (f"{base}{number}" for number in itertools.count(1))
                row = next(name for name in itertools.chain(plain, numbered) if name not in taken)
                shape = event.shape
                taken.add(row)
            else:
                continue
            rows.setdefault(row, []).append(event)
            shapes[row] = shape
        for name, tensor in self._ledger.waiting.items():
            owner, _, last = name.rpartition(".")
            row = (owner or "root") if owner in alone or owner not in began else name
            column = "biases" if "bias" in last else "weights"
            unused = LayerCounts(**{column: size_of(tensor).named(column)})
            rows.setdefault(row, []).append(_Event(owner, last, unused))
            shapes.setdefault(row, ())
        return Counts({row: _together(events) for row, events in rows.items()}, shapes)


class _Operators(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Hands every operator that runs to a recorder."""

    def __init__(self, recorder: _Recorder) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._recorder = recorder

    def __torch_dispatch__(
        self, func: Any, types: object, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        return self._recorder.count(func, args, kwargs or {})


def _together(events: Sequence[_Event]) -> LayerCounts:
    """Add up what the calls of one row do, a term for each operator that contributes."""
    columns: dict[str, Worked] = {}
    for column in COLUMNS:
        if column != "parameters":
            terms = [(event.operator, event.counts[column]) for event in events if event.counts[column]]
            if len(terms) > 1:
                columns[column] = total([value.named(operator) for operator, value in terms], column)
            elif terms:
                columns[column] = terms[0][1]
    return LayerCounts(**columns)


def _one_sample(tensor: torch.Tensor) -> Shape:
    """Return the shape without the batch, where that is a batch of one."""
    shape = tuple(int(size) for size in tensor.shape)
    return shape[1:] if len(shape) > 1 and shape[0] == 1 else shape


def _written(args: object) -> str:
    shapes = [str(tuple(leaf.shape)) for leaf in tree_leaves(args) if isinstance(leaf, torch.Tensor)]
    return " and ".join(shapes) or "no tensor"


def _unknown(func: Any) -> CountError:
    name = f"{func.namespace}.{func.overloadpacket.__name__}"
    if torch.Tag.nondeterministic_seeded in func.tags:
        return CountError(
            f"{name} draws random numbers, so it is not part of a prediction.",
            remedy="Call .eval() on the module first, which switches dropout off; "
            "torch.nn.functional.dropout also needs training=self.training.",
        )
    return CountError(
        f"{name} has no counting rule.",
        remedy="Count the parts around it, or add a rule to nnutils.torch_bridge.operators.RULES.",
    )
