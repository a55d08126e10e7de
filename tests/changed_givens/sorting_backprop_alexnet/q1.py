"""Changes of the givens of sorting_backprop_alexnet/q1, tried by hand."""

CHANGES = [
    (
        {"pairs": [(0.5, -2.25), (1000, 7)]},
        "decimals are exact fractions (9/4, 11/4); no pair rises or ties, and the page says so",
    ),
    (
        {"pairs": [(0, 0)]},
        "one pair, no list with 'and'; no correction; the sentence names the two cases that were not tried",
    ),
    (
        {"pairs": [(1, 2), (3, 4), (5, 6), (7, 8), (9, 9), (0, -1), (1e-20, 1.0)]},
        "seven pairs, a very small number kept exactly; all three cases met",
    ),
]
IMPOSSIBLE = [
    ({"pairs": []}, "The given pairs = [] cannot be: [] holds no pair to sort."),
    ({"pairs": [(1, 2, 3)]}, "The given pairs = [(1, 2, 3)] cannot be: (1, 2, 3) is not a pair."),
    ({"pairs": [(1, "a")]}, "'a' in the pair (1, 'a') is not a finite number."),
]
TYPED: dict[str, str] = {}
