"""One rule, two kinds of numbers: the same values, and names only where they are kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nnutils.core.plain_or_worked import PLAIN, WORKED, N, Numbers

sizes = st.integers(1, 10**6)


def rule(a: int, b: int, of: Numbers[N]) -> N:
    """Use everything that a rule may use."""
    given_a, given_b = of.given(a, "a"), of.given(b, "b")
    product = of.named(given_a * given_b, "product")
    return of.total([of.share(product, given_b), product // 2, given_a - given_b], "sum")


@given(sizes, sizes)
def test_plain_and_worked_numbers_have_the_same_value(a: int, b: int) -> None:
    plain, worked = rule(a, b, PLAIN), rule(a, b, WORKED)
    assert type(plain) is int and type(worked.value) is int
    assert plain == worked.value == a + a * b // 2 + a - b


def test_worked_numbers_keep_names_and_steps() -> None:
    assert rule(3, 4, WORKED).steps() == [
        "product = a · b = 3 · 4 = 12",
        "sum = product / b + ⌊product / 2⌋ + a − b = 12 / 4 + ⌊12 / 2⌋ + 3 − 4 = 8",
    ]
