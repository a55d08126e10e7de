"""torchvision's model library, also beside a build of torch that its compiled operators do not fit."""

from __future__ import annotations

import importlib
from types import ModuleType

import torch

__all__ = ["torchvision"]

_KEPT: list[torch.library.Library] = []


def torchvision() -> ModuleType:
    """Return torchvision, whatever became of its compiled operators.

    Beside the CPU build of torch they do not load, and the import stops at two operators of object detection,
    which no classifier uses. They are declared here without code: the import goes on, and a call would fail.
    """
    try:
        return importlib.import_module("torchvision")
    except RuntimeError:
        library = torch.library.Library("torchvision", "FRAGMENT")
        for name in ("nms", "qnms"):
            library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        _KEPT.append(library)  # what it declares goes when it goes
        return importlib.import_module("torchvision")
