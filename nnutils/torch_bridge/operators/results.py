"""The counts of calls, each worked out once: a network makes the same call with many parameters."""

from __future__ import annotations

from typing import Any

import torch

from nnutils.networks.counting import LayerCounts
from nnutils.torch_bridge.operators.call import Call, Ledger
from nnutils.torch_bridge.operators.table import RULES

__all__ = ["Results"]


class Results:
    """What the rules found in one run, by all that a rule can see of a call."""

    def __init__(self, ledger: Ledger) -> None:
        """Begin with nothing; the ledger is that of the run."""
        self._ledger = ledger
        self._found: dict[Any, tuple[LayerCounts, list[int]]] = {}

    def of(self, call: Call) -> LayerCounts:
        """Return the counts of a call, and cross the parameters that it uses off the ledger."""
        key, parameters = self._signature(call)
        if key is None:
            return RULES[call.operator](call)
        waiting = self._ledger.waiting
        found = self._found.get(key)
        if found is None:
            counts = RULES[call.operator](call)
            # Not every parameter is counted by the call that uses it: a query of attention is not.
            claimed = [i for i, name in enumerate(parameters) if name and name not in waiting]
            self._found[key] = counts, claimed
            return counts
        counts, claimed = found
        for i in claimed:
            waiting.pop(parameters[i] or "", None)
        return counts

    def _signature(self, call: Call) -> tuple[Any, list[str | None]]:
        """Return what a rule can see of a call, and the parameters among its tensors that are not counted.

        A parameter appears by its whole shape, and by its first place among the tensors. Calls with lists of
        tensors, as recurrent layers make, have no signature and are worked out each time.
        """
        parts: list[Any] = [call.operator, call.output.shape]
        names: list[str | None] = []
        for value in call.given.values():
            if isinstance(value, torch.Tensor):
                name = self._ledger.parameter(value)
                whole = None if name is None else self._ledger.waiting[name].shape
                first = None if name is None else names.index(name) if name in names else len(names)
                names.append(name)
                parts.append((value.shape, value.dtype, whole, first))
            elif isinstance(value, list | tuple):
                if any(isinstance(part, torch.Tensor) for part in value):
                    return None, names
                parts.append(tuple(value))
            else:
                parts.append((type(value), value))  # 1 and 1.0 and True are equal
        return tuple(parts), names
