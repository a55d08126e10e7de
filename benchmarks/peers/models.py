"""The classifiers of torchvision with the figures that their weights publish, counted by every counter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from benchmarks.peers.counters import COUNTERS, answer
from benchmarks.peers.torchvision_models import torchvision

__all__ = ["Classifier", "classifiers", "counted"]

_WITHOUT_EXTRA_OUTPUTS: dict[str, dict[str, bool]] = {
    "googlenet": {"aux_logits": False, "init_weights": False},
    "inception_v3": {"init_weights": False},
}
"""GoogLeNet's published parameters leave out the two classifiers that only training uses."""


@dataclass(frozen=True)
class Classifier:
    """A model of torchvision, and what its weights publish: side of the input, parameters, 10⁹ products."""

    name: str
    side: int
    parameters: int
    billions: float

    def build(self) -> nn.Module:
        """Make the model, with the parameters that its constructor draws."""
        models = torchvision().models
        module: nn.Module = models.get_model(
            self.name, weights=None, **_WITHOUT_EXTRA_OUTPUTS.get(self.name, {})
        )
        return module.eval()


def classifiers() -> Iterator[Classifier]:
    """Yield every classifier with the published figures of its smallest input."""
    models = torchvision().models
    for name in models.list_models(module=models):
        weights = min(models.get_model_weights(name), key=lambda entry: entry.meta["_ops"])
        side = weights.transforms().crop_size[0]
        yield Classifier(name, side, weights.meta["num_params"], weights.meta["_ops"])


def counted(one: Classifier, counters: Iterable[str] = COUNTERS) -> dict[str, Any]:
    """Return a classifier's published figures with what the counters say of it, as it is stored."""
    module, sample = one.build(), (torch.zeros(1, 3, one.side, one.side),)
    answers = {name: answer(name, module, sample).stored() for name in counters}
    return {
        "name": one.name,
        "side": one.side,
        "parameters": one.parameters,
        "billions": one.billions,
        "answers": answers,
    }
