"""A run in which every operator is counted, and the rows into which the counts are put."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map, tree_map_only

from nnutils.core.errors import CountError
from nnutils.core.worked import Worked
from nnutils.networks.base import Shape
from nnutils.networks.counting import LayerCounts
from nnutils.torch_bridge.given import Given
from nnutils.torch_bridge.meta_run import MetaRun, on_meta
from nnutils.torch_bridge.module_counts import ModuleCounts, NotCounted
from nnutils.torch_bridge.operators import COPIES, MOVES, RULES, WHOLE, Call, Ledger, size_of
from nnutils.torch_bridge.operators.call import joined, storage_of
from nnutils.torch_bridge.operators.results import Results

__all__ = ["Recorder"]

_PROCESSOR = torch.device("cpu")
_WORK = ("units", "connections", "multiplications", "additions", "comparisons", "evaluations", "macs")


@dataclass(frozen=True, slots=True)
class _Event:
    """An operator that the module at ``path`` called, or, without an operator, the start of that module."""

    path: str
    operator: str = ""
    counts: LayerCounts = field(default_factory=LayerCounts)
    shape: Shape = ()


class _Kind(NamedTuple):
    """What is known about an operator of torch: how it is taken, and its arguments with their defaults."""

    name: str
    taken: str
    arguments: tuple[tuple[str, Any], ...]


_KINDS: dict[Any, _Kind] = {}


def _kind(func: Any) -> _Kind:
    """Return how an operator is taken: counted by its rule, moved, split into others, or not known."""
    name = func.overloadpacket.__name__.removesuffix("_")
    splits = torch._C._dispatch_has_kernel_for_dispatch_key(func.name(), "CompositeImplicitAutograd")
    if func.namespace != "aten":
        taken = "split" if splits else "unknown"
    elif name in RULES and (name in WHOLE or not splits):
        taken = "counted"
    elif name in MOVES:
        taken = "copied" if name in COPIES else "moved"
    else:
        taken = "split" if splits else "unknown"
    arguments = tuple((argument.name, argument.default_value) for argument in func._schema.arguments)
    return _KINDS.setdefault(func, _Kind(name, taken, arguments))


class Recorder(MetaRun):
    """A run on meta tensors in which every operator is counted."""

    def __init__(
        self, module: torch.nn.Module, given: Given, *, per_position: bool = False, partial: bool = False
    ) -> None:
        """Prepare the run; with ``partial``, what has no rule is noted and not refused."""
        super().__init__(module, given, per_position=per_position)
        self._partial = partial
        self._not_counted: Counter[NotCounted] = Counter()
        self._ledger = Ledger(self.parameters)
        self._events: list[_Event] = []
        self._callers: set[str] = set()
        self._shapes: dict[str, Shape] = {}
        self._results = Results(self._ledger)
        self._stale: dict[int, torch.Tensor] = {}  # data that an operator in place did not reach
        # In a batch of several samples: the storages that depend on the arguments, kept by the tensors.
        leaves = tree_leaves((given.args, given.kwargs)) if given.batch > 1 else []
        self._dependent = {storage_of(leaf): leaf for leaf in leaves if isinstance(leaf, torch.Tensor)}

    def record(self) -> None:
        """Run the module."""
        self.under(_Operators(self), whole=True)

    def entered(self, path: str) -> None:
        """Take note that a submodule starts."""
        self._callers.update(self.running[-1:])
        self._events.append(_Event(path))

    def left(self, path: str, output: object) -> None:
        """Take note of the shape of what a submodule returns."""
        tensors = [leaf for leaf in tree_leaves(output) if isinstance(leaf, torch.Tensor)]
        self._shapes[path] = self._one_sample(tensors[0]) if tensors else ()

    def operator(self, mode: TorchDispatchMode, func: Any, args: tuple[Any, ...], kwargs: Any) -> Any:
        """Count one operator, and return what it returns."""
        try:
            if _has_data(args) or kwargs and _has_data(tuple(kwargs.values())):
                args, kwargs = self._without_data(func, args, kwargs)
            kind = _KINDS.get(func) or _kind(func)
            if kind.taken == "split":
                # The mode is off while it works, and has to hear of the parts.
                with mode:
                    return func.decompose(*args, **kwargs)
            return self._taken(kind, func, args, kwargs)
        except CountError as error:
            if self._failure is error:
                raise
            where = f"{self.place()}, called with {_written((args, kwargs))}"
            raise self.fail(CountError(error.problem, where=where, remedy=error.remedy)) from None

    def _without_data(self, func: Any, args: Any, kwargs: Any) -> tuple[Any, Any]:
        """Return arguments on meta; indices and masks alone keep their data, as long as those are true.

        An operator that works in place gets none: its data may belong to the module.
        """
        tensors = [leaf for leaf in tree_leaves((args, kwargs)) if isinstance(leaf, torch.Tensor)]
        if not func._schema.is_mutable:
            if all(
                not (t.is_meta or t.is_floating_point() or t.is_complex() or storage_of(t) in self._stale)
                for t in tensors
            ):
                return tree_map(_from_meta, (args, kwargs))  # type: ignore[no-any-return]
        else:
            self._stale.update((storage_of(t), t) for t in tensors)
        return tree_map_only(torch.Tensor, self._on_meta, (args, kwargs))  # type: ignore[no-any-return]

    def _on_meta(self, tensor: torch.Tensor) -> torch.Tensor:
        """Return a tensor without its data, which depends on the arguments where that does."""
        without = on_meta(tensor)
        if storage_of(tensor) in self._dependent:
            self._dependent[storage_of(without)] = without
        return without

    def _taken(self, kind: _Kind, func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Run one operator that is not split, and count it."""
        with_data = _has_data(args)  # indices and masks alone: their values are known
        if not with_data and (kind.taken == "unknown" or kind.name == "index"):
            self._look_at(kind, func, args, kwargs)
        output = func(*args, **kwargs)
        first: Any = output if isinstance(output, torch.Tensor) else next(iter(tree_leaves(output)), None)
        depends = self.given.batch == 1 or self._follow(args, kwargs, output)
        if kind.taken == "copied":
            self._ledger.follow(args[0], first)
        elif (
            not with_data and kind.taken in ("counted", "unknown") and _has_real_numbers(args, kwargs, first)
        ):
            try:
                if kind.taken == "unknown":
                    raise _unknown(func)
                counts = self._counted(kind, args, kwargs, first)
                if self.given.batch > 1 and depends:
                    counts = self._per_sample(kind.name, counts)
            except CountError as error:
                if not self._partial:
                    raise
                self._note(func, args, kwargs, error.problem)
            else:
                path = self.running[-1] if self.running else ""
                self._events.append(_Event(path, kind.name, counts, self._one_sample(first)))
        return output

    def _counted(self, kind: _Kind, args: tuple[Any, ...], kwargs: dict[str, Any], first: Any) -> LayerCounts:
        given = {
            name: args[i] if i < len(args) else kwargs.get(name, default)
            for i, (name, default) in enumerate(kind.arguments)
        }
        call = Call(kind.name, given, first, self._ledger)
        if kind.name not in ("cat", "stack") and any(not t.numel() for t in (call.output, *call.tensors)):
            raise CountError(f"aten.{kind.name} works on a tensor without values.")
        return self._results.of(call)

    def _look_at(self, kind: _Kind, func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Refuse an operator whose result is a value, or has a size that depends on values."""
        tags = func.tags
        sized = torch.Tag.dynamic_output_shape in tags
        if kind.name == "index":
            sized = any(leaf.dtype == torch.bool for leaf in args[1] if leaf is not None)
        if sized or torch.Tag.data_dependent_output in tags:
            what = "has a size that depends on values" if sized else "asks for a value"
            raise CountError(
                f"aten.{kind.name} {what}, and the run has shapes but no data: what follows depends on the "
                "input.",
                remedy="Count the part before, or write forward() so that it looks at shapes only: "
                "no .item(), no if on a tensor, no selection by a mask.",
            )
        if kind.taken != "unknown":
            return
        if torch.Tag.nondeterministic_seeded in tags and not self._partial:
            raise _unknown(func)
        if not self._partial and any(
            isinstance(leaf, torch.Tensor) and leaf.is_floating_point()
            for leaf in tree_leaves((args, kwargs))
        ):
            raise _unknown(func)  # before it runs: it may fail on meta tensors

    def _follow(self, args: object, kwargs: object, output: object) -> bool:
        """Return whether an operator depends on the arguments, and keep that its output does."""
        tensors = [leaf for leaf in tree_leaves((args, kwargs)) if isinstance(leaf, torch.Tensor)]
        if not any(storage_of(tensor) in self._dependent for tensor in tensors):
            return False
        for leaf in tree_leaves(output):
            if isinstance(leaf, torch.Tensor):
                self._dependent[storage_of(leaf)] = leaf
        return True

    def _per_sample(self, operator: str, counts: LayerCounts) -> LayerCounts:
        batch = Worked(self.given.batch, "batch")
        columns = {}
        for column in _WORK:
            value: Worked = getattr(counts, column)
            if value:
                columns[column] = (value / batch).named(column)
                if not isinstance(columns[column].value, int):
                    raise CountError(
                        f"aten.{operator} has {int(value):,} {column}, which a batch of {batch} does not "
                        "divide.",
                        remedy="Give batch the number of samples in the arguments, or count one sample.",
                    )
        return replace(counts, **columns)

    def _note(self, func: Any, args: object, kwargs: object, why: str) -> None:
        shapes = tuple(
            tuple(leaf.shape) for leaf in tree_leaves((args, kwargs)) if isinstance(leaf, torch.Tensor)
        )
        name = f"{func.namespace}.{func.overloadpacket.__name__}"
        where = (self.running[-1] if self.running else "") or "root"
        self._not_counted[NotCounted(name, where, shapes, 1, why)] += 1

    def _one_sample(self, tensor: torch.Tensor) -> Shape:
        """Return the shape without the batch, where that stands in front."""
        shape = tuple(tensor.shape)
        return shape[1:] if len(shape) > 1 and shape[0] == self.given.batch else shape

    def counts(self) -> ModuleCounts:
        """Put the events into rows, and add the parameters that no operator used."""
        began = {event.path for event in self._events}
        alone = began - self._callers
        if sum(not event.path and bool(event.operator) for event in self._events) > 1:
            alone.discard("")  # a whole network written with functions: a row for each of them
        several = Counter((event.path, event.operator) for event in self._events)
        taken = set(self.modules) | set(self._ledger.waiting)
        numbers: dict[str, itertools.count[int]] = {}
        rows: dict[str, list[_Event]] = {}
        shapes: dict[str, Shape] = {}
        for event in self._events:
            path = event.path or "root"
            if event.path in alone:
                row, shape = path, self._shapes[event.path]
            elif event.operator:
                base = f"{path}.{event.operator}"
                plain = [] if several[event.path, event.operator] > 1 else [base]
                following = numbers.setdefault(base, itertools.count(1))
                numbered = (f"{base}{number}" for number in following)
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
        return ModuleCounts(
            {row: _together(events) for row, events in rows.items()},
            shapes,
            [replace(part, times=times) for part, times in self._not_counted.items()],
        )


class _Operators(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Hands every operator that runs to a recorder."""

    def __init__(self, recorder: Recorder) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._recorder = recorder

    def __torch_dispatch__(
        self, func: Any, types: object, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        return self._recorder.operator(self, func, args, kwargs or {})


def _together(events: Sequence[_Event]) -> LayerCounts:
    """Add up what the calls of one row do, a term for each operator that contributes."""
    working = [event for event in events if event.operator]
    if len(working) == 1:
        return working[0].counts
    return joined([(event.operator, event.counts) for event in working])


def _has_data(args: tuple[Any, ...]) -> bool:
    """Return whether a tensor with data is among the arguments of an operator."""
    for given in args:
        if isinstance(given, torch.Tensor):
            if not given.is_meta:
                return True
        elif isinstance(given, list | tuple) and _has_data(tuple(given)):
            return True
    return False


def _has_real_numbers(args: object, kwargs: object, first: object) -> bool:
    """Return whether an operator works with real numbers, and not with indices and truth values alone."""
    if isinstance(first, torch.Tensor) and first.is_floating_point():
        return True
    return any(
        isinstance(leaf, torch.Tensor) and (leaf.is_floating_point() or leaf.is_complex())
        for leaf in tree_leaves((args, kwargs))
    )


def _from_meta(given: Any) -> Any:
    """Return an argument of an operator, with the processor in the place of the device without data."""
    return _PROCESSOR if isinstance(given, torch.device) and given.type == "meta" else given


def _written(given: object) -> str:
    shapes = [str(tuple(leaf.shape)) for leaf in tree_leaves(given) if isinstance(leaf, torch.Tensor)]
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
        remedy="Count the parts around it with partial=True, which lists it, or add a rule to "
        "nnutils.torch_bridge.operators.RULES.",
    )
