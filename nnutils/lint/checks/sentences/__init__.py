"""Statements that a sheet makes in words or beside signs: results cut, sums of a line, memory, answers."""

__all__: list[str] = []
