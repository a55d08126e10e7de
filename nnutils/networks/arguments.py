"""Calls that a layer does not understand: most are written as in torch.nn, so the error translates them."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from nnutils.core.errors import NetworkError, NNUtilsError
from nnutils.core.messages import shown
from nnutils.core.words import listed

__all__: list[str] = []

_READ_OFF = {
    "in_channels": "number of input channels",
    "in_features": "number of input features",
    "num_features": "number of channels",
}
"""What torch's layers are told and those of nnutils read off the layer before."""

_NOT_SPECIFIED = ("inplace", "return_indices")
"""Switches of torch's layers that change neither a size nor a count."""


def refuse_unknown_arguments(
    kind: type[Any], given: Sequence[object], settings: Mapping[str, object], torch_order: Sequence[str]
) -> None:
    """Compare a call ``kind(*given, **settings)`` with the arguments that the kind of layer takes.

    ``torch_order`` names the arguments of torch's layer of the same name in their order: the remedy writes
    the call as nnutils wants it. Arguments that are missing are left to Python, whose message says enough.

    Raises:
        NetworkError: for too many positional arguments, for one that is given twice, and for an unknown name.
    """
    if _understood(kind, given, settings):
        return
    signature = inspect.signature(kind.__init__)
    try:
        signature.bind_partial(None, *given, **settings)
        return
    except TypeError:
        pass
    parameters = list(signature.parameters.values())[1:]
    known = [p.name for p in parameters if p.kind is not p.VAR_POSITIONAL]
    positional = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    surplus = len(given) > len(positional) and not any(p.kind is p.VAR_POSITIONAL for p in parameters)
    unknown = [repr(name) for name in settings if name not in known]
    problem = _call(kind, given, settings)
    if surplus:
        number = f"{len(given)} argument{'' if len(given) == 1 else 's'}"
        taken = f"only {listed(positional)}" if positional else "none"
        problem += f" has {number} by position, but {kind.__name__} takes {taken} by position."
    elif unknown:
        problem += f" has {listed(unknown)}, which {kind.__name__} does not have."
    else:
        twice = [name for name in positional[: len(given)] if name in settings]
        problem += f" gives {listed(twice)} by position and by name."
    told = [_READ_OFF[name] for name in torch_order if name in _READ_OFF]
    if told:
        problem += f" In nnutils the {told[0]} is read off the layer before."
    raise NetworkError(
        problem, remedy=_remedy(kind, given, settings, known, positional, torch_order)
    ) from None


def _understood(kind: type[Any], given: Sequence[object], settings: Mapping[str, object]) -> bool:
    """Say quickly that a call is one of those that most layers are made by; False says nothing.

    What a kind takes is read off its signature once, and kept with the function that it was read off.
    """
    kept = _TAKEN.get(kind)
    if kept is None or kept[0] is not kind.__init__:
        kept = _TAKEN[kind] = (kind.__init__, *_taken(kind))
    _, positional, by_name = kept
    return (
        len(given) <= len(positional)
        and by_name.issuperset(settings)
        and (not settings or settings.keys().isdisjoint(positional[: len(given)]))
    )


_TAKEN: WeakKeyDictionary[type[Any], tuple[object, tuple[str, ...], frozenset[str]]] = WeakKeyDictionary()


def _taken(kind: type[Any]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the names of the arguments that a kind takes by position, and of those that it takes by name."""
    parameters = list(inspect.signature(kind.__init__).parameters.values())[1:]
    positional = tuple(p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD)
    return positional, frozenset(
        p.name for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)
    )


def _remedy(
    kind: type[Any],
    given: Sequence[object],
    settings: Mapping[str, object],
    known: Sequence[str],
    positional: Sequence[str],
    torch_order: Sequence[str],
) -> str:
    """Write the call as the layer takes it, or list what the layer takes."""
    as_in_torch = _readable(kind, _by_order(given, settings, torch_order), known)
    as_here = _readable(kind, _by_order(given, settings, known), known)
    if as_in_torch is None and as_here is None:
        return f"{kind.__name__} takes {listed(known) if known else 'no arguments'}."
    reading = as_here if as_in_torch is None else as_in_torch
    assert reading is not None
    positions = [name for name in positional if name in reading]
    by_name = {name: reading[name] for name in known if name in reading and name not in positions}
    call = _call(kind, [reading[name] for name in positions], by_name)
    if as_in_torch is None or as_here in (None, as_in_torch):
        return f"Write {call}."
    # Both orders make a layer: the reader, who knows which one was meant, is told which one was read.
    return f"If the order is torch's ({', '.join(torch_order[: len(given)])}), write {call}."


def _by_order(
    given: Sequence[object], settings: Mapping[str, object], order: Sequence[str]
) -> dict[str, object] | None:
    """Return the arguments by name, the positional ones named in this order; None if that cannot be."""
    if len(given) > len(order) or set(order[: len(given)]) & set(settings):
        return None
    return dict(zip(order, given, strict=False)) | dict(settings)


def _readable(
    kind: type[Any], reading: dict[str, object] | None, known: Sequence[str]
) -> dict[str, object] | None:
    """Return the arguments that are left when a layer reads its input sizes off, if they make a layer."""
    if reading is None:
        return None
    kept: dict[str, object] = {}
    for name, value in reading.items():
        is_size = isinstance(value, int) and not isinstance(value, bool)
        if name in known:
            kept[name] = value
        elif not (is_size if name in _READ_OFF else name in _NOT_SPECIFIED and isinstance(value, bool)):
            return None
    try:
        kind(**kept)
    except (NNUtilsError, TypeError):
        return None
    return kept


def _call(kind: type[Any], given: Sequence[object], settings: Mapping[str, object]) -> str:
    parts = [shown(value) for value in given] + [f"{name}={shown(value)}" for name, value in settings.items()]
    return f"{kind.__name__}({', '.join(parts)})"
