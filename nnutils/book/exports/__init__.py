"""Variants to hand out: which ones, their answers and work, and files for learning systems."""

__all__: list[str] = []
