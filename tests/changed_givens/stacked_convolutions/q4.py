"""Changes of the givens of stacked_convolutions/q4, tried by hand."""

CHANGES = [
    (
        {"right_class": 3},
        "the right class in the question, in the table and in the sentence on the step; loss and gradient",
    ),
    (
        {"scores": [1, -1]},
        "two classes: whole scores, a 2 x 2 matrix and picture, 1 of 2 and 2 of 2 entries wrong",
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
    ({"scores": [0, 0, 0]}, "equal scores: the picture's text names all columns"),
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
TYPED: dict[str, str] = {}
