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
_PROOF = "a number of the theorem or its proof, which holds for all inputs"
_PROOF = "a number of the theorem or of its proof, which holds for all inputs"
_TWO = "the question itself: two inputs, two outputs"
_UNITS = "units of the network that the page derives, whatever pairs it is tried on"
TYPED: dict[str, str] = {
    "a power of two": "the condition under which the formula beside it holds",
    "Sorting two numbers": _TWO,
    "sorts two numbers": _TWO,
    "sort two numbers each": _TWO,
    "Four are enough": _PROOF,
    "at least four hidden units": _PROOF,
    "at least two": _PROOF,
    "rank at most 1": _PROOF,
    "the half plane": _PROOF,
    "has rank 2 there": _PROOF,
    "there are two other lines": _PROOF,
    "$1 + 2 + 2 = 5$": _PROOF,
    "carries two or more": _PROOF,
    "$2 + 2 = 4$": _PROOF,
    "instead of two. Three units do it. Two never suffice": _PROOF,
    "two independent numbers": _PROOF,
    "network of four units": _UNITS,
    "takes two units": _UNITS,
    "Four hidden units": _UNITS,
    "0-1 principle": "the name of the principle",
    "from $n = 4$ on": "where k (k + 1) / 2 with k = log2 n is first below n",
}
