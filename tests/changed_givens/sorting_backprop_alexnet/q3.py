"""Changes of the givens of sorting_backprop_alexnet/q3, tried by hand."""

from nnutils.networks import AvgPool2d, Conv2d, Flatten, Linear, MaxPool2d, ReLU

CHANGES = [
    (
        {"input_shape": (1, 128, 67)},
        "oblong grey picture: 30 x 15 positions, no stride fits (left out), fc2 is the largest",
    ),
    (
        {
            "layers": [
                Conv2d(8, 5, stride=2, name="conv1"),
                MaxPool2d(2, name="pool1"),
                Flatten(name="flatten"),
                Linear(10, name="out"),
            ]
        },
        "one convolution, no hidden layer, no groups: other proposals, no sentence on groups or on halving",
    ),
    (
        {
            "input_shape": (3, 67, 67),
            "layers": [
                Conv2d(96, 11, stride=4, name="c1"),
                MaxPool2d(3, stride=2, name="p1"),
                Conv2d(250, 5, padding="same", name="c2"),
                MaxPool2d(3, stride=2),
                Conv2d(384, 3, padding=1, groups=2, name="c3"),
                ReLU(),
                Flatten(),
                Linear(1001, name="fc1"),
                Linear(1),
                Linear(7, name="fc3"),
                Linear(1000, name="out"),
            ],
        },
        "other names, layers without a name, a ReLU, odd widths, a layer of one unit: ResNet-18 sentence disappears",
    ),
    (
        {
            "input_shape": (4, 300, 200),
            "layers": [
                Conv2d(40, 9, stride=3, groups=4, padding=2, name="conv1"),
                Conv2d(60, (3, 1), stride=(2, 1), groups=20, dilation=2, name="conv2"),
                Conv2d(512, 3, padding=1, name="conv3"),
                AvgPool2d(9, name="pool"),
                Flatten(name="flatten"),
                Linear(20, name="out"),
            ],
        },
        "pairs, dilation, groups in the first layer, rests: 'its last window stops short of the end'",
    ),
    (
        {
            "input_shape": (3, 20, 20),
            "layers": [
                Conv2d(3, 1, name="conv1"),
                Flatten(name="flatten"),
                Linear(4096, name="fc1"),
                Linear(10, name="fc2"),
                Linear(40960, name="out"),
            ],
        },
        "most connections are fully connected: memory and time sit in the same layers, and the page says so",
    ),
]
IMPOSSIBLE = [
    (
        {"input_shape": (3, 40, 40)},
        "The given input_shape = (3, 40, 40) cannot be: MaxPool2d(kernel_size=3, stride=2) after 'conv5' needs",
    ),
    (
        {"input_shape": (3, 0, 227)},
        "The given input_shape = (3, 0, 227) cannot be: each size of the input shape must be a whole number",
    ),
    ({"layers": [Linear(5)]}, "cannot be: Linear(out_features=5) after 'input' needs a vector of features"),
    ({"layers": [Conv2d(4, 3, name="a b"), Flatten(), Linear(3)]}, "'a b' cannot name an answer"),
    ({"layers": [Conv2d(4, 3), Flatten()]}, "hold no convolution, or no fully connected layer"),
]
TYPED: dict[str, str] = {
    "In 2012": "the year of the paper",
    "two graphics cards": "the machine of the paper, whatever network the page counts",
    "Each of these two aims": "the aims of part (b), listed below it",
    "half of an odd number": "how the proposals round, for all givens",
    "pads by 2": "a setting of torchvision's AlexNet, not of this page",
    "a factor of ten": "the scale of the picture: its lines are powers of ten",
    "picture of 224 pixels": "the paper's own input, typed again in the cell below",
    "shows 55 positions": "the paper's own figure, typed again in the cell below",
    "Three slips": "the slips told on this page, on the sheets' own question",
    "VGG-16 (2014) stacks 3 × 3": "the year of that network and its kernels, from its paper",
    "ResNet-18": "the name of that network",
    "ResNet-18 (2015)": "the year of that network, from its paper",
    "$3 \\times 3$ convolution": "the convolution of the figure, which takes only its channels from the givens",
}
