"""A picture of each function that draws, in more than one setting: what tests/drawing/drawn lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matplotlib.figure import Figure
from support.drawing_samples import BLOCK_EDGES, BLOCK_NODES, PICTURES, SIX, inception

from nnutils import Concat, Conv2d, MaxPool2d, Network, autodiff, drawing
from nnutils.networks import ConvSettings

__all__ = ["EVERY"]

PULLS = {"before training": [0.1, 0.2, 0.6, 0.1], "after it": [0.05, 0.8, 0.1, 0.05]}
SCORES = [[2, 1, 0], [0, 2, 1.8], [1, 1, -1], [-1, 0.5, 1.5]]
_ON = {
    ("x0", "u"): 0.5, ("w0", "u"): 1.0, ("b0", "u"): 1.0, ("u", "x1"): 1.0, ("x1", "y1"): -0.25,
    ("w1", "y1"): 1.0, ("b1", "y1"): 1.0,
}  # fmt: skip
SLOPES = {"both on": _ON, "off": _ON | {("u", "x1"): 0.0, ("x0", "u"): -123.456, ("x1", "y1"): 0.00123}}
SKIPS = {"two": {("x", "u"): 1.0, ("u", "v"): 2.0, ("v", "y"): 3.0, ("x", "v"): 0.0, ("x", "y"): 1.0}}
TOWER = Network(
    (3, 30, 30),
    [
        Conv2d(8, 4, stride=3, name="first"),
        Conv2d(5, 3, stride=3, padding=1, name="second"),
        MaxPool2d(2, name="pool"),
    ],
)
TWO_DEEP = Network(
    (64, 14, 14),
    [
        Conv2d(32, 3, padding=1, name="stem"),
        Concat(
            [Conv2d(16, 1, name="a")],
            [Conv2d(16, 1, name="b"), Conv2d(24, 3, padding=1, name="c")],
            name="join",
        ),
        MaxPool2d(2, name="pool"),
    ],
)


def flat(x1: Any, x2: Any) -> Any:
    """Return 1 at every point."""
    return 0 * (x1 + x2) + 1


def recorded(digits: int = 4) -> Figure:
    """The backward sweep of a function with a value that is used twice."""

    def question(x1: float, x2: float) -> object:
        return 1 / (x1 + x2) + x2 * x2 + autodiff.cos(x1)

    return drawing.draw_reverse_sweep(autodiff.trace(question, 3, 6), digits=digits, title="The sweep")


EVERY: dict[str, Callable[[], Figure]] = PICTURES | {
    "mlp named": lambda: drawing.draw_mlp(
        SIX,
        ["a", "b"],
        [f"u{k}" for k in range(1, 7)],
        ["min", "max"],
        headings=["input", "six units", "output"],
        weight_labels=False,
        title="A pair",
    ),
    "graph straight": lambda: drawing.draw_graph(BLOCK_NODES, BLOCK_EDGES, backbone=False, legend=False),
    "branches with a stem": lambda: drawing.draw_branches(TWO_DEEP),
    "tower": lambda: drawing.draw_branches(TOWER),
    "volumes flat": lambda: drawing.draw_volumes([(100,), (4096,), (10,)], ["x", "h", "y"], title="Dense"),
    "taps large": lambda: drawing.draw_tap_map(
        {"one": [[4, *[6] * 18, 4], *[[6, *[9] * 18, 6]] * 12]}, frame=(12, 20), frame_label="the image"
    ),
    "taps slim": lambda: drawing.draw_tap_map({"tall": [[1], [2], [3]]}),
    "bars plain": lambda: drawing.draw_bars({"a": {"n": 3, "m": 0}, "b": {"n": 7, "m": 2.5}}, log=False),
    "bars one": lambda: drawing.draw_bars({"a": {"n": 30}, "b": {"n": 7000}, "c": {"n": 1}}),
    "contours constant": lambda: drawing.draw_contours({"one": flat}, title="Flat", names=("a", "b")),
    "contours few": lambda: drawing.draw_contours(
        {"product": lambda a, b: a * b}, limits=(-1, 3), levels=[-1, 0, 2], points=31
    ),
    "affine steps": drawing.draw_affine_steps,
    "bias column": lambda: drawing.draw_bias_column(2, 3),
    "branch depths": lambda: drawing.draw_branch_depths(inception()),
    "far ends": lambda: drawing.draw_far_ends(TOWER),
    "far ends across": lambda: drawing.draw_far_ends(
        Network((1, 7, 9), [MaxPool2d(2, name="pool")]), axis="width"
    ),
    "folds": lambda: drawing.draw_folds(
        [[("x1", lambda a, b: a), ("min", min)], [("max", max)]], [["-"], []], title="Folds"
    ),
    "gradient flow": lambda: drawing.draw_gradient_flow(SLOPES),
    "gradient flow past": lambda: drawing.draw_gradient_flow(SKIPS),
    "label pull": lambda: drawing.draw_label_pull(PULLS, [0, 1, 0, 0]),
    "lost pixels": lambda: drawing.draw_lost_pixels({9: 0, 10: 1, 11: 2, 12: 0}, {9: 3, 10: 3, 11: 3, 12: 4}),
    "reverse sweep": recorded,
    "reverse sweep short": lambda: recorded(2),
    "signal windows": lambda: drawing.draw_signal_windows(
        [1, 2, 3], [1, -2], {"full": range(4), "valid": range(1, 3)}, title="Windows"
    ),
    "simplex": lambda: drawing.draw_simplex(SCORES, title="Softmax"),
    "skip gradients": lambda: drawing.draw_skip_gradients(
        {"y": 2, "r": 1, "Vr": 1.25, "h": 3, "z": 0.5, "Wz": 0.75, "x": 4}, title="Back"
    ),
    "sliding window": lambda: drawing.draw_sliding_window(8, 3, stride=2, padding=1),
    "sliding window dilated": lambda: drawing.draw_sliding_window(9, 3, stride=3, dilation=2),
    "stacked windows": lambda: drawing.draw_stacked_windows(
        {"two": [("A", 3, 1, 1), ("B", 3, 2, 1)], "one": [("D", 5, 2, 1)]}
    ),
    "steepening": lambda: drawing.draw_steepening((1, 4, 16), point=0.25),
    "tap windows": lambda: drawing.draw_tap_windows(
        {"(a)": (8, ConvSettings(3, stride=2, padding=2, dilation=2)), "(b)": (6, ConvSettings(2))}
    ),
    "temperature": lambda: drawing.draw_temperature([[1.5, 1, 0.5, -1], [1.5, 1.5, 0.5, -1]]),
    "weight blocks": lambda: drawing.draw_weight_blocks({"I": 1200, "H1": 500, "H2": 750, "O": 25}),
    "weight uses": lambda: drawing.draw_weight_uses(
        {"conv1": (34_848, 105_415_200), "fc1": (37_748_736, 37_748_736), "out": (4_096_000, 4_096_000)},
        title="Uses",
    ),
}
