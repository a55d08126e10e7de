"""Changes of the givens of foundations/q2, tried by hand."""

CHANGES = [
    (
        {"weights": [3, 3]},
        "a constant vector of two classes: nothing changes, the page says so and gives its own counterexample; 1 parameter",
    ),
    ({"weights": [0.5, 4, 0.25, 7, 1, 2]}, "six classes with fractions below 1: the shares stay exact"),
    ({"shift": -40}, "a large negative shift: sign in the question, shares unchanged"),
    ({"shift": 0}, "no shift at all"),
    ({"scale": 1}, "the scale that changes nothing: said, with the page's own counterexample"),
    ({"scale": 0.5}, "a scale that is not whole: shares as decimals"),
    ({"scale": 50}, "a large scale: long fractions become decimals"),
    (
        {"vectors": [[0.3, 0.2]]},
        "one vector of two entries: one panel, a longer axis because the gap is small",
    ),
    (
        {"vectors": [[1, 1, 1], [0, 5, 5, -2, 5], [-100, 250]]},
        "a constant vector, three largest entries, a huge gap: three panels",
    ),
    ({"pair": [0, 0]}, "equal logits: z = 0, shares one half"),
    ({"pair": [-30, 12.25]}, "a large difference: the second share is 1 to six places"),
]
IMPOSSIBLE = [
    (
        {"weights": [1, -2, 3]},
        "The given weights = [1, -2, 3] cannot be: The weights 1, -2, 3 are not the exponentials of two or more numbers.",
    ),
    ({"weights": [5]}, "The given weights = [5] cannot be"),
    ({"scale": -1}, "The given scale = -1 cannot be: The scale -1 is negative."),
    (
        {"shift": 1000},
        "The given shift = 1000 cannot be: With 1000 the definition is out of the range of floating point.",
    ),
    ({"pair": [1, 2, 3]}, "The given pair = [1, 2, 3] cannot be: [1, 2, 3] is not a pair."),
    ({"vectors": [[1]]}, "The given vectors = [[1]] cannot be"),
]
TYPED: dict[str, str] = {
    "exactly two entries": "an edge of the triangle has two ends",
    "two classes": "the question's own case, K = 2, whatever the givens are",
    "$K = 3$": "the classes of the triangle, whose vectors the section gives itself",
    "double precision": "the name of a format of numbers",
}
