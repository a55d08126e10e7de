"""What sheet 003 fills into its table of the convolutional network, judged cell by cell.

The scan is bad: digits are broken, and the last column is cut off at the edge of the page. Each cell is a
statement. A damaged cell is never guessed into an error. Where another cell, which is clear, shows what it
says, it is judged as restored: the output of one layer is the input of the next, and the sheet writes both.
``passages`` in the figures says for each pair which of the two is clear. What nothing restores is
"unreadable".

The specification of Conv-1 is lost. It is inferred from two clear cells, its kernel and the input of Conv-2,
so these cells, and the output that repeats one of them, are counted as given and confirm nothing.

Sizes are height × width × channels, as in the sheet; a vector of N entries is N × 1. FC-1 is judged as a
dense layer, parameters as weights without biases.
"""

from __future__ import annotations

import re
from itertools import pairwise

from nnutils import Conv2d, Flatten, Linear, MaxPool2d, Network, count, solve_conv
from nnutils.audit import Audit
from nnutils.networks import Step

__all__ = ["audit"]

INPUT_SHAPE = (3, 256, 256)
CLASSES = 10
AFTER_THE_FIRST = (
    Conv2d(64, kernel_size=5, stride=2, padding=2, name="conv2"),
    Conv2d(128, kernel_size=7, stride=2, name="conv3"),
    MaxPool2d(kernel_size=2, stride=2, name="pool1"),
    Conv2d(64, kernel_size=7, name="conv4"),
    Conv2d(128, kernel_size=7, name="conv5"),
)


def audit() -> Audit:
    """Return the judged audit: sizes and weights from the specification with a dense FC-1."""
    judged = Audit.of(__file__)
    first = _first_layer(judged)
    convolutions = (first, *AFTER_THE_FIRST)
    channels, height, width = Network(INPUT_SHAPE, convolutions).output_shape
    end = (Flatten(), Linear(channels * height * width, name="fc1"), Linear(CLASSES, name="fc2"))
    network = Network(INPUT_SHAPE, (*convolutions, *end))
    counts = count(network)
    steps = {step.name: step for step in network.steps}

    for claim in judged.claims:
        layer, column = claim.id.split("-")[2:]
        step = steps[layer]
        if column == "specification":
            window = first.windows[0]
            computed = (first.out_channels, *_kernel(step)[:2], window.stride, window.padding)
            judged.check(claim.id, computed, evidence="inferred from two cells")
        elif column == "input":
            judged.check(claim.id, _in_sheet_order(step.input_shape))
        elif column == "output":
            judged.check(claim.id, _in_sheet_order(step.output_shape))
        elif column == "kernel" and claim.judged_as == "shape":
            judged.check(claim.id, _kernel(step))
        elif column == "kernel":
            judged.check(claim.id, not _kernel(step), evidence="a dense layer has no window")
        else:
            judged.check(claim.id, counts[layer].weights)

    judged.figures.update(
        passages=_passages(judged, {name: step for name, step in steps.items() if name != "flatten"}),
        scanned=_as_scanned(judged, "003-q3-conv1-output"),
        cut=judged.claim("003-q3-conv1-parameters").stated,
    )
    return judged


def _first_layer(judged: Audit) -> Conv2d:
    """Return Conv-1 as two clear cells give it: its kernel, and the input of Conv-2, which is its output."""
    kernel, after = (judged.claim(f"003-q3-{cell}").stated for cell in ("conv1-kernel", "conv2-input"))
    assert isinstance(kernel, list) and isinstance(after, list)
    k, side, filters = int(str(kernel[0])), int(str(after[0])), int(str(after[2]))
    (setting,) = solve_conv(INPUT_SHAPE[1], side, kernel_size=k, dilation=1)
    return Conv2d(filters, kernel_size=k, stride=setting.stride, padding=setting.padding, name="conv1")


def _as_scanned(judged: Audit, claim_id: str) -> list[int]:
    """Return the size that the scan shows in a cell that was restored."""
    return [int(number) for number in re.findall(r"\d+", judged.claim(claim_id).note.partition(";")[0])]


def _in_sheet_order(shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return (height, width, channels), or (features, 1)."""
    return (*shape[1:], shape[0]) if len(shape) == 3 else (*shape, 1)


def _kernel(step: Step) -> tuple[int, ...]:
    """Return (height, width, depth) of a convolution's window, (height, width) of a pooling's, or ()."""
    layer = step.layer
    if isinstance(layer, Conv2d):
        return (*(window.kernel_size for window in layer.windows), step.input_shape[0])
    if isinstance(layer, MaxPool2d):
        return tuple(window.kernel_size for window in layer.windows)
    return ()


def _passages(judged: Audit, steps: dict[str, Step]) -> list[tuple[str, str, str]]:
    """Return for each two neighbours their names, which of the two cells is clear, and the right size."""
    rows = []
    for before, after in pairwise(steps):
        cells = {column: f"003-q3-{name}-{column}" for name, column in ((before, "output"), (after, "input"))}
        clear = [
            f"{name}-{column}"
            for name, (column, claim_id) in zip((before, after), cells.items(), strict=True)
            if judged.claim(claim_id).legible and judged[claim_id].is_right
        ]
        seen = "both" if len(clear) == 2 else clear[0] if clear else "neither"
        size = " × ".join(f"{side:,}" for side in _in_sheet_order(steps[before].output_shape))
        rows.append((f"{before} to {after}", seen, size))
    return rows
