"""Changes of the givens of stacked_convolutions/q1, tried by hand."""

CHANGES = [
    ({"x0": 3}, "a whole number, x0 other than 1: the derivatives by w0 and b0 differ"),
    (
        {"x0": -0.4},
        "negative input: the second ReLU is off, all derivatives 0, seeded slips change nothing",
    ),
    ({"x0": 0}, "no influence of w0: its derivative is 0 in every frame"),
    (
        {"w0": -0.7},
        "first ReLU off: 'the first is negative, the second positive', derivatives by w0, b0, w1 are 0",
    ),
    ({"b0": -0.9}, "first ReLU off by the bias; its kink moves to 1.8 and shows in z"),
    ({"w1": -2.5}, "second ReLU off for every x0, which is said; z is 0 throughout"),
    ({"w0": 0}, "the first ReLU never switches: only the second kink is named"),
    ({"w1": 0}, "the hidden unit has no weight: derivatives by w0 and b0 are 0"),
    ({"b1": -1.7}, "second ReLU off: z = 0, all derivatives 0; the skip alone cannot help"),
    ({"x0": 2.0, "w0": 1.5, "b0": -0.25, "w1": 0.75, "b1": -0.5}, "all five changed"),
]
IMPOSSIBLE = [
    ({"w0": -0.1}, "The given w0 = -0.1 cannot be: The ReLU that makes x1 would get 0."),
    ({"b1": -0.88}, "The given b1 = -0.88 cannot be: The ReLU that makes z would get 0."),
    ({"w1": "a"}, 'The given w1 = "a" cannot be: The network computes with numbers'),
]
TYPED: dict[str, str] = {}
