"""Results that follow from results told before them: sums, products, shares, differences, conversions."""

__all__: list[str] = []
