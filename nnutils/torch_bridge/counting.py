"""Counts of any torch module: run it once on tensors without data, and count each operator that it calls."""

from __future__ import annotations

import copy
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import torch
from torch.nn.modules.module import register_module_forward_hook, register_module_forward_pre_hook
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map_only

from nnutils.core.errors import CountError, SizeError
from nnutils.core.worked import Worked, total
from nnutils.networks.base import Shape
from nnutils.networks.checks import whole
from nnutils.networks.counting import COLUMNS, Counts, LayerCounts
from nnutils.torch_bridge.operators import MOVES, RULES, Call, Ledger, size_of

__all__ = [
    "count_module",
]


def count_module(module: torch.nn.Module, input_shape: Sequence[int] | None = None) -> Counts:
    """Count units, parameters, connections and operations of a torch module, row by row, for one sample.

    ``input_shape`` leaves the batch out: (channels, height, width), (features,), or what the module takes.
    The module runs once on a batch of one, on meta tensors: these have shapes but no data, so the run takes
    neither the memory nor the time of a real one. Afterwards the caller's module is as it was: parameters,
    buffers, training flags, hooks, attributes. Its hooks do run.

    A row is a submodule that calls no other, under its path (``features.0``). An operator that a larger
    module calls by itself has a row ``<path>.<operator>``, such as ``block.add``, with a number where there
    are several; the module itself is ``root``. Work counts once per call; a parameter counts once, in the row
    that uses it first: as a weight where it multiplies, as a bias where it is added. Parameters that nothing
    uses have a row without work, so the total always is the sum of ``p.numel()`` over ``parameters()``.

    Raises:
        CountError: without an input shape; for a shape on which the module fails; for an operator that has no
            rule, or whose work depends on chance or on the rest of the batch, such as dropout in training
            mode. The message names the operator and the submodule.

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
    shape = _checked(module, input_shape)
    # In inference mode torch does not split composite operators such as linear; elsewhere it always does.
    with torch.inference_mode(False):
        recorder = _run(module, shape)
    if recorder.failure is not None:
        raise recorder.failure.with_traceback(None)
    return recorder.counts()


def _run(module: torch.nn.Module, shape: Shape) -> _Recorder:
    """Run the module once on a sample without data and return the record, which may hold a failure."""
    parameters = {name: _without_data(name, tensor) for name, tensor in module.named_parameters()}
    state = parameters | {name: _without_data(name, tensor) for name, tensor in module.named_buffers()}
    dtype = next((t.dtype for t in state.values() if t.is_floating_point()), torch.get_default_dtype())
    sample = torch.empty((1, *shape), dtype=dtype, device="meta")
    recorder = _Recorder(module, Ledger(parameters))
    with _left_as_it_was(module), recorder.following():
        try:
            with recorder:
                torch.func.functional_call(module, state, (sample,))
        except Exception as error:
            # A module may have caught the first error and stumbled later: the first one is the reason.
            recorder.failure = recorder.failure or CountError(
                f"The module failed on an input of shape {tuple(sample.shape)}, a batch of one sample: "
                f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no message'}",
                where=recorder.place(),
                remedy="input_shape is the shape of one sample without the batch, such as (3, 224, 224). "
                "The run has shapes but no data, so forward() cannot look at values.",
            )
    return recorder


def _checked(module: object, input_shape: object) -> Shape:
    if not isinstance(module, torch.nn.Module):
        raise CountError(
            f"count_module() needs a torch.nn.Module, got {type(module).__name__}.",
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
    """Return a meta tensor of the same shape and kind, or say why there is none."""
    if torch.nn.parameter.is_lazy(tensor):
        raise CountError(f"{name!r} has no shape yet.", remedy="Run the lazy module once on real data.")
    if tensor.is_complex() or tensor.layout != torch.strided:
        raise CountError(f"{name!r} is {tensor.dtype}, {tensor.layout}; only dense real tensors are counted.")
    return torch.empty_like(tensor, device="meta", requires_grad=False)


@contextmanager
def _left_as_it_was(module: torch.nn.Module) -> Iterator[None]:
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


@dataclass(frozen=True)
class _Event:
    """An operator that the module at ``path`` called, or, without an operator, the start of that module."""

    path: str
    operator: str = ""
    counts: LayerCounts = field(default_factory=LayerCounts)
    shape: Shape = ()


class _Recorder(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Listens to every operator while a module runs, and knows which submodule is running."""

    def __init__(self, module: torch.nn.Module, ledger: Ledger) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.failure: CountError | None = None
        self._modules = dict(module.named_modules())
        self._paths = {id(part): path for path, part in self._modules.items()}
        self._ledger = ledger
        self._running: list[str] = []
        self._events: list[_Event] = []
        self._callers: set[str] = set()
        self._shapes: dict[str, Shape] = {}

    @contextmanager
    def following(self) -> Iterator[None]:
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

    def _enter(self, module: torch.nn.Module, args: object) -> None:
        path = self._paths.get(id(module))
        if path is not None:
            self._callers.update(self._running[-1:])
            self._running.append(path)
            self._events.append(_Event(path))

    def _leave(self, module: torch.nn.Module, args: object, output: object) -> None:
        if id(module) in self._paths:
            path = self._running.pop()
            tensors = [leaf for leaf in tree_leaves(output) if isinstance(leaf, torch.Tensor)]
            self._shapes[path] = _one_sample(tensors[0]) if tensors else ()

    def place(self) -> str:
        """Say which submodule is running."""
        path = self._running[-1] if self._running else ""
        return f"at {path or 'root'!r} ({type(self._modules[path]).__name__})"

    def __torch_dispatch__(
        self, func: Any, types: object, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Count one operator, run it on meta tensors, and hand on what it returns."""
        try:
            return self._call(func, args, kwargs or {})
        except CountError as error:
            where = f"{self.place()}, called with {_written(args)}"
            self.failure = self.failure or CountError(error.problem, where=where, remedy=error.remedy)
            raise self.failure from None

    def _call(self, func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        operator = func.overloadpacket.__name__.removesuffix("_")
        if func.namespace != "aten" or not (operator in MOVES or operator in RULES):
            raise _unknown(func)
        # Tensors that are neither parameters nor buffers have data; work in place must not reach it.
        args, kwargs = tree_map_only(torch.Tensor, _on_meta, (args, kwargs))
        output = func(*args, **kwargs)
        if operator in RULES:
            given = {
                argument.name: args[i] if i < len(args) else kwargs.get(argument.name, argument.default_value)
                for i, argument in enumerate(func._schema.arguments)
            }
            call = Call(operator, given, tree_leaves(output)[0], self._ledger)
            if any(tensor.numel() == 0 for tensor in (call.output, *call.tensors)):
                raise CountError(f"aten.{operator} works on a tensor without values.")
            path = self._running[-1] if self._running else ""
            self._events.append(_Event(path, operator, RULES[operator](call), _one_sample(call.output)))
        return output

    def counts(self) -> Counts:
        """Put the events into rows, and add the parameters that no operator used."""
        began = {event.path for event in self._events}
        alone = began - self._callers
        if sum(not event.path and bool(event.operator) for event in self._events) > 1:
            alone.discard("")  # a whole network written with functions: a row for each of them
        several = Counter((event.path, event.operator) for event in self._events)
        taken = set(self._modules) | set(self._ledger.waiting)
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


def _on_meta(tensor: torch.Tensor) -> torch.Tensor:
    if isinstance(tensor, torch.nn.Parameter):
        raise CountError(
            f"A parameter of shape {tuple(tensor.shape)} is used that the module does not know as its own.",
            remedy="Register it: as an attribute, or in a torch.nn.ParameterList instead of a plain list.",
        )
    return tensor if tensor.is_meta else torch.empty_like(tensor, device="meta")


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
