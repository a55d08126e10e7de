"""Changes of the givens of sizing_networks/q3, tried by hand."""

from nnutils.networks import AvgPool2d, Conv2d, MaxPool2d

CHANGES = [
    (
        {"input_shape": (1, 150, 123)},
        "not square, one channel: the table has a row for each axis, rows and columns are lost in different layers",
    ),
    ({"classes": 1}, "one class: '1 class', FC-2 with one node"),
    (
        {
            "convolutions": [
                Conv2d(128, kernel_size=3, padding=1, name="conv1"),
                MaxPool2d(2, stride=2, name="pool1"),
            ],
            "input_shape": (3, 16, 16),
        },
        "two layers, no rest anywhere: no value is lost, floors and ceilings agree, and the page says so",
    ),
    (
        {
            "convolutions": [
                Conv2d(8, kernel_size=4, stride=3, name="first"),
                Conv2d(5, kernel_size=3, stride=3, padding=1, bias=False, name="second"),
                AvgPool2d(3, name="mean"),
                Conv2d(300, kernel_size=1, name="wide"),
            ],
            "input_shape": (3, 64, 64),
        },
        "other names, an average pooling, no biases, a rest larger than the padding",
    ),
    (
        {"convolutions": [Conv2d(6, kernel_size=32, name="only")], "input_shape": (3, 32, 32)},
        "one layer, one position: FC-1 is small, the average changes nothing",
    ),
]
IMPOSSIBLE = [
    (
        {"input_shape": (3, 60, 60)},
        "The given input_shape = (3, 60, 60) cannot be: Conv2d(out_channels=64, kernel_size=7) after 'pool1' needs an input of at least 7 x 7, got 128 x 6 x 6.",
    ),
    (
        {"classes": 0},
        "The given classes = 0 cannot be: out_features of Linear must be a whole number, at least 1; got 0.",
    ),
    (
        {"convolutions": [Conv2d(8, kernel_size=4, padding="same", name="conv1")]},
        'has a window that is not square, or padding="same"',
    ),
    (
        {"convolutions": [Conv2d(8, kernel_size=3, dilation=2, name="conv1")]},
        'has a window that is not square, or padding="same", dilation, groups or ceil_mode',
    ),
]
TYPED = {
    "FC-1": "the name of a layer",
    "FC-2": "the name of a layer",
    "the stride is 1": "the usual stride, which the question does not repeat for each layer",
}
