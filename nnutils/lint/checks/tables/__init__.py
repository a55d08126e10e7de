"""Checks of tables and of lists of numbers: totals, shares, columns made of others, columns written twice."""

__all__: list[str] = []
