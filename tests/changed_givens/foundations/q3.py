"""Changes of the givens of foundations/q3, tried by hand."""

CHANGES = [
    ({"point": [0.0, 0.0, 0.0]}, "the outputs at the origin are those of the biases; both networks agree"),
    (
        {"first_layer": [[0, 1, 1, 1]] * 5},
        "without hidden biases one slip goes unnoticed, and the page says so",
    ),
    (
        {"second_layer": [[1, 1, 1, 1, 1, 1]]},
        "one output; weights of 1 let two slips pass, and the page says so",
    ),
]
IMPOSSIBLE = [
    ({"point": [1.0]}, "one for each entry of point"),
    ({"second_layer": [[1.0, 2.0]]}, "one for each hidden unit"),
]
TYPED: dict[str, str] = {
    "Half of all entries": "the factor 1/2 of the identity, proved above the sentence",
    "two classes": "the case of softmax that the sigmoid is, by definition",
}
