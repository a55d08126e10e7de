"""What sheet 004 states about the sizes of five feature maps, judged.

The sheet lists the sizes as height x width x channels, without the work. One times sign in the size of B is
damaged in the scan, but the digits around it leave only one reading.
"""

from __future__ import annotations

from nnutils import Conv2d, MaxPool2d, Network
from nnutils.audit import Audit
from nnutils.networks import Layer

__all__ = ["audit"]

PICTURE = (3, 100, 100)
PATHS: tuple[list[Layer], ...] = (
    [
        Conv2d(5, kernel_size=3, name="A"),
        Conv2d(10, kernel_size=3, name="B"),
        MaxPool2d(5, stride=2, name="C"),
    ],
    [Conv2d(10, kernel_size=5, name="D"), Conv2d(5, kernel_size=1, name="E")],
)


def audit() -> Audit:
    """Return the judged audit: every size from the specification of the two paths."""
    judged = Audit.of(__file__)
    for path in PATHS:
        for step in Network(PICTURE, path).steps:
            channels, height, width = step.output_shape
            judged.check(f"004-q2-{step.name.lower()}", (height, width, channels))
    return judged
