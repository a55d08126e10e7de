"""Statements in letters, judged at points: derivatives beside their functions, identities, trace tables."""

__all__: list[str] = []
