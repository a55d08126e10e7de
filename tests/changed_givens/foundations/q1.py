"""Changes of the givens of foundations/q1, tried by hand."""

CHANGES = [
    (
        {"places": [0]},
        "only the kink: one row, no derivative, the area is 0; the sentence about rows with x != 0 is left out",
    ),
    ({"places": [100, 5, 2.5]}, "no step crosses the fold, and the page says so"),
    ({"steps": [0.3]}, "one step: one column, one ramp, one crossing, 1/3"),
    ({"steps": [-2, 3, 5, 7, 11]}, "large steps: ten crossings; the picture shows the four widest ramps"),
    ({"near": 10}, "k >= ln 99 / 10, about 0.4595; the range of k in the picture follows"),
    ({"near": 0.001}, "k >= ln 99 / 0.001, about 4,595; the range of k in the picture follows"),
    ({"tolerance": 0.4}, "k >= ln(3/2) / 0.1, about 4.055"),
    ({"tolerance": 1e-06}, "k >= ln 999,999 / 0.1, about 138.2"),
]
IMPOSSIBLE = [
    ({"steps": [0.1, 0]}, "The given steps = [0.1, 0] cannot be: A step of 0 has no difference quotient."),
    ({"near": 0}, "The given near = 0 cannot be: A strip |x| < 0 around 0 is empty"),
    ({"tolerance": 0.5}, "The given tolerance = 0.5 cannot be: An error of 1/2 singles out no k"),
    ({"places": []}, "The given places = [] cannot be: [] holds no places."),
]
TYPED: dict[str, str] = {
    "two other ways": "the question's own words; what they are does not depend on the givens",
    "twice the integral": "the symmetry of the distance, which the sentence proves",
    "returns at 0": "the kink of the ReLU, by its definition",
    "two classes": "the case of softmax that the sigmoid is, by definition",
}
