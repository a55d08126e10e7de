"""Changes of the givens of foundations/q7, tried by hand."""

P = {
    "1a": {"kernel_size": 8, "dilation": 1},
    "1b": {"stride": 2, "dilation": 7},
    "2a": {"padding": 0, "dilation": 1, "overlap": False},
    "2b": {"kernel_size": 8, "stride": 4, "padding": 0, "dilation": 1},
    "3a": {"padding": 0, "dilation": 1},
    "3b": {"padding": 2, "dilation": 2},
    "3c": {"padding": 1, "dilation": 1},
}
CHANGES = [
    ({"input_shape": (3, 65, 65)}, "an odd picture: the hand derivations follow, k = 1 falls out of (1b)"),
    ({"input_shape": (1, 100, 100)}, "the first layer shrinks by more than 2; (1b) needs k = 7 or more"),
    (
        {"output_shapes": [(64, 32, 32), (64, 16, 16), (128, 1, 1)]},
        "pooling by 2, last layer a single pixel: the stride has no bound, long lists are cut",
    ),
    (
        {"output_shapes": [(64, 32, 32), (64, 5, 5), (128, 2, 2)]},
        "a size that leaves a rest: two strides for the pooling",
    ),
    (
        {"parts": {**P, "1b": {"stride": 2, "dilation": 6}}},
        "every setting of (1b) is blind: the fewest missed pixels are chosen, the page says so",
    ),
    (
        {"parts": {"1a": {"kernel_size": 5, "dilation": 1}}},
        "one part: no pooling, no blind setting, a picture with one panel",
    ),
    (
        {
            "parts": {
                **P,
                "3d": {"kernel_size": 3, "stride": 2},
                "3e": {"kernel_size": 3, "stride": 1, "padding": 1, "dilation": 1},
            }
        },
        "padding and dilation open; a second forward part, of a convolution",
    ),
    (
        {
            "input_shape": (3, 16, 16),
            "output_shapes": [(8, 16, 16)],
            "parts": {"1a": {"stride": 1, "dilation": 1}, "1b": {"kernel_size": 5, "dilation": 3}},
        },
        "a size that is kept, by odd kernels; one layer",
    ),
]
IMPOSSIBLE = [
    (
        {"input_shape": (3, 8, 8)},
        "The given input_shape = (3, 8, 8) cannot be: No setting with k = 8, d = 1 leads from 8 to 32 pixels.",
    ),
    (
        {"parts": {**P, "2b": {"kernel_size": 40, "stride": 4, "padding": 0, "dilation": 1}}},
        "A window with k = 40, s = 4, p = 0, d = 1 does not fit into 32 pixels.",
    ),
    (
        {"output_shapes": [(64, 32, 32), (32, 8, 8), (128, 4, 4)]},
        "A pooling keeps the channels, so 64 cannot become 32.",
    ),
]
TYPED = {
    "not 0": "the other side of the line that the sheet writes",
    "common divisor above 1": "every two numbers have the divisor 1",
}
