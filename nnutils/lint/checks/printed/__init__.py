"""What code prints: lines about the layers of a network, and the values of computations."""

__all__: list[str] = []
