"""Runs of the tests and of other checks: what is recorded of them, and how one is divided among machines."""

__all__: list[str] = []
