"""Rows of a table of layers, judged one below another, and which of them certainly read the row above."""

__all__: list[str] = []
