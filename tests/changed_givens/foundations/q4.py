"""Changes of the givens of foundations/q4, tried by hand."""

CHANGES = [
    (
        {"at_example": (0.1, -4)},
        "another worked example: its two tables change, the question's do not; no rounding remark is promised that is not there",
    ),
    (
        {"at_question": (0.5, -0.4)},
        "fractions and a negative number: brackets in the closed form, no trap in the last digit and the page says so",
    ),
    ({"at_question": (0, 2)}, "x1 = 0: the point is blind to one planted slip, and the page says which"),
    ({"at_question": (-2.5, 0)}, "x2 = 0: two planted slips or fewer are seen, 0 - 1/6.25 in closed form"),
    ({"at_question": (3, 1000)}, "a large value: the differences get worse, as the table says"),
]
IMPOSSIBLE = [
    (
        {"at_question": (3, -3)},
        "The given at_question = (3, -3) cannot be: 1/v₁ cannot be computed with v₁ = 0: a division needs a divisor other than 0.",
    ),
    (
        {"at_example": (0, 1)},
        "The given at_example = (0, 1) cannot be: ln(x₁) cannot be computed with x₁ = 0: ln needs a positive number.",
    ),
    ({"at_question": 3}, "The given at_question = 3 cannot be: 3 is not a point of the plane."),
]
TYPED: dict[str, str] = {
    "four decimals": "the precision that the question asks for, not one of its givens",
    "half a unit of the last digit": "what rounding can change, by its definition",
    "The tolerances are $10^{-10}$ for SymPy and torch and $10^{-6}$ for differences": "those of the assertions, for all givens",
    "derivatives above 1 in size": "the bound in the assertions, for all givens",
    "more than $0.1$": "said of sheet 002, at the question's own point only",
    "\\tfrac{h^2}{6} f'''": "the term of third order in Taylor's series",
    "\\sqrt[3]{\\frac{3\\, u\\, |f|}{|f'''|}}": "where the sum of the errors is least, derived in general",
    "with 53 binary digits": "double precision, by its definition",
    "with 24 (single precision)": "single precision, by its definition",
}
