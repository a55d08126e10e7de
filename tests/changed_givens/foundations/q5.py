"""Changes of the givens of foundations/q5, tried by hand."""

CHANGES = [
    ({"signal": [5], "kernel": [3]}, "one entry each: one window, one row, no zeros"),
    (
        {"signal": [4, -1, 0, 7, 2, 0, -3, 9]},
        "a longer signal with negative entries and zeros: brackets in the products, digits from a negative one on",
    ),
    (
        {"signal": [12, 30, 45]},
        "large entries: base 100 in place of 10; the kernel just fits, so valid has one entry",
    ),
    (
        {"kernel": [1, 2, 1]},
        "a palindrome: convolution and correlation agree, and the page says so; the forgotten flip passes",
    ),
    ({"kernel": [7]}, "a kernel of one entry: all three results agree"),
    (
        {"signal": [1, 2, 3, 4, 5, 6], "kernel": [1, -2, 0, 3, 1]},
        "a kernel of five entries, one of them negative",
    ),
]
IMPOSSIBLE = [
    ({"kernel": [1, 2]}, "The given kernel = [1, 2] cannot be: A kernel of 2 entries leaves no middle"),
    (
        {"kernel": [1, 2, 3, 4, 5]},
        "The given kernel = [1, 2, 3, 4, 5] cannot be: No window of 5 entries fits into a signal of 4.",
    ),
    (
        {"signal": [1.5, 2, 3, 4]},
        "The given signal = [1.5, 2, 3, 4] cannot be: The signal [1.5, 2, 3, 4] is not a list of whole numbers.",
    ),
    ({"signal": []}, "The given signal = [] cannot be"),
]
TYPED: dict[str, str] = {}
