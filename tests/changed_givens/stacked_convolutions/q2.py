"""Changes of the givens of stacked_convolutions/q2, tried by hand."""

from nnutils.networks import AvgPool2d, Conv2d, Flatten, MaxPool2d

CHANGES = [
    ({"picture": (1, 17, 40)}, "oblong, one channel: the floor is at work along the width only"),
    (
        {"path1": [Conv2d(1, 4, stride=3, padding=1, name="A"), AvgPool2d((2, 3), name="B")]},
        "two maps instead of three, one filter, padding, oblong window: floors in A and B, no two maps of one size",
    ),
    (
        {
            "path2": [
                Conv2d(5, 3, padding="same", name="D"),
                Conv2d(10, 3, name="E"),
                Conv2d(10, 3, dilation=2, name="F"),
                MaxPool2d(3, stride=2, padding=1, name="G"),
            ]
        },
        "four maps, padding 'same', a dilation: seven sizes, C or F see 9 x 9",
    ),
    (
        {
            "picture": (3, 9, 9),
            "path1": [Conv2d(2, 9, name="A")],
            "path2": [Conv2d(2, 3, stride=3, name="D"), MaxPool2d(3, name="E")],
        },
        "tiny: A and E are 2 x 1 x 1, no floor at work, 'rounded up: caught at no map'",
    ),
    (
        {
            "picture": (3, 6, 6),
            "path1": [Conv2d(2, 3, name="A")],
            "path2": [
                Conv2d(4, 5, padding=2, name="D"),
                Conv2d(4, 5, padding=2, name="E"),
                MaxPool2d(3, stride=2, padding=1, name="F"),
            ],
        },
        "receptive fields larger than the picture: fewer pixels matter than the rule says, and only padding is left over",
    ),
]
IMPOSSIBLE = [
    (
        {"picture": (3, 8, 8)},
        "The given picture = (3, 8, 8) cannot be: MaxPool2d(kernel_size=5, stride=2) after 'B' needs an input",
    ),
    ({"path2": [Conv2d(10, 5, name="A")]}, "Two maps are called 'A'"),
    (
        {"path2": [Conv2d(10, 5, name="D"), Flatten(name="E")]},
        "has no window, so it makes no map that is asked for",
    ),
    ({"path1": [MaxPool2d(2, ceil_mode=True, name="A")]}, "rounds up or has gaps in its windows"),
    ({"picture": (0, 100, 100)}, "each size of the input shape must be a whole number, at least 1"),
]
TYPED: dict[str, str] = {
    "on two paths": "path1 and path2 are the names of the givens",
}
