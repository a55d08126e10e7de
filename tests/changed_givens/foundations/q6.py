"""Changes of the givens of foundations/q6, tried by hand."""

from nnutils.networks import Conv2d, MaxPool2d

OWN = [
    Conv2d(64, kernel_size=8, stride=2, name="conv1"),
    MaxPool2d(kernel_size=5, stride=5, name="pool"),
    Conv2d(128, kernel_size=4, padding=1, name="conv2"),
]
CHANGES = [
    (
        {"input_shape": (3, 265, 265)},
        "a size with a remainder: nine pixels are lost, every slip shows, the last window does not count in full",
    ),
    (
        {"input_shape": (1, 40, 40)},
        "a much smaller picture, one channel: the field is larger than the picture",
    ),
    ({"layers": [OWN[0], OWN[2]]}, "no pooling"),
    ({"layers": [OWN[2]]}, "one layer, stride 1: no period, nothing lost, one bar, one convolution"),
    (
        {"layers": [*OWN, Conv2d(32, kernel_size=3, stride=2, bias=False)]},
        "four layers, the last without name, bias; period 20",
    ),
    (
        {
            "layers": [
                Conv2d(16, kernel_size=2, stride=3, padding=1),
                MaxPool2d(3, stride=2, padding=1),
                Conv2d(8, kernel_size=3),
            ]
        },
        "a stride longer than its window: gaps; a padded pooling",
    ),
    (
        {
            "input_shape": (3, 20, 20),
            "layers": [Conv2d(4, kernel_size=3, padding=1), Conv2d(4, kernel_size=3)],
        },
        "stride 1 throughout",
    ),
    ({"layers": [Conv2d(1, kernel_size=256)]}, "a single output, one kernel"),
]
IMPOSSIBLE = [
    (
        {"input_shape": (3, 20, 20)},
        "The given input_shape = (3, 20, 20) cannot be: Conv2d(out_channels=128, kernel_size=4, padding=1) after 'pool' needs",
    ),
    ({"layers": OWN[:2]}, "The last layer, MaxPool2d(kernel_size=5, stride=5), has no parameters to count."),
    (
        {"layers": [OWN[0], Conv2d(8, kernel_size=3, dilation=2), OWN[2]]},
        "is not a convolution or a max pooling with a square window and no dilation.",
    ),
    ({"input_shape": (3, 256, 128)}, "The picture (3, 256, 128) is not square."),
]
TYPED = {
    "moves by 1 pixel": "the usual stride, which the sentences about layers leave out",
    "gives 0 or less": "the floor of a negative number, and one more",
}
