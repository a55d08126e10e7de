"""What sheet 002 states about the sizes and weights of a small CNN, judged.

The sheet writes shapes as height x width x channels, so ours are turned round before they are compared. Where
it writes a working, the working is evaluated too.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from nnutils import Conv2d, MaxPool2d, Network, conv_output_size, count
from nnutils.audit import Audit

__all__ = ["audit"]

INPUT_SHAPE = (3, 256, 256)
LAYERS = (
    Conv2d(64, kernel_size=8, stride=2, padding=0, name="conv1"),
    MaxPool2d(kernel_size=5, stride=5, name="pool"),
    Conv2d(128, kernel_size=4, stride=1, padding=1, name="conv2"),
)


def audit() -> Audit:
    """Return the judged audit: shapes and counts from the specification, the formula at many settings."""
    network = Network(INPUT_SHAPE, LAYERS)
    last = count(network)["conv2"]
    judged = Audit.of(__file__)
    _judge_formula(judged)
    judged.check("002-q6-input", _turned(INPUT_SHAPE))
    _judge_layers(judged, network)
    judged.check("002-q6-last-input-channels", network.steps[-1].input_shape[0])
    judged.check("002-q6-scalars-factors", last.units)
    judged.check_working("002-q6-weights-product")
    judged.check("002-q6-weights-factors", last.weights)
    judged.check("002-q6-weights", last.weights)
    judged.figures.update(scalars=last.units, layers=len(LAYERS))
    return judged


def _turned(shape: Sequence[int]) -> tuple[int, int, int]:
    channels, height, width = shape
    return height, width, channels


def _judge_formula(judged: Audit) -> None:
    """Compare the sheet's size formula with the library's at many settings; it has no dilation."""
    settings = product(range(12, 40), (1, 4, 5, 8), (1, 2, 5), (0, 1, 3))
    samples = [dict(zip(("size", "k", "s", "p"), each, strict=True)) for each in settings]
    judged.check(
        "002-q6-size-formula",
        [conv_output_size(v["size"], v["k"], v["s"], v["p"]) for v in samples],
        samples=samples,
        evidence=f"at {len(samples)} settings, d = 1",
    )


def _judge_layers(judged: Audit, network: Network) -> None:
    """Judge each layer's settings, as (kernels,) window, stride, padding, and its output shape."""
    for step in network.steps:
        layer, name = step.layer, step.name
        channels, height, width = step.output_shape
        assert isinstance(layer, Conv2d | MaxPool2d)
        kernels = [layer.out_channels] if isinstance(layer, Conv2d) else []
        settings = [*kernels, layer.kernel_size, layer.kernel_size, layer.stride, layer.padding]
        judged.check(f"002-q6-{name}-settings", settings)
        judged.check(f"002-q6-{name}-height", height)
        judged.check(f"002-q6-{name}-width", width)
        judged.check(f"002-q6-{name}-channels", channels)
        judged.check(f"002-q6-{name}-output", _turned(step.output_shape))
