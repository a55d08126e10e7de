"""Columns of a table that follow from others, row by row."""

__all__: list[str] = []
