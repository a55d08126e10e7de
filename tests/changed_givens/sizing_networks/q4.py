"""Changes of the givens of sizing_networks/q4, tried by hand."""

_D = {"direct": 64, "reduce3": 64, "conv3": 128, "reduce5": 64, "conv5": 64, "project": 512}
CHANGES = [
    (
        {"input_shape": (96, 27, 35)},
        "not square, odd sides; all factors small but above 1, the projection widens: '512 channels out of 96', 'on the safe side'",
    ),
    (
        {"input_shape": (1, 2, 2)},
        "one channel, a picture smaller than the windows: 'does not pay', 'refused', '1 channel'",
    ),
    (
        {"depths": {**_D, "direct": 512}},
        "both readings of the naive 1 x 1 agree: 'Here that is the same', no second total",
    ),
    (
        {"depths": {**_D, "reduce3": 400, "reduce5": 600}},
        "reductions above their limits, one wider than the input: no claim that the window reads only these",
    ),
    (
        {"depths": {**_D, "conv3": 64}},
        "3 x 3 and 5 x 5 equally deep: exchanging their depths is no mistake, and the page says so",
    ),
    ({"depths": {**_D, "conv5": 1}}, "a single filter: '1 filter'; two 3 x 3 lose"),
    (
        {"depths": {**_D, "project": 32}},
        "a projection that does reduce: the module gains more, output channels differ",
    ),
]
IMPOSSIBLE = [
    (
        {"depths": {**_D, "conv5": 0}},
        "out_channels of Conv2d must be a whole number, at least 1; got 0.",
    ),
    (
        {"depths": {"direct": 3}},
        "The module has the six convolutions",
    ),
    (
        {"input_shape": (512, 128)},
        "The given input_shape = (512, 128) cannot be: An inception module reads a picture",
    ),
]
TYPED = {
    "1 × 1": "a window of the module, which is no given",
    "3 × 3": "a window of the module, which is no given",
    "5 × 5": "a window of the module, which is no given",
    "stride 1": "the stride of the module, which is no given",
    "strides are 1": "the stride of the module, which is no given",
    "two forms": "the forms of the module in the paper",
    "two totals": "operations and parameters, as the question asks",
    "Two 3 × 3 against 5 × 5": "the title of a page",
    "192 × 28 × 28": "an input in the paper's table",
    "only 32 channels": "a depth in the paper's table",
    "128 million": "a figure of the paper",
    "1024": "what a K may stand for",
}
