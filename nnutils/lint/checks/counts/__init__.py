"""Counts as a text writes them, and the networks that it tells by the widths of their layers."""

__all__: list[str] = []
