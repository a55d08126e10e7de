"""Changes of the givens of sizing_networks/q1, tried by hand."""

CHANGES = [
    (
        {"features": 90},
        "the second hidden layer holds most parameters; it is also the widest, so the sentence about that is gone",
    ),
    (
        {"widths": {"H1": 20, "H2": 8, "O": 40}},
        "small layers, a wide output: the output layer holds most or the first; the splits are few",
    ),
    (
        {"widths": {"H1": 300, "H2": 200, "H3": 100, "O": 10}},
        "three hidden layers in the question, the table, the graph and the equation",
    ),
]
IMPOSSIBLE = [
    ({"features": 0}, "features"),
    ({"widths": {"H1": 2.5, "H2": 3, "O": 1}}, "2.5"),
]
TYPED = {
    "product of two neighbours": "rows and columns of one matrix",
    "all six parts": "what the sheet answers, shown on its own givens only",
    "double precision": "the name of a format of numbers",
    "about $10^{-16}$": "the rounding error of that format",
}
