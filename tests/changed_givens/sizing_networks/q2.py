"""Changes of the givens of sizing_networks/q2, tried by hand."""

CHANGES = [
    (
        {"w": [[2, -1, 0.5], [0, 0, 0]]},
        "a row of zeros: its derivative by the input is zero, its output the bias's; nothing is said to be nonzero",
    ),
    ({"b": [4.0, -6.0]}, "almost flat: slopes near 0; the slips are still seen, tolerances hold"),
    (
        {"x": [0, 0, 0]},
        "a zero input: more zero entries in the picture than the text's 'whatever the numbers'",
    ),
    (
        {"w": [[0.5, -0.4, 0.8]], "b": [0.9]},
        "one output: D is 1 by 1, no entry has to be zero, and the page says so",
    ),
    ({"w": [[0.5], [-0.7], [0.2]], "b": [0.9, -0.5, 0.1], "x": [2]}, "one input"),
    (
        {
            "w": [[((7 * i + 3 * j) % 11 - 5) / 20 for j in range(12)] for i in range(6)],
            "b": [0.1 * i for i in range(6)],
            "x": [(-1) ** j * 0.3 for j in range(12)],
        },
        "6 by 13: the picture has no numbers in its fields",
    ),
    (
        {"b": [0.17, 0.66], "w": [[0.5, -0.4, 0.8], [-0.7, 0.3, 0.6]], "x": [0.9, 1.1, 0.0]},
        "an entry of w x + b next to 0",
    ),
    (
        {"w": [[0, 0, 0], [0, 0, 0]], "b": [0, 0]},
        "everything is zero but x: no slip of tanh can be seen, and the page says so",
    ),
]
IMPOSSIBLE = [
    (
        {"w": [[1, 2], [3, 4]]},
        "The given w = [[1, 2], [3, 4]] cannot be: a row of w has 2 weights, and x has 3 entries.",
    ),
    ({"b": [1]}, "The given b = [1] cannot be: b has 1 entries, and w has 2 rows."),
    ({"x": []}, "The given x = [] cannot be: x = [] is not a list of finite numbers."),
    ({"b": [900, 0]}, "The given b = [900, 0] cannot be: w x + b has an entry of size"),
]
TYPED = {
    "a 1 into the input": "the constant that the bias is multiplied by",
    "is always 1": "the constant that the bias is multiplied by",
    "the constant 1": "the constant that the bias is multiplied by",
    "10^{-12}": "a tolerance, set in the code",
    "10^{-9}": "a tolerance, set in the code",
    "three indices": "i, j and k, whatever the sizes",
}
