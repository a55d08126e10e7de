"""Lists of numbers in a sentence, and what is said of them: means, sums, norms, products, probabilities."""

__all__: list[str] = []
