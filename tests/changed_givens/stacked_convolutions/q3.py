"""Changes of the givens of stacked_convolutions/q3, tried by hand."""

from nnutils.networks import Conv2d

CHANGES = [
    (
        {"picture": (1, 28, 36)},
        "one channel, not square: the small windows lose in both; the page says where the wrong rule gives the right number",
    ),
    ({"picture": (5, 5, 5)}, "a single place for B and D: D wins in multiplications, A and B in weights"),
    (
        {
            "stacked": [
                Conv2d(6, kernel_size=3, name="A"),
                Conv2d(6, kernel_size=3, name="B"),
                Conv2d(8, kernel_size=3, name="C"),
            ],
            "single": Conv2d(8, kernel_size=7, name="D"),
        },
        "three small windows against 7 x 7: 'A, B and C', break-even with a part that does not depend on f",
    ),
    (
        {
            "stacked": [
                Conv2d(40, kernel_size=5, stride=2, padding=2, name="A"),
                Conv2d(1, kernel_size=3, bias=False, name="B"),
            ]
        },
        "stride, padding, one filter, no biases: the paths do not lead to the same, and the page says so",
    ),
    (
        {"single": Conv2d(2, kernel_size=7, stride=3, name="D")},
        "another window: B and D differ; limit below 1",
    ),
    (
        {
            "picture": (10, 64, 64),
            "stacked": [Conv2d(10, kernel_size=3, name="A"), Conv2d(10, kernel_size=3, name="B")],
        },
        "the same number of channels everywhere: its own wording",
    ),
]
IMPOSSIBLE = [
    (
        {"picture": (3, 4, 4)},
        "The given picture = (3, 4, 4) cannot be: Conv2d(out_channels=10, kernel_size=3) after 'A' needs an input of at least 3 x 3",
    ),
    ({"stacked": [Conv2d(5, kernel_size=3, name="A")]}, "cannot be: Fewer than two layers are no stack."),
    (
        {"single": Conv2d(10, kernel_size=101, name="D")},
        "after 'input' needs an input of at least 101 x 101, got 3 x 100 x 100",
    ),
]
_SMALL = "general remarks on windows of 3 × 3, apart from the givens"
TYPED: dict[str, str] = {
    "Two 3 × 3 convolutions against one 5 × 5": "the title: the question's name, as it was set",
    "3 × 3": _SMALL,
    "5 × 5": "the title, and the size of the convolution of two kernels of 3 × 3",
    "9\\, n\\, C^2": _SMALL,
    "9 n": _SMALL,
    "9/(4n)": _SMALL,
}
