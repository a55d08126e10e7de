"""Activations of a torch ``nn.Sequential`` replaced in place by others, with the outputs unchanged."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn

from nnutils.core.errors import ConstructionError
from nnutils.numerics.activation_change import AffineRelation, activation_relation

__all__ = ["change_activation_", "sigmoid_to_tanh_", "tanh_to_sigmoid_"]

_Row = list[tuple[str, nn.Module]]

_REASONS: dict[type[nn.Module], str] = {
    nn.modules.batchnorm._BatchNorm: "It normalises its input: fold it into its Linear layer first.",
    nn.modules.dropout._DropoutNd: "A dropped unit is 0, which means another value after the change. "
    "Remove the dropout: after training it does nothing.",
    nn.modules.conv._ConvNd: "Only Linear layers are changed here: zero padding would mean another value.",
}
"""Why some neighbours of an activation cannot take up its constants, and what would work."""


def sigmoid_to_tanh_(module: nn.Sequential) -> nn.Sequential:
    """Replace every Sigmoid of a Sequential by Tanh in place, and return the module.

    The Linear layers around it change with it. The outputs stay the same for all inputs, up to rounding. For
    the conditions see ``change_activation_``.

    Raises:
        ConstructionError: as for ``change_activation_``.

    Source: Bishop, Pattern Recognition and Machine Learning, exercise 5.1.

    >>> module = nn.Sequential(nn.Linear(3, 4), nn.Sigmoid(), nn.Linear(4, 2)).double()
    >>> x = torch.linspace(-2, 2, 15, dtype=torch.float64).reshape(5, 3)
    >>> before = module(x)
    >>> sigmoid_to_tanh_(module)[1]
    Tanh()
    >>> torch.allclose(module(x), before, rtol=1e-12)
    True
    """
    return change_activation_(module, nn.Sigmoid, nn.Tanh, activation_relation("sigmoid", "tanh"))


def tanh_to_sigmoid_(module: nn.Sequential) -> nn.Sequential:
    """Replace every Tanh of a Sequential by Sigmoid in place: the inverse of ``sigmoid_to_tanh_``.

    Raises:
        ConstructionError: as for ``change_activation_``.

    >>> tanh_to_sigmoid_(nn.Sequential(nn.Linear(1, 1), nn.Tanh(), nn.Linear(1, 1)))[1]
    Sigmoid()
    """
    return change_activation_(module, nn.Tanh, nn.Sigmoid, activation_relation("tanh", "sigmoid"))


def change_activation_(
    module: nn.Sequential,
    old: type[nn.Module],
    new: Callable[[], nn.Module],
    relation: AffineRelation,
) -> nn.Sequential:
    """Replace every ``old`` by ``new()`` in place, change the Linear layers around it, return the module.

    The outputs stay the same, up to rounding. ``relation`` says how the old activation s is made of the new
    one t: s(z) = scale * t(stretch * z + shift) + offset. Each old activation has to stand directly between
    two Linear layers, which take up the constants; Sequentials inside the Sequential are opened. Everything
    else is left alone. All is checked before anything is changed.

    The parameters remain the same objects, so an optimizer keeps them; their gradients are cleared. A Linear
    layer without a bias gets one where it needs it: in that case make the optimizer afterwards.

    Raises:
        ConstructionError: if there is no ``old``; if one has a neighbour that is not a plain Linear layer, or
            is inside a module that is not a Sequential; if a Linear layer that would change shares a
            parameter with another one.

    >>> module = nn.Sequential(nn.Linear(1, 2), nn.Hardsigmoid(), nn.Linear(2, 1))
    >>> third = AffineRelation(scale=1 / 2, stretch=1 / 3, offset=1 / 2)
    >>> change_activation_(module, nn.Hardsigmoid, nn.Hardtanh, third)[1]
    Hardtanh(min_val=-1.0, max_val=1.0)
    """
    # All checks come first, so that a module that is refused stays as it was.
    found = _between(module, old)
    _refuse_shared(module, [layer for *_, before, after in found for layer in (before, after)])
    scale, stretch, shift, offset = map(
        float, (relation.scale, relation.stretch, relation.shift, relation.offset)
    )
    with torch.no_grad():
        for path, activation, before, after in found:
            before.weight.mul_(stretch)
            if before.bias is not None:
                before.bias.mul_(stretch)
            if shift:
                _add_to_bias(before, torch.full_like(before.weight[:, 0], shift))
            if offset:
                _add_to_bias(after, offset * after.weight.sum(dim=1))
            after.weight.mul_(scale)
            parent, _, name = path.rpartition(".")
            module.get_submodule(parent).add_module(name, new().train(activation.training))
            for parameter in (*before.parameters(), *after.parameters()):
                parameter.grad = None  # it was that of the old weights
    return module


def _between(module: nn.Module, old: type[nn.Module]) -> list[tuple[str, nn.Module, nn.Linear, nn.Linear]]:
    """Return each old activation with its path and the Linear layers before and after it."""
    if not _is_plain(module, nn.Sequential):
        raise ConstructionError(
            f"A {type(module).__name__} cannot be rewritten: it does not say in which order its modules run.",
            remedy="Give an nn.Sequential whose forward() is torch's own.",
        )
    row = _row(module, old)
    found = [
        (path, part, _linear_beside(row, place, -1), _linear_beside(row, place, 1))
        for place, (path, part) in enumerate(row)
        if type(part) is old
    ]
    if not found:
        raise ConstructionError(f"There is no {old.__name__} in this Sequential.", where=_chain(row))
    return found


def _linear_beside(row: _Row, place: int, step: int) -> nn.Linear:
    """Return the Linear layer before (step -1) or after (step 1) a place of the row."""
    path, activation = row[place]
    problem = (
        f"The {type(activation).__name__} at {path!r} has to stand directly between two Linear layers, but "
        f"{'before' if step < 0 else 'after'} it "
    )
    if not 0 <= place + step < len(row):
        raise ConstructionError(
            f"{problem}there is nothing.",
            where=_chain(row),
            remedy="Use a Sequential that begins and ends with Linear layers, and apply this one outside.",
        )
    neighbour = row[place + step][1]
    if isinstance(neighbour, nn.Linear) and _is_plain(neighbour, nn.Linear):
        own = {name for name, _ in neighbour.named_parameters(recurse=False)}
        # With weight normalisation, pruning and the like these are computed from other parameters.
        if own == {"weight"} | ({"bias"} if neighbour.bias is not None else set()):
            return neighbour
    reasons = [reason for kind, reason in _REASONS.items() if isinstance(neighbour, kind)]
    raise ConstructionError(
        f"{problem}stands {neighbour!r}.",
        where=_chain(row),
        remedy=reasons[0] if reasons else "Only a plain Linear layer can take up its constants.",
    )


def _chain(row: _Row) -> str:
    return " -> ".join(type(part).__name__ for _, part in row)


def _row(module: nn.Module, old: type[nn.Module]) -> _Row:
    """Return the modules that run one after the other, with their paths; Sequentials inside are opened."""
    opened, row = set(), []
    for path, part in module.named_modules(remove_duplicate=False):
        if path and path.rpartition(".")[0] not in opened:
            # A parent that is not a plain Sequential decides itself what it does with its parts.
            if type(part) is old:
                raise ConstructionError(
                    f"The {old.__name__} at {path!r} is inside a module that is not a Sequential, so its "
                    "neighbours are not known.",
                    remedy="Change the Sequentials inside that module, one by one.",
                )
        elif _is_plain(part, nn.Sequential):
            opened.add(path)
        else:
            row.append((path, part))
    return row


def _is_plain(module: nn.Module, kind: type[nn.Module]) -> bool:
    """Return whether a module is of a kind, or derived from it without a forward() of its own."""
    return isinstance(module, kind) and type(module).forward is kind.forward


def _refuse_shared(module: nn.Module, layers: list[nn.Linear]) -> None:
    """Refuse layers with a parameter that is used at a second place: it would change there too."""
    places: dict[int, list[str]] = {}
    for path, parameter in module.named_parameters(remove_duplicate=False):
        places.setdefault(id(parameter), []).append(path)
    for layer in layers:
        for parameter in layer.parameters():
            if len(places[id(parameter)]) > 1:
                raise ConstructionError(
                    f"{' and '.join(places[id(parameter)])} are one tensor, so one cannot change without "
                    "the other.",
                    remedy="Give each Linear layer parameters of its own.",
                )


def _add_to_bias(layer: nn.Linear, amount: torch.Tensor) -> None:
    """Add to the bias of a layer, or give it this bias if it has none."""
    if layer.bias is None:
        layer.bias = nn.Parameter(amount, requires_grad=layer.weight.requires_grad)
    else:
        layer.bias.add_(amount)
