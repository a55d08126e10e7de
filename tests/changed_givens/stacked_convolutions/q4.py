"""Changes of the givens of stacked_convolutions/q4, tried by hand."""

CHANGES = [
    (
        {"right_class": 3},
        "the right class in the question, in the table and in the sentence on the step; loss and gradient",
    ),
    (
        {"scores": [1, -1]},
        "two classes: whole scores, a 2 x 2 matrix, no wrong class rises in the first step",
    ),
    (
        {"scores": [1000.3, 999.0, 1002.5]},
        "large scores: the probabilities depend on differences only, nothing overflows",
    ),
    (
        {"scores": [6, -6, 0, 5.5]},
        "far apart: small probabilities keep four digits, central differences still decide",
    ),
    ({"scores": [6, -6, 0, 5.5], "right_class": 0}, "the same with the most probable class as the right one"),
    ({"scores": [0, 0, 0]}, "equal scores: the loss is that of guessing, log 3; equal arrows in the picture"),
    (
        {"scores": [0.5, 1, 1.5, 2, -0.5, -1, -1.5, -2, 0.2, 0.1]},
        "ten classes: tables and picture grow, every entry still legible",
    ),
]
IMPOSSIBLE = [
    ({"scores": [0.3]}, "cannot be: With 1 class there is nothing to tell apart"),
    ({"scores": [0, 100]}, "lie 100 apart"),
    ({"right_class": 4}, "The given right_class = 4 cannot be"),
    ({"right_class": -1}, "The given right_class = -1 cannot be"),
]
TYPED: dict[str, str] = {
    "(0.9, 0.1, 0)": "an example of soft labels that has nothing to do with the givens",
    "Take two classes": "an example of its own, below the solution",
    "double precision": "the name of the number format",
}
