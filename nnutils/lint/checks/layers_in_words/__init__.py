"""Layers, volumes and networks told in words: what a sentence says of them, and the numbers that follow."""

__all__: list[str] = []
