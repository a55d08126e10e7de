"""Chains of sizes: a size, a layer, the size that it makes, the next layer, and so on."""

__all__: list[str] = []
