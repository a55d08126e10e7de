"""Changes of the givens of sorting_backprop_alexnet/q2, tried by hand."""

CHANGES = [
    ({"activation": "sigmoid"}, "formula in (c), all numbers; the chain below keeps tanh and says so"),
    ({"x": [0, 0, 2]}, "two columns of Wbar are zero; central differences still decide every entry"),
    (
        {"x": [0, 0, 0]},
        "Wbar is zero; the sentence on what a slip in h spreads to is left out where it does not hold",
    ),
    (
        {"x": [0.7], "W": [[-0.4]], "b": [0.3], "V": [[1.5]], "c": [-0.2], "ybar": [1]},
        "one entry: no transpose shows, the two slips are named as without effect; sums of 2 terms",
    ),
    (
        {"V": [[-0.5, 0.8, 0.3], [0.8, 0.4, -0.7], [0.3, -0.7, 0.9]]},
        "symmetric V: V not transposed is without effect",
    ),
    (
        {"W": [[0, 0, 0], [0, 0, 0], [0, 0, 0]]},
        "xbar = hbar; every slip still caught; the sentence on h still true",
    ),
    ({"b": [4, -4, 0]}, "phi nearly flat in two entries: small gradients, written with four digits"),
    ({"c": [-3, 3, 5.5]}, "the same for r"),
    ({"ybar": [0, 0, 1000]}, "large gradients, rows of zeros in Vbar"),
    ({"ybar": [1, 1, 1]}, "the given ybar is the loss that sums y: the table has the same gradients twice"),
]
IMPOSSIBLE = [
    ({"activation": "relu"}, 'The given activation = "relu" cannot be'),
    ({"x": [0.5, -1.0]}, "The given x = [0.5, -1.0] cannot be: b"),
    ({"W": [[1, 2], [3, 4]]}, "The given W = [[1, 2], [3, 4]] cannot be"),
    ({"ybar": [0, 0, 0]}, "ybar is zero, so every gradient is zero"),
    ({"c": [30, 0, 0]}, "The given c = [30, 0, 0] cannot be: r has the entry"),
]
TYPED: dict[str, str] = {
    "use twice": "the question's words; the block itself is fixed",
    "are used twice": "the block itself is fixed, whatever its numbers",
    "to four digits": "how the model answer rounds its figures",
    "to $10^{-12}$": "the tolerance between routes in double precision, justified beside it",
    "double precision": "the name of a number format",
    "There are four kinds of chain": "the kinds of chain that the cell below lists",
}
